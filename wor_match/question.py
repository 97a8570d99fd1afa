"""One question with all that follows from it: what is asked about, what is possible, and how it scores.

The matcher makes it, the advice reads from it; whatever is not needed for the answer is worked out when it is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from wor_match import learning
from wor_match.choosing import LITTLE_WORTH, ROUNDED, Candidates
from wor_match.constraints.exclusion import SAFETY_FIRST, Exclusion
from wor_match.domain.asked import Asked, ask
from wor_match.domain.check import Check
from wor_match.domain.columns import SUPPORTS, UNKNOWN, Codes, Columns, Flags, Floats
from wor_match.domain.facts import NO_FACTS, Facts, facts
from wor_match.domain.participant import Participant
from wor_match.domain.schedule import Occurrence
from wor_match.domain.sessions import moment_of
from wor_match.knowledge import Knowledge, place_of, recorded_by
from wor_match.learning import Posterior
from wor_match.picks import Picks
from wor_match.reasons import SPOKEN_POINTS, Reason, in_order, spoken
from wor_match.request import Request
from wor_match.worth import PARTS, Worth, facts_of, worth_of

NEXT_SESSIONS = 3
ON_THE_WAY = ("buddy", "transport")


@dataclass(frozen=True, slots=True, eq=False, repr=False)  # it holds what a person told
class Question:
    """A person's question, with every rule and every signal put to every activity.

    Attributes
    ----------
    known : Knowledge
        What the answer rests on.
    asked : Asked
    about : ndarray (n_activities,)
        What is asked about.
    safe : bool
        False when safety comes first: then nothing is possible.
    allowed : ndarray (n_constraints, n_activities)
        Which rule allows which activity.
    possible : ndarray (n_possible,)
        Rows that break no rule, in the order of their ids.
    worth : Worth
        What every activity is worth to them.
    strengths : ndarray (n_activities, n_signals)
        Strengths minus neutral.
    chance : ndarray (n_possible,)
        Mean chance over the draws.
    """

    known: Knowledge
    asked: Asked
    about: Flags
    safe: bool
    allowed: Flags
    possible: Codes
    worth: Worth
    strengths: Floats
    chance: Floats

    @classmethod
    def of(cls, known: Knowledge, request: Request) -> Question:
        """The question of a request that was checked."""
        return cls.of_all(known, [request])[0]

    @classmethod
    def of_all(cls, known: Knowledge, requests: Sequence[Request]) -> list[Question]:
        """The questions of requests that were checked; the same as one by one, only quicker."""
        columns = known.columns
        return cls.put(known, [
            (ask(one.person, columns, one.at, one.only, one.minutes), one.about(columns), one.safe) for one in requests
        ])  # fmt: skip

    @classmethod
    def put(cls, known: Knowledge, askings: Sequence[tuple[Asked, Flags, bool]]) -> list[Question]:
        """Every rule and every signal put to every activity: for what was asked, about what, and whether it is safe."""
        allowed = [known.verdicts(asked) for asked, _, _ in askings]
        strengths = [known.strengths(asked) for asked, _, _ in askings]
        possible = [
            np.flatnonzero(of_one.all(axis=0) & about & safe)
            for of_one, (_, about, safe) in zip(allowed, askings, strict=True)
        ]
        chances = iter(known.chances_apart(strengths, possible))
        return [
            cls(
                known=known,
                asked=asked,
                about=about,
                safe=safe,
                allowed=allowed[number],
                possible=possible[number],
                worth=worth_of(known.columns, asked, known.settings.worth),
                strengths=strengths[number],
                chance=next(chances),
            )
            for number, (asked, about, safe) in enumerate(askings)
        ]

    def by(self, person: Participant) -> Question:
        """The same question, about the same activities on the same day, by somebody who answers otherwise."""
        return self.put(self.known, [(self.asked.of(person, self.columns), self.about, self.safe)])[0]

    @property
    def columns(self) -> Columns:
        """The catalogue as arrays."""
        return self.known.columns

    @property
    def posterior(self) -> Posterior:
        """What is believed of the weights."""
        return self.known.learned.posterior

    @property
    def score(self) -> Floats:
        """Worth x chance of what is possible, (n_possible,)."""
        score: Floats = self.worth.value[self.possible] * self.chance
        return score

    @property
    def reference(self) -> float:
        """The score of the neutral activity."""
        return self.worth.reference * float(self.known.usual.mean())

    def candidates(self) -> Candidates:
        """What is possible, as the choosing needs it."""
        rows, columns, asked = self.possible, self.columns, self.asked
        liked = [columns.term[word] for word in asked.person.likes if word in columns.term]
        return Candidates(
            score=np.round(self.score, ROUNDED),
            worth=self.worth.value[rows],
            easy=self.strength_of("easy_entry", rows) == 1.0,
            liked=np.asarray(columns.has_term[rows[:, None], liked].any(axis=1)),
            unsure=np.asarray((columns.access[rows[:, None], asked.needs] == UNKNOWN).any(axis=1)),
            group=columns.group[rows],
            organiser=columns.organiser[rows],
            terms=columns.term_bits[:, rows],
            weekdays=self.weekdays()[None, rows],
        )

    def strengths_of(self, row: int) -> dict[str, float]:
        """Signal → strength of one activity, in [0, 1]."""
        return {
            one.name: min(max(float(self.strengths[row, number]) + one.neutral, 0.0), 1.0)
            for number, one in enumerate(self.known.signals)
        }

    def strength_of(self, name: str, rows: Codes) -> Floats:
        """The strength of one signal by its name, (n_rows,); 0 without that signal."""
        at = place_of(name, self.known.signals)
        if at is None:
            return np.zeros(len(rows))
        return np.asarray(np.round(self.strengths[rows, at] + self.known.signals[at].neutral, ROUNDED))

    def weekdays(self) -> NDArray[np.uint8]:
        """On which days of the week each activity meets, as bits, (n_activities,)."""
        hours, found = self.asked.sessions.hours, np.zeros(len(self.columns), dtype=np.uint8)
        found[hours.meeting] = hours.weekdays
        return found

    def scores_at(self, rows: Codes) -> Floats:
        """The score of any rows, possible or not, (n_rows,)."""
        score: Floats = self.worth.value[rows] * self.known.mean_chances(self.strengths[rows], rows)
        return score

    def exclusions(self, row: int) -> tuple[Exclusion, ...]:
        """Every rule that the activity breaks, in the order of asking."""
        first = () if self.safe else (Exclusion(SAFETY_FIRST, NO_FACTS, None),)
        broken = [
            rule for rule, allowed in zip(self.known.constraints, self.allowed[:, row], strict=True) if not allowed
        ]
        return (
            *first,
            *(
                Exclusion(
                    rule.name, rule.facts(self.columns, self.asked, row), rule.relax(self.columns, self.asked, row)
                )
                for rule in broken
            ),
        )

    def checks(self, row: int) -> tuple[Check, ...]:
        """What is unknown about the activity and should be asked."""
        asked = (constraint.asks(self.columns, self.asked, row) for constraint in self.known.constraints)
        return tuple(check for check in asked if check is not None)

    def picked(self, rows: Codes) -> Picks:
        """Some of the activities, with what lies under their scores."""
        return Picks.of(self.known, [(rows, self.worth, self.strengths)])

    def said(self, row: int, points: Sequence[float]) -> Iterator[Reason]:
        """The few reasons of one activity that are said, from the points of each, a caution last.

        No caution where it serves little of what was asked for: that is said instead.
        """
        counting = in_order(self.told(row, points, SPOKEN_POINTS))
        return spoken(counting, cautious=float(self.worth.value[row]) >= LITTLE_WORTH)

    def told(self, row: int, points: Sequence[float], least: float = 0.0) -> Iterator[Reason]:
        """The reasons of one activity, from the points of each; those beside worth only from so many points on."""
        columns, asked, n = self.columns, self.asked, len(PARTS)
        for part, worth in zip(PARTS, points, strict=False):
            yield Reason(part, "worth", worth, partial(facts_of, columns, asked, row, part))
        for signal, chance in zip(self.known.signals, points[n:], strict=False):
            if abs(chance) >= least:
                yield Reason(signal.name, "chance", chance, partial(signal.facts, columns, asked, row))
        if self.known.recorded[row] and abs(points[-1]) >= least:
            yield Reason("track_record", "record", points[-1], partial(self.stayed, row))

    def stayed(self, row: int) -> Facts:
        """How many of those who started there surely stayed, once ten or more started."""
        found = self.known.learned.stayed.get(self.columns.activities[row].id)
        if found is not None:
            return facts(say="many", started=found[0], stayed=found[1])
        here, *_ = self.evidence(row)
        return facts(say="few" if here else "elsewhere")

    def evidence(self, row: int) -> tuple[int, int, int]:
        """How many people had an outcome at the activity, its organiser and its leading term."""
        return self.known.learned.evidence(recorded_by(self.columns.activities[row]))

    def start_and_stay(self, row: int) -> tuple[float, float]:
        """The chance of starting, and of staying twelve weeks once started: means over the draws."""
        draws = self.posterior.draws
        at = learning.predictors(draws, self.strengths[row : row + 1])
        at = learning.recorded(at, self.known.record[row : row + 1])
        return float(learning.started(at).mean()), float(learning.stayed(draws, at).mean())

    def support(self, row: int) -> tuple[str, ...]:
        """The help the person wants and can have there; what the activity itself offers when they named none."""
        wanted = self.asked.person.support or self.columns.activities[row].support
        return tuple(kind for kind in wanted if self.has_help(row, kind))

    def has_help(self, row: int, kind: str) -> bool:
        """Whether activity or town has this help and it is of use: nobody needs help on the way who stays at home."""
        of_use = not (self.columns.remote[row] and kind in ON_THE_WAY)
        return of_use and bool(self.columns.support[row, SUPPORTS.index(kind)])

    def next_sessions(self, row: int) -> tuple[Occurrence, ...]:
        """The next sessions that fit the person's week."""
        sessions, fitting = self.asked.sessions, self.asked.fitting(row)
        at = fitting[sessions.day[fitting] + self.asked.ahead >= self.columns.wait_days[row]][:NEXT_SESSIONS]
        return tuple(Occurrence(moment_of(int(sessions.begins[k])), moment_of(int(sessions.ends[k]))) for k in at)
