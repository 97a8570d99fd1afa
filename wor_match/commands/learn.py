"""Commands for who looks back and around: learn from outcomes, and see where the offer falls short."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from wor_match.commands.days import day_or_moment
from wor_match.errors import WorMatchError

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: Commands) -> None:
    """Add these commands and what they take."""
    learn = commands.add_parser("learn", help="learn from a history of events, as a model to recommend with")
    learn.add_argument("--catalogue", required=True, help="a YAML file, a folder, or the name of an example")
    learn.add_argument("--events", required=True, type=Path, help="the whole history, in JSON Lines")
    learn.add_argument("-o", "--output", required=True, type=Path, help="the model to write (JSON)")
    learn.add_argument("--language", default="nl", help="in which it tells what was learned: nl or en")
    learn.set_defaults(run=run_learn)

    gaps = commands.add_parser("gaps", help="for whom the offer falls short, and what would open it")
    gaps.add_argument("--catalogue", required=True, help="a YAML file, a folder, or the name of an example")
    gaps.add_argument("--people", required=True, type=Path, help="the participants, in JSON Lines")
    gaps.add_argument("--at", required=True, type=day_or_moment, help="day (2026-11-23) or moment with time zone")
    gaps.add_argument("--shareable", action="store_true", help="nothing about fewer than ten people")
    gaps.add_argument("--format", choices=("markdown", "json"), default="markdown", help="a report, or plain values")
    gaps.add_argument("--language", default="nl", help="in which the report is written: nl or en")
    gaps.set_defaults(run=run_gaps)


def run_learn(told: argparse.Namespace) -> int:
    """Write what a history teaches, and tell it in words; 1 when something was left out."""
    from wor_match.catalogue.files import load_catalogue
    from wor_match.journal.lines import read_events
    from wor_match.matcher import Matcher
    from wor_match.report import LEFT_OUT

    events = read_events(told.events)
    if told.output.exists() and os.path.samefile(told.output, told.events):
        raise WorMatchError(f"{told.output} is the history itself; give the model another name")
    matcher = Matcher(load_catalogue(told.catalogue)).learn(events)
    matcher.save(told.output)
    report = matcher.learned
    print("\n".join(report.sentences(told.language)))
    return int(any(report.counts.get(name) for name in LEFT_OUT))


def run_gaps(told: argparse.Namespace) -> int:
    """Print for whom the offer falls short."""
    from wor_match.catalogue.files import load_catalogue
    from wor_match.catalogue.participants import load_people
    from wor_match.evaluation.gaps import gaps
    from wor_match.matcher import Matcher
    from wor_match.wording.words import words

    language, matcher = words(told.language), Matcher(load_catalogue(told.catalogue))
    found = gaps(matcher, load_people(told.people), at=told.at, shareable=told.shareable)
    print(found.to_json() if told.format == "json" else found.to_markdown(language).rstrip())
    return 0
