"""The command: advice on standard output, every fault in a sentence, and 0, 1 or 2 at the end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import wor_match as wm
from wor_match.cli import main

DATA = Path(__file__).parent / "data"


@pytest.fixture
def someone(tmp_path: Path) -> Path:
    path = tmp_path / "p.yaml"
    path.write_text("id: p1\nlikes: [samen-koken]\n")
    return path


def recommend(*more: str, catalogue: str = "nieuwegein", person: Path) -> int:
    return main(["recommend", "--catalogue", catalogue, "--person", str(person), "--at", "2026-11-23", *more])


def test_the_demo_advises_three_invented_people_and_writes_their_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["demo"]) == 0
    told = capsys.readouterr().out
    assert "verzonnen" in told.splitlines()[0]
    assert all(f"{name}, verzonnen." in told for name in ("Riet", "Murat", "Daan"))
    assert "Kookgroep De Linde: U houdt van koken." in told
    assert "Geldloket, telefoon 030 000 00 21." in told
    assert "Twee activiteiten die samengaan, voor Riet:\n  Kookgroep De Linde. De eerste keer is dinsdag" in told
    assert "Samen eten in De Schakel: U houdt van samen eten." in told
    assert "Dezelfde Riet voor en na 300 verzonnen uitkomsten:" in told
    assert "Nieuw: Reparatiecafé De Linde. Van de 10 mensen die hier begonnen, bleven er zeker 8." in told
    assert "Niet meer bij de eerste drie: Stoelgym De Linde." in told
    assert "Geleerd uit 300 ervaringen van 300 mensen." in told
    page = (tmp_path / "advies.html").read_text(encoding="utf-8")
    assert page.count('<article class="card">') == page.count('<article class="page">') == 3
    assert page.count("Twee activiteiten die samengaan") == 3, "each coach reads what goes together"
    assert main(["demo"]) == 0, "an earlier page of the demo is written anew"
    assert (tmp_path / "advies.html").read_text(encoding="utf-8") == page


def test_the_demo_writes_over_nothing_that_is_not_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mijn.html"
    mine.write_text("<p>niet weggooien</p>")
    assert main(["demo", "-o", str(mine)]) == 2
    assert "is no demo page" in capsys.readouterr().err
    assert mine.read_text() == "<p>niet weggooien</p>"


def test_recommend_shows_the_card_the_page_or_reads_aloud(
    someone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "zinnen.yaml"
    own.write_text("language: nl-je\ncard: {open: Kies maar.}\n")
    assert recommend("--card", "participant", "--language", "en", person=someone) == 0
    assert "<p><bdi>You choose. You may say no.</bdi></p>" in capsys.readouterr().out
    assert recommend("--card", "coach", person=someone) == 0
    assert "Voor de coach alleen" in capsys.readouterr().out
    assert recommend("--read-aloud", "--words", str(own), person=someone) == 0
    assert capsys.readouterr().out.splitlines()[:2] == ["Drie ideeën voor jou.", "Kies maar."]
    assert recommend("--level", "C9", person=someone) == 2
    assert "there are: B1, A2" in capsys.readouterr().err
    assert recommend("--language", "fr", person=someone) == 2
    assert "there are: en, nl, nl-je" in capsys.readouterr().err


def test_learn_writes_a_model_that_recommend_takes(
    someone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from wor_match.demo import invented_history

    matcher = wm.Matcher(wm.load_catalogue("nieuwegein"))
    history = invented_history(matcher, 400)
    assert len(history) >= 1_000
    wm.write_events(tmp_path / "e.jsonl", history)
    files = ["--events", str(tmp_path / "e.jsonl"), "-o", str(tmp_path / "m.json")]
    command = ["learn", "--catalogue", "nieuwegein", *files]
    assert main(command) == 0
    told = capsys.readouterr().out
    assert told.startswith("Geleerd uit 400 ervaringen van 400 mensen.")
    assert "400 keer weten we niet waarom het toen paste." in told
    assert recommend("--json", person=someone) == 0
    before = json.loads(capsys.readouterr().out)
    assert recommend("--json", "--model", str(tmp_path / "m.json"), person=someone) == 0
    after = json.loads(capsys.readouterr().out)
    assert before["decision_id"] != after["decision_id"]
    assert "track_record" in str(after["suggestions"])
    (tmp_path / "m.json").write_text("{}")
    assert recommend("--model", str(tmp_path / "m.json"), person=someone) == 2
    assert "this is no model" in capsys.readouterr().err
    over = [
        "learn",
        "--catalogue",
        "nieuwegein",
        "--events",
        str(tmp_path / "e.jsonl"),
        "-o",
        str(tmp_path / "e.jsonl"),
    ]
    assert main(over) == 2
    assert "is the history itself" in capsys.readouterr().err
    assert wm.read_events(tmp_path / "e.jsonl") == history
    (tmp_path / "e.jsonl").write_text("[")
    assert main(command) == 2


def test_doctor_tells_what_is_installed_and_that_it_works(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    told = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert told["wor_match"] == wm.__version__
    assert told["catalogue"].startswith("nieuwegein, 45 activities")
    assert {"Python", "numpy", "YAML", "languages", "advice"} <= set(told)
    assert main(["doctor", "--catalogue", "nergens.yaml"]) == 2


def test_recommend_gives_a_page_or_plain_values(someone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert recommend(person=someone) == 0
    assert "Kookgroep De Linde" in capsys.readouterr().out
    assert recommend("--json", "-n", "2", person=someone) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["suggestions"][0]["activity"] == "kookgroep-de-linde"
    assert len(told["suggestions"]) == 2
    assert told["would_change"]["now"] == ["samen-koken"], "the answer that it hangs on, and nowhere else"
    speaks_of_wishes = ("suggestions", "would_change")
    assert "samen-koken" not in json.dumps({name: one for name, one in told.items() if name not in speaks_of_wishes})


def test_import_writes_a_catalogue_that_gives_advice(
    someone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "c.yaml"
    assert main(["import", "uitdatabank", str(DATA / "uitdatabank-periodic-opening-hours.json"), "-o", str(made)]) == 0
    assert capsys.readouterr().out == f"{made}: 1 activities, 0 to look at\n"
    arguments = ["recommend", "--catalogue", str(made), "--person", str(someone), "--at", "2017-02-01T09:00:00+01:00"]
    assert main([*arguments, "--json"]) == 0
    (suggestion,) = json.loads(capsys.readouterr().out)["suggestions"]
    assert suggestion["next"][0] == "2017-02-01T13:00:00+01:00"
    assert suggestion["checks"]
    source = str(DATA / "uitdatabank-all-optional-fields.json")
    assert main(["import", "uitdatabank", source, "-o", str(made)]) == 1
    assert "Student" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("catalogue", "person"),
    [
        ("id: [", "id: p1\n"),
        ("nieuwegein", "id: p1\nlikes: [kanarie7391]\n"),
        ("nieuwegein", "likes: [zingen]\n"),
        ("nieuwegein", ""),
        ("nieuwegein", "- p1\n"),
        (None, "id: p1\n"),
        ("nieuwegein", None),
        ("\0\xff", "id: p1\n"),
    ],
)
def test_bad_input_ends_with_2_and_a_sentence(catalogue: str | None, person: str | None, tmp_path: Path) -> None:
    offer, who = tmp_path / "c.yaml", tmp_path / "p.yaml"
    for path, text in ((offer, catalogue), (who, person)):
        if text not in (None, "nieuwegein"):
            path.write_bytes(text.encode("latin-1"))
    named = "nieuwegein" if catalogue == "nieuwegein" else str(offer)
    command = [
        sys.executable,
        "-m",
        "wor_match",
        "recommend",
        "--catalogue",
        named,
        "--person",
        str(who),
        "--at",
        "2026-11-23",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert "kanarie" not in done.stdout + done.stderr


@pytest.mark.parametrize("at", ["23-11-2026", "morgen", "2026-02-30"])
def test_a_day_that_cannot_be_read_ends_with_2(at: str, someone: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["recommend", "--catalogue", "nieuwegein", "--person", str(someone), "--at", at])
    assert ended.value.code == 2


def test_what_cannot_be_imported_or_written_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rubbish = tmp_path / "x.json"
    rubbish.write_text("[")
    assert main(["import", "uitdatabank", str(rubbish), "-o", str(tmp_path / "c.yaml")]) == 2
    source = str(DATA / "uitdatabank-multiple-dates.json")
    assert main(["import", "uitdatabank", source, "-o", str(rubbish / "c.yaml")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_faces_say_the_same_as_the_advice() -> None:
    advice = wm.Matcher(wm.load_catalogue("nieuwegein")).recommend(
        wm.Participant(id="p1", likes=["zingen"], circumstances={"money": "first"}), at=date(2026, 11, 23)
    )
    told = advice.to_dict()
    assert [one["activity"] for one in told["suggestions"]] == [one.activity.id for one in advice]
    assert set(told["excluded"]) == set(advice.excluded)
    assert told["first"][0]["circumstance"] == "money"
    assert json.loads(advice.to_json()) == json.loads(json.dumps(told))
    for one in told["suggestions"]:
        points = sum(reason["points"] for reason in one["reasons"])
        assert points == pytest.approx(100 * (one["score"] - told["reference"]), abs=1e-3)
    assert advice.to_dict("en")["suggestions"][0]["spoken"][0] == "You like singing."
    page = advice.to_markdown()
    assert all(one.activity.name in page for one in advice)
    assert "Geldloket · 030 000 00 21" in page


def test_markdown_of_a_hostile_name_stays_text() -> None:
    from tests.town import activity, advice_on

    page = advice_on(activity(name="[klik](http://x.test) <b>*vet*</b> # kop")).to_markdown()
    assert "\\[klik\\](http://x.test) \\<b\\>\\*vet\\*\\</b\\> \\# kop" in page


def test_what_goes_into_a_file_is_utf8_whatever_the_terminal_speaks(tmp_path: Path) -> None:
    told = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    with (tmp_path / "own.yaml").open("wb") as out:
        subprocess.run(
            [sys.executable, "-m", "wor_match", "pathway", "profile", "mtvp"], stdout=out, env=told, check=True
        )
    assert "ë" in (tmp_path / "own.yaml").read_text(encoding="utf-8")


def test_it_says_which_version_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"wor_match {wm.__version__}\n"
