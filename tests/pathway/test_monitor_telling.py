"""What the monitor tells shows no count of one to nine: an attacker subtracts whatever can be subtracted."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import combinations

import numpy as np
import pytest

from tests.pathway.told import after, told, until_choice, yes
from wor_match.domain.event import Event
from wor_match.evaluation.groups.groupings import THE_REST
from wor_match.pathway import Monitor, Row, invented, load_profile, monitor
from wor_match.pathway.monitoring.indicators import PARTS
from wor_match.pathway.monitoring.slices import Nested
from wor_match.pathway.monitoring.telling import Beside, Figure, Tells, much_of_parts, much_of_slices, shows_few

AMSTELLAND, MVS, NATIONAL = (load_profile(name) for name in ("amstelland", "schiedam-mvs", "national"))
YEAR_END = date(2026, 12, 31)
CASES = [
    (profile, people, seed) for profile in (AMSTELLAND, MVS) for people, seed in ((25, 1), (70, 2), (180, 3), (400, 4))
]


def few(count: float) -> bool:
    """Whether a count is one to nine."""
    return 0 < count < 10


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0].id}-{case[1]}")
def found(request: pytest.FixtureRequest) -> Monitor:
    profile, people, seed = request.param
    return monitor(invented(profile, people=people, seed=seed), YEAR_END, profile)


def exact(found: Monitor) -> list[Row]:
    """The rows that are told exactly."""
    return [row for row in found.rows if row.count is not None]


def test_no_row_shows_one_to_nine_people(found: Monitor) -> None:
    for row in found.rows:
        assert row.n is None or row.n >= 10
        if row.count is not None and row.n is not None:
            assert not few(row.count)
            assert not few(row.n - row.count)
        if row.n is None:
            assert (row.count, row.share, row.low, row.high, row.met) == (None,) * 5
            assert row.reason in ("few", "small_part", "")
        if row.reason == "in_tens":
            assert row.n is not None
            assert row.n % 10 == 0


def test_all_less_some_slices_leaves_nobody_or_ten(found: Monitor) -> None:
    wholes = {row.indicator: row for row in exact(found) if row.by == "all" and not row.part}
    slices: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in exact(found):
        if row.by != "all":
            slices[row.indicator, row.by].append(row)
    for (indicator, _), rows in slices.items():
        whole = wholes[indicator]  # slices are exact only when the whole is
        for size in (1, 2, len(rows) - 1, len(rows)):
            for some in combinations(rows, size):
                n, yes = whole.n - sum(row.n for row in some), whole.count - sum(row.count for row in some)  # type: ignore[operator, misc]  # all are told
                assert not few(n)
                assert not few(yes)
                assert not few(n - yes)


def test_the_whole_less_its_parts_leaves_nobody_or_ten(found: Monitor) -> None:
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in exact(found):
        if row.part and row.indicator in PARTS:
            parts[row.indicator].append(row)
    for rows in parts.values():
        for size in range(1, len(rows) + 1):
            assert not any(few(rows[0].n - sum(row.count for row in some)) for some in combinations(rows, size))  # type: ignore[operator, misc]  # all are told


def test_one_figure_less_another_of_the_same_people_leaves_nobody_or_ten(found: Monitor) -> None:
    """A count and the number that the next figure rests on, such as talks and talks with a focus."""
    chains = [("referrals", "count", "registered", "n"), ("referrals", "count", "contact_in_time", "n"),
              ("intake", "count", "focus_chosen", "n"), ("choice", "count", "nothing_chosen", "n"),
              ("contact_in_time", "n", "intake", "n"), ("started", "count", "still_at_4_weeks", "n"),
              ("started", "count", "still_at_12_weeks", "n"), ("from_the_advice", "n", "outside_the_offer", "n")]  # fmt: skip
    told_of = {(row.indicator, row.by, row.slice): row for row in exact(found) if not row.part}
    for one, first, other, second in chains:
        for (indicator, *where), row in told_of.items():
            beside = told_of.get((other, where[0], where[1]))
            if indicator == one and beside is not None:
                assert not few(abs(getattr(row, first) - getattr(beside, second))), (one, other, where)


def test_a_municipality_by_itself_shows_no_more_than_beside_the_others() -> None:
    events = invented(AMSTELLAND, people=300, seed=4)
    whole = monitor(events, YEAR_END, AMSTELLAND)
    names = [one.name for one in AMSTELLAND.municipalities]
    alone = {name: monitor(events, YEAR_END, AMSTELLAND, municipality=name) for name in names}
    both = {(row.slice, row.indicator): row for row in whole.rows if row.by == "municipality"}
    for name, found in alone.items():
        for row in found.rows:
            if row.by == "all" and not row.part and (name, row.indicator) in both:
                beside = both[name, row.indicator]
                assert (row.n, row.count, row.share) == (beside.n, beside.count, beside.share)
            elif row.n is not None:
                assert row.count is None


def test_a_small_municipality_is_told_with_the_rest_and_not_by_itself() -> None:
    def events(name: str, n: int, practice: str) -> list[Event]:
        return [event for number in range(n) for event in
                [told("referred", f"{name}{number}", 0, municipality=name, practice=practice)]]  # fmt: skip

    told_of = [*events("Amstelveen", 30, "a"), *events("Aalsmeer", 12, "b"), *events("Ouderkerk", 4, "c")]
    found = monitor(told_of, after(100), AMSTELLAND)
    slices = {row.slice: row.n for row in found.rows if row.by == "municipality" and row.indicator == "referrals"}
    assert slices == {"Amstelveen": 30, THE_REST: 16}
    for name in ("Ouderkerk", "Aalsmeer"):
        small = monitor(told_of, after(100), AMSTELLAND, municipality=name)
        assert {row.n for row in small.rows} == {None}


def test_a_municipality_written_in_two_ways_is_one_beside_the_others_as_by_itself() -> None:
    """Twenty of `Utrecht` beside the others and twenty-five of either spelling alone would show the five."""
    told_of = [told("referred", f"{place}{number}", 0, municipality=place)
               for place, n in (("Utrecht", 20), ("utrecht", 5), ("Zeist", 15)) for number in range(n)]  # fmt: skip
    for name in ("utrecht", "Utrecht", " UTRECHT"):
        alone = monitor(told_of, after(100), NATIONAL, municipality=name)
        assert (alone.municipality, next(row.n for row in alone.rows if row.n)) == ("Utrecht", 25)
    rows = [row for row in monitor(told_of, after(100), NATIONAL).rows if row.by == "municipality"]
    assert {row.slice: row.n for row in rows if row.indicator == "referrals"} == {"Utrecht": 25, "Zeist": 15}


@pytest.mark.parametrize("kept", ["unknown", THE_REST])
def test_a_municipality_called_as_what_is_kept_for_others_is_not_told_by_itself(kept: str) -> None:
    """Twelve who wrote it, and three who wrote nothing, are fifteen unknown."""
    told_of = [told("referred", f"p{number}", 0, municipality=kept if number < 12 else None) for number in range(15)]
    told_of += [told("referred", f"q{number}", 0, municipality="Zeist") for number in range(15)]
    assert {row.n for row in monitor(told_of, after(100), NATIONAL, municipality=kept).rows} == {None}


def test_a_practice_and_its_municipality_do_not_show_a_small_practice() -> None:
    """Amstelveen less its large practice would leave the four people of the small one."""
    told_of = [told("referred", f"{practice}{number}", 0, municipality=place, practice=practice)
               for place, practice, n in (("Amstelveen", "a", 30), ("Amstelveen", "b", 4), ("Aalsmeer", "c", 30),
                                          ("Aalsmeer", "d", 8)) for number in range(n)]  # fmt: skip
    rows = [row for row in monitor(told_of, after(100), AMSTELLAND).rows if row.indicator == "referrals"]
    exactly = {row.slice: row.count for row in rows if row.by != "all" and row.count is not None}
    assert exactly == {"2026-Q4": 72, "Amstelveen": 34, "Aalsmeer": 38}
    assert {row.slice: row.n for row in rows if row.by == "practice"} == {"a": 30, "c": 30, THE_REST: 10}


def test_one_figure_of_a_municipality_less_another_of_its_practice_does_not_show_a_few() -> None:
    """Aalsmeer has 23 referrals, and the twenty of its practice a all had their talk: three had none, or are of s."""

    def talked(person: str, place: str, practice: str) -> list[Event]:
        fields = {"municipality": place, "practice": practice}
        return [told("referred", person, 0, **fields), told("contacted", person, 3), told("intake", person, 8)]

    def refused(person: str, place: str, practice: str) -> list[Event]:
        fields = {"municipality": place, "practice": practice}
        return [told("referred", person, 0, **fields), yes("handover", person, given=False)]

    lots = [(talked, "Aalsmeer", "a", 20), (refused, "Aalsmeer", "s", 3), (talked, "Amstelveen", "t", 9),
            (talked, "Amstelveen", "u", 8), (talked, "Amstelveen", "b", 30), (refused, "Amstelveen", "b", 10)]  # fmt: skip
    events = [event for course, place, practice, n in lots for number in range(n)
              for event in course(f"{course.__name__}-{practice}{number}", place, practice)]  # fmt: skip
    rows = exact(monitor(events, after(60), AMSTELLAND))
    here = {row.indicator: row.count for row in rows if row.slice == "Aalsmeer"}
    assert here["referrals"] == 23
    assert not [row for row in rows if row.slice == "a" and few(here["referrals"] - (row.n or 0))]


def test_who_is_left_without_the_slices_inside() -> None:
    rows = np.arange(40)
    place = {"a": rows < 25, "b": rows >= 25}
    practice = {"x": rows < 20, "y": (rows >= 20) & (rows < 30), "z": rows >= 30}
    around, everybody = Nested(place, practice), rows >= 0
    assert not Nested(practice, place).count
    assert around.shows_few(everybody, everybody), "five of a are not of x"
    assert not around.shows_few((rows >= 2) & ((rows < 25) | (rows >= 30)), everybody), "neither lies in the other"
    assert not around.shows_few((rows < 20) | (rows >= 30), everybody), "nobody is left"
    assert around.shows_few((rows < 17) | (rows >= 30), everybody), "three of x, the other way round"


def test_a_set_inside_another_with_a_few_more_is_told_in_tens() -> None:
    rows = np.arange(60)
    first, second = Figure(rows < 50, rows < 30), Figure(rows < 47, rows < 30)
    beside = Beside()
    assert beside.allows(first)
    beside.add(first)
    assert not beside.allows(second)
    assert not shows_few(rows < 50, (rows >= 3) & (rows < 58)), "neither lies in the other"
    coarse = second.told(Tells.IN_TENS)
    assert (coarse.n, coarse.count, coarse.share, coarse.reason) == (40, None, 0.65, "in_tens")
    assert second.told(Tells.EXACTLY).count == 30


def test_the_talks_are_told_in_tens_when_a_few_of_them_told_no_focus() -> None:
    events = [event for number in range(40) for event in until_choice(f"p{number}")]
    events += [told("referred", f"q{number}", 0) for number in range(4)]
    events += [told("intake", f"q{number}", 9) for number in range(4)]
    rows = {
        row.indicator: row for row in monitor(events, after(100), AMSTELLAND).rows if row.by == "all" and not row.part
    }
    assert (rows["intake"].n, rows["focus_chosen"].n, rows["focus_chosen"].reason) == (44, 40, "in_tens")


def test_slices_are_told_in_tens_when_one_of_them_cannot_be_told() -> None:
    """The first slice has 20 yes of 40, the second 4 of 30: the whole less the first would show the four."""
    rows = np.arange(70)
    figure = Figure(rows >= 0, (rows < 20) | (rows >= 66))
    slices = [rows < 40, rows >= 40]
    assert much_of_slices(figure, Tells.EXACTLY, slices, [Beside(), Beside()]) == [Tells.IN_TENS, Tells.NOTHING]
    fair = Figure(rows >= 0, (rows < 20) | (rows >= 56))
    assert much_of_slices(fair, Tells.EXACTLY, slices, [Beside(), Beside()]) == [Tells.EXACTLY] * 2
    assert much_of_slices(fair, Tells.IN_TENS, slices, [Beside(), Beside()]) == [Tells.IN_TENS] * 2


def test_parts_are_told_in_tens_when_a_few_people_stand_in_no_told_part() -> None:
    """Of 50 people 25 and 21 gave two reasons that are told; whoever knows that each gave one would find the four."""
    rows = np.arange(50)
    everybody = rows >= 0
    parts = {"sleep": Figure(everybody, rows < 25), "grief": Figure(everybody, (rows >= 25) & (rows < 46)),
             "money": Figure(everybody, rows >= 46)}  # fmt: skip
    assert list(much_of_parts(parts, Beside(), Tells.EXACTLY).values()) == [Tells.IN_TENS, Tells.IN_TENS, Tells.NOTHING]
    two = {"sleep": parts["sleep"], "grief": Figure(everybody, rows >= 25)}
    assert list(much_of_parts(two, Beside(), Tells.EXACTLY).values()) == [Tells.EXACTLY] * 2


def test_a_target_shows_no_more_of_a_number_than_its_tens() -> None:
    """Beside 22 people of one quarter, nineteen that meet a target of nineteen would show three."""
    told_of = [told("referred", f"{place}{number}", day, municipality=place)
               for place, day, n in (("A", 0, 19), ("B", 0, 3), ("B", 90, 20)) for number in range(n)]  # fmt: skip
    found = {}
    for agreed in (10, 19, 30):
        target = {"indicator": "referrals", "municipality": "A", "a_quarter": agreed}
        alone = monitor(told_of, date(2027, 3, 31), NATIONAL.replace(targets=[target]), municipality="A")
        (row,) = (row for row in alone.rows if (row.indicator, row.by) == ("referrals", "quarter"))
        assert (row.n, row.reason) == (10, "in_tens")
        found[agreed] = row.met
    assert found == {10: True, 19: None, 30: False}
