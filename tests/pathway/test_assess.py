"""Whether a referral fits: each rule of each profile worked by hand, and for any referral one of three verdicts."""

from __future__ import annotations

import itertools
import json
import traceback
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wor_match.domain.length import longest
from wor_match.domain.participant import CIRCUMSTANCES, State
from wor_match.domain.referral import Channel, ReferralReason, Referrer
from wor_match.errors import WorMatchError
from wor_match.pathway import Assessment, Profile, Referral, assess, load_profile, profile_names
from wor_match.pathway.assessing.assess import SEVERITY
from wor_match.wording.lint import FORBIDDEN
from wor_match.wording.words import words

SOUND = {
    "referrer": "gp",
    "practice": "praktijk-1",
    "code": "Z68",
    "age": 67,
    "reasons": ["loneliness"],
    "patient_informed": True,
}
TOWN = {
    "amstelland": "Amstelveen",
    "nieuwegein": "Nieuwegein",
    "schiedam-mvs": "Schiedam",
    "mtvp": "Leiden",
    "national": "Utrecht",
}
Case = tuple[str, dict[str, Any], str, tuple[str, ...], str | None]


def assessed(profile: str, consented: Any = (), **changed: Any) -> Assessment:
    told = {"municipality": TOWN[profile], **SOUND, **changed}
    return assess(Referral(**told), load_profile(profile), consented=consented)


def open_in(made: Assessment) -> tuple[str, ...]:
    """The findings that are no yes."""
    return tuple(one.name for one in made.reasons if one.verdict != "fits")


STABLE = {"circumstances": {"stability": "no"}}
WORKED: list[Case] = [  # profile, what is told otherwise, verdict, what is not in order, where to
    ("amstelland", {}, "fits", (), "welzijn-op-recept"),
    ("amstelland", {"municipality": "AMSTELVEEN"}, "fits", (), "welzijn-op-recept"),
    ("amstelland", {"reasons": ["moving_more"], **STABLE}, "fits", (), "amstelveen-sport"),
    ("amstelland", {"reasons": ["lifestyle"], **STABLE}, "fits", (), "buurtsportcoach"),
    ("amstelland", {"reasons": ["lifestyle", "moving_more"], **STABLE}, "fits", (), "buurtsportcoach"),
    ("amstelland", {"reasons": ["lifestyle", "loneliness"], **STABLE}, "fits", (), "welzijn-op-recept"),
    ("amstelland", {"reasons": ["lifestyle"]}, "ask", ("stability_unknown",), "buurtsportcoach"),
    ("amstelland", {"reasons": ["sleep"], "circumstances": {"stability": "not_asked"}}, "ask", ("stability_unknown",), "welzijn-op-recept"),
    ("amstelland", {"reasons": ["sleep"], "circumstances": {"stability": "arranged"}}, "fits", (), "welzijn-op-recept"),
    ("amstelland", {"circumstances": {"stability": "alongside"}}, "ask", ("stability_open",), "welzijn-op-recept"),
    ("amstelland", {"reasons": ["chronic"]}, "fits", (), "ouderenadviseur"),
    ("amstelland", {"reasons": ["chronic"], "age": 65}, "fits", (), "ouderenadviseur"),
    ("amstelland", {"reasons": ["chronic"], "age": 64}, "fits", (), "welzijn-op-recept"),
    ("amstelland", {"reasons": ["chronic"], "age": None}, "ask", ("age_unknown",), "welzijn-op-recept"),
    ("amstelland", {"age": 18}, "fits", (), "welzijn-op-recept"),
    ("amstelland", {"age": 17}, "elsewhere", ("age_elsewhere",), None),
    ("amstelland", {"municipality": "Aalsmeer", "reasons": ["moving_more"], **STABLE}, "fits", (), "bewegen-op-recept"),
    ("amstelland", {"municipality": "Aalsmeer", "reasons": ["money"], "circumstances": {"stability": "no", "money": "alongside"}},
     "fits", (), "maatschappelijk-werk"),
    ("amstelland", {"municipality": "Aalsmeer", "reasons": ["money"], **STABLE}, "ask", ("money_not_asked",), "maatschappelijk-werk"),
    ("amstelland", {"municipality": "Ouderkerk"}, "fits", (), "welzijn-op-recept"),
    ("amstelland", {"municipality": "Ouder-Amstel"}, "fits", (), "welzijn-op-recept"),
    ("amstelland", {"municipality": "Uithoorn"}, "elsewhere", ("place_elsewhere",), None),
    ("amstelland", {"municipality": None}, "ask", ("place_unknown",), None),
    ("amstelland", {"referrer": "psychologist"}, "ask", ("referrer_not_agreed",), "welzijn-op-recept"),
    ("amstelland", {"code": "Z86"}, "fits", (), "welzijn-op-recept"),
    ("amstelland", {"code": None}, "fits", (), "welzijn-op-recept"),
    ("amstelland", {"code": "P03"}, "ask", ("code_not_agreed",), "welzijn-op-recept"),
    ("amstelland", {"code": "Z70"}, "ask", ("code_not_agreed",), "welzijn-op-recept"),
    ("amstelland", {"reasons": ["grief"]}, "ask", ("reason_not_listed",), "welzijn-op-recept"),
    ("amstelland", {"reasons": []}, "ask", ("reason_missing",), "welzijn-op-recept"),
    ("amstelland", {"patient_informed": None}, "ask", ("participant_not_asked",), "welzijn-op-recept"),
    ("amstelland", {"patient_informed": False}, "ask", ("participant_not_asked",), "welzijn-op-recept"),
    ("amstelland", {"circumstances": {"safety": "first"}}, "ask", ("safety_first",), "welzijn-op-recept"),
    ("amstelland", {"age": 12, "municipality": None}, "elsewhere", ("age_elsewhere", "place_unknown"), None),
    ("mtvp", {}, "fits", (), None),
    ("mtvp", {"code": "Z86"}, "fits", (), None),
    ("mtvp", {"code": "p03.01"}, "fits", (), None),
    ("mtvp", {"code": "P76"}, "ask", ("code_not_agreed",), None),
    ("mtvp", {"code": "Z"}, "ask", ("code_unreadable",), None),
    ("mtvp", {"code": None}, "ask", ("code_missing",), None),
    ("mtvp", {"code": None, "channel": "mail"}, "ask", ("code_missing",), None),
    ("mtvp", {"code": None, "channel": "referral_service"}, "fits", (), None),
    ("mtvp", {"municipality": None}, "fits", (), None),
    ("mtvp", {"referrer": "self"}, "ask", ("referrer_not_agreed",), None),
    ("mtvp", {"reasons": ["low_mood"]}, "ask", ("stability_unknown",), None),
    ("mtvp", {"reasons": ["chronic"]}, "fits", (), None),
    ("nieuwegein", {}, "fits", (), "welzijnscoach"),
    ("nieuwegein", {"referrer": "physiotherapist"}, "fits", (), "welzijnscoach"),
    ("nieuwegein", {"referrer": "district_team"}, "ask", ("referrer_not_agreed",), "welzijnscoach"),
    ("nieuwegein", {"municipality": "Houten"}, "elsewhere", ("place_elsewhere",), None),
    ("nieuwegein", {"code": None, "reasons": ["low_mood", "grief"]}, "fits", (), "welzijnscoach"),
    ("schiedam-mvs", {}, "fits", (), "welzijnscoach-schiedam"),
    ("schiedam-mvs", {"municipality": "Maassluis", "code": "P27"}, "fits", (), "welzijnscoach-maassluis"),
    ("schiedam-mvs", {"municipality": "Vlaardingen", "age": 19}, "fits", (), "welzijnscoach-vlaardingen"),
    ("schiedam-mvs", {"code": None}, "ask", ("code_missing",), "welzijnscoach-schiedam"),
    ("schiedam-mvs", {"code": "A04"}, "ask", ("code_not_agreed",), "welzijnscoach-schiedam"),
    ("schiedam-mvs", {"reasons": ["grief", "relations"]}, "fits", (), "welzijnscoach-schiedam"),
    ("schiedam-mvs", {"reasons": ["anxiety"]}, "ask", ("stability_unknown",), "welzijnscoach-schiedam"),
    ("schiedam-mvs", {"municipality": "Rotterdam"}, "elsewhere", ("place_elsewhere",), None),
    ("national", {}, "fits", (), None),
    ("national", {"referrer": "self", "code": None}, "fits", (), None),
    ("national", {"code": "L86"}, "ask", ("code_not_agreed",), None),
    ("national", {"reasons": ["other"]}, "ask", ("reason_not_listed",), None),
    ("national", {"circumstances": {"safety": "no", "money": "arranged"}}, "fits", (), None),
    ("national", {"circumstances": {"housing": "first", "skills": "alongside"}}, "fits", (), None),
]  # fmt: skip


@pytest.mark.parametrize(("profile", "changed", "verdict", "not_in_order", "to"), WORKED)
def test_each_rule_is_asked_as_the_region_agreed(
    profile: str, changed: dict[str, Any], verdict: str, not_in_order: tuple[str, ...], to: str | None
) -> None:
    made = assessed(profile, **changed)
    assert (made.verdict, open_in(made)) == (verdict, not_in_order)
    assert (made.route.destination if made.route else None) == to


def test_every_rule_and_every_profile_stands_in_the_table() -> None:
    assert {case[0] for case in WORKED} == set(profile_names())
    found = {one.name for case in WORKED for one in assessed(case[0], **case[1]).reasons}
    assert found == set(words("nl")["assess"]["findings"])


def test_the_route_names_the_organisation_who_has_the_first_talk_and_what_else_there_is() -> None:
    there = assessed("amstelland", municipality="Ouderkerk", channel="mail").route
    assert there is not None
    assert (there.name, there.through, there.intake_by, there.channel, there.others) == (
        "Welzijn op Recept door Maatschappelijk Werk", "Participe", "social_worker", "mail", ())  # fmt: skip
    assert "De maatschappelijk werker voert het eerste gesprek." in there.sentence()
    mixed = assessed("amstelland", reasons=["chronic", "moving_more", "loneliness"], circumstances={"stability": "no"})
    assert mixed.route is not None
    assert (mixed.route.destination, mixed.route.channel) == ("welzijn-op-recept", "referral_service")
    assert mixed.route.others == ("Amstelveen Sport", "Buurtsportcoach", "Ouderenadviseur")
    assert mixed.route.sentence("en").endswith("Also possible: Amstelveen Sport, Buurtsportcoach or Ouderenadviseur.")


def test_a_code_that_does_not_exist_is_read_as_what_is_meant_or_said_to_be_none() -> None:
    usual, odd = assessed("amstelland"), assessed("amstelland", code="z86.01")
    assert (usual.verdict, usual.reasons, usual.route) == (odd.verdict, odd.reasons, odd.route)
    assert usual.warnings == ()
    assert [one.sentence() for one in odd.warnings] == ["Code Z86 bestaat niet in ICPC-1. Dit telt als Z68."]
    said = {
        code: [one.name for one in assessed("national", code=code).warnings]
        for code in ("Z29", "z68", "Z70", "P00", "68", "Q12")
    }
    assert said == {
        "Z29": [],
        "z68": [],
        "Z70": ["no_such_code"],
        "P00": ["no_such_code"],
        "68": ["no_icpc"],
        "Q12": ["no_icpc"],
    }


def test_a_code_that_was_not_agreed_is_named_without_its_subcode() -> None:
    said = [one.sentence() for one in assessed("mtvp", code="p76.02").reasons if one.name == "code_not_agreed"]
    assert said == ["Code P76 staat niet in de afspraken. Vraag ernaar bij de verwijzer."]


def test_what_was_told_in_place_of_a_code_is_never_repeated() -> None:
    made = assessed("mtvp", code="jan-jansen")
    assert "jansen" not in (made.to_markdown() + json.dumps(made.to_dict()) + repr(made)).lower()


def test_what_counts_in_the_neighbourhood_partnership_has_a_practice_and_names_its_own_region() -> None:
    made = assessed("mtvp", practice=None, pathway="national")
    assert [one.name for one in made.warnings] == ["other_pathway", "no_practice"]
    assert made.verdict == "fits"
    assert not assessed("mtvp", pathway="mtvp").warnings
    assert not assessed("amstelland", practice=None).warnings


def test_what_comes_first_stands_in_one_order_with_its_desks() -> None:
    told = dict(zip(CIRCUMSTANCES, itertools.cycle(("first", "alongside")), strict=False))
    made = assessed("amstelland", circumstances=told)
    assert [one.circumstance for one in made.first] == ["safety", "money", "housing", "skills", "care", "stability"]
    assert [desk.name for desk in made.first[1].desks] == ["Maatschappelijk werk van Participe"]
    assert "Maatschappelijk werk van Participe." in made.first[1].sentence()
    assert made.first[0].sentence() == (
        "Veiligheid gaat voor. Praat hier eerst over, zonder advies voor een activiteit.")  # fmt: skip
    assert not assessed("amstelland", circumstances=dict.fromkeys(CIRCUMSTANCES, "arranged")).first
    assert not assessed("amstelland", circumstances=dict.fromkeys(CIRCUMSTANCES, "no")).first


def test_consents_are_those_of_the_region_that_are_not_in_force() -> None:
    assert assessed("national").consents == ("handover", "matching", "follow_up", "feedback")
    assert assessed("national", ["matching", "learning"]).consents == ("handover", "follow_up", "feedback")
    assert assessed("national", {"handover": True, "feedback": False}).consents == ("matching", "follow_up", "feedback")
    assert assessed("nieuwegein", iter(["handover"])).consents == ()


def test_it_reads_as_a_page_and_always_says_that_it_is_not_for_what_is_urgent() -> None:
    made = assessed("amstelland", ["handover", "feedback"], reasons=["sleep"])
    assert made.to_markdown() == (
        "# Vraag eerst iets na.\n\n"
        "## Waarom\n\n"
        "- Is de situatie stabiel, en is er al zorg? Vraag het de verwijzer.\n"
        "- Amstelveen hoort bij deze regio.\n"
        "- Slecht slapen: dat staat in de lijst leefstijl en lasten.\n"
        "- Code Z68 past bij de afspraken.\n\n"
        "## Waarheen\n\n"
        "- Dit gaat naar Welzijn op Recept. Participe neemt de verwijzing aan. De verwijzing gaat via de verwijsdienst. "
        "De welzijnscoach voert het eerste gesprek.\n\n"
        "Dit zegt niets over spoed. Bel bij spoed de huisarts of 112.\n"
    )
    assert made.reasons[0].whom == "referrer"
    for language in ("nl", "nl-je", "en"):
        assert made.to_markdown(language).endswith(f"\n\n{made.caution(language)}\n")


def test_ages_are_said_with_the_bounds_that_bound() -> None:
    for ages, said in (
        ((16, 30), "van 16 tot en met 30 jaar"),
        ((0, 17), "tot en met 17 jaar"),
        ((55, 120), "vanaf 55 jaar"),
    ):
        own = load_profile("national").replace(ages={"from": ages[0], "to": ages[1]})
        (found,) = (one for one in assess(Referral(**{**SOUND, "age": None}), own).reasons if one.name == "age_unknown")
        assert found.sentence() == f"Hoe oud is de deelnemer? Deze regio is voor mensen {said}."
    everybody = load_profile("national").replace(ages={"from": 0})
    assert assess(Referral(**{**SOUND, "age": None}), everybody).verdict == "fits", "where any age fits none is asked"


@pytest.mark.parametrize(
    "asked",
    [
        lambda: assess({"referrer": "gp"}, load_profile("national")),
        lambda: assess(Referral(**SOUND), "national"),
        lambda: assess(Referral(**SOUND), None),
        *(lambda told=told: assess(Referral(**SOUND), load_profile("national"), consented=told)
          for told in ("handover", ["verwijzen"], 3, None, [["handover"]], {"verwijzen": True})),
    ],
)  # fmt: skip
def test_what_cannot_be_assessed_is_one_sentence_without_what_was_told(asked: Any) -> None:
    with pytest.raises(WorMatchError) as refused:
        asked()
    assert len(str(refused.value).splitlines()) == 1
    assert "verwijzen" not in str(refused.value)


def test_neither_text_nor_a_traceback_shows_who_it_is_about() -> None:
    made = assessed("amstelland", reasons=["money"])
    assert repr(made) == "Assessment(verdict='ask')"
    with pytest.raises(WorMatchError) as refused:
        assess(Referral(**SOUND), load_profile("national"), consented=["verwijzen"])
    ours = [
        frame for frame, _ in traceback.walk_tb(refused.value.__traceback__) if "wor_match" in frame.f_code.co_filename
    ]
    assert all("referral" not in frame.f_locals for frame in ours)


REASONS, REFERRERS = get_args(ReferralReason), get_args(Referrer)
PROFILES = [load_profile(name) for name in profile_names()]
towns = st.sampled_from([one.name for profile in PROFILES for one in profile.municipalities]) | st.just("Elders")
referrals = st.fixed_dictionaries(
    {"referrer": st.sampled_from(REFERRERS)},
    optional={
        "practice": st.just("praktijk-1"),
        "pathway": st.sampled_from(["amstelland", "elders"]),
        "municipality": towns,
        "code": st.sampled_from(["Z68", "Z86", "p03.01", "Z99", "A00", "?", "P76"]),
        "reasons": st.lists(st.sampled_from(REASONS), max_size=6),
        "channel": st.sampled_from(get_args(Channel)),
        "patient_informed": st.booleans(),
        "age": st.integers(0, 120),
        "circumstances": st.dictionaries(st.sampled_from(CIRCUMSTANCES), st.sampled_from(get_args(State))),
    },
)


@given(told=referrals, profile=st.sampled_from(PROFILES), rnd=st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_any_referral_gets_one_verdict_whatever_the_order_of_its_reasons(
    told: dict[str, Any], profile: Profile, rnd: Any
) -> None:
    made = assess(Referral(**told), profile)
    assert made.verdict == min((one.verdict for one in made.reasons), key=SEVERITY.index)
    assert (made.route is None) == (made.verdict == "elsewhere" or profile.place(told.get("municipality")) is None)
    assert {one.name for one in made.reasons} >= ({"reason_missing"} if not told.get("reasons") else set())
    mixed = {**told, "reasons": rnd.sample(told.get("reasons", []), k=len(told.get("reasons", [])))}
    assert assess(Referral(**mixed), profile) == made
    json.dumps(made.to_dict("en"), allow_nan=False)
    for language in ("nl", "en"):
        page = made.to_markdown(language)
        assert not FORBIDDEN[language].search(page), page
        assert max(longest(line.removeprefix("- ")) for line in page.splitlines() if line[:1] != "#") <= 12, page
