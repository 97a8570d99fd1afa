"""Whether chances are right: do four in ten of those told 40 % continue, and do higher chances go to who continues.

Arrays in, figures out, without bins: the observed share rises with the chance (isotonic regression), and what is known
of the fit is known exactly. It knows no model and no person.

References
----------
T. Dimitriadis, T. Gneiting and A. I. Jordan, Stable reliability diagrams for probabilistic classifiers, PNAS 118
(2021) e2016191118: the curve, its decomposition of the Brier score, and the band where the chances are right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from wor_match.evaluation.recalibration import SURE, Codes, Floats, Rows, Told, band, isotonic, whole_number
from wor_match.evaluation.telling.steps import DECIMALS, finest, put_all_together
from wor_match.interop.frames import frame

if TYPE_CHECKING:
    from wor_match.interop.frames import Backend

COLUMNS: dict[str, type] = {"chance": float, "observed": float, "low": float, "high": float, "n": int}
FIGURES = ("brier", "log_loss", "miscalibration", "discrimination", "uncertainty", "mean_chance", "mean_observed")
CURVE = ("chance", "observed", "low", "high")
FEWEST_DRAWS = 20
SHARED_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2)  # chances are few, and known to who has the model
ONE_OUTCOME = "{} continued, so no curve can show whether higher chances went to those who did"
TOO_FEW = "it would tell of one to nine people how they fared"


@dataclass(frozen=True, eq=False, repr=False)
class Reliability:
    """How well chances fit what happened.

    Attributes
    ----------
    chance : ndarray (n_steps,)
        The distinct chances, rising; in a shared one the mean chance of each group.
    observed : ndarray (n_steps,) or None
        The share that continued at each chance, never falling.
    low, high : ndarray (n_steps,) or None
        90 % of what `observed` would be if the chances were right, point by point.
    n_at, n_continued : ndarray (n_steps,)
        Rows with that chance, and those among them that continued.
    weight : ndarray (n_steps,)
        The sum of their weights.
    n : int or None
        Rows that count: with a weight above 0.
    brier, log_loss : float or None
        Mean of (chance - outcome)², in [0, 1], and of -log of the chance of what happened, in [0, 36.05]: a chance
        counts as at least 2.2e-16 and at most 1 - 2.2e-16 there.
    miscalibration, discrimination, uncertainty : float or None
        brier = miscalibration - discrimination + uncertainty: what better chances in the same order would gain, what
        the order gained over one chance for all, and what that one chance would cost.
    mean_chance, mean_observed : float or None
        The chance told and the share that continued, over all.
    mean_band : tuple of float, or None
        90 % of what `mean_observed` would be if the chances were right.
    heaviest : float
        The largest weight of a row.
    share_at : ndarray (n_steps,)
        The share that continued at each chance by itself, with the weights.
    shared : bool
        Whether it tells nothing about one to nine people; see `shareable`.
    reason : str
        Why a figure is None; empty when none is.
    """

    chance: Floats
    observed: Floats | None
    low: Floats | None
    high: Floats | None
    n_at: Codes
    n_continued: Codes
    weight: Floats
    n: int | None
    brier: float | None
    log_loss: float | None
    miscalibration: float | None
    discrimination: float | None
    uncertainty: float | None
    mean_chance: float | None
    mean_observed: float | None
    mean_band: tuple[float, float] | None
    share_at: Floats = field(repr=False)
    heaviest: float = 1.0
    shared: bool = False
    reason: str = ""

    def __repr__(self) -> str:
        told = self.reason if self.brier is None else f"{self.n} rows, brier {self.brier:.3f}"
        return f"Reliability({told})"

    def frame(self, backend: Backend | None = None) -> Any:
        """One row for each chance: a list of dicts, or a frame of ``polars``, ``pandas`` or ``pyarrow``.

        Raises
        ------
        WorMatchError
            When the `backend` is none of these, or is not installed.
        """
        arrays = {**{name: getattr(self, name) for name in COLUMNS}, "n": self.n_at}
        told = {name: [None] * len(self.chance) if one is None else one.tolist() for name, one in arrays.items()}
        rows = [dict(zip(told, values, strict=True)) for values in zip(*told.values(), strict=True)]
        return frame(rows, COLUMNS, backend)

    def shareable(self) -> Reliability:
        """The same, telling nothing about one to nine people; every row counts as one person, so give one for each.

        Neighbouring chances are put together until those who continued and those who did not are each none, or ten or
        more. Of a group its counts are told, and its mean chance in steps of 1, 2, 5, 10 or 20 points that one person
        cannot move by more than half; with weights its share likewise. All other figures are those of these groups
        alone, as if everybody had been told the chance of their group, so that they tell no more than the groups do:
        what chances within a group gained or cost is not in them. Where even all together are too few, nothing is told.
        """
        if self.shared:
            return self
        counts = np.column_stack([self.n_continued, self.n_at - self.n_continued, self.weight / self.heaviest])
        curve = np.zeros(len(counts)) if self.observed is None else self.observed
        edges = np.flatnonzero(np.diff(curve, prepend=-1.0))
        blocks = put_all_together(np.add.reduceat(counts, edges))
        if not blocks:
            return untold()
        begins = edges[[begin for begin, _ in blocks]]
        groups = [Group.of(self, slice(*ends)) for ends in pairwise([*begins.tolist(), len(counts)])]
        return of_groups(groups)


def reliability(y: Told, chance: Told, weight: Told | None = None, seed: int = 0, n_boot: int = 200) -> Reliability:
    """How well chances fit what happened.

    Where all rows have the same outcome the curve and the parts of the Brier score are None, with the reason: the curve
    would be flat whatever the chances are, and look like a finding. The scores and the means still tell something.

    Parameters
    ----------
    y : array (n_rows,)
        1 continued, 0 not.
    chance : array (n_rows,)
        In [0, 1].
    weight : array (n_rows,), optional
        0 or more, such as those of `followed_weights`, with which the figures hold when some were lost from view; rows
        of weight 0 count for nothing (their y is not used, but must be 0 or 1). The band takes the weights as given.
    seed, n_boot : int
        Of the draws behind the band: the outcomes are drawn anew from the chances, at least 20 times.

    Raises
    ------
    WorMatchError
        When an array is empty, of another length, or holds what it cannot hold; when no row has any weight.

    Examples
    --------
    >>> found = reliability([0, 1, 0, 1], [0.2, 0.4, 0.4, 0.9])
    >>> found.observed.tolist(), round(found.brier, 4)
    ([0.0, 0.5, 1.0], 0.1425)
    """
    rows = Rows.of(y, chance, weight)
    low, high, mean_band = band(rows, whole_number("seed", seed, 0), whole_number("n_boot", n_boot, FEWEST_DRAWS))
    mean = rows.mean(rows.y)
    curve = isotonic(rows, rows.y)
    brier, best, flat = (rows.mean((rows.y - told) ** 2) for told in (rows.chance, curve[rows.step], mean))
    sure = np.clip(rows.chance, SURE, 1 - SURE)
    found = Reliability(
        chance=rows.steps,
        observed=curve,
        low=low,
        high=high,
        n_at=np.bincount(rows.step),
        n_continued=np.bincount(rows.step[rows.y == 1], minlength=len(rows.steps)),
        weight=rows.weights(),
        n=len(rows.y),
        brier=brier,
        log_loss=rows.mean(-np.log(np.where(rows.y == 1, sure, 1 - sure))),
        miscalibration=max(0.0, brier - best),
        discrimination=max(0.0, flat - best),
        uncertainty=flat,
        mean_chance=rows.mean(rows.chance),
        mean_observed=mean,
        mean_band=mean_band,
        share_at=np.bincount(rows.step, rows.weight * rows.y) / rows.weights(),
        heaviest=float(rows.weight.max()),
    )
    return found if len(np.unique(rows.y)) > 1 else without_curve(found, "everybody" if rows.y[0] else "nobody")


def without_curve(found: Reliability, who: str) -> Reliability:
    """The figures of rows that all have the same outcome."""
    parts: dict[str, Any] = dict.fromkeys(
        ("observed", "low", "high", "miscalibration", "discrimination", "uncertainty")
    )
    return replace(found, **parts, reason=ONE_OUTCOME.format(who))


@dataclass(frozen=True, slots=True)
class Group:
    """People with neighbouring chances, as they are shared: how many, how many continued, their chance and share."""

    n: int
    continued: int
    chance: float
    share: float

    @classmethod
    def of(cls, found: Reliability, steps: slice) -> Group:
        """What may be told of these steps of a curve."""
        n, continued, weight = (one[steps].sum() for one in (found.n_at, found.n_continued, found.weight))
        step = finest(SHARED_STEPS, weight / found.heaviest) or SHARED_STEPS[-1]
        chance, share = (
            float(np.sum(one[steps] * found.weight[steps]) / weight) for one in (found.chance, found.share_at)
        )
        if continued in (0, n) or np.isclose(weight, n * found.heaviest):  # all weigh the same
            share = continued / n
        else:
            share = min(max(in_steps(share, step), step), 1 - step)
        return cls(int(n), int(continued), in_steps(chance, step), share)

    def rows(self) -> Iterator[tuple[float, float]]:
        """Outcome and weight of each person, such that together they have the share."""
        lost = self.n - self.continued
        yield from [(1.0, self.n * self.share / max(self.continued, 1))] * self.continued
        yield from [(0.0, self.n * (1 - self.share) / max(lost, 1))] * lost


def in_steps(value: float, step: float) -> float:
    """A share in steps."""
    return round(round(value / step) * step, DECIMALS)


def of_groups(groups: Sequence[Group]) -> Reliability:
    """The figures of groups, as if everybody had been told the chance of their group."""
    chance = np.maximum.accumulate([one.chance for one in groups])  # coarse steps keep their order
    y, weight = (np.array(one) for one in zip(*(row for group in groups for row in group.rows()), strict=True))
    found = reliability(y, np.repeat(chance, [one.n for one in groups]), weight)
    told: dict[str, Any] = {name: coarse(name, getattr(found, name)) for name in (*FIGURES, *CURVE)}
    band = found.mean_band and (round(found.mean_band[0], DECIMALS), round(found.mean_band[1], DECIMALS))
    return replace(found, **told, weight=found.n_at.astype(float), mean_band=band, shared=True)


def coarse(name: str, told: Any) -> Any:
    """A figure as it is shared: shares in whole percent, scores with three decimals."""
    if told is None:
        return None
    return np.round(told, DECIMALS) if name in CURVE else round(told, DECIMALS + (not name.startswith("mean")))


def untold() -> Reliability:
    """A shared one of which nothing is told."""
    none: dict[str, Any] = dict.fromkeys((*FIGURES, "observed", "low", "high", "n", "mean_band"))
    steps: dict[str, Any] = {name: np.empty(0) for name in ("chance", "weight", "share_at")}
    counts: dict[str, Any] = {name: np.empty(0, dtype=np.int64) for name in ("n_at", "n_continued")}
    return Reliability(**none, **steps, **counts, shared=True, reason=TOO_FEW)
