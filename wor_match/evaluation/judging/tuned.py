"""What trying weights of worth came to: each with its agreement, and which to use."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

from wor_match.evaluation.over_people import Figure
from wor_match.interop.frames import frame
from wor_match.settings import WorthWeights

if TYPE_CHECKING:
    from wor_match.interop.frames import Backend

SLIGHT = 1e-9  # what is left of two sums that are equal
COLUMNS: dict[str, type] = {
    **dict.fromkeys(("floor", "focus", "wish", "web", "share", "low", "high"), float),
    **dict.fromkeys(("difference", "difference_low", "difference_high", "smallest_difference"), float),
}


@dataclass(frozen=True, slots=True)
class Tried:
    """Some weights, and their agreement.

    Attributes
    ----------
    weights : WorthWeights
    order : Figure
        Their agreement, a mean over people.
    difference : Figure
        How much more that is than with the present weights, person by person.
    smallest_difference : float or None
        How much more it must be before it is more than chance; None with fewer than ten people.
    """

    weights: WorthWeights
    order: Figure
    difference: Figure
    smallest_difference: float | None

    @property
    def is_better(self) -> bool:
        """Whether they agree better than the present weights by more than chance."""
        gained, least = self.difference.value, self.smallest_difference
        return gained is not None and least is not None and gained > least + SLIGHT


@dataclass(frozen=True, repr=False)
class Tuned:
    """What was tried; see `tune_worth`.

    Attributes
    ----------
    present, best, recommended : WorthWeights
        As they are; with the highest agreement; and which to use: the present ones, unless others are better by more
        than chance. The agreement of the best is too high: it was picked because it is high.
    tried : tuple of Tried
        Most agreement first; of equals, what lies nearest to the present ones.
    n : int
        People with a pair of activities judged unequal.
    """

    present: WorthWeights
    best: WorthWeights
    recommended: WorthWeights
    tried: tuple[Tried, ...] = field(repr=False)
    n: int

    @property
    def smallest_difference(self) -> float | None:
        """The smallest difference in agreement that these people can show: half of the other weights need less.

        None with fewer than ten people, or when no weights change anything. What is truly this much better is found
        about every other time.
        """
        found = [one.smallest_difference for one in self.tried if one.smallest_difference]
        return median(found) if found else None

    def __repr__(self) -> str:
        kept = "keep the present weights" if self.recommended == self.present else "other weights agree better"
        return f"Tuned({self.n} people, {len(self.tried)} tried, {kept})"

    def sentences(self) -> list[str]:
        """What these people can show, and what to do, in plain English."""
        smallest = self.smallest_difference
        if smallest is None:
            return [f"{self.n} people cannot tell these weights apart: keep the present ones."]
        said = f"{self.n} people can show a difference of about {smallest:.2f}; less may be chance."
        if self.recommended == self.present:
            return [said, f"None of {len(self.tried)} weights is better by more than chance: keep the present ones."]
        found = next(one for one in self.tried if one.weights == self.recommended)
        told = f"better by {found.difference.value:.2f}, where {found.smallest_difference:.2f} may be chance"
        return [said, f"Use {shares_of(self.recommended)}: {told}."]

    def frame(self, backend: Backend | None = None) -> Any:
        """One row for each weights tried: a list of dicts, or a frame of ``polars``, ``pandas`` or ``pyarrow``.

        Raises
        ------
        WorMatchError
            When the `backend` is none of these, or is not installed.
        """
        return frame([row_of(one) for one in self.tried], COLUMNS, backend)


def shares_of(weights: WorthWeights) -> str:
    """The weights in words."""
    return f"focus {weights.focus:.2f}, wish {weights.wish:.2f}, web {weights.web:.2f}, floor {weights.floor:.2f}"


def row_of(one: Tried) -> dict[str, float | None]:
    """The row of some weights."""
    told: dict[str, float | None] = {name: getattr(one.weights, name) for name in ("floor", "focus", "wish", "web")}
    told["smallest_difference"] = one.smallest_difference
    for name, low, high, figure in (
        ("share", "low", "high", one.order),
        ("difference", "difference_low", "difference_high", one.difference),
    ):
        told |= {name: figure.value, low: None, high: None}
        if figure.interval is not None:
            told |= {low: figure.interval[0], high: figure.interval[1]}
    return told
