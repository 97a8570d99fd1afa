"""Rows as a frame of whatever library somebody uses, through narwhals; a list of dicts when they use none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from wor_match.errors import WorMatchError

Backend = Literal["polars", "pandas", "pyarrow"]
BACKENDS: tuple[Backend, ...] = get_args(Backend)
PANDAS = {str: "string", int: "Int64", float: "float64", bool: "boolean"}  # kinds in which a value can be missing


def frame(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, type], backend: Backend | None = None) -> Any:
    """The rows with these columns in this order.

    Parameters
    ----------
    rows : sequence of mapping
    columns : mapping
        Name → ``str``, ``int``, ``float`` or ``bool``; a value that is missing is None, in a frame its own library's
        missing value, in pandas NA or NaN.
    backend : str, optional
        ``polars``, ``pandas`` or ``pyarrow``; a list of dicts when left out.

    Raises
    ------
    WorMatchError
        When the `backend` is none of these, or is not installed.

    Examples
    --------
    >>> frame([{"rank": 1}], {"rank": int})
    [{'rank': 1}]
    """
    if backend is None:
        return [{name: row.get(name) for name in columns} for row in rows]
    if backend not in BACKENDS:
        raise WorMatchError(
            f"there is no backend {str(backend)[:20]!r}; there are: {', '.join(BACKENDS)}, or None", code="unknown-name"
        )
    data = {name: [row.get(name) for row in rows] for name in columns}
    try:
        return in_pandas(data, columns) if backend == "pandas" else in_another(data, columns, backend)
    except ImportError:
        raise WorMatchError(
            f"{backend} is not installed; install it, or leave out `backend`", code="not-installed"
        ) from None


def in_pandas(data: Mapping[str, list[Any]], columns: Mapping[str, type]) -> Any:
    """A pandas frame; narwhals would write 'None' and False where nothing is known, and stop at a missing int."""
    import pandas as pd

    return pd.DataFrame({name: pd.Series(data[name], dtype=PANDAS[kind]) for name, kind in columns.items()})


def in_another(data: Mapping[str, list[Any]], columns: Mapping[str, type], backend: Backend) -> Any:
    """A frame of polars or pyarrow."""
    import narwhals.stable.v2 as nw

    kinds = {str: nw.String(), int: nw.Int64(), float: nw.Float64(), bool: nw.Boolean()}
    schema = {name: kinds[kind] for name, kind in columns.items()}
    return nw.from_dict(data, schema=schema, backend=backend).to_native()
