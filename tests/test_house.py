"""The house stays a house: imports run down, the front door tells the truth, nothing inside reads the clock."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import wor_match as wm

PACKAGE = Path(wm.__file__).parent

# Each room and what it may import from; itself always. A room lower on the page knows nothing of those above it.
MAY_KNOW: dict[str, set[str]] = {
    "__main__": {"cli"},
    "cli": {"__version__", "commands", "errors"},
    "commands": {
        "batch.shards",  # its name only
        "suggestion",
        "wording.words",
        "catalogue.formats",
        "catalogue.importers",
        "domain.catalogue",
        "errors",
    },
    "doctor": {"matcher", "catalogue", "interop", "wording", "journal", "domain"},
    "demo": {"matcher", "domain"},
    "display": {
        "evaluation",
        "matcher",
        "learning",
        "interop.frames",
        "demo",
        "advice",
        "arranging",
        "contrast",
        "first_time",
        "suggestion",
        "excluded",
        "reasons",
        "wording",
        "pathway.monitoring.monitor",  # its names only
        "domain",
        "errors",
    },
    "evaluation": {
        "matcher",
        "advice",
        "suggestion",
        "question",
        "knowledge",
        "settings",
        "choosing",
        "signals",
        "learning",
        "catalogue.reader",
        "catalogue.values",
        "catalogue.participants",
        "interop.frames",
        "wording",
        "domain",
        "errors",
        "report",
    },
    "pathway": {
        "catalogue.importers.feed",
        "catalogue.importers.table",
        "catalogue.importers.table.headings",
        "catalogue.participants",
        "track",
        "catalogue.reader",
        "catalogue.values",
        "evaluation.groups.groupings",
        "evaluation.groups.shares",
        "evaluation.telling.small",
        "evaluation.telling.steps",
        "interop.frames",
        "wording",
        "domain",
        "errors",
    },
    "rows": {"suggestion", "question", "choosing"},
    "batch": {
        "matcher",
        "filling",
        "question",
        "request",
        "rows",
        "interop",
        "wholefile",
        "domain",
        "errors",
    },
    "interop": {"advice", "suggestion", "catalogue", "display.participant", "wording", "domain", "errors"},
    "matcher": {
        "advice",
        "allocating",
        "arranging",
        "remembering",
        "filling",
        "evaluation.changes.comparison",  # its name only: what `what_if` gives
        "evaluation.drift",  # the names only of what `model_card` takes, these three
        "evaluation.fairness",
        "evaluation.replaying.replayed",
        "suggestion",
        "question",
        "recording",
        "request",
        "domain",
    },
    "remembering": {
        "beliefs",
        "knowledge",
        "constraints",
        "signals",
        "learning",
        "modelfile",
        "report",
        "settings",
        "domain",
        "errors",
    },
    "filling": {"question", "request", "choosing", "domain"},
    "allocating": {"question", "choosing", "constraints", "domain", "errors", "wording.words", "interop.frames"},
    "arranging": {
        "advice",
        "request",
        "suggestion",
        "question",
        "choosing",
        "constraints",
        "reasons",
        "worth",
        "learning",
        "domain",
        "wording.words",
        "errors",
    },
    "beliefs": {"settings", "signals", "errors"},
    "request": {"domain", "errors"},
    "modelfile": {"wholefile", "errors"},
    "report": {"learning", "wording.words"},
    "recording": {"advice", "suggestion", "question", "request", "knowledge", "signals", "domain", "errors"},
    "advice": {
        "recording",
        "request",
        "suggestion",
        "excluded",
        "asking",
        "contrast",
        "track",
        "question",
        "choosing",
        "constraints",
        "domain",
        "wording.words",
        "interop.frames",
    },
    "track": {"domain", "wording.words"},
    "suggestion": {"first_time", "question", "picks", "reasons", "choosing", "domain", "wording.words"},
    "first_time": {"question", "domain", "wording.words"},
    "excluded": {"question", "choosing", "constraints", "domain", "errors", "wording.words"},
    "contrast": {"question", "choosing", "domain", "wording.words"},
    "asking": {"question", "knowledge", "learning", "worth", "domain", "wording.words"},
    "question": {"knowledge", "request", "picks", "reasons", "worth", "choosing", "constraints", "learning", "domain"},
    "picks": {"knowledge", "reasons", "worth", "learning", "domain"},
    "knowledge": {"constraints", "signals", "learning", "settings", "domain", "errors"},
    "reasons": {"domain", "wording.words"},
    "worth": {"settings", "domain"},
    "settings": {"domain", "errors"},
    "choosing": {"errors"},
    "constraints": {"domain", "wording.words"},
    "signals": {"domain"},
    "learning": {"domain", "errors"},
    "journal": {"wholefile", "domain", "errors"},
    "wording": {"catalogue.reader", "catalogue.quick", "domain", "errors"},
    "catalogue": {"wholefile", "domain", "errors"},
    "domain": {"errors"},
    "manual": {"domain.frozen_map", "errors"},
    "wholefile": set(),
    "errors": {"codes"},
    "codes": set(),
}

# Faces import inside the method, so that advice is computed without loading what shows it.
LAZY: dict[str, set[str]] = {
    "learning": {"signals"},
    "pathway": {"catalogue.schema", "display"},
    "matcher": {"batch", "evaluation.model_card"},
    "catalogue": {"__version__"},
    "evaluation": {"__version__"},
    "allocating": {"interop.frames", "wording.sentences"},
    "advice": {"rows", "display.faces", "display.plain", "interop.frames"},
    "suggestion": {"interop.icalendar"},
    "track": {"wording.sentences"},
    "first_time": {"wording.sentences"},
    "excluded": {"wording.sentences"},
    "asking": {"wording.sentences"},
    "contrast": {"wording.sentences"},
    "constraints": {"wording.sentences"},
    "remembering": {"__version__"},
    "report": {"wording.sentences"},
    "reasons": {"wording.sentences"},
    "arranging": {"display.plain", "wording.sentences"},
    "commands": {
        "batch",
        "catalogue",
        "demo",
        "domain.catalogue",
        "doctor",
        "pathway",
        "display.demo_page",
        "evaluation.gaps",
        "evaluation.replay",
        "evaluation.simulation",
        "journal",
        "manual",
        "matcher",
        "report",
        "wording",
    },
}

CLOCK = {"now", "today", "utcnow", "time.time", "localtime"}


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imports(tree: ast.AST, lazy: bool) -> Iterator[str]:
    """What is imported from our own rooms: at the top (type checking included), or inside functions."""
    inside = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.ImportFrom)
            and (node in inside) == lazy
            and (node.module or "").startswith("wor_match")
        ):
            module = (node.module or "").removeprefix("wor_match").lstrip(".")
            yield from [f"{module}"] if module else [alias.name for alias in node.names]


SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or path.parent != PACKAGE)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_down(path: Path) -> None:
    tree, room = ast.parse(path.read_text(encoding="utf-8")), room_of(path)
    for lazy, allowed in ((False, MAY_KNOW[room]), (True, MAY_KNOW[room] | LAZY.get(room, set()))):
        for module in imports(tree, lazy):
            ways = {module, *(module.split(".")[:1])}
            assert ways & (allowed | {room}), f"{room} imports {module}"


def allowances_unused(allowed: dict[str, set[str]], lazy: bool) -> dict[str, set[str]]:
    """What each room may import and does not."""
    used: dict[str, set[str]] = {}
    for path in SOURCES:
        found = imports(ast.parse(path.read_text(encoding="utf-8")), lazy)
        used.setdefault(room_of(path), set()).update(way for module in found for way in (module, module.split(".")[0]))
    return {room: rest for room, names in allowed.items() if (rest := names - used.get(room, set()))}


def test_what_a_room_may_know_it_knows() -> None:
    assert allowances_unused(MAY_KNOW, lazy=False) == {}
    assert allowances_unused(LAZY, lazy=True) == {}


def test_every_room_has_its_place_on_the_page() -> None:
    assert {room_of(path) for path in SOURCES} == set(MAY_KNOW)


def test_the_front_door_and_its_types_are_the_same() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    typed = {alias.name: str(node.module).removeprefix("wor_match.")
             for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}  # fmt: skip
    assert typed == wm.ROOMS
    for name, room in wm.ROOMS.items():
        assert getattr(wm, name) is getattr(importlib.import_module(f"wor_match.{room}"), name)
    with pytest.raises(AttributeError, match="no attribute 'Niets'"):
        wm.Niets  # noqa: B018 — asking is the point
    assert set(wm.ROOMS) <= set(dir(wm))


def test_import_and_a_first_advice_load_nothing_heavy(tmp_path: Path) -> None:
    wm.Matcher(wm.load_catalogue("nieuwegein")).save(tmp_path / "model.json")
    code = (
        "import sys, datetime, wor_match as wm\n"
        "bare = sorted(name for name in ('numpy', 'pydantic', 'yaml') if name in sys.modules)\n"
        "matcher = wm.Matcher.load(sys.argv[1], wm.load_catalogue('nieuwegein'))\n"
        "matcher.recommend(wm.Participant(id='p1'), at=datetime.date(2026, 11, 23))\n"
        "heavy = 'sklearn scipy pandas matplotlib joblib sqlalchemy polars narwhals'.split()\n"
        "print(bare, sorted(set(heavy) & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "model.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "[] []"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_reads_the_clock_and_every_room_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    called = {
        node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not called & CLOCK
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_a_public_name_has_a_docstring() -> None:
    for path in SOURCES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{path.name}: {node.name}"
