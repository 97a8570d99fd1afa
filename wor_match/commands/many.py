"""Advice for a whole file of people, from the shell."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wor_match.errors import WorMatchError, one_line

if TYPE_CHECKING:
    from wor_match.batch.shards import Shard

FOR_ONE = ("json", "card", "read_aloud", "words", "level", "language")
FOR_MANY = ("output", "shard", "n_jobs", "progress")


def add_to(recommend: argparse.ArgumentParser) -> None:
    """Add what `recommend` takes beside one person."""
    many = recommend.add_argument_group("for many people")
    many.add_argument("-o", "--output", type=Path, help="the table of advice to write: .parquet or .jsonl")
    many.add_argument("--shard", type=shard, help="only this share of the people, such as 3/16")
    many.add_argument("--n-jobs", type=int, help="how many workers; -1 for one on each core")
    many.add_argument("--progress", action="store_true", help="tell how far it is")


def shard(told: str) -> Shard:
    """A share of the people, as one writes it behind a command."""
    from wor_match.batch.shards import Shard

    try:
        return Shard.read(told)
    except WorMatchError as fault:
        raise argparse.ArgumentTypeError(fault.sentence) from None


def refuse_what_does_not_go(told: argparse.Namespace) -> None:
    """A WorMatchError when something is asked of many people that goes for one only, or the other way around."""
    beside, goes = ("--people", FOR_MANY) if told.people is None else ("--person", FOR_ONE)
    for name in goes:
        if getattr(told, name) not in (None, False):
            raise WorMatchError(
                f"--{name.replace('_', '-')} goes with {beside} only; leave it out", code="not-together"
            )
    if told.people is not None and told.output is None:
        raise WorMatchError(
            "--people needs a file for the advice; give one with -o, such as advice.jsonl", code="missing"
        )


def run_many(told: argparse.Namespace) -> int:
    """Write advice for a file of people; 1 when some of them could not be read."""
    from wor_match.batch.streams import recommend_file
    from wor_match.catalogue.files import load_catalogue
    from wor_match.matcher import Matcher

    catalogue = load_catalogue(told.catalogue)
    matcher = Matcher.load(told.model, catalogue) if told.model else Matcher(catalogue)
    done = recommend_file(
        matcher,
        told.people,
        told.output,
        at=told.at,
        n=told.n,
        shard=told.shard,
        n_jobs=told.n_jobs,
        progress=told.progress,
    )
    rows = f"{done.rows} row{'s' * (done.rows != 1)} of advice"
    print(one_line(f"{people(done.people)}, {rows} in {told.output}"))
    if done.problems:
        print(f"{people(done.problems)} could not be read; the column `problem` says why")
    return int(done.problems > 0)


def people(number: int) -> str:
    """So many people, in words.

    Examples
    --------
    >>> people(1), people(2)
    ('1 person', '2 people')
    """
    return "1 person" if number == 1 else f"{number} people"
