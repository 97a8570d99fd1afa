"""A table of whatever library somebody uses, through narwhals, read in blocks; and another of the same kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from wor_match.errors import WorMatchError
from wor_match.interop.frames import frame

Rows = list[dict[str, Any]]
# stands where a cell cannot be read: no UTF-8, or a year or a time zone that Python does not know
UNREADABLE = object()


@dataclass(frozen=True, repr=False)  # it may hold what people told
class Table:
    """Rows with columns: a list of dicts, or a frame.

    Attributes
    ----------
    columns : tuple of str or None
        The columns of a frame; None for a list, where each row has its own.
    """

    columns: tuple[str, ...] | None
    _rows: Any

    @classmethod
    def of(cls, told: Any) -> Table:
        """The table in a list of dicts, or in any frame that narwhals knows.

        Raises
        ------
        WorMatchError
            When it is neither, or a frame has a column twice.
        """
        import narwhals.stable.v2 as nw

        if isinstance(told, list | tuple):
            if not all(isinstance(row, Mapping) for row in told):
                raise WorMatchError(
                    "the list has something that is no dict; give a dict for each person", code="wrong-type"
                )
            return cls(None, told)
        try:
            found = nw.from_native(told)
            found = found.collect() if isinstance(found, nw.LazyFrame) else found
        except TypeError:
            raise WorMatchError(
                "this is no list of dicts and no frame that narwhals knows; give either", code="wrong-type"
            ) from None
        except nw.exceptions.DuplicateError:
            raise column_twice() from None
        return cls(tuple(map(str, found.columns)), found)

    def __len__(self) -> int:
        return len(self._rows)

    def blocks(self, size: int) -> Iterator[Rows]:
        """The rows, so many at a time."""
        for begin in range(0, len(self), size):
            block = self._rows[begin : begin + size]
            yield [*block] if self.columns is None else rows_in(block)

    def like(self, blocks: Iterable[Rows], columns: Mapping[str, type]) -> Any:
        """A table of the same kind with other rows, a block of them after another; pandas counts them from 0."""
        if self.columns is None:
            return [*chain.from_iterable(blocks)]
        import narwhals.stable.v2 as nw

        backend = self._rows.implementation
        made = [nw.from_native(frame(block, columns, backend.value)) for block in blocks]
        whole = nw.concat(made or [nw.from_native(frame([], columns, backend.value))])
        return nw.maybe_reset_index(whole).to_native()


def rows_in(block: Any) -> Rows:
    """The rows of a frame of narwhals, each a dict of column → cell.

    Examples
    --------
    >>> import narwhals.stable.v2 as nw
    >>> import pandas as pd
    >>> rows_in(nw.from_native(pd.DataFrame({"id": ["p1"], "age": [40]})))
    [{'id': 'p1', 'age': 40}]
    """
    cells = [cells_of(column) for column in block.iter_columns()]
    return [dict(zip(map(str, block.columns), row, strict=True)) for row in zip(*cells, strict=True)]


def cells_of(column: Any) -> list[Any]:
    """The cells of a column; one that Python cannot hold costs only its own row."""
    try:
        return list(column.to_list())
    except Exception:  # because each library has its own for a cell that it cannot make
        return [cell_of(column, number) for number in range(len(column))]


def cell_of(column: Any, number: int) -> Any:
    """What stands in a cell, or that it cannot be read."""
    try:
        return column.item(number)
    except Exception:  # as above; what it says may repeat what was told
        return UNREADABLE


def column_twice(names: Sequence[str] = ()) -> WorMatchError:
    """What is said of a table that has columns twice, with their names where they are known.

    Examples
    --------
    >>> column_twice(["id"]).sentence
    'the table has a column twice: id; keep one of each'
    """
    return WorMatchError(
        f"the table has a column twice{': ' if names else ''}{', '.join(names[:5])}; keep one of each",
        code="told-twice",
    )
