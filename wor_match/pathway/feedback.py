"""What the referrer hears back about one person: facts from events, with consent only, in a short note.

Never what stands in a spider web, a score or a chance; and nobody's name or pseudonym: the host knows whom it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, get_args

from wor_match.domain.asked import day_of
from wor_match.domain.catalogue import Catalogue
from wor_match.domain.event import OfPerson, Source, id_from
from wor_match.domain.forgetting import forgetful
from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.history import consents, settled
from wor_match.domain.kinds import FeedbackMoment, FeedbackSent, Intake, Visited
from wor_match.domain.participant import IN_THE_WAY, Participant
from wor_match.domain.referral import Channel
from wor_match.domain.text import LAST_YEAR, visible
from wor_match.errors import EventError, WorMatchError
from wor_match.pathway.course import Course, activities_of, courses
from wor_match.pathway.note import Facts, lines_of
from wor_match.pathway.profiles.profile import Profile
from wor_match.pathway.taking_part import TakingPart
from wor_match.wording.markdown import escaped
from wor_match.wording.words import Words, words

MOMENTS: tuple[FeedbackMoment, ...] = get_args(FeedbackMoment)
LAST_DAY = date(LAST_YEAR - 1, 12, 31)  # on which anybody can look


@dataclass(frozen=True, slots=True)
class Feedback:
    """A note to the referrer.

    Attributes
    ----------
    person : str
        Pseudonym; it stands in no text.
    moment : str
        after_intake or after_3_months.
    facts : mapping
        referred, referrer, contacted, talk, instrument, focus_chosen, chosen, chosen_by, nothing_chosen, activities
        (each with activity, name, chosen, handed_over, how, first_visit, there_last, stands, why) and tracks; None is
        not known.
    channels : tuple of str
        How feedback goes to the referrer in this region.
    """

    person: str = field(repr=False)
    moment: FeedbackMoment
    facts: Facts = field(repr=False)
    channels: tuple[Channel, ...]

    def text(self, language: str | Words = "nl") -> str:
        """The note as plain text, at most twelve lines; the first is its title.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.
        """
        return "\n".join(lines_of(self.moment, self.facts, words(language)))

    def to_markdown(self, language: str | Words = "nl") -> str:
        """The note as Markdown.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.
        """
        title, *rest = lines_of(self.moment, self.facts, words(language), escaped)
        return "\n".join([f"## {title}", "", *(f"- {line}" for line in rest)]) + "\n"

    @forgetful
    def event(
        self, *, at: datetime, channel: Channel | None = None, source: Source = "coach", event_id: str | None = None
    ) -> FeedbackSent:
        """The event that it was sent; told twice alike it is the same event.

        Parameters
        ----------
        at : datetime
            Aware: when it was sent.
        channel : str, optional
            referral_service, mail, meeting, phone or other.
        source : str
        event_id : str, optional
            By default a digest of all this.

        Raises
        ------
        EventError
            When a field cannot be read.
        """
        when = at.astimezone(UTC) if isinstance(at, datetime) and at.tzinfo else at
        own = id_from("feedback", [self.person, self.moment, when, channel, source])
        told = {"event_id": event_id or own, "at": at, "source": source, "person": self.person}
        return FeedbackSent.model_validate({**told, "moment": self.moment, "channel": channel})


@forgetful
def feedback(
    events: Any,
    person: str,
    moment: FeedbackMoment,
    profile: Profile,
    *,
    at: date | None = None,
    names: Mapping[str, str] | Catalogue = FrozenMap(),  # noqa: B008 — it cannot change
) -> Feedback:
    """A note to the referrer about one person, with consent to feedback only.

    Parameters
    ----------
    events : iterable of Event, or anything with ``.read()``
        A history, such as a `Journal`; its order means nothing.
    person : str
        Pseudonym.
    moment : str
        after_intake or after_3_months.
    profile : Profile
        Tells how feedback goes to the referrer.
    at : date or aware datetime, optional
        The day of the note: what is told of later days is left out, but for a consent that was taken back. When left
        out, everything that was told counts.
    names : mapping or Catalogue
        Id of an activity → its name; an id without one stands there itself.

    Raises
    ------
    EventError
        When the person is not in the history, consent to feedback is not in force, or there was no first talk yet; or
        when the history holds something that is no event, or one id with two contents.
    WorMatchError
        When the moment is not known, or `profile`, `at` or `names` is something else.

    Examples
    --------
    >>> from wor_match.domain.kinds import event_of
    >>> from wor_match.pathway.profiles.reading import load_profile
    >>> told = {"person": "p1", "at": "2026-11-02T10:00:00Z", "source": "coach"}
    >>> history = [
    ...     event_of({**told, "kind": "referred", "event_id": "e1", "referrer": "gp"}),
    ...     event_of({**told, "kind": "consented", "event_id": "e2", "purpose": "feedback", "given": "yes"}),
    ...     event_of({**told, "kind": "intake", "event_id": "e3", "at": "2026-11-10T10:00:00Z", "focus_chosen": "yes"}),
    ... ]
    >>> print(feedback(history, "p1", "after_intake", load_profile("national")).text("en"))
    Feedback after the first talk
    Referred on Monday 2 November 2026 by the GP.
    The first talk was on Tuesday 10 November 2026. The participant chose what may change.
    No choice has been made yet.
    Questions? Feel free to call the coach.
    """
    if moment not in MOMENTS:
        raise WorMatchError(
            f"there is no moment {str(moment)[:20]!r} of feedback; there are: {', '.join(MOMENTS)}", code="unknown-name"
        )
    named = names_of(names)
    own = tuple(event for event in settled(events) if isinstance(event, OfPerson) and event.person == person)
    who = Participant.told_as(person)
    if not own:
        raise EventError(f"{who} is not in this history; look at the pseudonym", code="unknown-person")
    day = LAST_DAY if at is None else day_of(at)
    told = courses(own, day, profile)
    refuse_without_consent(who, own, told)
    if told[-1].intake is None:
        raise EventError(
            f"{who} had no first talk yet; feedback comes after it, as an `intake` event", code="too-early"
        )
    return Feedback(person, moment, facts_of(told[-1], named), profile.channels)


def names_of(names: Any) -> Mapping[str, str]:
    """Id of an activity → its name, on one line and without characters that hide."""
    if isinstance(names, Catalogue):
        return {one.id: one.name for one in names.activities}
    if not isinstance(names, Mapping) or not all(isinstance(one, str) for pair in names.items() for one in pair):
        raise WorMatchError(
            "`names` takes a Catalogue, or a mapping from the id of an activity to its name", code="wrong-type"
        )
    return {name: " ".join(visible(said).split()) for name, said in names.items()}


def refuse_without_consent(who: str, own: tuple[OfPerson, ...], told: tuple[Course, ...]) -> None:
    """Refuse when a consent that is needed is missing on the day of the note, or was taken back in the meantime.

    Raises
    ------
    EventError
        Saying which consent, and what to do.
    """
    if not told:
        raise EventError(
            f"{who} has no referral and no talk on this day; look at `at`, and at the events", code="too-early"
        )
    ever = {purpose: given for (_, purpose), given in consents(own).items()}
    if told[-1].refused or ever.get("handover") is False:
        raise EventError(
            f"{who} said no to being passed on (consent to handover); the referrer hears nothing more",
            code="no-consent",
        )
    if ever.get("feedback") is False:
        raise EventError(
            f"{who} said no to telling the referrer (consent to feedback); send nothing", code="no-consent"
        )
    if not told[-1].consents.get("feedback"):
        said = "gave no consent to feedback yet; ask, and tell the answer as a `consented` event with purpose feedback"
        raise EventError(f"{who} {said}", code="no-consent")


def facts_of(course: Course, named: Mapping[str, str]) -> Facts:
    """What is told of a course, and nothing more."""
    talks = [event for event in course.events if isinstance(event, Intake)]
    choice = course.choice
    return FrozenMap(
        {
            "referred": day_of(course.referral.at) if course.referral else None,
            "referrer": course.referral.referrer if course.referral else None,
            "contacted": course.contacted,
            "talk": course.intake,
            "instrument": next((one.instrument for one in reversed(talks) if one.instrument), None),
            "focus_chosen": next((one.focus_chosen for one in reversed(talks) if one.focus_chosen is not None), None),
            "chosen": day_of(choice.at) if choice else None,
            "chosen_by": choice.by if choice else None,
            "nothing_chosen": choice is not None and not (choice.activities or choice.outside),
            "activities": tuple(facts_at(one, course, named) for one in course.current),
            "tracks": FrozenMap({name: state for name, state in course.tracks.items() if state in IN_THE_WAY}),
        }
    )


def facts_at(one: TakingPart, course: Course, named: Mapping[str, str]) -> Facts:
    """What is told about one activity; the day of a first visit only when somebody told of a visit."""
    visits = (event for event in course.events if isinstance(event, Visited) and event.attended)
    return FrozenMap(
        {
            "activity": one.activity,
            "name": named.get(one.activity),
            "chosen": course.choice is not None and one.activity in activities_of(course.choice),
            "handed_over": one.handed_over if one.how != "none" else None,
            "how": one.how or None,
            "first_visit": next((day_of(event.at) for event in visits if event.activity == one.activity), None),
            "there_last": one.there_last,
            "stands": one.end or ("still" if one.there_last else "unknown"),
            "why": one.why if one.end and one.why not in ("", one.end) else None,
        }
    )
