"""An advice as plain values, for another program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wor_match.domain.change import AskPlace
from wor_match.wording.sentences import caution, check_sentence
from wor_match.wording.words import Words

if TYPE_CHECKING:
    from wor_match.advice import Advice
    from wor_match.suggestion import Suggestion

DECIMALS = 6
MOST_REASONS = 3
ADVICE_COLUMNS: dict[str, type] = {
    "person": str,
    "rank": int,
    "activity": str,
    "score": float,
    "worth": float,
    "chance": float,
    "low": float,
    "high": float,
    "reason_1": str,
    "points_1": float,
    "reason_2": str,
    "points_2": float,
    "reason_3": str,
    "points_3": float,
    "n_possible": int,
}


def as_dict(advice: Advice, language: str | Words = "nl") -> dict[str, Any]:
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


def suggestion_dict(one: Suggestion, language: str | Words) -> dict[str, Any]:
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


def spoken_sentences(one: Suggestion, language: str | Words) -> list[str]:
    """What is said about a suggestion: its spoken reasons, or a caution that little of the wish is in it."""
    said = [reason.sentence(language) for reason in one.spoken]
    return [*said, caution("little_of_the_wish", language)] if one.little_of_the_wish else said


def as_rows(advice: Advice) -> list[dict[str, Any]]:
    """One row for each suggestion, with the columns of `ADVICE_COLUMNS`; the reasons are those that are said."""
    rows = []
    for rank, one in enumerate(advice, 1):
        row = {"person": advice.person_id, "rank": rank, "activity": one.activity.id, "score": one.score}
        row |= {"worth": one.worth, "chance": one.chance, "n_possible": len(advice) + len(advice.others)}
        row["low"], row["high"] = one.interval
        for number, reason in enumerate(one.spoken[:MOST_REASONS], 1):
            row |= {f"reason_{number}": reason.name, f"points_{number}": reason.points}
        rows.append(row)
    return rows
