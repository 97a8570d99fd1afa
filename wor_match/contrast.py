"""Which one answer, a little otherwise, would put another idea on top: what the first suggestion hangs on.

Only answers that were given, and only what somebody could really say. Never changed: what they need (`access`), what
the body can do, what they do not want or leave alone, and who they are. What was not answered is still to ask
(`Advice.ask_next`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wor_match.choosing import slate
from wor_match.domain.activity import Activity
from wor_match.domain.change import Change
from wor_match.domain.participant import MOST_FOCUS, MOST_WINDOWS, Participant
from wor_match.domain.rhythm import DAY_PARTS, WEEKDAYS
from wor_match.domain.terms import DIMENSIONS
from wor_match.question import Question

if TYPE_CHECKING:
    from wor_match.wording.words import Words

# Answers as people give them, from less to more; one further is one step. All of it is an assumption.
MINUTES = (10, 15, 20, 30, 45, 60, 90)
WEEKS = (2, 4, 8, 12, 26)
BUDGETS = ("free", "small", "any")
EURO_A_MONTH = (5.0, 10.0, 20.0, 30.0, 50.0)
OTHER_WAYS = ("public_transport", "brought", "regiotaxi")  # ways that ask nothing more of the body
SPEAKS = (None, "little", "good")
TAKES_LONG = 2  # steps more for a language: nobody learns one by being asked
Changes = Iterator[tuple[int, Change]]


@dataclass(frozen=True, slots=True)
class Contrast:
    """The smallest change of one answer that puts another idea on top.

    Attributes
    ----------
    change : Change
        The answer as it is, and as it would be.
    steps : int
        How far it goes, in steps on the scale of that answer: 15 to 20 minutes is one.
    activity : Activity
        What would come first.
    """

    change: Change
    steps: int = field(repr=False)
    activity: Activity = field(repr=False)

    def sentence(self, language: str | Words = "nl") -> str:
        """The other answer as a question, and what would come first."""
        from wor_match.wording.sentences import contrast_sentence

        return contrast_sentence(self.change, self.activity.name, language)


def contrast(question: Question) -> Contrast | None:
    """The smallest change of one answer with which another idea comes first; None when there is none."""
    person, first = question.asked.person, first_of(question)
    if first is None:
        return None
    for steps, change in sorted(other_answers(person), key=lambda told: told[0]):
        other = first_of(question.by(change.apply(person)))
        if other is not None and other != first:
            return Contrast(change, steps, question.columns.activities[other])
    return None


def first_of(question: Question) -> int | None:
    """The row of the first suggestion; None when nothing is possible."""
    shown = slate(question.candidates(), 1, variety=0.0, margin=0.0)  # neither counts for the first place
    return int(question.possible[shown[0]]) if shown else None


def other_answers(person: Participant) -> Changes:
    """Each single change with its steps; of equals what is practical goes first, and what they want to do last."""
    yield from further(person)
    yield from other_ways(person)
    yield from other_hours(person)
    yield from dearer(person)
    yield from later(person)
    yield from another_group(person)
    yield from another_focus(person)
    yield from fewer_wishes(person)
    yield from more_dutch(person)


def further(person: Participant) -> Changes:
    """A longer way."""
    now = person.travel.max_minutes
    yield from up("travel.max_minutes", now, MINUTES)


def other_ways(person: Participant) -> Changes:
    """One more way to travel."""
    modes = person.travel.modes
    for mode in OTHER_WAYS if modes else ():
        if mode not in modes:
            yield 1, Change("travel.modes", modes, (*modes, mode))


def other_hours(person: Participant) -> Changes:
    """One part of a day more that is free, or one moment less that is taken."""
    free, taken = person.free, person.not_free or ()
    if free is not None and len(free) < MOST_WINDOWS:
        parts = (f"{day} {hours}" for day in WEEKDAYS for hours in DAY_PARTS.values())
        yield from ((1, Change("free", free, (*free, part))) for part in parts if part not in free)
    for window in taken:
        yield 1, Change("not_free", taken, without(taken, window))


def dearer(person: Participant) -> Changes:
    """A higher budget, in words or in euro as they told it."""
    now = person.budget
    if isinstance(now, str):
        yield from enumerated("budget", now, BUDGETS[BUDGETS.index(now) + 1 :])
    else:
        yield from up("budget", now, EURO_A_MONTH)


def later(person: Participant) -> Changes:
    """A longer wait."""
    yield from up("max_wait_weeks", person.max_wait_weeks, WEEKS)


def another_group(person: Participant) -> Changes:
    """Any size, any mix, or any contact."""
    for name in ("size", "mix", "contact"):
        if (now := getattr(person.group_wish, name)) is not None:
            yield 1, Change(f"group_wish.{name}", now, None)


def another_focus(person: Participant) -> Changes:
    """Another dimension first: one they named for one step, one they did not name for two; the others move on."""
    focus = person.focus
    for name in focus[1:]:
        yield 1, Change("focus", focus, (name, *without(focus, name)))
    for name in DIMENSIONS if focus else ():
        if name not in (*focus, *person.left_alone):
            yield 2, Change("focus", focus, (name, *focus)[:MOST_FOCUS])


def fewer_wishes(person: Participant) -> Changes:
    """Something beside what they named, or one wish that matters less."""
    if person.only_wishes:
        yield 1, Change("only_wishes", True, False)
    for name in ("good_at", "energy", "likes"):
        told = getattr(person, name)
        for word in reversed(told):  # what they named first stays longest
            yield 1, Change(name, told, without(told, word))


def more_dutch(person: Participant) -> Changes:
    """More Dutch than they told."""
    told = person.languages
    now = SPEAKS.index(told.get("nl"))
    for steps, level in enumerate(SPEAKS[now + 1 :] if told else (), 1 + TAKES_LONG):
        yield steps, Change("languages", told, {**told, "nl": level})


def up(name: str, now: float | None, scale: tuple[float, ...]) -> Changes:
    """Every value above what they told; nothing when they told none."""
    yield from enumerated(name, now, tuple(value for value in scale if now is not None and value > now))


def enumerated(name: str, now: Any, values: tuple[Any, ...]) -> Changes:
    """A change to each value, one step further each time."""
    yield from ((steps, Change(name, now, value)) for steps, value in enumerate(values, 1))


def without(told: tuple[Any, ...], left_out: Any) -> tuple[Any, ...]:
    """What was told without one part."""
    return tuple(part for part in told if part != left_out)
