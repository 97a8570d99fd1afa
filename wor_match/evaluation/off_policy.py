"""What another way of advising would have given, from what was really advised and how likely that was.

Arrays in, an estimate out; every estimate shows how few rows it rests on (the effective sample size) and its largest
weight, because wrong or tiny propensities make figures look good that are not.

References
----------
A. Swaminathan and T. Joachims, The self-normalized estimator for counterfactual learning, NeurIPS 2015.
M. Dudík, D. Erhan, J. Langford and L. Li, Doubly robust policy evaluation and optimization, Stat. Science 29 (2014).
Y.-X. Wang, A. Agarwal and M. Dudík, Optimal and adaptive off-policy evaluation, ICML 2017 (switch).
L. Kish, Survey sampling, 1965 (effective sample size).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wor_match.errors import WorMatchError

Floats = NDArray[np.float64]
Told = Sequence[float] | Floats
NORMAL_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with how sure it is.

    Attributes
    ----------
    value, standard_error : float
        In the unit of the reward.
    interval : tuple of float
        95 %, from the normal distribution: on few effective rows it is too narrow.
    effective_sample_size : float
        (sum of weights)^2 / sum of squared weights; rows that the figure rests on.
    largest_weight : float
    """

    value: float
    standard_error: float
    interval: tuple[float, float]
    effective_sample_size: float
    largest_weight: float


def ips(reward: Told, logged: Told, target: Told, censoring: Told | None = None) -> Estimate:
    """Inverse propensity score: the mean of weight times reward. Unbiased, and restless when weights are large.

    Parameters
    ----------
    reward : array (n_rows,)
    logged, target : array (n_rows,)
        The probability of what was done under the policy that did it, in (0, 1], and under the other, in [0, 1].
    censoring : array (n_rows,), optional
        Weights from 0 for outcomes that were seen less often; 1 when left out.

    Raises
    ------
    WorMatchError
        When an array is empty, of another length, or holds what it cannot hold.

    Examples
    --------
    >>> ips([1, 0, 1, 0], [0.5] * 4, [1, 0.5, 0.5, 0.5]).value
    0.75
    """
    y, w = numbers("reward", reward), weights(reward, logged, target, censoring)
    return of_mean(w * y, w)


def snips(reward: Told, logged: Told, target: Told, censoring: Told | None = None) -> Estimate:
    """Self-normalised inverse propensity score: the weighted mean of the rewards. Calmer, with a small bias.

    `reward`, `logged`, `target`, `censoring` and errors: as `ips`; also refused when no row has any weight.

    Examples
    --------
    >>> snips([1, 0, 1, 0], [0.5] * 4, [1, 0.5, 0.5, 0.5]).value
    0.6
    """
    y, w = numbers("reward", reward), weights(reward, logged, target, censoring)
    value = float(np.sum(w * y) / total(w))
    return estimate(value, float(np.sqrt(np.sum((w * (y - value)) ** 2)) / total(w)), w)


def dm(q_target: Told) -> Estimate:
    """The direct method: the mean of what a model says the other policy would give. As good as that model.

    Parameters
    ----------
    q_target : array (n_rows,)
        The model's value averaged over the other policy.

    Raises
    ------
    WorMatchError
        When it is empty or holds something that is no finite number.

    Examples
    --------
    >>> dm([0.25, 0.75]).value
    0.5
    """
    q = numbers("q_target", q_target)
    return of_mean(q, np.ones_like(q))


def dr(
    reward: Told, logged: Told, target: Told, q_logged: Told, q_target: Told, censoring: Told | None = None
) -> Estimate:
    """Doubly robust: the direct method, corrected by the weighted errors of the model; right when either is right.

    Parameters
    ----------
    reward, logged, target, censoring : array (n_rows,)
        As in `ips`.
    q_logged, q_target : array (n_rows,)
        The model's value of what was done, and averaged over the other policy.

    Raises
    ------
    WorMatchError
        As `ips`.

    Examples
    --------
    >>> round(dr([1, 0], [0.5, 0.5], [1, 0.5], [0.6, 0.6], [0.5, 0.5]).value, 12)
    0.6
    """
    w = weights(reward, logged, target, censoring)
    return corrected(w, reward, q_logged, q_target)


def switch_dr(
    reward: Told,
    logged: Told,
    target: Told,
    q_logged: Told,
    q_target: Told,
    threshold: float,
    censoring: Told | None = None,
) -> Estimate:
    """Doubly robust where the weight is at most the threshold, and the direct method elsewhere.

    `reward`, `logged`, `target`, `q_logged`, `q_target`, `censoring` and errors: as `dr`; also a WorMatchError when
    `threshold` is no number above 0.

    Examples
    --------
    >>> switch_dr([1, 0], [0.5, 0.5], [1, 0.5], [0.6, 0.6], [0.5, 0.5], threshold=0.1).value
    0.5
    """
    if isinstance(threshold, bool) or not isinstance(threshold, int | float) or not threshold > 0:
        raise WorMatchError("threshold is no number above 0; weights above it are not used", code="out-of-range")
    w = weights(reward, logged, target, censoring)
    return corrected(np.where(w <= threshold, w, 0.0), reward, q_logged, q_target)


def sndr(
    reward: Told, logged: Told, target: Told, q_logged: Told, q_target: Told, censoring: Told | None = None
) -> Estimate:
    """Self-normalised doubly robust: the correction of `dr` as a weighted mean.

    `reward`, `logged`, `target`, `q_logged`, `q_target`, `censoring`, errors: as `dr`; refused too without any weight.

    Examples
    --------
    >>> round(sndr([1, 0], [0.5, 0.5], [1, 0.5], [0.6, 0.6], [0.5, 0.5]).value, 12)
    0.566666666667
    """
    w = weights(reward, logged, target, censoring)
    y, q, direct = same_length(reward=reward, q_logged=q_logged, q_target=q_target)
    correction = float(np.sum(w * (y - q)) / total(w))
    influence = direct - direct.mean() + len(w) * w * (y - q - correction) / total(w)
    error = float(np.sqrt(np.sum(influence**2)) / len(w))
    return estimate(float(direct.mean()) + correction, error, w)


def corrected(w: Floats, reward: Told, q_logged: Told, q_target: Told) -> Estimate:
    """The direct method with the weighted errors of the model."""
    y, q, direct = same_length(reward=reward, q_logged=q_logged, q_target=q_target)
    return of_mean(direct + w * (y - q), w)


def of_mean(terms: Floats, w: Floats) -> Estimate:
    """The mean of terms, with the error of a mean; of one row that is unknown and told as infinite."""
    error = float(terms.std(ddof=1) / np.sqrt(len(terms))) if len(terms) > 1 else float("inf")
    return estimate(float(terms.mean()), error, w)


def estimate(value: float, error: float, w: Floats) -> Estimate:
    """The figure with its interval and what it rests on."""
    squares = float(np.sum(w**2))
    size = float(np.sum(w)) ** 2 / squares if squares else 0.0
    return Estimate(value, error, (value - NORMAL_95 * error, value + NORMAL_95 * error), size, float(w.max()))


def total(w: Floats) -> float:
    """The sum of the weights, when there is any."""
    if not np.sum(w) > 0:
        raise WorMatchError(
            "no row has any weight: the other policy never does what was done; use dm()", code="nothing-to-count"
        )
    return float(np.sum(w))


def weights(reward: Told, logged: Told, target: Told, censoring: Told | None) -> Floats:
    """What each row counts: target / logged, times the censoring weight."""
    seen = np.ones(len(reward)) if censoring is None else censoring
    _, propensity, wanted, c = same_length(reward=reward, logged=logged, target=target, censoring=seen)
    for name, told, fine, allowed in (
        ("logged", propensity, (propensity > 0) & (propensity <= 1), "above 0 and at most 1"),
        ("target", wanted, (wanted >= 0) & (wanted <= 1), "from 0 to 1"),
        ("censoring", c, c >= 0, "0 or more"),
    ):
        if not np.all(fine):
            row = int(np.flatnonzero(~fine)[0])
            raise WorMatchError(f"{name} holds {told[row]:g} in row {row}; allowed is {allowed}", code="out-of-range")
    return wanted / propensity * c


def same_length(**told: Told) -> list[Floats]:
    """Arrays of one length."""
    arrays = [numbers(name, one) for name, one in told.items()]
    if len({len(one) for one in arrays}) > 1:
        lengths = ", ".join(f"{name} {len(one)}" for name, one in zip(told, arrays, strict=True))
        raise WorMatchError(
            f"the arrays have other lengths ({lengths}); give one of each for every row", code="other-length"
        )
    return arrays


def numbers(name: str, told: Told) -> Floats:
    """A list of finite numbers."""
    try:
        found = np.asarray(told, dtype=np.float64)
    except (TypeError, ValueError):
        raise WorMatchError(f"{name} holds something that is no number", code="no-number") from None
    if found.ndim != 1 or not len(found) or not np.all(np.isfinite(found)):
        raise WorMatchError(f"{name} is no list of finite numbers, or is empty", code="no-number")
    return found
