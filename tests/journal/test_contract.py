"""Every promise of a journal: kept by ours on both databases, and a class that breaks one is told which."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wor_match.errors import JournalError
from wor_match.journal import Appended, Journal, check_journal


class LosesOne(Journal):
    def append(self, events: Any) -> Appended:
        events = list(events)
        super().append(events[:1])
        return Appended(len(events), 0)


class CountsTwice(Journal):
    def append(self, events: Any) -> Appended:
        done = super().append(events)
        return Appended(done.new + done.known, 0)


class WritesBeforeItRefuses(Journal):
    def append(self, events: Any) -> Appended:
        return (
            [super(WritesBeforeItRefuses, self).append([event]) for event in events][-1]
            if len(events) == 2 and events[0].event_id == "contract-2"
            else super().append(events)
        )


class TakesAnyContent(Journal):
    def append(self, events: Any) -> Appended:
        try:
            return super().append(events)
        except JournalError:
            return Appended(0, len(events))


class ReadsBackwards(Journal):
    def read(self, person: str | None = None) -> Any:
        read = super().read(person)
        return read[::-1] if len(read) == 3 else read


class ReadsEverybody(Journal):
    def read(self, person: str | None = None) -> Any:
        return super().read()


class KeepsWithdrawals(Journal):
    def erase(self, person: str) -> Any:
        kept = [event for event in self.read() if event.kind == "withdrawn"]
        receipt = super().erase(person)
        return (receipt, self._back(kept))[0]

    def _back(self, kept: Any) -> None:
        self.kept = kept

    def read(self, person: str | None = None) -> Any:
        return (*super().read(person), *getattr(self, "kept", ()))


class TellsWhoWasErased(Journal):
    def erase(self, person: str) -> Any:
        return (super().erase(person), person)


class LetsThemBack(Journal):
    def erase(self, person: str) -> Any:
        receipt = super().erase(person)
        with self._open().writing() as opened:
            opened.exec_driver_sql("DELETE FROM wor_match_erased")
            opened.exec_driver_sql("DELETE FROM wor_match_marks WHERE name LIKE 'tally of %'")
        return receipt


class RestrictsNobody(Journal):
    def restrict(self, person: str) -> None:
        """Nothing."""


class NeverLifts(Journal):
    def lift(self, person: str) -> None:
        """Nothing."""


class LiftsEverybody(Journal):
    def lift(self, person: str) -> None:
        for one in ("contract-gone", "contract-stays"):
            super().lift(one)


class CallsTheErasedDamaged(Journal):
    gone: tuple[str, ...] = ()

    def erase(self, person: str) -> Any:
        self.gone = tuple(event.event_id for event in self.read(person))
        return super().erase(person)

    def damaged(self) -> tuple[str, ...]:
        return self.gone


class ExportsEverybody(Journal):
    def export(self, person: str) -> Any:
        return {"ids": [event.event_id for event in self.read()]}


class ExportsObjects(Journal):
    def export(self, person: str) -> Any:
        return {"events": self.read(person)}


class CountsAppends(Journal):
    n = 0

    def append(self, events: Any) -> Appended:
        self.n += 1
        return super().append(events)

    def version(self) -> str:
        return f"{super().version()}-{self.n}"


class ForgetsRestrictions(Journal):
    def version(self) -> str:
        return str(len([event for event in self.read() if not event.event_id.startswith("restricted.")]))


class RefusesThreads(Journal):
    def append(self, events: Any) -> Appended:
        if len(list(events)) == 6:
            raise RuntimeError("one thread only")
        return super().append(events)


BROKEN = {
    LosesOne: "read back",
    CountsTwice: "counted as known",
    WritesBeforeItRefuses: "nothing is written",
    TakesAnyContent: "nothing is written",
    ReadsBackwards: "by moment and id",
    ReadsEverybody: "read alone",
    KeepsWithdrawals: "what takes them back",
    TellsWhoWasErased: "what takes them back",
    LetsThemBack: "late delivery",
    RestrictsNobody: "stops the learning",
    NeverLifts: "learned from again, and only them",
    LiftsEverybody: "learned from again, and only them",
    CallsTheErasedDamaged: "is not called damaged",
    ExportsEverybody: "plain values",
    ExportsObjects: "plain values",
    CountsAppends: "restrictions alone",
    ForgetsRestrictions: "restrictions alone",
    RefusesThreads: "threads",
}


def test_the_journal_keeps_every_promise(address: Callable[[], str]) -> None:
    check_journal(lambda: Journal(address()))


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__)
def test_a_broken_promise_is_named(broken: type[Journal], tmp_path: Path) -> None:
    numbers = itertools.count()
    with pytest.raises(JournalError, match=BROKEN[broken]):
        check_journal(lambda: broken(f"sqlite:///{tmp_path}/{next(numbers)}.db"))


def test_a_journal_that_is_not_empty_cannot_be_checked(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="not empty"):
        check_journal(lambda: Journal(f"sqlite:///{tmp_path}/one.db"))
