"""Into which quarter, municipality and practice people fall; slices of fewer than ten stand together as the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from wor_match.domain.columns import Flags
from wor_match.evaluation.groups.groupings import THE_REST, folded, in_order
from wor_match.evaluation.telling.small import LEAST_TOLD
from wor_match.pathway.monitoring.indicators import UNKNOWN, Known

By = Literal["all", "quarter", "municipality", "practice"]
BYS: tuple[By, ...] = get_args(By)
Counts = NDArray[np.intp]
Slices = Mapping[str, Flags]  # the name of a slice → who stands in it


def slices_of(people: Sequence[Known]) -> dict[By, Slices]:
    """All together, and by quarter, municipality and practice; everybody stands in one slice of ten or more.

    Below ten people in all nothing is sliced.
    """
    everybody: dict[By, Slices] = {"all": {"": np.ones(len(people), dtype=bool)}}
    return everybody | {by: sliced({one.person: label_of(one, by) for one in people}) for by in BYS[1:]}


def spelled_alike(people: Sequence[Known]) -> list[Known]:
    """The same; a municipality has the spelling that most people wrote, and a name kept for others is unknown.

    Two spellings told apart here, and together where one municipality is asked for, would show the smaller one.
    """
    written = Counter(one.municipality for one in people if one.municipality)
    usual: dict[str, str] = {}
    for name in sorted(written, key=lambda name: (-written[name], name)):
        usual.setdefault(name.casefold(), name)
    kept = {THE_REST, UNKNOWN}
    names = {name: None if name.casefold() in kept else usual[name.casefold()] for name in written}
    return [replace(one, municipality=names.get(one.municipality or "")) for one in people]


def sliced(labels: Mapping[str, str | None]) -> Slices:
    """The slices of one kind, the unknown after the known, and the rest last."""
    groups = folded(labels)
    place = {person: at for at, person in enumerate(labels)}
    found: dict[str, Flags] = {}
    for label, persons in in_order(groups):
        rows = np.zeros(len(labels), dtype=bool)
        rows[[place[person] for person in persons]] = True
        found[UNKNOWN if label is None else label] = rows
    return found


def label_of(one: Known, by: By) -> str | None:
    """The slice of one person; a name that is kept for something else is unknown."""
    told = {"quarter": one.quarter, "municipality": one.municipality, "practice": one.practice}[by]
    return None if told in (THE_REST, UNKNOWN) else told


def folded_parts(parts: Sequence[str | None]) -> dict[str, Flags]:
    """Part → who stands in it, of those who stand in any; parts of fewer than ten stand together as the rest."""
    told = {str(at): part for at, part in enumerate(parts) if part is not None}
    found = {}
    for label, rows in in_order(folded(told)):
        flags = np.zeros(len(parts), dtype=bool)
        flags[[int(row) for row in rows]] = True
        found[str(label)] = flags
    return found


class Nested:
    """The slices of one kind with those of another kind that lie inside them, such as a municipality and its practices.

    Whoever knows which practice lies where can subtract what is told of the practices from what is told of the
    municipality, also when that is of another figure: all referrals less those who had their talk.
    """

    def __init__(self, wide: Slices, narrow: Slices) -> None:
        people = len(next(iter(wide.values())))
        self.wide = np.full(people, -1)  # in which wide slice somebody stands, of those with something inside
        self.inside = np.zeros(people, dtype=bool)
        self.count = 0
        for rows in wide.values():
            inner = [part for part in narrow.values() if not (part & ~rows).any()]
            if inner:
                self.wide[rows] = self.count
                self.inside |= np.logical_or.reduce(inner)
                self.count += 1

    def shows_few(self, around: Flags, within: Flags) -> bool:
        """Whether a set of people of a wide slice and one of all slices inside it differ by one to nine people only."""
        first, second = around & (self.wide >= 0), within & self.inside
        more, fewer = self.numbers(first & ~second), self.numbers(second & ~first)
        return bool(((fewer == 0) & (more > 0) & (more < LEAST_TOLD)).any()
                    or ((more == 0) & (fewer > 0) & (fewer < LEAST_TOLD)).any())  # fmt: skip

    def numbers(self, people: Flags) -> Counts:
        """How many of these stand in each wide slice."""
        return np.bincount(self.wide[people], minlength=self.count)


def nested(slices: Mapping[By, Slices], kinds: Sequence[By]) -> dict[tuple[By, By], Nested]:
    """The kinds of slices of which one lies inside another, the wide kind first."""
    both = {(wide, narrow): Nested(slices[wide], slices[narrow])
            for wide in kinds for narrow in kinds if wide != narrow}  # fmt: skip
    return {pair: one for pair, one in both.items() if one.count}


def show_few_across(
    new: Iterable[Flags], by: By, told: Mapping[By, Sequence[Flags]], nests: Mapping[tuple[By, By], Nested]
) -> bool:
    """Whether sets told by one kind of slices would show a few people beside those told by another kind."""
    return any(
        (around.shows_few(some, other) if (around := nests.get((by, kind))) else False)
        or (within.shows_few(other, some) if (within := nests.get((kind, by))) else False)
        for some in new
        for kind, others in told.items()
        for other in others
    )
