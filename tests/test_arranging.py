"""Sets that go together: no clash, within the budget and the week, additive reasons, ready-made ones beside composed."""

from __future__ import annotations

import itertools
import math
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wor_match as wm
from tests.strategies import activities, people
from tests.town import AT, THURSDAY, TUESDAY, activity, person
from tests.town import catalogue as town_of
from wor_match.arranging import Arrangement, left_out
from wor_match.arranging.composing import reasons_of, weighed
from wor_match.choosing.going_together import Plan, serving_most, sets_of, varied
from wor_match.domain.kinds import event_of
from wor_match.domain.place import distance_km, minutes_by
from wor_match.domain.schedule import ZONE

NIEUWEGEIN = wm.load_catalogue("nieuwegein")
OURS = wm.Matcher(NIEUWEGEIN)
IDS = tuple(sorted(one.id for one in NIEUWEGEIN))
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LINDE = {"street": "Lindelaan", "number": "3", "latitude": 52.03, "longitude": 5.09}
FAR = {"latitude": 52.07, "longitude": 5.09}


def ids(sets: tuple[Arrangement, ...]) -> list[list[str]]:
    return [[one.id for one in made.activities] for made in sets]


def weekly(day: str, start: str, end: str, **told: Any) -> dict[str, Any]:
    return {"weekly": [{"day": day, "start": start, "end": end, **told}]}


def arrange(*these: wm.Activity, who: wm.Participant | None = None, **options: Any) -> tuple[Arrangement, ...]:
    return wm.Matcher(town_of(*these)).arrange(who or person(), at=options.pop("at", AT), **options)


def moments(one: wm.Activity, at: date) -> list[tuple[datetime, datetime]]:
    """Every session of eight weeks in UTC, by the schedule itself."""
    if one.schedule is None or not one.schedule.timed:
        return []
    begin = datetime.combine(at + timedelta(days=1), datetime.min.time(), ZONE)
    end = datetime.combine(at + timedelta(days=57), datetime.min.time(), ZONE)
    found = one.schedule.occurrences(begin, end)
    starts = one.entry.starts_on
    return [(o.start.astimezone(UTC), o.end.astimezone(UTC)) for o in found if not starts or o.start.date() >= starts]


def way(one: wm.Activity, other: wm.Activity, who: wm.Participant) -> timedelta:
    """The way between two places that are both known and apart."""
    here, there = one.place, other.place
    if here is None or there is None or here.remote or there.remote or not (here.point and there.point):
        return timedelta()
    if here == there and (here.latitude is not None or (here.street and here.number)):
        return timedelta()
    km = float(distance_km(*here.point, np.array([there.point[0]]), np.array([there.point[1]]))[0])
    km = math.hypot(km, here.error_km, there.error_km)
    return timedelta(minutes=float(minutes_by(who.travel.modes, np.array([km]))[0]))


def assert_no_clash(made: Arrangement, who: wm.Participant, at: date) -> None:
    for one, other in itertools.combinations(made.activities, 2):
        between = way(one, other, who)
        for (a, b), (c, d) in itertools.product(moments(one, at), moments(other, at)):
            assert d + between <= a or b + between <= c, f"{one.id} at {a} and {other.id} at {c}"


@pytest.mark.parametrize("at", [AT, date(2026, 10, 10), date(2027, 3, 15)], ids=["winter", "clock back", "clock on"])
@given(who=people(IDS), size=st.sampled_from([2, 3, 4]))
@settings(max_examples=30)
def test_no_set_clashes_in_any_session_of_eight_weeks(at: date, who: wm.Participant, size: int) -> None:
    sets = OURS.arrange(who, at=at, size=size)
    assert len(sets) <= 3
    for made in sets:
        assert len(made.activities) == size
        assert_no_clash(made, who, at)


@given(st.tuples(*(activities(name) for name in ("een", "twee", "drie"))), people(("een", "twee", "drie")))
@settings(max_examples=60)
def test_any_activities_make_sets_without_a_clash_whose_reasons_add_up(said: Any, who: wm.Participant) -> None:
    for made in arrange(*map(wm.Activity.model_validate, said), who=who):
        assert_no_clash(made, who, AT)
        told = math.fsum(reason.points for reason in made.reasons)
        assert abs(told - 100 * (made.score - made.reference)) < 1e-9


@given(people(IDS), st.sampled_from([2, 3, 4]))
def test_reasons_of_a_set_add_up_to_score_minus_reference(who: wm.Participant, size: int) -> None:
    for made in OURS.arrange(who, at=AT, size=size, n=4):
        told = math.fsum(reason.points for reason in made.reasons)
        assert abs(told - 100 * (made.score - made.reference)) < 1e-9
        assert made.score == made.worth * made.chance
        assert {reason.facts["activity"] for reason in made.reasons} <= {one.id for one in made.activities}
        assert all(reason.sentence() is not None for reason in made.reasons)


@given(people(IDS))
def test_a_set_of_one_has_the_reasons_of_the_one(who: wm.Participant) -> None:
    question = OURS.question(who, at=AT)
    for row in question.possible[:3].tolist():
        worth, chance = weighed(question, np.array([[row]]))
        assert math.isclose(float(worth.value[0] * chance[0]), float(question.scores_at(np.array([row]))[0]))
        alone = {
            reason.name: reason.points
            for reason in question.told(row, question.picked(np.array([row])).points()[0].tolist())
        }
        together = {reason.name: reason.points for reason in reasons_of(question, (row,), worth)}
        assert together == pytest.approx(alone, abs=1e-9)


def test_a_set_serves_the_focus_where_one_activity_cannot() -> None:
    moves = activity("beweegt", serves={"bodily_functions": 3}, schedule=TUESDAY)
    meets = activity("ontmoet", serves={"participation": 3}, schedule=THURSDAY)
    both = activity("ook", serves={"bodily_functions": 3}, schedule=weekly("vr", "10:00", "12:00"))
    who = person(focus=["bodily_functions", "participation"])
    made = arrange(moves, meets, both, who=who, n=1)[0]
    assert {one.id for one in made.activities} >= {"ontmoet"}
    # focus: both dimensions in full, so 1; wish and web not given, .3 each
    assert made.worth == pytest.approx(0.2 + 0.8 * (0.5 * 1 + 0.35 * 0.3 + 0.15 * 0.3))
    assert all(len({"beweegt", "ook"} & set(one)) == 1 for one in ids(arrange(moves, meets, both, who=who)))


def test_sessions_that_touch_do_not_clash_and_the_way_between_does() -> None:
    early = activity("vroeg", place=LINDE, schedule=weekly("di", "10:00", "11:00"))
    next_door = activity("hier", place=LINDE, schedule=weekly("di", "11:00", "12:00"))
    across_town = activity("ver", place=FAR, schedule=weekly("di", "11:00", "12:00"))
    overlapping = activity("tegelijk", place=LINDE, schedule=weekly("di", "10:59", "12:00"))
    assert ids(arrange(early, next_door)) == [["hier", "vroeg"]]
    assert arrange(early, across_town) == ()
    assert arrange(early, overlapping) == ()
    for start, due in (("11:28", []), ("11:29", [["ver", "vroeg"]])):  # 4.4 km by bike: 28.9 minutes, so 29
        assert ids(arrange(early, activity("ver", place=FAR, schedule=weekly("di", start, "12:00")))) == due
    later = activity("ver", place=FAR, schedule=weekly("di", "11:30", "12:00"))
    assert ids(arrange(early, later)) == [["ver", "vroeg"]]
    assert arrange(early, later, who=person(travel={"modes": ["walk"]})) == ()
    assert ids(arrange(early, later, who=person(travel={"modes": ["walk", "car"]}))) == [["ver", "vroeg"]]


def test_what_is_done_at_home_asks_for_the_way_home() -> None:
    early = activity("vroeg", place=LINDE, schedule=weekly("di", "10:00", "11:00"))
    online = activity("scherm", place={"online": True}, schedule=weekly("di", "11:10", "12:00"))
    assert ids(arrange(early, online)) == [["scherm", "vroeg"]]  # nobody knows where home is
    assert ids(arrange(early, online, who=person(place={"latitude": 52.03, "longitude": 5.09}))) == [
        ["scherm", "vroeg"]
    ]
    far = person(place={"latitude": 52.07, "longitude": 5.09})
    assert arrange(early, online, who=far) == ()
    assert arrange(activity("z-scherm", place={"online": True}, schedule=online.schedule), early, who=far) == ()


def test_the_way_is_measured_in_hours_that_pass_not_on_the_clock() -> None:
    def night(on: str, name: str, place: dict[str, Any], start: str, end: str) -> wm.Activity:
        return activity(name, place=place, schedule={"dates": [{"date": on, "start": start, "end": end}]})

    for on, due in (("2027-03-27", [["eerst", "later"]]), ("2027-03-28", [])):  # on the 28th two o'clock is three
        first, later = night(on, "eerst", LINDE, "01:00", "01:50"), night(on, "later", FAR, "03:00", "04:00")
        assert ids(arrange(first, later, at=date(2027, 3, 15))) == due  # 29 minutes by bike
    for on, due in (("2026-10-24", []), ("2026-10-25", [["eerst", "later"]])):  # on the 25th two o'clock comes twice
        first, later = night(on, "eerst", LINDE, "01:00", "01:50"), night(on, "later", FAR, "03:00", "04:00")
        slow = person(travel={"modes": ["walk"]})  # 77 minutes
        assert ids(arrange(first, later, who=slow, at=date(2026, 10, 12))) == due


def half_hours(sunday: date) -> list[dict[str, Any]]:
    """Half an hour from each quarter between midnight and four, without what begins or ends at no hour of the clock."""
    found = []
    for quarter in range(16):
        start = datetime.combine(sunday, datetime.min.time()) + timedelta(minutes=15 * quarter)
        end = start + timedelta(minutes=30)
        if all(one.replace(tzinfo=ZONE).astimezone(UTC).astimezone(ZONE).hour == one.hour for one in (start, end)):
            found.append({"date": sunday.isoformat(), "start": f"{start:%H:%M}", "end": f"{end:%H:%M}"})
    return found


@pytest.mark.parametrize("mode", ["walk", "bike"])
@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25)], ids=["clock on", "clock back"])
def test_in_the_night_of_a_clock_change_two_go_together_exactly_when_one_can_be_at_both(
    sunday: date, mode: str
) -> None:
    at, who, seen = sunday - timedelta(days=13), person(travel={"modes": [mode]}), set()
    for first, later in itertools.product(half_hours(sunday), repeat=2):
        pair = (
            activity("een", place=LINDE, schedule={"dates": [first]}),
            activity("twee", place=FAR, schedule={"dates": [later]}),
        )
        between = timedelta(minutes=math.ceil(way(*pair, who) / timedelta(minutes=1)))
        ((a, b),), ((c, d),) = moments(pair[0], at), moments(pair[1], at)
        due = [["een", "twee"]] if d + between <= a or b + between <= c else []
        assert ids(arrange(*pair, who=who, at=at)) == due, (first, later)
        seen.add(bool(due))
    assert seen == {True, False}


def test_one_session_of_eight_weeks_that_clashes_is_enough() -> None:
    every_week = activity("elke-week", schedule=TUESDAY)
    once = activity("eens", schedule={**THURSDAY, "extra": [{"date": "2027-01-12", "start": "11:00", "end": "13:00"}]})
    after = activity("eens", schedule={**THURSDAY, "extra": [{"date": "2027-01-19", "start": "11:00", "end": "13:00"}]})
    assert arrange(every_week, once) == ()
    assert ids(arrange(every_week, after)) == [["eens", "elke-week"]]


def test_together_they_stay_within_an_amount_a_month() -> None:
    two = [activity(name, schedule=when, price=[{"euro": 10, "per": "month"}])
           for name, when in (("een", TUESDAY), ("twee", THURSDAY))]  # fmt: skip
    assert ids(arrange(*two, who=person(budget=20))) == [["een", "twee"]]
    assert arrange(*two, who=person(budget=19)) == ()
    assert ids(arrange(two[0], activity("drie", schedule=THURSDAY), who=person(budget=10))) == [["drie", "een"]]


def test_together_they_ask_no_more_of_a_week_than_is_wanted() -> None:
    odd, even = (activity(name, schedule=weekly("di", "10:00", "12:00", weeks=name)) for name in ("odd", "even"))
    every = activity("elke-week", schedule=THURSDAY)
    assert ids(arrange(odd, even, every, who=person(times_per_week=1))) == [["even", "odd"]]
    assert len(arrange(odd, even, every, who=person(times_per_week=2))) == 3
    sunday = activity("zondag", schedule=weekly("zo", "10:00", "12:00", weeks="odd"))
    monday = activity("maandag", schedule=weekly("ma", "10:00", "12:00", weeks="even"))
    assert ids(arrange(sunday, monday, who=person(times_per_week=1))) == [
        ["maandag", "zondag"]
    ]  # weeks run from Monday
    twice = activity("twee-keer", schedule={"weekly": [*TUESDAY["weekly"], *weekly("vr", "10:00", "11:00")["weekly"]]})
    assert len(arrange(twice, every, who=person(times_per_week=2))) == 1  # one comes once where one may choose
    evening = activity("avond", schedule={
        "weekly": [*weekly("wo", "10:00", "12:00", weeks="odd")["weekly"], *weekly("za", "10:00", "12:00")["weekly"]]
    })  # fmt: skip
    workdays = person(times_per_week=1, free=["di 09:00-17:00", "wo 09:00-17:00"])
    assert ids(arrange(even, evening, who=workdays)) == [
        ["avond", "even"]
    ]  # a session that does not fit is not gone to
    course = activity("cursus", schedule={
        "attend": "all", "weekly": [*TUESDAY["weekly"], *weekly("vr", "10:00", "11:00")["weekly"]]})  # fmt: skip
    assert arrange(course, every, who=person(times_per_week=2)) == ()
    assert ids(arrange(course, every, who=person(times_per_week=3))) == [["cursus", "elke-week"]]


def test_what_has_no_hours_counts_one_visit_a_week() -> None:
    """Four of them by appointment ask for four a week, not for none."""
    ask = [activity(f"maatje-{n}", terms=["zingen"], schedule={"on_request": True}) for n in range(4)]
    assert arrange(*ask, who=person(times_per_week=1)) == ()
    assert arrange(*ask, who=person(times_per_week=3), size=4) == ()
    assert len(arrange(*ask, who=person(times_per_week=4), size=4)) == 1
    assert len(arrange(ask[0], activity("koor", schedule=TUESDAY), who=person(times_per_week=2))) == 1
    assert arrange(ask[0], activity("koor", schedule=TUESDAY), who=person(times_per_week=1)) == ()


def test_sets_share_all_but_one_only_when_nothing_else_fits() -> None:
    days = ("ma", "di", "wo", "do")
    four = [activity(day, schedule=weekly(day, "10:00", "11:00")) for day in days]
    assert ids(arrange(*four, n=2)) == [["di", "wo"], ["do", "ma"]]
    assert len(arrange(*four, n=100)) == 6
    assert [one.score for one in arrange(*four, n=6)] == sorted(
        (one.score for one in arrange(*four, n=6)), reverse=True
    )


def ready(name: str, *names: str, theme: str | None = None) -> dict[str, Any]:
    return {"id": name, "name": name.title(), "theme": theme, "activities": names}


def test_a_ready_made_set_stands_beside_composed_ones_with_its_theme() -> None:
    days = ("ma", "di", "wo", "do")
    four = [activity(day, schedule=weekly(day, "10:00", "11:00")) for day in days]
    whole = town_of(*four, arrangements=[ready("week", "do", "ma", "di", theme="smullen")])
    made = wm.Matcher(whole).arrange(person(), at=AT, n=10)
    (ours,) = [one for one in made if one.ready is not None]
    assert [one.id for one in ours.activities] == ["di", "do", "ma"]
    assert ours.theme == "smullen"
    assert {one.theme for one in made if one is not ours} == {"ontdekken en doen"}  # that of needlework


@pytest.mark.parametrize(
    ("who", "why", "word"),
    [
        ({"unwanted": ["een"]}, "not_possible", "past nu niet"),
        ({"budget": 19}, "too_expensive", "meer dan u wilt uitgeven"),
        ({"times_per_week": 1}, "too_often", "vaker in de week"),
    ],
)
def test_a_ready_made_set_that_does_not_fit_says_why(who: dict[str, Any], why: str, word: str) -> None:
    two = [activity(name, schedule=when, price=[{"euro": 10, "per": "month"}])
           for name, when in (("een", TUESDAY), ("twee", THURSDAY))]  # fmt: skip
    ours = wm.Matcher(town_of(*two, arrangements=[ready("samen", "een", "twee")]))
    assert left_out(ours.question(person(), at=AT)) == ()
    (told,) = left_out(ours.question(person(**who), at=AT))
    assert (told.why, ours.arrange(person(**who), at=AT)) == (why, ())
    assert word in told.sentence()
    assert told.sentence("en")
    assert repr(told) == f"LeftOut(ready={told.ready!r})"


def test_of_a_ready_made_set_it_is_told_which_activity_breaks_which_rule() -> None:
    dear = [activity(name, name=name.title(), schedule=when, price=[{"euro": euro, "per": "time"}])
            for name, when, euro in (("een", TUESDAY, 8), ("twee", THURSDAY, 12))]  # fmt: skip
    ours = wm.Matcher(town_of(*dear, arrangements=[ready("samen", "een", "twee")]))
    (told,) = left_out(ours.question(person(budget="free", unwanted=["een"]), at=AT))
    rules = {name: [rule.constraint for rule in broken] for name, broken in told.exclusions.items()}
    assert rules == {"een": ["too_expensive", "unwanted"], "twee": ["too_expensive"]}
    assert told.sentence("en") == (
        "Samen. A part of this does not fit now. Een: This costs about 8 euro each time. You did not want this now."
        " Later is always possible. Twee: This costs about 12 euro each time."
    )


def test_a_ready_made_set_that_clashes_or_is_nowhere_says_so() -> None:
    two = [activity(name, schedule=TUESDAY) for name in ("een", "twee")]
    named = [ready("botst", "een", "twee"), ready("dubbel", "een", "een"), ready("weg", "een", "elders")]
    told = left_out(wm.Matcher(town_of(*two, arrangements=named)).question(person(), at=AT))
    assert [(one.ready.id, one.why, one.activities) for one in told] == [
        ("botst", "clash", ("een", "twee")), ("dubbel", "clash", ("een", "een")), ("weg", "nowhere", ("elders",)),
    ]  # fmt: skip


def test_a_former_id_in_a_ready_made_set_is_the_present_activity() -> None:
    two = [activity("een", schedule=TUESDAY, formerly=["oud"]), activity("twee", schedule=THURSDAY)]
    made = wm.Matcher(town_of(*two, arrangements=[ready("samen", "oud", "twee")])).arrange(person(), at=AT)
    assert [one.ready and one.ready.id for one in made] == ["samen"]


def test_learning_sees_each_activity_of_a_chosen_set_with_its_strengths() -> None:
    made = OURS.arrange(person(likes=["samen-koken"]), at=AT)[0]
    advised, chosen = made.event(at=NOW), made.chosen(at=NOW + timedelta(hours=1))
    names = [one.id for one in made.activities]
    assert sorted(one.activity for one in advised.shown) == names == sorted(chosen.activities)
    assert advised.decision == chosen.decision == made.advice.decision_id
    told = {one.activity: dict(one.strengths) for one in advised.shown}
    assert told == {name: dict(chosen.strengths[name]) for name in names}
    head = {"source": "coach", "person": "p1"}
    later = [event_of({**head, "event_id": f"v{n}", "at": NOW + timedelta(days=9), "kind": "visited",
                          "activity": name, "attended": True}) for n, name in enumerate(names)]  # fmt: skip
    consent = event_of({**head, "event_id": "c", "at": NOW - timedelta(days=1), "kind": "consented", "purpose": "learning",
                           "given": True})  # fmt: skip
    learned = OURS.learn([consent, advised, chosen, *later]).model
    assert learned.counts["episodes"] == len(names)


def test_the_events_of_two_sets_of_one_advice_have_their_own_ids() -> None:
    sets = OURS.arrange(person(), at=AT)
    assert len({made.event(at=NOW).event_id for made in sets}) == len(sets)


def test_the_week_is_told_in_order_and_what_has_no_day_comes_last() -> None:
    asked = activity("a-wens", name="Maatje", schedule={"on_request": True})
    later, soon = activity("later", name="Koor", schedule=THURSDAY), activity("straks", name="Soep", schedule=TUESDAY)
    (made,) = arrange(asked, later, soon, size=3)
    assert made.week() == (
        "Soep. De eerste keer is dinsdag 24 november. Van 10.00 tot 12.00 uur.",
        "Koor. De eerste keer is donderdag 26 november. Van 14.00 tot 16.00 uur.",
        "Maatje. De tijd spreekt u samen af.",
    )
    assert made.week("en")[2] == "Maatje. You agree on a time together."


@pytest.mark.parametrize("size", [1, 5, 0, -2, True, 2.5, "2", None, 2.0, Fraction(2), np.array([2, 3]), np.array(2)])
def test_a_size_that_is_no_set_is_refused(size: Any) -> None:
    with pytest.raises(wm.WorMatchError, match="`size` is no whole number from 2 to 4"):
        OURS.arrange(person(), at=AT, size=size)


@pytest.mark.parametrize("wrong", [None, 5, "p1"])
def test_what_was_left_out_is_asked_of_a_question(wrong: Any) -> None:
    with pytest.raises(wm.WorMatchError, match="left_out\\(\\) needs a Question"):
        left_out(wrong)


@pytest.mark.parametrize("n", [0, 101, -1, True, 1.5, "3"])
def test_a_number_of_sets_out_of_reach_is_refused(n: Any) -> None:
    with pytest.raises(wm.WorMatchError, match="n is no whole number"):
        OURS.arrange(person(), at=AT, n=n)


def test_no_set_is_made_when_safety_comes_first_or_too_little_fits() -> None:
    assert OURS.arrange(person(circumstances={"safety": "first"}), at=AT) == ()
    assert arrange(activity("een", schedule=TUESDAY)) == ()
    assert arrange() == ()


@given(people(IDS), st.randoms())
@settings(max_examples=15)
def test_the_order_of_the_catalogue_means_nothing(who: wm.Participant, dice: Any) -> None:
    mixed = list(NIEUWEGEIN.activities)
    dice.shuffle(mixed)
    told, again = (one.arrange(who, at=AT, size=3) for one in (OURS, wm.Matcher(NIEUWEGEIN.holding(mixed))))
    assert [(ids((one,)), one.score, one.reasons) for one in told] == [
        (ids((one,)), one.score, one.reasons) for one in again
    ]


@given(st.integers(0, 2**32 - 1), st.integers(2, 4))
def test_the_sets_are_all_that_trying_everything_finds(seed: int, size: int) -> None:
    dice = np.random.RandomState(seed)
    half = np.triu(dice.rand(7, 7) < 0.7, 1)
    apart = half | half.T
    due = [one for one in itertools.combinations(range(7), size)
           if all(apart[a, b] for a, b in itertools.combinations(one, 2))]  # fmt: skip
    assert [tuple(one) for one in sets_of(apart, size).tolist()] == due


def test_a_session_without_a_length_takes_its_minute() -> None:
    moment = np.array([[600, 600]])
    assert not Plan([moment, moment], np.zeros((2, 2)), np.zeros(2), np.zeros((2, 9), np.int64)).apart().any()


def test_the_sets_that_serve_most_are_kept_and_without_a_focus_all() -> None:
    served = np.array([[1.0, 0.0], [0.5, 0.1], [3.0, 0.0]])
    assert serving_most(served, np.array([0.6, 0.4])).tolist() == [False, True, False]
    assert serving_most(served, np.zeros(2)).all()


def test_sets_unlike_each_other_go_first_and_are_told_in_order() -> None:
    assert varied([(0, 1, 2), (0, 1, 3), (0, 4, 5)], 2) == [0, 2]
    assert varied([(0, 1, 2), (0, 1, 3), (0, 4, 5)], 3) == [0, 1, 2]
    assert varied([], 3) == []
