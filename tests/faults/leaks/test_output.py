"""What others wrote ends no line of ours, steers no terminal, and runs in no sheet; and in a sheet it comes back."""

from __future__ import annotations

import ast
import contextlib
import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

import wor_match as wm
from tests.faults.leaks.hostile import FORMULAS, hostile_texts
from wor_match.catalogue.exporters import table as exporter
from wor_match.catalogue.importers import table as importer
from wor_match.catalogue.importers.table import guard
from wor_match.catalogue.lint import as_text
from wor_match.cli import main
from wor_match.domain.activity import Activity
from wor_match.errors import Problem, one_line, tell

AMOUNTS = [1_000, pytest.param(20_000, marks=pytest.mark.nightly)]
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # OWASP, CSV Injection


def steers(line: str) -> bool:
    """Whether a line is more than one, or holds what steers a terminal or turns text around."""
    kinds = {unicodedata.category(sign) for sign in line if sign not in "\u200c\u200d"}
    return len(line.splitlines()) > 1 or bool(kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"})


def steering(made: Callable[[str], str], n: int) -> list[str]:
    """The texts of which a line was made that steers."""
    return [text for text in hostile_texts(n) if steers(made(text))]


def written(text: str) -> str:
    """What `tell` writes, without its one line end."""
    with contextlib.redirect_stderr(io.StringIO()) as heard:
        tell(text)
    assert heard.getvalue().endswith("\n")
    return heard.getvalue()[:-1]


@pytest.mark.parametrize("n", AMOUNTS)
@pytest.mark.parametrize(
    "made",
    [
        one_line,
        written,
        lambda text: str(Problem(text, "code", text, text, 3, 4)),
        lambda text: str(Problem(text, text)),
        lambda text: str(wm.WorMatchError(text)),
        lambda text: str(wm.CatalogueError("", [Problem(text, "code", "", text)])).removeprefix("\n"),
        lambda text: as_text([Problem(text, "code", text, text, 1)]).removesuffix("\n"),
        lambda text: as_text([Problem(text, text, "", text, 1)], "github").removesuffix("\n"),
        lambda text: as_text([Problem(text, text, "", text, 1)], "json").replace("\n", " "),
    ],
    ids=["one_line", "tell", "problem", "bare problem", "error", "error of many", "lint", "github", "json"],
)  # fmt: skip
def test_no_text_of_others_ends_a_line_or_steers_a_terminal(made: Callable[[str], str], n: int) -> None:
    assert steering(made, n) == []


@pytest.mark.parametrize(
    "broken",
    [str, repr, lambda text: text.replace("\n", " "), lambda text: " ".join(text.splitlines()), lambda text: re.sub(r"\x1b\[[0-9;]*m", "", one_line(text)) + text[:1]],
    ids=["as it is", "repr", "newlines only", "line ends only", "first sign kept"],
)  # fmt: skip
def test_a_line_that_is_not_made_safe_is_seen(broken: Callable[[str], str]) -> None:
    """`repr` alone lets joiners pass and nothing else, so it is the one that is not broken."""
    assert bool(steering(broken, 1_000)) == (broken is not repr)


def test_an_ordinary_text_stays_as_it_is() -> None:
    for text in ("Koor De Brug", "één café's \u00a0 5,50", "👨\u200d👩\u200d👧 gezin", "", "C:\\map\\n"):
        assert one_line(text) == text


@pytest.mark.parametrize("n", AMOUNTS)
def test_problems_in_json_come_back_to_the_letter(n: int) -> None:
    texts = [text for text in hostile_texts(n) if not re.search("[\ud800-\udfff]", text)]
    told = as_text([Problem(text, "code", "", "file") for text in texts], "json")
    assert [row["sentence"] for row in json.loads(told)] == texts


@pytest.mark.parametrize("n", AMOUNTS)
def test_no_cell_runs_in_a_sheet_and_each_comes_back(n: int) -> None:
    assert running(guard.guarded, n) == []
    for text in hostile_texts(n):
        assert guard.unguarded(guard.guarded(text)) == text
        assert guard.guarded(text).removeprefix("'") in (text, text.removeprefix("'"))


def running(guarded: Callable[[str], str], n: int) -> list[str]:
    """The texts that a sheet would run."""
    return [text for text in hostile_texts(n) if runs(guarded(text))]


def runs(cell: str) -> bool:
    """Whether a sheet takes a cell for a formula; a plain number is none."""
    return cell.startswith(RUNS) and not re.fullmatch(r"-?[0-9]+(,[0-9]+)?", cell)


@pytest.mark.parametrize(
    "broken",
    [str, lambda text: f"'{text}" if text.startswith("=") else text, str.strip],
    ids=["as it is", "= only", "strip"],
)
def test_a_cell_that_is_not_guarded_is_seen(broken: Callable[[str], str]) -> None:
    assert running(broken, 1_000)


@pytest.mark.parametrize("n", [300, pytest.param(20_000, marks=pytest.mark.nightly)])
def test_a_whole_sheet_runs_nothing_and_comes_back(n: int) -> None:
    """Every text that a catalogue takes, in the cells of a sheet as it is written, through a csv reader of their own."""
    offer = []
    for number, text in enumerate(hostile_texts(n)):
        with contextlib.suppress(wm.CatalogueError):
            offer.append(
                Activity.model_validate(
                    {
                        "id": f"a-{number}",
                        "name": f"Koor {number}",
                        "terms": ["zingen"],
                        "place": {"name": text, "city": "Ee"},
                    }
                )
            )
    assert len(offer) > n / 10
    sheet = exporter.write(offer)
    rows = list(csv.reader(io.StringIO(sheet.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert [cell for row in rows for cell in row if runs(cell)] == []
    back = importer.read(sheet).activities
    assert [one.place for one in back] == [one.place for one in offer]


def test_the_guard_knows_every_formula_of_the_harness() -> None:
    assert {text for text in FORMULAS if text.startswith(RUNS) and guard.guarded(text) == text} == {"-5", "-5,50"}


def test_only_one_function_writes_on_standard_error() -> None:
    """So that no line goes around it; the command says how its streams are encoded, an engine that its log is silent."""
    package = Path(wm.__file__).parent
    names = {path.relative_to(package).as_posix() for path in package.rglob("*.py") if names_stderr(path)}
    assert names == {"errors.py", "cli.py", "journal/engines.py"}
    assert set(re.findall(r"logging\.(\w+)", (package / "journal/engines.py").read_text(encoding="utf-8"))) == {
        "Logger"
    }
    assert "file=sys.stderr" not in (package / "cli.py").read_text(encoding="utf-8")


def names_stderr(path: Path) -> bool:
    """Whether the code of a file names standard error, or logs."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    loaded = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return "stderr" in named or "logging" in loaded


NAME = "aanbod\x1b[31m\nerror: ingevoegd\u2028\u202e"


@pytest.mark.parametrize("command", [
    ["lint", "{name}.yaml"], ["lint", "{name}.yaml", "--format", "github"], ["lint", "{name}.yaml", "--format", "json"],
    ["recommend", "--catalogue", "{name}.yaml", "--person", "{name}.yaml", "--at", "2026-11-23"],
    ["recommend", "--catalogue", "nieuwegein", "--people", "{name}.jsonl", "--at", "2026-11-23", "-o", "{name}.out.jsonl", "--progress"],
    ["learn", "--catalogue", "nieuwegein", "--events", "{name}.jsonl", "-o", "{name}.json"],
    ["learn", "--catalogue", "nieuwegein", "--events", "{name}.none", "-o", "{name}.json"],
    ["import", "table", "{name}.csv", "-o", "{name}.folder"], ["import", "schema_org", "{name}.json", "-o", "{name}.folder"],
    ["evaluate", "--catalogue", "{name}", "--events", "{name}.jsonl"],
    ["demo", "-o", "{name}.html"],
], ids=lambda told: " ".join(told[:2]).replace("{name}", ""))  # fmt: skip
def test_no_command_lets_a_file_or_its_name_through(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = str(tmp_path / NAME)
    evil = "x\x1b[31m\u2028\x85\u202e"
    texts = {
        "yaml": f'format: "{evil}"\n? [{evil}\n', "jsonl": json.dumps({"id": "p1", "likes": [evil], evil: 1}) + "\n{\n",
        "csv": f'naam;wat;wanneer\nKoor;{evil}on;"{evil}\n{evil}"\n', "json": json.dumps([{"@type": "Event", "name": evil, "startDate": evil, evil: evil}]),
    }  # fmt: skip
    for kind, text in texts.items():
        Path(f"{name}.{kind}").write_text(text, encoding="utf-8")
    main([part.replace("{name}", name) for part in command])
    told = capsys.readouterr()
    lines = (told.out + told.err).split("\n")
    assert any(lines)
    assert [line for line in lines if steers(line) or line.startswith("error: ingevoegd")] == []
