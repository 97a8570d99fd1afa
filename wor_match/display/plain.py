"""An advice or an arrangement as plain values, for another program: nested, or one row for each suggestion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wor_match.domain.change import AskPlace
from wor_match.wording.sentences import caution, check_sentence
from wor_match.wording.words import Words

if TYPE_CHECKING:
    from wor_match.advice import Advice
    from wor_match.arranging import Arrangement
    from wor_match.contrast import Contrast
    from wor_match.domain.check import Check
    from wor_match.excluded import NearMiss
    from wor_match.first_time import FirstTime, Help
    from wor_match.reasons import Reason
    from wor_match.suggestion import Suggestion

DECIMALS = 6


def as_dict(advice: Advice, language: str | Words) -> dict[str, Any]:
    """The advice as plain values; sentences beside the figures they speak for."""
    return {
        "decision_id": advice.decision_id,
        "catalogue": advice.catalogue.id,
        "reference": round(advice.reference, DECIMALS),
        "suggestions": [suggestion_dict(one, advice, language) for one in advice],
        "others": [{"activity": one.activity.id, **figures(one)} for one in advice.others],
        "excluded": {
            name: [{"constraint": rule.constraint, "sentence": rule.sentence(language)} for rule in rules]
            for name, rules in advice.excluded.items()
        },
        "near_misses": [near_miss_dict(miss, language) for miss in advice.near_misses()],
        "first": [track.to_dict(language) for track in advice.first],
        "ask_next": [{"field": one.field, "sentence": one.sentence(language)} for one in advice.ask_next],
        "would_change": contrast_dict(advice.would_change, language),
    }


def suggestion_dict(one: Suggestion, advice: Advice, language: str | Words) -> dict[str, Any]:
    """One suggestion as plain values."""
    return {
        "activity": one.activity.id,
        "name": one.activity.name,
        **figures(one),
        "propensity": round(one.propensity, DECIMALS),
        "explored": one.explored,
        "interval": [round(end, DECIMALS) for end in one.interval],
        "start_chance": round(one.start_chance, DECIMALS),
        "stay_chance": round(one.stay_chance, DECIMALS),
        "reasons": [reason_dict(reason, language) for reason in one.reasons],
        "spoken": spoken_sentences(one, language),
        "checks": [check_dict(check, one, advice, language) for check in one.checks],
        "support": list(one.support),
        "first_visit": first_visit_dict(one.first_visit, language),
        "next": [occurrence.start.isoformat() for occurrence in one.next_occurrences],
    }


def figures(one: Suggestion | Arrangement) -> dict[str, float]:
    """Score, worth and chance."""
    return {name: round(getattr(one, name), DECIMALS) for name in ("score", "worth", "chance")}


def reason_dict(reason: Reason, language: str | Words) -> dict[str, Any]:
    """One reason, with what it adds."""
    points = round(reason.points, DECIMALS)
    return {"name": reason.name, "part": reason.part, "points": points, "sentence": reason.sentence(language)}


def first_visit_dict(first: FirstTime, language: str | Words) -> dict[str, Any]:
    """What the first time is like, and what to arrange for it."""
    return {**first.there.model_dump(), "help": [help_dict(one, language) for one in first.help]}


def help_dict(one: Help, language: str | Words) -> dict[str, Any]:
    """Help to arrange, why, and from whom."""
    return {
        "kind": one.kind,
        "why": one.why,
        "source": one.source,
        "helper": one.helper.id if one.helper else None,
        "helper_name": one.helper.name if one.helper else None,
        "phone": one.helper.phone if one.helper else None,
        "wait_weeks": one.wait_weeks,
        "sentence": one.sentence(language),
    }


def contrast_dict(found: Contrast | None, language: str | Words) -> dict[str, Any] | None:
    """The smallest other answer that would put another idea on top."""
    if found is None:
        return None
    return {
        "field": found.change.field,
        "now": plain(found.change.now),
        "needed": plain(found.change.needed),
        "activity": found.activity.id,
        "sentence": found.sentence(language),
    }


def plain(answer: Any) -> Any:
    """An answer of a participant as JSON gives it back: lists and dicts."""
    if isinstance(answer, Mapping):
        return dict(answer)
    return list(answer) if isinstance(answer, tuple) else answer


def check_dict(check: Check, one: Suggestion, advice: Advice, language: str | Words) -> dict[str, Any]:
    """Something to ask, with the number to call when it is for the organiser."""
    told = {"name": check.name, "whom": check.whom, "sentence": check_sentence(check, language)}
    organiser = advice.catalogue.organiser_of(one.activity) if check.whom == "organiser" else None
    return {**told, "phone": organiser.phone if organiser else None}


def near_miss_dict(miss: NearMiss, language: str | Words) -> dict[str, Any]:
    """What nearly fits, and the answer that would let it in."""
    return {
        "activity": miss.activity.id,
        "constraint": miss.constraint,
        "sentence": miss.sentence(language),
        "ask": "place" if isinstance(miss.change, AskPlace) else miss.change.field,
    }


def spoken_sentences(one: Suggestion, language: str | Words) -> list[str]:
    """What is said about a suggestion: its spoken reasons, or a caution that little of the wish is in it."""
    told = [reason.sentence(language) for reason in one.spoken]
    return [*told, caution("little_of_the_wish", language)] if one.little_of_the_wish else told


def arrangement_dict(made: Arrangement, language: str | Words) -> dict[str, Any]:
    """A set that goes together as plain values, its week in order of time."""
    return {
        "decision_id": made.advice.decision_id,
        "catalogue": made.advice.catalogue.id,
        "reference": round(made.reference, DECIMALS),
        "activities": [one.id for one in made.activities],
        **figures(made),
        "theme": made.theme,
        "ready": made.ready.id if made.ready else None,
        "reasons": [{"activity": one.facts["activity"], **reason_dict(one, language)} for one in made.reasons],
        "spoken": [one.sentence(language) for one in made.spoken],
        "week": [
            {
                "activity": one.activity.id,
                "next": next((session.start.isoformat() for session in one.next_occurrences), None),
                "sentence": sentence,
            }
            for one, sentence in zip(made.in_time, made.week(language), strict=True)
        ],
    }
