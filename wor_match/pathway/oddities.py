"""What cannot be, or should not have been, in a history: told to who keeps it, and left in all the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from wor_match.domain.asked import day_of
from wor_match.domain.event import Event, OfPerson
from wor_match.domain.forgetting import forgetful
from wor_match.domain.history import consents, settled
from wor_match.domain.kinds import (
    Chosen,
    Consented,
    Contacted,
    FeedbackSent,
    FollowedUp,
    HandedOver,
    Intake,
    Referred,
    Stopped,
    Visited,
)
from wor_match.pathway.course import BESIDE, Course, activities_of, courses, told_by
from wor_match.pathway.profiles.profile import Profile
from wor_match.wording.words import Words, words

What = Literal[
    "in_future", "no_referral", "second_referral", "before_referral", "after_a_no", "consent_unknown",
    "other_instrument", "not_chosen", "visit_before_choice", "never_but_there", "stop_before_start",
    "feedback_before_intake", "feedback_without_consent",
]  # fmt: skip
ODDITIES: tuple[What, ...] = get_args(What)


@dataclass(frozen=True, slots=True)
class Oddity:
    """One thing in the history of a person that cannot be, or should not have been.

    Attributes
    ----------
    person : str
        Pseudonym.
    what : str
    events : tuple of str
        The ids of the events that say so.
    """

    person: str = field(repr=False)
    what: What
    events: tuple[str, ...]

    def sentence(self, language: str | Words = "nl") -> str:
        """What is odd and what to do, in a sentence.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.
        """
        return str(words(language)["due"]["oddities"][self.what])


@forgetful
def oddities(events: Any, at: date, profile: Profile) -> list[Oddity]:
    """What cannot be, or should not have been, by person; each event stays in the history and counts as far as it can.

    Parameters
    ----------
    events, at, profile : list of Event, date, Profile
        As in `due`; what is told of days after `at` is itself odd.

    Raises
    ------
    EventError, WorMatchError
        As in `due`.

    Examples
    --------
    >>> from wor_match.domain.kinds import event_of
    >>> from wor_match.pathway.profiles.reading import load_profile
    >>> told = {"kind": "chosen", "event_id": "e1", "person": "p1", "at": "2026-11-02T10:00:00Z", "source": "coach"}
    >>> oddities([event_of(told)], date(2026, 11, 20), load_profile("national"))
    [Oddity(what='no_referral', events=('e1',))]
    """
    day, held = day_of(at), settled(events)
    found = [Oddity(one.person, "in_future", (one.event_id,)) for one in held
             if isinstance(one, OfPerson) and (not told_by(one, day) or is_to_come(one, day))]  # fmt: skip
    spoken = words_on_consent(held)
    for course in courses(held, day, profile):
        for what, seen in (
            *of_referral(course),
            *of_consent(course, spoken.get(course.person, ()), profile),
            *of_talk(course, profile),
            *of_activities(course),
        ):
            if seen:
                found.append(Oddity(course.person, what, tuple(one.event_id for one in seen)))
    return sorted(found, key=lambda one: (one.person, ODDITIES.index(one.what), one.events))


Found = tuple[What, list[OfPerson]]


def of_referral(course: Course) -> Iterator[Found]:
    """None, two, or one that came after what followed from it."""
    referrals = [event for event in course.events if isinstance(event, Referred)]
    counts = [event for event in course.events if not isinstance(event, BESIDE)]
    if not referrals:
        yield "no_referral", counts[:1]
        return
    yield "second_referral", list(referrals[1:])
    yield "before_referral", [event for event in counts if day_of(event.at) < day_of(referrals[0].at)]


def is_to_come(event: OfPerson, day: date) -> bool:
    """Whether it tells of an end after a day."""
    return isinstance(event, Stopped) and (event.on or event.before or day) > day


def words_on_consent(held: Iterable[Event]) -> dict[str, list[Consented]]:
    """Person → every word of theirs on any consent, also of an earlier course."""
    found: dict[str, list[Consented]] = defaultdict(list)
    for event in held:
        if isinstance(event, Consented):
            found[event.person].append(event)
    return found


def of_consent(course: Course, spoken: Sequence[Consented], profile: Profile) -> Iterator[Found]:
    """What was done without a yes, or after a no."""

    def word(event: OfPerson, purpose: str) -> bool | None:
        told = consents(one for one in spoken if one.purpose == purpose and one.at <= event.at)
        return next(iter(told.values()), None)

    reached: list[OfPerson] = [event for event in course.events if isinstance(event, Contacted | Intake | HandedOver)]
    asked = [event for event in course.events if isinstance(event, FollowedUp)]
    sent = (event for event in course.events if isinstance(event, FeedbackSent))
    refused = [event for event in reached if word(event, "handover") is False]
    yield "after_a_no", [*refused, *(event for event in asked if word(event, "follow_up") is False)]
    if "handover" in profile.consents:
        own = [event for event in reached if event.source != "import"]  # a coarse registration holds no consents
        yield "consent_unknown", [event for event in own if word(event, "handover") is None][:1]
    yield "feedback_without_consent", [event for event in sent if not word(event, "feedback")]


def of_talk(course: Course, profile: Profile) -> Iterator[Found]:
    """A talk that is not one of the profile, and feedback about a talk that was not there yet."""
    talks = [event for event in course.events if isinstance(event, Intake)]
    known = (None, *profile.conversation)
    sent = (event for event in course.events if isinstance(event, FeedbackSent))
    first = course.intake
    yield "other_instrument", [event for event in talks if event.instrument not in known]
    yield "feedback_before_intake", [event for event in sent if first is None or day_of(event.at) < first]


def of_activities(course: Course) -> Iterator[Found]:
    """A handover nobody chose, a visit before the choice, an end before the beginning."""
    told: list[tuple[What, Callable[[OfPerson, Days], bool]]] = [
        ("not_chosen", lambda event, days: isinstance(event, HandedOver) and not days.chosen_by(day_of(event.at))),
        ("visit_before_choice", lambda event, days: came(event) and days.chosen_after(day_of(event.at))),
        ("never_but_there", lambda event, days: isinstance(event, FollowedUp) and event.status == "never"
         and any(day <= day_of(event.at) for day in days.came)),
        ("stop_before_start", lambda event, days: isinstance(event, Stopped) and event.on is not None
         and bool(days.came) and event.on < days.came[0]),
    ]  # fmt: skip
    by_name: dict[str, Days] = {}
    for event in course.events:
        for name in activities_of(event):
            by_name.setdefault(name, Days([], [])).note(event)
    for what, is_odd in told:
        yield what, [event for event in course.events for name in activities_of(event) if is_odd(event, by_name[name])]


def came(event: OfPerson) -> bool:
    """Whether it is a visit that took place."""
    return isinstance(event, Visited) and event.attended


@dataclass(frozen=True, slots=True)
class Days:
    """On which days one activity was chosen and visited."""

    chosen: list[date]
    came: list[date]

    def note(self, event: OfPerson) -> None:
        """Keep the day of a choice or a visit."""
        if isinstance(event, Chosen):
            self.chosen.append(day_of(event.at))
        elif came(event):
            self.came.append(day_of(event.at))

    def chosen_by(self, day: date) -> bool:
        """Whether it was chosen on this day or before."""
        return any(one <= day for one in self.chosen)

    def chosen_after(self, day: date) -> bool:
        """Whether it was chosen, and only later than this day."""
        return bool(self.chosen) and not self.chosen_by(day)
