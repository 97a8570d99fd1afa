"""Advice for a table of people, a block of rows after another, on as many workers as joblib has.

A row of advice hangs on one person alone, so neither blocks nor order nor workers change a bit of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from wor_match.batch.cells import held
from wor_match.batch.people import FIELDS, Told, id_of, participant_of, problem_of
from wor_match.batch.progress import Done, Streamed
from wor_match.batch.travelling import Travelling, workers_that_stay
from wor_match.domain.fault_places import FIELD
from wor_match.domain.forgetting import forgetful
from wor_match.domain.participant import Participant
from wor_match.errors import ParticipantError, WorMatchError
from wor_match.filling import slots
from wor_match.interop.tables import Table, column_twice
from wor_match.question import Question
from wor_match.request import Request
from wor_match.rows import ADVICE_COLUMNS, Row, rows_of, troubled

if TYPE_CHECKING:
    from wor_match.matcher import Matcher

PEOPLE_SENT = 1024  # to a worker at a time: enough to share out, few enough to hold
PEOPLE_TOGETHER = 32  # worked out at once: what is known of them stays in the cache of a processor


def recommend_frame(
    matcher: Matcher, people: Any, at: date, n: int, seed: int, n_jobs: int | None, progress: bool
) -> Any:
    """A table of advice for a table of people; `Matcher.recommend_frame` says what is taken and given."""
    from joblib import Parallel, delayed

    table = Table.of(people)
    if table.columns is not None:
        refuse_columns(table.columns)
    refuse_at_once(matcher, at, n, seed, n_jobs)
    work, travelling = delayed(rows_where_it_arrived), Travelling(matcher)
    blocks = ([held(row) for row in block] for block in table.blocks(PEOPLE_SENT))
    made = Parallel(n_jobs=n_jobs, return_as="generator")(work(travelling, block, at, n, seed) for block in blocks)
    with workers_that_stay():
        return table.like(Done(len(table), progress).through(made), ADVICE_COLUMNS)


def advise_frames(matcher: Matcher, *, at: date, n: int = 3, seed: int = 0) -> Callable[[Any], Any]:
    """A function from a table of people to a table of advice, for Dask's `map_partitions`.

    It gives what `Matcher.recommend_frame` gives in one process, and its matcher is unpacked once by each worker.

    Raises
    ------
    WorMatchError
        As `Matcher.recommend` at once, and as `Matcher.recommend_frame` when a table comes.

    Examples
    --------
    >>> import wor_match as wm
    >>> work = advise_frames(wm.Matcher(wm.load_catalogue("nieuwegein")), at=date(2026, 11, 23), n=1)
    >>> [row["activity"] for row in work([{"id": "p1", "likes": ["samen-koken"]}])]
    ['kookgroep-de-linde']
    """
    refuse_at_once(matcher, at, n, seed)
    return partial(frame_where_it_arrived, Travelling(matcher), at=at, n=n, seed=seed)


@forgetful
def frame_where_it_arrived(travelling: Travelling, people: Any, at: date, n: int, seed: int) -> Any:
    """A table of advice for a table of people, in the process where the matcher has arrived."""
    return recommend_frame(travelling.matcher, people, at, n, seed, n_jobs=1, progress=False)


@forgetful
def rows_where_it_arrived(
    travelling: Travelling, rows: Sequence[Told], at: date, n: int, seed: int
) -> tuple[list[Row], Streamed]:
    """The rows of advice for rows of people, and their counts, in the process where the matcher has arrived."""
    made = rows_for(travelling.matcher, rows, at, n, seed)
    return made, Streamed.of(len(rows), made)


def rows_for(matcher: Matcher, rows: Iterable[Told], at: date, n: int = 3, seed: int = 0) -> list[Row]:
    """The rows of advice for rows of people: the whole work, for a worker of any kind.

    A text among them says why somebody's row cannot be read.
    """
    return [row for some in in_groups(rows, PEOPLE_TOGETHER) for row in rows_for_group(matcher, some, at, n, seed)]


def rows_for_group(matcher: Matcher, rows: Sequence[Told], at: date, n: int, seed: int) -> Iterator[Row]:
    """The rows of advice for a few people, worked out together; one row for who cannot be read, saying why."""
    people = [person_in(row) for row in rows]
    requests = [
        Request(one, at, n, seed, explore=matcher.settings.explore).checked(matcher.columns, matcher.limits)
        for one in people
        if isinstance(one, Participant)
    ]
    questions = Question.of_all(matcher.knowledge, requests)
    told = rows_of(questions, slots(questions, requests))
    for one in people:
        yield from next(told) if isinstance(one, Participant) else [one]


def person_in(row: Told) -> Participant | Row:
    """The participant in a row of a table, or the row of advice that says why there is none."""
    if isinstance(row, str):
        return troubled(None, row)
    try:
        return participant_of(row)
    except ParticipantError as fault:
        return troubled(id_of(row), problem_of(fault))


def in_groups(rows: Iterable[Told], size: int) -> Iterator[list[Told]]:
    """The rows in their order, so many at a time."""
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


def refuse_at_once(matcher: Matcher, at: date, n: int, seed: int, n_jobs: int | None = None) -> None:
    """A WorMatchError for what is wrong for everybody, before the work begins."""
    if n_jobs is not None and (type(n_jobs) is not int or n_jobs == 0):
        raise WorMatchError(
            "n_jobs is 0, or no whole number; give how many workers, or -1 for one on each core", code="out-of-range"
        )
    Request(Participant(id="nobody"), at, n, seed, explore=matcher.settings.explore).checked(
        matcher.columns, matcher.limits
    )


def refuse_columns(columns: Sequence[str]) -> None:
    """A WorMatchError when a table has a column that is no answer of a participant, one of them twice, or no id."""
    answers = [name for name in columns if is_answer(name)]
    allowed = f"allowed are {', '.join(sorted(FIELDS))}"
    if columns and not answers:
        raise WorMatchError(f"no column of the table is an answer; does it have a header? {allowed}", code="missing")
    if twice := sorted({name for name in answers if answers.count(name) > 1}):
        raise column_twice(twice)
    if unknown := {*columns} - {*answers}:
        raise WorMatchError(
            f"the table has columns that are no answers: {named(unknown)}; leave them out, {allowed}",
            code="unknown-field",
        )
    if "id" not in columns:
        raise WorMatchError("the table has no column `id`; add one with a pseudonym for each person", code="missing")


def is_answer(column: str) -> bool:
    """Whether a column is a field of a participant, or a part of one."""
    field, dotted, part = column.partition(".")
    return field in FIELDS and bool(part or not dotted)


def named(columns: Collection[str]) -> str:
    """Some of the columns by their names, and how many others; a name that looks like no field may be what was told.

    Examples
    --------
    >>> named({"naam", "Jan Jansen"})
    'naam, 1 not named here'
    """
    like_fields = sorted(one for one in columns if all(not part or FIELD.fullmatch(part) for part in one.split(".")))
    told = like_fields[:5]
    return ", ".join([*told, *([f"{len(columns) - len(told)} not named here"] if len(told) < len(columns) else [])])
