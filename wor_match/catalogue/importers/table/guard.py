"""What a sheet would take for a formula: guarded when it is written, as it was when it is read."""

from __future__ import annotations

import re

FORMULA = r"=+\-@\t\r\n＝＋－＠"  # a sheet runs what begins with one of these; some also the wide forms
BEGINS = re.compile(rf"'*[{FORMULA}]")
NUMBER = re.compile(r"-?[0-9]+(,[0-9]+)?")


def guarded(cell: str) -> str:
    """The cell, with one more apostrophe before what a sheet would take for a formula; a plain number is none.

    References
    ----------
    OWASP, CSV Injection: the characters, and the apostrophe.

    Examples
    --------
    >>> guarded("=1+1"), guarded("'=1+1"), guarded("-5"), guarded("'t Huis")
    ("'=1+1", "''=1+1", '-5', "'t Huis")
    """
    return f"'{cell}" if BEGINS.match(cell) and not NUMBER.fullmatch(cell) else cell


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that keeps a sheet from taking it for a formula.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("''=1+1"), unguarded("-5"), unguarded("'t Huis")
    ('=1+1', "'=1+1", '-5', "'t Huis")
    """
    return cell[1:] if cell.startswith("'") and BEGINS.match(cell) else cell
