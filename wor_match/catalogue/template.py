"""A table to begin with: Dutch headings, a row that explains them, and twenty invented activities to write over."""

from __future__ import annotations

from itertools import islice

from wor_match.catalogue.exporters.table import says_all, write
from wor_match.catalogue.files import load_catalogue

EXAMPLE, ROWS = "nieuwegein", 20


def template() -> str:
    r"""The table as text, for a sheet.

    Examples
    --------
    >>> template().count("\r\n")
    22
    """
    example = load_catalogue(EXAMPLE)
    return write(islice(filter(says_all, example), ROWS), example.organisers)
