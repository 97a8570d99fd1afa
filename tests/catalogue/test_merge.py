"""Two layers: no import wipes what was written by hand, and what vanished or changed is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

import wor_match as wm
from tests.strategies import activities
from wor_match.catalogue.importers import Imported
from wor_match.domain.catalogue import Organiser

FEED = {"source": {"format": "openactive", "id": "https://x.test/1"}}


def one(own_id: str = "f-1", **fields: Any) -> wm.Activity:
    return wm.Activity.model_validate({"id": own_id, "name": "Koor", "terms": ["zingen"], **fields})


def feed(*found: wm.Activity, organisers: tuple[Organiser, ...] = ()) -> Imported:
    return Imported(found, (), organisers)


def by_hand(*written: wm.Activity, **head: Any) -> wm.Catalogue:
    return wm.Catalogue.model_validate({"id": "eigen", "name": "Eigen", "activities": written, **head})


def codes(catalogue: wm.Catalogue) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in catalogue.problems]


def test_what_is_written_lies_over_the_feed_field_by_field() -> None:
    theirs = one(
        place={"postcode": "3431", "street": "Laan", "latitude": 52.0, "longitude": 5.0},
        schedule={"dates": [{"date": "2026-12-01", "start": "10:00", "end": "12:00"}], "cancelled": ["2026-12-08"]},
        group={"size": 8},
        audience={"min_age": 18},
        access={"toilet": True},
        **FEED,
    )
    ours = one(
        terms=[],
        place={"postcode": "3432", "entrance": "achterdeur"},
        schedule={"weekly": [{"day": "di", "start": "10:00", "end": "12:00"}]},
        group={"newcomers": "welcome"},
        access={"quiet": None},
        host={"receives_newcomers": True},
    )
    whole = wm.merge(feed(theirs), by_hand(ours))["f-1"]
    assert whole.terms == ("zingen",)
    assert (whole.group.size, whole.group.newcomers, whole.audience.min_age) == (8, "welcome", 18)
    assert dict(whole.access) == {"toilet": True, "quiet": None}
    assert whole.host.receives_newcomers
    assert whole.source == theirs.source
    assert whole.place is not None
    assert (whole.place.postcode, whole.place.street, whole.place.entrance) == ("3432", "Laan", "achterdeur")
    assert whole.place.latitude is None, "the point of the feed lies elsewhere than the postcode by hand"
    assert whole.schedule is not None
    assert not whole.schedule.dates, "times by hand stand in the place of theirs"
    assert [str(day) for day in whole.schedule.cancelled] == ["2026-12-08"]


def test_an_id_of_ours_takes_the_place_of_theirs_and_keeps_its_history() -> None:
    whole = wm.merge(feed(one(**FEED)), by_hand(one("koor-de-linde", formerly=["f-1"], name="Koor De Linde")))
    assert [activity.id for activity in whole] == ["koor-de-linde"]
    assert whole["koor-de-linde"].formerly == ("f-1",)


def test_what_vanished_from_the_feeds_is_told_and_not_advised() -> None:
    overlay, own = one("f-2", **FEED), one("wandelen-met-buren")
    whole = wm.merge(feed(one(**FEED)), by_hand(overlay, own))
    assert codes(whole) == [("vanished", "f-2")]
    assert {activity.id: activity.status for activity in whole} == {
        "f-1": "open",
        "f-2": "paused",
        "wandelen-met-buren": "open",
    }


def test_beside_the_last_merge_what_changed_and_vanished_is_told_once() -> None:
    organiser = Organiser(id="zanghuis", name="Zanghuis")
    first = wm.merge(feed(one(**FEED), one("f-2", organiser="zanghuis", **FEED), organisers=(organiser,)), by_hand())
    second = wm.merge(feed(one(price=[{"euro": 3, "per": "time"}], **FEED)), by_hand(), first)
    assert codes(second) == [("changed", "f-1"), ("vanished", "f-2")]
    assert "price" in second.problems[0].sentence
    assert second["f-2"].status == "paused"
    assert second.organiser_of(second["f-2"]) == organiser
    assert codes(wm.merge(feed(one(price=[{"euro": 3, "per": "time"}], **FEED)), by_hand(), second)) == []


def test_a_status_that_contradicts_the_feed_is_told() -> None:
    whole = wm.merge(feed(one(status="closed", **FEED)), by_hand(one(status="open")))
    assert whole["f-1"].status == "open"
    assert codes(whole) == [("contradiction", "f-1")]


def test_fields_that_do_not_fit_together_are_those_written_by_hand() -> None:
    whole = wm.merge(feed(one(audience={"max_age": 12}, **FEED)), by_hand(one(audience={"min_age": 18})))
    assert (whole["f-1"].audience.min_age, whole["f-1"].audience.max_age) == (18, None)
    assert codes(whole) == [("contradiction", "f-1")]


def test_several_imports_at_once_and_ids_that_clash() -> None:
    whole = wm.merge([feed(one(**FEED)), by_hand(one("t-1")), feed(one(name="Ander koor"))], by_hand())
    assert [activity.id for activity in whole] == ["f-1", "t-1"]
    assert codes(whole) == [("duplicate-id", "f-1")]


def test_head_and_arrangements_are_those_by_hand_with_the_ids_of_today() -> None:
    ready = [
        {"id": "samen", "name": "Samen", "activities": ["f-1", "eigen-groep"]},
        {"id": "weg", "name": "Weg", "activities": ["f-9", "eigen-groep"]},
    ]
    head = {"municipality": "Nieuwegein", "school_holidays": "midden"}
    hand = by_hand(one("koor", formerly=["f-1"]), one("eigen-groep"), arrangements=ready, **head)
    whole = wm.merge(feed(one(**FEED)), hand)
    assert whole.municipality == "Nieuwegein"
    assert [(one.id, one.activities) for one in whole.arrangements] == [("samen", ("koor", "eigen-groep"))]
    assert codes(whole) == [("unknown-activity", "weg")]


def test_an_organiser_whom_nobody_knows_is_left_out_and_told() -> None:
    whole = wm.merge(feed(one(organiser="spook", **FEED)), by_hand())
    assert whole["f-1"].organiser is None
    assert codes(whole) == [("unknown-organiser", "f-1")]


@pytest.mark.parametrize("wrong", [None, "feed.json", [1], {"activities": []}])
def test_anything_else_is_refused(wrong: Any) -> None:
    with pytest.raises((wm.CatalogueError, TypeError)):
        wm.merge(wrong, by_hand())
    with pytest.raises(wm.CatalogueError, match="hand-written layer"):
        wm.merge(feed(), wrong)


def test_a_layer_over_an_activity_that_vanished_keeps_what_the_feed_said_last_and_is_paused() -> None:
    hand = by_hand(one(terms=[], host={"receives_newcomers": True}))
    first = wm.merge(feed(one(place={"postcode": "3431"}, **FEED)), hand)
    second = wm.merge(feed(), hand, first)
    assert (second["f-1"].status, second["f-1"].terms, second["f-1"].host.receives_newcomers) == (
        "paused",
        ("zingen",),
        True,
    )
    assert second["f-1"].place == first["f-1"].place
    assert codes(second) == [("vanished", "f-1")]
    assert codes(wm.merge(feed(), hand, second)) == []
    back = wm.merge(feed(one(**FEED)), hand, second)
    assert (back["f-1"].status, codes(back)) == ("open", [("changed", "f-1")])


def test_what_was_closed_stays_closed_when_it_vanishes() -> None:
    first = wm.merge(feed(one(status="closed", **FEED)), by_hand())
    second = wm.merge(feed(), by_hand(), first)
    assert (second["f-1"].status, codes(second)) == ("closed", [])


def test_a_field_that_does_not_fit_costs_no_other_field() -> None:
    theirs = one(access={"wheelchair": True}, audience={"max_age": 50, "only": "women"}, **FEED)
    whole = wm.merge(feed(theirs), by_hand(one(access={"toilet": False}, audience={"min_age": 55})))["f-1"]
    assert dict(whole.access) == {"wheelchair": True, "toilet": False}
    assert whole.audience.min_age == 55


def test_two_claims_on_one_activity_are_told_and_an_id_goes_before_an_old_id() -> None:
    both = [one("f-1", name="Van de feed"), one("b", formerly=["f-1"])]
    for order in (both, both[::-1]):
        whole = wm.merge(feed(one(**FEED)), by_hand(*order))
        assert whole["f-1"].source is not None
        assert whole["b"].source is None
        assert codes(whole) == [("contradiction", "b")]


def test_old_ids_stay_when_a_layer_forgets_them() -> None:
    first = wm.merge(feed(one(**FEED)), by_hand(one("koor", formerly=["f-1"])))
    second = wm.merge(feed(one(**FEED)), by_hand(), first)
    assert second["f-1"].formerly == ("koor",)
    many = one(formerly=[f"x-{n}" for n in range(40)], **FEED)
    whole = wm.merge(feed(many), by_hand(one(formerly=[f"y-{n}" for n in range(41)])))
    assert len(whole["f-1"].formerly) == 50


def test_a_day_belongs_to_the_layer_that_told_it() -> None:
    price = [{"euro": 2, "per": "time"}]
    theirs = one(
        price=price, schedule={"on_request": True}, checked_on="2026-11-20", rechecked={"price": "2026-11-21"}, **FEED
    )
    whole = wm.merge(feed(theirs), by_hand(one(price=price)))["f-1"]
    assert whole.true_on("price") is None, "the feed cannot vouch for a price that somebody wrote"
    assert str(whole.true_on("schedule")) == "2026-11-20"
    by_all = wm.merge(feed(theirs), by_hand(one(price=price, checked_on="2026-10-01")))["f-1"]
    assert str(by_all.true_on("price")) == "2026-10-01"


def test_a_last_day_by_hand_leaves_the_times_of_the_feed() -> None:
    theirs = one(
        schedule={"weekly": [{"day": "di", "start": "10:00", "end": "12:00"}]},
        place={"postcode": "1011", "country": "NL"},
        **FEED,
    )
    whole = wm.merge(feed(theirs), by_hand(one(schedule={"until": "2026-12-31"}, place={"country": "NL"})))["f-1"]
    assert whole.schedule is not None
    assert (len(whole.schedule.weekly), str(whole.schedule.until)) == (1, "2026-12-31")
    assert whole.place is not None
    assert whole.place.postcode == "1011"


IDS = tuple(f"f-{number}" for number in range(5))


def leaves(told: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    """Every field that was written, with its value."""
    if isinstance(told, dict) and told and path[-1:] != ("serves",):
        return [leaf for name, part in told.items() for leaf in leaves(part, (*path, name))]
    return [(path, told)]


def says(found: Any, written: Any) -> bool:
    """Whether everything that was written is found."""
    if isinstance(written, dict):
        return all(name in found and says(found[name], part) for name, part in written.items())
    if isinstance(written, tuple):
        return len(found) == len(written) and all(map(says, found, written))
    return bool(found == written)


class ReImports(RuleBasedStateMachine):
    """Twenty imports with any change by others, and any writing in between."""

    def __init__(self) -> None:
        super().__init__()
        self.hand: dict[str, dict[str, Any]] = {}
        self.feed: dict[str, dict[str, Any]] = {}
        self.whole = wm.merge(feed(), by_hand())

    @rule(name=st.sampled_from(IDS), told=activities("x"))
    def others_change_one(self, name: str, told: dict[str, Any]) -> None:
        self.feed[name] = {**told, "id": name, **FEED}

    @precondition(lambda self: self.feed)
    @rule(data=st.data())
    def others_drop_one(self, data: Any) -> None:
        del self.feed[data.draw(st.sampled_from(sorted(self.feed)))]

    @rule(name=st.sampled_from((*IDS, "eigen-een")), told=activities("x"), own_id=st.booleans())
    def somebody_writes(self, name: str, told: dict[str, Any], own_id: bool) -> None:
        self.hand[name] = {**told, "id": f"eigen-{name}" if own_id else name, "formerly": [name] if own_id else []}

    @rule()
    def import_again(self) -> None:
        imported = feed(*map(wm.Activity.model_validate, self.feed.values()))
        self.whole = wm.merge(imported, by_hand(*map(wm.Activity.model_validate, self.hand.values())), self.whole)
        self.check()

    def check(self) -> None:
        for written in self.hand.values():
            ours = wm.Activity.model_validate(written)
            result = self.whole[ours.id].model_dump(by_alias=True)
            for path, value in leaves(ours.model_dump(by_alias=True, exclude_unset=True)):
                if path[0] in ("id", "formerly") or value in ({}, (), ""):
                    continue
                found: Any = result
                for part in path:
                    found = found[part]
                assert says(found, value), path
        for name, told in self.feed.items():
            assert any(name in (one.id, *one.formerly) for one in self.whole), told

    @invariant()
    def ids_are_told_once(self) -> None:
        ids = [one.id for one in self.whole]
        assert len(ids) == len(set(ids))


ReImports.TestCase.settings = settings(max_examples=25, stateful_step_count=50, deadline=None)
test_no_import_wipes_what_was_written = ReImports.TestCase


def test_two_imported_activities_under_one_of_ours_are_told_and_the_first_is_kept() -> None:
    first, second = (
        one(name="Koor", **FEED),
        one("f-2", name="Zang", source={"format": "openactive", "id": "https://x.test/2"}),
    )
    whole = wm.merge(feed(first, second), by_hand(one("ons-koor", formerly=["f-1", "f-2"], terms=[], name="Ons koor")))
    assert [activity.source.id for activity in whole if activity.source] == ["https://x.test/1"]
    assert ("duplicate-id", "ons-koor") in [
        (problem.code, problem.path.partition(".")[0]) for problem in whole.problems
    ]


def test_what_we_wrote_ourselves_and_took_away_is_told_and_does_not_come_back() -> None:
    before = by_hand(one("eigen-koor"), one("f-2"))
    whole = wm.merge(feed(), by_hand(one("f-2")), before)
    assert [activity.id for activity in whole] == ["f-2"]
    assert [problem.code for problem in whole.problems if "written by hand" in problem.sentence] == ["vanished"]
