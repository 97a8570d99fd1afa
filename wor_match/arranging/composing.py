"""Which sets to show: composed ones beside those that somebody put together, by score, with their reasons.

The search is a room of its own (`choosing.going_together`); here it gets its numbers, and its sets get reasons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from wor_match import learning
from wor_match.advice import Advice
from wor_match.arranging.arrangement import Arrangement
from wor_match.arranging.planning import plan_of
from wor_match.arranging.ready_made import ready_made
from wor_match.choosing import LITTLE_WORTH, MOST_CANDIDATES, ROUNDED, Slot, serving_most, sets_of, varied
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import ReadyArrangement
from wor_match.domain.columns import Codes, Columns, Floats
from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.terms import taxonomy
from wor_match.errors import WorMatchError
from wor_match.question import Question
from wor_match.reasons import Reason, in_order, logarithmic_mean
from wor_match.request import Request
from wor_match.suggestion import suggested
from wor_match.worth import PARTS, Worth, facts_of, parts_of, worth_from

SIZES = (2, 3, 4)
SMALLEST = 1e-300  # as if a set had at least this chance, so that it has a logarithm


def arrangements(question: Question, request: Request, size: int) -> tuple[Arrangement, ...]:
    """As many sets as asked for, by score: composed ones of so many activities, beside the ready-made ones that fit.

    Raises
    ------
    WorMatchError
        When the size is not 2, 3 or 4.
    """
    if type(size) is not int or size not in SIZES:
        raise WorMatchError(
            "`size` is no whole number from 2 to 4; give how many activities go together", code="out-of-range"
        )
    ready = ready_made(question)
    scored = dict(scores(question, composed(question, size)))
    for rows in ready:
        scored.update(scores(question, np.array([rows], dtype=np.int64)))
    sets = sorted(scored, key=lambda rows: (-scored[rows], rows))
    shown = (sets[number] for number in varied(sets, request.n))
    return tuple(arranged(question, request, rows, ready.get(rows)) for rows in shown)


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
    served = question.columns.serves[sets].max(axis=1)
    wish = question.worth.parts[sets, PARTS.index("wish")].mean(axis=1)
    worth = worth_from(parts_of(question.asked, served, wish), question.known.settings.worth)
    chance = question.chance[np.searchsorted(question.possible, sets)].mean(axis=1)
    return worth, chance


def arranged(
    question: Question, request: Request, rows: tuple[int, ...], ready: ReadyArrangement | None
) -> Arrangement:
    """One set as it is handed over."""
    worth, chance = weighed(question, np.array([rows], dtype=np.int64))
    activities = tuple(question.columns.activities[row] for row in rows)
    slots = np.searchsorted(question.possible, rows).tolist()
    shown = sorted(suggested([question], [[Slot(at) for at in slots]])[0], key=lambda one: -one.score)
    return Arrangement(
        activities=activities,
        score=float(worth.value[0] * chance[0]),
        worth=float(worth.value[0]),
        chance=float(chance[0]),
        reasons=reasons_of(question, rows, worth),
        theme=ready.theme if ready else common_theme(activities),
        ready=ready,
        advice=Advice(tuple(shown), question, request, tuple(one.id for one in activities)),
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
    along = learning.path(draws, strengths, record)
    drawn = learning.recorded_chances(draws, strengths, record)
    both = drawn.mean(axis=0)
    log_ratio = np.log(np.maximum(both, SMALLEST) / usual)
    of_worth = np.log(worth.value / worth.reference)[:, None]
    counted = logarithmic_mean(worth.value[:, None] * both, worth.reference * usual, of_worth + log_ratio)
    of_set = logarithmic_mean(both, usual, log_ratio)
    part = logarithmic_mean(drawn, usual, along.rise) / (of_set * len(rows))
    by_worth = worth.shares()[0] * counted.mean()
    points = 100.0 * np.hstack([by_worth, learning.shares(draws, strengths, record, along, counted * part).ravel()])
    return in_order(told(question, rows, points))


def told(question: Question, rows: tuple[int, ...], points: Floats) -> Iterator[Reason]:
    """A reason for each part of worth, and for each signal and record of each activity; each says which it is about."""
    columns, asked, left = question.columns, question.asked, iter(points.tolist())
    for number, part in enumerate(PARTS):
        row = max(rows, key=lambda one: (question.worth.parts[one, number], -one))  # who does most for it speaks
        yield about(columns, row, Reason(part, "worth", next(left), partial(facts_of, columns, asked, row, part)))
    for row in rows:
        mine = [next(left) for _ in range(len(question.known.signals) + 1)]
        for one in question.told(row, [0.0] * len(PARTS) + mine):
            if one.part != "worth":
                yield about(columns, row, one)


def about(columns: Columns, row: int, one: Reason) -> Reason:
    """The reason with the activity that it is about among its facts."""
    own_id = columns.activities[row].id
    return replace(one, told=lambda: FrozenMap({**one.facts, "activity": own_id}))
