"""Whether chances are right, as a drawing: the share that continued beside the chance that was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wor_match.display.plots.drawing import COLOURS, INK, LINE, QUIET, axes, percent, plain, said
from wor_match.evaluation.calibration import Reliability, reliability

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from wor_match.evaluation.recalibration import Floats, Told
    from wor_match.interop.frames import Backend

N_BARS = 20


class ReliabilityDisplay:
    """The share that continued at each chance, with the band in which it would lie if the chances were right.

    Parameters
    ----------
    reliability : Reliability
        As it is; `Reliability.shareable` makes one that may be seen by anybody.

    Attributes
    ----------
    reliability : Reliability
    ax_, figure_ : Axes, Figure
        Of matplotlib; after `plot`.

    Examples
    --------
    >>> ReliabilityDisplay.from_predictions([0, 1, 0, 1], [0.2, 0.4, 0.4, 0.9]).text().split(";")[0]
    'Over 4 outcomes the mean chance told was 48 % and 50 % continued'
    """

    ax_: Axes
    figure_: Figure

    def __init__(self, reliability: Reliability) -> None:
        self.reliability = reliability

    @classmethod
    def from_predictions(
        cls,
        y: Told,
        chance: Told,
        weight: Told | None = None,
        *,
        seed: int = 0,
        n_boot: int = 200,
        shareable: bool = False,
    ) -> ReliabilityDisplay:
        """A display of outcomes and the chances that were told of them.

        Parameters
        ----------
        y, chance, weight, seed, n_boot
            As in `wor_match.evaluation.calibration.reliability`.
        shareable : bool
            Tell nothing about fewer than ten people; give one row for each person then. The outcomes themselves are not
            kept either way.

        Raises
        ------
        WorMatchError
            As `reliability`.
        """
        found = reliability(y, chance, weight, seed, n_boot)
        return cls(found.shareable() if shareable else found)

    def plot(self, ax: Axes | None = None) -> ReliabilityDisplay:
        """Draw it, and keep what it is drawn on in `ax_` and `figure_`.

        Parameters
        ----------
        ax : matplotlib axes, optional
            New ones when left out.

        Raises
        ------
        WorMatchError
            When matplotlib is not installed.
        """
        self.ax_, self.figure_ = axes(ax, 5.4, 5.2)
        plain(self.ax_)
        self.ax_.set(xlim=(0, 1), ylim=(0, 1), xlabel="chance told", ylabel="share that continued", aspect="equal")
        for axis in (self.ax_.xaxis, self.ax_.yaxis):
            axis.set_major_formatter(lambda share, _: percent(share))
        if self.reliability.observed is None:
            said(self.ax_, self.reliability.reason)
        else:
            self.draw_curve(self.reliability.observed)
        return self

    def draw_curve(self, observed: Floats) -> None:
        """The band, the line on which chances are right, the curve `observed`, and how many stand behind it."""
        found = self.reliability
        self.ax_.plot([0, 1], [0, 1], color=QUIET, linewidth=1, linestyle=(0, (2, 3)), label="chances are right")
        if found.low is not None and found.high is not None:
            name = "90 % of curves if they are"
            self.ax_.fill_between(found.chance, found.low, found.high, color=LINE, alpha=0.7, linewidth=0, label=name)
        marker = "o" if found.shared or len(found.chance) <= N_BARS else ""
        self.ax_.plot(found.chance, observed, color=COLOURS[0], linewidth=2, marker=marker, label="observed")
        self.ax_.legend(loc="upper left", frameon=False, labelcolor=INK)
        if not found.shared:
            return self.draw_bars()
        for x, y, n in zip(found.chance, observed, found.n_at, strict=True):
            self.ax_.annotate(f"n={n}", (x, y), (6, -11), textcoords="offset points", fontsize=8, color=QUIET)
        return None

    def draw_bars(self) -> None:
        """Along the bottom, how many were told each chance."""
        bars = self.ax_.inset_axes((0, 0, 1, 0.12), sharex=self.ax_)
        bars.hist(self.reliability.chance, bins=np.linspace(0, 1, N_BARS + 1).tolist(), weights=self.reliability.n_at,
                  color=QUIET, alpha=0.45, rwidth=0.9)  # fmt: skip
        bars.axis("off")

    def frame(self, backend: Backend | None = None) -> Any:
        """One row for each chance: a list of dicts, or a frame of ``polars``, ``pandas`` or ``pyarrow``.

        Raises
        ------
        WorMatchError
            When the `backend` is none of these, or is not installed.
        """
        return self.reliability.frame(backend)

    def text(self) -> str:
        """The same in one or two plain sentences."""
        found = self.reliability
        if found.mean_chance is None or found.mean_observed is None or found.mean_band is None:
            return f"Nothing can be told: {found.reason}."
        low, high = map(percent, found.mean_band)
        whole = (
            f"Over {found.n} outcomes the mean chance told was {percent(found.mean_chance)} and "
            f"{percent(found.mean_observed)} continued; if the chances are right, nine in ten such groups lie between "
            f"{low} and {high}."
        )
        if found.observed is None or found.low is None or found.high is None:
            return f"{whole} There is no curve: {found.reason}." if found.reason else whole
        inside = (found.low <= found.observed) & (found.observed <= found.high)
        share = percent(float(np.sum(found.n_at[inside]) / np.sum(found.n_at)))
        return f"{whole} The curve lies in its band for {share} of them; about 90 % is what right chances give."
