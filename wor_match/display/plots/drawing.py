"""What all drawings share: axes to draw on, lines that can be told apart without colour, and shares in words."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any, cast

from wor_match.errors import WorMatchError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = "#20262a"
QUIET = "#525c63"
LINE = "#d8d3c8"
PAPER = "#ffffff"
EDGE = 0.1  # of paper around it, in inches
# Told apart with any colour vision (Okabe and Ito, Color universal design, 2008), and by their dashes without colour;
# violet instead of their light blue, which is too faint on paper (2.3 to 1; WCAG 2.2, 1.4.11 asks 3).
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#6b35c9", "#20262a")
DASHES: tuple[Any, ...] = ("-", (0, (6, 2)), (0, (1.5, 1.5)), (0, (7, 2, 1.5, 2)), (0, (3, 1.5)), (0, (10, 3)))


def axes(ax: Axes | None, width: float, height: float) -> tuple[Axes, Figure]:
    """The axes to draw on, new ones of this size in inches when there are none, and the figure they stand in.

    Raises
    ------
    WorMatchError
        When matplotlib is not installed.
    """
    try:
        from matplotlib import pyplot
        from matplotlib.layout_engine import ConstrainedLayoutEngine
    except ImportError:
        raise WorMatchError(
            'a drawing needs matplotlib; run pip install "wor_match[plots]", or use .frame() or .text()',
            code="not-installed",
        ) from None
    if ax is None:
        _, ax = pyplot.subplots(figsize=(width, height), layout=ConstrainedLayoutEngine(w_pad=EDGE, h_pad=EDGE))
    return ax, cast("Figure", ax.figure)


def plain(ax: Axes) -> None:
    """Take away what says nothing: the frame above and to the right."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(QUIET)
    ax.tick_params(colors=QUIET, labelcolor=INK)


def beside(ax: Axes, row: float, widths: Sequence[float], label: str, *, hatched: bool = False) -> None:
    """A bar for each place from top to bottom, so far below its middle: full, or hatched beside a full one."""
    at = [place + row for place in range(len(widths))]
    face, edge, hatch = (PAPER, COLOURS[0], "////") if hatched else (COLOURS[0], PAPER, "")
    ax.barh(at, widths, height=0.36, facecolor=face, edgecolor=edge, hatch=hatch, label=label)


def key_below(ax: Axes, lines: int) -> None:
    """Which colour is which, so many lines below the bars: never over them, however few they are."""
    ax.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, 0), borderaxespad=lines, ncols=2, labelcolor=INK)


def said(ax: Axes, reason: str) -> None:
    """Say on the axes why nothing is drawn."""
    words = fill(f"Not drawn: {reason}.", 40)
    ax.text(0.5, 0.5, words, transform=ax.transAxes, ha="center", va="center", color=INK)


def percent(share: float) -> str:
    """A share as a whole percentage.

    Examples
    --------
    >>> percent(0.425), percent(1.0)
    ('42 %', '100 %')
    """
    return f"{100 * share:.0f} %"
