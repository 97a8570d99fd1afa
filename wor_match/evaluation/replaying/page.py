"""A replay in plain English: first the smallest difference it can show, then each way of advising beside the first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wor_match.display.markdown import escaped

if TYPE_CHECKING:
    from wor_match.evaluation.over_people import Figure
    from wor_match.evaluation.replaying.replayed import Measured, Replay

NAMES = {
    "regret": "Regret: score lost in the three shown",
    "rank": "Where what was chosen stands in the order: 0 first, 1 last",
    "in_first_three": "Share of what was chosen that stands among the first three",
    "log_loss": "Log-loss of the chance of taking part after twelve weeks",
    "calibration": "Taking part after twelve weeks, less the chance that was told",
}
HABIT = "What was chosen follows what was shown and what a coach knows: a rank says who is like them, not who is right"


def sentences(replay: Replay) -> Iterator[str]:
    """What was found, in plain sentences."""
    yield opening(replay)
    if replay.reason:
        return
    main = [one for one in replay.figures if one.measure == replay.main]
    yield f"{main[0].policy} has a {replay.main} of {with_interval(main[0].mean)}."
    yield from (beside(one, main[0].policy) for one in main[1:])
    if replay.main == "rank":
        yield f"{HABIT}."


def opening(replay: Replay) -> str:
    """On whom it rests, and what so many people can show."""
    n_people = len(set(replay.persons))
    rests = f"This rests on {len(replay.moments)} advices of {n_people} people"
    if replay.smallest_difference is None:
        return f"{rests}. It shows no difference: {replay.reason}."
    first, second = replay.policies[:2]
    return (
        f"{rests}: they can show a difference in {replay.main} of {replay.smallest_difference:.3f} between {first} and "
        f"{second}; a smaller one may be chance."
    )


def beside(one: Measured, first: str) -> str:
    """One way of advising beside the first."""
    told = one.difference
    if told.value is None or told.interval is None:
        return f"{one.policy}: too few to say."
    low, high = told.interval
    if low <= 0 <= high:
        return f"{one.policy} does not differ from {first} for sure: {with_interval(told)}."
    return f"{one.policy} has {'more' if told.value > 0 else 'less'} than {first}: {with_interval(told)}."


def with_interval(told: Figure) -> str:
    """A figure with its 95 % interval."""
    if told.value is None:
        return "nothing to say"
    between = f" ({told.interval[0]:.3f} to {told.interval[1]:.3f})" if told.interval else " (too few for an interval)"
    return f"{told.value:.3f}{between}"


def markdown(replay: Replay) -> str:
    """The report: sentences, and a table for each measure."""
    parts = ["# Ways of advising, side by side", "\n".join(f"- {escaped(one)}" for one in sentences(replay))]
    for measure, title in NAMES.items():
        told = [one for one in replay.figures if one.measure == measure and one.mean.value is not None]
        if told:
            parts += [f"## {title}", *([f"{HABIT}."] if measure == "rank" else []), "\n".join(table(told))]
    return "\n\n".join(parts) + "\n"


def table(figures: list[Measured]) -> Iterator[str]:
    """One line for each policy, with the advices it rests on."""
    yield f"| policy | value (95 %) | less {escaped(figures[0].policy)} (95 %) | advices | people |"
    yield "|---|---:|---:|---:|---:|"
    for number, one in enumerate(figures):
        difference = with_interval(one.difference) if number else ""
        counts = f"{one.mean.rows} | {one.mean.n}"
        yield f"| {escaped(one.policy)} | {with_interval(one.mean)} | {difference} | {counts} |"
