"""Arrangements: a few activities that go together in one person's weeks, composed or put together by somebody.

The search is a room of its own (`choosing.arrangement`); here it gets its numbers, and its sets get reasons.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wor_match import learning
from wor_match.advice import Advice
from wor_match.choosing import LITTLE_WORTH, Place
from wor_match.choosing.arrangement import MOST_CANDIDATES, serving_most, sets_of, varied
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import ReadyArrangement
from wor_match.domain.columns import Codes, Columns, Floats
from wor_match.domain.kinds import Advised, Chosen
from wor_match.domain.schedule import Occurrence
from wor_match.domain.terms import taxonomy
from wor_match.errors import WorMatchError
from wor_match.planning import plan_of
from wor_match.question import ROUNDED, Question
from wor_match.ready_made import ready_made
from wor_match.reasons import Reason, in_order, logarithmic_mean, points_of, spoken
from wor_match.recording import Source
from wor_match.suggestion import Suggestion, suggested
from wor_match.worth import NOT_GIVEN, PARTS, Worth, facts_of, weighted

if TYPE_CHECKING:
    from wor_match.wording.words import Words

SIZES = (2, 3, 4)
FIRST = np.zeros(1, dtype=np.int64)  # the only row there is
LATER = datetime.max.replace(tzinfo=UTC)  # what has no day yet comes last


@dataclass(frozen=True, eq=False)
class Arrangement:
    """A few activities that go together.

    Attributes
    ----------
    activities : tuple of Activity
        By id.
    score, worth, chance : float
        Score = worth x chance. In worth each dimension counts as the activity that serves it best, and the wish as the
        mean of the activities; the chance is the mean of theirs: the part of the set that still goes on after twelve
        weeks.
    reasons : tuple of Reason
        In the order of speaking; the points add up to 100 x (score - reference). The fact ``activity`` says which of
        the set it is about.
    theme : str or None
        That of a ready-made arrangement, or the one that the activities share.
    ready : ReadyArrangement or None
        The arrangement of the catalogue; None when it was composed.
    advice : Advice
        The set as an advice, with a suggestion for each activity.
    """

    activities: tuple[Activity, ...]
    score: float
    worth: float
    chance: float
    reasons: tuple[Reason, ...]
    theme: str | None
    ready: ReadyArrangement | None
    advice: Advice = field(repr=False)

    def __repr__(self) -> str:
        return f"Arrangement({', '.join(one.id for one in self.activities)})"

    @property
    def reference(self) -> float:
        """The score of the neutral activity, from which reasons count."""
        return self.advice.reference

    @property
    def spoken(self) -> tuple[Reason, ...]:
        """The few reasons that are said, a caution last."""
        return spoken(self.reasons)

    @property
    def in_time(self) -> tuple[Suggestion, ...]:
        """A suggestion for each activity, the first to come first; what has no day yet comes last."""
        return tuple(
            sorted(
                self.advice,
                key=lambda one: ([day.start for day in one.next_occurrences[:1]] or [LATER], one.activity.name),
            )
        )

    def week(self, language: str | Words = "nl") -> tuple[str, ...]:
        """What the week looks like, for the coach: a sentence for each activity, the first to come first."""
        from wor_match.wording.sentences import week_sentence

        comes = ((one.activity.name, one.next_occurrences[:1]) for one in self.in_time)
        return tuple(week_sentence(name, hours(*first) if first else {}, language) for name, first in comes)

    def to_dict(self, language: str | Words = "nl") -> dict[str, Any]:
        """The set as plain values, with its sentences; it speaks of wishes, so keep it as such.

        ``activities`` (ids), the figures, ``theme``, ``ready`` (the id in the catalogue), ``reasons`` with the activity
        that each is about, ``spoken``, and the ``week`` in order of time.

        Examples
        --------
        >>> import wor_match as wm, datetime
        >>> riet = wm.Participant(id="p1", focus=["meedoen"], likes=["samen-koken"])
        >>> made = wm.Matcher(wm.load_catalogue("nieuwegein")).arrange(riet, at=datetime.date(2026, 11, 23))
        >>> sorted(one["activity"] for one in made[0].to_dict()["week"]) == made[0].to_dict()["activities"]
        True
        """
        from wor_match.display.plain import arrangement_dict

        return arrangement_dict(self, language)

    def event(self, *, at: datetime, source: Source = "coach", event_id: str | None = None) -> Advised:
        """The event that this set was advised, with every strength of each activity as it was."""
        return self.advice.event(at=at, source=source, event_id=event_id)

    def chosen(
        self,
        *,
        at: datetime,
        by: Literal["participant", "together", "coach"] = "together",
        source: Source = "coach",
        event_id: str | None = None,
    ) -> Chosen:
        """The event that the whole set was chosen; `advice.chosen` tells of a part of it."""
        ids = [one.id for one in self.activities]
        return self.advice.chosen(ids, at=at, by=by, source=source, event_id=event_id)


def hours(session: Occurrence) -> dict[str, Any]:
    """The day and the hours of a session, as a sentence writes them."""
    return {"date": session.start.date(), "start": f"{session.start:%H:%M}", "end": f"{session.end:%H:%M}"}


def arrangements(question: Question, size: int, n: int, decision_id: str, model: str) -> tuple[Arrangement, ...]:
    """At most n sets by score: composed ones of so many activities, beside the ready-made ones that fit.

    Raises
    ------
    WorMatchError
        When the size is not 2, 3 or 4.
    """
    if isinstance(size, bool) or size not in SIZES:
        raise WorMatchError("`size` is no whole number from 2 to 4; give how many activities go together")
    ready = ready_made(question)
    scored = dict(scores(question, composed(question, size)))
    for rows in ready:
        scored.update(scores(question, np.array([rows], dtype=np.int64)))
    sets = sorted(scored, key=lambda rows: (-scored[rows], rows))
    shown = (sets[number] for number in varied(sets, n))
    return tuple(arranged(question, rows, ready.get(rows), decision_id, model) for rows in shown)


def scores(question: Question, sets: Codes) -> Iterator[tuple[tuple[int, ...], float]]:
    """Each set of rows with its score, rounded as far as it counts for the order."""
    worth, chance = weighed(question, sets)
    return zip(map(tuple, sets.tolist()), np.round(worth.value * chance, ROUNDED).tolist(), strict=True)


def composed(question: Question, size: int) -> Codes:
    """Sets of rows that fit and serve as many dimensions of the focus as any that fits, (n_sets, size)."""
    rows = candidates(question, size)
    plan = plan_of(question, rows)
    numbers = sets_of(plan.apart(), size)
    sets = rows[numbers[plan.affordable(numbers) & plan.seldom(numbers)]]
    return sets[serving_most(question.columns.serves[sets].max(axis=1), question.asked.focus)]


def candidates(question: Question, size: int) -> Codes:
    """The rows that sets are made of, in order of id: the best by score, with little of the wish only in need."""
    worthy = question.worth.value[question.possible] >= LITTLE_WORTH
    among = np.flatnonzero(worthy) if worthy.sum() >= size else np.arange(len(question.possible))
    best = among[np.argsort(-np.round(question.score[among], ROUNDED), kind="stable")][:MOST_CANDIDATES]
    return question.possible[np.sort(best)]


def weighed(question: Question, sets: Codes) -> tuple[Worth, Floats]:
    """Worth and mean chance of each set, (n_sets,)."""
    asked, one = question.asked, question.worth
    served = question.columns.serves[sets].max(axis=1)
    parts = np.full((len(sets), len(PARTS)), NOT_GIVEN)
    if asked.focus.any():
        parts[:, 0] = weighted(served, asked.focus)
    parts[:, 1] = one.parts[sets, 1].mean(axis=1)
    if asked.low.any():
        parts[:, 2] = weighted(served, asked.low) / asked.low.sum()
    value = one.reference + sum(one.weights[part] * (parts[:, part] - NOT_GIVEN) for part in range(len(PARTS)))
    chance = question.chance[np.searchsorted(question.possible, sets)].mean(axis=1)
    return Worth(parts, value, one.reference, one.weights, one.settings), chance


def arranged(
    question: Question, rows: tuple[int, ...], ready: ReadyArrangement | None, decision_id: str, model: str
) -> Arrangement:
    """One set as it is handed over."""
    worth, chance = weighed(question, np.array([rows], dtype=np.int64))
    activities = tuple(question.columns.activities[row] for row in rows)
    places = np.searchsorted(question.possible, rows).tolist()
    shown = sorted(suggested(question, [Place(at) for at in places]), key=lambda one: -one.score)
    own_id = hashlib.sha256("\n".join((decision_id, *(one.id for one in activities))).encode()).hexdigest()[:32]
    return Arrangement(
        activities=activities,
        score=float(worth.value[0] * chance[0]),
        worth=float(worth.value[0]),
        chance=float(chance[0]),
        reasons=reasons_of(question, rows, worth),
        theme=ready.theme if ready else common_theme(activities),
        ready=ready,
        advice=Advice(tuple(shown), own_id, 0, model, question),
    )


def common_theme(activities: tuple[Activity, ...]) -> str | None:
    """The theme that a term of each of them has, the leading terms first; None when they share none."""
    themes = [list(dict.fromkeys(taxonomy().terms[term].theme for term in one.terms)) for one in activities]
    return next((theme for theme in themes[0] if theme and all(theme in others for others in themes)), None)


def reasons_of(question: Question, rows: tuple[int, ...], worth: Worth) -> tuple[Reason, ...]:
    """Why the set scores as it does; the points add up exactly, as those of one activity do.

    In each draw the chance of the set is the mean of its activities, so each adds its own difference with the neutral
    one; the logarithmic means turn shares of a logarithm into differences and back.
    """
    draws, usual = question.posterior.draws, question.known.usual
    strengths, record = question.strengths[list(rows)], question.known.record[list(rows)]
    drawn = learning.recorded_chances(draws, strengths, record)
    both = drawn.mean(axis=0)
    part = logarithmic_mean(drawn, usual) / (logarithmic_mean(both, usual) * len(rows))
    own = (learning.shares(draws, strengths, record) * part[:, None]).reshape(-1, len(usual))
    shares = np.concatenate([np.tile(worth.shares(FIRST)[0][:, None], len(usual)), own])
    (points,) = points_of(shares[None], worth.value[:, None] * both, worth.reference * usual)
    return in_order(told(question, rows, points))


def told(question: Question, rows: tuple[int, ...], points: Floats) -> Iterator[Reason]:
    """A reason for each part of worth, and for each signal and record of each activity."""
    columns, asked, left = question.columns, question.asked, iter(points.tolist())
    for number, part in enumerate(PARTS):
        row = max(rows, key=lambda one: (question.worth.parts[one, number], -one))  # who does most for it speaks
        yield about(columns, row, Reason(part, "worth", next(left), facts_of(columns, asked, row, part)))
    for row in rows:
        for signal in question.known.signals:
            yield about(columns, row, Reason(signal.name, "chance", next(left), signal.facts(columns, asked, row)))
        recorded = next(left)
        if question.known.record[row].any():
            yield about(columns, row, Reason("track_record", "record", recorded, question.stayed(row)))


def about(columns: Columns, row: int, reason: Reason) -> Reason:
    """The reason with the activity that it is about among its facts."""
    facts = type(reason.facts)({**reason.facts, "activity": columns.activities[row].id})
    return Reason(reason.name, reason.part, reason.points, facts)
