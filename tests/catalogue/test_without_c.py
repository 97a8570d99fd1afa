"""Where the C library is not there PyYAML reads, and the verdict is the same."""

from __future__ import annotations

import pytest
import yaml

from wor_match.catalogue import reader
from wor_match.catalogue.reader import fast_reader, read_text

BROKEN = [
    'naam: "\\ud83d"', 'naam: "\\ud83d\\ude00"', 'naam: "\\U0000d800"', 'naam: "\\U00110000"', "naam: [", 'naam: "x',
    "- a\nb", "&a &b c", "!<x y", "!x!y z", "naam: |999999 x", "? !!", "*", "*a b: : c", "a: b: c", "}", "[a, b}",
]  # fmt: skip


def codes(text: str, loader: object, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    monkeypatch.setattr(reader, "Loader", loader)
    _, problems = read_text(text.encode(), "x.yaml")
    assert all(one.line and one.column for one in problems)
    return {one.code for one in problems}


@pytest.mark.skipif(not fast_reader(), reason="PyYAML was installed without the C library")
@pytest.mark.parametrize("text", BROKEN)
def test_what_is_no_yaml_is_refused_by_both_parsers_at_a_place(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(text, yaml.CLoader, monkeypatch) == codes(text, yaml.Loader, monkeypatch) >= {"no-yaml"}


def test_half_a_character_is_refused_where_only_python_would_let_it_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "Loader", yaml.Loader)
    assert not fast_reader()
    _, problems = read_text(b'a: b\nnaam: "\\ud83d"', "x.yaml")
    assert [(one.line, one.column) for one in problems] == [(2, 7)]
    assert "half a character" in problems[0].sentence
