"""A coarse registration becomes events once, whatever the sheet; what is wrong costs a cell or a row and is told."""

from __future__ import annotations

import hashlib
import random
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

import wor_match as wm
from wor_match.domain.event import OfPerson
from wor_match.domain.kinds import as_line, plain
from wor_match.domain.participant import StopReason
from wor_match.errors import EventError
from wor_match.pathway import Registration, load_profile, oddities, read_registration
from wor_match.pathway.course import courses as courses_of
from wor_match.pathway.registration.codes import CODES, COLUMNS, DROP_OUT, FOLLOW_UP, STOP_REASONS

WHOLE = """\
deelnemer;verwijzer;verwijsdatum;praktijk;gemeente;hoofdreden;intakedatum;uitstroom;uitstroomdatum;startdatum;opvolging;opvolgdatum;reden_stoppen;reden_uitval
p1;Huisarts;2-11-2026;Praktijk De Linde;Aalsmeer;Eenzaamheid;9-11-2026;Sport/beweeggroep;20-11-2026;24-11-2026;ja_actief;23-2-2027;;
p2;POH-GGZ;2026-11-03;;;Somberheid of angst;10-11-2026;Sociale activiteit;20-11-2026;;nee_gestopt;24-2-2027;Praktische belemmeringen (vervoer, kosten, tijd);
p3;Zelfverwijzing;4-11-2026;;;Financiële zorgen;11-11-2026;Geen vervolgaanbod;21-11-2026;;;;;Geen match met aanbod
p4;Wijkteam;5-11-2026;;;Anders;12-11-2026;;30-11-2026;;;;;Onbereikbaar geworden
p5;Anders;6-11-2026;;;;13-11-2026;Cursus of workshop;10-12-2026;25-11-2026;;;;Overlijden of ernstige ziekte
p6;huisarts;7-11-2026;;;;14-11-2026;vrijwilligerswerk;20-11-2026;;nee_nooit;20-2-2027;;Drempel te hoog (bijv. sociale angst)
"""  # fmt: skip


def read(tmp_path: Path, text: str | bytes, **how: Any) -> Registration:
    path = tmp_path / "lijst.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_registration(path, **how)


def told(events: tuple[OfPerson, ...], person: str) -> list[dict[str, Any]]:
    """What a person's events say, without what all have."""
    return [{name: value for name, value in plain(one).items() if name not in ("event_id", "person", "source", "reporter")}
            for one in events if one.person == person]  # fmt: skip


def lines(found: Registration) -> list[str]:
    return [str(one).rpartition("lijst.csv:")[2] for one in found.problems]


def test_a_row_becomes_the_events_that_it_tells_each_on_its_day(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE)
    assert found.problems == ()
    assert told(found.events, "p1") == [
        {"kind": "referred", "at": "2026-11-02T08:00:00Z", "referrer": "gp", "practice": "praktijk-de-linde",
         "municipality": "Aalsmeer", "reasons": ["loneliness"]},
        {"kind": "intake", "at": "2026-11-09T09:00:00Z"},
        {"kind": "chosen", "at": "2026-11-20T10:00:00Z", "activities": ["onbekend"]},
        {"kind": "visited", "at": "2026-11-24T11:00:00Z", "activity": "onbekend", "attended": True},
        {"kind": "followed_up", "at": "2027-02-23T13:00:00Z", "activity": "onbekend", "status": "still"},
    ]  # fmt: skip
    last = {person: told(found.events, person)[-1] for person in ("p2", "p3", "p4", "p5", "p6")}
    assert (last["p2"]["status"], last["p2"]["reason"]) == ("stopped", "practical")
    assert (last["p3"]["kind"], last["p3"]["none_reason"]) == ("chosen", "no_match")
    assert (last["p4"]["kind"], last["p4"]["none_reason"]) == ("chosen", "unreachable")
    assert (last["p5"]["kind"], last["p5"]["reason"], last["p5"]["before"]) == ("stopped", "health", "2026-12-10")
    assert (last["p6"]["status"], last["p6"]["reason"]) == ("never", "not_suited")
    assert {one.source for one in found.events} == {"import"}
    assert found.digest == hashlib.sha256(WHOLE.encode()).hexdigest()
    assert "p1" not in repr(found)


def test_who_dropped_out_before_a_start_did_not_start(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE)
    started = {course.person: any(one.started for one in course.current)
               for course in courses_of(found.events, date(2027, 6, 1), load_profile("national"))}  # fmt: skip
    assert started == {"p1": True, "p2": True, "p3": False, "p4": False, "p5": True, "p6": False}
    assert oddities(found.events, date(2027, 6, 1), load_profile("national")) == []


def test_read_twice_in_any_order_and_dress_it_is_the_same(tmp_path: Path) -> None:
    once = read(tmp_path, WHOLE).events
    head, *rows = WHOLE.splitlines()
    random.Random(7).shuffle(rows)
    turned = "\r\n".join([";".join(reversed(row.split(";"))) for row in (head, *rows)])
    for text in (turned, "\ufeff" + WHOLE, WHOLE.encode("cp1252"), "sep=;\r\n" + WHOLE, WHOLE + "\n;;;\n",
                 *(WHOLE.replace("(vervoer, kosten, tijd)", "").replace(";", mark).replace("belemmeringen ", "belemmeringen")
                   .replace("Praktische belemmeringen", "praktisch") for mark in (",", "\t"))):  # fmt: skip
        found = read(tmp_path, text)
        assert (found.events, found.problems) == (once, ())
    assert len({as_line(one) for one in (*once, *found.events)}) == len(once)


def test_next_month_the_list_says_the_same_of_what_it_said_before(tmp_path: Path) -> None:
    head, first, *_ = WHOLE.splitlines()
    early = read(tmp_path, "\n".join([head, first.replace("ja_actief;23-2-2027", ";")])).events
    later = read(tmp_path, WHOLE).events
    assert {as_line(one) for one in early} < {as_line(one) for one in later}
    with wm.Journal(f"sqlite:///{tmp_path / 'j.db'}") as journal:
        assert journal.append(early).new == 4
        assert journal.append(later).known == 4


def test_another_reporter_is_another_registration(tmp_path: Path) -> None:
    one, other = (read(tmp_path, WHOLE, reporter=name).events for name in ("noord", "zuid"))
    assert {event.reporter for event in other} == {"zuid"}
    assert not {event.event_id for event in one} & {event.event_id for event in other}
    with pytest.raises(wm.WorMatchError, match="`reporter` is no code"):
        read(tmp_path, WHOLE, reporter="de lijst")


def test_an_activity_is_taken_from_its_column(tmp_path: Path) -> None:
    text = "deelnemer;uitstroom;uitstroomdatum;activiteit\np1;sport;20-11-2026;Koor de Linde\np2;sport;20-11-2026;koor_1.a\n"
    assert [list(one.activities) for one in read(tmp_path, text).events] in (  # type: ignore[attr-defined]  # all are choices
        [["koor-de-linde"], ["koor_1.a"]],
        [["koor_1.a"], ["koor-de-linde"]],
    )


def test_who_came_chose_and_two_talks_are_two_events(tmp_path: Path) -> None:
    text = "deelnemer;;intakedatum;startdatum\np1;;2-11-2026;9-11-2026\np1;;3-11-2026;\n"
    found = read(tmp_path, text)
    assert [one.kind for one in found.events] == ["intake", "intake", "chosen", "visited"]
    assert found.problems == (), "a column without a heading and without cells is nothing"


def test_a_reason_of_somebody_who_takes_part_is_no_reason(tmp_path: Path) -> None:
    text = "deelnemer;opvolging;opvolgdatum;reden_stoppen;reden_uitval\np1;ja_ander;2-3-2027;vervoer;taal\n"
    (one,) = read(tmp_path, text).events
    assert told((one,), "p1") == [
        {"kind": "followed_up", "at": "2027-03-02T13:00:00Z", "activity": "onbekend", "status": "other"}
    ]


@pytest.mark.parametrize(
    ("word", "stop", "nothing"),
    [
        ("Persoonlijke omstandigheden", "other", "personal"),
        ("Overlijden of ernstige ziekte", "health", "health"),
        ("Geen match met aanbod", "not_suited", "no_match"),
        ("Financiële drempel", "practical", "money"),
        ("Wachttijd activiteit te lang", "other", "waiting"),
        ("Drempel te hoog (bijv. sociale angst)", "not_suited", "threshold"),
        ("Taalbarrière of communicatieproblemen", "not_suited", "language"),
        ("Onbereikbaar geworden", "other", "unreachable"),
        ("Doorverwezen naar andere zorg", "moved_on", "other_care"),
        ("Anders", "other", "other"),
    ],
)
def test_each_reason_to_drop_out_is_read_as_the_table_says(tmp_path: Path, word: str, stop: str, nothing: str) -> None:
    text = f"deelnemer;startdatum;uitstroomdatum;reden_uitval\np1;9-11-2026;9-12-2026;{word}\np2;;9-12-2026;{word}\n"
    events = read(tmp_path, text).events
    assert told(events, "p1")[-1]["reason"] == stop
    assert told(events, "p2")[-1]["none_reason"] == nothing


def test_the_headings_of_the_registration_itself_are_known(tmp_path: Path) -> None:
    theirs = "client_id,verwijzer,datum_verwijzing,datum_intake,uitstroom_naar,datum_start_activiteit,continuering,uitval_reden\n"
    found = read(
        tmp_path, theirs + "7,Huisartsenpraktijk (team),2026-11-02,2026-11-09,Cursus of workshop,2026-11-24,,\n"
    )
    assert [one.kind for one in found.events] == ["referred", "intake", "chosen", "visited"]
    assert found.problems == ()


ROW = "deelnemer;verwijzer;verwijsdatum;intakedatum;uitstroom;uitstroomdatum;startdatum;opvolging;opvolgdatum;reden_stoppen;reden_uitval;gemeente;praktijk"


@pytest.mark.parametrize(
    ("row", "due", "kinds"),
    [
        ("p1;gp;31-2-2026;9-11-2026", ["2:3: left-out verwijsdatum: is no day; write it as 3-11-2026",
                                      "2:3: left-out verwijsdatum: is not known; the referral is left out"], "intake"),
        ("p1;tante Jo;2-11-2026", ["2:2: left-out verwijzer: is none of the words of this column: huisarts",
                                   "2:2: kept verwijzer: is not known; the referral is kept"], "referred"),
        (";gp;2-11-2026", ["2:1: row deelnemer: is empty; the row is left out"], ""),
        ("Jan Jansen;gp;2-11-2026", ["2:1: bad-pseudonym deelnemer: this is no pseudonym"], ""),
        ("123456782;gp;2-11-2026;9-11-2026", ["2:1: looks-like-bsn deelnemer: this looks like a citizen service number"], ""),
        ("p1;gp", ["2:3: left-out verwijsdatum: is not known; the referral is left out"], ""),
        ("p1", ["2:1: row deelnemer: tells of nothing on a day; the row is left out"], ""),
        ("p1;gp;2-11-1999", ["2:3: far-moment verwijsdatum: this lies outside 2000 to 2100"], ""),
        ("p1;gp;2-11-2026;;sport", ["2:6: left-out uitstroomdatum: is not known; the outflow is left out"], "referred"),
        ("p1;;;;;;;ja_actief", ["2:9: left-out opvolgdatum: is not known; opvolging is left out"], ""),
        ("p1;;;;;;;;2-3-2027;vervoer", ["2:9: left-out opvolgdatum: stands there without opvolging",
                                        "2:10: left-out reden_stoppen: stands there without opvolging"], ""),
        ("p1;;;;;;;misschien;2-3-2027", ["2:8: left-out opvolging: is none of the words of this column: ja actief",
                                         "2:9: left-out opvolgdatum: stands there without opvolging"], ""),
        ("p1;;;;;;;ja_actief;2-3-2027;vervoer", ["2:10: left-out reden_stoppen: stands beside somebody who takes part"],
         "followed_up"),
        ("p1;;;;sport;20-11-2026;;;;;taal", ["2:11: left-out reden_uitval: stands beside an outflow"], "chosen"),
        ("p1;;;;sport;20-11-2026;24-11-2026;;;;taal", ["2:11: left-out reden_uitval: stands beside a start after"],
         "chosen visited"),
        ("p1;;;;;;;;;;taal", ["2:6: left-out uitstroomdatum: is not known; reden_uitval is left out"], ""),
        ("p1;;;;geen;20-11-2026;24-11-2026", ["2:5: kept uitstroom: says that nothing was chosen beside a startdatum"],
         "chosen visited"),
        ("p1;gp;2-11-2026;;;;;;;;;" + "x" * 121, ["2:12: left-out gemeente: is no name of at most 120 characters"], "referred"),
        ("p1;gp;2-11-2026;;;;;;;;;Aals\u202emeer", ["2:12: left-out gemeente: is no name"], "referred"),
        ("p1;gp;2-11-2026;;;;;;;;;;!?", ["2:13: left-out praktijk: holds no letter of a to z and no digit"], "referred"),
        ("p1;gp;2-11-2026;;;;;;;;;;a;b", ["2:1: row deelnemer: has 14 cells and 13 headings; put quotes"], ""),
    ],
)  # fmt: skip
def test_what_is_wrong_costs_a_cell_or_a_row_and_is_told_at_its_place(
    tmp_path: Path, row: str, due: list[str], kinds: str
) -> None:
    found = read(tmp_path, f"{ROW}\n{row}\np9;gp;2-11-2026\n")
    assert len(found.problems) == len(due), lines(found)
    assert all(line.startswith(start) for line, start in zip(lines(found), due, strict=True)), lines(found)
    assert " ".join(one.kind for one in found.events if one.person != "p9") == kinds
    assert [one.kind for one in found.events if one.person == "p9"] == ["referred"], "the next row is kept"
    for shown in ("Jo", "Jan", "123456782", "misschien", "31-2", "1999", "xxx"):
        assert not any(shown in line for line in lines(found))


def test_a_problem_knows_its_line_also_behind_a_cell_of_two_lines(tmp_path: Path) -> None:
    found = read(tmp_path, 'deelnemer;verwijzer;verwijsdatum\np1;"huis\narts";2-11-2026\np2;gp;morgen\n')
    assert [line.split(":")[0] for line in lines(found)][-2:] == ["4", "4"]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("", "lijst.csv:1:1: no-heading: has no heading `deelnemer`; the headings are: deelnemer, verwijzer"),
        ("jan;huisarts;2-11-2026\n", "no-heading"),
        ("deelnemer;deelnemer\np1;p2\n", "lijst.csv:1:2: heading deelnemer: stands there twice; the first is read"),
        ("deelnemer;geheim\np1;x\n", "lijst.csv:1:2: heading column 2: is no column of ours; not read"),
        ('deelnemer;verwijsdatum\n"p1"x;2-11-2026\n', "no-table: cannot be read further"),
    ],
)
def test_a_table_of_another_kind_says_so_without_what_stands_in_it(tmp_path: Path, text: str, due: str) -> None:
    found = read(tmp_path, text)
    assert found.events == ()
    assert any(due in str(one) for one in found.problems)
    assert not any(word in str(one) for one in found.problems for word in ("jan", "geheim"))


def test_a_file_that_cannot_be_read_is_an_error_with_its_name(tmp_path: Path) -> None:
    for name, content, said in (("weg.csv", None, "is not there"), ("map.xlsx", b"PK\x03\x04", "save the sheet as CSV"),
                                ("groot.csv", b"deelnemer\n" * 9, "is larger than 50 bytes")):  # fmt: skip
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(EventError, match=f"{name} .*{said}"):
            read_registration(tmp_path / name, limits=wm.Settings().limits.replace(feed_bytes=50))
    for odd in (None, 7, b"x"):
        with pytest.raises(EventError, match="takes the path of a table"):
            read_registration(odd)  # type: ignore[arg-type]  # refused
    with pytest.raises(wm.WorMatchError, match="`profile` takes a Profile"):
        read(tmp_path, WHOLE, profile="national")


def test_too_many_rows_are_cut_off_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wor_match.pathway.registration.sheet.MOST_ROWS", 2)
    found = read(tmp_path, WHOLE)
    assert {one.person for one in found.events} == {"p1", "p2"}
    assert [one.code for one in found.problems] == ["too-many-rows"]


def test_a_profile_names_the_pathway_and_knows_its_municipalities(tmp_path: Path) -> None:
    text = "deelnemer;verwijzer;verwijsdatum;gemeente\np1;gp;2-11-2026;AALSMEER\np2;gp;2-11-2026;Utrecht\n"
    found = read(tmp_path, text, profile=load_profile("amstelland"))
    by_person = {one.person: plain(one) for one in found.events}
    assert (by_person["p1"]["municipality"], by_person["p1"]["pathway"]) == ("Aalsmeer", "amstelland")
    assert by_person["p2"]["municipality"] == "Utrecht"
    assert [(one.code, one.line, one.severity) for one in found.problems] == [("kept", 3, "warning")]
    assert read(tmp_path, text, profile=load_profile("national")).problems == (), "a profile for any municipality"


def test_every_word_of_every_list_is_known_as_it_is_written_in_the_registration(tmp_path: Path) -> None:
    for status, words in FOLLOW_UP.items():
        for word in words:
            (one,) = read(tmp_path, f'deelnemer;opvolging;opvolgdatum\np1;"{word.upper()}";2-3-2027\n').events
            assert one.status == status  # type: ignore[attr-defined]  # because it is a follow-up
    reasons = set(get_args(StopReason))
    assert set(STOP_REASONS) <= reasons
    assert {stop for stop, _ in DROP_OUT} <= reasons
    for codes in CODES.values():
        assert all(word == word.lower() and word.isascii() for word in codes)
    assert set(CODES) < set(COLUMNS)
