"""What may be told of a cell of ten people or more: how many are short, how many are helped, and by which rule."""

from __future__ import annotations

from wor_match.evaluation.telling.small import LEAST_TOLD, tells


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
    named = helped >= LEAST_TOLD and (told_helped or (short if told_short else people) >= 2 * LEAST_TOLD)
    return short if told_short else None, helped if told_helped else None, named
