"""How an advice reads: as plain values for another program, and as Markdown for a coach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wor_match.domain.activity import Activity
from wor_match.domain.change import AskPlace
from wor_match.domain.check import Check
from wor_match.wording.sentences import caution, check_sentence, clock, day, face, money, words

if TYPE_CHECKING:
    from wor_match.advice import Advice, Suggestion

LEFT_OUT_SHOWN = 5
DECIMALS = 6


def as_dict(advice: Advice, language: str = "nl") -> dict[str, Any]:
    """The advice as plain values; sentences beside the figures they speak for."""
    return {
        "decision_id": advice.decision_id,
        "catalogue": advice.catalogue.id,
        "reference": round(advice.reference, DECIMALS),
        "suggestions": [suggestion_dict(one, language) for one in advice],
        "others": [
            {
                "activity": one.activity.id,
                "score": round(one.score, DECIMALS),
                "worth": round(one.worth, DECIMALS),
                "chance": round(one.chance, DECIMALS),
            }
            for one in advice.others
        ],
        "excluded": {
            name: [{"constraint": rule.constraint, "sentence": rule.sentence(language)} for rule in rules]
            for name, rules in advice.excluded.items()
        },
        "near_misses": [
            {
                "activity": miss.activity.id,
                "constraint": miss.constraint,
                "sentence": miss.sentence(language),
                "ask": "place" if isinstance(miss.change, AskPlace) else miss.change.field,
            }
            for miss in advice.near_misses()
        ],
        "first": [
            {
                "circumstance": track.circumstance,
                "state": track.state,
                "desks": [desk.id for desk in track.desks],
                "sentence": track.sentence(language),
            }
            for track in advice.first
        ],
    }


def suggestion_dict(one: Suggestion, language: str) -> dict[str, Any]:
    """One suggestion as plain values."""
    low, high = one.interval
    return {
        "activity": one.activity.id,
        "name": one.activity.name,
        "score": round(one.score, DECIMALS),
        "worth": round(one.worth, DECIMALS),
        "chance": round(one.chance, DECIMALS),
        "interval": [round(low, DECIMALS), round(high, DECIMALS)],
        "start_chance": round(one.start_chance, DECIMALS),
        "stay_chance": round(one.stay_chance, DECIMALS),
        "reasons": [
            {
                "name": reason.name,
                "part": reason.part,
                "points": round(reason.points, DECIMALS),
                "sentence": reason.sentence(language),
            }
            for reason in one.reasons
        ],
        "spoken": spoken_sentences(one, language),
        "checks": [
            {"name": check.name, "whom": check.whom, "sentence": check_sentence(check, language)}
            for check in one.checks
        ],
        "next": [occurrence.start.isoformat() for occurrence in one.next_occurrences],
    }


def spoken_sentences(one: Suggestion, language: str) -> list[str]:
    """What is said about a suggestion: its spoken reasons, or a caution that little of the wish is in it."""
    said = [reason.sentence(language) for reason in one.spoken]
    return [*said, caution("little_of_the_wish", language)] if one.little_of_the_wish else said


def as_markdown(advice: Advice, language: str = "nl") -> str:
    """The advice as a coach reads it: suggestions with reasons and checks, what comes first, what was left out."""
    return "\n".join(markdown_lines(advice, language)) + "\n"


def markdown_lines(advice: Advice, language: str) -> Iterator[str]:
    """The lines of the page."""
    yield f"# {face('title', language, person=escaped(advice.person_id))}"
    yield ""
    if advice.first:
        yield f"**{face('first', language)}**"
        yield from ("- " + escaped(track.sentence(language)) for track in advice.first)
        yield ""
    if advice.safe:
        yield face("choose" if len(advice) else "none", language)
    for number, one in enumerate(advice, 1):
        yield from ("", f"## {number}. {escaped(one.activity.name)}", "")
        yield from suggestion_lines(one, advice, language)
    yield from left_out_lines(advice, language)


def suggestion_lines(one: Suggestion, advice: Advice, language: str) -> Iterator[str]:
    """The lines of one suggestion."""
    parts = (escaped(one.activity.summary), when(one, language), where(one.activity), price(one.activity, language))
    yield " · ".join(part for part in parts if part)
    yield ""
    yield from (f"- {escaped(sentence)}" for sentence in spoken_sentences(one, language))
    low, high = one.interval
    yield ""
    yield face("score", language, score=round(100 * one.score), chance=round(100 * one.chance))
    yield face("interval", language, low=round(100 * low), high=round(100 * high))
    if one.checks:
        yield from ("", f"**{face('first_ask', language)}**")
        yield from (
            f"- {whom(check, one.activity, advice, language)}: {escaped(check_sentence(check, language))}"
            for check in one.checks
        )


def when(one: Suggestion, language: str) -> str:
    """The next session in words."""
    if not one.next_occurrences:
        schedule = one.activity.schedule
        return face("no_time" if schedule and schedule.on_request else "unknown_time", language)
    start = one.next_occurrences[0].start
    return f"{day(start.date(), {}, language)}, {clock(f'{start:%H:%M}', {}, language)}"


def where(activity: Activity) -> str:
    """The address, as far as it is known."""
    place = activity.place
    if place is None:
        return ""
    street = " ".join(part for part in (place.street, place.number) if part)
    return escaped(", ".join(part for part in (place.name, street, place.entrance) if part))


def price(activity: Activity, language: str) -> str:
    """The price list in words; nothing when the price is unknown."""
    per = words(language)["per"]
    rows = (
        (per["free"] if row.euro == 0 else f"{money(row.euro, {}, language)} {per[row.per]}", row.with_)
        for row in activity.price
    )
    return escaped("; ".join(f"{amount} ({card})" if card else amount for amount, card in rows))


def whom(check: Check, activity: Activity, advice: Advice, language: str) -> str:
    """Whom to ask, with the telephone number when there is one."""
    if check.whom == "participant":
        return face("ask_participant", language)
    organiser = advice.catalogue.organiser_of(activity)
    if organiser is None:
        return face("call_nobody", language)
    name = escaped(organiser.name)
    if organiser.phone is None:
        return face("call_without_phone", language, name=name)
    return face("call", language, name=name, phone=organiser.phone)


def left_out_lines(advice: Advice, language: str) -> Iterator[str]:
    """What nearly fits, and why the rest was left out."""
    nearly = advice.near_misses()
    if nearly:
        yield from ("", f"**{face('nearly', language)}**")
        yield from (f"- {escaped(miss.activity.name)}: {escaped(miss.sentence(language))}" for miss in nearly)
    near = {miss.activity.id for miss in nearly}
    rest = [name for name in advice.left_out() if name not in near][:LEFT_OUT_SHOWN]
    if rest:
        catalogue = advice.catalogue
        yield from ("", f"**{face('left_out', language)}**")
        yield from (
            f"- {escaped(catalogue[name].name)}: {escaped(advice.excluded[name][0].sentence(language))}"
            for name in rest
        )


def escaped(text: str) -> str:
    """Text from a catalogue as Markdown shows it: as text."""
    return "".join(f"\\{one}" if one in "\\`*_[]<>#|" else one for one in " ".join(text.split()))
