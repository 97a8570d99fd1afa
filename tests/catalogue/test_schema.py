"""The schema for editors: the committed copy is true, it takes what authors write, and it is never stricter than the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, event, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

import wor_match as wm
from tests.catalogue.test_reader import ONE, broken
from tests.strategies import activities
from tests.town import activity, catalogue
from wor_match.catalogue.files import example_names
from wor_match.catalogue.reader import read_text
from wor_match.catalogue.schema import catalogue_schema, schema_text
from wor_match.catalogue.writer import as_yaml, flow
from wor_match.cli import main
from wor_match.domain.terms import taxonomy

EXAMPLES = Path(wm.__file__).parent / "catalogues"
COMMITTED = EXAMPLES / "schema" / "catalogue.schema.json"
REMEDY = "write it anew: wor-match schema > wor_match/catalogues/schema/catalogue.schema.json"


class Editor(yaml.SafeLoader):
    """What an editor makes of a file: the core schema of YAML 1.2 (chapter 10.3.2)."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 — PyYAML fills it per class


CORE = {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
}
READ = {
    "null": lambda _: None,
    "bool": lambda text: text.lower() == "true",
    "int": lambda text: int(text, 0 if text[:2] in ("0o", "0x") else 10),
    "float": lambda text: float(re.sub(r"\.(inf|nan)", r"\1", text.lower())),
}
for kind, form in CORE.items():
    tag = f"tag:yaml.org,2002:{kind}"
    Editor.add_implicit_resolver(tag, re.compile(rf"(?:{form})$"), None)
    Editor.add_constructor(tag, lambda loader, node, read=READ[kind]: read(loader.construct_scalar(node)))

SCHEMA = catalogue_schema()
VALIDATOR = Draft7Validator(SCHEMA)


def underlined(text: str) -> list[str]:
    """What an editor with the schema says about a text."""
    return [fault.message for fault in VALIDATOR.iter_errors(yaml.load(text, Loader=Editor))]  # noqa: S506 — it is a SafeLoader


def refused(text: str, folder: Path) -> str:
    """What the reader says about a text; empty when it takes it."""
    path = folder / "proef.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        wm.load_catalogue(path)
    except wm.CatalogueError as fault:
        return str(fault)
    return ""


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(part)


def test_the_committed_copy_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), REMEDY
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == schema_text()


def test_each_example_names_its_schema_and_the_folder_is_no_example() -> None:
    assert "nieuwegein" in example_names()
    assert "catalogue" not in example_names()
    for name in example_names():
        first = (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
        assert (EXAMPLES / first.removeprefix("# yaml-language-server: $schema=")) == COMMITTED


def test_it_is_draft_07_and_closed_everywhere() -> None:
    Draft7Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "http://json-schema.org/draft-07/schema#"
    later = {"$defs", "prefixItems", "dependentRequired", "dependentSchemas", "unevaluatedProperties", "minContains"}
    for node in nodes(SCHEMA):
        assert not later & node.keys()
        assert not {"ge", "le", "gt", "lt", "default"} & {name for name in node if not isinstance(node[name], dict)}
        assert "object" not in node.get("type", "") or node["additionalProperties"] is False, node
        if str(node.get("$ref", "#/definitions/")).startswith("#/definitions/") and "$ref" in node:
            assert node["$ref"].removeprefix("#/definitions/") in SCHEMA["definitions"]


def test_every_part_says_in_a_line_what_it_is() -> None:
    for name, part in SCHEMA["definitions"].items():
        assert part["title"], name
        assert len(part["description"].splitlines()) == 1, name
        assert len(part["description"]) <= 120, name
    said = SCHEMA["definitions"]["Price"]["properties"]["with"]["description"]
    assert said == "The pass that this row asks for, such as `stadspas`."


def test_terms_are_listed_with_their_dutch_labels() -> None:
    items = SCHEMA["definitions"]["Activity"]["properties"]["terms"]["items"]
    labels = dict(zip(items["enum"], items["enumDescriptions"], strict=True))
    assert labels == {name: term.label_nl for name, term in taxonomy().terms.items()}
    assert labels["samen-koken"] == "Samen koken en bakken"


@pytest.mark.parametrize("name", example_names())
def test_the_examples_are_not_underlined(name: str) -> None:
    assert underlined((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")) == []


@given(activities())
@settings(max_examples=150)
def test_any_activity_as_it_is_written_is_not_underlined(said: dict[str, Any]) -> None:
    assert underlined(as_yaml(catalogue(activity(**said)))) == []


def beside_the_name(*lines: str) -> str:
    return broken("    terms", "".join(f"    {line}\n" for line in lines) + "    terms")


SOUND = {  # what authors write
    "times with and without a nought": broken("10:30, end: 12:30", "9:30, end: 24:00"),
    "times in quotes": broken("10:30, end: 12:30", '"10:30", end: \'12:30\''),
    "a long day": broken("day: di", "day: dinsdag"),
    "odd weeks": broken("day: di", "day: di, weeks: odd"),
    "every second week": broken("day: di", "day: di, every: 2, from: 2026-11-03, until: '2027-06-01'"),
    "the last Thursday and the 31st": broken(
        "weekly: [{day: di, start: 10:30, end: 12:30}]",
        "monthly: [{day: do, nth: -1, start: 10:00, end: 11:00}, {date: 31, start: 10:00, end: 11:00}]",
    ),
    "days": broken("12:30}]}", "12:30}], cancelled: [2026-11-10], closed: [{from: 2026-12-21, to: 2027-01-03}]}"),
    "a name that is a number": broken("name: Wandelen", "name: 1984"),
    "a name that is no number to an editor": broken("name: Wandelen", "name: .nan"),
    "a name that is an answer": broken("name: Wandelen", "name: true"),
    "ids that are numbers": broken("- id: een", "- id: 1984"),
    "a house number": broken("{postcode: 3431}", "{postcode: 3431, street: Laan, number: 3}"),
    "a house number with letters": broken("{postcode: 3431}", "{postcode: 3431 ab, street: Laan, number: 3bis}"),
    "a postcode in quotes": broken("{postcode: 3431}", '{postcode: "3431AB"}'),
    "a Belgian postcode": broken("{postcode: 3431}", "{postcode: B-2000, country: BE}"),
    "a German postcode": broken("{postcode: 3431}", "{postcode: 01067, country: DE}"),
    "a point": broken("{postcode: 3431}", '{latitude: 52.03, longitude: "5.09"}'),
    "online": broken("{postcode: 3431}", "{online: ja}"),
    "telephone numbers": broken("activities:", "organisers: [{id: a, name: A, phone: 0201234567}, {id: b, name: B, phone: +31 30 123}]\nactivities:"),
    "languages": beside_the_name("languages: [nl, no]"),
    "answers": beside_the_name("access: {wheelchair: yes, toilet: nee, quiet: onbekend, low_vision: unknown}"),
    "prices": beside_the_name("price: [{euro: 3.50, per: time}, {euro: 0, per: time, with: stadspas}, {euro: '12', per: month, includes: 1}]"),
    "dimensions in Dutch": beside_the_name("serves: {Meedoen: 3, dagelijks functioneren: 1, meaningfulness: 0}"),
    "fields left blank": beside_the_name("summary:", "organiser:", "price:", "status:", "access: {toilet: , quiet: yes}"),
    "advice on age": beside_the_name("audience: {min_age: 18, advised_age: {from: 55}, residents_only: ja}"),
    "fields asked later": beside_the_name("rechecked: {price: 2026-11-20, access.toilet: 2026-11-20}"),
    "the second file of a folder": "activities: [{id: een, name: Een, terms: []}]\n",
}  # fmt: skip


@pytest.mark.parametrize("what", SOUND)
def test_what_authors_write_is_taken_by_both(what: str, tmp_path: Path) -> None:
    assert underlined(SOUND[what]) == []
    if what == "the second file of a folder":
        (tmp_path / "a.yaml").write_text(ONE.replace("- id: een", "- id: twee"))
        (tmp_path / "b.yaml").write_text(SOUND[what])
        assert len(wm.load_catalogue(tmp_path)) == 2
    else:
        assert refused(SOUND[what], tmp_path) == ""


MISTAKES = {
    "an unknown field": beside_the_name("kleur: rood"),
    "an unknown field inside": broken("{postcode: 3431}", "{postkode: 3431}"),
    "an unknown field at the top": broken("municipality", "gemeente"),
    "a term that does not exist": broken("[wandelen]", "[duikbootvaren]"),
    "five terms": broken("[wandelen]", "[wandelen, fietsen, zwemmen, yoga, museum]"),
    "no terms": broken("    terms: [wandelen]\n", ""),
    "a term outside a list": broken("[wandelen]", "wandelen"),
    "an aspect that does not exist": beside_the_name("aspects: [gezellig]"),
    "a point in a time": broken("10:30", "9.30"),
    "an hour that does not exist": broken("10:30", "25:00"),
    "a word in a time": broken("10:30", "half elf"),
    "a misspelt day": broken("day: di", 'day: "maandag "'),
    "an English day": broken("day: di", "day: tuesday"),
    "a day in Dutch order": broken("12:30}]}", "12:30}], cancelled: [10-11-2026]}"),
    "a price without euro": beside_the_name("price: [{per: time}]"),
    "a price with a comma": beside_the_name('price: [{euro: "3,50", per: time}]'),
    "a price with a sign": beside_the_name("price: [{euro: € 3, per: time}]"),
    "a price below nought": beside_the_name("price: [{euro: -1, per: time}]"),
    "a price a week": beside_the_name("price: [{euro: 1, per: week}]"),
    "a postcode in two odd parts": broken("{postcode: 3431}", "{postcode: 3431 A1}"),
    "a postcode that begins with nought": broken("{postcode: 3431}", "{postcode: 0431}"),
    "a postcode of five digits": broken("{postcode: 3431}", "{postcode: 34311}"),
    "a boolean for an answer": beside_the_name("access: {wheelchair: true}"),
    "an answer with a capital": beside_the_name("access: {wheelchair: Ja}"),
    "an answer nobody may leave open": broken("{postcode: 3431}", "{online: unknown}"),
    "a language in full": beside_the_name("languages: [Nederlands]"),
    "an id with spaces": broken("- id: een", "- id: De Linde"),
    "an age in words": beside_the_name("audience: {min_age: volwassen}"),
    "half an age": beside_the_name("audience: {min_age: 17.5}"),
    "a strength of four": beside_the_name("serves: {participation: 4}"),
    "a name of nothing": broken("name: Wandelen", 'name: " "'),
    "a name left blank": broken("name: Wandelen", "name:"),
    "help that does not exist": beside_the_name("support: [taxi]"),
    "another format": broken("catalogue/1", "catalogue/2"),
    "an arrangement of one": broken("activities:", "arrangements: [{id: a, name: A, activities: [een]}]\nactivities:"),
}  # fmt: skip


@pytest.mark.parametrize("what", MISTAKES)
def test_what_authors_get_wrong_is_refused_by_both(what: str, tmp_path: Path) -> None:
    assert underlined(MISTAKES[what])
    assert refused(MISTAKES[what], tmp_path)


# What may stand in the place of a value, as it is written. Not `null`: an editor cannot tell it from nothing, and where
# a field is required, nothing is not enough, although the reader takes the bare word null for a name. Nor an unknown field
# with nothing behind it: the reader takes that for left out, while an editor says that there is no such field.
WRITTEN = (
    *("", "''", "' '", "[]", "{}", "[[]]", "true", "False", "yes", "nee", "Ja", "unknown", "onbekend", "on", "y"),
    *("0", "1", "3", "-1", "007", "+5", "0x1F", "0o17", "1984", "3431", "0201234567", "1_000", "123456789012345678901"),
    *("3.5", "'3.50'", "'2'", "1.0", ".5", "1e3", "1e400", ".nan", "-.inf", "3431 ab", "' 3431AB '", "'3431   ab   '", "34311"),
    *("9:30", "'10:00'", "24:00", "9.30", "2026-11-01", "'2026-11-01'", "2026-1-1", "maandag", "zo", "nl", "no", "stadspas"),
    *("[1984]", "[true]", "[yes]", "['2']", "[nl, no]", "[2026-11-01]", "[wandelen, wandelen]", "[walk_in]", "[good_dutch]"),
    *("{meedoen: 1}", "{' Zin ': '2'}", "{toilet: ja}", "{from: 55}", "{price: 2026-11-01}", "{online: ja}"),
    *("{postcode: true, country: BE}", "{postcode: 1000, country: }", "{number: 3}", "{ask_for: 7}", "{euro: 1}", "2026-02-30"),
    *("open", "women", "midden", "odd", "all", "term", "course", "same_people", "Één", "- x", "a: b", "'#'", "A" * 130),
)  # fmt: skip


def in_snippets(told: Any) -> Any:
    """A tree of texts with each text as it is written."""
    if isinstance(told, dict):
        return {name: in_snippets(part) for name, part in told.items()}
    return [in_snippets(part) for part in told] if isinstance(told, list) else flow(told)


def places(tree: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place inside a tree."""
    for name in tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield (*above, name)
        yield from places(tree[name], (*above, name))


def emitted(tree: Any) -> str:
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{name}: {emitted(part)}" for name, part in tree.items()) + "}"
    return "[" + ", ".join(map(emitted, tree)) + "]" if isinstance(tree, list) else str(tree)


FIELDS = sorted({name for part in SCHEMA["definitions"].values() for name in part["properties"]})


@st.composite
def mutated(draw: Any) -> str:
    """A catalogue of one valid activity, in which one field is written otherwise, added, renamed or taken out."""
    tree, _ = read_text(as_yaml(catalogue(activity(**draw(activities())))).encode(), "proef")
    assert tree is not None
    told = in_snippets(tree.plain())
    one = told["activities"][0]
    if (kind := draw(st.sampled_from(["write", "write", "add", "rename", "drop"]))) == "add":
        homes = [one, *(at for path in places(one) if isinstance(at := reached(one, path), dict))]
        draw(st.sampled_from(homes))[draw(st.sampled_from(FIELDS))] = draw(st.sampled_from(WRITTEN[1:]))
        return emitted(told)
    *path, last = draw(st.sampled_from(sorted(places(one), key=str)))
    home = reached(one, tuple(path))
    if kind == "write":
        home[last] = draw(st.sampled_from(WRITTEN))
    else:
        taken = home.pop(last)
        if kind == "rename" and isinstance(home, dict):
            home[draw(st.sampled_from(FIELDS))] = taken
    return emitted(told)


def reached(tree: Any, path: tuple[Any, ...]) -> Any:
    for name in path:
        tree = tree[name]
    return tree


AS_IT_HAPPENED = {"id": "1", "name": ".5", "terms": "[]", "place": "{postcode: '3431   ab   '}"}


@pytest.mark.parametrize("n", [150, pytest.param(5_000, marks=pytest.mark.nightly)])
def test_it_is_never_stricter_than_the_reader(n: int, tmp_path: Path) -> None:
    @given(mutated())
    @settings(max_examples=n, deadline=None)
    @example(emitted({"id": "een", "name": "Een", "activities": [AS_IT_HAPPENED]}))
    def never_stricter(text: str) -> None:
        try:
            said = underlined(text)
        except yaml.YAMLError:
            assume(False)
        taken = not refused(text, tmp_path)
        event(f"reader takes it: {taken}, editor underlines: {bool(said)}")
        assert not (said and taken), (text, said)

    never_stricter()
