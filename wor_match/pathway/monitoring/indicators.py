"""Who counts for which indicator, and who of them had it: what one course says, yes or no. Nothing is added up here.

Everybody counts once, with their first course. What is unknown counts for nothing; what is not due yet neither. Who
does not want to be passed on (any more) counts as a referral only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, get_args

from wor_match.domain.kinds import Chosen, Contacted, FeedbackMoment, HandedOver, Intake, Visited
from wor_match.domain.participant import IN_THE_WAY
from wor_match.pathway.course import Course
from wor_match.pathway.due import MONTHS_3, feedback_due
from wor_match.pathway.profiles.profile import Profile
from wor_match.pathway.taking_part import EARLY_DAYS, LATE_DAYS, TakingPart

Element = Literal[
    "principles", "indication_and_referral", "coach_talks", "activities", "monitoring_and_evaluation", "preconditions"
]
ELEMENTS: tuple[Element, ...] = get_args(Element)
Key = tuple[str, str]  # indicator and part

# The indicators of each element; those in PARTS and SEVERAL fall into parts.
INDICATORS: Mapping[Element, tuple[str, ...]] = {
    "principles": (),
    "indication_and_referral": ("referrals", "referrer", "referral_reason", "registered", "patient_informed"),
    "coach_talks": ("contact_in_time", "intake", "focus_chosen", "tracks"),
    "activities": ("choice", "chosen_by_participant", "chosen_by", "from_the_advice", "outside_the_offer",
                   "outside_term", "nothing_chosen", "none_reason", "warm_handover", "started", "still_at_4_weeks",
                   "still_at_12_weeks", "why"),
    "monitoring_and_evaluation": ("first_visit_call", "week_4", "month_3", "feedback_after_intake",
                                  "feedback_after_3_months"),
    "preconditions": (),
}  # fmt: skip
PARTS = ("referrer", "chosen_by", "outside_term", "none_reason", "why")  # everybody stands in one part
SEVERAL = ("referral_reason", "tracks")  # somebody may stand in more parts
SHARES = tuple(name for names in INDICATORS.values() for name in names if name not in PARTS + SEVERAL)
NO_SIGN_DAYS = 56  # days after a choice from which no sign of a start counts as no start; an assumption
UNKNOWN = "unknown"
SOONEST: Mapping[FeedbackMoment, timedelta] = {"after_intake": timedelta(0), "after_3_months": MONTHS_3}


@dataclass(frozen=True, slots=True)
class Known:
    """What the first course of one person says.

    Attributes
    ----------
    person : str
    quarter : str
        Of the referral, such as ``2026-Q4``.
    municipality, practice : str or None
    yes : mapping
        (indicator, part) → whether it was so; who does not count for it is not there.
    part : mapping
        Indicator of `PARTS` → the part.
    several : mapping
        Indicator of `SEVERAL` → the parts; empty for none of them.
    """

    person: str = field(repr=False)
    quarter: str
    municipality: str | None = field(repr=False)
    practice: str | None = field(repr=False)
    yes: Mapping[Key, bool] = field(repr=False)
    part: Mapping[str, str] = field(repr=False)
    several: Mapping[str, frozenset[str]] = field(repr=False)


def known_of(course: Course, day: date, profile: Profile) -> Known:
    """What one course says on a day."""
    yes: dict[Key, bool] = dict(of_the_referral(course))
    part: dict[str, str] = {}
    several: dict[str, frozenset[str]] = {}
    referral, intake = course.referral, course.intake
    if referral:
        part["referrer"] = referral.referrer
        several["referral_reason"] = frozenset(referral.reasons)
    if not course.refused:
        activities, choice = course.activities, course.choice
        current = course.of_now(activities)
        yes |= of_the_talks(course, intake, day, profile)
        yes |= of_the_choice(choice)
        yes |= of_taking_part(activities, current, day)
        yes |= of_asking(course, intake, current, day, profile)
        part |= parts_of(choice, activities)
        if intake:
            tracks = course.tracks.items()
            several["tracks"] = frozenset(name for name, state in tracks if state in IN_THE_WAY)
    place = profile.place(referral.municipality if referral else None)
    municipality = place.name if place else referral.municipality if referral else None
    practice = referral.practice if referral else None
    return Known(course.person, quarter_of(course.begun), municipality, practice, yes, part, several)


def quarter_of(day: date) -> str:
    """The quarter of a day.

    Examples
    --------
    >>> quarter_of(date(2026, 11, 2))
    '2026-Q4'
    """
    return f"{day.year}-Q{(day.month + 2) // 3}"


def of_the_referral(course: Course) -> Iterator[tuple[Key, bool]]:
    """Whether it can be shown, and whether the patient knew of it."""
    referral = course.referral
    if referral is None:
        return
    yield ("referrals", ""), True
    yield ("registered", ""), bool(referral.code) or referral.channel == "referral_service"
    if referral.patient_informed is not None:
        yield ("patient_informed", ""), referral.patient_informed


def of_the_talks(course: Course, intake: date | None, day: date, profile: Profile) -> dict[Key, bool]:
    """The contact and the first talk; who is further on had them.

    Whose day is not past is not counted yet, also who was quick: else the quick alone would be all there is.
    """
    within, found = profile.deadlines, {}
    begun, chosen = course.begun, course.chosen
    reached = course.first(Contacted, Intake, Chosen, HandedOver, Visited)
    by = begun + timedelta(days=within.contact)
    if course.referral and by < day:
        found["contact_in_time", ""] = reached is not None and reached <= by
    talked = intake or chosen
    if by + timedelta(days=within.intake) < day:
        found["intake", ""] = talked is not None
    talks = [event.focus_chosen for event in course.events if isinstance(event, Intake)] if intake else []
    told = [one for one in talks if one is not None]
    if told:
        found["focus_chosen", ""] = told[-1]
    if talked and talked + timedelta(days=within.choice) < day:
        found["choice", ""] = chosen is not None
    return found


def of_the_choice(choice: Chosen | None) -> dict[Key, bool]:
    """Who made the latest choice, and from what."""
    found = {}
    if choice is None:
        return {}
    something = bool(choice.activities or choice.outside)
    if choice.by:
        found["chosen_by_participant", ""] = choice.by == "participant"
    found["nothing_chosen", ""] = not something
    if something:
        found["from_the_advice", ""] = choice.decision is not None
        found["outside_the_offer", ""] = not choice.activities
    return found


def parts_of(choice: Chosen | None, activities: tuple[TakingPart, ...]) -> dict[str, str]:
    """In which part somebody stands: who chose, what was missing in the offer, and why they stopped."""
    found: dict[str, str] = {}
    if choice and choice.by:
        found["chosen_by"] = choice.by
    if choice and not choice.activities:
        if choice.outside:
            found["outside_term"] = choice.outside
        else:
            found["none_reason"] = choice.none_reason or UNKNOWN
    stops = [(one.ended, one.why or UNKNOWN) for one in activities if one.ended and one.started]
    if stops:
        found["why"] = max(stops)[1]
    return found


def of_taking_part(activities: tuple[TakingPart, ...], current: tuple[TakingPart, ...], day: date) -> dict[Key, bool]:
    """Whether they were handed over warmly, started, and still took part."""
    found: dict[Key, bool] = {}
    handed = [one.how for one in activities if one.how]
    if handed:
        found["warm_handover", ""] = "none" not in handed
    begun = [one for one in activities if one.started]
    days = [one.expected or one.started or one.ended for one in current]
    if any(one and one + timedelta(days=NO_SIGN_DAYS) < day for one in days):
        found["started", ""] = bool(begun)
    for weeks in (4, 12):
        still = still_there(begun, weeks, day)
        if still != "too early":
            found[f"still_at_{weeks}_weeks", UNKNOWN] = still is None
        if isinstance(still, bool):
            found[f"still_at_{weeks}_weeks", ""] = still
    return found


def still_there(begun: list[TakingPart], weeks: int, day: date) -> bool | Literal["too early"] | None:
    """Whether they still took part anywhere after so many weeks; None when nobody knows though it was long ago.

    It is too early until the last day of asking is past, also for who stopped: a stop is known in its own week.
    """
    late = timedelta(weeks=weeks, days=LATE_DAYS[weeks])
    past = [one.started is not None and one.started + late < day for one in begun]
    told = [one.still(weeks) for one in begun]
    if not any(past):
        return "too early"
    if any(told):
        return True
    if all(one is False for one in told):
        return False
    return None if all(past) else "too early"


def of_asking(
    course: Course, intake: date | None, current: tuple[TakingPart, ...], day: date, profile: Profile
) -> dict[Key, bool]:
    """Whether somebody asked how it goes, and whether the referrer heard; of those whose day has passed."""
    found: dict[Key, bool] = {}
    if course.consents.get("follow_up") is not False:
        for name, asked in (
            ("first_visit_call", [called(one, day, profile) for one in current]),
            ("week_4", [asked_after(one, 4, day) for one in current if one.started]),
            ("month_3", [asked_after(one, 12, day) for one in current]),
        ):
            told = [one for one in asked if one is not None]
            if told:
                found[name, ""] = all(told)
    if course.consents.get("feedback"):
        heard = course.feedback
        due_by = {"after_intake": timedelta(days=profile.deadlines.feedback), "after_3_months": MONTHS_3}
        found |= {(f"feedback_{moment}", ""): True for moment in profile.feedback
                  if moment in heard and (intake or heard[moment]) + due_by[moment] < day}  # fmt: skip
        if intake and any(moment not in heard and intake + SOONEST[moment] < day for moment in profile.feedback):
            found |= {(what, ""): False for what, by, _ in feedback_due(course, profile) if by < day}
    return found


def called(one: TakingPart, day: date, profile: Profile) -> bool | None:
    """Whether somebody asked how the first visit was, before the time to ask at four weeks; None when not due yet."""
    begin = one.started or one.expected
    if begin is None:
        return True if one.called else None
    within = timedelta(days=profile.deadlines.first_visit_call)
    until = max(within, timedelta(weeks=4, days=-EARLY_DAYS[4]))
    return None if begin + within >= day else one.called is not None and one.called <= begin + until


def asked_after(one: TakingPart, weeks: int, day: date) -> bool | None:
    """Whether somebody asked after so many weeks; None when that is not due yet, or they had stopped before.

    An answer of three months is none of four weeks; a stop that came in between was told to somebody.
    """
    moment, months_3 = one.week(weeks), one.week(12)
    if moment is None or months_3 is None:
        return one.asked_at(weeks) or None
    if moment >= day or (one.ended and one.ended < moment):
        return None
    if weeks == 12:
        return one.asked_at(12)
    first, until = moment - timedelta(days=EARLY_DAYS[weeks]), months_3 - timedelta(days=EARLY_DAYS[12])
    return bool(one.ended and one.ended < until) or any(first <= asked < until for asked, _ in one.asked)
