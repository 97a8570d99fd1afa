"""From facts to sentences: looks a sentence up and writes the facts into it; no arithmetic and no decisions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from wor_match.catalogue.reader import read_text
from wor_match.domain.catalogue import Desk
from wor_match.domain.change import AskPlace, Change
from wor_match.domain.check import Check
from wor_match.domain.facts import facts
from wor_match.errors import WorMatchError

Words = Mapping[str, Any]


@cache
def words(language: str) -> Words:
    """All words of a language.

    Raises
    ------
    WorMatchError
        When there are no words in this language.
    """
    home = files("wor_match.wording")
    spoken = sorted(one.name.removesuffix(".yaml") for one in home.iterdir() if one.name.endswith(".yaml"))
    if language not in spoken:
        raise WorMatchError(f"there are no words in language {str(language)[:10]!r}; there are: {', '.join(spoken)}")
    tree, problems = read_text(home.joinpath(f"{language}.yaml").read_bytes(), f"wording/{language}.yaml")
    if tree is None or problems:
        raise WorMatchError(f"the words of {language} cannot be read", problems)
    told: Words = tree.plain()
    return told


def reason_sentence(name: str, points: float, told: Mapping[str, Any], language: str) -> str:
    """A reason; one that counts against has its own sentence where the words have one."""
    said = words(language)["reasons"][name]
    say = str(told.get("say", ""))
    template = said.get(f"{say}_less") if points < 0 else None
    return filled(template or said.get(say) or said.get(f"{say}_less") or "", told, language)


def exclusion_sentence(name: str, told: Mapping[str, Any], language: str) -> str:
    """The rule that an activity breaks."""
    return filled(chosen(words(language)["exclusions"][name], told), told, language)


def check_sentence(check: Check, language: str) -> str:
    """What to ask."""
    return filled(chosen(words(language)["checks"][check.name], check.facts), check.facts, language)


def change_sentence(change: Change | AskPlace, language: str) -> str:
    """What would let an activity in, as a question."""
    said = words(language)
    if isinstance(change, AskPlace):
        return filled(said["changes"]["ask_place"], facts(needs=(change.need,)), language)
    told: dict[str, Any] = {}
    if change.field == "free":
        told["window"] = [window for window in change.needed if window not in (change.now or ())]
    elif change.field == "budget":
        told["budget"] = change.needed
    elif change.field == "travel.max_minutes":
        told["minutes"] = change.needed
    elif change.field == "max_wait_weeks":
        told["weeks"] = change.needed
    return filled(said["changes"][change.field], told, language)


def track_sentence(circumstance: str, state: str, desks: Sequence[Desk], language: str) -> str:
    """What comes first or alongside, and where to go."""
    said = words(language)["tracks"]
    first = said["safety_first"] if (circumstance, state) == ("safety", "first") else said[state]
    told = [filled(first, {"circumstance": circumstance}, language)]
    for desk in desks:
        told.append(filled(said["desk" if desk.phone else "desk_without_phone"], desk.model_dump(), language))
    return " ".join(told)


def face(which: str, language: str, **told: Any) -> str:
    """A fixed sentence of a face."""
    return filled(words(language)["faces"][which], told, language)


def caution(name: str, language: str) -> str:
    """A caution that is no reason."""
    return str(words(language)["cautions"][name])


def label(kind: str, code: str, language: str) -> str:
    """The word for a code; the code itself when there is none."""
    return str(words(language)["labels"].get(kind, {}).get(code, code))


def chosen(said: Any, told: Mapping[str, Any]) -> str:
    """The sentence itself, or the one for what the facts say."""
    return str(said[told["say"]] if isinstance(said, Mapping) else said)


def filled(template: str, told: Mapping[str, Any], language: str) -> str:
    """The template with its facts written out; a sentence begins with a capital."""
    written = {name: WRITTEN.get(name, plainly)(value, told, language) for name, value in told.items()}
    written |= {"want": label("want", str(told.get("dimension")), language)}
    if "mode" in told:
        written["by_mode"] = label("by_mode", told["mode"], language).format_map(written)
    return re.sub(r"(^|[.?!] )(\w)", lambda start: start[1] + start[2].upper(), template.format_map(written))


def plainly(value: Any, told: Mapping[str, Any], language: str) -> str:
    """A fact that reads as it is."""
    return str(value)


def listed(kind: str) -> Callable[[Any, Mapping[str, Any], str], str]:
    """How a list of codes is written."""
    return lambda value, told, language: joined([label(kind, code, language) for code in value], language)


def labelled(kind: str) -> Callable[[Any, Mapping[str, Any], str], str]:
    """How one code is written."""
    return lambda value, told, language: label(kind, str(value), language)


def joined(parts: Sequence[str], language: str) -> str:
    """Parts as people say them: one, two and three."""
    last = words(language)["joining"]["last"]
    return last.join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def counted(unit: str) -> Callable[[Any, Mapping[str, Any], str], str]:
    """How a number of something is written."""
    return lambda value, told, language: f"{value} {words(language)['units'][unit][int(value) != 1]}"


def money(value: Any, told: Mapping[str, Any], language: str) -> str:
    """Euros as people write them."""
    whole = float(value) == int(value)
    return (
        f"{int(value)} euro"
        if whole
        else f"{float(value):.2f}".replace(".", "," if language == "nl" else ".") + " euro"
    )


def day(value: date, told: Mapping[str, Any], language: str) -> str:
    """A day with its name: dinsdag 24 november."""
    names = list(words(language)["labels"]["weekday"].values())
    return f"{names[value.weekday()]} {value.day} {label('month', str(value.month), language)}"


def clock(value: str, told: Mapping[str, Any], language: str) -> str:
    """A time of day: 10.00 uur."""
    hours, minutes = value.split(":")
    return f"{int(hours)}.{minutes} uur" if language == "nl" else f"{int(hours)}:{minutes}"


def window(value: Sequence[str], told: Mapping[str, Any], language: str) -> str:
    """Weekly windows by their day and start: dinsdag om 10.00 uur."""
    return joined(
        [f"{label('weekday', one[:2], language)} om {clock(one[3:8], told, language)}" for one in value], language
    )


def budget(value: Any, told: Mapping[str, Any], language: str) -> str:
    """A budget in words."""
    said = words(language)["budget"]
    return str(said[value]) if isinstance(value, str) else said["month"].format(month=money(value, told, language))


WRITTEN: dict[str, Callable[[Any, Mapping[str, Any], str], str]] = {
    "dimension": labelled("dimension"),
    "circumstance": labelled("circumstance"),
    "word": labelled("word"),
    "weekday": labelled("weekday"),
    "level": labelled("level"),
    "only": lambda value, told, language: str(words(language)["only"][value]),
    "contact": lambda value, told, language: str(words(language)["contact"][value]),
    "support": listed("support"),
    "needs": listed("needs"),
    "asks": listed("asks"),
    "languages": listed("languages"),
    "names": lambda value, told, language: joined(list(value), language),
    "euro": money,
    "month": money,
    "weeks": counted("week"),
    "months": counted("month"),
    "date": day,
    "time": clock,
    "window": window,
    "budget": budget,
}
