"""An invented offer as a file, as full as the examples that ship: what the benchmarks of reading read."""

from __future__ import annotations

from typing import Any

from wor_match.catalogue.writer import as_yaml
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Catalogue
from wor_match.domain.terms import DIMENSIONS
from wor_match.evaluation.simulation.town import catalogue_of
from wor_match.evaluation.simulation.world import World

BODY, ASPECTS = ("none", "light", "moderate"), ("company", "food", "nature", "hands", "music")


def offer(activities: int, alike: bool = True) -> Catalogue:
    """An invented town with so many activities, each with the fields that the examples fill.

    Parameters
    ----------
    activities : int
    alike : bool
        Whether many meet at the same hours, as in the town; else no two have the same timetable.
    """
    town = catalogue_of(World(activities=activities, places=3 * activities))
    return town.holding([fuller(n, one.model_dump(exclude_unset=True), alike) for n, one in enumerate(town)])


def fuller(number: int, told: dict[str, Any], alike: bool) -> Activity:
    """The activity with the fields that a ranking hardly needs, and that everybody fills."""
    closed = {"from": "2026-12-21", "to": f"2027-01-{10 if alike else 1 + number % 31:02d}"}
    place = {"name": f"Buurthuis {number % 40}", "street": "Zaaipad", "number": f"{number % 60 + 1}a"}
    point = {"latitude": 52.0 + number % 97 / 1_000, "longitude": 5.05 + number % 89 / 1_000}
    more = {
        "summary": f"We zijn samen bezig met wat u mooi vindt. Daarna drinken we koffie. Groep {number}.",
        "serves": {DIMENSIONS[number % 6]: 3, DIMENSIONS[(number + 2) % 6]: 2, DIMENSIONS[(number + 3) % 6]: 1},
        "place": {**told["place"], **place, **point},
        "schedule": {"attend": "any", **told["schedule"], "closed": [closed]},
        "aspects": [ASPECTS[number % 5], ASPECTS[(number + 1) % 5]],
        "group": {**told["group"], "mix": "mixed", "newcomers": "welcome"},
        "level": {"body": BODY[number % 3]},
        "first_visit": {"ask_for": "de gastvrouw", "may_watch": True, "may_leave_early": True},
        "entry": {**told["entry"], "sign_up": ["walk_in", "phone"]},
    }
    if not alike:
        rule, minute = told["schedule"]["weekly"][0], number // 31 % 60
        more["schedule"]["weekly"] = [{**rule, "start": f"09:{minute:02d}", "end": f"12:{number % 60:02d}"}]  # type: ignore[index]
    return Activity.model_validate({**told, **more})


def offer_as_yaml(activities: int, alike: bool = True) -> str:
    """The offer as text, in which everything that YAML might take for something else stands in quotes."""
    return as_yaml(offer(activities, alike))
