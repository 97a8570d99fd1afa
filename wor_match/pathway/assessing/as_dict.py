"""An assessment as plain values, for a host program."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from wor_match.wording.words import Words

if TYPE_CHECKING:
    from wor_match.pathway.assessing.assessment import Assessment, Finding, Remark


def as_dict(made: Assessment, ours: Words) -> dict[str, Any]:
    """All of it, with the sentences beside the codes."""
    route = made.route
    return {
        "verdict": made.verdict,
        "sentence": made.sentence(ours),
        "route": {**plainly(asdict(route)), "sentence": route.sentence(ours)} if route else None,
        "reasons": [finding_dict(one, ours) for one in made.reasons],
        "first": [one.to_dict(ours) for one in made.first],
        "consents": list(made.consents),
        "warnings": [remark_dict(one, ours) for one in made.warnings],
        "caution": made.caution(ours),
    }


def finding_dict(one: Finding, ours: Words) -> dict[str, Any]:
    """What one rule found."""
    return {**remark_dict(one, ours), "verdict": one.verdict, "whom": one.whom}


def remark_dict(one: Finding | Remark, ours: Words) -> dict[str, Any]:
    """Its name, its facts, and its sentence."""
    return {"name": one.name, "facts": plainly(one.facts), "sentence": one.sentence(ours)}


def plainly(facts: dict[str, Any]) -> dict[str, Any]:
    """The same with lists for tuples, as JSON knows them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in facts.items()}
