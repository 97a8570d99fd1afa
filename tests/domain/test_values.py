"""Places, money, words, spider webs and participants: what they know, and what they refuse without repeating it."""

from __future__ import annotations

import logging
import math
import pickle
import traceback
import unicodedata
import warnings
from datetime import date
from typing import Any

import holidays as oracle
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import wor_match as wm
from tests.strategies import people
from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.holidays import SCHOOL_HOLIDAYS_FROM, SCHOOL_HOLIDAYS_UNTIL, public_holidays, school_holidays
from wor_match.domain.kinds import event_of
from wor_match.domain.money import Price
from wor_match.domain.place import distance_km, minutes_by, pc4_points
from wor_match.domain.terms import DIMENSIONS, taxonomy
from wor_match.domain.text import HIDDEN, clean, clock

CANARY = "kanarie7391"


def test_public_holidays_equal_the_outside_list() -> None:
    for year in range(2014, 2050):
        assert public_holidays(year) == set(oracle.Netherlands(years=year, categories="public")), year


@pytest.mark.parametrize("region", ["Noord", "Midden", "Zuid"])
def test_school_holidays_equal_the_outside_list(region: str) -> None:
    theirs = set(oracle.Netherlands(subdiv=region, years=range(2024, 2031), categories="school"))
    due = {day for day in theirs if SCHOOL_HOLIDAYS_FROM <= day <= SCHOOL_HOLIDAYS_UNTIL}
    assert {day for day in school_holidays(region.lower()) if day >= SCHOOL_HOLIDAYS_FROM} == due


def test_distances_equal_the_great_circle() -> None:
    """Haversine as the outside truth, over the postcodes within 30 km of Nieuwegein."""
    points = np.array(list(pc4_points().values()))
    home = pc4_points()["3431"]
    ours = distance_km(*home, points[:, 0], points[:, 1])
    lat, lon = np.radians(points[:, 0]), np.radians(points[:, 1])
    half = np.sin((lat - math.radians(home[0])) / 2) ** 2 + math.cos(math.radians(home[0])) * np.cos(lat) * np.sin(
        (lon - math.radians(home[1])) / 2) ** 2  # fmt: skip
    theirs = 2 * 6371 * np.arcsin(np.sqrt(half))
    near = theirs < 30
    assert near.sum() > 100
    assert ours[near] == pytest.approx(theirs[near], rel=1e-3, abs=1e-6)


@pytest.mark.parametrize(
    ("modes", "km", "by_hand"),
    [
        (("walk",), 1.0, 60 * 1.3 / 4.5), (("slow_walk",), 1.0, 60 * 1.3 / 3.3), (("bike",), 2.0, 2 + 60 * 2.5 / 12.4),
        (("public_transport",), 7.0, 14 + 20.0), (("car",), 5.0, 15.0), (("car",), 15.0, 7.5 + 22.5),
        (("regiotaxi",), 5.0, 15 + 22.5), (("walk", "bike"), 3.0, 2 + 60 * 3.75 / 12.4), ((), 2.0, 2 + 60 * 2.5 / 12.4),
    ],
)  # fmt: skip
def test_minutes_by_hand(modes: tuple[str, ...], km: float, by_hand: float) -> None:
    assert minutes_by(modes, np.array([km]))[0] == pytest.approx(by_hand)


def test_places_know_their_point_and_its_error() -> None:
    assert wm.Place(postcode="3431 ab").point == wm.Place(postcode="3431").point == (52.0323, 5.084)
    assert wm.Place(latitude=52.0, longitude=5.0).error_km == 0
    assert wm.Place(postcode="1234").point is None  # no such postcode
    assert wm.Place(postcode="6060").point is None  # a doubtful row of the table is not used silently
    assert wm.Place(postcode="1000", country="BE").point is None
    for wrong in ({"postcode": "0431"}, {"postcode": "343"}, {"latitude": 52.0}, {"latitude": 91.0, "longitude": 5.0}):
        with pytest.raises(wm.ParticipantError):
            wm.Place(**wrong)


@pytest.mark.parametrize(
    ("euro", "per", "sessions", "a_time", "a_month"),
    [
        (3.5, "time", None, 3.5, 3.5 * 52 / 12), (13, "month", None, 3.0, 13), (39, "quarter", None, 3.0, 13),
        (156, "year", None, 3.0, 13), (24, "once", 8, 3.0, 13), (36, "once", None, 3.0, 13),
    ],
)  # fmt: skip
def test_prices_by_hand(euro: float, per: Any, sessions: int | None, a_time: float, a_month: float) -> None:
    price = Price(euro=euro, per=per)
    assert price.euro_a_time(sessions) == pytest.approx(a_time)
    assert price.euro_a_month(sessions) == pytest.approx(a_month)


def test_the_taxonomy_is_whole() -> None:
    known = taxonomy()
    assert (len(known.terms), len(known.groups)) == (71, 11)
    assert len(set(known.words)) == len(known.terms) + len(known.groups) + len(known.aspects)
    for term in known.terms.values():
        assert set(term.serves) == set(DIMENSIONS)
        assert all(0 <= strength <= 3 for strength in term.serves.values())


def test_a_dimension_is_low_against_the_own_mean_only() -> None:
    """Mean 7: participation 4 below it; bodily functions half a point below says nothing."""
    marks = {"participation": 3, "lichaam": 6.5, "zingeving": 8.5, "kwaliteit van leven": 10}
    assert wm.SpiderWeb(scores=marks).low() == {"participation": 4.0}
    assert wm.SpiderWeb(scores={"participation": 6, "meaningfulness": 8}).low() == {}  # exactly 1.0 below is not more


def test_items_are_averaged_over_what_was_answered() -> None:
    items = {"meedoen": [4, None, 7, None], "zin": [None, None]}
    web = wm.SpiderWeb.from_items(items, "adult-42", date(2026, 11, 23))
    assert web.scores == {"participation": 5.5}
    for wrong in ({"meedoen": [4] * 8}, {"meedoen": [11]}, {"meedoen": [True]}, {"meedoen": ["4"]}, {CANARY: [4]}):
        with pytest.raises(wm.ParticipantError) as refused:
            wm.SpiderWeb.from_items(wrong, "adult-42")
        assert CANARY not in str(refused.value)


def test_a_run_of_fives_is_suspect() -> None:
    with pytest.warns(wm.WorMatchWarning, match="every mark"):
        wm.SpiderWeb(scores=dict.fromkeys(DIMENSIONS, 5))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        wm.SpiderWeb(scores=dict.fromkeys(DIMENSIONS[:5], 5))


def test_four_domains_map_on_dimensions() -> None:
    four = wm.FourDomains(priorities={"lichamelijk": 1, "sociaal": 1})
    assert four.weights() == {
        "bodily_functions": 0.4, "quality_of_life": 0.1, "participation": 0.4, "daily_functioning": 0.1,
    }  # fmt: skip
    assert wm.FourDomains(priorities={"body": 0}).weights() == {}


@pytest.mark.parametrize(
    "told",
    [
        {"likes": [CANARY]}, {"focus": [CANARY]}, {"free": [CANARY]}, {"free": ["di 12:00-12:00"]}, {"place": {"postcode": CANARY}},
        {"budget": CANARY}, {"budget": -1}, {"budget": True}, {"travel": {"modes": [CANARY]}}, {"travel": {"home_before": CANARY}},
        {"languages": {"nl": CANARY}}, {"languages": {CANARY: "good"}}, {"access": [CANARY]}, {"age": CANARY}, {"age": True},
        {"age": 40.5}, {"gender": CANARY}, {"body_level": CANARY}, {"group_wish": {"size": CANARY}}, {"support": [CANARY]},
        {"max_wait_weeks": CANARY}, {"circumstances": {"money": CANARY}}, {"circumstances": {CANARY: "first"}},
        {"spider_web": {"scores": {DIMENSIONS[0]: CANARY}}}, {"spider_web": {"scores": {CANARY: 5}}},
        {"spider_web": {"scores": {DIMENSIONS[0]: math.nan}}}, {"four_d": CANARY}, {"four_d": {"priorities": {"body": 3}}},
        {"unwanted": [CANARY.upper()]}, {"tried": {CANARY.upper(): "not_suited"}}, {"tried": {"een": CANARY}},
        {"focus": ["participation"], "left_alone": ["participation"]}, {"focus": list(DIMENSIONS[:4])}, {"likes": CANARY},
        {"travel": {CANARY: 3}}, {"onbekend_veld": CANARY},
    ],
)  # fmt: skip
def test_what_a_participant_told_is_never_repeated(told: dict[str, Any], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(wm.ParticipantError) as refused:
        wm.Participant(id="p391", **told)
    fault = refused.value
    heard = "".join(traceback.format_exception(fault)) + repr(fault) + repr(fault.problems) + caplog.text
    assert CANARY.lower() not in heard.lower().replace("test_what_a_participant", "")
    assert fault.__context__ is None
    assert fault.problems
    assert "participant p391 is refused" in str(fault)
    field = next(iter(told))
    assert field in str(fault) or "focus-left-alone" in str(fault)


@pytest.mark.parametrize(
    "wrong",
    ["123456782", "123.456.782", "1234.56.782", "123 456 782", "p123456782", "111222333", "", "a b", "é", "x" * 129, 7],
)
def test_an_id_that_is_no_pseudonym_or_looks_like_a_citizen_number_is_refused(wrong: Any) -> None:
    with pytest.raises(wm.ParticipantError) as refused:
        wm.Participant(id=wrong)
    assert not str(wrong) or str(wrong) not in str(refused.value).replace("participant is refused", "")


@pytest.mark.parametrize("fine", ["p1", "1234567820", "p123456783", "0b8e4c1a-77d1-4f5e-9c1b-2b8a1f0e9d3c"])
def test_an_id_that_cannot_be_a_citizen_number_is_fine(fine: str) -> None:
    assert wm.Participant(id=fine).id == fine


@given(people())
def test_a_participant_is_frozen_hashable_and_shows_only_the_id(who: wm.Participant) -> None:
    assert repr(who) == str(who) == "Participant(id='p1')"
    assert hash(who) == hash(wm.Participant.model_validate(who.model_dump()))
    assert wm.Participant.model_validate_json(who.model_dump_json()) == who
    assert pickle.loads(pickle.dumps(who)) == who  # noqa: S301 — our own bytes
    for value in (who.place, who.spider_web, who.travel, who.group_wish):
        assert value is None or repr(value) == f"{type(value).__name__}()"
    with pytest.raises(TypeError, match="frozen") as refused:
        who.likes = (CANARY,)  # because that is the point
    assert CANARY not in str(refused.value)


def test_a_frozen_map_cannot_change() -> None:
    told = FrozenMap({"nl": "good"})
    for change in (lambda: told.update(tr="good"), lambda: told.pop("nl"), lambda: told.__setitem__("nl", "little")):
        with pytest.raises(TypeError, match="frozen"):
            change()


def test_nested_faults_keep_their_whole_place() -> None:
    with pytest.raises(wm.CatalogueError) as refused:
        wm.Activity(
            id="een", name="Een", terms=["duikbootvaren"], schedule={"weekly": [{"day": "di", "start": "9:00"}]}
        )
    paths = {problem.path for problem in refused.value.problems}
    assert paths == {"terms.0", "schedule.weekly.0.end"}
    assert "perhaps" in str(refused.value) or "take one" in str(refused.value)


@given(st.characters())
@example("\ufeff")
def test_hidden_characters_are_refused_and_the_rest_is_kept(character: str) -> None:

    hidden = unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") and character not in "\n\t"
    hidden |= character == "\ufeff"  # a byte order mark
    turning = (
        "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069" or character in "\u061c\u200e\u200f"
    )
    try:
        kept = clean(f"a{character}b")
    except ValueError:
        assert hidden or turning
    else:
        assert not hidden
        assert not turning
        assert kept == unicodedata.normalize("NFC", f"a{character}b")


@pytest.mark.parametrize(("told", "read"), [("9:30", "09:30"), ("24:00", "24:00"), ("00:00", "00:00")])
def test_times_of_day(told: str, read: str) -> None:
    assert clock(told) == read


@pytest.mark.parametrize("wrong", ["930", "9:3", "24:01", "25:00", "10:60", "", 630, "10:30:00", None])
def test_what_is_no_time_of_day_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match="no time of day"):
        clock(wrong)


def test_what_hides_is_what_unicode_says() -> None:
    marks = "\ufeff\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    for code in range(0x110000):
        one = chr(code)
        unseen = unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") and one not in "\n\t"
        assert bool(HIDDEN.match(one)) == (unseen or one in marks or code & 0xFFFE == 0xFFFE), hex(code)


@pytest.mark.parametrize(
    ("told", "path"),
    [
        ({"languages": {123456782: "good"}}, "languages........"),
        ({"tried": {123456782: CANARY}}, "tried...."),
        ({"spider_web": {"scores": {123456782: 3}}}, "spider_web.scores........"),
        ({"travel": {123456782: 3}}, "travel...."),
        ({123456782: CANARY}, "..."),
        ({"likes": ["zingen", CANARY]}, "likes.1"),
        ({"free": [CANARY]}, "free.0"),
        ({"passes": ["u-pas", 123456782]}, "passes.1"),
        ({"travel": {"modes": [CANARY]}}, "travel.modes.0"),
    ],
)
def test_a_number_in_a_place_is_shown_where_it_counts_and_never_where_it_was_told(told: Any, path: str) -> None:
    with pytest.raises(wm.ParticipantError) as refused:
        wm.Participant.model_validate({"id": "p1", **told})
    assert path in {problem.path for problem in refused.value.problems}
    assert "123456782" not in str(refused.value)
    assert CANARY not in str(refused.value)


def test_the_place_of_an_activity_in_an_advice_is_shown() -> None:
    shown = {"activity": "koor", "score": 0.5, "worth": 0.5, "chance": 0.5, "strengths": {7: 0.5}}
    told = {"kind": "advised", "event_id": "e1", "person": "p1", "at": "2026-11-03T10:00:00Z", "source": "coach", "decision": "d", "model": "m", "catalogue": "c", "seed": 1, "signals_version": "s", "n_possible": 1, "shown": [shown]}  # fmt: skip
    with pytest.raises(wm.EventError) as refused:
        event_of(told)
    assert {problem.path for problem in refused.value.problems} == {"shown.0.strengths........"}
