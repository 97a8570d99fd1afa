"""When something meets, as people write it in one line; every word is read, or the whole is refused.

`di en do 10.00-12.00 uur` · `om de 2 weken wo 9:30-11:00 vanaf 4-11-2026` · `1e en 3e di van de maand 10-12 uur` ·
`5-12-2026 20u-22u` · `op afspraak`. Parts stand behind a semicolon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wor_match.domain.rhythm import LONG_NAMES, WEEKDAYS, Monthly, Slotted, Weekly
from wor_match.domain.schedule import Schedule
from wor_match.domain.shorthand import DAY_FORMS, day_as_text, day_in, parts_of
from wor_match.errors import CatalogueError

Found = dict[str, Any]
Token = tuple[str, re.Match[str]]

ORDINALS = {1: "1e", 2: "2e", 3: "3e", 4: "4e", 5: "5e", -1: "laatste", -2: "op een na laatste"}
ORDINALS |= {-3: "op twee na laatste", -4: "op drie na laatste", -5: "op vier na laatste"}
ON_REQUEST = "op afspraak"
NAMES = {name: WEEKDAYS[at % 7] for at, name in enumerate((*WEEKDAYS, *LONG_NAMES))}
LAST_ONES = {word: number for number, word in ORDINALS.items() if number < 0}
WORDED = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, **LAST_ONES}
ONE_OF = "|".join
TOKENS = (  # what a word can be, in the order of trying
    ("date", re.compile(DAY_FORMS)),
    ("every", re.compile(r"(?:om de|elke|iedere) (?:(\d{1,2}) weken|andere week)\b|om de week\b")),
    ("parity", re.compile(r"(even|oneven) weken\b")),
    ("month", re.compile(r"van (?:de|elke|iedere) maand\b")),
    ("daily", re.compile(r"(?:elke|iedere) dag\b|dagelijks\b")),
    ("nth", re.compile(rf"(?:{ONE_OF(sorted(WORDED, key=len, reverse=True))})\b")),
    ("ordinal", re.compile(r"(\d{1,2})(?:e|ste|de)\b|dag (\d{1,2})\b(?![:.u])")),
    ("day", re.compile(rf"(?:{ONE_OF(sorted(NAMES, key=len, reverse=True))})\b")),
    ("since", re.compile(r"vanaf\b")),
    ("through", re.compile(r"t/m\b|tot en met\b")),
    ("to", re.compile(r"tot\b|-|–")),
    ("time", re.compile(r"(\d{1,2})(?:[:.u](\d{2})|u\b)?(?: ?uur\b)?(?![\d:.])")),
    ("", re.compile(r"(?:en|op|van|elke|iedere)\b|[\s,:&+/]")),
)


@dataclass(slots=True)
class Part:
    """The words of one part, sorted; what may stand there once is refused the second time."""

    told: str
    since: date | None = None
    until: date | None = None
    every: int | None = None
    weeks: str | None = None
    month: bool = False
    times: list[str] = field(default_factory=list)
    groups: list[tuple[list[int], list[str]]] = field(default_factory=list)  # which ones, of which days
    dates: list[date] = field(default_factory=list)

    def refuse(self, why: str) -> CatalogueError:
        """The error for this part."""
        return CatalogueError(f"{self.told[:60]!r} {why}", code="no-time")

    def once(self, name: str, value: Any) -> None:
        """Set what may be told once only."""
        if getattr(self, name):
            raise self.refuse("says one thing twice; write two parts with a semicolon between")
        setattr(self, name, value)

    def day(self, name: str) -> None:
        """Add a day of the week to the last group."""
        if not self.groups:
            self.groups.append(([], []))
        self.groups[-1][1].append(name)

    def which(self, nth: int) -> None:
        """Add which one of the month; after a day a new group begins."""
        if not self.groups or self.groups[-1][1]:
            self.groups.append(([], []))
        self.groups[-1][0].append(nth)


def times_in(text: str) -> Found:
    """The rules of a schedule (`weekly`, `monthly`, `dates`, `on_request`) from one line.

    Raises
    ------
    CatalogueError
        Naming the part that cannot be read as a whole: nothing is half read.

    Examples
    --------
    >>> times_in("di en do 10.00-12.00 uur")["weekly"][1]
    {'day': 'do', 'start': '10:00', 'end': '12:00'}
    >>> times_in("laatste vr van de maand 14:00-16:00")["monthly"]
    [{'day': 'vr', 'nth': -1, 'start': '14:00', 'end': '16:00'}]
    """
    found: Found = {}
    for told in parts_of(text):
        if told in (ON_REQUEST, "op aanvraag", "in overleg"):
            found["on_request"] = True
            continue
        for kind, row in rows_of(sorted_out(told)):
            found.setdefault(kind, []).append(row)
    return found


def tokens_of(told: str) -> list[Token]:
    """Every word with what it is; a word that nobody knows refuses the part."""
    found: list[Token] = []
    at = 0
    while at < len(told):
        for kind, form in TOKENS:
            if match := form.match(told, at):
                at = match.end()
                found += [(kind, match)] if kind else []
                break
        else:
            word = told[at:].split()[0][:40]
            raise CatalogueError(f"{told[:60]!r} holds {word!r}; write it as di 10:00-12:00", code="no-time")
    return found


def sorted_out(told: str) -> Part:
    """The words of a part, each in its place."""
    part, tokens = Part(told), tokens_of(told)
    at = 0
    while at < len(tokens):
        (kind, match), (next_kind, after) = tokens[at], tokens[min(at + 1, len(tokens) - 1)]
        before = tokens[at - 1] if at else None
        if kind in ("since", "through") and next_kind == "date":
            part.once("since" if kind == "since" else "until", day_in(after[0]))
            at += 1
        elif kind in ("through", "to") and next_kind == "day" and before and before[0] == "day":
            for name in days_through(before[1][0], after[0]):
                part.day(name)
            at += 1
        elif kind == "to" and next_kind == "time" and len(part.times) == 1:
            part.times.append(clock_of(after))
            at += 1
        elif kind == "since" and next_kind == "time":
            pass  # "vanaf 10:00": it begins then
        else:
            put(part, kind, match)
        at += 1
    return part


def put(part: Part, kind: str, match: re.Match[str]) -> None:
    """One word in its place."""
    if kind == "time" and not part.times:
        part.times.append(clock_of(match))
    elif kind == "date":
        part.dates.append(day_in(match[0]))
    elif kind == "every":
        part.once("every", int(match[1] or 2))
    elif kind == "parity":
        part.once("weeks", "even" if match[1] == "even" else "odd")
    elif kind == "month":
        part.once("month", True)
    elif kind in ("nth", "ordinal"):
        part.which(WORDED[match[0]] if kind == "nth" else int(match[1] or match[2]))
    elif kind in ("daily", "day"):
        for name in WEEKDAYS if kind == "daily" else [NAMES[match[0]]]:
            part.day(name)
    else:
        raise part.refuse(f"cannot be read at {match[0].strip()!r}; write it as di 10:00-12:00")


def days_through(first: str, last: str) -> Iterator[str]:
    """The days after the first up to and including the last, also over the weekend."""
    begin, end = WEEKDAYS.index(NAMES[first]), WEEKDAYS.index(NAMES[last])
    return (WEEKDAYS[at % 7] for at in range(begin + 1, (end if end > begin else end + 7) + 1))


def clock_of(match: re.Match[str]) -> str:
    """A time of day; the schedule refuses what is none."""
    return f"{int(match[1]):02d}:{match[2] or '00'}"


def rows_of(part: Part) -> Iterator[tuple[str, Found]]:
    """The kind and the fields of each rule in a part."""
    if not part.times:
        raise part.refuse("has no time; write it as di 10:00-12:00")
    slot = {"start": part.times[0], "end": part.times[-1]}
    period = {name: on for name, on in (("from", part.since), ("until", part.until)) if on}
    if part.dates:
        yield from (("dates", {"date": on, **slot}) for on in days_of_their_own(part, bool(period)))
    elif part.month or any(which for which, _ in part.groups):
        yield from (("monthly", {**rule, **slot, **period}) for rule in of_the_month(part))
    else:
        days = sorted({name for _, names in part.groups for name in names}, key=WEEKDAYS.index)
        if not days:
            raise part.refuse("has no day; write it as di 10:00-12:00")
        yield from (("weekly", {"day": day, **slot, **rhythm_of(part), **period}) for day in days)


def days_of_their_own(part: Part, has_period: bool) -> Sequence[date]:
    """The dates; a day of the week beside them must be theirs."""
    named = [name for _, names in part.groups for name in names]
    if has_period or part.every or part.weeks or part.month or any(which for which, _ in part.groups):
        raise part.refuse("has a day of its own and a rule; write two parts with a semicolon between")
    if named and [WEEKDAYS[on.weekday()] for on in part.dates] != named:
        raise part.refuse("names another day of the week than that of its date")
    return part.dates


def of_the_month(part: Part) -> Iterator[Found]:
    """The days of the month that are meant."""
    if part.every or part.weeks:
        raise part.refuse("is both of the month and of the week; write 1e di van de maand 10:00-12:00")
    for which, names in part.groups:
        by_weekday = names and which and all(nth in ORDINALS for nth in which)
        by_date = not names and part.month and all(1 <= nth <= 31 for nth in which)
        if not by_weekday and not by_date:
            break
        for nth in which:
            yield from ({"day": name, "nth": nth} for name in names) if names else [{"date": nth}]
    else:
        if part.groups:
            return
    raise part.refuse("has no day of the month; write 1e di van de maand 10:00-12:00, or dag 15 van de maand 10:00")


def rhythm_of(part: Part) -> Found:
    """Even or odd weeks, or every so many weeks; those need a day to count from."""
    if part.every and part.weeks:
        raise part.refuse("has two rhythms; keep one of them")
    if part.every and not part.since:
        raise part.refuse("is every so many weeks from no week; add vanaf 3-11-2026")
    return {"every": part.every} if part.every else {"weeks": part.weeks} if part.weeks else {}


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
