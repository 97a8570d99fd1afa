"""Profiles: five that ship, one of your own, each fault at its place and all in one go, and the schema for editors."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

import wor_match as wm
from tests.catalogue.test_schema import Editor, nodes
from wor_match.errors import CatalogueError, WorMatchError
from wor_match.pathway import Profile, lint_profile, load_profile, profile_names
from wor_match.pathway.profiles.reading import profile_schema, schema_text
from wor_match.wording.lint import FORBIDDEN

PROFILES = Path(wm.__file__).parent / "pathway" / "profiles"
COMMITTED = PROFILES / "schema" / "pathway.schema.json"
REMEDY = 'write it anew: python -c "from wor_match.pathway.profiles.reading import schema_text as s; print(s(), end=str())" > FILE'
VALIDATOR = Draft7Validator(profile_schema())

OWN = """\
format: wor-match-pathway/1
id: klein
name: Klein
source: verzonnen
referrers: [gp]
ages: {from: 16, to: 99}
codes: {usual: [Z68], listed: [P03]}
groups:
  - {id: een, reasons: [loneliness, money]}
conversation: [marks]
consents: [handover, feedback]
municipalities:
  - name: Het Dorp
    through: De Brug
    destinations:
      - {id: a, name: A, for: [money]}
      - {id: b, name: B}
feedback: [after_intake]
channels: [mail]
targets:
  - {indicator: intake, share: 0.5}
"""


def own(old: str = "", new: str = "") -> str:
    """The profile with one thing written otherwise."""
    assert old in OWN
    return OWN.replace(old, new, 1) if old else OWN


def written(text: str, folder: Path) -> Path:
    path = folder / "eigen.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def underlined(text: str) -> list[str]:
    """What an editor with the schema says about a text."""
    return [fault.message for fault in VALIDATOR.iter_errors(yaml.load(text, Loader=Editor))]  # noqa: S506 — it is a SafeLoader


def test_five_ship_by_name_and_the_schema_is_none_of_them() -> None:
    assert profile_names() == ("amstelland", "mtvp", "national", "nieuwegein", "schiedam-mvs")
    assert [load_profile(name).id for name in profile_names()] == list(profile_names())


AGREED: list[tuple[str, str, Any]] = [  # what the source texts say, as the profile has it
    ("mtvp", "partnership", "het wijkverband, met een afspraak met het sociaal domein"),
    ("amstelland", "meeting", True),
    ("amstelland", "channels", ("mail", "referral_service", "meeting")),
    ("amstelland", "feedback", ("after_intake", "after_3_months")),
    ("amstelland", "consents", ("handover", "feedback")),
    ("nieuwegein", "referrers", ("gp", "practice_nurse", "physiotherapist", "psychologist")),
    ("schiedam-mvs", "warm_handover", True),
    ("national", "municipalities", ()),
]


@pytest.mark.parametrize(("name", "field", "due"), AGREED)
def test_each_says_what_its_source_says(name: str, field: str, due: Any) -> None:
    assert getattr(load_profile(name), field) == due


def test_places_codes_and_deadlines_are_those_of_the_sources() -> None:
    towns = {name: [one.name for one in load_profile(name).municipalities] for name in profile_names()}
    assert towns == {
        "amstelland": ["Amstelveen", "Aalsmeer", "Ouderkerk"], "mtvp": [], "national": [], "nieuwegein": ["Nieuwegein"],
        "schiedam-mvs": ["Maassluis", "Vlaardingen", "Schiedam"],
    }  # fmt: skip
    assert all(load_profile(name).deadlines.contact == 14 for name in profile_names())
    assert all("Z68" in load_profile(name).codes for name in profile_names())
    amstelland = load_profile("amstelland")
    assert [group.id for group in amstelland.groups if group.stable] == ["leefstijl-en-lasten"]
    assert len(amstelland.groups) == 3
    here = amstelland.place("ouder-amstel")
    assert here is not None
    assert (here.name, here.intake_by) == ("Ouderkerk", "social_worker")
    assert {target.municipality for target in load_profile("schiedam-mvs").targets} >= set(towns["schiedam-mvs"])


def test_what_a_profile_calls_its_lists_and_places_labels_nobody() -> None:
    for name in profile_names():
        one = load_profile(name)
        said = [group.id for group in one.groups] + [to.name for town in one.municipalities for to in town.destinations]
        assert not [text for text in said if FORBIDDEN["nl"].search(text.replace("-", " "))]


def test_own_profiles_are_read_by_path_and_as_a_value(tmp_path: Path) -> None:
    read = load_profile(written(OWN, tmp_path))
    assert load_profile(str(tmp_path / "eigen.yaml")) == read
    assert Profile.model_validate(read.model_dump(by_alias=True, exclude_unset=True)) == read
    assert read.ages.to == 99
    assert read.place("HET DORP") is read.municipalities[0]
    assert lint_profile(tmp_path / "eigen.yaml") == []


def test_a_name_that_is_not_there_lists_those_that_are() -> None:
    with pytest.raises(
        WorMatchError, match=r"nergenshuizen is not there.*amstelland, mtvp, national, nieuwegein, schiedam-mvs"
    ):
        load_profile("nergenshuizen")


def test_a_folder_that_is_called_like_a_profile_does_not_hide_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "national").mkdir()
    monkeypatch.chdir(tmp_path)
    assert load_profile("national").id == "national"


@pytest.mark.parametrize("told", [None, 3, "", ["national"], "\0", "x" * 5000])
def test_what_is_no_name_and_no_path_is_one_sentence(told: Any) -> None:
    with pytest.raises(WorMatchError) as refused:
        load_profile(told)
    assert len(str(refused.value).splitlines()) == 1


FAULTS = {  # what is written, and where the reader says it is wrong; `*`: what an editor can see too
    "another format*": (own("pathway/1", "pathway/2"), "1:9: unknown-name format"),
    "no source*": (own("source: verzonnen\n"), "1:1: missing source"),
    "an unknown field*": (own("ages:", "age:"), "6:1: unknown-field age"),
    "an unknown referrer*": (own("[gp]", "[gp, dokter]"), "5:17: unknown-name referrers.1"),
    "nobody refers*": (own("[gp]", "[]"), "5:12: too-few referrers"),
    "an age in words*": (own("16", "zestien"), "6:14: no-number ages.from"),
    "an age too high*": (own("99", "150"), "6:22: out-of-range ages.to"),
    "ages the wrong way round": (own("to: 99", "to: 10"), "6:7: no-ages ages"),
    "a code of three signs*": (own("Z68", "Z6"), "7:17: bad-code codes.usual.0"),
    "an unknown reason*": (own("money]}", "geld]}"), "9:37: unknown-name groups.0.reasons.1"),
    "a reason in two lists": (own("money]}\n", "money]}\n  - {id: twee, reasons: [money]}\n"), "9:3: told-twice groups"),
    "a list twice": (own("money]}\n", "money]}\n  - {id: een, reasons: [grief]}\n"), "9:3: told-twice groups"),
    "an unknown instrument*": (own("[marks]", "[praten]"), "10:16: unknown-name conversation.0"),
    "an unknown purpose*": (own("feedback]\nmun", "delen]\nmun"), "11:22: unknown-name consents.1"),
    "no rest": (own(", for: [money]}\n      - {id: b, name: B", ", for: [money]"), "13:5: no-rest municipalities.0"),
    "no destination*": (own("""
      - {id: a, name: A, for: [money]}
      - {id: b, name: B}""", " []"), "15:19: too-few municipalities.0.destinations"),
    "a destination twice": (own("id: b", "id: a"), "13:5: told-twice municipalities.0"),
    "a place twice": (own("    through", "    also: [HET DORP]\n    through"), "13:3: told-twice municipalities"),
    "a share of two*": (own("0.5", "2"), "21:32: out-of-range targets.0.share"),
    "no number": (own(", share: 0.5"), "21:5: one-of-two targets.0"),
    "a number for a share": (own("share: 0.5", "a_quarter: 5"), "21:5: other-number targets.0"),
    "a target elsewhere": (own("intake,", "intake, municipality: Elders,"), "21:3: unknown-municipality targets"),
    "a target twice": (own("0.5}\n", "0.5}\n  - {indicator: intake, share: 0.6}\n"), "21:3: told-twice targets"),
    "an answer that is none*": (OWN + "meeting: soms\n", "22:10: no-answer meeting"),
    "a deadline of nought*": (OWN + "deadlines: {contact: 0}\n", "22:22: out-of-range deadlines.contact"),
    "an unknown principle*": (OWN + "principles: {geluk: yes}\n", "22:21: unknown-name principles.geluk.[key]"),
    "a desk twice": (OWN + "desks: [{id: a, for: money, name: A}, {id: a, for: care, name: B}]\n", "22:8: told-twice desks"),
    "a name that stands twice": (OWN + "id: groot\n", "22:1: duplicate-key"),
    "no yaml": (OWN + "desks: [\n", "no-yaml"),
    "nothing": ("", "1:1: empty"),
    "a list": ("- a\n", "1:1: no-fields"),
}  # fmt: skip


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_told_at_its_place(what: str, tmp_path: Path) -> None:
    text, due = FAULTS[what]
    path = written(text, tmp_path)
    with pytest.raises(CatalogueError, match="is refused") as refused:
        load_profile(path)
    assert f"{path}:{due}" in str(refused.value) or (due == "no-yaml" and due in str(refused.value)), str(refused.value)
    assert [problem.severity for problem in lint_profile(path)] == ["error"] * len(refused.value.problems)
    assert len(refused.value.problems) == 1


@pytest.mark.parametrize("what", [what for what in FAULTS if what not in ("no yaml", "a name that stands twice")])
def test_an_editor_underlines_what_a_schema_can_say(what: str) -> None:
    assert bool(underlined(FAULTS[what][0])) == (what.endswith("*") or what in ("nothing", "a list"))


def test_all_faults_are_told_in_one_go(tmp_path: Path) -> None:
    text = OWN
    for old, new in (("[gp]", "[dokter]"), ("to: 99", "to: 10"), ("Z68", "Z6"), ("money]}\n", "money, money]}\n"), ("id: b", "id: a"),
                     ("share: 0.5", "a_quarter: 5"), ("channels", "kanalen")):  # fmt: skip
        text = text.replace(old, new, 1)
    with pytest.raises(CatalogueError) as refused:
        load_profile(written(text, tmp_path))
    found = [(problem.line, problem.code) for problem in refused.value.problems]
    assert found == [(5, "unknown-name"), (6, "no-ages"), (7, "bad-code"), (9, "told-twice"), (13, "told-twice"), (19, "unknown-field"),
                     (21, "other-number")]  # fmt: skip


OVERLOOKED = {
    "no consent to pass on": (own("handover, "), "11:11: forgotten consents"),
    "no consent to tell back": (own(", feedback]\nmun", "]\nmun"), "11:11: forgotten consents"),
    "nothing told back": (own("feedback: [after_intake]\n"), "1:1: forgotten feedback"),
    "no channel": (own("channels: [mail]\n"), "1:1: forgotten channels"),
    "a code that nobody has": (own("P03", "Z99"), "7:32: no-such-code codes.listed.0"),
    "a code that means another": (own("Z68", "Z86"), "7:17: no-such-code codes.usual.0"),
    "a destination behind the rest": (own("name: A, for: [money]}", "name: A}"), "17:9: unreached municipalities.0.destinations.1"),
    "a destination for what stands in no list": (own("[money]}", "[sleep]}"), "16:31: unlisted-reason municipalities.0.destinations.0.for"),
    "a target for what is not done": (own("intake, share", "warm_handover, share"), "21:5: idle-target targets.0"),
    "a target for what is not told": (own("intake, share", "feedback_after_3_months, share"), "21:5: idle-target targets.0"),
}  # fmt: skip


@pytest.mark.parametrize("what", OVERLOOKED)
def test_what_was_probably_overlooked_is_a_warning_at_its_place(what: str, tmp_path: Path) -> None:
    text, due = OVERLOOKED[what]
    path = written(text, tmp_path)
    assert load_profile(path).id == "klein"
    (found,) = lint_profile(path)
    assert found.severity == "warning"
    assert str(found).startswith(f"{path}:{due}: "), str(found)


def test_what_the_shipped_ones_leave_open_is_known() -> None:
    found = {name: [problem.path for problem in lint_profile(name)] for name in profile_names()}
    assert found == {"amstelland": [], "mtvp": ["municipalities"], "national": ["municipalities"], "nieuwegein": ["feedback"],
                     "schiedam-mvs": []}  # fmt: skip


def test_the_committed_schema_is_true() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), REMEDY


def test_the_schema_is_draft_07_closed_and_says_in_a_line_what_each_part_is() -> None:
    made = profile_schema()
    Draft7Validator.check_schema(made)
    for node in nodes(made):
        assert "object" not in node.get("type", "") or node["additionalProperties"] is False, node
        assert "$defs" not in node
        if (at := str(node.get("$ref", ""))).startswith("#/definitions/"):
            assert at.removeprefix("#/definitions/") in made["definitions"]
    for name, part in made["definitions"].items():
        assert part["title"], name
        assert 0 < len(part["description"]) <= 130, name


@pytest.mark.parametrize("name", profile_names())
def test_the_shipped_ones_name_the_schema_and_are_not_underlined(name: str) -> None:
    text = (PROFILES / f"{name}.yaml").read_text(encoding="utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(.+)", text)
    assert named
    assert PROFILES / named[1] == COMMITTED
    assert underlined(text) == []


@pytest.mark.parametrize("answer", ["yes", "ja", "no", "nee", '"yes"'])
def test_what_authors_write_is_taken_by_both(answer: str, tmp_path: Path) -> None:
    text = (
        OWN + f"meeting: {answer}\nwarm_handover:\nprinciples: {{wish_leads: {answer}}}\ndeadlines: {{contact: 10}}\n"
    )
    assert underlined(text) == []
    assert load_profile(written(text, tmp_path)).meeting is (answer.strip('"') in ("yes", "ja"))
