"""The chance model: fit it to episodes, and ask it for the chance of any pair, with its doubt."""

from __future__ import annotations

import os
from threading import Lock

import numpy as np
from threadpoolctl import threadpool_limits

from wor_match.errors import ModelError
from wor_match.learning.chance import chances, interval, predictors, recorded, started
from wor_match.learning.design import Design
from wor_match.learning.fit import fitted
from wor_match.learning.posterior import KINDS, Posterior
from wor_match.learning.prior import HORIZON, Floats, Prior
from wor_match.learning.rows import PIECE_OF_WEEK, Codes, Episodes, Trials

ONE_AT_A_TIME = Lock()  # last bits would follow the number of threads of BLAS, which is set for the whole process
if hasattr(os, "register_at_fork"):  # a child must not begin in the middle of its parent's fit: it would wait for ever
    os.register_at_fork(
        before=ONE_AT_A_TIME.acquire, after_in_parent=ONE_AT_A_TIME.release, after_in_child=ONE_AT_A_TIME.release
    )


class ChanceModel:
    """Who starts, and who is still there week by week.

    Parameters
    ----------
    prior : Prior
        What is believed before any outcome.

    Attributes
    ----------
    posterior_ : Posterior
        What is believed after `fit`.
    converged_ : bool
        Whether the sizes of the effects came to rest.

    References
    ----------
    Singer and Willett (2003) and Tutz and Schmid (2016) on discrete-time hazards; MacKay (1992) on the evidence.

    Examples
    --------
    >>> from wor_match.signals import SIGNALS
    >>> model = ChanceModel(Prior.expert(SIGNALS)).fit(no_episodes(len(SIGNALS)))
    >>> nobody = np.array([-1])
    >>> round(float(model.chance(np.zeros((1, len(SIGNALS))), nobody, nobody, nobody)[0][0]), 2)
    0.42
    """

    def __init__(self, prior: Prior) -> None:
        self.prior = prior
        self.posterior_ = Posterior.of_prior(prior)
        self.converged_ = True

    def fit(self, episodes: Episodes) -> ChanceModel:
        """Learn from episodes; without any that started or did not, the prior stays as it is.

        Parameters
        ----------
        episodes : Episodes
            In any order; their order changes nothing but the last bits.

        Raises
        ------
        ModelError
            When there are other signals than the prior has, or the fit does not come to rest in finite numbers.
        """
        if episodes.strengths.shape[1] != len(self.prior.start):
            raise ModelError(
                f"episodes have {episodes.strengths.shape[1]} signals; the prior has {len(self.prior.start)}",
                code="other-signals",
            )
        seen = episodes.taken(episodes.started >= 0)
        if not len(seen):
            self.posterior_, self.converged_ = Posterior.of_prior(self.prior), True
            return self
        sizes = tuple(int(getattr(seen, kind).max(initial=-1)) + 1 for kind in KINDS)
        design, trials = Design.of(seen, self.prior, (sizes[0], sizes[1], sizes[2])), Trials.of(seen)
        try:
            with ONE_AT_A_TIME, threadpool_limits(limits=1, user_api="blas"), np.errstate(all="raise", under="ignore"):
                fit = fitted(design, trials, self.prior)
                found = Posterior.of_fit(fit, design, trials, self.prior)
        except (np.linalg.LinAlgError, FloatingPointError):
            raise ModelError(
                "the fit has no finite answer; give the prior less wide doubts", code="fit-failed"
            ) from None
        self.posterior_, self.converged_ = found, fit.converged
        return self

    def chance(
        self, strengths: Floats, term: Codes, organiser: Codes, activity: Codes
    ) -> tuple[Floats, Floats, Floats]:
        """The chance of starting and still taking part after twelve weeks: mean, 5 % and 95 %, each (n,).

        Parameters
        ----------
        strengths : ndarray (n, n_signals)
            Strengths minus neutral.
        term, organiser, activity : ndarray (n,) of int
            Codes; -1 unknown, or any code without outcomes.
        """
        told, codes = self.posterior_, (term, organiser, activity)
        self.check(strengths, codes)
        record = told.record(*codes)
        mean = chances(told.draws, recorded(predictors(told.draws, strengths), record)).mean(axis=1)
        return mean, *interval(told, strengths, told.record(*codes, mode=True), record, self.unseen(codes))

    def start_and_survival(self, strengths: Floats, term: Codes, organiser: Codes, activity: Codes) -> Floats:
        """Column 0: the chance of starting; column k: of having started and being there after week k, (n, 13).

        Parameters
        ----------
        strengths, term, organiser, activity : array
            As in `predict_proba`: (n, n_signals), and (n,) codes each.
        """
        told = self.posterior_
        self.check(strengths, (term, organiser, activity))
        at = recorded(predictors(told.draws, strengths), told.record(term, organiser, activity))
        going = started(at)
        curve = [going.mean(axis=1)]
        for week in range(HORIZON):
            going = going / (1.0 + np.exp(-told.draws.level_week[PIECE_OF_WEEK[week]] - at.stay))
            curve.append(going.mean(axis=1))
        return np.stack(curve, axis=1)

    def check(self, strengths: Floats, codes: tuple[Codes, Codes, Codes]) -> None:
        """Refuse `strengths` (n, n_signals) and three `codes` (n,) that are no pairs, with a ModelError."""
        shape = (len(codes[0]), len(self.prior.start))
        if np.shape(strengths) != shape or {len(one) for one in codes} != {shape[0]}:
            raise ModelError(
                f"strengths have shape {np.shape(strengths)}; give a row for each code and {shape[1]} columns",
                code="other-length",
            )
        if not np.isfinite(strengths).all():
            raise ModelError("strengths are not all finite; an unknown one is 0, its neutral value", code="no-number")

    def unseen(self, codes: tuple[Codes, Codes, Codes]) -> Floats:
        """In each draw the effect of those `codes` that nobody has seen yet, (n, n_draws)."""
        told = self.posterior_
        total = np.zeros((len(codes[0]), told.draws.level_start.shape[0]))
        for kind, of_kind in zip(KINDS, codes, strict=True):
            for row, code in enumerate(of_kind):
                if code >= len(told.effects[kind].mode):
                    total[row] += told.unseen(kind, str(int(code)))
        return total


def no_episodes(n_signals: int) -> Episodes:
    """Episodes of nobody."""
    none = np.zeros(0, dtype=np.int64)
    return Episodes(np.zeros((0, n_signals)), none, none, none, none, none, none)
