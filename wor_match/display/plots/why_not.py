"""Why not: how many activities each rule keeps out for one person, as bars; which person, it does not say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wor_match.display.plots.drawing import COLOURS, axes, plain, said
from wor_match.errors import WorMatchError
from wor_match.interop.frames import frame
from wor_match.wording.words import Words, words

if TYPE_CHECKING:
    from wor_match.advice import Advice

INCH_A_ROW = 0.4


@dataclass(eq=False, repr=False)
class WhyNotDisplay:
    """Rules with the number of activities that break them, most first; one activity may break several.

    Attributes
    ----------
    counts : dict
        Rule → number of activities.
    words : Words
    ax_, figure_ : matplotlib Axes and Figure
        After `plot`.
    """

    counts: dict[str, int]
    words: Words
    ax_: Any = field(default=None, init=False)
    figure_: Any = field(default=None, init=False)

    @classmethod
    def from_advice(cls, advice: Advice, language: str | Words = "nl") -> WhyNotDisplay:
        """What kept activities out of one `advice`, with the rules named in `language`.

        Raises
        ------
        WorMatchError
            When this is no advice, or there are no words in this language.
        """
        counted = getattr(getattr(advice, "excluded", None), "counts", None)
        if counted is None:
            raise WorMatchError("this needs an advice; ask one with Matcher.recommend", code="wrong-type")
        told = sorted(counted().items(), key=lambda one: (-one[1], one[0]))
        return cls(dict(told), words(language))

    def named(self, rule: str) -> str:
        """What a `rule` is about; of a rule of your own its name."""
        return str(self.words["rules"].get(rule, rule))

    def plot(self, ax: Any = None) -> WhyNotDisplay:
        """Draw it, on new axes or on those of `ax`.

        Raises
        ------
        WorMatchError
            When matplotlib is not installed.
        """
        ax, self.figure_ = axes(ax, 6.0, 1 + INCH_A_ROW * max(len(self.counts), 2))
        self.ax_ = ax
        ax.set_title(self.words["page"]["left_out"], loc="left", fontsize="medium")
        plain(ax)
        if not self.counts:
            said(ax, "-")
            return self
        drawn = ax.barh(range(len(self.counts)), list(self.counts.values()), height=0.6, color=COLOURS[0])
        ax.bar_label(drawn, padding=4)
        ax.set_yticks(range(len(self.counts)), [self.named(rule) for rule in self.counts])
        ax.set_ylim(len(self.counts) - 0.5, -0.5)
        ax.xaxis.set_visible(False)  # the numbers stand beside the bars
        ax.spines["bottom"].set_visible(False)
        return self

    def frame(self, backend: Any = None) -> Any:
        """One row for each rule; `backend` as in `Advice.to_frame`.

        Raises
        ------
        WorMatchError
            When the backend is not known, or is not installed.
        """
        rows = [{"rule": rule, "activities": number} for rule, number in self.counts.items()]
        return frame(rows, {"rule": str, "activities": int}, backend)

    def text(self) -> str:
        """What is drawn, in words, a line for each rule below the title: for who cannot see it."""
        told = [f"{self.named(rule)}: {number}." for rule, number in self.counts.items()]
        return "\n".join([f"{self.words['page']['left_out']}.", *told])
