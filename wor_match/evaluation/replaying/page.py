"""A replay in plain English: first the smallest difference it can show, then each way of advising beside the first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wor_match.wording.markdown import escaped

if TYPE_CHECKING:
    from wor_match.evaluation.over_people import Figure
    from wor_match.evaluation.replaying.replayed import Measured, Replay


@dataclass(frozen=True, slots=True)
class Said:
    """How a measure is spoken of.

    Attributes
    ----------
    title : str
    times, decimals : float, int
        How a value is written: regret of .038 is 3.8 points.
    unit, does, more, less : str
        "3.8 points of score", "loses", "more"; the last two say which way a difference goes.
    """

    title: str
    times: float
    decimals: int
    unit: str
    does: str = ""
    more: str = ""
    less: str = ""

    def amount(self, value: float) -> str:
        """A value as it is written; nothing below nought is a minus nought."""
        return f"{round(self.times * value, self.decimals) + 0.0:.{self.decimals}f}"


SAID = {
    "regret": Said(
        "Regret: score lost in the three shown, in points", 100, 1, "points of score", "loses", "more", "less"
    ),
    "rank": Said(
        "Where what was chosen stands in the order: 0 first, 1 last",
        1,
        2,
        "of the order",
        "puts what was chosen at",
        "further down",
        "higher up",
    ),
    "in_first_three": Said("What was chosen stands among the first three, of 100", 100, 0, "of 100"),
    "log_loss": Said("Log-loss of the chance of taking part after twelve weeks; less is better", 1, 3, ""),
    "too_low": Said(
        "By how many points the chance was too low: taking part less the chance told; 0 is right", 100, 1, "points"
    ),
}
HABIT = "What was chosen follows what was shown and what a coach knows: a rank says who is like them, not who is right."


def sentences(replay: Replay) -> Iterator[str]:
    """What was found, in plain sentences."""
    yield opening(replay)
    main = [one for one in replay.figures if one.measure == replay.main]
    if main and replay.people:
        said = SAID[main[0].measure]
        yield f"{plainly(main[0].policy).capitalize()} {said.does} {with_interval(main[0].mean, said, said.unit)}."
        yield from (beside(one, main[0].policy, said) for one in main[1:])
    if replay.main == "rank":
        yield HABIT


def opening(replay: Replay) -> str:
    """On whom it rests, and what so many people can show."""
    rests = f"This rests on {len(replay.moments)} advices of {len(set(replay.people))} people"
    if replay.smallest_difference is None:
        return f"{rests}. It can show no difference: {replay.reason}."
    first, second = (plainly(one) for one in replay.policies[:2])
    said = SAID[str(replay.main)]
    return (
        f"{rests}. They can show a difference of {said.amount(replay.smallest_difference)} {said.unit} between {first} "
        f"and {second}; a smaller one may be chance."
    )


def beside(one: Measured, first: str, said: Said) -> str:
    """One way of advising beside the first."""
    name, told = plainly(one.policy).capitalize(), one.difference
    if told.value is None or told.interval is None:
        return f"{name}: no difference can be told, because {told.reason}."
    low, high = told.interval
    if low <= 0 <= high:
        return f"{name}: no clear difference from {plainly(first)} ({said.amount(low)} to {said.amount(high)})."
    ends = sorted((abs(low), abs(high)))
    between = f"({said.amount(ends[0])} to {said.amount(ends[1])})"
    way = said.more if told.value > 0 else said.less
    size, than = said.amount(abs(told.value)), f"{way} than {plainly(first)} {between}"
    return f"{name} loses {size} points {than}." if said.does == "loses" else f"{name} puts it {size} {than}."


def with_interval(told: Figure, said: Said, unit: str = "") -> str:
    """A figure with its 95 % interval, or why it has none."""
    if told.value is None:
        return f"not told: {told.reason}"
    low, high = told.interval or (None, None)
    between = (
        f"no interval: {told.reason}" if low is None or high is None else f"{said.amount(low)} to {said.amount(high)}"
    )
    return " ".join(part for part in (said.amount(told.value), unit, f"({between})") if part)


def plainly(policy: str) -> str:
    """The name of a policy as it is read."""
    return policy.replace("_", " ")


def markdown(replay: Replay) -> str:
    """The report: sentences, and a table for each measure."""
    parts = ["# Ways of advising, side by side", "\n".join(f"- {escaped(one)}" for one in sentences(replay))]
    for measure, said in SAID.items():
        told = [one for one in replay.figures if one.measure == measure and one.mean.value is not None]
        if told:
            parts += [f"## {said.title}", *([HABIT] if measure == "rank" else []), "\n".join(table(told, said))]
    return "\n\n".join(parts) + "\n"


def table(figures: Sequence[Measured], said: Said) -> Iterator[str]:
    """One line for each policy, with the advices it rests on."""
    yield f"| policy | value (95 %) | less {escaped(plainly(figures[0].policy))} (95 %) | advices | people |"
    yield "|---|---:|---:|---:|---:|"
    for number, one in enumerate(figures):
        difference = with_interval(one.difference, said) if number else ""
        name = escaped(plainly(one.policy))
        yield f"| {name} | {with_interval(one.mean, said)} | {difference} | {one.mean.rows} | {one.mean.n} |"
