"""What stands in which slot of an advice: what fits best, and at the end, when a host asks for it, what to learn from.

The draw that decides and the scores it gives are worked out here; the order is a matter for `choosing`.
"""

from __future__ import annotations

from collections.abc import Sequence

from wor_match import learning
from wor_match.choosing import SPREAD, Slot, by_score, explored, may_explore, slate
from wor_match.domain.columns import Codes, Floats
from wor_match.question import Question
from wor_match.request import Request
from wor_match.settings import Settings


def filled(questions: Sequence[Question], requests: Sequence[Request], settings: Settings) -> list[list[Slot]]:
    """The slots of some people, in the order of their questions."""
    return [slots(question, request, settings) for question, request in zip(questions, requests, strict=True)]


def slots(question: Question, request: Request, settings: Settings) -> list[Slot]:
    """The slots in the order shown; rows count within `question.possible`.

    The slots before the explored ones are a slate of their own, of n - k. What is explored stands last and keeps its
    slot, whatever its score: its propensity is that of this slot, and by score the draw would move it. A slot for which
    nothing is near enough goes to what stands there without exploring.
    """
    candidates, k, margin = question.candidates(), request.exploring, settings.explore_margin
    plain = slate(candidates, request.n, settings.variety, margin)
    certain = slate(candidates, request.n - k, settings.variety, margin) if k else plain
    rows = may_explore(candidates, certain, margin)
    if not k or not len(rows):
        return [*map(Slot, plain)]
    learned_from = explored(rows, scores_drawn(question, question.possible[rows]), request.lot, k)
    taken = {*certain, *(slot.row for slot in learned_from)}
    filled = [row for row in plain if row not in taken][: request.n - len(taken)]
    return [*map(Slot, by_score(candidates.score, [*certain, *filled])), *learned_from]


def scores_drawn(question: Question, rows: Codes) -> Floats:
    """The score of activities in each draw, its deviation from the mode at a third, (n_rows, n_draws).

    Worth is the same in every draw. What nobody has seen yet has an effect here, though none on the score.
    """
    known = question.known
    seen = known.record_at_mode[rows], known.record[rows], known.unseen[rows]
    chances = learning.drawn(question.posterior, question.strengths[rows], *seen, SPREAD)
    score: Floats = question.worth.value[rows][:, None] * chances
    return score
