"""The laws: nothing lost, nothing weighed that rules out, the wish leads, and nothing depends on what it may not."""

from __future__ import annotations

import json
import math
import os
import pickle
import random
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wor_match as wm
from tests.strategies import activities, answers, people
from tests.town import AT, THURSDAY, TUESDAY, activity, advice_on, person
from tests.town import catalogue as town_of
from wor_match.constraints import CONSTRAINTS
from wor_match.domain.change import Change
from wor_match.domain.schedule import ZONE
from wor_match.domain.terms import DIMENSIONS, taxonomy

NIEUWEGEIN = wm.load_catalogue("nieuwegein")
OURS = wm.Matcher(NIEUWEGEIN)
IDS = tuple(sorted(one.id for one in NIEUWEGEIN))
ON_REQUEST = {one.id for one in NIEUWEGEIN if one.terms and taxonomy().terms[one.terms[0]].on_request}


def scores(advice: wm.Advice) -> dict[str, float]:
    """The score of everything possible, shown or not."""
    return {one.activity.id: one.score for one in (*advice, *advice.others)}


@given(people(IDS))
def test_reasons_add_up_to_score_minus_reference(who: wm.Participant) -> None:
    advice = OURS.recommend(who, at=AT, n=5)
    for suggestion in advice:
        told = math.fsum(reason.points for reason in suggestion.reasons)
        assert abs(told - 100 * (suggestion.score - advice.reference)) < 1e-9
        assert suggestion.score == suggestion.worth * suggestion.chance


@given(activities(), people(("een",)))
def test_any_activity_and_any_person_get_an_answer_with_true_reasons(said: dict[str, Any], who: wm.Participant) -> None:
    one = activity(**said)
    advice = wm.Matcher(town_of(one)).recommend(who, at=AT)
    assert len(advice) + len(advice.excluded) == 1
    for suggestion in advice:
        told = math.fsum(reason.points for reason in suggestion.reasons)
        assert abs(told - 100 * (suggestion.score - advice.reference)) < 1e-9
        low, high = suggestion.interval
        assert 0 <= low <= high <= 1
        assert 0 < suggestion.chance < 1
        assert all(sentence for sentence in (reason.sentence() for reason in suggestion.spoken))
    assert advice.to_markdown()
    json.loads(advice.to_json())


@given(activities(), people(("een",)))
@settings(max_examples=400)
def test_a_change_applied_removes_exactly_its_rule(said: dict[str, Any], who: wm.Participant) -> None:
    ours = wm.Matcher(town_of(activity(**said)))
    before = [rule.constraint for rule in ours.recommend(who, at=AT).why_not("een")]
    for rule in ours.recommend(who, at=AT).why_not("een"):
        if isinstance(rule.change, Change):
            after = [left.constraint for left in ours.recommend(rule.change.apply(who), at=AT).why_not("een")]
            assert after == [name for name in before if name != rule.constraint]


@given(people(IDS))
def test_what_was_asked_about_is_shown_another_or_excluded_with_a_rule(who: wm.Participant) -> None:
    advice = OURS.recommend(who, at=AT)
    possible = [one.activity.id for one in (*advice, *advice.others)]
    assert sorted([*possible, *advice.excluded]) == list(IDS)
    assert all(advice.excluded.values())
    assert all(advice.why_not(name) == () for name in possible)
    for rule, count in advice.excluded.counts().items():
        assert count == sum(rule in [broken.constraint for broken in rules] for rules in advice.excluded.values())


@given(answers(IDS), st.data())
def test_making_an_answer_unknown_never_excludes_more(told: dict[str, Any], data: st.DataObject) -> None:
    """A request lets in, so taking one back is no answer made unknown; `only_wishes` is not drawn for that reason."""
    known = set(scores(OURS.recommend(wm.Participant.model_validate(told), at=AT)))
    for field in sorted(told.keys() - {"id"}):
        silent = {name: value for name, value in told.items() if name != field}
        after = set(scores(OURS.recommend(wm.Participant.model_validate(silent), at=AT)))
        assert known - after <= ON_REQUEST, field
    if modes := told.get("travel", {}).get("modes"):
        fewer = {**told, "travel": {**told["travel"], "modes": []}}
        assert known - set(scores(OURS.recommend(wm.Participant.model_validate(fewer), at=AT))) <= ON_REQUEST, modes


@given(answers(IDS), st.integers(14, 99), st.sampled_from(["woman", "man", "other"]))
def test_age_and_gender_change_nothing_without_an_own_rule_or_advised_age(
    told: dict[str, Any], age: int, gender: str
) -> None:
    told = {name: value for name, value in told.items() if name not in ("age", "gender")}
    plain = [one.id for one in NIEUWEGEIN if one.audience == type(one.audience)()]
    silent, spoken = (
        OURS.recommend(wm.Participant.model_validate({**told, **more}), at=AT, only=plain)
        for more in ({}, {"age": age, "gender": gender})
    )
    assert scores(silent) == scores(spoken)


@given(people(IDS), st.sampled_from(IDS))
def test_a_score_does_not_depend_on_the_other_activities(who: wm.Participant, name: str) -> None:
    among = scores(OURS.recommend(who, at=AT))
    alone = scores(OURS.recommend(who, at=AT, only=[name]))
    if name in ON_REQUEST - among.keys():
        return  # asking for it by id is a request
    assert alone == ({name: among[name]} if name in among else {})


@given(people(IDS), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_the_catalogue_changes_nothing(who: wm.Participant, dice: random.Random) -> None:
    mixed = list(NIEUWEGEIN)
    dice.shuffle(mixed)
    other = wm.Matcher(NIEUWEGEIN.model_copy(update={"activities": tuple(mixed)}))
    assert other.recommend(who, at=AT).to_json() == OURS.recommend(who, at=AT).to_json()


def test_hash_seed_and_threads_change_nothing() -> None:
    code = (
        "import wor_match as wm, datetime;"
        "who = wm.Participant(id='p1', likes=['samen-koken', 'music'], focus=['meedoen'], place={'postcode': '3431'});"
        "print(wm.Matcher(wm.load_catalogue('nieuwegein')).recommend(who, at=datetime.date(2026, 11, 23), n=6).to_json())"
    )
    seen = set()
    for seed, threads in (("0", "1"), ("1", "2"), ("77", "1")):
        around = {**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
        seen.add(subprocess.run([sys.executable, "-c", code], capture_output=True, env=around, check=True).stdout)
    assert len(seen) == 1


def test_many_threads_get_the_advice_of_one() -> None:
    days = [date(2026, 11, day) for day in range(1, 29)]
    who = person(likes=["zingen"], free=["di 09:00-17:00"])
    ours = wm.Matcher(NIEUWEGEIN)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda at: ours.recommend(who, at=at).to_json(), days * 3))
    assert found == [OURS.recommend(who, at=at).to_json() for at in days] * 3


def test_a_matcher_and_an_advice_travel_to_another_process() -> None:
    who = person(likes=["zingen"])
    there = pickle.loads(pickle.dumps(OURS))  # noqa: S301 — our own bytes
    advice = pickle.loads(pickle.dumps(OURS.recommend(who, at=AT)))  # noqa: S301 — our own bytes
    assert there.recommend(who, at=AT).to_json() == OURS.recommend(who, at=AT).to_json() == advice.to_json()


def wishing(seed: int) -> wm.Participant:
    """An invented person with a focus or likes, and a few limits."""
    dice = random.Random(seed)
    told: dict[str, Any] = {"id": f"p{seed}", "place": {"postcode": dice.choice(["3431", "3434", "3437", "3439"])}}
    if dice.random() < 0.7:
        told["focus"] = dice.sample(DIMENSIONS, dice.randint(1, 3))
    if "focus" not in told or dice.random() < 0.6:
        told["likes"] = dice.sample(sorted(taxonomy().terms), dice.randint(1, 3))
    if dice.random() < 0.5:
        told["free"] = dice.sample([f"{day} {hours}" for day in ("ma", "di", "wo", "do", "vr", "za")
                                    for hours in ("09:00-12:30", "12:30-17:00", "19:00-22:00")], 6)  # fmt: skip
    if dice.random() < 0.5:
        told["budget"] = dice.choice(["free", "small", 15])
    if dice.random() < 0.5:
        told["travel"] = {"modes": [dice.choice(["walk", "bike"])], "max_minutes": dice.choice([20, 30, 45])}
    return wm.Participant.model_validate(told)


def serves_the_wish(one: wm.Activity, who: wm.Participant) -> bool:
    """Serves the first focus clearly, or has a stated like."""
    strengths = one.serves or {
        name: max((taxonomy().terms[term].serves[name] for term in one.terms), default=0) for name in DIMENSIONS
    }
    return bool(who.focus and strengths.get(who.focus[0], 0) >= 2) or bool(set(who.likes) & set(one.terms))


def test_the_wish_leads(figure: Callable[[str], None]) -> None:
    led = could = 0
    for seed in range(200):
        who = wishing(seed)
        advice = OURS.recommend(who, at=AT)
        if any(serves_the_wish(one.activity, who) for one in (*advice, *advice.others)):
            could += 1
            led += serves_the_wish(advice[0].activity, who)
    figure(
        f"the wish leads: {led} of {could} first suggestions serve the first focus or a stated like ({led / could:.1%})"
    )
    assert could > 150
    assert led / could >= 0.85


def test_one_afternoon_does_not_beat_a_weekly_group_by_being_short() -> None:
    once = activity(schedule={"dates": [{"date": "2026-11-24", "start": "10:00", "end": "12:00"}]})
    for told in ({}, {"free": ["di 09:00-13:00"]}, {"likes": ["handwerken"], "times_per_week": 2}):
        one, every = (advice_on(told_, person(**told))[0] for told_ in (once, activity(schedule=TUESDAY)))
        assert one.score <= every.score


@pytest.mark.parametrize("rule", CONSTRAINTS, ids=lambda rule: rule.name)
def test_leaving_a_rule_out_only_lets_in_and_moves_no_score(rule: Any) -> None:
    """Constraints rule out and never weigh."""
    without = wm.Matcher(NIEUWEGEIN, constraints=[one for one in CONSTRAINTS if one is not rule])
    for seed in range(12):
        who = wishing(seed)
        with_rule, lenient = scores(OURS.recommend(who, at=AT)), scores(without.recommend(who, at=AT))
        assert with_rule.items() <= lenient.items()


def test_beliefs_move_the_chance_and_never_the_worth_or_what_is_possible() -> None:
    """Learning may move only the chance."""
    ours = wm.Matcher(NIEUWEGEIN, wm.Settings(beliefs={"near": (2.0, 2.0), "welcome": (-1.0, 0.0)}))
    for seed in range(12):
        who = wishing(seed)
        one, other = OURS.recommend(who, at=AT, n=9), ours.recommend(who, at=AT, n=9)
        worths = [{each.activity.id: each.worth for each in (*advice, *advice.others)} for advice in (one, other)]
        assert worths[0] == worths[1]
        assert scores(one) != scores(other)


def test_signals_never_rule_out() -> None:
    ours = wm.Matcher(NIEUWEGEIN, signals=())
    for seed in range(12):
        assert (
            scores(ours.recommend(wishing(seed), at=AT)).keys() == scores(OURS.recommend(wishing(seed), at=AT)).keys()
        )


def test_a_belief_about_an_unknown_signal_is_refused() -> None:
    with pytest.raises(wm.WorMatchError, match="unknown signals: nabij"):
        wm.Matcher(NIEUWEGEIN, wm.Settings(beliefs={"nabij": (1.0, 1.0)}))


def test_a_date_asks_from_the_next_day_and_a_moment_from_that_moment() -> None:
    monday = activity(schedule={"weekly": [{"day": "ma", "start": "10:00", "end": "11:00"}]})
    for at, day in (
        (AT, 30),
        (datetime(2026, 11, 23, 9, tzinfo=ZONE), 23),
        (datetime(2026, 11, 23, 10, tzinfo=ZONE), 30),
    ):
        assert advice_on(monday, at=at)[0].next_occurrences[0].start.day == day
    early = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # half past midnight on Monday, on the clock of the town hall
    assert advice_on(monday, at=early)[0].next_occurrences[0].start.day == 23


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"at": datetime(2026, 11, 23, 9)}, "without a time zone"),  # noqa: DTZ001 — that is the point
        ({"at": "2026-11-23"}, "no date"),
        ({"at": date(1900, 1, 1)}, "outside"),
        ({"n": 0}, "from 1 to 100"),
        ({"n": True}, "from 1 to 100"),
        ({"only": ["bestaat-niet"]}, "bestaat-niet"),
        ({"only": "een"}, "no list of words"),
        ({"without": "een"}, "no list of words"),
        ({"only": [1]}, "no list of words"),
        ({"despite": None}, "no list of words"),
        ({"minutes": [1]}, "no mapping"),
        ({"minutes": {1: 2, "een": 3}}, "no activity id"),
        ({"at": datetime(9999, 12, 31, 23, 59, tzinfo=UTC)}, "outside"),
        ({"despite": ["geld"]}, "safety"),
        *(({"seed": seed}, "seed is no whole number") for seed in (None, "x", float("nan"), 1.5, True, np.int64(3))),
        ({"minutes": {"een": -1}}, "minutes of activity 'een'"),
        ({"minutes": {"een": float("nan")}}, "minutes of activity 'een'"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(wm.WorMatchError, match=said):
        advice_on(activity(), **wrong)
    with pytest.raises(wm.WorMatchError, match="Participant"):
        OURS.recommend({"id": "p1"}, at=AT)  # because that is the point


def test_the_text_of_a_suggestion_is_its_activity_alone() -> None:
    one = advice_on(activity("een"))[0]
    assert repr(one) == "Suggestion(een)"


@pytest.mark.parametrize("verb", ["arrange", "what_if", "allocate", "question", "allowed", "chosen_event"])
def test_every_verb_refuses_what_recommend_refuses(verb: str) -> None:
    def asked(who: Any, at: Any) -> Any:
        if verb == "chosen_event":
            at = datetime.combine(at, datetime.min.time(), ZONE) if type(at) is date else at
            return OURS.chosen_event(who, IDS[0], at=at, event_id="e1")
        told = {"what_if": ([who, {}]), "allocate": [[who]]}.get(verb, [who])
        return getattr(OURS, verb)(*told, at=at)

    assert asked(person(), AT) is not None
    naive = datetime(2026, 11, 23, 9)  # noqa: DTZ001 — that is the point
    for who, at, said in (
        (person(), naive, "without a time zone"),
        (person(), "2026-11-23", "no date"),
        ({"id": "p1"}, AT, "Participant"),
    ):
        with pytest.raises(wm.WorMatchError, match=said):
            asked(who, at)


def test_only_and_without_narrow_the_question() -> None:
    advice = OURS.recommend(person(), at=AT, only=IDS[:10], without=IDS[:3])
    assert sorted([*scores(advice), *advice.excluded]) == list(IDS[3:10])
    assert OURS.recommend(person(), at=AT, only=[]).others == ()


def test_safety_first_means_no_suggestion_until_the_coach_overrides() -> None:
    who = person(circumstances={"safety": "first"})
    advice = OURS.recommend(who, at=AT)
    assert len(advice) == len(advice.others) == len(advice.near_misses()) == 0
    assert sorted(advice.excluded) == list(IDS)
    assert all(rules[0].constraint == "safety_first" for rules in advice.excluded.values())
    (track,) = advice.first
    assert track.sentence().startswith("Veiligheid gaat voor.")
    assert "030 000 00 23" in track.sentence()
    assert len(OURS.recommend(who, at=AT, despite=["safety"])) == 3


def test_other_circumstances_stand_beside_the_suggestions() -> None:
    advice = OURS.recommend(person(circumstances={"money": "alongside", "housing": "first", "care": "no"}), at=AT)
    assert [(track.circumstance, track.state) for track in advice.first] == [
        ("money", "alongside"),
        ("housing", "first"),
    ]
    assert len(advice) == 3


def test_near_misses_break_one_rule_and_come_best_first() -> None:
    who = person(free=["di 09:00-13:00"], budget="free", likes=["zingen"])
    misses = OURS.recommend(who, at=AT).near_misses(20)
    assert len(misses) > 3
    assert len({miss.activity.id for miss in misses}) == len(misses)
    for miss in misses:
        assert isinstance(miss.change, Change)
        assert miss.activity.id in scores(OURS.recommend(miss.change.apply(who), at=AT))
        assert miss.sentence()
    assert not ON_REQUEST & {miss.activity.id for miss in misses}


def test_the_checks_of_an_advice_are_those_of_its_suggestions() -> None:
    advice = OURS.recommend(person(access=["hearing_loop"], budget="free"), at=AT)
    assert set(advice.checks) == {check for one in advice for check in one.checks}
    assert len(set(advice.checks)) == len(advice.checks) > 0


def test_little_of_the_wish_is_said() -> None:
    (suggestion,) = advice_on(activity(), person(likes=["zingen"], focus=["meaningfulness"]))
    assert suggestion.worth < 0.35
    assert suggestion.little_of_the_wish
    assert "Dit past maar een beetje bij wat u wilt." in advice_on(
        activity(), person(likes=["zingen"], focus=["meaningfulness"])
    ).to_markdown()  # fmt: skip


def test_the_decision_id_follows_the_question() -> None:
    who = person(likes=["zingen"])
    first = OURS.recommend(who, at=AT).decision_id
    assert first == wm.Matcher(wm.load_catalogue("nieuwegein")).recommend(who, at=AT).decision_id
    others = {
        OURS.recommend(person(likes=["wandelen"]), at=AT).decision_id,
        OURS.recommend(who, at=date(2026, 11, 24)).decision_id,
        OURS.recommend(who, at=AT, n=2).decision_id,
        OURS.recommend(who, at=AT, seed=1).decision_id,
        wm.Matcher(NIEUWEGEIN, wm.Settings(variety=0.2)).recommend(who, at=AT).decision_id,
        wm.Matcher(town_of(*list(NIEUWEGEIN)[1:], organisers=NIEUWEGEIN.organisers)).recommend(who, at=AT).decision_id,
    }
    assert len({first, *others}) == 7


def test_an_empty_catalogue_gives_an_empty_advice() -> None:
    advice = wm.Matcher(town_of()).recommend(person(likes=["zingen"]), at=AT)
    assert (len(advice), advice.others, len(advice.excluded), advice.near_misses()) == (0, (), 0, ())


def test_two_sessions_of_one_group_are_both_next() -> None:
    twice = activity(schedule={"weekly": [*TUESDAY["weekly"], *THURSDAY["weekly"]]})
    (suggestion,) = advice_on(twice, person(free=["do 12:00-18:00"]))
    assert [f"{one.start:%a %d %H:%M}" for one in suggestion.next_occurrences] == [
        "Thu 26 14:00", "Thu 03 14:00", "Thu 10 14:00",
    ]  # fmt: skip
