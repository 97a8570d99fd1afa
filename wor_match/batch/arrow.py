"""Advice in the columns of Arrow: record batches of people in, record batches of advice out; what Spark asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from wor_match.batch.advising import PEOPLE_SENT, refuse_at_once, refuse_columns, rows_for
from wor_match.batch.travelling import Travelling
from wor_match.errors import WorMatchError
from wor_match.interop import tables
from wor_match.rows import ADVICE_COLUMNS, Row

if TYPE_CHECKING:
    from wor_match.matcher import Matcher

Batches = Iterator[Any]  # of pyarrow.RecordBatch
SPARK_TYPES = {str: "string", int: "bigint", float: "double", bool: "boolean"}
SPARK_SCHEMA = ", ".join(f"{name} {SPARK_TYPES[kind]}" for name, kind in ADVICE_COLUMNS.items())


def advise_batches(matcher: Matcher, *, at: date, n: int = 3, seed: int = 0) -> Callable[[Batches], Batches]:
    """A function from batches of people to batches of advice, for Spark's `mapInArrow` or any stream of Arrow.

    Parameters
    ----------
    matcher : Matcher
        Travels along with the function, and is unpacked once by each worker.
    at, n, seed : date, int, int
        As in `Matcher.recommend`, the same for everybody.

    Returns
    -------
    callable
        Takes an iterator of ``pyarrow.RecordBatch`` with the columns that `Matcher.recommend_frame` takes; gives one
        with the columns of `advice_schema`, in Spark's words `SPARK_SCHEMA`. No batch is longer than a block of people
        needs, so it takes the same memory however many there are.

    Raises
    ------
    WorMatchError
        As `Matcher.recommend` at once, and for a column that is no answer when the first batch comes.

    Examples
    --------
    >>> import pyarrow as pa
    >>> import wor_match as wm
    >>> work = advise_batches(wm.Matcher(wm.load_catalogue("nieuwegein")), at=date(2026, 11, 23), n=1)
    >>> people = pa.RecordBatch.from_pylist([{"id": "p1", "likes": ["samen-koken"]}])
    >>> [batch.to_pylist()[0]["activity"] for batch in work(iter([people]))]
    ['kookgroep-de-linde']
    """
    refuse_at_once(matcher, at, n, seed)
    return partial(batches_where_it_arrived, Travelling(matcher), at=at, n=n, seed=seed)


def batches_where_it_arrived(travelling: Travelling, batches: Batches, at: date, n: int, seed: int) -> Batches:
    """Advice for batch after batch, a block of people at a time, in the process where the matcher has arrived."""
    for batch in batches:
        refuse_columns(batch.schema.names)
        for begin in range(0, batch.num_rows, PEOPLE_SENT):
            rows = rows_in(batch.slice(begin, PEOPLE_SENT))
            yield batch_of(rows_for(travelling.matcher, rows, at, n, seed))


def arrow() -> Any:
    """The library pyarrow.

    Raises
    ------
    WorMatchError
        When it is not installed.
    """
    try:
        import pyarrow
    except ImportError:
        raise WorMatchError(
            "parquet and Arrow need pyarrow, which is not installed; pip install 'wor_match[arrow]', or use JSON Lines",
            code="not-installed",
        ) from None
    return pyarrow


def advice_schema() -> Any:
    """The columns of advice as a ``pyarrow.Schema``."""
    pa = arrow()
    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    return pa.schema([(name, kinds[kind]) for name, kind in ADVICE_COLUMNS.items()])


def batch_of(rows: Sequence[Row]) -> Any:
    """Rows of advice as a record batch."""
    columns = [[row[name] for row in rows] for name in ADVICE_COLUMNS]
    schema, pa = advice_schema(), arrow()
    arrays = [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def rows_in(batch: Any) -> list[dict[str, Any]]:
    """The rows of people in a record batch."""
    import narwhals.stable.v2 as nw

    return tables.rows_in(nw.from_native(arrow().Table.from_batches([batch])))
