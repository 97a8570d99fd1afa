"""Which counts of people may be told in a figure that is shared: none, or ten and more; never one to nine."""

from __future__ import annotations

from collections.abc import Iterable, Set

LEAST_TOLD = 10  # people behind a figure that is shared (practice of Statistics Netherlands, CBS; default of ACRO)


def tellable(counts: Iterable[float]) -> bool:
    """Whether every count is none, or ten and more.

    Examples
    --------
    >>> tellable([0, 10]), tellable([12, 9])
    (True, False)
    """
    return all(n == 0 or n >= LEAST_TOLD for n in counts)


def tells(part: int, whole: int) -> bool:
    """Whether a part may be told beside its whole: also the rest, which follows by subtraction.

    Examples
    --------
    >>> tells(10, 30), tells(10, 12), tells(0, 12), tells(4, 12)
    (True, False, True, False)
    """
    return tellable((part, whole - part))


def tells_people(part: Set[object], rest: Set[object]) -> bool:
    """The same where one person may stand in both: ten experiences may be those of one person.

    Those in the part, those in the rest, and those in one of them only are each none, or ten and more.

    Examples
    --------
    >>> tells_people({"p1"}, set(range(20))), tells_people(set(range(20)), set(range(10, 30)))
    (False, True)
    """
    return tellable(map(len, (part, rest, part - rest, rest - part)))


def tens(n: int) -> int:
    """A count in whole tens: nought to nine are one answer, 30 is 30 to 39.

    Examples
    --------
    >>> tens(0), tens(7), tens(38)
    (0, 0, 30)
    """
    return n // LEAST_TOLD * LEAST_TOLD


def in_tens(n: int) -> str:
    """The same in words.

    Examples
    --------
    >>> in_tens(0), in_tens(7), in_tens(38)
    ('fewer than ten', 'fewer than ten', '30 to 39')
    """
    return f"{tens(n)} to {tens(n) + LEAST_TOLD - 1}" if tens(n) else "fewer than ten"
