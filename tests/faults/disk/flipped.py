"""A journal of which one byte was changed, or the end is gone: what its keeper sees, and whether that is honest."""

from __future__ import annotations

import random
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.learning.story import consent, visit
from wor_match.domain.event import Event
from wor_match.domain.history import settled, who_consents
from wor_match.domain.kinds import Consented
from wor_match.errors import WorMatchError
from wor_match.journal import Journal

STAYS, LEAVES, HELD, GONE = (f"iemand-{name}" for name in ("blijft", "vertrekt", "beperkt", "gewist"))
BEFORE = [
    consent(STAYS),
    consent(LEAVES),
    consent(HELD),
    *(visit(day, STAYS, event_id=f"s{day}") for day in range(1, 9)),
]
OTHERS = [*(visit(day, LEAVES, event_id=f"l{day}") for day in range(1, 4)), visit(1, HELD, event_id="h1")]
LATE = [visit(day, GONE, event_id=f"g{day}") for day in range(1, 4)]
NEW = visit(200, STAYS, event_id="new")
PAGE, POINTERS = 4096, 48  # bytes; a page begins with what it is, how many rows it has, and where they stand
State = tuple[str, bytes]  # what was done to a file, and what is in it then
Make = Callable[[Path], Journal]


@dataclass(frozen=True)
class Kept:
    """A sound journal as bytes, and what it gives."""

    whole: bytes
    gives: dict[str, Event]


def opened(path: Path) -> Journal:
    """Ours."""
    return Journal(f"sqlite:///{path}", timeout=0.05)


def kept(folder: Path) -> Kept:
    """A journal with somebody who is restricted and somebody who was erased."""
    path = folder / "kept.db"
    with opened(path) as journal:
        journal.append([*BEFORE, *OTHERS, *LATE])
        journal.restrict(HELD)
        journal.erase(GONE)
        return Kept(path.read_bytes(), {event.event_id: event for event in journal.read()})


def flips(whole: bytes, n: int, seed: int) -> Iterator[State]:
    """The file with one byte changed, so many times.

    Most of a file is empty: a third of the changes are made where something stands, a third where pages begin.
    """
    dice = random.Random(seed)
    anywhere = range(len(whole))
    full = [place for place in anywhere if whole[place]]
    begins = [place for place in anywhere if place % PAGE < POINTERS]
    for number in range(n):
        place = dice.choice((anywhere, full, begins)[number % 3])
        yield flipped(whole, place, 1 << dice.randrange(8) if number % 4 else dice.randrange(1, 256))


def flipped(whole: bytes, place: int, mask: int) -> State:
    """The file with these bits of one byte changed."""
    return f"byte {place} ^ {mask}", whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :]


def cuts(whole: bytes, n: int, seed: int) -> Iterator[State]:
    """The file without its end: at the end of a page, of a sector, or anywhere.

    Something is left of it: a file with nothing in it is a new journal, as when a maker was killed before the first write.
    """
    dice = random.Random(seed)
    for number in range(n):
        length = dice.randrange(len(whole) // (step := (PAGE, 512, 1)[number % 3])) * step
        yield f"cut to {max(length, 1)}", whole[: max(length, 1)]


def looked_at(path: Path, sound: Kept, make: Make) -> tuple[str, list[str]]:
    """What a damaged journal says of itself, and what of that is not honest."""
    said, wrong = "the same", list[str]()
    try:
        with warnings.catch_warnings(record=True) as warned, make(path) as journal:
            warnings.simplefilter("always")
            read = journal.read()
            said = "named" if warned else "the same"
            wrong += unlike(sound, read, bool(warned))
            wrong += after_more(journal, path, {event.event_id for event in read}, warned)
    except WorMatchError:
        said = "refused" if said == "the same" else said
    except Exception as fault:
        wrong.append(f"a foreign error: {type(fault).__name__}")
    return said, wrong


def unlike(sound: Kept, read: tuple[Event, ...], told: bool) -> Iterator[str]:
    """What was read and is not what was written."""
    ids = [event.event_id for event in read]
    if not told and sorted(ids) != sorted(sound.gives):
        yield f"{len(sound.gives) - len(ids)} events are missing in silence"
    if len(set(ids)) < len(ids):
        yield "an event is there twice"
    if any(event != sound.gives.get(event.event_id) and not is_word(event, told) for event in read):
        yield "an event says something else"
    if HELD in who_consents(settled(read)):
        yield "a restriction was lifted in silence"


def is_word(event: Event, told: bool) -> bool:
    """Whether it is the journal's own word that somebody is not learned from: who is restricted, or has a damaged event.

    Its moment follows from the other events.
    """
    word = event.event_id.startswith("restricted.") and isinstance(event, Consented) and not event.given
    return word and (told or event.of == HELD)


def after_more(journal: Journal, path: Path, before: set[str], warned: list[warnings.WarningMessage]) -> Iterator[str]:
    """What is wrong after the journal was used on: something new, a late delivery, somebody who is erased."""
    warned.clear()
    with suppress(WorMatchError):
        n_new = journal.append([NEW]).new
        journal.append(LATE)
        now = {event.event_id for event in journal.read()}
        if not warned and not before | {"new"} <= now:
            yield f"after one more, {len(before - now)} events are missing in silence"
        if any(event.event_id in now for event in LATE) and not warned:
            yield "who was erased has come back"
        if n_new != 1:
            yield "something new was not taken"
    warned.clear()
    with suppress(WorMatchError):
        journal.erase(LEAVES)
        if LEAVES.encode() in path.read_bytes() and not warned:
            yield "who was erased is in the file"


def seen(folder: Path, states: Iterable[State], sound: Kept, make: Make) -> tuple[Counter[str], list[str]]:
    """How often a damaged journal says what, and everything that is not honest."""
    path, counted, wrong = folder / "journal.db", Counter[str](), list[str]()
    for name, state in states:
        path.write_bytes(state)
        path.with_name("journal.db-journal").unlink(missing_ok=True)
        said, bad = looked_at(path, sound, make)
        counted[said] += 1
        wrong += [f"{name}: {one}" for one in bad]
    return counted, wrong
