"""The monitor as a page: what matters most, then the six elements, each with a small table and a drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from wor_match.display.bars import Bar, bars, columns
from wor_match.display.blocks import Block, Line, Picture, Table
from wor_match.display.monitor_words import MonitorWords
from wor_match.evaluation.groups.groupings import THE_REST

if TYPE_CHECKING:
    from wor_match.pathway.monitoring.monitor import Monitor, Row
    from wor_match.wording.words import Words

HEADLINE = ("referrals", "contact_in_time", "chosen_by_participant", "started", "still_at_12_weeks", "month_3")
BY_QUARTER = ("referrals", "contact_in_time", "started", "month_3")  # one of each element
MOST_PARTS = 5
SLICED = ("quarter", "municipality", "practice")
CHECKED = ("principles", "preconditions")


def monitor_block(found: Monitor, words: Words) -> Block:
    """The whole page."""
    say = MonitorWords(words)
    wholes = [row for row in found.rows if not row.part and row.by == "all"]
    above = [Line(found.name), *([Line(found.municipality)] if found.municipality else [])]
    above += [Line(say.filled("until", full_date=found.at))]
    above += [Line(say.plain("invented"))] if found.invented else []
    elements = dict.fromkeys(row.element for row in found.rows)
    first, *middle, last = (section(name, [row for row in found.rows if row.element == name], say) for name in elements)
    closing = [say.plain(name) for name in ("once", "hidden", "in_tens", "sure")]
    closing += [say.filled("again", count=found.again)] if found.again else []
    foot = Block("closing", "", tuple(map(Line, closing)))
    blocks = (headline(found.rows, wholes, say), first, *middle, last, foot)
    return Block("monitor", say.plain("title"), tuple(above), blocks=blocks)


def headline(rows: Sequence[Row], wholes: Sequence[Row], say: MonitorWords) -> Block:
    """The figures that matter, and how many targets were met."""
    at = {row.indicator: row for row in wholes}
    tiles = tuple(Block("tile", "", (Line(say.big(at[name])), Line(say.plain("indicators", name)),
                                     Line(say.verdict(at[name])))) for name in HEADLINE if name in at)  # fmt: skip
    agreed = [row for row in wholes if row.target is not None]
    of_all = {row.indicator for row in agreed}  # what was agreed of municipalities only is counted by municipality
    agreed += [row for row in rows if row.by == "municipality" and row.target and row.indicator not in of_all]
    told = {True: "met", False: "not_met", None: "open"}
    counts = [f"{sum(row.met is one for row in agreed)} {say.plain(name)}" for one, name in told.items()]
    line = Line(", ".join(counts), say.plain("targets")) if agreed else Line(say.plain("no_targets"))
    return Block("headline", say.plain("headline"), blocks=(Block("tiles", blocks=tiles), Block("agreed", "", (line,))))


def section(element: str, rows: Sequence[Row], say: MonitorWords) -> Block:
    """One element."""
    title = say.plain("elements", element)
    if element in CHECKED:
        head = (say.plain("columns", "what"), say.plain("columns", "answer"))
        answers = tuple((say.plain("checks", row.indicator), say.plain("answers", row.part)) for row in rows)
        return Block("checked", title, table=Table(head, answers))
    first, more = parted([row for row in rows if row.by == "all"])
    drawings = tuple(Block("drawn", "", (Line(name),), picture=picture) for name, picture in pictures(rows, say))
    folded = [Block("more", say.plain("more"), table=table_of(more, say), folded=True)] if more else []
    slices = Block("slices", blocks=(*folded, *tables(rows, say)))
    return Block("element", title, blocks=(Block("told", table=table_of(first, say)),
                                           Block("drawings", blocks=drawings), slices))  # fmt: skip


def parted(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """What stands on the page, of each indicator the largest parts, and what is folded away."""
    first: list[Row] = []
    more: list[Row] = []
    for _, same in groupby(rows, key=lambda row: row.indicator):
        told = sorted(same, key=lambda row: (row.part != "", row.part == THE_REST, -(row.share or 0.0), row.part))
        parts = [row for row in told if row.part]
        if [row.part for row in parts] == [THE_REST]:  # it says no more than the whole
            continue
        first += [row for row in told if row not in parts[MOST_PARTS:]]
        more += parts[MOST_PARTS:]
    return first, more


def table_of(rows: Sequence[Row], say: MonitorWords) -> Table:
    """Rows as a table; the column of targets only where there is one."""
    agreed = any(row.target is not None for row in rows)
    names = ("what", "count", "share", *(("target",) if agreed else ()))
    head = tuple(say.plain("columns", name) for name in names)
    return Table(head, tuple((say.name(row), say.count(row), say.share(row), say.agreed(row))[: len(names)]
                             for row in rows))  # fmt: skip


def pictures(rows: Sequence[Row], say: MonitorWords) -> Iterator[tuple[str, Picture]]:
    """The shares of an element, and one figure by quarter, each with its title."""
    whole = [row for row in rows if row.by == "all" and row.share is not None and not row.part]
    if whole:
        told = [Bar(say.plain("indicators", row.indicator), say.percent(row.share), row.share, row.low, row.high,
                    row.target) for row in whole]  # fmt: skip
        title = say.plain("chart")
        yield title, bars(title, told)
    quarters = [row for row in rows if row.indicator in BY_QUARTER and row.by == "quarter"]
    if any(row.n is not None for row in quarters):
        numbers = quarters[0].indicator == "referrals"
        told = [Bar(say.slice(row), say.big(row), row.n if numbers else row.share, row.low, row.high, row.target)
                for row in quarters]  # fmt: skip
        most = max([float(told or 0) for bar in told for told in (bar.target, bar.value)] + [1.0])
        title = say.course(quarters[0])
        yield title, columns(title, told, most if numbers else 1.0)


def tables(rows: Sequence[Row], say: MonitorWords) -> Iterator[Block]:
    """The same by quarter, municipality and practice, folded; a figure that is told of no slice is left out."""
    for by in SLICED:
        told = [row for row in rows if row.by == by and row.n is not None]
        slices = dict.fromkeys(row.slice for row in rows if row.by == by)
        blocks = tuple(Block("slice", say.slice(same[0]), table=table_of(same, say)) for one in slices
                       if (same := [row for row in told if row.slice == one]))  # fmt: skip
        if blocks:
            yield Block("more", say.plain("by", by), blocks=blocks, folded=True)
