"""The command for who looks back: learn from what people really did."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from wor_match.errors import WorMatchError, one_line

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: Commands) -> None:
    """Add the command and what it takes."""
    learn = commands.add_parser("learn", help="learn from a history of events, as a model to recommend with")
    learn.add_argument("--catalogue", required=True, help="a YAML file, a folder, or the name of an example")
    learn.add_argument("--events", required=True, type=Path, help="the whole history, in JSON Lines")
    learn.add_argument("-o", "--output", required=True, type=Path, help="the model to write (JSON)")
    learn.add_argument("--language", default="nl", help="in which it tells what was learned: nl or en")
    learn.set_defaults(run=run_learn)


def run_learn(told: argparse.Namespace) -> int:
    """Write what a history teaches, and tell it in words; 1 when something was left out."""
    from wor_match.catalogue.files import load_catalogue
    from wor_match.journal.lines import read_events
    from wor_match.matcher import Matcher
    from wor_match.report import LEFT_OUT

    events = read_events(told.events)
    if told.output.exists() and os.path.samefile(told.output, told.events):
        raise WorMatchError(f"{told.output} is the history itself; give the model another name", code="would-overwrite")
    matcher = Matcher(load_catalogue(told.catalogue)).learn(events)
    matcher.save(told.output)
    report = matcher.learned
    print("\n".join(map(one_line, report.sentences(told.language))))
    return int(any(report.counts.get(name) for name in LEFT_OUT))
