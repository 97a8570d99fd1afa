"""A journal with the invented history in it: what answers, and each way in which it refuses."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import wor_match as wm
from tests.faults.leaks.calls import MOMENT, Calls
from tests.faults.leaks.canary import ANSWERS, EVENT_PSEUDONYM, history, told_events
from wor_match.domain.kinds import event_of


def books_that_answer(matcher: wm.Matcher, folder: Path) -> Calls:
    """Every verb of a journal; what it exports was asked for."""
    journal = wm.Journal(f"sqlite:///{folder / 'journal.db'}")
    yield "append", lambda: journal.append(history())
    yield "append again", lambda: journal.append(history())
    yield "read", lambda: [journal, journal.read(), journal.read(EVENT_PSEUDONYM), journal.damaged()]
    yield "restrict", lambda: [journal.restrict(EVENT_PSEUDONYM), journal.read(), journal.lift(EVENT_PSEUDONYM)]
    yield "export", lambda: unseen(journal.export(EVENT_PSEUDONYM))
    yield "learn", lambda: matcher.learn(journal)
    yield "version", lambda: journal.version()
    yield "erase", lambda: journal.erase(EVENT_PSEUDONYM)
    yield "append late", lambda: journal.append(history())
    yield "own class", lambda: wm.check_journal(checked_in(folder / "contract"))


def books_that_refuse(folder: Path) -> Calls:
    """Each refuses."""
    url, secret = f"sqlite:///{folder / 'journal.db'}", "praktijk-q1"  # a password that can be recognised
    journal = wm.Journal(url)
    journal.append(history())
    other = event_of({**told_events()[2], "at": MOMENT})
    no_name: Any = ANSWERS
    mixed: list[Any] = [*history(), ANSWERS]
    shown = [{**told_events()[7]["shown"][0], "strengths": {f"kracht-q2-{n:054}": 0.9317 for n in range(9)}}] * 100
    long = event_of({**told_events()[7], "event_id": "lang", "shown": shown})
    yield "twice with other content", lambda: journal.append([other])
    yield "no event", lambda: journal.append(mixed)
    yield "too long", lambda: journal.append([long])
    for verb in (journal.read, journal.erase, journal.restrict, journal.lift, journal.export):
        if verb is not journal.read:
            yield f"{verb.__name__} nobody", lambda verb=verb: verb("")
        yield f"{verb.__name__} answers", lambda verb=verb: verb(no_name)
    for name, wrong in {
        "no url": ANSWERS,
        "password": f"postgresql://{EVENT_PSEUDONYM}:{secret}@localhost:1/besluit-q7",
        "other database": f"oracle://{EVENT_PSEUDONYM}:{secret}@nergens/melder-q5",
        "no folder": f"sqlite:///{folder / 'weg' / 'journal.db'}",
        "no file": f"sqlite:///{folder}",
    }.items():
        yield name, lambda wrong=wrong: wm.Journal(wrong, timeout=0.1)  # type: ignore[arg-type]  # that is what is wrong
    yield "busy", lambda: while_held(folder / "journal.db", lambda: wm.Journal(url, timeout=0.01).append([long, other]))
    closed = wm.Journal(url)
    closed.close()
    yield "closed", lambda: closed.append(history())
    spoil(folder / "journal.db")
    yield "damaged", lambda: journal.append(history())
    yield "damaged export", lambda: journal.export(EVENT_PSEUDONYM)


def checked_in(folder: Path) -> Callable[[], wm.Journal]:
    """What makes new journals, each in a file of its own."""
    folder.mkdir()
    return lambda: wm.Journal(f"sqlite:///{folder / str(len([*folder.iterdir()]))}.db")


def while_held(path: Path, call: Callable[[], Any]) -> Any:
    """A call while another program writes."""
    other = sqlite3.connect(path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        return call()
    finally:
        other.close()


def spoil(path: Path) -> None:
    """Change what one event says, behind the journal's back."""
    other = sqlite3.connect(path)
    other.execute("UPDATE wor_match_events SET line = replace(line, 'praktijk-q1', 'praktijk-q8')")
    other.commit()
    other.close()


def unseen(_: Any) -> None:
    """Nothing: the result is what was asked for."""
