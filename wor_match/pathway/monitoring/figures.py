"""From what is known of each person to figures: of all together, of each part, and of each slice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wor_match.domain.columns import Flags
from wor_match.pathway.monitoring.indicators import INDICATORS, PARTS, SHARES, UNKNOWN, Element, Known
from wor_match.pathway.monitoring.slices import BYS, By, folded_parts, nested, show_few_across, slices_of
from wor_match.pathway.monitoring.telling import (
    Beside,
    Figure,
    Tells,
    Told,
    much_of_all,
    much_of_parts,
    much_of_slices,
)

Caps = Mapping[str, Tells]  # indicator → how much of it may be told at most


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One figure with how much of it may be told."""

    element: Element
    indicator: str
    part: str
    by: By
    slice: str
    figure: Figure
    much: Tells

    @property
    def told(self) -> Told:
        """What may be told of it; the number of referrals is no share."""
        told = self.figure.told(self.much)
        return Told(told.n, told.count, reason=told.reason) if self.indicator == "referrals" else told


def cells(people: Sequence[Known], caps: Caps | None = None) -> Iterator[Cell]:
    """Every figure, by element and indicator; within it first the whole, then its parts, then the slices.

    Parameters
    ----------
    people : sequence of Known
    caps : mapping, optional
        For some of all people, such as one municipality: how much of each indicator is told of them beside the others.
        Parts and slices are then told in tens at most, so that they can be laid beside those of all.
    """
    figures = {name: figure_of(people, name) for name in SHARES}
    most = Tells.EXACTLY if caps is None else Tells.IN_TENS
    beside = Beside()
    sliced = dict(slice_cells(people, figures, caps, beside))
    for element, names in INDICATORS.items():
        for name in names:
            if name in SHARES:
                yield from (Cell(element, name, "", by, at, figure, much) for by, at, figure, much in sliced[name])
                if (unknown := figure_of(people, name, UNKNOWN)).counts.any():
                    parts = {UNKNOWN: unknown}
                    yield from part_cells(element, name, parts, beside, most)
            else:
                yield from part_cells(element, name, parts_of(people, name), beside, most)


def slice_cells(
    people: Sequence[Known], figures: Mapping[str, Figure], caps: Caps | None, beside: Beside
) -> Iterator[tuple[str, list[tuple[By, str, Figure, Tells]]]]:
    """Each indicator with its whole and its slices."""
    slices = slices_of(people)
    kinds = [by for by in BYS[1:] if slices[by] and not (caps is not None and by == "municipality")]
    known = {by: [Beside() for _ in slices[by]] for by in kinds}
    nests = nested(slices, kinds)
    exactly: dict[By, list[Flags]] = {by: [] for by in kinds}
    for name, much in much_of_all(figures, beside, caps).items():
        figure = figures[name]
        found: list[tuple[By, str, Figure, Tells]] = [("all", "", figure, much)]
        for by in kinds:
            rows = list(slices[by].values())
            crossed = much == Tells.EXACTLY and show_few_across(figure.sets, by, exactly, nests)
            whole = min(much, Tells.IN_TENS) if crossed or caps is not None else much
            told = much_of_slices(figure, whole, rows, known[by])
            exactly[by] += figure.sets if Tells.EXACTLY in told else ()
            found += [(by, at, figure.within(flags), part)
                      for (at, flags), part in zip(slices[by].items(), told, strict=True)]  # fmt: skip
        yield name, found


def part_cells(element: Element, name: str, parts: Mapping[str, Figure], beside: Beside, most: Tells) -> Iterator[Cell]:
    """The parts of one indicator; of nobody it is said that they are few."""
    nobody = Figure(np.zeros(0, dtype=bool), np.zeros(0, dtype=bool))
    if not parts:
        yield Cell(element, name, "", "all", "", nobody, Tells.NOTHING)
    much = much_of_parts(parts, beside, most)
    yield from (Cell(element, name, part, "all", "", figure, much[part]) for part, figure in parts.items())


def figure_of(people: Sequence[Known], name: str, part: str = "") -> Figure:
    """Who counts for an indicator, and who of them had it."""
    told = [one.yes.get((name, part)) for one in people]
    return Figure(flags([one is not None for one in told]), flags([one is True for one in told]))


def parts_of(people: Sequence[Known], name: str) -> dict[str, Figure]:
    """Each part of an indicator, of all who stand in any; small parts of one whole stand together."""
    if name in PARTS:
        labels = [one.part.get(name) for one in people]
        counts = flags([one is not None for one in labels])
        return {part: Figure(counts, rows) for part, rows in folded_parts(labels).items()}
    told = [one.several.get(name) for one in people]
    counts = flags([one is not None for one in told])
    names = sorted({part for one in told for part in one or ()})
    return {part: Figure(counts, flags([part in (one or ()) for one in told])) for part in names}


def flags(told: list[bool]) -> Flags:
    """Yes and no as an array."""
    return np.array(told, dtype=bool)
