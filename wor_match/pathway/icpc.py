"""Codes of ICPC-1 as they come in: which one is meant, and whether there is such a code. Not what anybody has."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Odd = Literal["read_as", "no_icpc", "no_such_code"]
FORM = re.compile(r"([ABDFHKLNPRSTUWXYZ][0-9]{2})(\.[0-9]{1,2})?")  # the seventeen chapters, with or without a subcode
READ_AS = {"Z86": "Z68"}  # two regions write the one and mean the other


class Code(NamedTuple):
    """A code as it came in.

    Attributes
    ----------
    written : str
        Without its subcode; empty when it has not the form of a code.
    meant : str
        The code that is meant by it; empty likewise.
    odd : str or None
        What is odd about it.
    """

    written: str
    meant: str
    odd: Odd | None = None


def code_in(told: str) -> Code:
    """The code that a referrer told.

    Examples
    --------
    >>> code_in("p03.01")
    Code(written='P03', meant='P03', odd=None)
    >>> code_in("Z86")
    Code(written='Z86', meant='Z68', odd='read_as')
    >>> code_in("Z99").odd
    'no_such_code'
    >>> code_in("zomaar")
    Code(written='', meant='', odd='no_icpc')
    """
    form = FORM.fullmatch(told.strip().upper())
    if form is None:
        return Code("", "", "no_icpc")
    code = form[1]
    if code in READ_AS:
        return Code(code, READ_AS[code], "read_as")
    return Code(code, code, None if exists(code) else "no_such_code")


def exists(code: str) -> bool:
    """Whether ICPC-1 can have this code.

    References
    ----------
    H. Lamberts and M. Wood (eds.), *ICPC: International Classification of Primary Care*, Oxford University Press, 1987:
    complaints are 01 to 29, process codes 30 to 69 of any chapter, diagnoses 70 to 99; chapter Z has no diagnoses.
    """
    return 1 <= int(code[1:]) <= (69 if code[0] == "Z" else 99)
