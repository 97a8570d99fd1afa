"""Every error and every warning names a code, and the page has a paragraph for each; nothing else stands there."""

from __future__ import annotations

import ast
import pickle
import re
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

import wor_match as wm
from wor_match import errors, manual
from wor_match.cli import main
from wor_match.codes import CODES, Code
from wor_match.domain.terms import DIMENSIONS

PACKAGE = Path(wm.__file__).parent
PAGE = (Path(__file__).parents[1] / "docs" / "errors.md").read_text(encoding="utf-8")
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
OURS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.WorMatchError) and kind is not errors.InfeasibleError
}  # an InfeasibleError has one code, which it knows itself
FORM = re.compile(r"[a-z]+(-[a-z0-9]+)*")


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """The place, the name and the node of every call of a plain name."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node.func.id, node


def test_the_codes_are_plain_words_sorted_and_each_once() -> None:
    assert list(CODES) == sorted(set(CODES)) == list(get_args(Code))
    assert [code for code in CODES if not FORM.fullmatch(code)] == []


def test_the_page_has_a_heading_for_each_code_and_for_nothing_else() -> None:
    headings = re.findall(r"^### (.+)$", PAGE, re.MULTILINE)
    assert sorted(headings) == list(CODES)


@pytest.mark.parametrize("code", CODES)
def test_each_code_has_a_paragraph_that_says_what_was_seen_and_what_to_do(code: str) -> None:
    told = " ".join(manual.explained(code).split())
    assert len(re.findall(r"[.?!:](?= |$)", told)) >= 2, told
    assert len(told) >= 80


def test_each_code_is_given_somewhere() -> None:
    given = {
        node.value
        for path, tree in TREES.items()
        if path.name != "codes.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
    }
    assert set(CODES) - given == set()


def test_every_place_that_raises_gives_a_code_or_problems_that_have_theirs() -> None:
    """The second argument of an error is its problems; one that tells of others by a variable is a re-raise."""
    without = [
        place
        for place, name, node in calls()
        if name in OURS and len(node.args) < 2 and not {"code", "problems"} & {one.arg for one in node.keywords}
    ]
    assert without == []


def test_every_warning_is_one_of_ours_with_a_code_or_says_its_code_itself() -> None:
    """That of scikit-learn's kind has its code in its text: who fits a classifier filters by that kind."""
    given = {place for place, name, node in calls() if name == "WorMatchWarning" and len(node.args) == 2}
    raised = {
        (f"{path.relative_to(PACKAGE)}:{node.lineno}", ast.unparse(node.args[0]))
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "warnings.warn"
    }
    others = {(place, told) for place, told in raised if place not in given}
    assert {told for _, told in others} == {"UNREACHED"}
    from wor_match.learning.estimator import UNREACHED

    assert UNREACHED.endswith(" [fit-failed]")


def test_an_error_ends_with_its_code_and_its_sentence_does_not() -> None:
    with pytest.raises(wm.WorMatchError, match=r"^there are no words .* \[unknown-name\]$") as refused:
        wm.vocabulary("fr")
    assert refused.value.code == "unknown-name"
    assert refused.value.sentence == "there are no words in language 'fr'; there are: en, nl, nl-je"


def test_of_several_problems_each_names_its_own_code_and_the_first_line_none() -> None:
    with pytest.raises(wm.ParticipantError) as refused:
        wm.Participant(id="p 1", age="oud")  # type: ignore[arg-type]  # because that is the point
    assert str(refused.value).splitlines() == [
        "participant is refused",
        "bad-pseudonym id: this is no pseudonym; use 1 to 128 printable ASCII characters without spaces",
        "no-number age: this is no whole number",
    ]
    assert refused.value.code == "refused"


def test_a_warning_ends_with_its_code() -> None:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        wm.SpiderWeb(scores=dict.fromkeys(DIMENSIONS, 5))
    (told,) = (one.message for one in seen)
    assert str(told) == "every mark of a spider web is 5; was it filled in? [all-fives]"
    assert isinstance(told, wm.WorMatchWarning)
    assert (told.code, told.sentence) == ("all-fives", "every mark of a spider web is 5; was it filled in?")


def test_a_code_survives_the_way_to_another_process() -> None:
    here = [
        wm.WorMatchError("no", code="unknown-name"),
        wm.BusyError("no", code="journal-busy"),
        wm.CatalogueError("no", [wm.Problem("is wrong", "bad-id", "id")], 1),
        wm.InfeasibleError("no", [3]),
        wm.WorMatchWarning("look", "cut-short"),
    ]
    for one in here:
        there = pickle.loads(pickle.dumps(one))  # noqa: S301 — our own
        assert (type(there), str(there), vars(there)) == (type(one), str(one), vars(one))


def test_a_code_that_pydantic_gives_is_one_of_ours() -> None:
    from pydantic_core.core_schema import ErrorType

    from wor_match.domain.refusals import TOLD_AS, code_of

    names = set(get_args(ErrorType))
    assert len(names) > 50
    assert {code_of(name) for name in names} <= set(CODES)
    assert set(TOLD_AS) <= names, "a name that pydantic does not know any more"


def test_explain_prints_the_paragraph(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "half-point"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Only one of `latitude` and `longitude` is given")
    assert "#" not in told


@pytest.mark.parametrize(
    ("code", "near"), [("half-pont", "perhaps half-point"), ("xyz", "docs/errors.md has them all")]
)
def test_a_code_that_there_is_not_names_the_near_ones(code: str, near: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", code]) == 2
    told = capsys.readouterr()
    assert near in told.err
    assert told.err.endswith(" [unknown-name]\n")
    assert told.out == ""


def test_what_a_command_prints_can_be_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "nowhere.yaml"]) == 2
    (code,) = re.findall(r"\[([a-z-]+)\]$", capsys.readouterr().err.strip())
    assert main(["explain", code]) == 0


def test_a_cut_of_a_timetable_is_named(catalogue: wm.Catalogue) -> None:
    schedule = next(one.schedule for one in catalogue if one.schedule and one.schedule.weekly)
    with pytest.warns(wm.WorMatchWarning, match=r"\[cut-short\]$"):
        schedule.occurrences(datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (lambda: wm.Participant(id="p", place={1: 2}), "bad-key place....: this has a name that is no text"),
        (lambda: wm.Participant(id="p", gender="\ud800"), "no-text gender: this holds half a character (a surrogate); remove it"),
        (lambda: wm.Participant.model_validate_json(None), "no-json: this is no text of JSON"),
        (lambda: wm.Participant.model_validate_json('{"likes": [}'), "no-json: this is no JSON; check brackets, quotes and commas"),
        (lambda: wm.Catalogue(id="c", name="C", problems=[3]), "wrong-type problems.0: 3 is of another kind"),
        (lambda: wm.Place(postcode=10**5000), "no-text postcode: this is no text; put it in quotes"),
        (lambda: wm.Place.model_validate({"id": "Jan.Jansen"}), "unknown-field id: no such field; allowed are country, latitude, longitude, postcode"),
    ],
)  # fmt: skip
def test_what_pydantic_says_in_its_own_english_is_said_in_ours(made: Callable[[], object], line: str) -> None:
    with pytest.raises(wm.WorMatchError) as refused:
        made()
    assert str(refused.value).split("\n")[1] == line
    assert "Jansen" not in str(refused.value)


@pytest.mark.parametrize("told", ["half-point", "[half-point]", " HALF-POINT\n"])
def test_a_code_is_explained_as_it_stands_in_a_text(told: str) -> None:
    assert manual.explained(told) == manual.explained("half-point")
