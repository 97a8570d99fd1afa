"""Times, prices and days in one line: what people write is read, what is written is read back, nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from tests.strategies import schedules
from wor_match.domain.money import Price
from wor_match.domain.rhythm import WEEKDAYS
from wor_match.domain.shorthand import day_as_text, day_in, prices_as_text, prices_in
from wor_match.domain.timewords import times_as_text, times_in

TUESDAY = {"day": "di", "start": "10:00", "end": "12:00"}
READ = {
    "di 10:00-12:00": {"weekly": [TUESDAY]},
    "Dinsdag van 10.00 tot 12.00 uur": {"weekly": [TUESDAY]},
    "di: 10-12 uur": {"weekly": [TUESDAY]},
    "di, do 10u-12u": {"weekly": [TUESDAY, {**TUESDAY, "day": "do"}]},
    "ma t/m wo 10:00-12:00": {"weekly": [{**TUESDAY, "day": day} for day in ("ma", "di", "wo")]},
    "ma-wo 10:00-12:00": {"weekly": [{**TUESDAY, "day": day} for day in ("ma", "di", "wo")]},
    "di 10:00": {"weekly": [{**TUESDAY, "end": "10:00"}]},
    "om de week di 10:00-12:00 vanaf 3-11-2026": {"weekly": [{**TUESDAY, "every": 2, "from": date(2026, 11, 3)}]},
    "om de 3 weken di 10:00-12:00 vanaf 2026-11-03": {"weekly": [{**TUESDAY, "every": 3, "from": date(2026, 11, 3)}]},
    "even weken di 10:00-12:00": {"weekly": [{**TUESDAY, "weeks": "even"}]},
    "di 10:00-12:00 oneven weken": {"weekly": [{**TUESDAY, "weeks": "odd"}]},
    "di 10:00-12:00 t/m 5 januari 2027": {"weekly": [{**TUESDAY, "until": date(2027, 1, 5)}]},
    "1e en 3e di van de maand 10:00-12:00": {"monthly": [{**TUESDAY, "nth": 1}, {**TUESDAY, "nth": 3}]},
    "iedere laatste dinsdag van de maand 10:00-12:00": {"monthly": [{**TUESDAY, "nth": -1}]},
    "dag 15 van de maand 10:00-12:00": {"monthly": [{"date": 15, "start": "10:00", "end": "12:00"}]},
    "op 5-12-2026 10:00-12:00": {"dates": [{"date": date(2026, 12, 5), "start": "10:00", "end": "12:00"}]},
    "2e en 4e di 10:00-12:00": {"monthly": [{**TUESDAY, "nth": 2}, {**TUESDAY, "nth": 4}]},
    "1e di en 3e do van de maand 10:00-12:00": {"monthly": [{**TUESDAY, "nth": 1}, {**TUESDAY, "nth": 3, "day": "do"}]},
    "op een na laatste di van de maand 10:00-12:00": {"monthly": [{**TUESDAY, "nth": -2}]},
    "1e en 15e van de maand 10:00-12:00": {
        "monthly": [{"date": on, "start": "10:00", "end": "12:00"} for on in (1, 15)]
    },
    "5-12-2026 en 12-12-2026 10:00-12:00": {
        "dates": [{"date": date(2026, 12, on), "start": "10:00", "end": "12:00"} for on in (5, 12)]
    },
    "di 1-12-2026 10-12": {"dates": [{"date": date(2026, 12, 1), "start": "10:00", "end": "12:00"}]},
    "vr t/m ma 10:00-12:00": {"weekly": [{**TUESDAY, "day": day} for day in ("ma", "vr", "za", "zo")]},
    "ma tot wo 10:00-12:00": {"weekly": [{**TUESDAY, "day": day} for day in ("ma", "di", "wo")]},
    "ma/di 10:00-12:00": {"weekly": [{**TUESDAY, "day": day} for day in ("ma", "di")]},
    "elke dag 10:00": {"weekly": [{"day": day, "start": "10:00", "end": "10:00"} for day in WEEKDAYS]},
    "di vanaf 10:00": {"weekly": [{**TUESDAY, "end": "10:00"}]},
    "op afspraak": {"on_request": True},
    "op aanvraag": {"on_request": True},
    "in overleg": {"on_request": True},
    "di 10:00-12:00; op afspraak": {"weekly": [TUESDAY], "on_request": True},
}


@pytest.mark.parametrize("told", READ)
def test_times_are_read_as_people_write_them(told: str) -> None:
    assert times_in(told) == READ[told]


@pytest.mark.parametrize(
    "told",
    [
        "niet op di 10:00-12:00",
        "di 10:00-12:00 behalve in de vakantie",
        "dinsdagmiddag",
        "10:00-12:00",
        "om de week di 10:00-12:00",
        "10e keer van de maand 10:00",
        "morgen om 10:00",
        "di 10-12 behalve 24-12",
        "1-12-2026 t/m 8-12-2026 10-12",
        "di 2-12-2026 10-12",
        "di 1-12-2026 vanaf 3-11-2026 10-12",
        "di en 15e van de maand 10-12",
        "oneven weken di en even weken do 10-12",
        "elke 2 weken di even weken 10-12 vanaf 3-11-2026",
        "di tot 12:00",
        "di 10:00 12:00",
        "di vanaf 3-11-2026 vanaf 10-11-2026 10-12",
        "elke maand di 10-12",
        "6e di van de maand 10-12",
        "laatste van de maand 10-12",
        "di 1e week 10-12",
    ],
)
def test_what_is_not_understood_is_told_and_never_half_read(told: str) -> None:
    with pytest.raises(wm.CatalogueError, match=r"write|add vanaf|has two rhythms|another day"):
        times_in(told)


@pytest.mark.parametrize(
    ("told", "row"),
    [
        ("gratis", {"euro": 0.0, "per": "time"}),
        ("3,50", {"euro": 3.5, "per": "time"}),
        ("€ 3,5 per keer", {"euro": 3.5, "per": "time"}),
        ("€2,-", {"euro": 2.0, "per": "time"}),
        ("12 euro per maand met u-pas", {"euro": 12.0, "per": "month", "with": "u-pas"}),
        ("25 eenmalig incl. materiaal", {"euro": 25.0, "per": "once", "includes": "materiaal"}),
    ],
)
def test_prices_are_read_as_people_write_them(told: str, row: dict[str, Any]) -> None:
    assert prices_in(told) == [row]


@pytest.mark.parametrize(
    "told",
    [
        "vrijwillige bijdrage",
        "3,50 per les",
        "vanaf 3",
        "3-5 euro",
        "12,345",
        "gratis, 12 per maand met stadspas",
        "gratis 3 euro",
        "gratis, 3",
        "3 per keer met stadspas gratis",
        "3 met stadspas 0",
        "3 (met stadspas 2)",
        "€ 2 - 4",
        "5 / 10 per keer",
        "3 euro 50",
        "3%",
        "3?",
        "3,50 p.p.",
        "€ 1.250",
        "gratis met stadspas, anders 3",
    ],
)
def test_a_price_that_may_mean_something_else_is_never_guessed(told: str) -> None:
    with pytest.raises(wm.CatalogueError, match="write it as"):
        prices_in(told)


@pytest.mark.parametrize("told", ["3-11-2026", "03/11/2026", "2026-11-03", "3 november 2026", "3 nov 2026"])
def test_days_are_read_as_people_write_them(told: str) -> None:
    assert day_in(told) == date(2026, 11, 3)


@pytest.mark.parametrize("told", ["31-2-2026", "11/2026", "gisteren", "3 foo 2026", "3-11-26"])
def test_a_day_that_is_none_is_refused(told: str) -> None:
    with pytest.raises(wm.CatalogueError, match="is no day"):
        day_in(told)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_day_comes_back(on: date) -> None:
    assert day_in(day_as_text(on)) == on


@given(schedules())
def test_every_rule_of_a_schedule_comes_back(told: dict[str, Any]) -> None:
    schedule = wm.Schedule.model_validate(told)
    words = times_as_text(schedule)
    assert words is not None
    back = wm.Schedule.model_validate(times_in(words))
    for field in ("weekly", "monthly", "dates", "on_request"):
        assert getattr(back, field) == getattr(schedule, field)


PRICES = st.builds(
    lambda cents, per, card: {"euro": cents / 100, "per": per, **({"with": card} if card else {})},
    st.integers(0, 1_000_000),
    st.sampled_from(["time", "month", "quarter", "year", "once"]),
    st.sampled_from([None, "stadspas", "u-pas"]),
)


@given(st.lists(PRICES, max_size=4))
def test_every_price_comes_back(told: list[dict[str, Any]]) -> None:
    rows = tuple(map(Price.model_validate, told))
    assert tuple(map(Price.model_validate, prices_in(prices_as_text(rows)))) == rows


@given(st.text(max_size=60) | st.text("di10:0-2 vanaf €,.maand;0123456789", max_size=40))
def test_any_text_is_read_or_refused_with_our_own_error(told: str) -> None:
    readers: tuple[Callable[[str], object], ...] = (times_in, prices_in, day_in)
    for read in readers:
        try:
            found = read(told)
        except wm.CatalogueError as fault:
            found = fault.sentence
        assert isinstance(found, dict | list | date | str)


AS_DI = "write it as di 10:00-12:00"
OF_THE_MONTH = "has no day of the month; write 1e di van de maand 10:00-12:00, or dag 15 van de maand 10:00"
TWO_PARTS = "write two parts with a semicolon between"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("di", f"has no time; {AS_DI}"),
        ("10:00", f"has no day; {AS_DI}"),
        ("di foo bar 10:00", f"holds 'foo'; {AS_DI}"),
        ("di 10:00-12:00-14:00", f"cannot be read at '-'; {AS_DI}"),
        ("om de week oneven weken di 10:00 vanaf 3-11-2026", "has two rhythms; keep one of them"),
        ("om de week di 10:00", "is every so many weeks from no week; add vanaf 3-11-2026"),
        ("1e 10:00", OF_THE_MONTH), ("32e van de maand 10:00", OF_THE_MONTH), ("0e van de maand 10:00", OF_THE_MONTH),
        ("6e di 10:00", OF_THE_MONTH), ("van de maand 10:00", OF_THE_MONTH),
        ("om de week 1e di 10:00", "is both of the month and of the week; write 1e di van de maand 10:00-12:00"),
        ("di 3-11-2026 vanaf 1-11-2026 10:00", f"has a day of its own and a rule; {TWO_PARTS}"),
        ("even weken 3-11-2026 10:00", f"has a day of its own and a rule; {TWO_PARTS}"),
        ("om de week 3-11-2026 10:00", f"has a day of its own and a rule; {TWO_PARTS}"),
        ("1e 3-11-2026 10:00", f"has a day of its own and a rule; {TWO_PARTS}"),
        ("wo 3-11-2026 10:00", "names another day of the week than that of its date"),
        ("even weken oneven weken di 10:00", f"says one thing twice; {TWO_PARTS}"),
        ("di vanaf 3-11-2026 vanaf 4-11-2026 10:00", f"says one thing twice; {TWO_PARTS}"),
    ],
)  # fmt: skip
def test_a_line_of_hours_that_cannot_be_read_as_a_whole_says_why(line: str, why: str) -> None:
    with pytest.raises(wm.CatalogueError) as fault:
        times_in(line)
    assert fault.value.sentence == f"{line!r} {why}"


def test_a_long_line_is_cut_where_it_is_shown() -> None:
    with pytest.raises(wm.CatalogueError) as fault:
        times_in("x" * 100)
    assert fault.value.sentence == f"{'x' * 60!r} holds {'x' * 40!r}; {AS_DI}"


def test_the_31st_is_a_day_of_the_month_and_from_a_day_to_itself_is_a_week() -> None:
    assert times_in("31e van de maand 10:00")["monthly"] == [{"date": 31, "start": "10:00", "end": "10:00"}]
    assert [rule["day"] for rule in times_in("di t/m di 10:00")["weekly"]] == ["ma", "di", "wo", "do", "vr", "za", "zo"]
    row_ = {"day": "di", "start": "10:00", "end": "12:00", "from": date(2026, 11, 3), "until": date(2027, 1, 5)}
    assert times_in("di 10:00-12:00 vanaf 3-11-2026 t/m 5-1-2027")["weekly"] == [row_]


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("3,5 per maand met stadspas incl. koffie en thee",
         [{"euro": 3.5, "per": "month", "with": "stadspas", "includes": "koffie en thee"}]),
        ("€3,-; eur 12,05 eenmalig", [{"euro": 3.0, "per": "time"}, {"euro": 12.05, "per": "once"}]),
        ("niets per jaar; geen kosten", [{"euro": 0.0, "per": "year"}, {"euro": 0.0, "per": "time"}]),
        ("3 euro per kwartaal, inclusief lunch", [{"euro": 3.0, "per": "quarter", "includes": "lunch"}]),
    ],
)  # fmt: skip
def test_every_word_of_a_price_is_read(line: str, rows: Any) -> None:
    assert prices_in(line) == rows


def test_prices_are_written_as_they_are_read() -> None:
    told = [
        {"euro": 0, "per": "time"}, {"euro": 0, "per": "month"}, {"euro": 3.5, "per": "time", "with": "u-pas"},
        {"euro": 1000, "per": "once", "includes": "koffie"}, {"euro": 0.05, "per": "quarter"},
    ]  # fmt: skip
    written = "gratis; 0 per maand; 3,50 per keer met u-pas; 1000 eenmalig incl. koffie; 0,05 per kwartaal"
    assert prices_as_text(map(Price.model_validate, told)) == written
    with pytest.raises(wm.CatalogueError) as fault:
        prices_in("drie euro")
    assert fault.value.sentence == "'drie euro' is no price; write it as 3,50 per keer met stadspas"


@pytest.mark.parametrize("line", ["31-2-2026", "0-1-2026", "1-0-2026", "1-13-2026", "5 xyz 2026", "0000-01-01"])
def test_what_is_no_day_of_the_calendar_says_so(line: str) -> None:
    with pytest.raises(wm.CatalogueError) as fault:
        day_in(line)
    assert fault.value.sentence == f"{line!r} is no day; write it as 3-11-2026"


@pytest.mark.parametrize("line", ["3 mrt 2026", "3 maart 2026", " 3/3/2026 ", "3.3.2026", "2026-3-3", "3 mrt. 2026"])
def test_a_day_is_read_in_each_form(line: str) -> None:
    assert day_in(line) == date(2026, 3, 3)
    assert (day_in("1 jan 2026"), day_in("31-12-0001")) == (date(2026, 1, 1), date(1, 12, 31))
