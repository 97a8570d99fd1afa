"""The gaps as a page to read: a sentence on the whole, a table, and the largest gaps in words. No arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from wor_match.wording.markdown import escaped
from wor_match.wording.sentences import gap_sentences
from wor_match.wording.vocabulary import vocabulary
from wor_match.wording.words import Words, words
from wor_match.wording.writing import said

if TYPE_CHECKING:
    from wor_match.evaluation.gaps import Gap, Gaps

MOST_TOLD = 5  # gaps that are told in sentences


def markdown(found: Gaps, language: str | Words) -> str:
    """The report in Markdown."""
    ours = words(language)
    short = [row for row in found.rows if row.short != 0]
    parts = [f"# {ours['gaps']['title']}", " ".join(opening(found, ours))]
    if short:
        told = ({**asdict(row), "activities": tuple(map(found.names.get, row.activities))} for row in short[:MOST_TOLD])
        top = [" ".join(gap_sentences(row, found.shared, ours)) for row in told]
        parts += ["\n".join(table(short, ours)), f"## {ours['gaps']['shown']}"]
        parts += ["\n".join(f"- {escaped(sentences)}" for sentences in top)]
    return "\n\n".join(parts) + "\n"


def opening(found: Gaps, ours: Words) -> Iterator[str]:
    """On which day, how many people, for how many of them too little fits, and who does not stand in the table."""
    if found.people is None:
        yield said(ours, "gaps", "shareable", full_date=found.on)
    else:
        name = "nobody" if not found.people else "person" if found.people == 1 else "people"
        yield said(ours, "gaps", name, full_date=found.on, people=found.people)
    if found.people:
        yield said(ours, "gaps", "short" if found.short else "enough", short=found.short)
    if found.rows:
        yield said(ours, "gaps", "counts")
        yield said(ours, "gaps", "more_than_once")
    if found.safety_first:
        yield said(ours, "gaps", "safety_first", count=found.safety_first)
    if found.hidden:
        yield said(ours, "gaps", "hidden", count=found.hidden)


def table(rows: Sequence[Gap], ours: Words) -> Iterator[str]:
    """One line for each gap, under a line of names."""
    names = ours["gaps"]["columns"]
    yield line(list(names.values()))
    yield line(["---:" if name in ("people", "short", "fitting", "helped") else "---" for name in names])
    yield from (line(cells(row, ours)) for row in rows)


def cells(row: Gap, ours: Words) -> list[str]:
    """What stands in a line: labels for codes, and a word where a count may not be told."""
    told, labels = ours["gaps"], vocabulary(ours)
    helped = str(told["many"]) if row.helped is None and row.opens else str(row.helped) if row.opens else ""
    return [
        row.area or str(told["unknown"]),
        labels["focus"][row.dimension][0] if row.dimension else str(told["nothing"]),
        labels["access"][row.need][0] if row.need else str(told["nothing"]),
        str(row.people),
        str(told["some"]) if row.short is None else str(row.short),
        str(row.fitting),
        str(ours["rules"].get(row.opens, row.opens)) if row.opens else "",
        helped,
    ]


def line(parts: Sequence[str]) -> str:
    """A line of a table."""
    return f"| {' | '.join(escaped(part) for part in parts)} |"
