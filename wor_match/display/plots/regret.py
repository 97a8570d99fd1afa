"""Whether a way of advising gets better as it learns: the main measure of a replay over time, beside the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from wor_match.display.plots.drawing import COLOURS, DASHES, INK, axes, plain, said
from wor_match.evaluation.replaying.page import SAID, plainly
from wor_match.interop.frames import frame

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from wor_match.evaluation.replaying.replayed import Replay
    from wor_match.interop.frames import Backend

COLUMNS: dict[str, type] = {
    "weeks": int,
    **dict.fromkeys(("policy", "measure"), str),
    **dict.fromkeys(("value", "low", "high"), float),
    "advices": int,
}
WIDE, HIGH = 7.4, 4.6  # inches
LINE_APART = 0.042  # of the height of the axes; names nearer than this would run into each other


class RegretDisplay:
    """The main measure of each way of advising, by stretches of weeks since the first advice.

    Parameters
    ----------
    rows : sequence of mapping
        As `Replay.over_time` gives them.
    weeks : int
        The length of a stretch.
    smallest_difference : float or None
        That so many people can show, between the first two.
    reason : str
        Why there is none.

    Attributes
    ----------
    rows, weeks, measure, policies
    ax_, figure_ : Axes, Figure
        Of matplotlib; after `plot`.

    Examples
    --------
    >>> RegretDisplay([], 13, None, "the history holds no advice that can be ordered again").text()
    'Nothing can be compared: the history holds no advice that can be ordered again.'
    """

    ax_: Axes
    figure_: Figure

    def __init__(
        self, rows: Sequence[dict[str, Any]], weeks: int, smallest_difference: float | None, reason: str
    ) -> None:
        self.rows, self.weeks = tuple(rows), weeks
        self.smallest_difference, self.reason = smallest_difference, reason
        self.measure = str(self.rows[0]["measure"]) if self.rows else ""
        self.policies = tuple(dict.fromkeys(one["policy"] for one in self.rows))

    @classmethod
    def from_replay(cls, replay: Replay, weeks: int = 13) -> RegretDisplay:
        """A display of a replay: regret where the truth is known, else the rank of what was chosen.

        Parameters
        ----------
        replay : Replay
        weeks : int
            How long each stretch is; a quarter of a year when left out.

        Raises
        ------
        WorMatchError
            When `weeks` is no whole number of 1 or more.
        """
        rows = [one for one in replay.over_time(weeks) if one["value"] is not None]
        return cls(rows, weeks, replay.smallest_difference, replay.reason)

    def plot(self, ax: Axes | None = None) -> RegretDisplay:
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
        self.ax_, self.figure_ = axes(ax, WIDE, HIGH)
        plain(self.ax_)
        if not self.rows:
            said(self.ax_, self.reason)
            return self
        for number, policy in enumerate(self.policies):
            self.draw_line(number, policy)
        self.ax_.set(xlabel=f"weeks since the first advice, {self.weeks} together", ylabel=SAID[self.measure].title)
        self.ax_.set_ylim(bottom=0)
        self.draw_names()
        return self

    def draw_line(self, number: int, policy: str) -> None:
        """One `policy`, in the middle of each stretch, with its band; of these the first, `number` 0, stands out."""
        rows = self.of(policy)
        weeks = np.array([one["weeks"] for one in rows]) + self.weeks / 2
        value, low, high = (np.array([self.shown(one[name]) for one in rows]) for name in ("value", "low", "high"))
        colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
        self.ax_.fill_between(weeks, low, high, color=colour, alpha=0.12, linewidth=0)
        width, marker = 1.6 if number else 2.6, "o" if len(rows) == 1 else ""
        self.ax_.plot(weeks, value, color=colour, linestyle=dash, linewidth=width, marker=marker, label=plainly(policy))

    def draw_names(self) -> None:
        """The names at the ends of the lines; in a row below where they would run into each other."""
        ends = [
            (self.of(one)[-1]["weeks"] + self.weeks / 2, self.shown(self.of(one)[-1]["value"])) for one in self.policies
        ]
        bottom, top = self.ax_.get_ylim()
        heights = np.sort([height for _, height in ends])
        if len(heights) == 1 or np.diff(heights).min() >= LINE_APART * (top - bottom):
            for number, (policy, end) in enumerate(zip(self.policies, ends, strict=True)):
                self.ax_.annotate(plainly(policy), end, (7, 0), textcoords="offset points", va="center", fontsize=9,
                                  color=COLOURS[number % len(COLOURS)], annotation_clip=False)  # fmt: skip
            return
        columns = min(3, len(self.policies))
        self.ax_.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=columns, frameon=False, labelcolor=INK,
                        handlelength=4)  # fmt: skip

    def shown(self, value: float | None) -> float:
        """A `value` as it is drawn. NaN breaks the band where nobody knows how sure it is."""
        return np.nan if value is None else SAID[self.measure].times * value

    def of(self, policy: str) -> tuple[dict[str, Any], ...]:
        """The rows of one `policy`, by time."""
        return tuple(one for one in self.rows if one["policy"] == policy)

    def frame(self, backend: Backend | None = None) -> Any:
        """One row for each stretch and policy: a list of dicts, or a frame of ``polars``, ``pandas`` or ``pyarrow``.

        Raises
        ------
        WorMatchError
            When the `backend` is none of these, or is not installed.
        """
        return frame(self.rows, COLUMNS, backend)

    def text(self) -> str:
        """The same in plain words; first the smallest difference that so many people can show."""
        if not self.rows:
            return f"Nothing can be compared: {self.reason}."
        first = (
            f"No difference can be shown: {self.reason}."
            if self.smallest_difference is None
            else f"The smallest difference that so many people can show is {self.told(self.smallest_difference)}, "
            f"between {plainly(self.policies[0])} and {plainly(self.policies[1])}."
        )
        return "\n".join([first, *(self.sentence(policy) for policy in self.policies)])

    def sentence(self, policy: str) -> str:
        """How one `policy` of advising began and ended."""
        rows = self.of(policy)
        name = plainly(policy).capitalize()
        begin = f"{name} {SAID[self.measure].does} {self.told(rows[0]['value'])} in the first {self.weeks} weeks"
        return f"{begin}." if len(rows) == 1 else f"{begin}, {self.told(rows[-1]['value'])} in the last."

    def told(self, value: float) -> str:
        """A `value` with its unit; less is better, for regret as for rank."""
        return f"{SAID[self.measure].amount(value)} {SAID[self.measure].unit}"
