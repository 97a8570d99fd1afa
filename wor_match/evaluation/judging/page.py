"""The agreement as a page for the analyst, in plain English. No arithmetic but counting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wor_match.evaluation.changes.page import table
from wor_match.wording.markdown import escaped

if TYPE_CHECKING:
    from wor_match.evaluation.agreement import Agreement
    from wor_match.evaluation.judging.disagreements import Disagreement


def markdown(found: Agreement) -> str:
    """The figures, then three lists; a list without anything is left out."""
    parts = ["# Coaches' judgement beside the advice", "\n".join(f"- {escaped(line)}" for line in figures(found))]
    if found.unsuitable_shown:
        rows = [(one.person, one.by, one.activity, str(one.place)) for one in found.unsuitable_shown]
        parts += ["## Called unsuitable, and shown", "\n".join(table(("person", "by", "activity", "place"), rows))]
    if found.good_excluded:
        barred = [(one.person, one.by, one.activity, ", ".join(one.rules)) for one in found.good_excluded]
        parts += ["## Called good, and ruled out", "\n".join(table(("person", "by", "activity", "rules"), barred))]
    if found.disagreements:
        head = ("person", "by", "judged better", "score", "judged worse", "score", "through")
        parts += ["## In another order than judged", "\n".join(table(head, [*map(cells, found.disagreements)]))]
    return "\n\n".join(parts) + "\n"


def figures(found: Agreement) -> Iterator[str]:
    """The figures in sentences."""
    yield f"{found.n_people} people, {found.n_judged} verdicts."
    yield f"The better one stands higher, share of pairs: {found.order}. Dice would give 0.50."
    yield f"The same between coaches: {found.between_coaches}."
    yield f"Shown and by no coach called unsuitable: {found.shown}."
    yield f"Of {found.n_shown} shown, {found.n_shown_judged} were judged."
    if found.safety_first:
        yield f"For {found.safety_first} people safety comes first; they count nowhere above."


def cells(one: Disagreement) -> tuple[str, ...]:
    """What stands in the line of one disagreement."""
    gives = one.part if one.points is None else f"{one.part}, {one.points:.1f} points"
    return (
        one.person,
        one.by,
        f"{one.better} ({one.judged_better})",
        score(one.score_better),
        f"{one.worse} ({one.judged_worse})",
        score(one.score_worse),
        f"{one.through} ({gives})",
    )


def score(value: float | None) -> str:
    """A score in two decimals, or that there is none."""
    return "ruled out" if value is None else f"{value:.2f}"
