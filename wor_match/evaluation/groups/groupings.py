"""In which group does somebody stand: ready groupings, labels of one's own, and no group of fewer than ten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from wor_match.domain.participant import Participant
from wor_match.errors import WorMatchError
from wor_match.evaluation.telling.small import LEAST_TOLD

Grouping = Callable[[Participant], str | None]
THE_REST = "the rest"
LONGEST_LABEL = 40
AGES = (18, 35, 50, 65, 80)  # where a band begins; an assumption


def age_band(person: Participant) -> str | None:
    """The band of an age.

    Examples
    --------
    >>> [age_band(Participant(id="p1", age=age)) for age in (17, 35, 90, None)]
    ['0-17', '35-49', '80+', None]
    """
    if person.age is None:
        return None
    first = max((age for age in AGES if age <= person.age), default=0)
    later = [age for age in AGES if age > person.age]
    return f"{first}-{min(later) - 1}" if later else f"{first}+"


def dutch(person: Participant) -> str | None:
    """How much Dutch they speak: good, little or none; None when no language was told."""
    return person.languages.get("nl", "none") if person.languages else None


def area_of(person: Participant) -> str | None:
    """The first four digits of a Dutch postcode; None when there is none."""
    place = person.place
    return place.postcode[:4] if place and place.postcode and place.country == "NL" else None


def budget(person: Participant) -> str | None:
    """The word for what they can pay; an amount in euro is ``an amount``."""
    return person.budget if person.budget is None or isinstance(person.budget, str) else "an amount"


READY: Mapping[str, Grouping] = {
    "gender": lambda person: person.gender,
    "age": age_band,
    "language": dutch,
    "area": area_of,
    "budget": budget,
    "focus": lambda person: next(iter(person.focus), None),
    "access": lambda person: "any need" if person.access else "none",
}


def grouping(by: str | Grouping) -> tuple[str, Grouping]:
    """The name of a grouping, and the grouping.

    Raises
    ------
    WorMatchError
        When it is neither the name of a ready one nor something to call.
    """
    if isinstance(by, str) and by in READY:
        return by, READY[by]
    if not isinstance(by, str) and callable(by):
        return "your own grouping", by
    raise WorMatchError(
        f"`by` is no grouping; give one of {', '.join(READY)}, or a function of a Participant", code="unknown-name"
    )


def labelled(people: Iterable[Participant], label: Grouping, ids: frozenset[str]) -> dict[str, str | None]:
    """Person → label.

    Raises
    ------
    WorMatchError
        When a label is no word of 1 to 40 printable characters, is the id of a person, or is kept for the rest.
    """
    names = {name.casefold() for name in ids}
    found = {person.id: label(person) for person in people}
    for person, told in found.items():
        if told is None:
            continue
        if not isinstance(told, str) or not 0 < len(told) <= LONGEST_LABEL or not told.isprintable():
            said = f"is no word of 1 to {LONGEST_LABEL} printable characters; give one, or None for unknown"
        elif told.strip().casefold() in names:
            said = "is the id of a person; give a label that many people share"
        elif told == THE_REST:
            said = f"is {THE_REST!r}, which is kept for small groups together; give another"
        else:
            continue
        raise WorMatchError(f"the label of participant {person} {said}", code="out-of-range")
    return found


def folded(labels: Mapping[str, str | None]) -> dict[str, str | None]:
    """Person → group: labels of fewer than ten people stand together as the rest; empty below ten people in all.

    When the rest would have fewer than ten, the smallest other groups join it. So everybody stands in a group of ten or
    more, and a total that is known from elsewhere leaves nothing under ten to subtract.

    Examples
    --------
    >>> sorted(set(folded({f"p{n}": "a" if n < 3 else "b" if n < 15 else "c" for n in range(40)}).values()))
    ['c', 'the rest']
    """
    if len(labels) < LEAST_TOLD:
        return {}
    sizes = Counter(labels.values())
    smallest_first = sorted(sizes, key=lambda label: (sizes[label], label is None, label or ""))
    rest: set[str | None] = set()
    for label in smallest_first:
        if sizes[label] < LEAST_TOLD or 0 < sum(sizes[one] for one in rest) < LEAST_TOLD:
            rest.add(label)
    return {person: THE_REST if label in rest else label for person, label in labels.items()}


def in_order(groups: Mapping[str, str | None]) -> list[tuple[str | None, Sequence[str]]]:
    """The groups with their people, by label; the unknown after them, and the rest last."""

    def place(person: str) -> tuple[bool, bool, str]:
        label = groups[person]
        return label == THE_REST, label is None, label or ""

    ordered = groupby(sorted(sorted(groups), key=place), key=lambda person: groups[person])
    return [(label, list(people)) for label, people in ordered]
