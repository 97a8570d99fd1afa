"""What stands in which slot of an advice: what fits best, and at the end, when a host asks for it, what to learn from.

The draw that decides and the scores it gives are worked out here; the order is a matter for `choosing`.
"""

from __future__ import annotations

from collections.abc import Sequence

from wor_match import learning
from wor_match.choosing import SPREAD, Candidates, Slot, by_score, explored, may_explore, slate, slates
from wor_match.domain.columns import Codes, Floats
from wor_match.question import Question
from wor_match.request import Request
from wor_match.settings import Settings


def filled(questions: Sequence[Question], requests: Sequence[Request], settings: Settings) -> list[list[Slot]]:
    """The slots of each person in the order shown, as many for all; rows count within their `question.possible`."""
    candidates = [question.candidates() for question in questions]
    plain = slates(candidates, requests[0].n if requests else 0, settings.variety, settings.explore_margin)
    each = zip(questions, candidates, plain, requests, strict=True)
    return [with_explored(*one, settings) if one[-1].exploring else [*map(Slot, one[2])] for one in each]


def slots(question: Question, request: Request, settings: Settings) -> list[Slot]:
    """The slots of one person."""
    return filled([question], [request], settings)[0]


def with_explored(
    question: Question, candidates: Candidates, plain: Sequence[int], request: Request, settings: Settings
) -> list[Slot]:
    """The slots of somebody whose last ones are filled to learn, as far as anything is near enough.

    The slots before the explored ones are a slate of their own, of n - k. What is explored stands last and keeps its
    slot, whatever its score: its propensity is that of this slot, and by score the draw would move it. A slot for which
    nothing is near enough goes to what stands there without exploring.
    """
    k, margin = request.exploring, settings.explore_margin
    certain = slate(candidates, request.n - k, settings.variety, margin)
    rows = may_explore(candidates, certain, margin)
    if not len(rows):
        return [*map(Slot, plain)]
    learned_from = explored(rows, scores_drawn(question, question.possible[rows]), request.lot, k)
    taken = {*certain, *(slot.row for slot in learned_from)}
    rest = [row for row in plain if row not in taken][: request.n - len(taken)]
    return [*map(Slot, by_score(candidates.score, [*certain, *rest])), *learned_from]


def scores_drawn(question: Question, rows: Codes) -> Floats:
    """The score of activities in each draw, its deviation from the mode at a third, (n_rows, n_draws).

    Worth is the same in every draw. What nobody has seen yet has an effect here, though none on the score.
    """
    known = question.known
    seen = known.record_at_mode[rows], known.record[rows], known.unseen[rows]
    chances = learning.drawn(question.posterior, question.strengths[rows], *seen, SPREAD)
    score: Floats = question.worth.value[rows][:, None] * chances
    return score
