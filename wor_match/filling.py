"""What stands in which slot of an advice: what fits best, and at the end, when a host asks for it, what to learn from.

The draw that decides and the scores it gives are worked out here; the order is a matter for `choosing`.
"""

from __future__ import annotations

from collections.abc import Sequence

from wor_match.choosing import SPREAD, Candidates, Slot, by_score, explored, may_explore, slate, slates
from wor_match.domain.columns import Codes, Floats
from wor_match.question import Question
from wor_match.request import Request


def slots(questions: Sequence[Question], requests: Sequence[Request]) -> list[list[Slot]]:
    """The slots of each person in the order shown, as many asked for all; they count within `question.possible`."""
    if not questions:
        return []
    settings, n = questions[0].known.settings, requests[0].n
    candidates = [question.candidates() for question in questions]
    plain = slates(candidates, n, settings.variety, settings.explore_margin)
    return [
        with_explored(question, among, rows, request) if request.exploring else [Slot(row) for row in rows]
        for question, among, rows, request in zip(questions, candidates, plain, requests, strict=True)
    ]


def with_explored(question: Question, candidates: Candidates, plain: Sequence[int], request: Request) -> list[Slot]:
    """The slots of somebody whose last ones are filled to learn, as far as anything is near enough.

    The slots before the explored ones are a slate of their own, of n - k. What is explored stands last and keeps its
    slot, whatever its score: its propensity is that of this slot, and by score the draw would move it. A slot for which
    nothing is near enough goes to what stands there without exploring.
    """
    k, settings = request.exploring, question.known.settings
    certain = slate(candidates, request.n - k, settings.variety, settings.explore_margin)
    rows = may_explore(candidates, certain, settings.explore_margin)
    if not len(rows):
        return [Slot(row) for row in plain]
    learned_from = explored(rows, scores_drawn(question, question.possible[rows]), request.lot, k)
    taken = {*certain, *(slot.candidate for slot in learned_from)}
    rest = [row for row in plain if row not in taken][: request.n - len(taken)]
    return [*map(Slot, by_score(candidates.score, [*certain, *rest])), *learned_from]


def scores_drawn(question: Question, rows: Codes) -> Floats:
    """The score of activities in each draw, its deviation from the mode at a third, (n_rows, n_draws).

    Worth is the same in every draw.
    """
    score: Floats = question.worth.value[rows][:, None] * question.known.drawn(question.strengths[rows], rows, SPREAD)
    return score
