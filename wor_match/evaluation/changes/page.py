"""A comparison as sentences and as a page for the analyst, in plain English. No arithmetic but counting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from wor_match.wording.markdown import escaped

if TYPE_CHECKING:
    from wor_match.evaluation.changes.comparison import Comparison

MOST_CAUSES = 3


def sentences(found: Comparison) -> Iterator[str]:
    """How many people get something else, by what, and who gets nothing any more."""
    people, moved = len(found.before), found.moved
    if not people or not moved:
        yield "Nobody was asked about." if not people else f"None of {people} people gets another advice."
        return
    first = sum(one.first for one in moved)
    yield f"{first} of {people} people get another first idea."
    yield f"{len(moved)} of {people} get other ideas, or in another order, among the first {found.n}."
    for cause, count in list(found.causes().items())[:MOST_CAUSES]:
        yield f"{count} of these {len(moved)} by {cause}."
    if count := sum(not one.after for one in moved):
        yield f"{count} of {people} get nothing any more."
    if count := sum(not one.before for one in moved):
        yield f"{count} of {people} get something now, and got nothing before."


def markdown(found: Comparison) -> str:
    """The page: the sentences, and a line for each person who moved."""
    parts = ["# What changes, and by what", " ".join(map(escaped, sentences(found)))]
    if found.moved:
        rows = [(one.person, numbered(one.before), numbered(one.after), str(one.by)) for one in found.moved]
        parts.append("\n".join(table(("person", "before", "after", "by"), rows)))
        parts.append(
            "By: what changed the highest place. Points are percentage points of score that the "
            "reason gained on what was passed (+), or lost to what passed it (-)."
        )
    return "\n\n".join(parts) + "\n"


def numbered(names: Sequence[str]) -> str:
    """The places in one cell."""
    return ", ".join(f"{place} {name}" for place, name in enumerate(names, 1)) or "nothing"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table in Markdown."""
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(escaped(cell) for cell in row)} |"
