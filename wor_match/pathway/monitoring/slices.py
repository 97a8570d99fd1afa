"""Into which quarter, municipality and practice people fall; slices of fewer than ten stand together as the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, get_args

import numpy as np

from wor_match.domain.columns import Flags
from wor_match.evaluation.groups.groupings import THE_REST, folded, in_order
from wor_match.pathway.monitoring.counting import UNKNOWN, Known

By = Literal["all", "quarter", "municipality", "practice"]
BYS: tuple[By, ...] = get_args(By)
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


def left_over(one: Slices, other: Slices) -> list[Flags]:
    """Who is left of a slice when the slices of another kind that lie inside it are taken out, both ways round.

    A practice lies in its municipality: the municipality less its larger practices would show the smallest one.
    """
    found = []
    for wide, narrow in ((one, other), (other, one)):
        for rows in wide.values():
            inside = [part for part in narrow.values() if not (part & ~rows).any()]
            if inside:
                found.append(rows & ~np.logical_or.reduce(inside))
    return found
