"""No place where text or bytes from outside become values is without a parser: each is reached from the corpus."""

from __future__ import annotations

import ast
import contextlib
import functools
import gc
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import wor_match
from tests.fuzz.harness import corpus
from tests.fuzz.parsers import PARSERS
from wor_match.errors import WorMatchError

SOURCE = Path(wor_match.__file__).parent
MAKE_VALUES = {  # what is called to make a value of text or bytes, by us or by the libraries that we use
    "loads", "strict_value", "json_value", "parse", "Loader", "from_ical", "Contentline", "reader", "DictReader", "feed",
    "fromisoformat", "strptime", "decode", "read_text", "read_bytes", "bytes_of", "open", "fdopen", "validate_json",
    "make_url", "ParquetFile", "parse_args", "fullmatch", "match", "unescape", "ZoneInfo",
}  # fmt: skip
Place = tuple[str, str]  # a file of ours, and a function in it

OURS = "reads what ships with the library, or what it has just made"
WRITES = "opens a file to write, or to make sure of what it wrote"
LOOKS = "looks for its mark, and makes nothing of it"
NOT_HERE: dict[Place, str] = {
    ("batch/travelling.py", "arrived"): "unpacks what joblib, Dask or Spark brought, and trusts it as much as they do",
    ("catalogue/cache.py", "stored"): OURS,
    ("catalogue/folder.py", "own_files"): LOOKS,
    ("catalogue/folder.py", "write_surely"): WRITES,
    ("catalogue/importers/table/guard.py", "guarded"): "guards what is written",
    ("cli.py", "main"): "hands over to argparse, as `arguments` does",
    ("commands/advise.py", "write_anew"): LOOKS,
    ("display/html.py", "document"): OURS,
    ("display/html.py", "drawing"): OURS,
    ("display/html.py", "parts_of"): "looks whether a link is one that can be shown; the activity was read before",
    ("journal/migration.py", "copied"): WRITES,
    ("pathway/profiles/reading.py", "shipped_text"): OURS,
    ("manual.py", "pages_in"): OURS,
    ("wholefile.py", "sweep"): LOOKS,
    ("wholefile.py", "sync_folder"): WRITES,
}


def places() -> Iterator[Place]:
    """Every function of ours that makes a value of text or bytes."""
    for path in sorted(SOURCE.rglob("*.py")):
        pending: list[tuple[ast.AST, str]] = [(ast.parse(path.read_text(encoding="utf-8")), "")]
        while pending:
            node, within = pending.pop()
            within = node.name if isinstance(node, ast.FunctionDef) else within
            if within and isinstance(node, ast.Call) and called(node) in MAKE_VALUES:
                yield path.relative_to(SOURCE).as_posix(), within
            pending += [(inner, within) for inner in ast.iter_child_nodes(node)]


def called(node: ast.Call) -> str | None:
    """The last name of what is called."""
    return getattr(node.func, "attr", getattr(node.func, "id", None))


def reached() -> set[Place]:
    """Every function of ours that the corpus comes through."""
    found: set[Any] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            found.add(frame.f_code)

    for kept in gc.get_objects():  # what is worked out once only, and was perhaps before
        if isinstance(kept, functools._lru_cache_wrapper) and kept.__module__.startswith("wor_match"):
            kept.cache_clear()
    before = sys.getprofile()
    sys.setprofile(note)
    threading.setprofile(note)
    try:
        for name, read in PARSERS.items():
            for path in corpus(name):
                with contextlib.suppress(WorMatchError):
                    read(path.read_bytes())
    finally:
        sys.setprofile(before)
        threading.setprofile(None)  # type: ignore[arg-type]  # None ends it
    ours = (code for code in found if code.co_filename.startswith(f"{SOURCE}/"))
    return {(Path(code.co_filename).relative_to(SOURCE).as_posix(), code.co_name) for code in ours}


def test_every_door_is_reached_by_a_parser() -> None:
    """Who makes values of outside text in a new place gives it a parser and an input, or says here why not."""
    doors, through = set(places()), reached()
    assert sorted(doors - through - set(NOT_HERE)) == []
    assert sorted(set(NOT_HERE) - doors) == [], "no such place any more"
    assert sorted(set(NOT_HERE) & through) == [], "these are reached, so they need no reason"
