"""Any valid participant and any valid activity, composed of small strategies."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

import wor_match as wm
from wor_match.domain.columns import NEEDS, SUPPORTS
from wor_match.domain.rhythm import WEEKDAYS
from wor_match.domain.terms import DIMENSIONS, taxonomy

WORDS = taxonomy().words
TERMS = tuple(taxonomy().terms)
POSTCODES = ("3431", "3432", "3434", "3438", "3512", "9999")
MODES = ("walk", "slow_walk", "bike", "e_bike", "mobility_scooter", "public_transport", "car", "regiotaxi", "brought")


def some(values: Any, most: int = 3, least: int = 0) -> Any:
    return st.lists(st.sampled_from(values), min_size=least, max_size=most, unique=True)


def clocks(first: int = 0, last: int = 23) -> Any:
    return st.builds(
        lambda hour, quarter: f"{hour:02d}:{15 * quarter:02d}", st.integers(first, last), st.integers(0, 3)
    )


@st.composite
def windows(draw: Any) -> str:
    start, end = sorted((draw(clocks(6, 13)), draw(clocks(14, 23))))
    return f"{draw(st.sampled_from(WEEKDAYS))} {start}-{end}"


def answers(activity_ids: tuple[str, ...] = ("kookgroep-de-linde",)) -> Any:
    """What somebody told, as the fields of a participant; each answer may be missing."""
    return st.fixed_dictionaries(
        {"id": st.just("p1")},
        optional={
            "spider_web": st.dictionaries(st.sampled_from(DIMENSIONS), st.integers(0, 10), max_size=6)
            .filter(lambda marks: len(marks) < 6 or set(marks.values()) != {5})
            .map(lambda marks: {"scores": marks, "instrument": "marks"}),
            "four_d": st.dictionaries(st.sampled_from(["body", "mind", "social", "society"]), st.integers(0, 2)).map(
                lambda priorities: {"priorities": priorities}
            ),
            "focus": some(DIMENSIONS),
            "likes": some(WORDS),
            "energy": some(WORDS),
            "good_at": some(WORDS),
            "unwanted": some((*TERMS, *activity_ids)),
            "group_wish": st.fixed_dictionaries(
                {},
                optional={
                    "size": st.sampled_from(["one_to_one", "small", "large"]),
                    "mix": st.sampled_from(["mixed", "women", "men"]),
                    "contact": st.sampled_from(["same_people", "come_and_go"]),
                },
            ),
            "support": some(SUPPORTS),
            "free": st.lists(windows(), max_size=5),
            "not_free": st.lists(windows(), max_size=3),
            "times_per_week": st.integers(1, 4),
            "max_wait_weeks": st.integers(0, 10),
            "place": st.sampled_from(POSTCODES).map(lambda code: {"postcode": code}),
            "travel": st.fixed_dictionaries(
                {}, optional={"modes": some(MODES), "max_minutes": st.integers(0, 90), "home_before": clocks(12, 22)}
            ),
            "budget": st.sampled_from(["free", "small", "any", 0, 5, 20.5]),
            "passes": some(["stadspas", "u-pas"]),
            "languages": st.dictionaries(st.sampled_from(["nl", "tr", "ar"]), st.sampled_from(["good", "little"])),
            "access": some(NEEDS),
            "body_level": st.sampled_from(["light", "moderate", "vigorous"]),
            "age": st.integers(14, 99),
            "gender": st.sampled_from(["woman", "man", "other"]),
            "current": some(activity_ids),
            "tried": st.dictionaries(st.sampled_from(activity_ids), st.sampled_from(["not_suited", "practical"])),
            "circumstances": st.dictionaries(
                st.sampled_from(["money", "housing", "skills", "care", "stability"]),
                st.sampled_from(["not_asked", "no", "first", "alongside", "arranged"]),
            ),
        },
    )


def people(activity_ids: tuple[str, ...] = ("kookgroep-de-linde",)) -> Any:
    """Any participant whose safety does not come first."""
    return answers(activity_ids).map(wm.Participant.model_validate)


@st.composite
def slots(draw: Any) -> dict[str, str]:
    start, end = sorted((draw(clocks(6, 14)), draw(clocks(15, 23))))
    return {"start": start, "end": end}


def schedules() -> Any:
    """Schedules that stay within the years of the tests."""
    days = st.dates(min_value=date(2026, 11, 1), max_value=date(2027, 1, 31))
    first = st.dates(min_value=date(2026, 9, 1), max_value=date(2026, 11, 15)).map(str)
    last = st.dates(min_value=date(2026, 12, 15), max_value=date(2027, 6, 30)).map(str)
    period = st.fixed_dictionaries({}, optional={"from": first, "until": last})
    rhythm = st.one_of(
        period,
        st.builds(lambda start, weeks: {"from": start, "every": weeks}, first, st.integers(2, 5)),
        st.builds(lambda told, weeks: {**told, "weeks": weeks}, period, st.sampled_from(["odd", "even"])),
    )
    weekly = st.builds(lambda day, slot, told: {"day": day, **slot, **told}, st.sampled_from(WEEKDAYS), slots(), rhythm)
    in_month = st.one_of(
        st.builds(
            lambda day, nth: {"day": day, "nth": nth},
            st.sampled_from(WEEKDAYS),
            st.sampled_from([-2, -1, 1, 2, 3, 4, 5]),
        ),
        st.integers(1, 31).map(lambda on: {"date": on}),
    )
    monthly = st.builds(lambda day, slot, told: {**day, **slot, **told}, in_month, slots(), period)
    dated = st.builds(lambda on, slot: {"date": on.isoformat(), **slot}, days, slots())
    closed = st.lists(days, min_size=2, max_size=2).map(lambda two: {"from": str(min(two)), "to": str(max(two))})
    return st.fixed_dictionaries(
        {"weekly": st.lists(weekly, max_size=7)},
        optional={
            "attend": st.sampled_from(["any", "all"]),
            "monthly": st.lists(monthly, max_size=2),
            "adjusted": st.lists(dated, max_size=2),
            "closed": st.lists(closed, max_size=2),
            "pauses": some(["school_holidays", "public_holidays"]),
            "region": st.just("midden"),
            "from": first,
            "until": last,
            "dates": st.lists(dated, max_size=3),
            "extra": st.lists(dated, max_size=2),
            "cancelled": st.lists(days.map(str), max_size=2),
            "on_request": st.booleans(),
        },
    ).map(lambda told: {**told, "region": "midden"} if "pauses" in told else told)


def activities(activity_id: str = "een") -> Any:
    """Any valid activity with this id, as the fields of a file."""
    euro = st.integers(0, 60).map(lambda half: half / 2)
    price = st.builds(
        lambda amount, per: {"euro": amount, "per": per},
        euro,
        st.sampled_from(["time", "month", "quarter", "year", "once"]),
    )
    paid = st.builds(lambda row, card: {**row, "with": card}, price, st.sampled_from(["stadspas", "u-pas"]))
    fed = price.map(lambda row: {**row, "includes": "maaltijd"})
    known = st.sampled_from([True, False, None])
    return st.fixed_dictionaries(
        {"id": st.just(activity_id), "name": st.just("Verzonnen"), "terms": some(TERMS, 4)},
        optional={
            "serves": st.dictionaries(st.sampled_from(DIMENSIONS), st.integers(0, 3)),
            "place": st.one_of(
                st.sampled_from(POSTCODES).map(lambda code: {"postcode": code}),
                st.sampled_from([{"online": True}, {"at_home": True}]),
                st.just(
                    {
                        "name": "De Linde",
                        "street": "Laan",
                        "number": "3",
                        "entrance": "de deur met het blauwe bord, links achter",
                    }
                ),
                st.just({"city": "Gent", "country": "BE", "postcode": "9000", "latitude": 51.05, "longitude": 3.72}),
            ),
            "schedule": schedules(),
            "price": st.lists(st.one_of(price, paid, fed), max_size=3),
            "languages": some(["nl", "tr", "ar"]),
            "asks": some(["good_dutch", "reading", "digital", "vog"]),
            "aspects": some(taxonomy().aspects),
            "group": st.fixed_dictionaries(
                {},
                optional={
                    "size": st.integers(1, 30),
                    "mix": st.sampled_from(["mixed", "women", "men"]),
                    "newcomers": st.sampled_from(["welcome", "closed"]),
                    "contact": st.sampled_from(["same_people", "come_and_go"]),
                },
            ),
            "level": st.sampled_from(["none", "light", "moderate", "vigorous"]).map(lambda body: {"body": body}),
            "access": st.dictionaries(st.sampled_from(NEEDS), known),
            "audience": st.fixed_dictionaries(
                {},
                optional={
                    "min_age": st.integers(0, 60),
                    "max_age": st.integers(61, 110),
                    "only": st.sampled_from(["women", "men"]),
                    "advised_age": st.just({"from": 55}),
                    "residents_only": st.booleans(),
                },
            ),
            "support": some(SUPPORTS),
            "host": known.map(lambda answer: {"receives_newcomers": answer}),
            "first_visit": st.fixed_dictionaries(
                {},
                optional={
                    "ask_for": st.sampled_from(
                        ["de gastvrouw", "De gastvrouw.", "de vrijwilligers aan de grote ronde tafel achterin"]
                    ),
                    "may_watch": known,
                    "may_leave_early": known,
                    "trials": st.integers(0, 4),
                },
            ),
            "summary": st.sampled_from(
                ["", "Kort.", "Een zin. " * 6, "Dit is een zin van meer dan twaalf woorden, en dus te lang."]
            ),
            "entry": st.fixed_dictionaries(
                {},
                optional={
                    "kind": st.sampled_from(["drop_in", "sign_up", "referral", "course"]),
                    "wait_weeks": st.integers(0, 20),
                    "starts_on": st.just("2026-12-01"),
                },
            ),
            "places": st.fixed_dictionaries(
                {},
                optional={
                    "free": st.integers(0, 2),
                    "total": st.integers(2, 30),
                    "as_of": st.sampled_from(["2026-11-01", "2026-06-01"]),
                },
            ),
            "status": st.sampled_from(["open", "paused", "closed"]),
            "checked_on": st.sampled_from(["2026-11-01", "2026-01-01"]),
            "rechecked": st.just({"price": "2026-11-20"}),
            "formerly": st.just(["vroeger"]),
        },
    )
