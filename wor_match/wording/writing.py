"""How a fact is written: money, days, hours, lists, and codes by their word. No sentence stands here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from wor_match.wording.words import Words, capital

EACH = ("support", "needs", "asks", "speaks")  # lists of which every part is a sentence of its own
MOST_LISTED = 3  # more is no longer read
OLDEST = 120  # an age that bounds nothing
Writer = Callable[[Any, Words], str]


def filled(template: str, told: Mapping[str, Any], words: Words) -> str:
    """The template with its facts written out; every sentence begins with a capital.

    Examples
    --------
    >>> from wor_match.wording.words import words
    >>> filled("wacht {weeks}.", {"weeks": 2}, words("nl"))
    'Wacht 2 weken.'
    """
    for name in EACH:
        if len(told.get(name, ())) > 1:
            return " ".join(filled(template, {**told, name: (one,)}, words) for one in told[name])
    written = {name: WRITTEN.get(name, plainly)(value, words) for name, value in told.items()}
    for name, (of, write) in DERIVED.items():
        if of in told:
            written[name] = write(told[of], words).format_map(written)
    return "".join(capital(sentence.format_map(written)) for sentence in re.split(r"(?<=[.?!] )", template))


def said(words: Words, section: str, name: str, /, **told: Any) -> str:
    """A sentence of a section, such as the card, with these facts."""
    return filled(words[section][name], told, words)


def plainly(value: Any, words: Words) -> str:
    """A fact that reads as it is, without an end mark of its own."""
    return str(value).rstrip(". ")


def labelled(kind: str) -> Writer:
    """How one code is written."""
    return lambda value, words: words.label(kind, str(value))


def listed(kind: str, joint: str = "and", most: int = MOST_LISTED) -> Writer:
    """How a list of codes is written."""
    return lambda value, words: joined(few([words.label(kind, code) for code in value], most, words), words, joint)


def few(parts: Sequence[str], most: int, words: Words) -> Sequence[str]:
    """At most so many parts; that there are more is said."""
    return parts if len(parts) <= most else [*parts[: most - 1], str(words["joining"]["more"])]


def named(kind: str) -> Writer:
    """How a code is written that has its words outside the labels."""
    return lambda value, words: str(words[kind][value])


def joined(parts: Sequence[str], words: Words, joint: str = "and") -> str:
    """Parts as people say them: one, two and three."""
    return str(words["joining"][joint].join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts))


def counted(unit: str) -> Writer:
    """How a number of something is written."""
    return lambda value, words: f"{value} {words['units'][unit][int(value) != 1]}"


def number(value: int, words: Words) -> str:
    """A small number as a word."""
    return str(words["numbers"].get(str(value), value))


def times(value: int, words: Words) -> str:
    """How often: twee keer."""
    return f"{number(value, words)} {words['units']['time'][value != 1]}"


def money(value: Any, words: Words) -> str:
    """Euros as people write them: 4 euro, 3,50 euro."""
    euros, cents = f"{float(value):.2f}".split(".")
    shape = "whole" if cents == "00" else "only_cents" if euros == "0" else "cents"
    return str(words["money"][shape].format(euros=euros, cents=cents))


def decimal(value: float, words: Words) -> str:
    """A number with its sign and one decimal: +12,3."""
    return f"{round(value, 1) + 0.0:+.1f}".replace(".", words["decimal_mark"]).replace("-", "−")


def mark(value: float, words: Words) -> str:
    """A mark of the spider web with at most one decimal: 6, or 6,4."""
    return f"{value:.1f}".removesuffix(".0").replace(".", words["decimal_mark"])


def day(value: date, words: Words) -> str:
    """A day with its name: dinsdag 24 november."""
    names = list(words["labels"]["weekday"].values())
    return f"{names[value.weekday()]} {value.day} {words.label('month', str(value.month))}"


def full_day(value: date, words: Words) -> str:
    """A day with its year, for what is filed."""
    return f"{day(value, words)} {value.year}"


def clock(value: str, words: Words) -> str:
    """A time of day: 10.30 uur, or half 11 's ochtends where the words say it so."""
    hour, minute = value.split(":")
    said = words["clock"].get(minute, words["clock"]["other"])
    hour12, next12 = ((int(hour) + more - 1) % 12 + 1 for more in (0, 1))
    return str(said.format(hour=int(hour), minute=minute, hour12=hour12, next12=next12, part=part_of_day(hour, words)))


def part_of_day(hour: str, words: Words) -> str:
    """Morning, afternoon, evening or night."""
    at = int(hour) % 24
    name = "night" if at < 5 else "morning" if at < 12 else "afternoon" if at < 18 else "evening"
    return str(words["part_of_day"][name])


def bare_clock(value: str, words: Words) -> str:
    """A time of day without the word for hour, where another time follows: 10.00."""
    return str(words["clock"]["bare"].format(hour=int(value[:2]), minute=value[3:]))


def window(value: str, words: Words) -> str:
    """A weekly window by its day and start: dinsdag om 10.00 uur."""
    return f"{words.label('weekday', value[:2])} {words['joining']['at']} {clock(value[3:8], words)}"


def budget(value: Any, words: Words) -> str:
    """A budget in words."""
    said = words["budget"]
    return str(said[value]) if isinstance(value, str) else str(said["month"]).format(month=money(value, words))


def ages(value: tuple[int, int], words: Words) -> str:
    """From and up to which age, in whole years: vanaf 18 jaar."""
    first, last = value
    shape = "from" if last >= OLDEST else "between" if first else "up_to"
    return str(words["assess"]["ages"][shape]).format(min_age=first, max_age=last)


WRITTEN: dict[str, Writer] = {
    "dimension": labelled("dimension"),
    "circumstance": labelled("circumstance"),
    "word": labelled("word"),
    "weekday": labelled("weekday"),
    "weekdays": listed("weekday", most=7),
    "level": labelled("level"),
    "only": named("only"),
    "contact": named("contact"),
    "per": named("per"),
    "support": listed("support"),
    "needs": listed("needs"),
    "asks": listed("asks"),
    "referrer": labelled("referrer"),
    "referral_reason": labelled("referral_reason"),
    "referral_reasons": listed("referral_reason"),
    "purposes": listed("purpose", most=5),
    "channel": labelled("channel"),
    "how": labelled("how"),
    "why": labelled("why"),
    "languages": listed("languages"),
    "speaks": listed("languages"),
    "opens": labelled("opens"),
    "activities": lambda value, words: joined(list(value), words),
    "names": lambda value, words: joined(few(list(value), MOST_LISTED, words), words, "or"),
    "towns": lambda value, words: joined(few(list(value), MOST_LISTED, words), words),
    "ages": ages,
    "group": lambda value, words: str(value).replace("-", " "),
    "euro": money,
    "month": money,
    "weeks": counted("week"),
    "months": counted("month"),
    "times": times,
    "n": number,
    "date": day,
    "full_date": full_day,
    "time": clock,
    "end": clock,
    "start": bare_clock,
    "window": window,
    "budget": budget,
}

# Words that follow from another fact: how it is called → (from which fact, how).
DERIVED: dict[str, tuple[str, Writer]] = {
    "want": ("dimension", labelled("want")),
    "they_want": ("dimension", labelled("they_want")),
    "duration": ("minutes", counted("minute")),
    "no_needs": ("needs", listed("no_needs")),
    "by_mode": ("mode", labelled("by_mode")),
}
