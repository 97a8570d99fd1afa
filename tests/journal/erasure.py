"""Generated histories of four people, and whether one who is erased leaves anything: in the journal, the files, a model."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import wor_match as wm
from tests.learning.story import asked, at, consent, stop, visit
from wor_match.domain.event import Event
from wor_match.domain.kinds import Corrected, Withdrawn
from wor_match.journal import Journal
from wor_match.journal.rows import token
from wor_match.journal.tables import salt_of

PEOPLE = [f"persoon-{number}-{'x' * 20}" for number in range(4)]
GONE = PEOPLE[0]
ACTIVITIES = ("een", "twee", "drie")


def model(matcher: wm.Matcher, history: Any, path: Path) -> bytes:
    """What a matcher that learns from a history saves."""
    matcher.learn(history).save(path)
    return path.read_bytes()


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Visits, stops, questions and consents of four people; some corrected, some taken back, in any order."""
    told: list[Event] = []
    for number in range(draw(st.integers(0, 14))):
        person, activity, day = (
            draw(st.sampled_from(PEOPLE)),
            draw(st.sampled_from(ACTIVITIES)),
            draw(st.integers(0, 300)),
        )
        name = f"{person}.{number}"
        make = draw(st.sampled_from(["visit", "asked", "stop", "yes", "no", "corrected", "withdrawn"]))
        plain = visit(day, person, activity, draw(st.booleans()), event_id=f"{name}.plain")
        if make == "visit":
            told.append(plain)
        elif make == "asked":
            told.append(
                asked(day, draw(st.sampled_from(["still", "never", "stopped"])), person, activity, event_id=name)
            )
        elif make == "stop":
            told.append(stop(day, person, activity).replace(event_id=name))
        elif make in ("yes", "no"):
            told.append(consent(person, day, make == "yes").replace(event_id=name))
        elif told:
            other = draw(st.sampled_from(list(told)))
            owner = other.event_id.split(".")[0]  # ids begin with whom they are about
            name = f"{owner}.{number}"
            plain = visit(day, owner, activity, event_id=f"{name}.plain")
            who = draw(st.sampled_from([owner, None]))
            if make == "corrected":
                told.append(
                    Corrected(
                        event_id=name, at=at(day), source="coach", person=who, replaces=other.event_id, event=plain
                    )
                )
            else:
                told.append(Withdrawn(event_id=name, at=at(day), source="coach", person=who, takes_back=other.event_id))
    told += [consent(person, 0).replace(event_id=f"{person}.yes") for person in PEOPLE if draw(st.booleans())]
    return draw(st.permutations(told))


def without(told: list[Event], person: str) -> list[Event]:
    """The history in which a person never was: worked out anew, by walking until nothing changes."""
    gone: set[str] = set()
    while True:
        more = {
            name
            for one in told
            if one.of == person
            or (one.of is None and getattr(one, "takes_back", getattr(one, "replaces", None)) in gone)
            for name in (one.event_id, *([one.event.event_id] if isinstance(one, Corrected) else []))
        }
        if more <= gone:
            return [one for one in told if one.event_id not in gone]
        gone |= more


def left_of_the_erased(matcher: wm.Matcher, folder: Path, told: list[Event], first: int) -> Iterator[str]:
    """What is left of somebody who was erased in the middle of a history, and again at its end."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    never = sorted(without(told, GONE), key=lambda one: (one.at, one.event_id))
    with Journal(f"sqlite:///{folder}/journal.db") as journal:
        journal.append(told[:first])
        learned = matcher.learn(journal)
        journal.erase(GONE)
        journal.append(told)  # the rest, and everything once more: a feed that knows of no erasure
        journal.erase(GONE)
        if journal.append(told).new:
            yield "what was erased came back"
        if journal.read() != tuple(never):
            yield "the history is another than without them"
        with journal._open().reading() as opened:
            who = token("person", GONE, salt_of(opened)).encode()
        for file in folder.iterdir():
            if GONE.encode() in file.read_bytes():
                yield f"the pseudonym stands in {file.name}"
            if file.read_bytes().count(who) > 2:  # the tombstone, and its index
                yield f"the token stands in {file.name}"
        if model(learned, journal, folder / "a.json") != model(matcher, never, folder / "b.json"):
            yield "the model is another than without them"
