"""Exploring in an advice: counted by brute force, never place one, and nothing that would not have been possible."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import numpy as np
import pytest

import wor_match as wm
from tests.evaluation.lottery import town
from tests.learning.story import asked, consent
from tests.town import activity, catalogue, person
from wor_match.choosing import slate
from wor_match.domain.kinds import event_of
from wor_match.domain.schedule import ZONE
from wor_match.evaluation.replaying.decisions import Decision
from wor_match.evaluation.replaying.policies import Order, Policy
from wor_match.evaluation.simulation import World, people_of
from wor_match.evaluation.value import value
from wor_match.knowledge import recorded_by
from wor_match.learning.posterior import KINDS, order_of, quantiles
from wor_match.learning.prior import WEEKS

AT = date(2026, 11, 23)
NIEUWEGEIN = wm.load_catalogue("nieuwegein")
NEW = wm.Matcher(NIEUWEGEIN)
N_DRAWS, MARGIN, LITTLE = 64, 0.05, 0.35


@cache
def taught() -> wm.Matcher:
    """A matcher that learned from half of an invented history, so that some places have a record and others none."""
    events = town().events
    return wm.Matcher(town().catalogue).learn(events[: len(events) // 2])


@cache
def somebody(n: int = 1000) -> tuple[wm.Participant, ...]:
    """Invented people."""
    return people_of(World(people=n, seed=5), NIEUWEGEIN)


def ids(advice: wm.Advice) -> list[str]:
    return [one.activity.id for one in advice]


def all_of(advice: wm.Advice) -> Any:
    """Everything that tells two advices apart."""
    return advice.decision_id, advice.to_frame()


def without_exploring(advice: wm.Advice, n: int) -> list[str]:
    """What the same question shows in so many places without exploring."""
    rows = advice.question.possible[slate(advice.question.candidates(), n, 0.1, MARGIN)]
    return [advice.question.columns.activities[row].id for row in rows]


def third(mode: Any, drawn: Any) -> Any:
    """A third of the way from the mode to the draw."""
    return mode + (drawn - mode) / 3


def score_in(advice: wm.Advice, name: str, draw: int) -> float:
    """The score of one activity in one draw, worked out from the formulas."""
    question = advice.question
    believed, row = question.posterior, question.columns.rows[name]
    mode, drawn, strengths = believed.mode, believed.draws, question.strengths[row]
    record = 0.0
    for kind, word in zip(KINDS, recorded_by(question.columns.activities[row]), strict=True):
        if word in question.known.learned.names[kind]:
            effects, code = believed.effects[kind], question.known.learned.names[kind].index(word)
            record += third(effects.mode[code], effects.draws[code, draw])
        elif word:
            record += believed.taus[kind] * quantiles()[order_of(kind, word)[draw]] / 3
    eta = third(mode.level_start[0], drawn.level_start[draw]) + record / 2
    eta += (strengths * third(mode.start[:, 0], drawn.start[:, draw])).sum()
    chance = 1 / (1 + np.exp(-eta))
    going = record + (strengths * third(mode.stay[:, 0], drawn.stay[:, draw])).sum()
    for piece, weeks in enumerate(WEEKS):
        weekly = third(mode.level_week[piece, 0], drawn.level_week[piece, draw]) + going
        chance *= (1 / (1 + np.exp(-weekly))) ** weeks
    return float(question.worth.value[row] * chance)


def has_unknown_need(advice: wm.Advice, name: str) -> bool:
    """Whether nobody wrote down if a provision is there that this person needs."""
    told = advice.question.columns.activities[advice.question.columns.rows[name]].access
    return any(told.get(need) is None for need in advice.person.access)


def by_hand(advice: wm.Advice, shown: list[str], k: int, margin: float = MARGIN) -> list[list[str]]:
    """For each draw what it would put in the last k places after these; fewer when there is too little."""
    every = sorted((*advice, *advice.others), key=lambda one: one.activity.id)
    enough = sum(one.worth >= LITTLE for one in every) >= 2
    best = max((round(one.score, 9) for one in every), default=0.0)
    near = [
        one.activity.id
        for one in every
        if round(one.score, 9) >= best - margin and (one.worth >= LITTLE or not enough) and one.activity.id not in shown
    ]
    near = [name for name in near if not has_unknown_need(advice, name)] or near
    return [
        sorted(near, key=lambda name: (-round(score_in(advice, name, draw), 9), name))[:k] for draw in range(N_DRAWS)
    ]


def lot_of(seed: int, who: wm.Participant, at: date) -> int:
    return int(hashlib.sha256(f"{seed}\n{who.id}\n{at.isoformat()}".encode()).hexdigest(), 16) % N_DRAWS


def cases(n: int) -> Iterator[tuple[wm.Participant, int, int, int, wm.Advice]]:
    """A person, a seed, n, k, and the advice that explores; half of the matchers have learned."""
    taught_people = people_of(World(people=(n + 1) // 2, seed=6), town().catalogue)
    for number in range(n):
        dice = random.Random(number)
        seed, most = dice.randrange(1000), dice.randint(2, 5)
        matcher = (NEW, taught())[number % 2]
        who = (somebody(), taught_people)[number % 2][number // 2]
        k = dice.randint(1, most - 1)
        yield who, seed, most, k, matcher.recommend(who, at=AT, n=most, seed=seed, explore=k)


@pytest.mark.parametrize("n", [400, pytest.param(2000, marks=pytest.mark.nightly)])
def test_propensities_are_those_of_counting(n: int, figure: Callable[[str], None]) -> None:
    """Also: never place one, nothing excluded, outside the margin or twice; the rest is as it is without exploring."""
    n_explored = n_unsure = 0
    for who, seed, most, k, advice in cases(n):
        plain, certain = (without_exploring(advice, n) for n in (most, most - k))
        filled = by_hand(advice, certain, k)
        last = filled[lot_of(seed, who, AT)]
        sure, drawn = advice[: len(advice) - len(last)], advice[len(advice) - len(last) :]
        assert [one.activity.id for one in drawn] == last
        for place, one in enumerate(drawn):
            assert one.explored
            assert one.propensity == sum(names[place] == one.activity.id for names in filled) / N_DRAWS
            assert one.activity.id not in advice.excluded
            n_explored, n_unsure = n_explored + 1, n_unsure + (one.propensity < 1)
        assert all((one.propensity, one.explored) == (1.0, False) for one in sure)
        assert ids(advice)[:1] == plain[:1]
        assert [one.activity.id for one in sure] == plain if not last else set(certain) <= set(ids(advice))
        assert {one.activity.id for one in sure} <= {*certain, *plain}
        assert sorted(sure, key=lambda one: (-round(one.score, 9), one.activity.id)) == list(sure)
        assert len(set(ids(advice))) == len(advice) == len(plain)
    figure(f"exploring: {n_explored} places explored for {n:,} invented people, {n_unsure} of them by a real lot")
    assert n_unsure > n / 4


@pytest.mark.parametrize("explore", [1, 2])
def test_exploring_shows_no_second_unknown_need_while_a_known_one_may_be_shown(explore: int) -> None:
    """Of six choirs, three say that a wheelchair can come in; of the others nobody knows."""
    told = [{}, {}, {}, *[{"access": {"wheelchair": True}}] * 3]
    ours = wm.Matcher(catalogue(*(activity(f"a{n}", terms=["zingen"], **one) for n, one in enumerate(told))))
    for seed in range(20):
        advice = ours.recommend(person(likes=["zingen"], access=["wheelchair"]), at=AT, explore=explore, seed=seed)
        assert [one.activity.id for one in advice if one.explored and has_unknown_need(advice, one.activity.id)] == []
        assert any(one.explored for one in advice)
        assert sum(has_unknown_need(advice, name) for name in ids(advice)) <= 1


def test_without_exploring_it_is_the_slate_of_today() -> None:
    for who in somebody()[:50]:
        plain, asked_ = NEW.recommend(who, at=AT), NEW.recommend(who, at=AT, explore=0)
        assert all_of(plain) == all_of(asked_)
        assert ids(plain) == without_exploring(plain, 3)
        assert all((one.propensity, one.explored) == (1.0, False) for one in plain)
        assert ids(plain) == [one.activity.id for one in sorted(plain, key=lambda one: -round(one.score, 9))]
        assert ids(NEW.recommend(who, at=AT, seed=9)) == ids(plain)


def test_nothing_near_enough_is_the_slate_without_exploring() -> None:
    strict = wm.Matcher(NIEUWEGEIN, wm.Settings(explore_margin=0.0))
    for who in somebody()[:30]:
        plain, curious = (strict.recommend(who, at=AT, explore=k) for k in (0, 2))
        assert ids(plain) == ids(curious)
        assert not any(one.explored for one in curious)


def test_the_same_seed_is_the_same_and_two_seeds_differ_somewhere() -> None:
    differ = 0
    for who in somebody()[:30]:
        one, again, other = (NEW.recommend(who, at=AT, seed=seed, explore=1) for seed in (1, 1, 2))
        assert all_of(one) == all_of(again)
        differ += ids(one) != ids(other)
    assert differ > 3


def test_the_lot_hangs_on_the_person_and_the_moment_too() -> None:
    likes = {"likes": ["samen-eten", "wandelen"], "place": {"postcode": "3431"}}
    days = [date(2026, 11, day) for day in range(2, 28)]
    seen = [ids(NEW.recommend(person(**likes), at=at, explore=2))[-2:] for at in days]
    assert len({tuple(names) for names in seen}) > 1
    others = [ids(NEW.recommend(wm.Participant(id=f"p{n}", **likes), at=AT, explore=2)) for n in range(20)]
    assert len({tuple(names) for names in others}) > 1


def test_a_moment_is_the_same_on_every_clock() -> None:
    noon = datetime(2026, 11, 23, 11, tzinfo=UTC)
    for who in somebody()[:20]:
        one, other = (NEW.recommend(who, at=at, explore=2) for at in (noon, noon.astimezone(ZONE)))
        assert all_of(one) == all_of(other)


def test_exploring_keeps_to_what_was_asked_about() -> None:
    names = tuple(sorted(one.id for one in NIEUWEGEIN))
    explored = set()
    for seed, who in enumerate(somebody()[:60]):
        only, without = names[:25], names[:10]
        advice = NEW.recommend(who, at=AT, n=4, explore=3, only=only, without=without, seed=seed)
        assert set(ids(advice)) <= set(names[10:25])
        explored |= {one.activity.id for one in advice if one.explored}
    assert len(explored) > 3


def test_what_compares_people_or_answers_does_not_explore() -> None:
    curious = wm.Matcher(NIEUWEGEIN, wm.Settings(explore=2))
    for who in somebody()[:10]:
        compared = curious.what_if(who, {"budget": "any"}, at=AT, n=1)  # with n=1 there is no place to explore
        assert not any(one.explored for advice in (compared.before, compared.after) for one in advice[who.id])
        both = [[[one.id for one in made.activities] for made in each.arrange(who, at=AT)] for each in (curious, NEW)]
        assert both[0] == both[1]
    few = somebody()[:10]
    assert curious.allocate(few, at=AT).frame() == NEW.allocate(few, at=AT).frame()


@pytest.mark.parametrize("name", ["money", "housing", "skills", "care", "stability"])
def test_nobody_is_explored_with_for_whom_a_circumstance_comes_first(name: str) -> None:
    for who in somebody()[:20]:
        told = who.replace(circumstances={name: "first"})
        plain, curious = (NEW.recommend(told, at=AT, explore=k) for k in (0, 2))
        assert ids(plain) == ids(curious)
        assert not any(one.explored or one.propensity < 1 for one in curious)


def test_safety_first_is_not_explored_when_the_coach_wants_suggestions_all_the_same() -> None:
    who = somebody()[0].replace(circumstances={"safety": "first"})
    plain, curious = (NEW.recommend(who, at=AT, explore=k, despite=["safety"]) for k in (0, 2))
    assert len(NEW.recommend(who, at=AT, explore=2)) == 0
    assert ids(plain) == ids(curious)
    assert not any(one.explored for one in curious)


def test_alongside_keeps_exploring() -> None:
    told = [who.replace(circumstances={"money": "alongside"}) for who in somebody()[:20]]
    assert any(one.explored for who in told for one in NEW.recommend(who, at=AT, explore=1))


def test_a_call_goes_before_the_setting() -> None:
    curious = wm.Matcher(NIEUWEGEIN, wm.Settings(explore=1))
    for who in somebody()[:10]:
        assert ids(curious.recommend(who, at=AT)) == ids(NEW.recommend(who, at=AT, explore=1))
        assert ids(curious.recommend(who, at=AT, explore=0)) == ids(NEW.recommend(who, at=AT))


@pytest.mark.parametrize("wrong", [3, 4, -1, True, 1.0, "1"])
def test_exploring_place_one_or_by_no_number_is_refused(wrong: Any) -> None:
    with pytest.raises(wm.WorMatchError, match=r"explore is no whole number from 0 to n - 1 \(here 2\)"):
        NEW.recommend(person(), at=AT, n=3, explore=wrong)


@pytest.mark.parametrize("wrong", [-1, 100, 1.5, float("nan"), "veel"])
def test_a_setting_that_is_no_number_of_places_is_refused(wrong: Any) -> None:
    with pytest.raises(wm.WorMatchError, match="explore"):
        wm.Settings(explore=wrong)
    with pytest.raises(wm.WorMatchError, match="n - 1"):
        wm.Matcher(NIEUWEGEIN, wm.Settings(explore=1)).recommend(person(), at=AT, n=1)


def test_the_decision_has_another_id_when_it_explores() -> None:
    assert len({NEW.recommend(person(), at=AT, explore=k).decision_id for k in (0, 1, 2)}) == 3


def test_an_advice_that_explores_scores_as_one_that_does_not() -> None:
    """Worth and chance are those of everybody else's draw; only the place is decided by lot."""
    for who in somebody()[:20]:
        plain, curious = (NEW.recommend(who, at=AT, explore=k) for k in (0, 2))
        scores = [{one.activity.id: (one.worth, one.chance, one.score) for one in (*advice, *advice.others)}
                  for advice in (plain, curious)]  # fmt: skip
        assert scores[0] == scores[1]


def test_the_order_of_the_catalogue_changes_nothing_when_exploring() -> None:
    for number, who in enumerate(somebody()[:20]):
        mixed = list(NIEUWEGEIN)
        random.Random(number).shuffle(mixed)
        other = wm.Matcher(NIEUWEGEIN.model_copy(update={"activities": tuple(mixed)}))
        one, same = (each.recommend(who, at=AT, n=4, explore=2) for each in (NEW, other))
        assert all_of(one) == all_of(same)


def test_the_hash_seed_changes_nothing_when_exploring() -> None:
    code = (
        "import wor_match as wm, datetime;"
        "who = wm.Participant(id='p1', focus=['meedoen']);"
        "ours = wm.Matcher(wm.load_catalogue('nieuwegein'));"
        "print(ours.recommend(who, at=datetime.date(2026, 11, 23), n=6, explore=3).to_json())"
    )
    seen = set()
    for seed in ("0", "1", "77"):
        around = {**os.environ, "PYTHONHASHSEED": seed}
        seen.add(subprocess.run([sys.executable, "-c", code], capture_output=True, env=around, check=True).stdout)
    assert len(seen) == 1
    assert any(one["explored"] for one in json.loads(seen.pop())["suggestions"])


@cache
def exploring() -> wm.Advice:
    """An advice of which the last is shown to learn."""
    found = (NEW.recommend(who, at=AT, explore=1) for who in somebody())
    return next(advice for advice in found if len(advice) and advice[-1].propensity < 1)


def test_the_coach_reads_which_one_a_lot_chose() -> None:
    advice = exploring()
    for language, due in (("nl", "Het lot koos deze mee."), ("en", "A lot helped choose this one.")):
        for page in (advice.to_markdown(language), advice.card("coach", language)):
            assert page.count(due) == 1
            assert page.index(due) > page.index(advice[-1].activity.name)
        assert due not in NEW.recommend(advice.person, at=AT).to_markdown(language)


def test_where_every_draw_would_have_chosen_the_same_no_lot_is_named() -> None:
    advice = exploring()
    sure = replace(advice[-1], slot=replace(advice[-1].slot, propensity=1.0))
    told = replace(advice, suggestions=(*advice[:-1], sure)).to_markdown("en")
    assert "A lot helped" not in told
    assert advice[-1].activity.name in told


def test_the_participant_does_not_read_that_it_is_shown_to_learn() -> None:
    advice = exploring()
    for language in ("nl", "nl-je", "en"):
        for level in ("B1", "A2"):
            for told in (advice.card("participant", language, level), advice.read_aloud(language, level)):
                assert not {"lot", "leren", "learn"} & set(re.findall(r"\w+", told))


def test_the_card_is_the_same_whether_one_was_explored_or_not() -> None:
    advice = exploring()
    same = NEW.recommend(advice.person, at=AT, only=ids(advice))
    assert sorted(ids(same)) == sorted(ids(advice))
    for name in ids(advice):
        both = [next(one for one in each if one.activity.id == name) for each in (advice, same)]
        assert both[0].reasons == both[1].reasons


def test_what_was_drawn_is_written_down_in_every_face_for_programs() -> None:
    advice = exploring()
    due = [(one.propensity, one.explored) for one in advice]
    assert due[-1] == (advice[-1].propensity, True)
    assert [
        (one.propensity, one.explored) for one in advice.event(at=datetime(2026, 11, 23, 9, tzinfo=UTC)).shown
    ] == due
    assert [(one["propensity"], one["explored"]) for one in advice.to_dict()["suggestions"]] == due
    assert [(one["propensity"], one["explored"]) for one in advice.to_frame()] == due
    assert list(advice.to_frame()[0])[6:10] == ["low", "high", "propensity", "explored"]


def test_a_way_that_draws_as_exploring_did_has_the_mean_of_what_was_seen() -> None:
    """Off-policy value of advices with `explore=1`: each weight is 1, because the propensities are exact."""
    at, people = datetime(2026, 3, 2, 9, tzinfo=UTC), somebody()[:400]
    ours = wm.Matcher(NIEUWEGEIN, wm.Settings(explore=1, explore_margin=0.1))
    events: list[Any] = []
    shares: dict[str, dict[str, float]] = {}
    for number, who in enumerate(people):
        advice = ours.recommend(who, at=at, seed=number)
        events += [consent(who.id), advice.event(at=at)]
        if not advice or not advice[-1].explored:
            continue
        last = [names[0] for names in by_hand(advice, ids(advice)[:-1], 1, margin=0.1)]
        shares[who.id] = {name: last.count(name) / N_DRAWS for name in last}
        events.append(advice.chosen([advice[-1].activity.id], at=at))
        status = "still" if random.Random(number).random() < 0.5 else "stopped"
        events.append(asked(84, status, who.id, advice[-1].activity.id))

    def as_drawn(decision: Decision) -> Any:
        return np.array([shares[decision.person].get(name, 0.0) for name in decision.activities])

    same = Policy("as it was", lambda past: Order(as_drawn, shares=as_drawn))
    told = value(NIEUWEGEIN, [event_of(one.model_dump()) for one in events], people, policies=[same])
    assert told.rows == len(shares) > 200
    figure = told["as it was"]
    assert figure.snips is not None, figure.reason
    assert figure.snips.value == pytest.approx(told.drawn.value, abs=1e-9)
