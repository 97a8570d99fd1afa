"""The command for who asks whether it is any good: ways of advising side by side, on a history or an invented one."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wor_match.errors import WorMatchError

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

WORLD_NAMES = ("base", "wrong_sign", "interaction", "drift")
INVENTED = "These people, this offer and these outcomes are invented: nothing here is about real people.\n"


def add_to(commands: Commands) -> None:
    """Add the command and what it takes."""
    evaluate = commands.add_parser("evaluate", help="ways of advising side by side: what each would have shown")
    evaluate.add_argument("--catalogue", help="a YAML file, a folder, or the name of an example")
    evaluate.add_argument("--events", type=Path, help="the whole history, in JSON Lines")
    evaluate.add_argument("--people", type=Path, help="who was advised, in JSON Lines; without, only what was shown")
    evaluate.add_argument("--invented", type=int, metavar="N", help="N invented referrals instead of a history")
    evaluate.add_argument("--world", choices=WORLD_NAMES, default="base", help="in which invented world")
    evaluate.add_argument("--seed", type=int, default=1, help="of the dice of the invented world")
    evaluate.add_argument(
        "--format", choices=("markdown", "json"), default="markdown", help="a report, or plain values"
    )
    evaluate.add_argument("--progress", action="store_true", help="tell on standard error how far it is")
    evaluate.set_defaults(run=run_evaluate)


def run_evaluate(told: argparse.Namespace) -> int:
    """Print the figures; 1 when there are too few people to show a difference."""
    from wor_match.evaluation.replay import replay

    asked = invented(told) if told.invented is not None else from_files(told)
    found = replay(asked.pop("catalogue"), asked.pop("events"), progress=told.progress, **asked)
    if told.format == "json":
        rows = {"smallest_difference": found.smallest_difference, "reason": found.reason, "figures": found.frame()}
        print(json.dumps({"invented": told.invented is not None, **rows}, allow_nan=False))
    else:
        print((INVENTED + "\n" if told.invented is not None else "") + found.to_markdown().rstrip())
    return int(bool(found.reason))


def invented(told: argparse.Namespace) -> dict[str, Any]:
    """An invented history, with its truth."""
    from dataclasses import replace

    from wor_match.evaluation.simulation import WORLDS, simulate

    if told.catalogue or told.events or told.people:
        raise WorMatchError("--invented was given beside files; give one of them", code="not-together")
    town = simulate(replace(WORLDS[told.world], people=told.invented, seed=told.seed))
    return {"catalogue": town.catalogue, "events": town.events, "people": town.people, "truth": town.truth.chances}


def from_files(told: argparse.Namespace) -> dict[str, Any]:
    """A history of your own."""
    from wor_match.catalogue.files import load_catalogue
    from wor_match.catalogue.participants import load_people
    from wor_match.journal.lines import read_events

    if not (told.catalogue and told.events):
        raise WorMatchError(
            "evaluate needs --catalogue and --events, or --invented 400 to see how it works", code="missing"
        )
    people = load_people(told.people) if told.people else None
    return {"catalogue": load_catalogue(told.catalogue), "events": read_events(told.events), "people": people}
