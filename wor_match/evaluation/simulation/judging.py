"""What invented coaches think of activities: judgement with a known taste, to see what agreement and tuning find."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.participant import Participant, once_each
from wor_match.errors import WorMatchError
from wor_match.evaluation.judging.judged import Judged, Verdict
from wor_match.evaluation.simulation.choosing import RESTLESS
from wor_match.evaluation.simulation.world import World
from wor_match.matcher import Matcher
from wor_match.settings import WorthWeights
from wor_match.suggestion import Suggestion

JUDGED = 9  # activities for each person, of what is possible
VERDICTS: tuple[Verdict, ...] = ("unsuitable", "acceptable", "good")


def judgements(
    matcher: Matcher,
    people: Iterable[Participant],
    *,
    at: date,
    taste: WorthWeights | None = None,
    coaches: int = 2,
    mood: float = RESTLESS,
    seed: int = 1,
) -> list[Judged]:
    """What invented coaches think of nine activities for each person; each coach judges everybody.

    The nine are drawn by lot from what is possible, the same for all coaches. A coach calls the best third good, the
    next acceptable and the last unsuitable, by the score that the matcher would give with their taste, and by a mood.

    Parameters
    ----------
    matcher : Matcher
    people : iterable of Participant
        For whom fewer than three activities are possible, nothing is judged.
    at : date or aware datetime
    taste : WorthWeights, optional
        What counts for the coaches; as for the matcher when left out.
    coaches : int
        1 to 100.
    mood : float
        How much score the mood of the day weighs (one standard deviation); 0 for coaches who always agree.
    seed : int
        Of the dice; each person has dice of their own.

    Raises
    ------
    WorMatchError
        When coaches or mood is out of range, or as `Matcher.recommend`.

    Examples
    --------
    >>> import wor_match as wm
    >>> riet = wm.Participant(id="p1", focus=["meedoen"], likes=["samen-koken"])
    >>> judgements(wm.Matcher(wm.load_catalogue("nieuwegein")), [riet], at=date(2026, 11, 23), coaches=1)
    [Judged(person='p1', n_judged=9)]
    """
    if not 1 <= coaches <= 100 or not mood >= 0:
        raise WorMatchError(
            "there are 1 to 100 coaches with a mood of 0 or more; give such numbers", code="out-of-range"
        )
    settings = matcher.settings.replace(worth=taste or matcher.settings.worth)
    own = Matcher(matcher.catalogue, settings, matcher.model, matcher.prior, matcher.constraints, matcher.signals)
    found: list[Judged] = []
    for person in once_each(people):
        dice, advice = World(seed=seed).dice(f"judging {person.id}"), own.recommend(person, at=at)
        possible = sorted((*advice.suggestions, *advice.others), key=lambda one: one.activity.id)
        drawn = [possible[row] for row in dice.permutation(len(possible))[:JUDGED]]
        for number in range(coaches if len(drawn) >= len(VERDICTS) else 0):
            found.append(Judged(person=person, judged=verdicts(drawn, mood, dice), by=f"coach-{number + 1}"))
    return found


def verdicts(drawn: list[Suggestion], mood: float, dice: np.random.RandomState) -> FrozenMap[str, Verdict]:
    """Activity → verdict: the best third by score and mood, the next, and the last."""
    liking = np.array([one.score for one in drawn]) + mood * dice.randn(len(drawn))
    place = np.empty(len(drawn), dtype=np.int64)
    place[np.argsort(liking, kind="stable")] = np.arange(len(drawn))
    thirds = (VERDICTS[at * len(VERDICTS) // len(drawn)] for at in place.tolist())
    return FrozenMap({one.activity.id: verdict for one, verdict in zip(drawn, thirds, strict=True)})
