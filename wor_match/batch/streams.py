"""Advice from file to file: a block of people after another, in the same memory however many there are."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wor_match.batch.advising import PEOPLE_SENT, refuse_at_once, rows_where_it_arrived
from wor_match.batch.files import Kind, kind_of
from wor_match.batch.progress import Done, Streamed
from wor_match.batch.shards import Shard
from wor_match.batch.travelling import Travelling, workers_that_stay
from wor_match.domain.forgetting import forgetful
from wor_match.errors import WorMatchError
from wor_match.wholefile import whole_file

if TYPE_CHECKING:
    from wor_match.matcher import Matcher

BLOCKS_AHEAD = 32  # for each worker: how far they may run ahead of a slow disk


@forgetful
def recommend_file(
    matcher: Matcher,
    people: str | Path,
    output: str | Path,
    *,
    at: date,
    n: int = 3,
    seed: int = 0,
    shard: Shard | None = None,
    n_jobs: int | None = None,
    progress: bool = False,
    block: int = PEOPLE_SENT,
) -> Streamed:
    """Advice for a file of people, as a file: read, advised and written a block after another.

    Parameters
    ----------
    matcher : Matcher
    people, output : path
        Each ``.parquet`` (needs the extra `arrow`) or ``.jsonl``. A row of people as in `Matcher.recommend_frame`, a
        row of advice likewise, in the order of the people. The output is written all or nothing, for its owner only.
    at, n, seed : date, int, int
        As in `Matcher.recommend`, the same for everybody.
    shard : Shard, optional
        Only the people in this share; all shares together are the whole.
    n_jobs : int, optional
        Workers of joblib, also those of a cluster through `joblib.parallel_config`.
    progress : bool
        Whether to tell on standard error how far it is.
    block : int
        How many people a worker is sent at a time; no bit of the output hangs on it.

    Raises
    ------
    WorMatchError
        When a file is of no such kind, cannot be read or written, has a column that is no answer, or is there already
        and holds no advice; or as `Matcher.recommend`. Nothing is written then.
    """
    refuse_at_once(matcher, at, n, seed, n_jobs)
    if type(block) is not int or block < 1:
        raise WorMatchError("block is no whole number from 1", code="out-of-range")
    source, into = Path(people), Path(output)
    task = Task(kind_of(source), kind_of(into), shard or Shard(), at, n, seed)
    refuse_unreadable(source, task.source)
    done = Done(people_told(source, task), progress)
    try:
        refuse_over(source, into, task.into)
        with (
            workers_that_stay(),
            whole_file(into) as opened,
            closing(worked(task, Travelling(matcher), source, block, n_jobs)) as packed,
        ):
            task.into.write(opened, done.through(packed))
    except OSError as fault:
        raise WorMatchError(f"{into} cannot be written: {reason_of(fault)}", code="cannot-write") from None
    return done.so_far


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker does with each block, apart from the matcher."""

    source: Kind
    into: Kind
    shard: Shard
    at: date
    n: int
    seed: int


def worked(task: Task, travelling: Travelling, source: Path, size: int, n_jobs: int | None) -> Generator[Any]:
    """The blocks of a file as workers pack them, in order; only so many are under way at any time."""
    from joblib import Parallel, delayed, effective_n_jobs

    blocks, work = readable(task.source.blocks(source, size), source), delayed(packed_where_it_arrived)
    ahead = BLOCKS_AHEAD * effective_n_jobs(n_jobs)
    with Parallel(n_jobs=n_jobs, return_as="generator") as workers:
        while (first := next(blocks, None)) is not None:
            yield from workers(work(travelling, one, task) for one in chain([first], islice(blocks, ahead - 1)))


def packed_where_it_arrived(travelling: Travelling, block: Any, task: Task) -> tuple[Any, Streamed]:
    """The advice for a block of people, packed to be written, and how many there were."""
    told = [*task.source.unpacked(block, task.shard)]
    rows, counts = rows_where_it_arrived(travelling, told, task.at, task.n, task.seed)
    return task.into.packed(rows), counts


def readable(blocks: Iterable[Any], source: Path) -> Iterator[Any]:
    """The same blocks; what goes wrong in reading is a WorMatchError."""
    with reading(source):
        yield from blocks


@contextmanager
def reading(source: Path) -> Iterator[None]:
    """Makes a WorMatchError of what goes wrong in reading a file."""
    try:
        yield
    except (OSError, ValueError, NotImplementedError) as fault:
        raise WorMatchError(f"{source} cannot be read: {reason_of(fault)}", code="no-file") from None


def refuse_unreadable(source: Path, kind: Kind) -> None:
    """A WorMatchError when a file of people is not there, or something is wrong with the whole of it."""
    with reading(source):
        if not source.is_file():
            raise WorMatchError(
                f"{source} is not there, or is no ordinary file; give the path of a file with people", code="no-file"
            )
        kind.check(source)


def people_told(source: Path, task: Task) -> int | None:
    """How many people will be advised; None when the file does not tell, for it is no such kind or only a share."""
    if task.source.count is None or task.shard.of > 1:
        return None
    with reading(source):
        return task.source.count(source)


def refuse_over(source: Path, into: Path, kind: Kind) -> None:
    """A WorMatchError when something stands at the place of the output that is no advice."""
    if not into.exists():
        return
    if os.path.samefile(source, into):
        raise WorMatchError(
            f"{into} is the file of people itself; give the advice another name", code="would-overwrite"
        )
    if not into.is_file() or not kind.ours(into):
        raise WorMatchError(
            f"{into} is there already and holds no advice; choose another name, or remove it", code="would-overwrite"
        )


def reason_of(fault: Exception) -> str:
    """Why a file cannot be read or written, without a word of what stands in it."""
    return getattr(fault, "strerror", None) or "it is damaged, or another kind of file than its name says"
