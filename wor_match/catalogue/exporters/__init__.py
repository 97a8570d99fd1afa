"""Our offer in other formats. Each exporter has `write(activities, organisers) -> str`, and `LOST`: what is lost.

`LOST` is a table: the path of a field of `Activity` → why it does not come back equal from the importer of the same
name. `schedule.weekly[weeks]` means the rows that have a `weeks`, `price.includes` that field of every row. Every other
field comes back equal; rows told twice come back once. Nothing is sent anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping

FORMATS = ("hsds", "schema_org", "table")  # each a module here and among the importers


def as_table(lost: Mapping[str, str]) -> str:
    """A table of what is lost, in Markdown.

    Examples
    --------
    >>> print(as_table({"serves": "has no place there"}))
    | field | why it does not come back |
    |---|---|
    | `serves` | has no place there |
    """
    rows = [f"| `{path}` | {reason} |" for path, reason in lost.items()]
    return "\n".join(["| field | why it does not come back |", "|---|---|", *rows])
