"""Whether what happened lately is what the matcher expected: who starts, who stops and when, and at which activities.

A matcher must not be checked on what it learned from; it changes nothing, and learns nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from itertools import compress
from typing import TYPE_CHECKING, Any

import numpy as np

from wor_match.domain.event import Event
from wor_match.domain.forgetting import forgetful
from wor_match.domain.history import settled, who_consents
from wor_match.errors import WorMatchError
from wor_match.evaluation.drifting.drifted import ROWS, Counted, DriftRow, rows_of_check, shareable_rows
from wor_match.evaluation.drifting.expected import expected
from wor_match.evaluation.telling.small import LEAST_TOLD, in_tens, tens
from wor_match.interop.frames import frame
from wor_match.learning.episodes import Episode, by_pair, day_of, episodes_of
from wor_match.learning.learned import VISITORS_SAY, Named, arrays
from wor_match.learning.prior import HORIZON
from wor_match.learning.visitors import NEUTRAL, Visitors
from wor_match.learning.weeks import LATE
from wor_match.matcher import Matcher

if TYPE_CHECKING:
    from wor_match.interop.frames import Backend

FIRST_VISIT = 2  # weeks from a choice to the first visit; an assumption
FOLLOWED = timedelta(weeks=FIRST_VISIT + HORIZON + LATE)  # after which a call at twelve weeks has come, or never will
KNOWS_TOO_MUCH = "The matcher is checked on what it learned from, and sees too little."
COLUMNS: dict[str, type] = {
    "what": str, "people": float,  # pandas has no whole number for what may not be told
    **dict.fromkeys(("observed", "expected", "expected_low", "expected_high", "ratio", "low", "high"), float),
    "verdict": str,
}  # fmt: skip


@dataclass(frozen=True, repr=False)
class Drift:
    """What happened after a day, beside what was expected; see `drift`.

    Attributes
    ----------
    since : date
    rows : tuple of DriftRow
        Starts, stops in weeks 1-2, 3-4 and 5-12; starts and stops by activity.
    people : int or None
        Behind all of it; in a shared one in whole tens (30 is 30 to 39), and None when they are few.
    left_out : mapping
        ``too_recent``: episodes not yet followed to the end; ``without_strengths``: of which nobody recorded what was
        expected. None where it may not be told.
    warning : str
        Why the check may be blind; empty when nothing is wrong.
    shared : bool
        Whether it tells nothing about fewer than ten people; see `shareable`.
    behind : mapping
        How many people are behind each of `left_out`; nothing in a shared one.
    """

    since: date
    rows: tuple[DriftRow, ...]
    people: int | None
    left_out: Mapping[str, int | None] = field(default_factory=dict)
    warning: str = ""
    shared: bool = False
    behind: Mapping[str, int] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Drift(since {self.since}, {'alarm' if self.alarm else 'no alarm'})"

    @property
    def alarm(self) -> bool:
        """Whether anything is otherwise than expected; in a stable world at most once in twenty checks."""
        return any(row.alarm for row in self.rows)

    def shareable(self) -> Drift:
        """The same, telling nothing about one to nine people, also not by subtraction within it.

        Counts of experiences are told when ten people or more are behind them, and behind what they leave; of starts
        and stops by activity only the verdict. Two checks of nearly the same people, or from two days, can still be
        subtracted from each other: share one of them.
        """
        if self.shared:
            return self
        people = tens(self.people or 0) or None
        hidden = {name: n if self.behind.get(name, 0) >= LEAST_TOLD else None for name, n in self.left_out.items()}
        warning = KNOWS_TOO_MUCH if self.warning else ""
        return Drift(self.since, shareable_rows(self.rows, people is not None), people, hidden, warning, True)

    def frame(self, backend: Backend | None = None) -> Any:
        """One row for each thing that is checked: a list of dicts, or a frame of the backend.

        Raises
        ------
        WorMatchError
            When the `backend` is none of ``polars``, ``pandas`` and ``pyarrow``, or is not installed.
        """
        return frame([asdict(row) for row in self.rows], COLUMNS, backend)

    def verdicts(self) -> tuple[str, ...]:
        """What was found in plain English, without any count."""
        rows = tuple(f"{row.what.capitalize()}: {row.verdict}." for row in self.rows)
        return (self.verdict, *rows, *([self.warning] if self.warning else []))

    @property
    def verdict(self) -> str:
        """All rows in one sentence."""
        return "Something is otherwise than expected." if self.alarm else "Nothing is clearly otherwise than expected."

    def sentences(self) -> tuple[str, ...]:
        """The same in plain English."""
        n = self.people or 0
        whom = f"{in_tens(n).capitalize() if self.shared else n} people"
        said = [f"{whom} came to an activity after {self.since} and were followed long enough. {self.verdict}"]
        said += [row.sentence() for row in self.rows]
        if self.left_out.get("too_recent"):
            said.append(f"{self.left_out['too_recent']} times it is too early to say.")
        if self.left_out.get("without_strengths"):
            said.append(f"{self.left_out['without_strengths']} times nobody recorded what was expected.")
        return tuple([*said, self.warning] if self.warning else said)


@forgetful
def drift(matcher: Matcher, events: Any, *, since: date, shareable: bool = False) -> Drift:
    """Whether what happened after a day is what this matcher expected.

    Starts, and stops by week, are held against their expected numbers, in all and by activity. An alarm is a count
    outside what 4,096 invented histories give in which the matcher is right, its own doubt included: 5 % for all six
    rows together (Bonferroni). A matcher that never learned is checked as an expert's belief, with the doubt of one.

    Only episodes that began after the day and at least 18 weeks before the last event count: a visit is told at once,
    that somebody never came only by the call after twelve weeks, and younger ones would show too many starts. A matcher
    that learned while many such calls were still to come expects too many starts itself; the check finds that too.
    What visitors say is what they said when it learned.

    Parameters
    ----------
    matcher : Matcher
        That learned from what was known on that day, or never learned. When it knows more episodes than there were by
        then, `Drift.warning` says so: it is checked on what it learned from, and sees too little.
    events : iterable of Event, or anything with ``.read()``
        The whole history.
    since : date or aware datetime
    shareable : bool
        Tell nothing about fewer than ten people; see `Drift.shareable`. Two such reports can be subtracted: share one.

    Raises
    ------
    EventError
        When the history contradicts itself.
    WorMatchError
        When `since` is no date, or a moment without a time zone.

    References
    ----------
    F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936): the interval of the ratio.

    Examples
    --------
    >>> from wor_match.evaluation.simulation import World, simulate
    >>> town = simulate(World(people=40))
    >>> drift(Matcher(town.catalogue), town.events, since=date(2024, 1, 1))
    Drift(since 2024-01-01, no alarm)
    """
    day = asked_day(since)
    history = settled(events)
    begun = beginnings(history, matcher)
    told = episodes_of(history, matcher.catalogue).episodes
    after = [one for one in told if later(begun[one.person, one.activity], since)]
    until = max((one.at for one in history), default=None)
    followed = [until is not None and begun[one.person, one.activity] + FOLLOWED <= until for one in after]
    old = list(compress(after, followed))
    kept = [one for one in old if one.strengths is not None]
    rows = rows_of(matcher, kept) if kept else tuple(DriftRow.untold(what, "nothing to say yet") for what in ROWS)
    apart = {
        "too_recent": [one for one, seen in zip(after, followed, strict=True) if not seen],
        "without_strengths": [one for one in old if one.strengths is None],
    }
    behind = {name: len({one.person for one in those}) for name, those in apart.items()}
    n_before = len(told) - len(after)
    found = Drift(
        since=day,
        rows=rows,
        people=len({one.person for one in kept}),
        left_out={name: len(those) for name, those in apart.items()},
        warning=warning_of(matcher, n_before, day),
        behind=behind,
    )
    return found.shareable() if shareable else found


def asked_day(since: date) -> date:
    """The day of a date or an aware moment."""
    if isinstance(since, datetime):
        if since.tzinfo is None:
            raise WorMatchError("since has no time zone; give an aware datetime, or a date", code="no-zone")
        return day_of(since)
    if not isinstance(since, date):
        raise WorMatchError(f"since is a {type(since).__name__}; give a date or an aware datetime", code="no-day")
    return since


def later(moment: datetime, since: date) -> bool:
    """Whether a moment lies after another one, or after the whole of a day."""
    return moment > since if isinstance(since, datetime) else day_of(moment) > since


def beginnings(history: Sequence[Event], matcher: Matcher) -> Mapping[tuple[str, str], datetime]:
    """Person and activity → the first that was told of it: the choice, the handover or the first visit."""
    now = {old: one.id for one in matcher.catalogue for old in one.formerly}
    pairs, _ = by_pair(history, who_consents(history), now)
    return {pair: min(one.at for one in told) for pair, told in pairs.items()}


def rows_of(matcher: Matcher, episodes: Sequence[Episode]) -> tuple[DriftRow, ...]:
    """What was seen of episodes, beside what the matcher expected."""
    signals = {one.name: one.neutral for one in matcher.signals}
    rows = arrays(episodes, matcher.model.names, signals, Visitors({}, {}, 0.0, 1.0))
    if VISITORS_SAY in signals:
        column = list(signals).index(VISITORS_SAY)
        rows.strengths[:, column] = [matcher.model.visitors.get(one.activity, NEUTRAL) - NEUTRAL for one in episodes]
    named: list[Named] = [(one.term, one.organiser, one.activity) for one in episodes]
    found = expected(matcher.model, rows, named)
    places = {name: number for number, name in enumerate(sorted({one.activity for one in episodes}))}
    place = np.array([places[one.activity] for one in episodes], dtype=np.int64)
    counted = Counted(found, place, found.invented(place), tuple(one.person for one in episodes))
    return rows_of_check(counted)


def warning_of(matcher: Matcher, n_before: int, day: date) -> str:
    """Said when the matcher knows more than there was to know by then."""
    n = matcher.model.counts.get("episodes", 0)
    if n <= n_before:
        return ""
    return (
        f"The matcher learned from {n} experiences and only {n_before} began by {day}: it is checked on what it "
        "learned from, and sees too little."
    )
