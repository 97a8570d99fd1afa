"""An invented offer: activities as an ordinary catalogue has them, at invented hours and prices, in Nieuwegein."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np

from wor_match.domain.catalogue import Catalogue
from wor_match.domain.rhythm import WEEKDAYS
from wor_match.domain.terms import taxonomy
from wor_match.evaluation.simulation.world import World

POSTCODES = ("3431", "3432", "3433", "3434", "3435", "3436", "3437", "3438", "3439")
HOURS = (("09:30", "11:30"), ("10:00", "12:00"), ("13:30", "15:30"), ("14:00", "16:00"), ("19:30", "21:30"))
PRICES = (0.0, 0.0, 2.5, 3.5, 6.0, 12.0)
PER_ORGANISER = 4  # activities
COUNTED_DAYS, LONGEST_LIST = 14, 12  # days before the first day at most, and weeks; assumptions
ORDINARY = tuple(sorted(name for name, term in taxonomy().terms.items() if not term.on_request))


def catalogue_of(world: World) -> Catalogue:
    """The invented catalogue of a world."""
    dice, places = world.dice("town"), world.dice("places")
    n_organisers = -(-world.activities // PER_ORGANISER)
    return Catalogue.model_validate(
        {
            "id": "verzonnen-stad",
            "name": "Verzonnen stad",
            "municipality": "Nieuwegein",
            "organisers": [{"id": f"aanbieder-{n:02d}", "name": f"Aanbieder {n}"} for n in range(n_organisers)],
            "activities": [
                with_places(activity(n, n_organisers, world, dice), free, world, places)
                for n, free in enumerate(free_places(world, places))
            ],
        }
    )


def free_places(world: World, dice: np.random.RandomState) -> list[int | None]:
    """How many places each activity has free: all of the town, dealt one by one; None when nobody counted them."""
    if world.places is None:
        return [None] * world.activities
    dealt = dice.randint(world.activities, size=world.places)
    return [int(free) for free in np.bincount(dealt, minlength=world.activities)]


def with_places(told: dict[str, Any], free: int | None, world: World, dice: np.random.RandomState) -> dict[str, Any]:
    """The activity with its free places, counted shortly before the first day, and a waiting list when none is free."""
    if free is None:
        return told
    counted = world.first_day - timedelta(days=int(dice.randint(1, COUNTED_DAYS + 1)))
    weeks = int(dice.randint(2, LONGEST_LIST + 1))  # drawn for each, so that one activity does not shake another
    entry = told["entry"] if free else {**told["entry"], "wait_weeks": weeks}
    return {**told, "places": {"free": free, "as_of": counted}, "entry": entry}


def activity(number: int, n_organisers: int, world: World, dice: np.random.RandomState) -> dict[str, Any]:
    """One invented activity, as a catalogue writes it."""
    term = ORDINARY[dice.randint(len(ORDINARY))]
    start, end = HOURS[dice.randint(len(HOURS))]
    checked = world.first_day - timedelta(days=int(dice.randint(1, 60)))
    told: dict[str, Any] = {
        "id": f"{term}-{number:03d}",
        "name": f"{taxonomy().terms[term].label_nl.capitalize()} {number}",
        "terms": [term],
        "organiser": f"aanbieder-{dice.randint(n_organisers):02d}",
        "place": {"postcode": POSTCODES[dice.randint(len(POSTCODES))]},
        "schedule": {"weekly": [{"day": WEEKDAYS[dice.randint(6)], "start": start, "end": end}]},
        "price": [{"euro": PRICES[dice.randint(len(PRICES))], "per": "time"}],
        "languages": ["nl"] if dice.rand() < 0.8 else ["nl", "tr"],
        "group": {"size": int(dice.randint(5, 25)), "contact": ("same_people", "come_and_go")[dice.randint(2)]},
        "host": {"receives_newcomers": bool(dice.rand() < 0.5)},
        "entry": {"kind": ("drop_in", "sign_up", "sign_up", "referral")[dice.randint(4)]},
        "access": {"toilet": True, "wheelchair": bool(dice.rand() < 0.8), "few_steps": bool(dice.rand() < 0.9)},
        "checked_on": checked,
    }
    if dice.rand() < 0.4:
        told["first_visit"] = {"may_watch": True}
    if dice.rand() < 0.3:
        told["support"] = ["buddy"]
    return told
