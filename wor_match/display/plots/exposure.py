"""For whom, and for whose offer: a drawing of what an `Exposure` or a `Fairness` tells, and no more than it tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import fill
from typing import TYPE_CHECKING, Any

from wor_match.display.plots.drawing import COLOURS, axes, beside, key_below, percent, plain, said
from wor_match.errors import WorMatchError

if TYPE_CHECKING:
    from wor_match.evaluation.exposure import Exposure
    from wor_match.evaluation.fairness import Fairness

TITLES = {
    "nothing_found": "Nothing possible in the first advice, share",
    "possible": "Possible activities in the first advice, middle of the group",
    "seen": "Share of the open activities that ten people see together",
    "started": "Started, share of those whose start is known",
    "stayed": "Still takes part after twelve weeks, share of who started",
}
INCH_A_ROW = 0.45
MOST_LETTERS = 60  # of a title on one line


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the drawing: its name, a figure with its ends, and what it stands beside."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    beside: float | None = None
    note: str = ""


@dataclass(eq=False, repr=False)
class ExposureDisplay:
    """Figures by group, or shown places beside the offer; made by `from_exposure` or `from_fairness`.

    Attributes
    ----------
    title : str
    lines : tuple of Line
        From top to bottom.
    source : Exposure or Fairness
        Where the figures come from.
    figure : str
        Which figure of a Fairness it is; empty for an Exposure.
    ax_, figure_ : matplotlib Axes and Figure
        After `plot`.
    """

    title: str
    lines: tuple[Line, ...]
    source: Exposure | Fairness
    figure: str = ""
    ax_: Any = field(default=None, init=False)
    figure_: Any = field(default=None, init=False)

    @classmethod
    def from_exposure(cls, exposure: Exposure) -> ExposureDisplay:
        """Two bars for each organiser, term or activity of `exposure`: its share of shown places, and of the offer."""
        lines = tuple(
            Line("unknown" if row.group is None else row.group, row.shown, beside=row.offered) for row in exposure.rows
        )
        return cls(f"Shown places and the offer, by {exposure.by}", lines, exposure)

    @classmethod
    def from_fairness(cls, fairness: Fairness, figure: str = "nothing_found") -> ExposureDisplay:
        """One `figure` of each group of a `fairness` with its 95 % interval; a group of which it is not told says so.

        Raises
        ------
        WorMatchError
            When there is no such figure.
        """
        if figure not in TITLES:
            raise WorMatchError(
                f"there is no figure {str(figure)[:20]!r}; there are: {', '.join(TITLES)}", code="unknown-name"
            )
        lines = tuple(
            Line(
                f"{'unknown' if row.group is None else row.group} ({row.people}+ people)",
                row.value,
                row.low,
                row.high,
                note="not told" if row.value is None else "",
            )
            for row in fairness.rows
            if row.figure == figure
        )
        return cls(f"{TITLES[figure]}, by {fairness.by}", lines, fairness, figure)

    def plot(self, ax: Any = None) -> ExposureDisplay:
        """Draw it, on new axes or on those of `ax`.

        Raises
        ------
        WorMatchError
            When matplotlib is not installed.
        """
        ax, self.figure_ = axes(ax, 7.0, 1 + INCH_A_ROW * len(self.lines))
        self.ax_ = ax
        ax.set_title(fill(self.title, MOST_LETTERS), loc="left", fontsize="medium")
        plain(ax)
        if not self.lines:
            said(ax, self.source.reason)
            return self
        (bars if self.lines[0].beside is not None else dots)(ax, self.lines)
        ax.set_yticks(range(len(self.lines)), [line.name for line in self.lines])
        ax.set_ylim(len(self.lines) - 0.5, -0.5)
        ax.set_xlim(left=0, right=1 if self.figure not in ("", "possible") else None)
        if self.figure != "possible":
            ax.xaxis.get_major_locator().set_params(steps=[1, 2, 5, 10])  # so that whole percentages are the truth
            ax.xaxis.set_major_formatter(lambda share, _: percent(share))
        return self

    def frame(self, backend: Any = None) -> Any:
        """What is drawn, as rows; `backend` as in `Exposure.frame` and `Fairness.frame`."""
        return self.source.frame(backend)

    def text(self) -> str:
        """What is drawn, in sentences: for who cannot see it."""
        return "\n".join(self.source.sentences())


def bars(ax: Any, lines: tuple[Line, ...]) -> None:
    """Two bars a line, with a key."""
    beside(ax, -0.2, [line.value or 0.0 for line in lines], "shown places, the first most")
    beside(ax, 0.2, [line.beside or 0.0 for line in lines], "open activities", hatched=True)
    ax.set_xlabel("share of the whole")
    key_below(ax, lines=4)


def dots(ax: Any, lines: tuple[Line, ...]) -> None:
    """A dot a line with its interval, and a word where nothing is told."""
    for place, line in enumerate(lines):
        if line.value is None:
            ax.annotate(line.note, (0, place), xytext=(6, 0), textcoords="offset points", va="center", style="italic")
            continue
        if line.low is not None and line.high is not None:
            ax.plot([line.low, line.high], [place, place], color=COLOURS[0], linewidth=2)
        ax.plot([line.value], [place], marker="o", color=COLOURS[0], clip_on=False)
    if any(line.low is not None for line in lines):
        ax.set_xlabel("with its 95 % interval")
