"""What an expert believes before anybody was seen to start or stay: levels, what each signal counts, how sure.

Numbers only. The sizes are assumptions; their grounds stand beside them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from wor_match.errors import ModelError

if TYPE_CHECKING:
    from wor_match.learning.learned import Learned
    from wor_match.learning.model import ChanceModel

Floats = NDArray[np.float64]

HORIZON = 12  # weeks
PIECES = ((1,), (2,), (3, 4), (5, 6, 7, 8), (9, 10, 11, 12))  # weeks that share a level
WEEKS = np.array([float(len(piece)) for piece in PIECES])
FIRST_PIECE = 3  # of the coefficients: after the start level, the weekly level and the scale of the beliefs
FIRST_SIGNAL = FIRST_PIECE + len(PIECES)
START_SHARE = 0.5  # how much of a track record's effect on staying also holds for starting; an assumption
START_OF_TEN, STAY_OF_TEN = 0.70, 0.60  # seven in ten start; six in ten of them are there after twelve weeks
PIECE_MEANS = (-0.5, -0.25, 0.0, 0.2, 0.3)  # stopping is commoner early (Hunter JPAH 18: 68 % gone by session 5)
LEVEL_WEEK = 3.062009  # solves sum(w log sigma(x + piece)) = log .60
LEAST_DOUBT = 0.1
LEVEL_APART, PIECE_APART, SIGNAL_APART = 0.3, 0.1, 0.3  # how much towns differ; see `from_model`
TAUS = ("beta", "term", "organiser", "activity")
HELD = 1e9  # pseudo-effects: so many that a tau stays as it is
FARTHEST = 1e6  # of a belief, in log-odds; a doubt below the inverse of its square is none


class Believed(Protocol):
    """Anything with a name and an expert's beliefs: log-odds for 0 → 1 on starting and on staying."""

    @property
    def name(self) -> str:
        """Of the signal."""

    @property
    def beliefs(self) -> tuple[float, float]:
        """Start, stay."""


class Taught(Protocol):
    """A matcher: what it believed beforehand, and what it learned since."""

    @property
    def prior(self) -> Prior:
        """Before any outcome, in the order of its signals."""

    @property
    def model(self) -> Learned:
        """Since."""


@dataclass(frozen=True, eq=False)
class Prior:
    """Means and doubts of every part of the model, on the logit scale.

    Attributes
    ----------
    level_start, level_week, scale : tuple of float
        Mean and standard deviation of the start level, the weekly level, and the scale of all beliefs.
    pieces : ndarray (5,)
        Mean of each piece of weeks beside the weekly level; `pieces_sd` is their standard deviation.
    start, stay : ndarray (n_signals,)
        The expert's log-odds for 0 → 1.
    spread : ndarray (n_signals,)
        The doubt about each signal, before `taus["beta"]`.
    taus : dict
        Standard deviations of beta, term, organiser and activity: guesses, low on purpose.
    strength : float
        How many effects of the guessed size each guess counts for when it is estimated.
    names : tuple of str
        The signals, in the order of the arrays; empty when the order is known.

    Raises
    ------
    ModelError
        When arrays differ in length, a number lies beyond a million, or a doubt is none or beyond a million.
    """

    level_start: tuple[float, float]
    level_week: tuple[float, float]
    pieces: Floats
    pieces_sd: float
    scale: tuple[float, float]
    start: Floats
    stay: Floats
    spread: Floats
    taus: dict[str, float]
    strength: float = 4.0
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        sizes = {len(part) for part in (self.start, self.stay, self.spread)} | (
            {len(self.names)} if self.names else set()
        )
        if len(sizes) != 1 or len(self.pieces) != len(PIECES) or set(self.taus) != set(TAUS):
            raise ModelError(
                f"a prior has {len(PIECES)} pieces, one number for each signal, and taus {', '.join(TAUS)}",
                code="other-length",
            )
        levels = (self.level_start, self.level_week, self.scale)
        doubts = np.array([*(sd for _, sd in levels), self.pieces_sd, *self.spread, *self.taus.values()])
        means = np.array([*(mean for mean, _ in levels), *self.pieces, *self.start, *self.stay])
        known = (np.abs(means) <= FARTHEST).all() and 0 < self.strength <= FARTHEST**2
        if not (known and ((doubts >= 1 / FARTHEST**2) & (doubts <= FARTHEST)).all()):
            raise ModelError(
                "a prior has a number beyond a million, or a doubt that is none or beyond a million",
                code="out-of-range",
            )

    def ordered(self, names: Sequence[str]) -> Prior:
        """The same beliefs in the order of the signals called `names`; as they are when the prior names none.

        Raises
        ------
        ModelError
            When it is about other signals.
        """
        if len(self.start) != len(names) or (self.names and set(self.names) != set(names)):
            raise ModelError(
                f"the prior is not about the signals {', '.join(names)}; make it with Prior.expert(signals)",
                code="other-signals",
            )
        if not self.names:
            return self
        at = [self.names.index(name) for name in names]
        parts = {name: getattr(self, name)[at] for name in ("start", "stay", "spread")}
        return replace(self, names=tuple(names), **parts)

    @classmethod
    def expert(cls, signals: Sequence[Believed] | None = None) -> Prior:
        """The expert's prior for these `signals`, in their order; for those of the library when left out.

        Examples
        --------
        >>> Prior.expert().start[:2]
        array([0.4, 0.2])
        """
        if signals is None:
            from wor_match.signals import SIGNALS

            signals = SIGNALS
        start = np.array([signal.beliefs[0] for signal in signals], dtype=np.float64)
        stay = np.array([signal.beliefs[1] for signal in signals], dtype=np.float64)
        return cls(
            level_start=(math.log(START_OF_TEN / (1 - START_OF_TEN)), 0.7),
            level_week=(LEVEL_WEEK, 0.7),
            pieces=np.array(PIECE_MEANS),
            pieces_sd=0.4,
            scale=(1.0, 0.3),
            start=start,
            stay=stay,
            spread=np.maximum(LEAST_DOUBT, 0.5 * np.maximum(np.abs(start), np.abs(stay))),
            taus={"beta": 0.6, "term": 0.15, "organiser": 0.20, "activity": 0.25},
            names=tuple(signal.name for signal in signals),
        )

    @classmethod
    def from_model(cls, national: ChanceModel | Taught) -> Prior:
        """The prior of a town that joins: what many towns taught, with the doubt of how much towns differ.

        Only means, variances and taus travel; organisers and activities of the town are new. What the national fit
        says of each signal becomes the belief; the scale starts at 1 around it. Effects of terms do not travel: a prior
        knows no names. The taus are held, not estimated again.

        Parameters
        ----------
        national : Matcher or ChanceModel
            Taught by the outcomes of many towns together, activities and organisers keyed by town; a matcher also as
            `Matcher.load` gives it back, with the catalogue of the town that joins, and with the prior that it had.

        Raises
        ------
        ModelError
            When it is neither: `matcher.model` alone does not say in which order its signals stand.

        References
        ----------
        Towns differ by .3 in levels, .1 in pieces, .3 times the expert's doubt in a signal: assumptions.
        """
        expert = getattr(national, "prior", None)
        learned = getattr(national, "posterior_", None) or getattr(getattr(national, "model", None), "posterior", None)
        if expert is None or learned is None:
            raise ModelError(
                "a prior is made from a matcher that learned, or from a ChanceModel; give that itself",
                code="wrong-type",
            )
        mean, sd = learned.coefficients.mean, learned.coefficients.sd
        of_pieces = slice(FIRST_PIECE, FIRST_SIGNAL)
        return cls(
            level_start=(float(mean[0]), float(np.hypot(sd[0], LEVEL_APART))),
            level_week=(float(mean[1]), float(np.hypot(sd[1], LEVEL_APART))),
            pieces=mean[of_pieces],
            pieces_sd=float(np.hypot(np.sqrt((sd[of_pieces] ** 2).mean()), PIECE_APART)),
            scale=(1.0, float(sd[2])),
            start=learned.mode.start[:, 0],
            stay=learned.mode.stay[:, 0],
            spread=np.hypot(sd[FIRST_SIGNAL:], SIGNAL_APART * expert.spread),
            taus={**learned.taus, "beta": 1.0},
            strength=HELD,
            names=expert.names,
        )
