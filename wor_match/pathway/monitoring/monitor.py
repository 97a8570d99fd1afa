"""How a region is doing: the monitor as a value, with its rows, frame, JSON, Markdown and page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from wor_match.domain.asked import day_of
from wor_match.domain.forgetting import forgetful
from wor_match.errors import WorMatchError
from wor_match.evaluation.telling.small import tens
from wor_match.interop.frames import frame
from wor_match.pathway.course import Course, courses
from wor_match.pathway.invented import INVENTED
from wor_match.pathway.monitoring.figures import Caps, Cell, cells
from wor_match.pathway.monitoring.indicators import ELEMENTS, SHARES, UNKNOWN, Element, Known, known_of
from wor_match.pathway.monitoring.slices import By, spelled_alike
from wor_match.pathway.monitoring.targets import Agreed, first_counted, quarters_until
from wor_match.pathway.monitoring.telling import Tells
from wor_match.pathway.profiles.profile import Precondition, Principle, Profile

if TYPE_CHECKING:
    from wor_match.interop.frames import Backend
    from wor_match.wording.words import Words

FORMAT = "wor-match-monitor/1"
COLUMNS: dict[str, type] = {
    "element": str, "indicator": str, "part": str, "by": str, "slice": str, "n": int, "count": int, "share": float,
    "low": float, "high": float, "target": float, "met": bool, "reason": str,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One figure.

    Attributes
    ----------
    element : str
        principles, indication_and_referral, coach_talks, activities, monitoring_and_evaluation or preconditions.
    indicator : str
        As in a profile's targets, or referrer, referral_reason, tracks, chosen_by, outside_the_offer, outside_term,
        nothing_chosen, none_reason, why; of the self-check the principle or precondition.
    part : str
        Empty for the whole; else one answer, such as ``gp``; ``the rest`` for small parts together; ``unknown``, of
        still_at_4_weeks and still_at_12_weeks: of whom it should be known and is not.
    by, slice : str
        ``all`` and nothing; or quarter and ``2026-Q4``, municipality and its name, practice and its code; ``the rest``
        for small slices together.
    n : int or None
        People who count for it; with the reason ``in_tens`` in whole tens: 30 is 30 to 39.
    count : int or None
        Those of them who had it.
    share, low, high : float or None
        With Wilson's 95 % interval. Referrals have none.
    target : float or None
        What was agreed: a share, or of referrals a number.
    met : bool or None
        None when nothing was agreed, or when it cannot be told (yet).
    reason : str
        Why something is None: few (fewer than ten people), small_part (it would show fewer than ten), in_tens (exact
        numbers would show fewer than ten by subtraction), within (the interval holds the target), quarter_open (the
        quarter goes on); else empty.
    """

    element: Element
    indicator: str
    part: str = ""
    by: By = "all"
    slice: str = ""
    n: int | None = None
    count: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    target: float | None = None
    met: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Monitor:
    """How a region is doing by the six essential elements; see `monitor`.

    Attributes
    ----------
    profile, name : str
        The id of the profile, and its name.
    at : date
        Until when was counted.
    municipality : str or None
        Of which municipality; None for all.
    invented : bool
        Whether any of the people are invented.
    again : int
        People who were referred again later, which is not counted, in whole tens.
    rows : tuple of Row
        By element and indicator; first the whole, then slices and parts.
    """

    profile: str
    name: str
    at: date
    municipality: str | None
    invented: bool
    again: int = field(repr=False)
    rows: tuple[Row, ...] = field(repr=False)

    def __repr__(self) -> str:
        return f"Monitor({self.profile!r}, {self.at}, {len(self.rows)} rows)"

    def frame(self, backend: Backend | None = None) -> Any:
        """One row for each figure: a list of dicts, or a ``polars``, ``pandas`` or ``pyarrow`` frame.

        Raises
        ------
        WorMatchError
            When the `backend` is none of these, or is not installed.
        """
        return frame([asdict(row) for row in self.rows], COLUMNS, backend)

    def to_json(self) -> str:
        """The same as JSON."""
        head = {"format": FORMAT, "profile": self.profile, "name": self.name, "at": self.at.isoformat(),
                "municipality": self.municipality, "invented": self.invented, "again": self.again}  # fmt: skip
        told = {**head, "rows": self.frame()}
        return json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n"

    def to_markdown(self, language: str | Words = "nl") -> str:
        """The same for a terminal or a mail.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.
        """
        from wor_match.display.markdown import as_markdown
        from wor_match.display.monitor_page import monitor_block
        from wor_match.wording.words import words

        return as_markdown(monitor_block(self, words(language)))

    def to_html(self, language: str | Words = "nl") -> str:
        """One page with a table and a chart for each element, without scripts and nothing from outside.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.
        """
        from wor_match.display.html import document
        from wor_match.display.monitor_page import monitor_block
        from wor_match.wording.words import words

        ours = words(language)
        block = monitor_block(self, ours)
        return document(block.title, [block], ours.lang)


@forgetful
def monitor(events: Any, at: date, profile: Profile, *, municipality: str | None = None) -> Monitor:
    """How a region is doing: figures with their intervals, against what was agreed, of nobody in particular.

    Everybody counts once, with their first course, in the quarter of its referral. What is unknown, or not due yet,
    counts for nothing. Nothing is told of fewer than ten people, also not by subtraction; `telling` has the laws.

    Parameters
    ----------
    events : iterable of Event, or anything with ``.read()``
        A history; its order means nothing.
    at : date or aware datetime
        What is told of later days is left out.
    profile : Profile
        Its deadlines, targets and self-check.
    municipality : str, optional
        Only the people of one municipality.

    Raises
    ------
    EventError
        When the history holds something that is no event, or one id with two contents.
    WorMatchError
        When `at` is no day, `profile` is no profile, or it does not serve this municipality.

    Examples
    --------
    >>> from wor_match.pathway import invented, load_profile
    >>> profile = load_profile("amstelland")
    >>> monitor(invented(profile, people=100), date(2026, 12, 31), profile).rows[4].count
    98
    """
    day = day_of(at)
    told = courses(events, day, profile)
    place = served(municipality, profile)
    first: dict[str, Course] = {}
    for course in told:
        first.setdefault(course.person, course)
    again = sum(n > 1 for n in Counter(course.person for course in told).values())
    people = spelled_alike([without_ids(known_of(course, day, profile), first) for course in first.values()])
    some, caps = (people, None) if place is None else of_one(people, place)
    place = (some[0].municipality or place) if place and some else place
    begun = [first[one.person].begun for one in some]
    agreed = Agreed(profile, day, quarters_until(first_counted(begun, day), day), place)
    rows = [*self_check(profile), *(row_of(cell, agreed) for cell in cells(some, caps))]
    rows.sort(key=lambda row: ELEMENTS.index(row.element))
    fake = any(event.reporter == INVENTED for one in some for event in first[one.person].events)
    return Monitor(profile.id, profile.name, day, place, fake, tens(again) if place is None else 0, tuple(rows))


def served(municipality: str | None, profile: Profile) -> str | None:
    """The name of a municipality as the profile writes it.

    Raises
    ------
    WorMatchError
        When it is no name, or the profile does not serve it.
    """
    if municipality is None:
        return None
    if not isinstance(municipality, str) or not municipality.strip() or not municipality.isprintable():
        raise WorMatchError(
            "`municipality` is no name; give one such as 'Amstelveen', or None for all", code="wrong-type"
        )
    known = profile.place(municipality)
    if profile.municipalities and known is None:
        names = ", ".join(one.name for one in profile.municipalities[:20])
        raise WorMatchError(
            f"profile {profile.id} does not serve {municipality[:60]!r}; it serves {names}", code="unknown-municipality"
        )
    return known.name if known else municipality.strip()


def of_one(people: list[Known], place: str) -> tuple[list[Known], Caps]:
    """The people of one municipality, and how much may be told of them beside all others."""
    caps = {cell.indicator: cell.much for cell in cells(people)
            if cell.by == "municipality" and cell.slice.casefold() == place.casefold()}  # fmt: skip
    some = [one for one in people if (one.municipality or "").casefold() == place.casefold()]
    return (some, caps) if caps else ([], dict.fromkeys(SHARES, Tells.NOTHING))


def without_ids(one: Known, ids: dict[str, Course]) -> Known:
    """The same; where a name or code is somebody's pseudonym it is unknown."""
    municipality, practice = (None if name in ids else name for name in (one.municipality, one.practice))
    part = {name: UNKNOWN if told in ids else told for name, told in one.part.items()}
    return replace(one, municipality=municipality, practice=practice, part=part)


def row_of(cell: Cell, agreed: Agreed) -> Row:
    """A figure beside what was agreed."""
    told, target = cell.told, agreed.target(cell)
    met, why = agreed.met(cell, told, target)
    return Row(cell.element, cell.indicator, cell.part, cell.by, cell.slice, told.n, told.count, told.share, told.low,
               told.high, target, met, told.reason or why)  # fmt: skip


def self_check(profile: Profile) -> Iterator[Row]:
    """What the region says of its principles and preconditions: yes, no, or nothing."""
    checks: tuple[tuple[Element, Any, Any], ...] = (
        ("principles", Principle, profile.principles),
        ("preconditions", Precondition, profile.preconditions),
    )
    for element, names, answers in checks:
        for name in get_args(names):
            told = answers.get(name)
            yield Row(element, name, "not_answered" if told is None else "yes" if told else "no")
