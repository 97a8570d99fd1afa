"""How a figure of the monitor is said: counts, shares with their intervals, targets, and what is not told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wor_match.evaluation.groups.groupings import THE_REST
from wor_match.evaluation.telling.small import LEAST_TOLD
from wor_match.wording.writing import filled

if TYPE_CHECKING:
    from wor_match.pathway.monitoring.monitor import Row
    from wor_match.wording.words import Words

LABELLED = {"referrer": "referrer", "referral_reason": "referral_reason", "tracks": "circumstance", "why": "why",
            "outside_term": "word", "none_reason": "none_reason"}  # fmt: skip
UNKNOWN = "unknown"


class MonitorWords:
    """The words of the monitor in one language."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.ours = words["monitor"]

    def plain(self, *path: str) -> str:
        """Words without facts."""
        told: Any = self.ours
        for name in path:
            told = told[name]
        return str(told)

    def filled(self, name: str, **told: Any) -> str:
        """A sentence with its facts."""
        return filled(self.ours[name], told, self.words)

    def course(self, row: Row) -> str:
        """The title of a figure by quarter."""
        return str(self.ours["course"]).format(names=self.plain("indicators", row.indicator))

    def name(self, row: Row) -> str:
        """What a row is about, and its part."""
        title = self.plain("indicators", row.indicator)
        return f"{title}: {self.part(row)}" if row.part else title

    def part(self, row: Row) -> str:
        """One answer; a code that we have no words for stands as it is."""
        if row.part in (THE_REST, UNKNOWN):
            return self.plain(row.part.replace(" ", "_"))
        if row.indicator == "chosen_by":
            return self.plain("chosen_by", row.part)
        labels = self.words["labels"].get(LABELLED.get(row.indicator, ""), {})
        return str(labels.get(row.part, row.part))

    def slice(self, row: Row) -> str:
        """A quarter, a municipality or a practice."""
        return self.plain(row.slice.replace(" ", "_")) if row.slice in (THE_REST, UNKNOWN) else row.slice

    def percent(self, share: float | None) -> str:
        """A share in whole percent."""
        return "–" if share is None else f"{round(100 * share)} %"

    def count(self, row: Row) -> str:
        """How many of how many."""
        if row.n is None:
            return self.plain("few")
        if row.count is None:
            about = f"{row.n}–{row.n + LEAST_TOLD - 1}"  # 30 in whole tens is 30 to 39
            name = "about" if row.indicator == "referrals" else "about_of"
            return str(self.ours[name]).format(count=about)
        return str(row.n) if row.indicator == "referrals" else self.ours["of"].format(count=row.count, total=row.n)

    def share(self, row: Row) -> str:
        """The share with its interval."""
        if row.share is None or row.low is None or row.high is None:
            return "–"
        return f"{self.percent(row.share)} ({round(100 * row.low)}–{round(100 * row.high)})"

    def big(self, row: Row) -> str:
        """The figure by itself."""
        return self.count(row) if row.share is None else self.percent(row.share)

    def agreed(self, row: Row) -> str:
        """The target, and whether it was met."""
        if row.target is None:
            return "–"
        value = f"{row.target:g}" if row.indicator == "referrals" else self.percent(row.target)
        return f"{value}: {self.plain({True: 'met', False: 'not_met', None: 'open'}[row.met])}"

    def verdict(self, row: Row) -> str:
        """The same below a headline; how many it is about where nothing was agreed."""
        if row.target is None:
            return "" if row.share is None else self.count(row)
        return f"{str(self.ours['target']).format(value='')}{self.agreed(row)}"
