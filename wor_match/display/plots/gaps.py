"""Where the offer falls short, as bars: what `gaps` tells, and no more than it tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wor_match.display.plots.drawing import INK, axes, beside, key_below, plain, said
from wor_match.wording.words import Words, words
from wor_match.wording.writing import filled

if TYPE_CHECKING:
    from wor_match.evaluation.gaps import Gap, Gaps

MOST_DRAWN = 12  # the largest gaps; the frame has them all
INCH_A_ROW = 0.45


@dataclass(eq=False, repr=False)
class GapsDisplay:
    """The largest gaps: how many people want this and how many of them find fewer than two activities.

    Attributes
    ----------
    rows : tuple of Gap
        From top to bottom; those in which nobody is short are left out.
    source : Gaps
    words : Words
    ax_, figure_ : matplotlib Axes and Figure
        After `plot`.
    """

    rows: tuple[Gap, ...]
    source: Gaps
    words: Words
    ax_: Any = field(default=None, init=False)
    figure_: Any = field(default=None, init=False)

    @classmethod
    def from_gaps(cls, gaps: Gaps, language: str | Words = "nl") -> GapsDisplay:
        """The `gaps` of a town, named in `language`.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.
        """
        return cls(tuple(row for row in gaps.rows if row.short != 0)[:MOST_DRAWN], gaps, words(language))

    def plot(self, ax: Any = None) -> GapsDisplay:
        """Draw it, on new axes or on those of `ax`; what may not be told is a word in the place of a bar.

        Raises
        ------
        WorMatchError
            When matplotlib is not installed.
        """
        ax, self.figure_ = axes(ax, 7.0, 1 + INCH_A_ROW * max(len(self.rows), 2))
        self.ax_, columns = ax, self.words["gaps"]["columns"]
        ax.set_title(self.words["gaps"]["title"], loc="left", fontsize="medium")
        plain(ax)
        if not self.rows:
            said(ax, self.nothing().rstrip("."))
            return self
        beside(ax, -0.2, [row.people for row in self.rows], columns["people"], hatched=True)
        beside(ax, 0.2, [row.short or 0 for row in self.rows], columns["short"])
        for place, row in enumerate(self.rows):
            if row.short is None:
                ax.annotate(self.words["gaps"]["some"], (0, place + 0.2), (4, 0), textcoords="offset points",
                            va="center", fontsize=8, style="italic", color=INK)  # fmt: skip
        ax.set_yticks(range(len(self.rows)), [self.named(row) for row in self.rows])
        ax.set_ylim(len(self.rows) - 0.5, -0.5)
        ax.xaxis.get_major_locator().set_params(integer=True)
        key_below(ax, lines=2)
        return self

    def named(self, row: Gap) -> str:
        """What the gap of a `row` is called: what they want to change, where, and what they need."""
        nothing = str(self.words["gaps"]["nothing"])
        wants = nothing if row.dimension is None else self.words.label("dimension", row.dimension)
        needs = "" if row.need is None else f", {self.words.label('needs', row.need)}"
        return f"{row.area or self.words['gaps']['unknown']}: {wants}{needs}"

    def frame(self, backend: Any = None) -> Any:
        """What is drawn, as rows; `backend` as in `Gaps.frame`."""
        return self.source.frame(backend)

    def text(self) -> str:
        """What is drawn, in words, a line for each gap: for who cannot see it. `Gaps.to_markdown` says more."""
        title, columns = self.words["gaps"]["title"], self.words["gaps"]["columns"]
        if not self.rows:
            return f"{title}. {self.nothing()}"
        told = (
            f"{self.named(row)}. {columns['people']}: {row.people}. {columns['short']}: {self.short_of(row)}."
            for row in self.rows
        )
        return "\n".join([f"{title}.", *told])

    def nothing(self) -> str:
        """Why there is nothing to draw; groups that are hidden may well be short."""
        if self.source.hidden:
            return filled(self.words["gaps"]["hidden"], {"count": self.source.hidden}, self.words)
        name = "enough" if self.source.rows else "nobody"
        return filled(self.words["gaps"][name], {"full_date": self.source.on}, self.words)

    def short_of(self, row: Gap) -> str:
        """How many of a `row` find fewer than two activities; a word where that may not be told."""
        return str(self.words["gaps"]["some"]) if row.short is None else str(row.short)
