"""Which weights of worth agree best with coaches' judgement, and whether so few people can tell; no outcome is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from wor_match.choosing import ROUNDED
from wor_match.domain.columns import Floats
from wor_match.errors import WorMatchError
from wor_match.evaluation.judging.cases import Case, cases_of
from wor_match.evaluation.judging.concordance import share_each
from wor_match.evaluation.judging.judged import Judged
from wor_match.evaluation.judging.tuned import Tried, Tuned
from wor_match.evaluation.over_people import LEAST_FOR_INTERVAL, dice_of, least_shown, over_people
from wor_match.matcher import Matcher
from wor_match.settings import WorthWeights

STEPS = 20  # shares in steps of .05


def tune_worth(
    matcher: Matcher, judged: Iterable[Judged], *, at: date, grid: Iterable[WorthWeights] | None = None, seed: int = 0
) -> Tuned:
    """The agreement of each weights of worth, and whether any is better than the present ones by more than chance.

    Of many weights the best always looks better than it is, by chance. So what is needed to be more than chance counts
    how many were tried; see `over_people.least_shown`. Of those that pass, the one with most agreement is recommended;
    when none does, the present weights are. No outcome is read, and nothing is changed: give
    ``Settings(worth=tuned.recommended)`` to a new matcher.

    Parameters
    ----------
    matcher : Matcher
        With the present weights.
    judged, at, seed : iterable of Judged, date, int
        As in `agreement`.
    grid : iterable of WorthWeights, optional
        Shares of focus, wish and web in steps of .05 with the present floor, when left out.

    Raises
    ------
    WorMatchError
        As `agreement`; also when the grid is empty or holds something else.

    References
    ----------
    J.P. Romano and M. Wolf, Exact and approximate stepdown methods for multiple hypothesis testing, Journal of the
    American Statistical Association 100 (2005), pp. 94-108.

    Examples
    --------
    >>> import wor_match as wm
    >>> one = Judged(person=wm.Participant(id="p1", focus=["meedoen"]), judged={"kookgroep-de-linde": "good"})
    >>> tune_worth(wm.Matcher(wm.load_catalogue("nieuwegein")), [one], at=date(2026, 11, 23))
    Tuned(0 people, 231 tried, keep the present weights)
    """
    cases, _ = cases_of(matcher, judged, at)
    present = matcher.settings.worth
    every = candidates(present, grid)
    told = share_each((case.person, case.levels, scores_of(case, every)) for case in cases)
    shares = np.array(list(told.values()), dtype=np.float64).reshape(-1, len(every))
    gained = shares - shares[:, [every.index(present)]]
    least = least_shown(gained, dice_of(seed)) if len(shares) >= LEAST_FOR_INTERVAL else None
    tried = [
        Tried(weights, over_people(shares[:, at], seed), over_people(gained[:, at], seed), needed(least, at))
        for at, weights in enumerate(every)
    ]
    tried.sort(key=lambda one: (-round(one.order.value or 0.0, ROUNDED), *far(one.weights, present)))
    better = [one.weights for one in tried if one.is_better]
    return Tuned(present, tried[0].weights, (*better, present)[0], tuple(tried), len(shares))


def needed(least: Floats | None, at: int) -> float | None:
    """What one must be better; None when nobody can tell."""
    return None if least is None else float(least[at])


def candidates(present: WorthWeights, grid: Iterable[WorthWeights] | None) -> list[WorthWeights]:
    """The weights to try, each once, the present ones among them."""
    every = readable_grid(present.floor) if grid is None else list(grid)
    if not every or not all(isinstance(one, WorthWeights) for one in every):
        raise WorMatchError(
            "`grid` is no list of WorthWeights; give [WorthWeights(...)], or leave it out", code="wrong-type"
        )
    return list(dict.fromkeys((*every, present)))


def readable_grid(floor: float) -> list[WorthWeights]:
    """Shares of focus, wish and web in steps of .05 that add up to 1."""
    pairs = [(focus, wish) for focus in range(STEPS + 1) for wish in range(STEPS + 1 - focus)]
    return [
        WorthWeights(floor=floor, focus=focus / STEPS, wish=wish / STEPS, web=(STEPS - focus - wish) / STEPS)
        for focus, wish in pairs
    ]


def scores_of(case: Case, every: Sequence[WorthWeights]) -> Floats:
    """The score of everything judged with each of the weights, (n_weights, n_judged); the chance stays as it is."""
    floor = np.array([[one.floor] for one in every])
    fixed = np.array([(one.focus, one.wish, one.web) for one in every])
    per_point = (1.0 - floor) * fixed
    worth = floor + sum(per_point[:, [p]] * case.worth_parts[:, p] for p in range(fixed.shape[1]))
    scores = np.round(worth * case.chance, ROUNDED)
    return np.where(np.isfinite(case.scores), scores, -np.inf)


def far(one: WorthWeights, present: WorthWeights) -> tuple[float, ...]:
    """How far weights lie from the present ones; then by themselves, so that the order is always the same."""
    step = sum(abs(getattr(one, name) - getattr(present, name)) for name in ("floor", "focus", "wish", "web"))
    return round(step, ROUNDED), one.focus, one.wish, one.floor
