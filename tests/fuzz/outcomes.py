"""The doors of outcomes: events, journals, models."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import warnings
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg

import wor_match as wm
from tests.fuzz.harness import Read
from tests.fuzz.offer import DESK, of_json, on_desk, text_of, value_of
from wor_match.commands.days import day_or_moment
from wor_match.domain.event import Event
from wor_match.domain.kinds import as_line, event_of
from wor_match.domain.strict_json import strict_value
from wor_match.errors import EventError, JournalError, WorMatchWarning
from wor_match.journal.book import Journal
from wor_match.journal.lines import read_events
from wor_match.journal.opening import store_of
from wor_match.journal.read_back import reads_back, shown_ids
from wor_match.journal.rows import Row, contents, digest_of, event_in_row, row_of, token
from wor_match.learning.saved import as_text, canonical, checksum, from_text
from wor_match.modelfile import read_model
from wor_match.pathway.follow_up.answers import events_from_follow_up
from wor_match.pathway.follow_up.questions import MOMENTS
from wor_match.pathway.registration.sheet import read_registration
from wor_match.report import Report

DATA = Path(__file__).parent.parent / "data"
SALT = b"salt of the fuzzed journal"
AT = "2026-11-23T10:00:00+01:00"


def events(found: bytes) -> object:
    """A history on lines; what is read can be written and read again."""
    told = read_events(on_desk("events.jsonl", found), at=day_or_moment(AT))
    again = DESK / "again.jsonl"
    again.write_text("".join(f"{as_line(event)}\n" for event in told), encoding="utf-8")
    assert read_events(again) == told, "written and read again it is another history"
    return sorted({one.kind for one in told})


def event(found: bytes) -> object:
    """An event as a host program tells it: as a line, and as the row of a journal."""
    one = event_of(value_of(found))
    assert of_json(type(one), found) == one, "as JSON it is another event"
    assert event_of(strict_value(as_line(one))) == one, "its line says something else"
    row = row_of(one, SALT)
    assert event_in_row(row, SALT) == one, "its row says something else"
    assert len([*contents(row)]) == len(row.ids)
    assert row.first_at <= row.at
    assert reads_back(one), "a journal would refuse it"
    assert shown_ids([one]) == [one.event_id]
    return one.kind


def row(found: bytes) -> object:
    """A row of a journal whose sums are right, whatever its line says."""
    told = value_of(found)
    names = told if isinstance(told, dict) else {}
    text = {name: str(names.get(name, "")) for name in ("event_id", "at", "replaces", "person")}
    bare = Row(
        text["event_id"], token("person", text["person"], SALT), text["at"], text["replaces"], None, text_of(found), ""
    )
    sound = Row(bare.event_id, bare.who, bare.at, bare.about, bare.inside, bare.line, digest_of(bare))
    one = event_in_row(sound, SALT)
    assert one is None or one.event_id == text["event_id"]
    assert sound.shown_id.isprintable()
    return one and one.kind


@cache
def fresh() -> Any:
    """What a matcher that has not learned knows."""
    return wm.Matcher(wm.load_catalogue("nieuwegein")).knowledge


def model(found: bytes) -> None:
    """A saved model: taken whole, or refused. An input changes a sound one, unless it looks like JSON itself."""
    whole = found if found[:1] in (b"{", b"[") else damaged(golden_model().encode(), found)
    known(read_model(on_desk("model.json", whole)))


def damaged(whole: bytes, found: bytes) -> bytes:
    """A sound file with other bytes: each four of an input say where (three bytes) and which; what is over cuts it off."""
    file = bytearray(whole)
    for at in range(0, len(found) - 3, 4):
        file[int.from_bytes(found[at : at + 3], "big") % len(file)] = found[at + 3]
    if over := found[len(found) // 4 * 4 :]:
        del file[int.from_bytes(over, "big") * 16 % len(file) :]
    return bytes(file)


def known(text: str) -> None:
    """What a model says can be told in words, and saved and read again."""
    knows = fresh()
    learned = from_text(text, knows.beliefs, knows.learned.posterior)
    report = Report.of(learned, knows.beliefs)
    for language in ("nl", "en"):
        assert all(report.sentences(language))
    again = from_text(as_text(learned, knows.beliefs), knows.beliefs, knows.learned.posterior)
    assert as_text(again, knows.beliefs) == as_text(learned, knows.beliefs), "saved and read again it is another"


def model_within(found: bytes) -> None:
    """A model whose sum is right, whatever it says: an input is laid over a sound one (RFC 7396)."""
    told = value_of(found)
    body = patched(json.loads(golden_model()), told)
    body.pop("sha256", None) if isinstance(body, dict) else None
    with contextlib.suppress(ValueError):  # half a character, which no file of ours holds
        sealed = {**body, "sha256": checksum(body)} if isinstance(body, dict) else body
        canonical(sealed).encode()
        known(f"{canonical(sealed)}\n")


@cache
def golden_model() -> str:
    """The model of format 1."""
    return (DATA / "model-format-1.json").read_text(encoding="utf-8")


def patched(whole: Any, told: Any) -> Any:
    """A value with another laid over it; None takes away."""
    if not isinstance(told, dict):
        return told
    made = dict(whole) if isinstance(whole, dict) else {}
    for name, value in told.items():
        made = (
            {**made, name: patched(made.get(name), value)}
            if value is not None
            else {k: v for k, v in made.items() if k != name}
        )
    return made


def journal(found: bytes) -> object:
    """A journal in a damaged file: what it reads was written once, or it says what is wrong.

    An input changes a sound one, unless it looks like a database itself.
    """
    whole = found if found.startswith(b"SQLite format 3") else damaged(golden_journal(), found)
    path = on_desk("journal.db", whole)
    for beside in path.parent.glob("journal.db*"):
        if beside != path:
            beside.unlink()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", WorMatchWarning)
        with Journal(f"sqlite:///{path}", timeout=0.1) as opened:
            told = opened.read()
            opened.damaged(), opened.version()
            for use in (used_on, contradicted, forgotten):
                with contextlib.suppress(JournalError):
                    use(opened)
    ours = {as_line(one) for one in told_once()}
    assert all(as_line(one) in ours for one in told if not one.event_id.startswith("restricted.")), "another event"
    return len(told)


def used_on(opened: Journal) -> None:
    """What it was told before is told again, and asked for."""
    opened.append(told_once())
    ids = [one.event_id for one in opened.read()]
    assert len(set(ids)) == len(ids), "an event stands there twice"
    opened.export(str(told_once()[0].of))


def contradicted(opened: Journal) -> None:
    """An id that stands there is told with other content."""
    one = told_once()[0]
    opened.append([one.replace(at=one.at.replace(minute=one.at.minute ^ 1))])


def forgotten(opened: Journal) -> None:
    """Somebody is forgotten."""
    person = str(told_once()[0].of)
    opened.erase(person)
    assert not opened.read(person), "somebody who was erased is still there"


def registration(found: bytes) -> object:
    """A coarse registration; what is read could have been told, is told once, and read again it is the same."""
    path = on_desk("registration.csv", found)
    told = read_registration(path)
    assert told.events == read_registration(path, reporter="registration").events
    assert all(reads_back(one) for one in told.events), "a journal would refuse it"
    assert len({one.event_id for one in told.events}) == len(told.events)
    return sorted({one.kind for one in told.events} | {f"{one.code} {one.path}" for one in told.problems})


def follow_up(found: bytes) -> object:
    """Answers as a host program tells them."""
    answers, kinds = value_of(found), set()
    for moment in MOMENTS:
        with contextlib.suppress(EventError):
            made = events_from_follow_up(answers, "p1", "koor", day_or_moment(AT), moment=moment)
            assert all(reads_back(one) for one in made), "a journal would refuse it"
            kinds |= {one.kind for one in made}
    if not kinds:
        events_from_follow_up(answers, "p1", "koor", day_or_moment(AT), moment="month_3")
    return sorted(kinds)


@cache
def golden_journal() -> bytes:
    """The journal of format 1."""
    return (DATA / "journal-format-1.db").read_bytes()


@cache
def told_once() -> tuple[Event, ...]:
    """What it says."""
    with contextlib.closing(sqlite3.connect(":memory:")) as opened:
        opened.deserialize(golden_journal())
        lines = opened.execute("SELECT line FROM wor_match_events").fetchall()
    return tuple(event_of(json.loads(line)) for (line,) in lines)


def address(found: bytes) -> None:
    """The address of a journal; no file is made and no server is asked."""

    def refuse(conninfo: str = "", **told: Any) -> Any:
        psycopg.conninfo.make_conninfo(conninfo, **{k: v for k, v in told.items() if k not in NO_PART})
        raise psycopg.OperationalError("connection failed: FATAL:  the database system is starting up")

    with mock.patch("wor_match.journal.opening.FileStore"), mock.patch.object(psycopg, "connect", refuse):
        store_of(text_of(found), 0.1)


NO_PART = ("context", "row_factory", "cursor_factory", "autocommit", "prepare_threshold")


OUTCOMES: dict[str, Read] = {
    "events": events,
    "event": event,
    "row": row,
    "registration": registration,
    "follow-up": follow_up,
    "model": model,
    "model-within": model_within,
    "journal": journal,
    "journal-address": address,
}
