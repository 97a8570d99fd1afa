"""How many still take part, week by week, as a drawing with the numbers at risk below it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wor_match.display.plots.drawing import COLOURS, DASHES, INK, axes, percent, plain, said
from wor_match.errors import WorMatchError
from wor_match.evaluation.continuation import COLUMNS, NOBODY_STOPPED, Continuation
from wor_match.interop.frames import frame

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from wor_match.interop.frames import Backend

MOST_CURVES = len(DASHES)
MOST_NUMBERS = 13  # in a row below the axes: weeks 0 to 12
AFTER = 0.4  # of a week is drawn after the last one, so that its step is seen
HEAD, ROW = -42, 14  # where the rows below the axes begin, and how far apart they are, in points


class ContinuationDisplay:
    """One or more curves of who still takes part, with their intervals and how many were followed.

    Parameters
    ----------
    curves : mapping of str to Continuation
        At most six, so that their dashes can be told apart.

    Attributes
    ----------
    curves : mapping
    ax_, figure_ : Axes, Figure
        Of matplotlib; after `plot`.

    Raises
    ------
    WorMatchError
        When there are no curves, or more than six.

    Examples
    --------
    >>> from wor_match.evaluation.continuation import continuation
    >>> ContinuationDisplay.from_continuation(continuation([1, 2, 3, 3], [True, True, False, False])).text()
    'Of 4 people, 50 % still took part after week 3 (95 % interval 6 % to 84 %); 2 were followed into week 3.'
    """

    ax_: Axes
    figure_: Figure

    def __init__(self, curves: Mapping[str, Continuation]) -> None:
        if not 0 < len(curves) <= MOST_CURVES:
            raise WorMatchError(
                f"there are {len(curves)} curves; allowed are 1 to {MOST_CURVES} in one drawing", code="out-of-range"
            )
        self.curves = MappingProxyType(dict(curves))

    @classmethod
    def from_continuation(
        cls, found: Continuation | Mapping[str, Continuation], *, shareable: bool = False
    ) -> ContinuationDisplay:
        """A display of one curve, or of several by their labels.

        Parameters
        ----------
        found : Continuation, or mapping of label to Continuation
        shareable : bool
            Tell nothing about fewer than ten people (see `Continuation.shareable`). Groups must be apart: a total
            beside its parts, or two groups that overlap, can be subtracted.

        Raises
        ------
        WorMatchError
            When there are no curves, or more than six.
        """
        curves = {"": found} if isinstance(found, Continuation) else found
        return cls({label: one.shareable() for label, one in curves.items()} if shareable else curves)

    def plot(self, ax: Axes | None = None) -> ContinuationDisplay:
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
        self.ax_, self.figure_ = axes(ax, 6.4, 4.2 + 0.25 * len(self.curves))
        plain(self.ax_)
        self.ax_.set(ylim=(0, 1.02), xlabel="week", ylabel="still taking part")
        self.ax_.yaxis.set_major_formatter(lambda share, _: percent(share))
        weeks = [int(one.week[-1]) for one in self.curves.values() if len(one.week)]
        if not weeks:
            said(self.ax_, next(iter(self.curves.values())).reason)
            return self
        self.ax_.set_xlim(0, max(weeks) + AFTER)
        self.ax_.set_xticks(range(0, max(weeks) + 1, -(-(max(weeks) + 1) // MOST_NUMBERS)))
        self.below("followed into the week", HEAD, INK)
        for row, (label, one) in enumerate(self.curves.items()):
            self.draw_curve(row, label, one)
            self.draw_at_risk(row, label, one, (max(weeks) + 1) / MOST_NUMBERS)
        if len(weeks) > 1:
            self.ax_.legend(loc="best", frameon=False, labelcolor=INK, handlelength=4)
        return self

    def draw_curve(self, row: int, label: str, one: Continuation) -> None:
        """The curve `one` that falls in steps, from 1, with its interval; `row` gives its colour, `label` its name.

        In a shared one only the marks are known: straight lines join them, for when people stopped between is not told.
        """
        if not len(one.week):
            return
        weeks = np.concatenate([[0], one.week, [one.week[-1] + AFTER]])
        still, low, high = (np.concatenate([[1.0], told, told[-1:]]) for told in (one.still, one.low, one.high))
        step: Literal["post"] | None = None if one.shared else "post"
        self.ax_.fill_between(weeks, low, high, step=step, color=COLOURS[row], alpha=0.15, linewidth=0)
        self.ax_.plot(weeks, still, drawstyle="default" if one.shared else "steps-post", color=COLOURS[row],
                      linestyle=DASHES[row], linewidth=2, label=label)  # fmt: skip
        if one.shared:
            self.ax_.plot(one.week, one.still, color=COLOURS[row], linestyle="", marker="o", markersize=5)

    def draw_at_risk(self, row: int, label: str, one: Continuation, apart: float) -> None:
        """The numbers followed into the weeks of `one`, called `label`, in a `row` below, so many `apart` or more."""
        down, before = HEAD - ROW * (row + 1), -np.inf
        self.below(label, down, COLOURS[row], -14, "right")
        if not len(one.week):
            self.below(f"not told: {one.reason}", down, COLOURS[row])
        for week, n in zip(one.first.tolist(), one.at_risk.tolist(), strict=True):
            if week - before >= apart:
                before = week
                self.below(str(n), down, COLOURS[row], 0, "center", week)

    def below(self, words: str, down: int, colour: str, across: int = 0, ha: str = "left", week: float = 0) -> None:
        """`words` in a `colour` below the axes at a `week`, so many points `down` and `across`, set to `ha`."""
        self.ax_.annotate(words, (week, 0), (across, down), self.ax_.get_xaxis_transform(), "offset points", fontsize=8,
                          color=colour, ha=ha, va="center", annotation_clip=False)  # fmt: skip

    def frame(self, backend: Backend | None = None) -> Any:
        """One row for each label and week: a list of dicts, or a frame of ``polars``, ``pandas`` or ``pyarrow``.

        Raises
        ------
        WorMatchError
            When the `backend` is none of these, or is not installed.
        """
        rows = [{"label": label, **row} for label, one in self.curves.items() for row in one.frame()]
        return frame(rows, {"label": str, **COLUMNS}, backend)

    def text(self) -> str:
        """The same in plain words, one sentence for each curve."""
        return " ".join(sentence(label, one) for label, one in self.curves.items())


def sentence(label: str, one: Continuation) -> str:
    """How many still take part at the end, of how many, and how sure that is."""
    name = f"{label}: " if label else ""
    if not len(one.week):
        return f"{name}nothing can be told, because {one.reason}."
    sure = f"95 % interval {percent(one.low[-1])} to {percent(one.high[-1])}"
    sure = one.reason if one.reason == NOBODY_STOPPED else sure
    return (
        f"{name or ''}{'of' if name else 'Of'} {one.n} people, {percent(one.still[-1])} still took part after week "
        f"{one.week[-1]} ({sure}); {one.at_risk[-1]} were followed into week {one.first[-1]}."
    )
