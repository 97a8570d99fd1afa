"""How well an order agrees with a judgement: of all pairs judged unequal, how often the better one stands higher.

Numbers in, numbers out; it knows nothing of advice.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from wor_match.domain.columns import Codes, Floats


def concordant(levels: Codes, scores: Floats) -> tuple[Floats, int]:
    """Over all pairs of unequal level: 1 where the higher level has the higher score, a half where scores are equal.

    Parameters
    ----------
    levels : ndarray (n,)
        What was judged, higher is better.
    scores : ndarray (..., n)
        One order, or many; minus infinity for what is ruled out, so that it stands below all and beside its like.

    Returns
    -------
    agreeing : ndarray (...)
        The sum over pairs.
    n_pairs : int
        How many pairs there are; agreeing / n_pairs is the concordance, in [0, 1].

    References
    ----------
    F.E. Harrell, K.L. Lee and D.B. Mark, Multivariable prognostic models, Stat. in Medicine 15 (1996), pp. 361-387: the
    index c, without censoring. With two levels it is the area under the ROC curve.

    Examples
    --------
    >>> agreeing, n_pairs = concordant(np.array([2, 1, 0]), np.array([0.9, 0.2, 0.2]))
    >>> float(agreeing), n_pairs
    (2.5, 3)
    """
    better, worse = np.nonzero(levels[:, None] > levels[None, :])
    high, low = scores[..., better], scores[..., worse]
    agreeing: Floats = np.sum((high > low) + 0.5 * (high == low), axis=-1)
    return agreeing, len(better)


def share_each(told: Iterable[tuple[str, Codes, Floats]]) -> dict[str, Floats]:
    """The concordance of each person, over all pairs of all who judged for them, sorted by person.

    Parameters
    ----------
    told : iterable of (person, levels, scores)
        As in `concordant`; a person may stand there more than once, a pair is within one of them.

    Returns
    -------
    dict
        Person → share, of the shape that the orders have; who has no pair of unequal level is not there.
    """
    agreeing: dict[str, Floats] = {}
    pairs: dict[str, int] = {}
    for person, levels, scores in told:
        points, n_pairs = concordant(levels, scores)
        agreeing[person] = agreeing.get(person, np.zeros_like(points)) + points
        pairs[person] = pairs.get(person, 0) + n_pairs
    return {person: agreeing[person] / pairs[person] for person in sorted(agreeing) if pairs[person]}
