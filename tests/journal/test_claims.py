"""What a journal says word for word, and the edges of what it keeps: no server is needed for any of it."""

from __future__ import annotations

import hmac
import sqlite3
import stat
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.learning.story import at, visit
from wor_match.domain.kinds import Corrected, Withdrawn
from wor_match.errors import BusyError, JournalError, WorMatchWarning
from wor_match.journal import Appended, Journal, opening
from wor_match.journal.erasing import FOR_EVER, two_years_after
from wor_match.journal.faults import MANY, POSTGRES, SQLITE, error_of, few
from wor_match.journal.files import made_for_owner
from wor_match.journal.migration import STEPS, migrate
from wor_match.journal.opening import HOW
from wor_match.journal.refusing import restriction_id
from wor_match.journal.rows import moment_text, row_of, seal_of, sealed, token
from wor_match.journal.tables import mark_of, parts

SALT = b"salt"
UNSURE = "append again what was not acknowledged: repeats are harmless"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(f"sqlite:///{tmp_path}/dagboek.db")


def said(work: Any, *told: Any, **options: Any) -> str:
    with pytest.raises(JournalError) as fault:
        work(*told, **options)
    return fault.value.sentence


def fault(name: str | None, words: str = "geheim") -> sqlite3.Error:
    made = sqlite3.OperationalError(words)
    if name is not None:
        made.sqlite_errorname = name
    return made


@pytest.mark.parametrize("name", SQLITE)
def test_each_code_of_sqlite_and_its_finer_ones_have_one_sentence(name: str) -> None:
    for code in (name, f"{name}_X"):
        told = error_of("the journal a.db", fault(code))
        assert (told.code, told.sentence) == (SQLITE[name][0], f"the journal a.db {SQLITE[name][1]}")


def test_a_code_that_nobody_knows_is_shown_and_without_one_its_kind() -> None:
    unknown = [error_of("de plek", fault(code)).sentence for code in ("SQLITE_AUTH", None, "")]
    assert unknown == [
        f"de plek cannot be used (SQLITE_AUTH); {UNSURE}",
        f"de plek cannot be used (OperationalError); {UNSURE}",
        f"de plek cannot be used (OperationalError); {UNSURE}",
    ]


@pytest.mark.parametrize("name", ["SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED", "SQLITE_PROTOCOL"])
def test_who_finds_it_busy_hears_to_try_again(name: str) -> None:
    told = error_of("de plek", fault(name))
    assert type(told) is BusyError
    assert told.sentence == (
        "de plek is busy: somebody else is writing; nothing was written; try again in a moment"
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["OperationalError", "ConnectionTimeout", "InterfaceError"])
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("FATAL: the database system is starting up", "57P"),
        ("FATAL: the database system is shutting down", "57P"),
        ("FATAL: permission denied for database", "42501"),
        ("FATAL: password authentication failed", "28"),
        ("FATAL: no pg_hba.conf entry", "28"),
        ("FATAL: no password supplied", "28"),
        ('FATAL: role "piet" is not there', "28"),
        ('FATAL: database "weg" is not there', "3D"),
        ("permission denied", "08"),  # the machine's word, not the server's
        ("connection refused", "08"),
    ],
)
def test_a_server_that_gives_no_code_is_understood_by_its_words(kind: str, words: str, code: str) -> None:
    made = type(kind, (Exception,), {})(words)
    told = error_of("de server", made)
    assert (told.code, told.sentence) == (POSTGRES[code][0], f"de server {POSTGRES[code][1]}")


def test_words_of_another_kind_of_fault_are_not_looked_at() -> None:
    made = type("DataError", (Exception,), {})("FATAL: password authentication failed")
    assert error_of("de server", made).sentence == f"de server cannot be used (DataError); {UNSURE}"


def test_of_many_ids_twenty_are_named_and_the_rest_is_counted() -> None:
    names = [f"e{n}" for n in range(MANY + 2)]
    assert few(names[:MANY]) == ", ".join(names[:MANY])
    assert few(names) == f"{', '.join(names[:MANY])} and 2 more"
    assert few(["e1"]) == "e1"


def test_a_statement_takes_four_hundred_names_and_no_name_is_passed_over() -> None:
    names = list(range(801))
    assert [len(part) for part in parts(names)] == [400, 400, 1]
    assert [one for part in parts(names) for one in part] == names


def test_what_cannot_be_done_is_said_word_for_word(journal: Journal) -> None:
    for wrong in (["e"], None, 5, "e", visit(1)):
        told = said(journal.append, wrong)
        assert told == "something among the events is no event; nothing was written; use read_events()"
    for call in (journal.erase, journal.restrict, journal.lift, journal.export, journal.read):
        assert said(call, "") == "that is no pseudonym; give the text that stands as `person` in the events"
    journal.append([visit(1, event_id="e1"), visit(2, event_id="e2")])
    assert said(journal.append, [visit(3, event_id="e2"), visit(3, event_id="e1")]) == (
        "told twice with other content: e1, e2; nothing was written; leave them out, or write a `corrected` event instead"
    )
    assert repr(journal) == "Journal(the journal dagboek.db)"
    journal.close()
    assert repr(journal) == "Journal(closed)"
    assert said(journal.read) == "the journal was closed; open it again"


def test_a_damaged_event_is_named_in_the_warning_and_stops_an_export(journal: Journal, tmp_path: Path) -> None:
    journal.append([visit(1, event_id="e1"), visit(2, event_id="e2"), visit(3, "p2", event_id="e3")])
    opened = sqlite3.connect(tmp_path / "dagboek.db", isolation_level=None)
    opened.execute("UPDATE wor_match_events SET at = 'x' WHERE event_id IN ('e1', 'e2')")
    opened.close()
    lost = "damaged events are left out: e1, e2; put back the latest backup of the journal [journal-damaged]"
    with pytest.warns(WorMatchWarning) as warned:
        assert [one.event_id for one in journal.read()] == ["e3"]
    assert str(warned[0].message) == lost
    assert journal.damaged() == ("e1", "e2")
    assert said(journal.export, "p1") == "damaged events of this person: e1, e2; put back a backup first"
    assert [one["event_id"] for one in journal.export("p2")["events"]] == ["e3"]
    assert said(journal.append, [visit(1, event_id="e1")]) == (
        "damaged in the journal: e1; nothing was written; put back its latest backup"
    )  # fmt: skip
    journal.erase("p1")
    assert journal.damaged() == ()


def test_the_warning_of_damage_points_at_who_reads(journal: Journal, tmp_path: Path) -> None:
    journal.append([visit(1, event_id="e1")])
    opened = sqlite3.connect(tmp_path / "dagboek.db", isolation_level=None)
    opened.execute("UPDATE wor_match_events SET at = 'x'")
    opened.close()
    with pytest.warns(WorMatchWarning) as warned:
        journal.read()
    assert warned[0].filename == __file__


def test_an_export_is_in_order_and_says_whether_somebody_is_restricted(journal: Journal) -> None:
    journal.append([visit(2, event_id="a"), visit(1, event_id="b"), visit(1, "p2", event_id="c")])
    journal.restrict("p1")
    told = journal.export("p1")
    assert (told["person"], told["restricted"], [one["event_id"] for one in told["events"]]) == ("p1", True, ["b", "a"])
    assert journal.export("p2")["restricted"] is False
    assert journal.export("niemand") == {"person": "niemand", "restricted": False, "events": []}


def test_a_restriction_is_one_refusal_at_the_latest_moment_told_of_the_person(journal: Journal) -> None:
    inner = visit(9, event_id="e9")
    journal.append([visit(2, event_id="e1"), visit(5, "p2", event_id="e2")])
    journal.append([Corrected(event_id="c1", at=at(3), source="coach", replaces="e1", event=inner, person="p1")])
    journal.restrict("p1")
    (refusal,) = (one for one in journal.read() if one.event_id.startswith("restricted."))
    assert (refusal.kind, refusal.person, refusal.at) == ("consented", "p1", inner.at)
    assert (refusal.source, refusal.purpose, refusal.given) == ("import", "learning", False)
    assert journal.append([refusal, visit(2, event_id="e1")]) == Appended(0, 2, 0)  # its own word is no event
    journal.lift("p1")
    assert not any(one.event_id.startswith("restricted.") for one in journal.read())


def test_the_counts_of_an_append_add_up_to_what_was_delivered(journal: Journal) -> None:
    journal.append([visit(1, event_id="e1"), visit(1, "p2", event_id="o1")])
    journal.erase("p2")
    told = [visit(n, event_id=f"e{n}") for n in (1, 2, 2)] + [
        visit(1, "p2", event_id="o1"),
        visit(9, "p2", event_id="o9"),
    ]
    assert journal.append(told) == Appended(new=1, known=2, erased=2)
    withdrawn = Withdrawn(event_id="w", at=at(50), source="coach", takes_back="o9", person=None)
    assert journal.append([withdrawn]) == Appended(0, 0, 1)


def test_a_receipt_counts_what_went_and_is_32_hex_digits(journal: Journal, tmp_path: Path) -> None:
    journal.append([visit(n, event_id=f"e{n}") for n in (1, 2)])
    receipt = journal.erase("p1")
    assert receipt.n_events == 2
    assert len(receipt.receipt) == 32
    assert int(receipt.receipt, 16)
    assert receipt.receipt != Journal(f"sqlite:///{tmp_path}/ander.db").erase("p1").receipt


def test_a_tombstone_stands_for_two_years_and_never_after_the_last_year() -> None:
    assert two_years_after([]) == FOR_EVER
    rows = [row_of(visit(1).replace(at=when), SALT) for when in ("2026-02-03T04:05:06.000007Z", "2025-12-31T00:00:00Z")]
    assert two_years_after(rows) == "2028-02-31T23:59:59.999999Z"
    late = row_of(visit(1).replace(at=f"{FOR_EVER[:4]}-01-01T00:00:00Z"), SALT)
    assert two_years_after([*rows, late]) == FOR_EVER


def test_a_moment_is_text_that_sorts_by_time() -> None:
    assert moment_text(datetime(2026, 1, 2, 3, 4, 5, 6, UTC)) == "2026-01-02T03:04:05.000006Z"


def test_a_token_hides_the_name_is_of_one_kind_and_one_journal_and_checks_itself() -> None:
    one = token("person", "p1", SALT)
    assert len(one) == 48 + 16
    assert one[:48] == hmac.new(SALT, b"person\0p1", sha256).hexdigest()[:48]  # another release must know it
    assert restriction_id("p1", SALT) == f"restricted.{one[:48]}"
    assert len({one, token("event", "p1", SALT), token("person", "p2", SALT), token("person", "p1", b"other")}) == 4
    assert sealed(one)
    assert one[48:] == seal_of(one[:48])
    assert not any(sealed(wrong) for wrong in (one[:-1], f"0{one[1:]}" if one[0] != "0" else f"1{one[1:]}", None, 5))


def test_a_row_says_what_it_is_about_and_what_is_inside_it() -> None:
    inner = visit(2, event_id="e2")
    row = row_of(Corrected(event_id="c1", at=at(3), source="coach", replaces="e1", event=inner, person=None), SALT)
    assert (row.event_id, row.about, row.inside, row.ids) == ("c1", "e1", "e2", {"c1", "e2"})
    gone = row_of(Withdrawn(event_id="w1", at=at(3), source="coach", takes_back="e1", person=None), SALT)
    assert (gone.who, gone.about, gone.inside, gone.ids) == (None, "e1", None, {"w1"})
    assert row_of(visit(1, event_id="e1"), SALT).about is None
    assert row.sound
    assert gone.sound


def test_a_journal_notes_its_format_and_a_salt_that_checks_itself(journal: Journal) -> None:
    with journal._open().reading() as opened:
        assert mark_of(opened, "format") == "1"
        salt = mark_of(opened, "salt")
        assert mark_of(opened, "unswept") is None
    assert isinstance(salt, str)
    assert len(salt) == 48 + 16
    assert sealed(salt)


def test_a_wait_may_be_a_day_and_no_longer(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/a.db"
    Journal(address, timeout=86_400)
    Journal(address, timeout=0.1)
    for timeout in (86_401, 0, False):
        assert said(Journal, address, timeout=timeout) == "timeout is no number of seconds above 0 and up to 86400"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("mysql://host/db", f"a journal cannot be kept in that kind of database; {HOW}"),
        (5, f"that is no address of a journal; {HOW}"),
        ("sqlite://", f"a journal in memory would be lost with the process; {HOW}"),
        ("sqlite:////tmp/a.db?x=1", f"the address of a file takes nothing but its path; {HOW}"),
        ("sqlite://host/a.db", f"the address of a file takes nothing but its path; {HOW}"),
    ],
)
def test_an_address_that_names_no_journal_hears_how_to_write_one(url: Any, why: str) -> None:
    assert said(Journal, url) == why


def test_each_way_to_write_a_kind_of_database_is_understood(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(opening, "ServerStore", lambda address, timeout, make: (address.database, timeout))
    for kind in ("postgresql", "postgres", "postgresql+psycopg"):
        assert opening.store_of(f"{kind}://host/db", 3) == ("db", 3.0)
    for kind in ("sqlite", "sqlite+pysqlite"):
        assert opening.store_of(f"{kind}:///{tmp_path}/a.db", 3).place == "the journal a.db"


def test_a_file_that_is_there_is_never_made_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for number, how in enumerate(("mknod", "open")):
        path = tmp_path / f"{number}.db"
        if how == "open":
            monkeypatch.delattr("os.mknod")
        made_for_owner(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        with pytest.raises(FileExistsError):
            made_for_owner(path)


def test_where_no_file_can_be_made_it_says_what_to_do(tmp_path: Path) -> None:
    cannot = "the journal a.db cannot be made: its folder is not there; make the folder first"
    assert said(Journal, f"sqlite:///{tmp_path}/weg/a.db") == cannot
    (tmp_path / "b.db").mkdir()
    assert said(Journal, f"sqlite:///{tmp_path}/b.db") == "the journal b.db is no file; give the path of a file"


def test_what_stands_only_inside_a_correction_cannot_be_told_otherwise_later(journal: Journal) -> None:
    inner = visit(3, event_id="e3")
    journal.append([Corrected(event_id="c1", at=at(4), source="coach", replaces="e1", event=inner, person="p1")])
    assert said(journal.append, [visit(9, event_id="e3")]).startswith("told twice with other content: e3;")
    assert journal.append([inner]) == Appended(1, 0, 0)


def test_two_who_are_restricted_have_a_refusal_each(journal: Journal) -> None:
    journal.append([visit(1, event_id="e1"), visit(1, "p2", event_id="e2"), visit(1, "p3", event_id="e3")])
    journal.restrict("p1")
    journal.restrict("p2")
    refusals = {one.event_id: one.of for one in journal.read() if one.kind == "consented"}
    assert sorted(map(str, refusals.values())) == ["p1", "p2"]


def test_a_step_that_lies_before_the_format_of_a_journal_is_not_needed(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store: Any = journal._open()
    monkeypatch.setitem(STEPS, 1, lambda opened: opened.execute("CREATE TABLE new (x TEXT)").close())
    migrate(tmp_path / "dagboek.db", 1, 2, store.connected)
    assert (tmp_path / "dagboek.db.format-1").exists()
    assert said(journal.read) == "the journal dagboek.db has format 2; this release reads up to 1: use a newer one"
    assert said(migrate, tmp_path / "dagboek.db", 1, 3, store.connected) == (
        "the journal dagboek.db has format 1, which this release cannot read; open it once with a release that reads 1 and 2"
    )  # fmt: skip
