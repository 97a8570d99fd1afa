"""One activity for one person: its score with what lies under it, the reasons, and what to ask and arrange."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from wor_match.choosing import LITTLE_WORTH, Slot
from wor_match.domain.activity import Activity
from wor_match.domain.check import Check
from wor_match.domain.lazy import lazy
from wor_match.domain.schedule import Occurrence
from wor_match.first_time import FirstTime, first_time
from wor_match.picks import Picks
from wor_match.question import Question
from wor_match.reasons import Reason, in_order

if TYPE_CHECKING:
    from wor_match.wording.words import Words


@dataclass(frozen=True, eq=False)
class Suggestion:
    """One activity for one person.

    Attributes
    ----------
    activity : Activity
    score, worth, chance : float
        Score = worth x chance; the chance of starting and still taking part after twelve weeks.
    slot : Slot
        Where it stands in the slate, by which lot.
    """

    activity: Activity
    score: float
    worth: float
    chance: float
    slot: Slot
    _question: Question
    _row: int
    _points: Sequence[float]

    def __repr__(self) -> str:
        return f"Suggestion({self.activity.id})"

    @lazy
    def reasons(self) -> tuple[Reason, ...]:
        """In the order of speaking; the points add up to 100 x (score - reference). Empty among `Advice.others`."""
        return in_order(self._question.told(self._row, self._points)) if self._points else ()

    @lazy
    def interval(self) -> tuple[float, float]:
        """5 % and 95 % of the chance, for people and activities like these; wide while nobody has been seen."""
        (found,) = self._question.picked(np.array([self._row])).intervals()
        return found

    @lazy
    def start_chance(self) -> float:
        """The chance of starting."""
        return self._question.start_and_stay(self._row)[0]

    @lazy
    def stay_chance(self) -> float:
        """The chance that who starts is there after twelve weeks."""
        return self._question.start_and_stay(self._row)[1]

    @property
    def propensity(self) -> float:
        """How likely it was that this stood in this very place: below 1 only where a lot decided."""
        return self.slot.propensity

    @property
    def explored(self) -> bool:
        """Whether it is shown to learn from."""
        return self.slot.explored

    @property
    def strengths(self) -> dict[str, float]:
        """Signal → strength, in [0, 1]."""
        return self._question.strengths_of(self._row)

    @property
    def evidence(self) -> tuple[int, int, int]:
        """How many people had an outcome at the activity, at its organiser, and with its leading term."""
        return self._question.evidence(self._row)

    @lazy
    def checks(self) -> tuple[Check, ...]:
        """What is unknown and should be asked first."""
        return self._question.checks(self._row)

    @lazy
    def support(self) -> tuple[str, ...]:
        """The help they want and can have there; when they named none, what the activity offers."""
        return self._question.support(self._row)

    @lazy
    def first_visit(self) -> FirstTime:
        """What to arrange for the first time: whom to ask for, and which help, from whom; for the coach."""
        return first_time(self._question, self._row)

    @property
    def on(self) -> date:
        """The day of the conversation."""
        return date.fromordinal(self._question.asked.on)

    @lazy
    def next_occurrences(self) -> tuple[Occurrence, ...]:
        """The next three sessions that fit the person's week."""
        return self._question.next_sessions(self._row)

    def to_ics(self, language: str | Words = "nl") -> str:
        r"""The next sessions as a calendar file (.ics); write it with ``newline=""``.

        Each says what, when, where, whom to reach and what to do at the door, in `language`, and nothing of who goes.

        Raises
        ------
        WorMatchError
            When no day to come is known (`next_occurrences` is empty), or there is no such language.

        Examples
        --------
        >>> import wor_match as wm
        >>> riet = wm.Participant(id="p1", likes=["samen-koken"])
        >>> first = wm.Matcher(wm.load_catalogue("nieuwegein")).recommend(riet, at=date(2026, 11, 23))[0]
        >>> [line for line in first.to_ics().split("\r\n") if line.startswith("DTSTART;")][0]
        'DTSTART;TZID=Europe/Amsterdam:20261124T100000'
        """
        from wor_match.interop.icalendar import calendar_of

        organiser = self._question.columns.catalogue.organiser_of(self.activity)
        return calendar_of(self.activity, self.next_occurrences, on=self.on, organiser=organiser, language=language)

    @property
    def little_of_the_wish(self) -> bool:
        """Whether it serves little of what was asked for, and is shown only because little else fits."""
        return self.worth < LITTLE_WORTH

    @property
    def spoken(self) -> tuple[Reason, ...]:
        """The few reasons that are said, a caution last."""
        return tuple(self.said())

    def said(self) -> Iterator[Reason]:
        """The same, one after another: what is not reached is not worked out."""
        return self._question.said(self._row, self._points) if self._points else iter(())


def suggested(questions: Sequence[Question], slots: Sequence[Sequence[Slot]]) -> list[tuple[Suggestion, ...]]:
    """The suggestions that stand in the slots of each person, with their reasons."""
    points = iter(picked(questions, slots).points().tolist()) if questions else iter(())
    return [
        tuple(suggestion(question, slot, next(points)) for slot in theirs)
        for question, theirs in zip(questions, slots, strict=True)
    ]


def picked(questions: Sequence[Question], slots: Sequence[Sequence[Slot]]) -> Picks:
    """What stands in the slots of all these people, below each other."""
    rows = [
        question.possible[np.array([slot.candidate for slot in theirs], dtype=np.int64)]
        for question, theirs in zip(questions, slots, strict=True)
    ]
    of_each = zip(rows, questions, strict=True)
    return Picks.of(questions[0].known, [(of_one, one.worth, one.strengths) for of_one, one in of_each])


def suggestion(question: Question, slot: Slot, points: Sequence[float] = ()) -> Suggestion:
    """The suggestion of what stands in one slot, with the points of its reasons when it has any."""
    row = int(question.possible[slot.candidate])
    worth, chance = float(question.worth.value[row]), float(question.chance[slot.candidate])
    return Suggestion(question.columns.activities[row], worth * chance, worth, chance, slot, question, row, points)
