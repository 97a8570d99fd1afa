"""One person at one activity within a course: chosen, handed over, came, was asked, ended.

Unlike an episode of `learning` it asks what a coach has done and should do, and needs no consent to learning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from wor_match.domain.asked import day_of
from wor_match.domain.event import OfPerson
from wor_match.domain.kinds import Chosen, FollowedUp, HandedOver, Stopped, Visited

End = tuple[date, str, str]  # the day, how (stopped, elsewhere, never), and why
EARLY_DAYS = {4: 7, 12: 14}  # days before the 4th and 12th week from which an answer is the answer of that moment
LATE_DAYS = {4: 14, 12: 28}  # days after it until which a stop that is told then is a stop before it; assumptions


@dataclass(frozen=True, slots=True)
class TakingPart:
    """What is known of one person at one activity.

    Attributes
    ----------
    activity : str
        Its id; of a choice outside the catalogue its term.
    chosen, handed_over : date or None
        The day of the latest.
    how : str
        How they were handed over; empty when they were not.
    started : date or None
        The first day they came, as far as known.
    there_last : date or None
        The last day on which they came or still took part.
    asked : tuple of (date, str)
        Each follow-up with its answer.
    called : date or None
        The first day on which somebody asked how the first visit was.
    ended : date or None
        The day they stopped, or on which a stop was told; None while they take part.
    why : str
        The reason told, ``elsewhere``, ``never``, or empty.
    end : str
        ``stopped``, ``elsewhere`` or ``never``, also when a reason was told; empty while they take part.
    """

    activity: str = field(repr=False)
    chosen: date | None
    handed_over: date | None
    how: str
    started: date | None
    there_last: date | None
    asked: tuple[tuple[date, str], ...]
    called: date | None
    ended: date | None
    why: str = field(repr=False)
    end: str = field(repr=False)

    @property
    def expected(self) -> date | None:
        """The day from which a first visit can be asked about."""
        return self.handed_over or self.chosen

    def week(self, weeks: int) -> date | None:
        """The day on which somebody has taken part for so many weeks; without a start, as many after the handover."""
        begin = self.started or self.expected
        return begin + timedelta(weeks=weeks) if begin else None

    def asked_at(self, weeks: int) -> bool:
        """Whether somebody was asked after so many weeks, or has ended before."""
        moment = self.week(weeks)
        from_ = moment - timedelta(days=EARLY_DAYS[weeks]) if moment else None
        return self.ended is not None or any(from_ is None or day >= from_ for day, _ in self.asked)

    def still(self, weeks: int) -> bool | None:
        """Whether they still took part after so many weeks; None when nobody knows."""
        if self.started is None:
            return None
        moment = self.started + timedelta(weeks=weeks)
        if self.ended is not None and self.ended < moment:
            return False
        if self.there_last is not None and self.there_last >= moment - timedelta(days=EARLY_DAYS[weeks]):
            return True
        if self.ended is not None and self.ended < moment + timedelta(days=LATE_DAYS[weeks]):
            return False
        return None


def taking_part(activity: str, told: Sequence[OfPerson]) -> TakingPart:
    """What the events of one person about one activity tell, by moment."""
    chosen = [day_of(event.at) for event in told if isinstance(event, Chosen)]
    handed = [event for event in told if isinstance(event, HandedOver)]
    came = [day_of(event.at) for event in told if isinstance(event, Visited) and event.attended]
    asked = [event for event in told if isinstance(event, FollowedUp)]
    there = [*came, *(day_of(event.at) for event in asked if event.status == "still")]
    calls = [day_of(event.at) for event in told if asks_how_it_was(event)]
    expected = day_of(handed[-1].at) if handed else chosen[-1] if chosen else None
    ends = [end_of(event, came[0] if came else expected) for event in told
            if isinstance(event, Stopped) or (isinstance(event, FollowedUp) and event.status != "still")]  # fmt: skip
    later = [one for one in ends if not there or one[0] >= max(there)]
    ended, end, why = max(later) if later else (None, "", "")
    started = came[0] if came else began(asked, later, expected)
    return TakingPart(
        activity=activity,
        chosen=chosen[-1] if chosen else None,
        handed_over=day_of(handed[-1].at) if handed else None,
        how=handed[-1].how if handed else "",
        started=started,
        there_last=max(there, default=None),
        asked=tuple((day_of(event.at), event.status) for event in asked),
        called=min(calls, default=None),
        ended=ended,
        why=why,
        end=end,
    )


def asks_how_it_was(event: OfPerson) -> bool:
    """Whether somebody asked how the first visit was: a visit with an answer, or one that was missed; a follow-up."""
    if isinstance(event, Visited):
        told = event.source in ("coach", "participant")
        return told and bool(event.ratings or event.again or not event.attended)
    return isinstance(event, FollowedUp | Stopped)


def end_of(event: Stopped | FollowedUp, begun: date | None) -> End:
    """The day on which it ended, as near as it was told, how, and why."""
    if isinstance(event, Stopped):
        return event.on or event.before or day_of(event.at), "stopped", event.reason or ""
    end = {"other": "elsewhere", "never": "never"}.get(event.status, "stopped")
    why = event.reason or ("" if end == "stopped" else end)
    if event.last_week is not None and begun is not None and end != "never":
        return min(begun + timedelta(weeks=event.last_week), day_of(event.at)), end, why
    return day_of(event.at), end, why


def began(asked: Sequence[FollowedUp], ends: Sequence[End], expected: date | None) -> date | None:
    """The first day when nobody told of a visit: that of the handover or the choice, when they have taken part."""
    took_part = [day_of(event.at) for event in asked if event.status != "never"]
    took_part += [day for day, end, _ in ends if end != "never"]
    return (expected or min(took_part)) if took_part else None
