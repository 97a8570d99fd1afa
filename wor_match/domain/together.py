"""Fields of one value that only make sense together: what somebody tells anew takes the place of what hung on the old.

A new postcode does not keep the point of the old house; new times do not end on the last day of the old ones.
"""

from __future__ import annotations

from collections.abc import Collection

POINT = {"latitude", "longitude"}
WHERE = {"postcode", "country", "online", "at_home", *POINT}
RULES = {"weekly", "monthly", "dates", "on_request"}

TOGETHER: dict[str, tuple[tuple[set[str], set[str]], ...]] = {  # value → (who tells one of these, ends all of those)
    "place": ((WHERE - {"country"}, WHERE), ({"street", "number"}, POINT)),
    "schedule": ((RULES, {*RULES, "from", "until", "adjusted"}),),
    "places": (({"free"}, {"free", "as_of"}),),
}


def ended_by(value: str, told: Collection[str]) -> set[str]:
    """The fields of a value that end when these are told anew.

    Examples
    --------
    >>> sorted(ended_by("place", ["street"]))
    ['latitude', 'longitude']
    """
    return {name for told_one_of, ended in TOGETHER.get(value, ()) if told_one_of & set(told) for name in ended}
