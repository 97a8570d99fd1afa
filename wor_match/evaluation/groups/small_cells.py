"""What may be told of a group in a figure that is shared: no count of one to nine, also not by subtraction."""

from __future__ import annotations

LEAST = 10  # people behind a figure that is shared (practice of Statistics Netherlands, CBS; default of ACRO)


def tells(part: int, whole: int) -> bool:
    """Whether a part may be told beside its whole: neither it nor the rest is a count of one to nine.

    Examples
    --------
    >>> tells(10, 30), tells(10, 12), tells(0, 12), tells(4, 12)
    (True, False, True, False)
    """
    return all(n == 0 or n >= LEAST for n in (part, whole - part))


def shown(people: int, short: int, helped: int) -> tuple[int | None, int | None, bool]:
    """What may be told of a group of ten or more: how many are short, how many are helped, and by which rule.

    Parameters
    ----------
    people, short, helped : int
        Each a part of the one before.

    Returns
    -------
    short, helped : int or None
        None where the count, or what is left of its whole, is one to nine.
    named : bool
        Whether the rule may be named: it helps ten or more. Naming it tells so much, so where `helped` is hidden the
        group must be of twenty: of eleven who are all short, ten or more but not all helped are ten, and one is left.
    """
    told_short = tells(short, people)
    told_helped = told_short and tells(helped, short)
    named = helped >= LEAST and (told_helped or (short if told_short else people) >= 2 * LEAST)
    return short if told_short else None, helped if told_helped else None, named
