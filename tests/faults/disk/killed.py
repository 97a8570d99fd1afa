"""A program that keeps a journal and a model, killed at any moment: what it had told by then, and what is there.

It is a forked child: it starts from everything imported, and touches a database only after the fork. It tells through a
pipe what it begins and what is acknowledged; the one who kills it reads that when it is dead.
"""

from __future__ import annotations

import os
import random
import signal
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.learning.story import visit
from wor_match.domain.event import Event
from wor_match.errors import WorMatchWarning
from wor_match.journal import Journal
from wor_match.modelfile import write_model

EACH = 4  # events in a batch
ROUNDS = 50  # kills of one and the same journal; then a new one
WORDS, LATEST = 9, 0.006  # a program is killed after so many words at most, and so many seconds after the last of them
NUMBERED = ("appending", "appended", "saved", "erasing", "erased")
Tell = Callable[[str], None]
Models = Sequence[str]


def batch(number: int) -> list[Event]:
    """The events of one batch, of people of its own."""
    return [visit(1 + n, who(number, n), event_id=f"b{number}.{n}") for n in range(EACH)]


def who(number: int, n: int = 0) -> str:
    """The person of an event; the first of a batch is the one to be erased."""
    return f"iemand-{number}-{n}-uit-de-straat"


@dataclass
class Keeper:
    """A program as it should be: it tells what is done when it is done."""

    folder: Path
    models: Models

    def work(self, number: int, tell: Tell) -> None:
        """Append a batch, erase somebody of it, save a model, and so on, until it is killed."""
        with Journal(f"sqlite:///{self.folder / 'journal.db'}", timeout=5) as journal:
            tell("begun")
            while True:
                tell(f"appending {number}")
                self.append(journal, number, tell)
                self.save(number, tell)
                if number % 2 == 0:
                    tell(f"erasing {number}")
                    journal.erase(who(number))
                    tell(f"erased {number}")
                number += 1

    def append(self, journal: Journal, number: int, tell: Tell) -> None:
        """Append a batch."""
        journal.append(batch(number))
        tell(f"appended {number}")

    def save(self, number: int, tell: Tell) -> None:
        """Save a model."""
        write_model(self.folder / "model.json", self.models[number % len(self.models)])
        tell(f"saved {number}")


class Hasty(Keeper):
    """Broken: acknowledges before it is written."""

    def append(self, journal: Journal, number: int, tell: Tell) -> None:
        """Tell first."""
        tell(f"appended {number}")
        journal.append(batch(number))


class Piecemeal(Keeper):
    """Broken: a batch is not written at once."""

    def append(self, journal: Journal, number: int, tell: Tell) -> None:
        """One after another."""
        for event in batch(number):
            journal.append([event])
        tell(f"appended {number}")


class InPlace(Keeper):
    """Broken: a model is written over the one that stands there."""

    def save(self, number: int, tell: Tell) -> None:
        """Part after part."""
        text = self.models[number % len(self.models)].encode()
        with (self.folder / "model.json").open("wb") as opened:
            for begin in range(0, len(text), 256):
                opened.write(text[begin : begin + 256])
                opened.flush()
        tell(f"saved {number}")


class Forgetful(Keeper):
    """Broken: says that somebody is erased, and goes on to do it."""

    def work(self, number: int, tell: Tell) -> None:
        """Tell too early."""
        super().work(number, lambda said: tell(said.replace("erasing", "erased")))


@dataclass
class Told:
    """What a program told until it was killed, and those before it in the same folder."""

    words: Counter[str] = field(default_factory=Counter)
    batches: dict[str, set[int]] = field(default_factory=lambda: {word: set() for word in NUMBERED})
    saved: int | None = None

    def hear(self, said: str) -> None:
        """Take in what was told; a line that was cut short by the kill is none."""
        for line in said.split("\n")[:-1]:
            word, _, number = line.partition(" ")
            self.words[word] += 1
            if word in self.batches:
                self.batches[word].add(int(number))
            if word == "saved":
                self.saved = int(number)


def killed(keeper: Keeper, number: int, n_words: int, later: float) -> str:
    """What a program told that was killed so many seconds after so many words."""
    hearing, telling = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12: threads of the tests' own runner
        child = os.fork()
    if child == 0:
        try:
            os.close(hearing)
            keeper.work(number, lambda word: os.write(telling, f"{word}\n".encode()) and None)
        except BaseException as fault:
            os.write(telling, f"fault {type(fault).__name__}: {fault}\n".encode())
        finally:
            os._exit(1)
    os.close(telling)
    with os.fdopen(hearing, "rb") as told:
        first = b"".join(told.readline() for _ in range(n_words))
        time.sleep(later)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return (first + told.read()).decode()


def wrong_in(keeper: Keeper, told: Told) -> Iterator[str]:
    """What is not as it was acknowledged, in what is opened again."""
    with Journal(f"sqlite:///{keeper.folder / 'journal.db'}") as journal, warnings.catch_warnings():
        warnings.simplefilter("error", WorMatchWarning)
        there = Counter(event.event_id for event in journal.read())
    bytes_there = b"".join(file.read_bytes() for file in keeper.folder.iterdir() if file.name.startswith("journal"))
    for number in told.batches["appending"]:
        n = sum(there[f"b{number}.{k}"] for k in range(EACH))
        left = {EACH - 1} if number in told.batches["erased"] else {EACH}
        left |= {EACH - 1} if number in told.batches["erasing"] else set()
        if n not in left | (set() if number in told.batches["appended"] else {0}):
            yield f"batch {number}: {n} of {EACH} there"
        if number in told.batches["erased"] and who(number).encode() in bytes_there:
            yield f"batch {number}: who was erased is there"
    yield from wrong_model(keeper, told)
    if told.words["fault"]:
        yield "the program itself met a fault"


def wrong_model(keeper: Keeper, told: Told) -> Iterator[str]:
    """A model that is not the one that was saved last, or the one that was being saved."""
    path = keeper.folder / "model.json"
    there = path.read_text(encoding="utf-8", errors="replace") if path.exists() else None
    numbers = [number for number in (told.saved, max(told.batches["appending"], default=None)) if number is not None]
    found = [number for number in numbers if keeper.models[number % len(keeper.models)] == there]
    if found:
        told.saved = found[0]
    elif there is not None or told.saved is not None:
        yield f"a model of {len(there or '')} characters that is neither the old nor the new"


def loop(make: Callable[[Path], Keeper], folder: Path, n: int, seed: int, words: Counter[str]) -> Iterator[str]:
    """What is wrong after each of so many kills; counts the words that were told."""
    dice = random.Random(seed)
    for kill in range(n):
        if kill % ROUNDS == 0:
            place = folder / f"series-{kill // ROUNDS}"
            place.mkdir()
            keeper, told = make(place), Told()
        begin = max(told.batches["appending"], default=0) + 1
        told.words.clear()
        told.hear(killed(keeper, begin, dice.randrange(WORDS + 1), dice.uniform(0, LATEST)))
        words.update(told.words)
        yield from (f"kill {kill}: {one}" for one in wrong_in(keeper, told))
