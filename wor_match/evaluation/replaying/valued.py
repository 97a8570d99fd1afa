"""What is said of the value of a way of advising, and when nothing is said: too few, too far from what was done.

The weighted mean (SNIPS) and the doubly robust figure with weights of at most ten are told, with intervals over
persons. The plain weighted sum is too restless, and a model's own mean is no measurement: neither stands here.

References
----------
Swaminathan and Joachims (2015); Dudik et al. (2014); Kish (1965); Robins and Rotnitzky (1992): see `off_policy` and
`continuation`. The limits 100 and 200 were measured in simulation, where the root mean square error of the weighted
mean was 19, 9, 6, 4 and 2 points at effective samples below 20, 50, 100, 200 and above 500; 10, .002 and 5 % are
assumptions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from wor_match.domain.columns import Floats
from wor_match.evaluation.off_policy import estimate, same_length, weights
from wor_match.evaluation.over_people import LEAST_FOR_INTERVAL, Figure, People
from wor_match.interop.frames import frame

MOST_WEIGHT = 10.0
LEAST_ROWS, FEW_ROWS = 100.0, 200.0  # effective
LEAST_PROPENSITY, MOST_OUTSIDE = 0.002, 0.05
ONE_SIDED_95 = 1.6448536269514722
ROUGH = "rough, within 8 points"
NO_ADVICE = "the history holds no advice for these people that can be decided again; write advice.event() into it"
NO_LOT = "propensities are not known: no advice had a place drawn by lot"
NEVER_DRAWN = "propensities are not known: a place is said to be drawn by lot with a propensity of 0"
COLUMNS: dict[str, type] = {
    "policy": str,
    **dict.fromkeys(("snips", "snips_low", "snips_high"), float),
    **dict.fromkeys(("dr_clipped", "dr_clipped_low", "dr_clipped_high"), float),
    **dict.fromkeys(("effective_sample_size", "largest_weight", "outside"), float),
    **dict.fromkeys(("rows", "persons"), int),
    **dict.fromkeys(("note", "reason"), str),
}


@dataclass(frozen=True, slots=True)
class Value:
    """What one way of advising would have given: the share that takes part after twelve weeks.

    Attributes
    ----------
    policy : str
    snips, dr_clipped : Figure or None
        In [0, 1] but for chance, with 95 % over persons; None when refused.
    effective_sample_size, largest_weight : float
        What it rests on: (sum of weights)^2 / sum of squared weights, and the largest of them.
    outside : float or None
        The share of what it puts first that the lot gave a chance below .002, or none, as far as the weights tell; it
        moves by chance, and lies below 0 as easily as above it.
    rows, persons : int
        Places whose outcome is known and which this way would have filled alike, and of how many people.
    note : str
        How rough it is; empty when it is not.
    reason : str
        Why it is refused; empty when it is not.
    """

    policy: str
    snips: Figure | None = None
    dr_clipped: Figure | None = None
    effective_sample_size: float = 0.0
    largest_weight: float = 0.0
    outside: float | None = None
    rows: int = 0
    persons: int = 0
    note: str = ""
    reason: str = ""

    def row(self) -> dict[str, Any]:
        """As a row of a frame."""
        sures = [number for sure in (self.snips, self.dr_clipped) for number in numbers_of(sure)]
        told = (self.policy, *sures, self.effective_sample_size, self.largest_weight, self.outside, self.rows,
                self.persons, self.note, self.reason)  # fmt: skip
        return dict(zip(COLUMNS, told, strict=True))

    def sentence(self) -> str:
        """The figure in words."""
        if self.snips is None or self.dr_clipped is None:
            return f"{self.policy}: not told, because {self.reason}."
        said = f"{self.policy}: {of_hundred(self.snips)}; doubly robust {of_hundred(self.dr_clipped)}."
        return f"{said} {self.note[:1].upper()}{self.note[1:]}." if self.note else said


@dataclass(frozen=True, slots=True, repr=False)
class Values:
    """What ways of advising would have given, side by side.

    Attributes
    ----------
    figures : tuple of Value
    drawn : Figure
        What the lot itself gave: the same share among those whose place was drawn.
    rows, known, without : int
        Places drawn by lot, of how many it is known how it went, and advices without such a place, which do not count.
    persons : int
    """

    figures: tuple[Value, ...]
    drawn: Figure
    rows: int
    known: int
    without: int
    persons: int

    def __repr__(self) -> str:
        return f"Values({self.rows} places drawn for {self.persons} people, {len(self.figures)} policies)"

    def __getitem__(self, policy: str) -> Value:
        """The figure of one policy.

        Raises
        ------
        KeyError
            When there is no such policy.
        """
        return {one.policy: one for one in self.figures}[policy]

    def frame(self, backend: Any = None) -> Any:
        """One row for each policy: a list of dicts, or a frame of ``polars``, ``pandas`` or ``pyarrow``.

        Raises
        ------
        WorMatchError
            When the `backend` is none of these, or is not installed.
        """
        return frame([one.row() for one in self.figures], COLUMNS, backend)

    def sentences(self) -> tuple[str, ...]:
        """The same in plain sentences: what it rests on, what the lot gave, and each policy."""
        said = [f"{self.rows} places were drawn by lot, for {self.persons} people; of {self.known} it is known how it "
                "went after twelve weeks."]  # fmt: skip
        if self.without:
            said.append(f"{self.without} advices had no such place: how likely their pick was is not known, so they "
                        "do not count.")  # fmt: skip
        if self.drawn.value is not None:
            said.append(f"The lot itself: {of_hundred(self.drawn)} take part after twelve weeks.")
        return (*said, *(one.sentence() for one in self.figures))


def numbers_of(sure: Figure | None) -> tuple[float | None, float | None, float | None]:
    """A mean and its interval; None for what is not there."""
    low, high = (None, None) if sure is None or sure.interval is None else sure.interval
    return None if sure is None else sure.value, low, high


def of_hundred(sure: Figure) -> str:
    """A share that is known, in words."""
    value, low, high = numbers_of(sure)
    between = "" if low is None or high is None else f" ({100 * low:.0f} to {100 * high:.0f})"
    return f"{100 * (value or 0.0):.0f} of 100{between}"


def valued(
    policy: str,
    reward: Floats,
    logged: Floats,
    target: Floats,
    q_logged: Floats,
    q_target: Floats,
    censoring: Floats,
    persons: People,
) -> Value:
    """The figures of one policy, or why there are none.

    Parameters
    ----------
    policy : str
    reward : ndarray (n,)
        In [0, 1]; NaN where it is not known, and `censoring` is 0.
    logged, target : ndarray (n,)
        How likely what was drawn was, in (0, 1], and how likely this policy does the same, in [0, 1].
    q_logged, q_target : ndarray (n,)
        A model's value of what was drawn, and averaged over this policy; fitted on other people.
    censoring : ndarray (n,)
        What each known outcome counts; 0 for unknown ones.
    persons : People
        Whose each row is.

    Raises
    ------
    WorMatchError
        When lengths differ, or a number is not finite or out of range.
    """
    lacking = np.isnan(reward)
    y, c, q, direct = same_length(
        reward=np.where(lacking, 0.0, reward), censoring=censoring, q_logged=q_logged, q_target=q_target
    )
    c = np.where(lacking, 0.0, c)
    w, both = weights(y, logged, target, None), weights(y, logged, target, c)
    counted = estimate(0.0, 0.0, both)
    inside = persons.mean(np.where(logged < LEAST_PROPENSITY, 0.0, w))
    behind = persons.mean(reward, both)
    reason = why_not(inside, counted.effective_sample_size, y[both > 0], behind.n)
    outside = None if inside.value is None else 1.0 - inside.value
    told = (counted.effective_sample_size, counted.largest_weight, outside, behind.rows, behind.n)
    if reason:
        return Value(policy, None, None, *told, reason=reason)
    terms = direct + np.minimum(w, MOST_WEIGHT) * c * (y - q)
    return Value(policy, behind, persons.mean(terms), *told, note=note_of(counted.effective_sample_size, outside))


def why_not(inside: Figure, effective: float, y: Floats, persons: int) -> str:
    """Every reason why a policy has no figure; empty when there is none.

    What lies outside is known by its weights only: their mean is the share inside. It is refused when more than 5 % is
    outside by more than chance explains (one-sided 95 %).
    """
    found = []
    if inside.value is not None and inside.value + ONE_SIDED_95 * (inside.error or 0.0) < 1 - MOST_OUTSIDE:
        found.append(f"it puts {100 * (1 - inside.value):.0f} % first that the lot hardly ever or never drew; "
                     f"{100 * MOST_OUTSIDE:.0f} % is allowed")  # fmt: skip
    if effective < LEAST_ROWS:
        found.append(f"its effective sample is {effective:.0f}, and {LEAST_ROWS:.0f} is the least")
    elif persons < LEAST_FOR_INTERVAL:
        found.append(f"it rests on {persons} people, and {LEAST_FOR_INTERVAL} is the least")
    elif len(set(y.tolist())) == 1:
        who = "everybody" if y[0] else "nobody"
        found.append(f"{who} whose outcome is known takes part, so how sure it is cannot be told")
    return "; ".join(found)


def note_of(effective: float, outside: float | None) -> str:
    """How rough a figure is."""
    found = [ROUGH] if effective < FEW_ROWS else []
    if outside is not None and outside > MOST_OUTSIDE:
        found.append(f"perhaps {100 * outside:.0f} % of it lies outside what the lot could show")
    return "; ".join(found)
