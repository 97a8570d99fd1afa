"""`wor-match pathway`: what a coach, a practice and who keeps a profile see in a shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import wor_match as wm
from tests.pathway.told import told, until_choice, yes
from wor_match.cli import main
from wor_match.pathway import load_profile, profile_names

HISTORY = [*until_choice(), yes("feedback"), told("referred", "p2", 30, practice="praktijk-2")]


@pytest.fixture
def events(tmp_path: Path) -> str:
    wm.write_events(tmp_path / "e.jsonl", HISTORY)
    return str(tmp_path / "e.jsonl")


def asked(what: str, *more: str, at: str = "2026-12-10") -> list[str]:
    return ["pathway", what, "--at", at, "--profile", "amstelland", *more]


@pytest.mark.parametrize(
    ("reasons", "status", "sentence"), [("loneliness", 0, "This referral fits."), ("sleep", 1, "Ask something first.")]
)
def test_a_referral_is_assessed_in_the_language_that_was_asked_for(
    reasons: str, status: int, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "referral.yaml"
    own.write_text(
        f"referrer: gp\nmunicipality: Aalsmeer\ncode: Z68\nage: 67\nreasons: [{reasons}]\npatient_informed: yes\n",
        encoding="utf-8",
    )
    command = ["pathway", "assess", str(own), "--profile", "amstelland", "--language", "en"]
    assert main(command) == status
    assert capsys.readouterr().out.startswith(f"# {sentence}\n")
    assert main([*command, "--format", "json"]) == status
    found = json.loads(capsys.readouterr().out)
    assert (found["sentence"], found["consents"]) == (sentence, ["handover", "feedback"])
    assert main([*command, "--format", "json", "--consented", "handover"]) == status
    assert json.loads(capsys.readouterr().out)["consents"] == ["feedback"]
    assert main([*command, "--consented", "alles"]) == 2
    assert "no purpose; give a list of handover, matching" in capsys.readouterr().err


def test_what_is_due_is_told_person_by_person(events: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(asked("due", "--events", events)) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "p1: Stel de deelnemer voor bij de activiteit. Dit kon tot en met zondag 6 december."
    assert out[-1] == "p2: Bel voor de eerste keer. Graag uiterlijk op woensdag 16 december."
    assert main(asked("due", "--events", events, "--format", "json")) == 1
    first = json.loads(capsys.readouterr().out)[0]
    said = "Stel de deelnemer voor bij de activiteit. Dit kon tot en met zondag 6 december."
    assert first == {"person": "p1", "what": "handover", "by": "2026-12-06", "late": True, "activities": ["koor"],
                     "sentence": said}  # fmt: skip
    assert main(asked("due", "--events", events, "--format", "json", "--language", "en")) == 1
    assert json.loads(capsys.readouterr().out)[0]["sentence"].startswith("Introduce the participant")


def test_nothing_late_and_nothing_odd_is_well(events: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(asked("due", "--events", events, at="2026-11-02")) == 1  # there are days to come in the file
    assert (
        "p2: Deze datum is later dan de dag waarop u kijkt. Kijk de datum na. (referred-p2-30)"
        in capsys.readouterr().err
    )
    wm.write_events(events, HISTORY[:1])
    assert main(asked("due", "--events", events, at="2026-11-03")) == 0
    wm.write_events(events, [])
    assert main(asked("due", "--events", events, "--language", "en")) == 0
    assert capsys.readouterr().out.endswith("Nothing is open.\n")


def test_a_journal_is_looked_at_and_never_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path / 'journal.db'}"
    assert main(asked("due", "--journal", url)) == 2
    assert not (tmp_path / "journal.db").exists()
    with wm.Journal(url) as journal:
        journal.append(HISTORY)
    capsys.readouterr()
    assert main(asked("agenda", "--journal", url, "--practice", "praktijk-2")) == 0
    assert capsys.readouterr().out == "p2: Verwezen op woensdag 2 december. Vraag eerst of u meer mag weten.\n"


def test_the_agenda_of_a_practice(events: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(asked("agenda", "--events", events, "--practice", "praktijk-1")) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "p1: Verwezen op maandag 2 november. Er is een activiteit gekozen."
    assert lines[1].startswith("  Stel de deelnemer voor")
    assert main(asked("agenda", "--events", events, "--practice", "praktijk-1", "--format", "json")) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["stands"], one["sentence"]) == (
        "chosen",
        "Verwezen op maandag 2 november. Er is een activiteit gekozen.",
    )
    assert main(asked("due", "--events", events, "--format", "json")) == 1
    every = json.loads(capsys.readouterr().out)
    assert one["due"] == [step for step in every if step["person"] == "p1"][: len(one["due"])], "one step, one shape"
    assert main(asked("agenda", "--events", events, "--practice", "praktijk-9")) == 0
    assert capsys.readouterr().out == "Er staat niets open.\n"


@pytest.mark.parametrize("name", profile_names())
def test_a_profile_that_ships_is_printed_to_begin_one_s_own(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pathway", "profile", name]) == 0
    own = tmp_path / "own.yaml"
    own.write_text(capsys.readouterr().out, encoding="utf-8")
    assert load_profile(own) == load_profile(name)
    assert main(["pathway", "lint", str(own)]) in (0, 1)  # a warning where no municipality is named


def test_a_profile_with_faults_tells_each_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("format: wor-match-pathway/1\nid: x\nname: X\nages: {from: 200}\nvan: hier\n", encoding="utf-8")
    assert main(["pathway", "lint", str(own)]) == 2
    out = capsys.readouterr().out
    assert f"{own}:4:14: " in out
    assert f"{own}:5:1: unknown-field van" in out
    assert main(["pathway", "profile", "nergenshuizen"]) == 2
    assert "there are: amstelland, mtvp" in capsys.readouterr().err


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pathway", "schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Pathway of wor_match"
