"""What each signal counts, before and after learning, and how sure both are.

It is about signals, never about people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from wor_match.display.plots.drawing import COLOURS, INK, QUIET, axes, plain
from wor_match.interop.frames import frame
from wor_match.learning import Posterior
from wor_match.learning.chance import ENDS
from wor_match.learning.posterior import WIDER
from wor_match.wording.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from wor_match.interop.frames import Backend
    from wor_match.matcher import Matcher

Stage = Literal["start", "stay"]
STAGES: tuple[Stage, ...] = get_args(Stage)
FOR = {"start": "starting", "stay": "staying"}
FIGURES = ("prior", "prior_low", "prior_high", "posterior", "low", "high")
COLUMNS: dict[str, type] = {"signal": str, "stage": str, **dict.fromkeys(FIGURES, float), "words": str}
TELLS_LITTLE, MUCH = 0.05, 0.2  # log-odds; a twentieth and a fifth more odds; assumptions
APART = 0.17  # how far before and after stand from their row


@dataclass(frozen=True, slots=True)
class Counts:
    """What one signal counts at one stage, in log-odds from a strength of 0 to 1, with 90 % before and after.

    Attributes
    ----------
    signal : str
    stage : str
        ``start``, or ``stay`` for every week.
    prior, prior_low, prior_high, posterior, low, high : float
    words : str
        How the two differ.
    """

    signal: str
    stage: Stage
    prior: float
    prior_low: float
    prior_high: float
    posterior: float
    low: float
    high: float
    words: str

    @property
    def moved(self) -> bool:
        """Whether it counts otherwise than believed, enough to tell."""
        return abs(self.posterior - self.prior) >= TELLS_LITTLE


class WeightsDisplay:
    """What each signal counts for starting and for staying, before any outcome and after those that were learned from.

    Parameters
    ----------
    rows : sequence of Counts
    n_episodes : int
        From how many experiences was learned.
    names : mapping
        Signal → what it is called.

    Attributes
    ----------
    rows, n_episodes, names
    ax_, figure_ : array of two Axes, Figure
        Of matplotlib; after `plot`.

    Examples
    --------
    >>> import wor_match as wm
    >>> WeightsDisplay.from_matcher(wm.Matcher(wm.load_catalogue("nieuwegein"))).text()
    'Nothing was learned yet: every signal counts as the expert believes.'
    """

    ax_: Any
    figure_: Figure

    def __init__(self, rows: Sequence[Counts], n_episodes: int, names: Mapping[str, str]) -> None:
        self.rows, self.n_episodes, self.names = tuple(rows), n_episodes, dict(names)

    @classmethod
    def from_matcher(cls, matcher: Matcher) -> WeightsDisplay:
        """A display of what a `matcher` believed and learned; signals by name."""
        before, after = Posterior.of_prior(matcher.prior), matcher.model.posterior
        rows = []
        for stage in STAGES:
            both = [drawn(posterior, stage) for posterior in (before, after)]
            for number, signal in enumerate(matcher.signals):
                told = dict(zip(FIGURES, np.concatenate([part[number] for part in both]).tolist(), strict=True))
                rows.append(Counts(signal.name, stage, **told, words=compared(told["prior"], told["posterior"], stage)))
        rows.sort(key=lambda one: (one.signal, STAGES.index(one.stage)))
        said = words("en")["learned"]["signals"]
        names = {one.name: str(said.get(one.name, one.name)) for one in matcher.signals}
        return cls(rows, matcher.model.counts.get("episodes", 0), names)

    def plot(self, ax: Sequence[Axes] | None = None) -> WeightsDisplay:
        """Draw it, starting and staying side by side, and keep what it is drawn on in `ax_` and `figure_`.

        Parameters
        ----------
        ax : two matplotlib axes, optional
            New ones when left out.

        Raises
        ------
        WorMatchError
            When matplotlib is not installed.
        """
        signals = sorted(self.names, key=lambda name: max(abs(one.prior) for one in self.of(name)))
        first, self.figure_ = axes(None if ax is None else ax[0], 9.0, 1.6 + 0.34 * len(signals))
        if ax is None:
            first.remove()
            self.ax_ = self.figure_.subplots(1, 2, sharex=True, sharey=True)
        else:
            self.ax_ = np.asarray(ax)
        for one, stage in zip(self.ax_, STAGES, strict=True):
            self.draw(one, stage, signals)
        if ax is None:
            told = self.ax_[0].get_legend_handles_labels()
            self.figure_.legend(*told, loc="outside lower center", ncols=2, frameon=False, labelcolor=INK)
        else:
            self.ax_[1].legend(loc="best", frameon=False, labelcolor=INK)
        return self

    def draw(self, ax: Axes, stage: Stage, signals: Sequence[str]) -> None:
        """One `stage` on `ax`: a row for each of the `signals`, before above after."""
        rows = [next(one for one in self.of(name) if one.stage == stage) for name in signals]
        at = np.arange(len(rows))
        plain(ax)
        ax.axvline(0, color=QUIET, linewidth=1, linestyle=(0, (2, 3)))
        for side, colour, marker, name, told in (
            (APART, QUIET, "s", "believed before", [(one.prior, one.prior_low, one.prior_high) for one in rows]),
            (-APART, COLOURS[0], "o", "after learning", [(one.posterior, one.low, one.high) for one in rows]),
        ):
            middle, low, high = np.array(told).reshape(-1, 3).T
            ax.hlines(at + side, low, high, color=colour, linewidth=2, alpha=0.6)
            ax.plot(
                middle, at + side, linestyle="", marker=marker, color=colour, markersize=5, label=f"{name}, with 90 %"
            )
        ax.set_yticks(at, [self.names[name] for name in signals])
        ax.set(title=f"for {FOR[stage]}", xlabel="log-odds, from not at all to fully")

    def of(self, signal: str) -> tuple[Counts, ...]:
        """The two rows of a `signal`."""
        return tuple(one for one in self.rows if one.signal == signal)

    def frame(self, backend: Backend | None = None) -> Any:
        """One row for each signal and stage: a list of dicts, or a frame of ``polars``, ``pandas`` or ``pyarrow``.

        Raises
        ------
        WorMatchError
            When the `backend` is none of these, or is not installed.
        """
        return frame([asdict(one) for one in self.rows], COLUMNS, backend)

    def text(self) -> str:
        """The same in plain words, a line for each signal that surely counts otherwise than believed; most first."""
        if not self.n_episodes:
            return "Nothing was learned yet: every signal counts as the expert believes."
        moved = sorted(
            (one for one in self.rows if one.moved), key=lambda one: (-abs(one.posterior - one.prior), one.signal)
        )
        sure = [one for one in moved if not one.low <= one.prior <= one.high]
        said = [f"Learned from {self.n_episodes} experiences."]
        said += [f"{self.names[one.signal].capitalize()} {one.words}." for one in sure]
        known = {one.signal for one in sure}
        perhaps = [self.names[name] for name in dict.fromkeys(one.signal for one in moved) if name not in known]
        if perhaps:
            said.append(f"Perhaps otherwise, though what was believed is still likely: {', '.join(perhaps)}.")
        return "\n".join([*said, f"{'All else' if moved else 'Everything'} counts as believed."])


def drawn(posterior: Posterior, stage: Stage) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Mean, 5 % and 95 % of what each signal counts, (n_signals, 3); the draws widened as for every interval."""
    weights = getattr(posterior.draws, stage)
    wide = getattr(posterior.draws.wider(posterior.mode, WIDER), stage)
    return np.column_stack([weights.mean(axis=1), *np.quantile(wide, ENDS, axis=1)])


def compared(before: float, after: float, stage: Stage) -> str:
    """How what a signal counts differs from what was believed.

    Examples
    --------
    >>> compared(0.3, 0.4, "stay")
    'counts a little more than believed for staying'
    >>> compared(0.3, -0.2, "start")
    'counts the other way than believed for starting'
    """
    moved = after - before
    if abs(moved) < TELLS_LITTLE:
        return f"counts as believed for {FOR[stage]}"
    if before * after < 0 and abs(after) >= TELLS_LITTLE:
        return f"counts the other way than believed for {FOR[stage]}"
    size = "much" if abs(moved) >= MUCH else "a little"
    more = "more" if moved * (before or 1.0) > 0 else "less"
    return f"counts {size} {more} than believed for {FOR[stage]}"
