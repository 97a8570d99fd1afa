"""What is due for whom, and what has not been done in time: the list a coach begins the day with.

A step is due from the day on which the step before it was taken; whoever is further on has done it in effect. Nobody
is called late who only began late: four weeks and three months are counted from the first visit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal, get_args

from wor_match.domain.asked import day_of
from wor_match.domain.forgetting import forgetful
from wor_match.pathway.course import Course, latest
from wor_match.pathway.profiles.profile import Profile
from wor_match.pathway.taking_part import TakingPart
from wor_match.wording.words import Words, words
from wor_match.wording.writing import filled

What = Literal[
    "contact", "intake", "choice", "handover", "first_visit_call", "week_4", "month_3", "feedback_after_intake",
    "feedback_after_3_months", "silence",
]  # fmt: skip
STEPS: tuple[What, ...] = get_args(What)
MONTHS_3 = timedelta(weeks=13)  # from the intake to the feedback after three months: a quarter of 52 weeks
Found = tuple[What, date, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Due:
    """One step that is to be taken.

    Attributes
    ----------
    person : str
        Pseudonym.
    what : str
        contact, intake, choice, handover, first_visit_call, week_4, month_3, feedback_after_intake,
        feedback_after_3_months, or silence: something is late and nothing was heard for weeks.
    by : date
        The last day on which it is in time.
    late : bool
        Whether that day is past.
    activities : tuple of str
        Which activities it is about; empty for what is about the person.
    """

    person: str = field(repr=False)
    what: What
    by: date
    late: bool
    activities: tuple[str, ...] = field(default=(), repr=False)

    def sentence(self, language: str | Words = "nl") -> str:
        """What to do, in a sentence for the coach; nobody's name stands in it.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.
        """
        ours = words(language)
        when = filled(ours["due"]["late" if self.late else "by"], {"date": self.by}, ours)
        return f"{ours['due']['steps'][self.what]} {when}"

    @forgetful
    def to_dict(self, language: str | Words = "nl") -> dict[str, Any]:
        """The step as plain values, with its sentence beside the codes.

        Returns
        -------
        dict
            person, what, by (a day as ``2026-11-16``), late, activities (a list), sentence.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.

        Examples
        --------
        >>> Due("p1", "contact", date(2026, 11, 16), late=True).to_dict("en")["sentence"]
        'Call for the first time. This was due by Monday 16 November.'
        """
        return {
            "person": self.person,
            "what": self.what,
            "by": self.by.isoformat(),
            "late": self.late,
            "activities": list(self.activities),
            "sentence": self.sentence(language),
        }


@forgetful
def due(events: Any, at: date, profile: Profile) -> list[Due]:
    """What is to be done, late or not yet, for each person in the order of the steps; who waits longest comes first.

    Parameters
    ----------
    events : iterable of Event, or anything with ``.read()``
        A history, such as a `Journal`; its order means nothing. What is told of days after `at` is left out.
    at : date or aware datetime
        The day on which the coach looks.
    profile : Profile
        Its deadlines. Feedback is due only where consent to it is in force. Who said no to being passed on is in no
        list, and who said no to follow-up is not asked how it goes. Of somebody who was referred anew only the new
        course counts.

    Raises
    ------
    EventError
        When the history holds something that is no event, or one id with two contents.
    WorMatchError
        When `at` is no day, or `profile` is no profile.

    Examples
    --------
    >>> from wor_match.domain.kinds import event_of
    >>> from wor_match.pathway.profiles.reading import load_profile
    >>> told = {"kind": "referred", "event_id": "e1", "person": "p1", "at": "2026-11-02T10:00:00Z", "source": "coach"}
    >>> due([event_of({**told, "referrer": "gp"})], date(2026, 11, 20), load_profile("national"))
    [Due(what='contact', by=datetime.date(2026, 11, 16), late=True)]
    """
    day = day_of(at)
    found = [(course, steps(course, day, profile)) for course in latest(events, day, profile)]
    waiting = sorted((min(by for _, by, _ in told), course.person, told) for course, told in found if told)
    return [Due(person, what, by, by < day, names) for _, person, told in waiting for what, by, names in told]


def steps(course: Course, day: date, profile: Profile) -> list[Found]:
    """What is due in one course, in the order of the steps."""
    if course.refused:
        return []
    found = [*before_the_choice(course, profile), *at_activities(course, profile), *feedback_due(course, profile)]
    told = sorted(found, key=lambda step: STEPS.index(step[0]))
    silent = course.last_heard + timedelta(days=profile.deadlines.silence)
    if silent < day and any(by < day for _, by, _ in told):
        told.append(("silence", silent, ()))
    return told


def before_the_choice(course: Course, profile: Profile) -> Iterator[Found]:
    """Contact, intake or choice: the first that is not done, when nothing after it is either."""
    within = profile.deadlines
    if course.chosen or course.activities:
        return
    if course.intake:
        yield "choice", course.intake + timedelta(days=within.choice), ()
    elif course.contacted:
        yield "intake", course.contacted + timedelta(days=within.intake), ()
    else:
        yield "contact", course.begun + timedelta(days=within.contact), ()


def at_activities(course: Course, profile: Profile) -> Iterator[Found]:
    """What is due about the activities; of one step about several the first day counts."""
    told: dict[What, list[tuple[date, str]]] = {}
    may_ask = course.consents.get("follow_up") is not False
    outside = course.choice.outside if course.choice else None
    for one in course.current:
        for what, by in of_activity(one, profile, may_ask, outside):
            told.setdefault(what, []).append((by, one.activity))
    for what, days in told.items():
        yield what, min(days)[0], tuple(sorted(name for _, name in days))


def of_activity(one: TakingPart, profile: Profile, may_ask: bool, outside: str | None) -> Iterator[tuple[What, date]]:
    """What is due about one activity."""
    within = profile.deadlines
    if one.chosen and not (one.handed_over or one.started or one.called or one.ended or one.activity == outside):
        yield "handover", one.chosen + timedelta(days=within.handover)
        return
    begin = one.started or one.expected
    if not may_ask or one.ended or begin is None:
        return
    if one.called is None:
        yield "first_visit_call", begin + timedelta(days=within.first_visit_call)
    if one.started and not one.asked_at(4):
        yield "week_4", one.started + timedelta(weeks=4)
    if not one.asked_at(12):
        yield "month_3", begin + timedelta(weeks=12)


def feedback_due(course: Course, profile: Profile) -> Iterator[Found]:
    """What the referrer is still to hear, where consent to it is in force."""
    if course.intake is None or not course.consents.get("feedback"):
        return
    within = timedelta(days=profile.deadlines.feedback)
    if "after_intake" in profile.feedback and "after_intake" not in course.feedback:
        yield "feedback_after_intake", course.intake + within, ()
    if "after_3_months" in profile.feedback and "after_3_months" not in course.feedback:
        open_ = [by + within for what, by, _ in at_activities(course, profile) if what == "month_3"]
        yield "feedback_after_3_months", max([course.intake + MONTHS_3, *open_]), ()
