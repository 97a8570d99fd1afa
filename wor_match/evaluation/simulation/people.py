"""Invented participants: what they would tell a coach, with as much left unsaid as usual."""

from __future__ import annotations

from typing import Any

import numpy as np

from wor_match.domain.catalogue import Catalogue
from wor_match.domain.participant import Participant
from wor_match.domain.terms import DIMENSIONS
from wor_match.evaluation.simulation.town import POSTCODES
from wor_match.evaluation.simulation.world import World

MORNINGS = [f"{day} 09:00-13:00" for day in ("ma", "di", "wo", "do", "vr")]
DAYS = [f"{day} 09:00-17:00" for day in ("ma", "di", "wo", "do", "vr", "za")]
LATE = [f"{day} 13:00-22:00" for day in ("ma", "di", "wo", "do", "vr", "za")]
MODES = (["walk"], ["bike"], ["bike"], ["slow_walk"], ["public_transport", "walk"], ["car"])
BUDGETS = (None, None, "free", "small", "small", "any")


def people_of(world: World, catalogue: Catalogue) -> tuple[Participant, ...]:
    """The invented people of a world, by number."""
    dice = world.dice("people")
    terms = sorted({term for activity in catalogue for term in activity.terms})
    return tuple(Participant.model_validate(person(number, terms, dice)) for number in range(world.people))


def person(number: int, terms: list[str], dice: np.random.RandomState) -> dict[str, Any]:
    """What one invented person tells; about one question in three was not asked."""
    marks = {name: int(mark) for name, mark in zip(DIMENSIONS, dice.randint(3, 10, len(DIMENSIONS)), strict=True)}
    low = sorted(DIMENSIONS, key=lambda name: (marks[name], name))
    told: dict[str, Any] = {
        "id": f"verzonnen-{number:05d}",
        "focus": low[: dice.randint(1, 3)],
        "likes": [terms[at] for at in dice.choice(len(terms), size=min(2, len(terms)), replace=False)],
        "energy": [terms[dice.randint(len(terms))]],
        "spider_web": {"scores": marks, "instrument": "marks"},
        "age": int(dice.randint(18, 91)),
        "gender": ("woman", "woman", "woman", "man", "man")[dice.randint(5)],
        "place": {"postcode": POSTCODES[dice.randint(len(POSTCODES))]},
        "travel": {"modes": MODES[dice.randint(len(MODES))], "max_minutes": int(dice.choice([15, 20, 30, 45]))},
        "budget": BUDGETS[dice.randint(len(BUDGETS))],
        "free": (MORNINGS, DAYS, DAYS, LATE)[dice.randint(4)],
        "languages": ({"nl": "good"}, {"nl": "good"}, {"nl": "good"}, {"nl": "little", "tr": "good"})[dice.randint(4)],
        "group_wish": {"size": ("small", "large")[dice.randint(2)]},
        "support": ["buddy"],
        "access": ["few_steps"],
    }
    usual = {"id": 1.0, "focus": 0.9, "likes": 0.8, "place": 0.95, "age": 0.95, "gender": 0.95, "languages": 0.9,
             "support": 0.3, "access": 0.15}  # fmt: skip
    said = dice.rand(len(told))
    return {name: told[name] for name, luck in zip(told, said, strict=True) if luck < usual.get(name, 0.7)}
