"""Times, prices and days as people write them in one line: in a cell of a sheet, or after a telephone call.

`di 10:00-12:30; laatste vr van de maand 14:00-16:00` · `3,50 per keer; 0 per keer met stadspas` · `3-11-2026`.
What is read here can be written here: both directions stand side by side.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from wor_match.domain.money import Price
from wor_match.domain.rhythm import LONG_NAMES, WEEKDAYS, Monthly, Slotted, Weekly
from wor_match.domain.schedule import Schedule
from wor_match.errors import CatalogueError

Found = dict[str, Any]
MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
PER = {"time": "per keer", "month": "per maand", "quarter": "per kwartaal", "year": "per jaar", "once": "eenmalig"}
ORDINALS = {1: "1e", 2: "2e", 3: "3e", 4: "4e", 5: "5e", -1: "laatste", -2: "op een na laatste"}
ORDINALS |= {-3: "op twee na laatste", -4: "op drie na laatste", -5: "op vier na laatste"}
FREE = ("gratis", "niets", "geen kosten")
ON_REQUEST = "op afspraak"

ISO_DAY, DUTCH_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
WORDED_DAY = re.compile(r"(\d{1,2}) ([a-z]{3,9})\.? (\d{4})")
A_DAY = rf"{ISO_DAY.pattern}|{DUTCH_DAY.pattern}|{WORDED_DAY.pattern}"
CLOCK = r"(\d{1,2})(?:[:.u](\d{2})?)?(?: ?uur)?"
TIMES = re.compile(rf"(?<![\d.:-]){CLOCK}(?: ?(?:-|–|tot|t/m) ?{CLOCK})?$")
NAMED = "|".join(sorted((*WEEKDAYS, *LONG_NAMES), key=len, reverse=True))
DAYS = re.compile(rf"\b({NAMED})\b")
THROUGH = re.compile(rf"\b({NAMED}) ?(?:t/m|tot en met|-|–) ?({NAMED})\b")
EVERY = re.compile(r"\b(?:om de|elke|iedere) (?:(\d{1,2}) weken|(?:andere )?week)")
PARITY = re.compile(r"\b(even|oneven) weken\b")
SINCE = re.compile(rf"\bvanaf ({A_DAY})")
UNTIL = re.compile(rf"\b(?:t/m|tot en met) ({A_DAY})")
NUMBERS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5}
NUMBERS |= {word: number for number, word in ORDINALS.items()}
NTH = re.compile(rf"\b(?:(?:elke|iedere) )?({'|'.join(sorted(NUMBERS, key=len, reverse=True))})\b")
DAY_OF_MONTH = re.compile(r"\b(?:dag )?(\d{1,2})(?:e|ste|de)? van de maand")
SMALL_WORDS = re.compile(
    r"\b(?:en|op|van|elke|iedere|de|dag|maand|week|weken|om|vanaf|t/m|tot|met|uur)\b|[\s,./:&+–-]+"
)
AMOUNT = re.compile(r"(?:€|eur|euro)? ?(\d{1,6})(?:[,.](\d{1,2}|-))?(?![\d,.-])")
INCLUDES = re.compile(r"\b(?:incl\.?|inclusief) ([^;]{1,80})")
WITH = re.compile(r"\bmet ([a-z0-9][a-z0-9-]{0,39})\b")


def day_in(text: str) -> date:
    """A day from `2026-11-03`, `3-11-2026` or `3 november 2026`.

    Raises
    ------
    CatalogueError
        When it is no day of the calendar.

    Examples
    --------
    >>> day_in("3-11-2026")
    datetime.date(2026, 11, 3)
    """
    told = text.strip().lower()
    iso, dutch, worded = (form.fullmatch(told) for form in (ISO_DAY, DUTCH_DAY, WORDED_DAY))
    year, month, day = 0, 0, 0
    if iso:
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
    elif dutch:
        year, month, day = int(dutch[3]), int(dutch[2]), int(dutch[1])
    elif worded and (name := worded[2][:3].replace("mrt", "maa")) in MONTHS:
        year, month, day = int(worded[3]), MONTHS.index(name) + 1, int(worded[1])
    if not (1 <= month <= 12 and year >= 1 and 1 <= day <= monthrange(year, month)[1]):
        raise CatalogueError(f"{text.strip()[:40]!r} is no day; write it as 3-11-2026")
    return date(year, month, day)


def day_as_text(on: date) -> str:
    """A day as one writes it."""
    return f"{on.day}-{on.month}-{on.year}"


def times_in(text: str) -> Found:
    """The rules of a schedule (`weekly`, `monthly`, `dates`, `on_request`) from one line.

    Parts stand behind a semicolon or on a line of their own.

    Raises
    ------
    CatalogueError
        Naming the part that cannot be read.

    Examples
    --------
    >>> times_in("di en do 10.00-12.00 uur")["weekly"][1]
    {'day': 'do', 'start': '10:00', 'end': '12:00'}
    >>> times_in("laatste vr van de maand 14:00-16:00")["monthly"]
    [{'day': 'vr', 'nth': -1, 'start': '14:00', 'end': '16:00'}]
    """
    found: Found = {}
    for part in parts_of(text):
        if part in (ON_REQUEST, "op aanvraag", "in overleg"):
            found["on_request"] = True
            continue
        for kind, row in rows_in(part):
            found.setdefault(kind, []).append(row)
    return found


def parts_of(text: str) -> Iterator[str]:
    """The parts of a line, in small letters."""
    for part in re.split(r"[;\n]", text):
        if told := " ".join(part.lower().split()):
            yield told


def rows_in(part: str) -> Iterator[tuple[str, Found]]:
    """The kind and the fields of each rule in one part."""
    period = {"from": SINCE.search(part), "until": UNTIL.search(part)}
    lasts = {name: day_in(told[1]) for name, told in period.items() if told}
    bare = UNTIL.sub("", SINCE.sub("", part)).strip()
    times = TIMES.search(PARITY.sub("", EVERY.sub("", bare)).strip())
    if not times:
        raise CatalogueError(f"{part[:60]!r} has no time; write it as di 10:00-12:00")
    begin, end = times.group(1, 2), times.group(3, 4) if times[3] else times.group(1, 2)
    slot = {"start": clock_of(*begin), "end": clock_of(*end)}
    before = bare.partition(times[0])[0]
    nothing_left_over(bare.replace(times[0], ""), part)
    if on := re.match(rf"(?:op )?({A_DAY})", before):
        yield "dates", {"date": day_in(on[1]), **slot}
    elif "van de maand" in before:
        yield from (("monthly", {**rule, **slot, **lasts}) for rule in monthly_in(before, part))
    else:
        rhythm = rhythm_in(bare, "from" in lasts, part)
        yield from (("weekly", {"day": day, **slot, **rhythm, **lasts}) for day in days_in(before, part))


def nothing_left_over(told: str, part: str) -> None:
    """Refuse words that nobody read: "niet op di" is no "di"."""
    for known in (re.compile(A_DAY), EVERY, PARITY, DAY_OF_MONTH, NTH, DAYS, SMALL_WORDS):
        told = known.sub(" ", told)
    if word := next(iter(told.split()), None):
        raise CatalogueError(f"{part[:60]!r} holds {word[:40]!r}; write it as di 10:00-12:00")


def monthly_in(before: str, part: str) -> Iterator[Found]:
    """The days of the month that are meant."""
    numbers = [NUMBERS[word] for word in NTH.findall(before)]
    if numbers and DAYS.search(before):
        yield from ({"day": day, "nth": nth} for nth in numbers for day in days_in(before, part))
    elif by_date := DAY_OF_MONTH.search(before):
        yield {"date": int(by_date[1])}
    else:
        raise CatalogueError(f"{part[:60]!r} has no day of the month; write 1e di van de maand 10:00-12:00")


def days_in(before: str, part: str) -> list[str]:
    """The days of the week that are named, in short."""
    told = [short(name) for name in DAYS.findall(before)]
    for first, last in THROUGH.findall(before):
        begin, end = WEEKDAYS.index(short(first)), WEEKDAYS.index(short(last))
        told += WEEKDAYS[begin : end + 1]
    if not told:
        raise CatalogueError(f"{part[:60]!r} has no day; write it as di 10:00-12:00")
    return sorted(set(told), key=WEEKDAYS.index)


def short(name: str) -> str:
    """The short name of a day."""
    return WEEKDAYS[LONG_NAMES.index(name)] if name in LONG_NAMES else name


def rhythm_in(bare: str, has_start: bool, part: str) -> Found:
    """Even or odd weeks, or every so many weeks; those need a day to count from."""
    if parity := PARITY.search(bare):
        return {"weeks": "even" if parity[1] == "even" else "odd"}
    every = EVERY.search(bare)
    if not every or not (every[1] or "om de" in every[0] or "andere" in every[0]):
        return {}
    if not has_start:
        raise CatalogueError(f"{part[:60]!r} is every so many weeks from no week; add vanaf 3-11-2026")
    return {"every": int(every[1] or 2)}


def clock_of(hours: str, minutes: str | None) -> str:
    """A time of day; the schedule refuses what is none."""
    return f"{int(hours):02d}:{minutes or '00'}"


def prices_in(text: str) -> list[Found]:
    """The rows of a price list from one line.

    Raises
    ------
    CatalogueError
        Naming the part that cannot be read.

    Examples
    --------
    >>> prices_in("€ 3,50 per keer; 12 per maand met stadspas")
    [{'euro': 3.5, 'per': 'time'}, {'euro': 12.0, 'per': 'month', 'with': 'stadspas'}]
    """
    rows = []
    for part in parts_of(text):
        bare = INCLUDES.sub("", part)
        amount, with_pass, includes = AMOUNT.match(bare), WITH.search(bare), INCLUDES.search(part)
        if not amount and not bare.startswith(FREE):
            raise CatalogueError(f"{part[:60]!r} is no price; write it as 3,50 per keer")
        per = next((unit for unit, words in PER.items() if words in bare), "time")
        rest = re.sub(
            r"[^a-z]+", " ", WITH.sub("", bare.replace(PER[per], "")[amount.end() if amount else 0 :])
        ).split()
        if unread := [word for word in rest if word not in ("euro", *FREE)]:
            raise CatalogueError(f"{part[:60]!r} holds {unread[0]!r}; write it as 3,50 per keer met stadspas")
        row: Found = {"euro": euro_of(amount) if amount else 0.0, "per": per}
        row |= {"with": with_pass[1]} if with_pass else {}
        rows.append(row | ({"includes": includes[1].strip()} if includes else {}))
    return rows


def euro_of(amount: re.Match[str]) -> float:
    """Euro from `3`, `3,5`, `3,50` or `3,-`."""
    return float(f"{amount[1]}.{(amount[2] or '0').replace('-', '0')}")


def prices_as_text(prices: Iterable[Price]) -> str:
    """A price list in one line."""
    return "; ".join(
        f"{row.euro:.2f}".replace(".", ",").replace(",00", "")
        + f" {PER[row.per]}"
        + (f" met {row.with_}" if row.with_ else "")
        + (f" incl. {row.includes}" if row.includes else "")
        for row in prices
    )


def times_as_text(schedule: Schedule) -> str:
    """The rules of a schedule in one line."""
    return "; ".join(
        [
            *([ON_REQUEST] if schedule.on_request else []),
            *map(weekly_as_text, schedule.weekly),
            *map(monthly_as_text, schedule.monthly),
            *(f"{day_as_text(one.date)} {slot_as_text(one)}" for one in schedule.dates),
        ]
    )


def weekly_as_text(rule: Weekly) -> str:
    """A weekly rule."""
    parity = {"even": "even weken ", "odd": "oneven weken "}
    rhythm = f"om de {rule.every} weken " if rule.every > 1 else parity.get(rule.weeks or "", "")
    return f"{rhythm}{rule.day} {slot_as_text(rule)}{period_as_text(rule)}"


def monthly_as_text(rule: Monthly) -> str:
    """A monthly rule."""
    day = f"{ORDINALS[rule.nth]} {rule.day}" if rule.nth is not None else f"dag {rule.date}"
    return f"{day} van de maand {slot_as_text(rule)}{period_as_text(rule)}"


def period_as_text(rule: Weekly | Monthly) -> str:
    """The first and last day of a rule."""
    since = f" vanaf {day_as_text(rule.from_)}" if rule.from_ else ""
    return f"{since} t/m {day_as_text(rule.until)}" if rule.until else since


def slot_as_text(rule: Slotted) -> str:
    """Start and end; the start alone when no end is known."""
    return rule.start if rule.start == rule.end else f"{rule.start}-{rule.end}"
