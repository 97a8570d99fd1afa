"""YAML is judged alike with the C library and without it, also where libyaml and PyYAML differ."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.catalogue.test_reader import PARSERS
from wor_match.catalogue import reader
from wor_match.catalogue.reader import read_text


@pytest.mark.parametrize("parser", PARSERS)
def test_text_without_quotes_within_brackets_is_judged_alike(parser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML itself ends it at a question mark, and takes a colon before a bracket for the colon of a pair."""
    monkeypatch.setattr(reader, "Loader", parser)
    text = "{nl: Zin in koffie? Kom langs, en: [why?, a?b, x:y, -z]}"
    tree, problems = read_text(text.encode(), "x.yaml")
    assert tree is not None
    assert problems == []
    assert tree.plain() == {"nl": "Zin in koffie? Kom langs", "en": ["why?", "a?b", "x:y", "-z"]}
    for refused in ("{a:[b]}", "{a:{b: c}}", "[a:, b]", "{a:}", "[a :[b]]", "[a:?b]"):
        assert [one.code for one in read_text(refused.encode(), "x.yaml")[1]] == ["no-yaml"], refused


@pytest.mark.parametrize("parser", PARSERS)
def test_a_name_behind_a_question_mark_within_brackets_is_refused(parser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What may follow it, the parsers do not agree on."""
    monkeypatch.setattr(reader, "Loader", parser)
    for refused in ("[?]", "[? a]", "[?, a]", "a: [b, ? c: d]"):
        assert read_text(refused.encode(), "x.yaml")[1], refused
    assert [one.code for one in read_text(b"[x, ? a]", "x.yaml")[1]] == ["bad-key"]
    tree, problems = read_text(b"? a\n: {? b : c, d?: e}\n", "x.yaml")
    assert (tree and tree.plain(), problems) == ({"a": {"b": "c", "d?": "e"}}, [])


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    ("head", "text"),
    [("|", "a\nb\n"), ("|-#een", "a\nb"), (">+ # een", "a b\n\n"), ("|2-", " a\n b"), (">-1", "  a\n  b")],
)
def test_a_block_of_text_is_read_alike(head: str, text: str, parser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "Loader", parser)
    tree, problems = read_text(f"x: {head}\n   a\n   b\n\n".encode(), "x.yaml")
    assert (tree and tree.plain(), problems) == ({"x": text}, [])
    for wrong in ("|0", "|12", "|--", "|a", "|+-", ">1 2"):
        assert [one.code for one in read_text(f"x: {wrong}\n   a\n".encode(), "x.yaml")[1]] == ["no-yaml"], wrong


SIGNS = "[]{},:?a \n-#|>+2!&"
LONGEST = 3


def test_every_short_text_is_judged_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each length up to three, of all the signs that mean something."""
    texts = ["".join(signs) for n in range(1, LONGEST + 1) for signs in itertools.product(SIGNS, repeat=n)]
    told = []
    for parser in PARSERS:
        monkeypatch.setattr(reader, "Loader", parser)
        read = [read_text(text.encode(), "x.yaml") for text in texts]
        told.append([None if tree is None or problems else tree.plain() for tree, problems in read])
    assert [text for text, *both in zip(texts, *told, strict=True) if both[0] != both[1]] == []
    assert sum(one is not None for one in told[0]) > 1_000
