"""From facts to sentences: looks a sentence up and has the facts written into it; no arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wor_match.domain.catalogue import Desk
from wor_match.domain.change import AskPlace, Change
from wor_match.domain.check import Check
from wor_match.domain.rhythm import DAY_PARTS
from wor_match.wording.words import Words, words
from wor_match.wording.writing import filled, said


def reason_sentence(name: str, points: float, told: Mapping[str, Any], language: str | Words) -> str:
    """A reason; one that counts against has its own sentence where the words have one."""
    ours = words(language)
    said, say = ours["reasons"][name], str(told.get("say", ""))
    template = said.get(f"{say}_less") if points < 0 else None
    return filled(template or said.get(say) or said.get(f"{say}_less") or "", told, ours)


def exclusion_sentence(name: str, told: Mapping[str, Any], language: str | Words) -> str:
    """The rule that an activity breaks."""
    ours = words(language)
    return filled(chosen(ours["exclusions"][name], told), told, ours)


def check_sentence(check: Check, language: str | Words) -> str:
    """What to ask."""
    ours = words(language)
    return filled(chosen(ours["checks"][check.name], check.facts), check.facts, ours)


def change_sentence(change: Change | AskPlace, language: str | Words) -> str:
    """What would let an activity in, as a question."""
    ours = words(language)
    if isinstance(change, AskPlace):
        return filled(ours["changes"]["ask_place"], {"needs": (change.need,)}, ours)
    told: dict[str, Any] = {}
    if change.field == "free":
        more = (window for window in change.needed if window not in (change.now or ()))
        asked = (filled(ours["changes"]["free"], {"window": window}, ours) for window in more)
        return " ".join((*asked, ours["changes"]["fits"]))
    if change.field == "budget":
        told["budget"] = change.needed
    elif change.field == "travel.max_minutes":
        told["minutes"] = change.needed
    elif change.field == "max_wait_weeks":
        told["weeks"] = change.needed
    return filled(ours["changes"][change.field], told, ours)


def contrast_sentence(change: Change, name: str, language: str | Words) -> str:
    """Another answer as a question, and what would come first."""
    ours = words(language)
    said = ours["contrast"]
    asked, told = said[change.field], contrast_facts(change)
    template = asked[told["say"]] if isinstance(asked, Mapping) else asked
    return f"{filled(template, told, ours)} {filled(said['then'], {'name': name}, ours)}"


def contrast_facts(change: Change) -> dict[str, Any]:
    """What the question about another answer needs: of a list only the part that is new, or goes."""
    now, needed = change.now, change.needed
    if change.field == "free":
        day, hours = needed[-1].split(" ")
        return {"say": next(part for part, asked in DAY_PARTS.items() if asked == hours), "weekday": day}
    if change.field == "not_free":
        return {"window": next(part for part in now if part not in needed)}
    if change.field in ("likes", "energy", "good_at"):
        return {"word": next(part for part in now if part not in needed)}
    told = {"travel.max_minutes": "minutes", "budget": "budget", "max_wait_weeks": "weeks"}
    first = {"travel.modes": ("say", -1), "focus": ("dimension", 0)}
    if change.field in first:
        name, at = first[change.field]
        return {name: needed[at]}
    if change.field == "languages":
        return {"say": needed["nl"]}
    return {told[change.field]: needed} if change.field in told else {}


def track_sentence(circumstance: str, state: str, desks: Sequence[Desk], language: str | Words) -> str:
    """What comes first or alongside, and where to go."""
    ours = words(language)
    said = ours["tracks"]
    first = said["safety_first"] if (circumstance, state) == ("safety", "first") else said[state]
    told = [filled(first, {"circumstance": circumstance}, ours)]
    for desk in desks:
        told.append(filled(said["desk" if desk.phone else "desk_without_phone"], desk.model_dump(), ours))
    return " ".join(told)


def ask_for_sentence(ask_for: str, language: str | Words) -> str:
    """Whom to ask for at the door."""
    return said(words(language), "card", "ask_for", ask_for=ask_for)


def help_sentence(kind: str, why: str, source: str, name: str, wait_weeks: int | None, language: str | Words) -> str:
    """Help for the first time: what it is, through whom in town and after how long, and that the coach offers it."""
    ours = words(language)
    if source == "coach":
        return said(ours, "first_time", "call")
    told = [filled("{support}.", {"support": (kind,)}, ours)]
    if source == "town":
        told.append(said(ours, "first_time", "in_town" if name else "in_town_by_nobody", name=name))
    if wait_weeks:
        told.append(said(ours, "first_time", "wait", weeks=wait_weeks))
    if why in ("start", "stay"):
        told.append(said(ours, "first_time", "offer" if why == "start" else "offer_after"))
    return " ".join(told)


def asking_sentence(field: str, language: str | Words) -> str:
    """A question that was not answered yet."""
    return str(words(language)["asking"][field])


def learned_sentences(
    counts: Mapping[str, int], scaled: float, moved: Mapping[str, float], language: str | Words
) -> Iterator[str]:
    """What was learned: on how much it rests, what counts otherwise than expected, and what was left out."""
    ours = words(language)
    said = ours["learned"]
    if not counts.get("episodes"):
        yield str(said["nothing"])
    else:
        first = "person" if counts["people"] == 1 else "people"
        last = ("unfinished",) if counts.get("unfinished") else ()
        yield from (filled(said[name], counts, ours) for name in (first, "started", "stopped", *last))
    if scaled:
        yield str(said["beliefs_more" if scaled > 0 else "beliefs_less"])
    for name, shift in moved.items():
        signal = said["signals"].get(name, name)
        yield filled(said["more" if shift > 0 else "less"], {"signal": signal}, ours)
    for name in ("no_consent", "unknown_activity", "no_outcome", "over_the_cap", "without_strengths", "not_converged"):
        if counts.get(name):
            yield filled(said[name], {"count": counts[name]}, ours)


def gap_sentences(told: Mapping[str, Any], shareable: bool, language: str | Words) -> Iterator[str]:
    """One gap in the offer: who they are, for how many too little fits, and what would open most."""
    ours = words(language)
    said = ours["gaps"]
    asks = "seeks" if told["dimension"] is None else "wants"
    yield filled(said[asks if told["area"] else f"{asks}_anywhere"], told, ours)
    if told["need"]:
        yield filled(said["needs"], {"needs": (told["need"],)}, ours)
    yield filled(said["some_of" if told["short"] is None else "short_of"], told, ours)
    if told["opens"]:
        yield filled(said["opens_many" if told["helped"] is None else "opens"], told, ours)
    elif not shareable:
        yield str(said["opens_none"])
    if told["activities"]:
        yield filled(said["such_as"], told, ours)


def allocation_sentences(
    turns: Sequence[Any], fairness: str, names: Mapping[str, str], language: str | Words
) -> Iterator[str]:
    """Who has which place and who waits for what, person by person; how it was decided, once somebody waits."""
    ours = words(language)
    said = ours["allocation"]
    for one in turns:
        told: dict[str, Any] = {"person": one.person}
        told["name"] = names.get(one.waiting.activity if one.waiting else one.activity)
        say = one.state
        if one.waiting and one.waiting.wait_weeks:
            told["weeks"], say = one.waiting.wait_weeks, "waits_weeks"
        elif one.places_known is False:
            say = "place_unknown"
        yield filled(said[say], told, ours)
    if any(one.waiting for one in turns):
        yield from (str(said[name]) for name in (fairness, "ties"))


def left_out_sentence(
    why: str, name: str, names: Mapping[str, str], rules: Mapping[str, Sequence[str]], language: str | Words
) -> str:
    """Why a ready-made arrangement does not fit, with the rules that each of its activities breaks."""
    ours = words(language)
    broken = (f"{names[one]}: {' '.join(told)}" for one, told in rules.items())
    return " ".join((filled(ours["arrangements"][why], {"name": name}, ours), *broken))


def week_sentence(name: str, told: Mapping[str, Any], language: str | Words) -> str:
    """When one activity of an arrangement is, as far as that is known."""
    ours = words(language)
    return filled(ours["arrangements"]["week" if told else "on_request"], {"name": name, **told}, ours)


def caution(name: str, language: str | Words) -> str:
    """A caution that is no reason."""
    return str(words(language)["cautions"][name])


def chosen(said: Any, told: Mapping[str, Any]) -> str:
    """The sentence itself, or the one for what the facts say."""
    return str(said[told["say"]] if isinstance(said, Mapping) else said)
