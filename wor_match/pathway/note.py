"""How a note to the referrer reads: its facts as lines, in the words of a language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from wor_match.wording.words import Words
from wor_match.wording.writing import filled

MOST_TOLD = 3  # activities with a line of their own; more is counted, so that the note stays short
Facts = Mapping[str, Any]
Escape = Callable[[str], str]


def lines_of(moment: str, facts: Facts, ours: Words, escape: Escape = str) -> list[str]:
    """The title and at most eleven lines.

    Parameters
    ----------
    moment : str
    facts : mapping
        As in `Feedback.facts`.
    ours : Words
    escape : callable, optional
        How a name is written in the text it goes into.
    """
    our = ours["feedback"]
    names = [escape(one["name"] or ours.label("word", one["activity"])) for one in facts["activities"]]
    after_talk = moment == "after_intake"
    found = [
        our["title"][moment],
        said(our["referred"], ours, full_date=facts["referred"], referrer=facts["referrer"])
        if facts["referred"]
        else "",
        said(our["contacted"], ours, full_date=facts["contacted"]) if after_talk and facts["contacted"] else "",
        " ".join(of_talk(facts, ours)),
        " ".join(of_choice(facts, names, ours)),
        *(of_handovers(facts, names, ours) if after_talk else of_months(facts, names, ours)),
        " ".join(of_tracks(facts, ours)),
        our["close"],
    ]
    return [line for line in found if line]


def said(template: str, ours: Words, **told: Any) -> str:
    """A sentence with the facts that are known."""
    return filled(template, {name: value for name, value in told.items() if value is not None}, ours)


def of_talk(facts: Facts, ours: Words) -> Iterator[str]:
    """When the talk was, what it was held with, and whether it led to a focus."""
    our = ours["feedback"]
    yield said(our["talk"], ours, full_date=facts["talk"])
    if facts["instrument"]:
        yield str(our["instrument"].get(facts["instrument"], our["instrument"]["web"]))
    if facts["focus_chosen"] is not None:
        yield str(our["focus"]["chosen" if facts["focus_chosen"] else "open"])


def of_choice(facts: Facts, names: list[str], ours: Words) -> Iterator[str]:
    """What was chosen and by whom; that nothing was, or not yet."""
    our = ours["feedback"]
    if facts["nothing_chosen"]:
        yield str(our["nothing_chosen"])
    elif facts["chosen"]:
        chosen = [name for name, one in zip(names, facts["activities"], strict=True) if one["chosen"]]
        yield said(our["chosen"], ours, full_date=facts["chosen"], activities=chosen[:MOST_TOLD])
        yield from more(chosen, ours)
        if facts["chosen_by"]:
            yield str(our["by"][facts["chosen_by"]])
    elif not names:
        yield str(our["not_yet_chosen"])


def more(told: Sequence[Any], ours: Words) -> Iterator[str]:
    """How many more there are than are told."""
    if len(told) > MOST_TOLD:
        yield said(ours["feedback"]["more"], ours, count=len(told) - MOST_TOLD)


def of_handovers(facts: Facts, names: list[str], ours: Words) -> Iterator[str]:
    """How and when they were handed over, an activity on a line."""
    told = [(name, one) for name, one in zip(names, facts["activities"], strict=True) if one["handed_over"]]
    for name, one in told[:MOST_TOLD]:
        yield said(ours["feedback"]["handed_over"], ours, name=name, how=one["how"], full_date=one["handed_over"])
    yield from more(told, ours)


def of_months(facts: Facts, names: list[str], ours: Words) -> Iterator[str]:
    """When they came first and how it stands, an activity on a line."""
    our, told = ours["feedback"], list(zip(names, facts["activities"], strict=True))
    for name, one in told[:MOST_TOLD]:
        about = our["first_visit" if one["first_visit"] else "about"]
        line = [said(about, ours, name=name, full_date=one["first_visit"])]
        line.append(said(our["stands"][one["stands"]], ours, full_date=one["there_last"]))
        if one["why"]:
            line.append(said(our["reason"], ours, why=one["why"]))
        yield " ".join(line)
    yield from more(told, ours)


def of_tracks(facts: Facts, ours: Words) -> Iterator[str]:
    """What is looked at first, and what beside the rest."""
    for state, template in ours["feedback"]["tracks"].items():
        for circumstance, now in facts["tracks"].items():
            if now == state:
                yield said(template, ours, circumstance=circumstance)
