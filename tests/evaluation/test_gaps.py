"""Gaps in the offer: every number by hand, nobody's id in it, what is said to open does open, and small groups stay hidden."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from tests.strategies import people as anyone
from tests.town import AT, TUESDAY, activity, catalogue, person
from wor_match.catalogue.participants import load_people
from wor_match.cli import main
from wor_match.constraints import CONSTRAINTS
from wor_match.domain.change import Change
from wor_match.domain.terms import DIMENSIONS
from wor_match.evaluation.gapping.cells import OWN_WISH, Cell, wanted
from wor_match.evaluation.gapping.shown import shown
from wor_match.evaluation.gaps import Gap, Gaps
from wor_match.evaluation.telling.small import LEAST_TOLD
from wor_match.interop.frames import BACKENDS

NAME = "kanarie7391"  # what every id begins with, and nothing else
EXAMPLE = wm.Matcher(wm.load_catalogue("nieuwegein"))
DEAR = [{"euro": 10, "per": "time"}]
TOWN = wm.Matcher(
    catalogue(
        activity("koor", serves={"participation": 3}),
        activity("duur", serves={"participation": 2}, price=DEAR),
        activity("trap", serves={"participation": 3}, access={"few_steps": False}),
        activity("dure-trap", serves={"participation": 3}, access={"few_steps": False}, price=DEAR),
        activity("beetje", serves={"participation": 1}),
        activity("zin", serves={"meaningfulness": 3}),
    )
)
HERE = {"place": {"postcode": "3431 AB"}}
STEPS = {**HERE, "focus": ["meedoen"], "access": ["few_steps"]}
EIGHT = [
    person(id="p1", **STEPS, budget="free"),  # koor fits; without the price also duur, without the steps also trap
    person(id="p2", **STEPS, budget="any"),  # koor and duur fit
    person(id="p3", **STEPS, budget="free", unwanted=["koor"]),  # nothing fits; koor is no lack of offer
    person(id="p4", **STEPS, budget="any", unwanted=["duur"]),  # koor fits; without the steps also trap and dure-trap
    person(id="p5", budget="free", spider_web={"scores": {"meedoen": 3, "zin": 8}}),  # koor and trap fit
    person(id="p6"),  # everything fits
    person(id="p7", **HERE, budget="free", focus=["zin", "meedoen"]),  # zin fits; koor and trap fit
    person(id="p8", **HERE, focus=["zin"], circumstances={"safety": "first"}),
]


def numbered(told: list[wm.Participant]) -> list[wm.Participant]:
    return [one.replace(id=f"{NAME}-{number}") for number, one in enumerate(told)]


groups = st.lists(anyone(), max_size=6).map(numbered)


@st.composite
def crowds(draw: Any) -> list[wm.Participant]:
    """Some twenty to sixty people in a few areas, who differ in what they can pay, go and manage."""
    places, budgets = st.sampled_from(["3431", "3432"]), st.sampled_from(["free", "any"])
    who = st.builds(
        lambda place, focus, access, budget, unwanted: person(
            place={"postcode": place}, focus=focus, access=access, budget=budget, unwanted=unwanted
        ),
        places,
        st.sampled_from([["meedoen"], ["meedoen"], ["zin", "meedoen"]]),
        st.sampled_from([[], [], ["few_steps"], ["few_steps", "toilet"]]),
        budgets,
        st.sampled_from([[], ["koor"]]),
    )
    return numbered(draw(st.lists(who, min_size=20, max_size=60)))


# A case by hand.


def test_every_number_can_be_redone_in_the_head() -> None:
    found = wm.gaps(TOWN, EIGHT, at=AT)
    assert found.rows == (
        Gap("3431", "participation", "few_steps", 4, 3, 1, "not_accessible", 3, ("trap", "dure-trap")),
        Gap("3431", "meaningfulness", None, 1, 1, 1, None, 0, ()),
        Gap(None, None, None, 1, 0, 6, None, 0, ()),
        Gap(None, "participation", None, 1, 0, 2, None, 0, ()),
        Gap("3431", "participation", None, 1, 0, 2, None, 0, ()),
    )
    assert (found.people, found.short, found.safety_first, found.hidden) == (7, 4, 1, 0)
    assert (found.on, found.shared) == (AT, False)


def test_of_rules_that_help_equally_the_one_with_most_activities_counts_then_the_name() -> None:
    cell = Cell(np.array([2, 2, 1]), np.array([[2, 0, 0], [2, 0, 1], [1, 1, 1]]))
    assert cell.best(["a", "b", "c"]) == 1
    cell.opened[1, 2] = 0
    assert [cell.best(names) for names in (["a", "b", "c"], ["b", "a", "c"])] == [0, 1]
    assert Cell(np.zeros(2, dtype=int), np.zeros((2, 3), dtype=int)).best(["a", "b"]) is None


def test_the_area_is_a_dutch_postcode_or_unknown() -> None:
    places = [{"postcode": "3431AB"}, {"postcode": "3431", "latitude": 52.0, "longitude": 5.0},
              {"latitude": 52.0, "longitude": 5.0}, {"postcode": "1000", "country": "BE"}, None]  # fmt: skip
    found = wm.gaps(TOWN, [person(id=f"q{n}", place=place) for n, place in enumerate(places)], at=AT)
    assert {row.area: row.people for row in found.rows} == {"3431": 2, None: 3}


def test_what_they_leave_alone_is_no_gap_and_the_focus_goes_before_the_web() -> None:
    web = {"scores": {"meedoen": 2, "zin": 2, "mentaal": 9, "dagelijks": 9}}
    told = [person(id="a", spider_web=web, left_alone=["zin"]), person(id="b", spider_web=web, focus=["mentaal"])]
    assert [{row.dimension for row in wm.gaps(TOWN, [one], at=AT).rows} for one in told] == [
        {"participation"},
        {"mental_wellbeing"},
    ]


def test_wishes_are_rules_there_are() -> None:
    assert set(OWN_WISH) < {rule.name for rule in CONSTRAINTS}
    told = [person(id=f"w{n}", unwanted=["koor"], current=["duur"], tried={"trap": "not_suited"}) for n in range(2)]
    town = wm.Matcher(
        catalogue(
            *(activity(name, serves={"participation": 3}) for name in ("koor", "duur", "trap")),
            activity("geld", terms=["geldzaken"]),
        )
    )
    (row,) = wm.gaps(town, told, at=AT).rows
    assert (row.short, row.opens, row.helped, row.activities) == (2, None, 0, ())


# What holds for anybody.


@given(groups, st.randoms(use_true_random=False))
def test_the_order_of_people_means_nothing_and_twice_is_once(told: list[wm.Participant], dice: Any) -> None:
    again = [*told, *told[:2]]
    dice.shuffle(again)
    for shareable in (False, True):
        assert wm.gaps(EXAMPLE, told, at=AT, shareable=shareable) == wm.gaps(
            EXAMPLE, iter(again), at=AT, shareable=shareable
        )


@given(groups)
def test_counts_are_bounded_and_rows_sorted(told: list[wm.Participant]) -> None:
    found = wm.gaps(EXAMPLE, told, at=AT)
    assert (found.people, found.safety_first, found.hidden) == (len(told), 0, 0)
    for row in found.rows:
        assert 1 <= row.people <= len(told)
        assert row.short is not None
        assert row.helped is not None
        assert 0 <= row.helped <= row.short <= row.people
        assert (row.opens is None) == (row.helped == 0) == (row.activities == ())
        assert row.opens not in OWN_WISH
        assert len(row.activities) <= 3
        assert (row.fitting < 2) == (row.short > (row.people - 1) // 2)
    assert [(-(row.short or 0), -row.people) for row in found.rows] == sorted(
        (-(row.short or 0), -row.people) for row in found.rows
    )


@given(anyone())
def test_what_fits_is_what_the_advice_finds_and_what_opens_does_open(one: wm.Participant) -> None:
    advice = EXAMPLE.recommend(one, at=AT)
    possible = {some.activity.id for some in (*advice, *advice.others)}
    for row in wm.gaps(EXAMPLE, [one], at=AT).rows:
        serving = {
            some.id
            for at, some in enumerate(EXAMPLE.columns.activities)
            if row.dimension is None or EXAMPLE.columns.serves[at, DIMENSIONS.index(row.dimension)] >= 2
        }
        assert row.fitting == len(possible & serving)
        assert row.short == (row.fitting < 2)
        for name in row.activities:
            (broken,) = advice.why_not(name)
            assert broken.constraint == row.opens
            assert name in serving
            if isinstance(broken.change, Change):
                assert EXAMPLE.recommend(broken.change.apply(one), at=AT).why_not(name) == ()


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("too_far", {"place": {"postcode": "3512"}, "travel": {"modes": ["walk"], "max_minutes": 10}}),
        ("no_free_time", {"free": ["wo 09:00-12:00"]}),
    ],
)
def test_lifting_the_named_rule_opens_the_named_activity(rule: str, told: dict[str, Any]) -> None:
    town = wm.Matcher(catalogue(activity("ver", place={"postcode": "3431"}, schedule=TUESDAY)))
    one = person(**told)
    (row,) = wm.gaps(town, [one], at=AT).rows
    assert (row.short, row.opens, row.helped, row.activities) == (1, rule, 1, ("ver",))
    (broken,) = town.recommend(one, at=AT).why_not("ver")
    assert isinstance(broken.change, Change)
    (after,) = wm.gaps(town, [broken.change.apply(one)], at=AT).rows
    assert (after.fitting, after.opens) == (1, None)


@given(st.lists(anyone(), min_size=1, max_size=4).map(numbered))
def test_who_needs_safety_first_stands_in_no_cell(told: list[wm.Participant]) -> None:
    unsafe = [one.replace(circumstances={**one.circumstances, "safety": "first"}) for one in told]
    found = wm.gaps(EXAMPLE, unsafe, at=AT)
    assert (found.rows, found.people, found.short, found.safety_first) == ((), 0, 0, len(told))


@given(groups, st.booleans())
def test_nobody_s_id_is_in_any_output(told: list[wm.Participant], shareable: bool) -> None:
    found = wm.gaps(EXAMPLE, told, at=AT, shareable=shareable)
    faces = [repr(found), repr(found.rows), str(found.frame()), found.to_json(), found.to_markdown("en")]
    assert not any(NAME in face for face in faces)
    assert not re.search(r"[a-z]+_[a-z]+|34\d\d", repr(found) + re.sub(r"\w+=", "", repr(found.rows)))


# Small groups.


def test_from_what_is_shown_of_a_row_no_small_count_follows() -> None:
    """Whoever knows the rule turns it around: every count that gives the same row is possible, and none is alone."""
    for people in range(LEAST_TOLD, 45):
        behind: dict[Any, list[tuple[int, int]]] = defaultdict(list)
        for short in range(people + 1):
            most_short = short > (people - 1) // 2  # what the median tells
            for helped in range(short + 1):
                behind[(*shown(people, short, helped), most_short)].append((short, helped))
        for row, possible in behind.items():
            for worked_out in (
                {short for short, _ in possible},
                {people - short for short, _ in possible},
                {helped for _, helped in possible},
                {short - helped for short, helped in possible},
                {people - helped for _, helped in possible},
            ):
                (alone,) = worked_out if len(worked_out) == 1 else (0,)
                assert alone == 0 or alone >= LEAST_TOLD, (people, row)


@given(crowds())
def test_who_subtracts_what_is_shown_finds_no_count_below_ten(told: list[wm.Participant]) -> None:
    everything, found = (wm.gaps(TOWN, told, at=AT, shareable=shareable) for shareable in (False, True))
    seen = json.loads(found.to_json())
    assert {seen[name] for name in ("people", "short", "safety_first")} == {None}, "no totals to subtract from"
    for row in found.rows:
        numbers = [n for n in (row.people, row.short, row.helped, 0) if n is not None]
        assert all(n == 0 or n >= LEAST_TOLD for n in (one - other for one, other in combinations(numbers, 2)))
        (true,) = (one for one in everything.rows if cell_of(one) == cell_of(row))
        assert row.people == true.people
        assert row.short in (None, true.short)
        assert row.helped in (None, true.helped)
        assert row.opens is None or (row.opens == true.opens and (true.helped or 0) >= LEAST_TOLD)
        assert all(opened_for(told, row, name) >= LEAST_TOLD for name in row.activities)
    kept = {cell_of(row) for row in found.rows}
    assert kept == {cell_of(row) for row in everything.rows if row.people >= LEAST_TOLD}
    assert found.hidden == len(everything.rows) - len(kept)
    shown_only = sorted(found.rows, key=lambda row: (-(9 if row.short is None else row.short), -row.people))
    assert list(found.rows) == shown_only, "the order tells no more than the numbers"
    page = re.sub(r"^(Zo was het op )[\w ]+(?=\.)", "", found.to_markdown(), flags=re.MULTILINE)
    free = {
        str(found.hidden),
        *(str(n) for row in found.rows for n in (row.area, row.people, row.short, row.helped, row.fitting)),
    }
    assert set(re.findall(r"\d+", page)) <= free


def cell_of(row: Gap) -> tuple[str | None, str | None, str | None]:
    return row.area, row.dimension, row.need


def opened_for(told: list[wm.Participant], row: Gap, name: str) -> int:
    """For how many people of a cell this activity breaks the rule of the row and no other."""
    inside = [one for one in told if cell_of(row) in map(cell_of, wm.gaps(TOWN, [one], at=AT).rows)]
    broken = [[rule.constraint for rule in TOWN.recommend(one, at=AT).why_not(name)] for one in inside]
    return broken.count([row.opens])


def many(n: int, **told: Any) -> list[wm.Participant]:
    return [person(id=f"{NAME}-{told}-{i}".replace(" ", "")[:128], **HERE, focus=["meedoen"], **told) for i in range(n)]


def test_a_shareable_report_says_it_in_words() -> None:
    crowd = [*many(12, budget="free", unwanted=["trap"]), *many(20, budget="any"), *many(3, access=["toilet"])]
    found = wm.gaps(TOWN, crowd, at=AT, shareable=True)
    assert found.rows == (Gap("3431", "participation", None, 32, 12, 4, "too_expensive", 12, ("dure-trap", "duur")),)
    assert found.hidden == 1
    assert repr(found) == "Gaps(1 cells, 1 hidden)"
    assert repr(found.rows[0]) == "Gap(people=32, short=12, fitting=4, helped=12)"
    few = wm.gaps(TOWN, [*many(4, budget="free", unwanted=["trap"]), *many(20, budget="any")], at=AT, shareable=True)
    assert few.rows == (Gap("3431", "participation", None, 24, None, 4, None, None, ()),)
    assert "Voor een deel van de 24 passen minder dan twee activiteiten." in few.to_markdown()
    most = wm.gaps(TOWN, [*many(20, budget="free", unwanted=["trap"]), *many(4, budget="any")], at=AT, shareable=True)
    assert most.rows == (Gap("3431", "participation", None, 24, None, 1, "too_expensive", None, ("dure-trap", "duur")),)
    assert "Met een lagere prijs past er meer voor velen van hen." in most.to_markdown()


def test_an_activity_that_opens_for_few_is_not_listed_and_a_hidden_count_stands_before_none() -> None:
    few_for_trap = [
        *many(4, budget="free", unwanted=["trap"]),
        *many(16, budget="free", unwanted=["trap", "dure-trap"]),
        *[one.replace(id=f"{one.id}-a", place={"postcode": "3432"}) for one in many(30, budget="any")],
        *[one.replace(id=f"{one.id}-b", place={"postcode": "3434"}) for one in many(11, budget="any")],
        *[
            one.replace(id=f"{one.id}-c", place={"postcode": "3434"})
            for one in many(1, budget="free", unwanted=["trap"])
        ],
    ]
    found = wm.gaps(TOWN, few_for_trap, at=AT, shareable=True)
    assert found.rows == (
        Gap("3431", "participation", None, 20, 20, 1, "too_expensive", 20, ("duur",)),
        Gap("3434", "participation", None, 12, None, 4, None, None, ()),
        Gap("3432", "participation", None, 30, 0, 4, None, 0, ()),
    )


# Faces.


def test_the_report_in_dutch_and_english() -> None:
    page = wm.gaps(TOWN, EIGHT, at=AT).to_markdown()
    assert page.splitlines()[2].startswith(
        "Op maandag 23 november 2026 zijn 7 mensen geteld. Voor 4 van hen passen minder dan twee activiteiten."
    )
    assert "Aantal mensen bij wie veiligheid voorgaat: 1. Zij tellen niet mee." in page
    assert "| 3431 | Meedoen | Zonder treden | 4 | 3 | 1 | De plek zelf | 3 |" in page
    assert "| 3431 | Zingeving | geen | 1 | 1 | 1 |  |  |" in page
    assert page.count("\n| 3431 ") == 2, "where enough fits, there is no gap to show"
    assert (
        "- In 3431 willen mensen meer mensen zien. Zij hebben een ingang zonder treden nodig. "
        "Voor 3 van de 4 passen minder dan twee activiteiten. "
        "Op een toegankelijke plek past er meer voor 3 van hen. Denk aan Verzonnen en Verzonnen."
    ) in page
    assert "Eén verandering helpt hier niet. Hier is nieuw aanbod nodig." in page
    english = wm.gaps(TOWN, EIGHT[:1], at=AT).to_markdown("en")
    assert "On Monday 23 November 2026 one person was counted. For 1 of them fewer than two activities fit." in english
    assert "At an accessible place more fits for 1 of them. Think of Verzonnen." in english
    with pytest.raises(wm.WorMatchError, match="there are: en, nl, nl-je"):
        wm.gaps(TOWN, [], at=AT).to_markdown("fr")


def test_who_named_nothing_looks_for_something_to_do() -> None:
    nothing = wm.Matcher(catalogue(activity(name="Dicht_op_slot", status="closed")))
    page = wm.gaps(nothing, [person(), person(id="p2", focus=["zin"])], at=AT).to_markdown()
    assert "Mensen zonder bekende postcode zoeken iets om te doen." in page
    assert "Mensen zonder bekende postcode willen iets doen dat ertoe doet." in page
    assert "Denk aan Dicht\\_op\\_slot." in page


def test_json_holds_what_the_rows_hold() -> None:
    found = wm.gaps(TOWN, EIGHT, at=AT)
    told = json.loads(found.to_json())
    assert told["on"] == "2026-11-23"
    assert [Gap(**{**row, "activities": tuple(row["activities"])}) for row in told["rows"]] == list(found.rows)
    assert {name: told[name] for name in ("people", "short", "safety_first", "hidden", "shared")} == {
        "people": 7, "short": 4, "safety_first": 1, "hidden": 0, "shared": False,
    }  # fmt: skip


@pytest.mark.parametrize("backend", [None, *BACKENDS])
@pytest.mark.parametrize("shareable", [False, True])
def test_a_frame_has_a_row_for_each_cell(backend: Any, shareable: bool) -> None:
    import narwhals.stable.v2 as nw

    some, none = (
        wm.gaps(TOWN, told, at=AT, shareable=shareable)
        for told in (EIGHT + many(12) + many(4, budget="free", unwanted=["trap"]), [])
    )
    assert shareable == any(row.short is None for row in some.rows)
    if backend is None:
        assert [list(row.values())[:6] for row in some.frame()] == [
            [*cell_of(row), row.people, row.short, row.fitting] for row in some.rows
        ]
        assert [row["activity_1"] for row in some.frame()] == [(*row.activities, None)[0] for row in some.rows]
        return
    pytest.importorskip(backend)
    full, empty = nw.from_native(some.frame(backend)), nw.from_native(none.frame(backend))
    assert full["people"].to_list() == [row.people for row in some.rows]
    assert full.schema == empty.schema


def test_nobody_gives_an_empty_report() -> None:
    for shareable in (False, True):
        found = wm.gaps(TOWN, [], at=AT, shareable=shareable)
        assert (found.rows, found.hidden) == ((), 0)
        assert found.to_markdown().count("\n") == 3
    assert (
        wm.gaps(TOWN, (), at=AT).to_markdown().splitlines()[2] == "Op maandag 23 november 2026 is nog niemand geteld."
    )
    assert wm.gaps(TOWN, [person(budget="any")], at=AT).to_markdown().splitlines()[2].startswith(
        "Op maandag 23 november 2026 is één mens geteld. Voor iedereen passen twee activiteiten of meer."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ([person(), "p2"], "is no Participant"),
        ([{"id": "p1"}], "is no Participant"),
        (person(), "needs a list of Participants"),
        (None, "needs a list of Participants"),
        ("p1", "is no Participant"),
        ([person(), person(age=67)], "participant p1 is told in two ways"),
    ],
)
def test_who_is_no_participant_is_refused(told: Any, sentence: str) -> None:
    with pytest.raises(wm.WorMatchError, match=sentence) as refused:
        wm.gaps(TOWN, told, at=AT)
    assert "67" not in str(refused.value)


def test_a_matcher_and_a_day_are_needed_also_for_nobody() -> None:
    with pytest.raises(wm.WorMatchError, match="needs a Matcher"):
        wm.gaps(wm.load_catalogue("nieuwegein"), [], at=AT)  # because a host may give anything
    with pytest.raises(wm.WorMatchError, match="without a time zone"):
        wm.gaps(TOWN, [], at=datetime(2026, 11, 23, 9))  # noqa: DTZ001 — that is the fault
    moment = wm.gaps(TOWN, EIGHT, at=datetime.fromisoformat("2026-11-23T09:00+01:00"))
    assert (moment.on, type(moment.on), type(moment)) == (AT, date, Gaps)


# The command and its file.


def people_file(folder: Path, *lines: str) -> Path:
    path = folder / "people.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def command(people: Path, *more: str) -> int:
    return main(["gaps", "--catalogue", "nieuwegein", "--people", str(people), "--at", "2026-11-23", *more])


def test_the_command_prints_the_report_or_plain_values(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [json.dumps({"id": f"{NAME}-{n}", "focus": ["meedoen"], "place": {"postcode": "3431"}}) for n in range(11)]
    path = people_file(tmp_path, *lines, "")
    assert [one.id for one in load_people(path)] == [f"{NAME}-{n}" for n in range(11)]
    for more, due in (((), "11 mensen geteld"), (("--language", "en"), "11 people were counted")):
        assert command(path, *more) == 0
        told = capsys.readouterr().out
        assert due in told
        assert NAME not in told
    assert command(path, "--shareable", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["people"], told["rows"][0]["people"], told["shared"]) == (None, 11, True)
    assert command(path, "--language", "fr") == command(tmp_path / "weg.jsonl") == 2
    assert "is not there" in capsys.readouterr().err


def test_every_fault_of_the_people_is_told_at_its_line_and_never_by_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = people_file(
        tmp_path,
        '{"id": "p1", "likes": ["zingen"]}',
        '{"id": "p2", "likes": ["kanarie"], "age": "kanarie"}',
        '{"id": "p3", "age": 3, "age": 4}',
        "id: p4",
        "[1]",
        '{"id": "p5", "age": NaN}',
        '{"id": "p1"}',
        "[" * 100_000,
        '{"likes": ["zingen"]}',
        '{"id": "p6", "sterrenbeeld": "kanarie"}',
    )
    assert command(path) == 2
    told = capsys.readouterr().err
    assert "kanarie" not in told
    assert re.findall(r"people\.jsonl:(\d+):1: ([a-z0-9-]+)", told) == [
        ("2", "unknown-word"), ("2", "no-number"), ("3", "duplicate-key"), ("4", "no-json"), ("5", "no-json"),
        ("6", "no-json"), ("7", "told-twice"), ("8", "no-json"), ("9", "missing"), ("10", "unknown-field"),
    ]  # fmt: skip


def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_bytes(b'{"id": "p1"}\n{"id": "\xe9"}\n')
    with pytest.raises(wm.ParticipantError, match=r"p\.jsonl:2:1: no-utf8"):
        load_people(path)
    path.write_bytes(b"\n" * 100_001)
    with pytest.raises(wm.ParticipantError, match="100000 lines; split it"):
        load_people(path)
    path.write_bytes(b"\n" * 100_000)
    assert load_people(path) == []
    with path.open("wb") as opened:
        opened.truncate(50_000_001)
    with pytest.raises(wm.ParticipantError, match="more than 50000000 bytes"):
        load_people(path)
    for nowhere in (tmp_path, tmp_path / "weg", "\0"):
        with pytest.raises(wm.ParticipantError):
            load_people(nowhere)


def test_without_a_focus_the_four_domains_stand_there_and_then_what_is_low() -> None:
    low = {"scores": dict.fromkeys(["lichaam", "mentaal", "zin", "kwaliteit", "meedoen"], 8) | {"dagelijks": 3}}
    web = {"spider_web": {**low, "instrument": "marks"}}
    domains = {"four_d": {"priorities": {"social": 2}}}
    asked = [({**web, **domains}, ["participation"]), (web, ["daily_functioning"]), ({}, [None])]
    asked += [
        ({**web, "left_alone": ["daily_functioning"]}, [None]),
        ({**web, **domains, "focus": ["zin"]}, ["meaningfulness"]),
    ]
    for told, due in asked:
        assert list(wanted(wm.Participant.model_validate({"id": "p1", **told}))) == due
