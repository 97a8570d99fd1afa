"""The note to a referrer: facts from events, short, with consent in force only, and nothing that a web or a score says."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest

import wor_match as wm
from tests.pathway.told import after, told, until_choice, yes
from wor_match.domain.event import Event
from wor_match.errors import EventError
from wor_match.pathway import Feedback, Profile, due, feedback, load_profile
from wor_match.pathway.feedback import MOMENTS

AMSTELLAND = load_profile("amstelland")
NAMES = {"koor": "Koor Amstel", "tuin": "De Tuin"}
STARTED = [
    *until_choice(),
    yes("feedback"),
    told("handed_over", "p1", 22, activity="koor", how="introduced"),
    told("visited", "p1", 25, activity="koor", attended=True, ratings={"welcome": 5}),
]


def note(events: list[Event], moment: str = "after_intake", **how: Any) -> Feedback:
    return feedback(events, "p1", moment, AMSTELLAND, **{"names": NAMES, **how})  # type: ignore[arg-type]  # as hosts do


def test_after_the_first_talk_the_referrer_hears_what_happened() -> None:
    tracks = [told("track", "p1", 10, track="money", state="first"), told("track", "p1", 10, track="skills", state="alongside"),
              told("track", "p1", 10, track="housing", state="no")]  # fmt: skip
    assert note([*STARTED, *tracks]).facts["tracks"] == {"money": "first", "skills": "alongside"}
    assert note([*STARTED, *tracks]).text().split("\n") == [
        "Terugkoppeling na het eerste gesprek",
        "Verwezen op maandag 2 november 2026 door de huisarts.",
        "Het eerste contact was op zaterdag 7 november 2026.",
        "Het eerste gesprek was op donderdag 12 november 2026. Daarbij gebruikten we het spinnenweb. "
        "De deelnemer koos wat er mag veranderen.",
        "Gekozen op zondag 22 november 2026. Het gaat om Koor Amstel. De deelnemer koos zelf.",
        "Koor Amstel: voorgesteld op dinsdag 24 november 2026.",
        "Eerst kijken we naar geldzaken. Daarnaast kijken we naar taal, lezen of digitaal.",
        "Vragen? Bel de coach gerust.",
    ]


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ([], "On Friday 27 November 2026 the participant still took part."),
        ([told("followed_up", "p1", 110, activity="koor", status="still")],
         "On Saturday 20 February 2027 the participant still took part."),
        ([told("followed_up", "p1", 110, activity="koor", status="stopped", reason="practical")],
         "The participant has stopped. The reason: time, money or transport."),
        ([told("stopped", "p1", 60, activity="koor", on="2026-12-30")], "The participant has stopped."),
        ([told("followed_up", "p1", 110, activity="koor", status="other")], "The participant is active elsewhere now."),
    ],
)  # fmt: skip
def test_after_three_months_it_says_how_it_stands_and_why(more: list[Event], line: str) -> None:
    lines = note([*STARTED, *more], "after_3_months").text("en").split("\n")
    assert lines[0] == "Feedback after three months"
    assert f"Koor Amstel, first time on Friday 27 November 2026. {line}" in lines
    assert not any("introduced" in one or "contact" in one for one in lines)


def test_who_never_began_did_not_begin_and_nobody_makes_up_a_first_day() -> None:
    never = told("followed_up", "p1", 110, activity="koor", status="never", reason="health")
    one = note([*until_choice(), yes("feedback"), never], "after_3_months")
    assert "Koor Amstel. The participant did not begin. The reason: health." in one.text("en")
    (only,) = one.facts["activities"]
    assert (only["first_visit"], only["stands"], only["why"]) == (None, "never", "health")
    asked = told("followed_up", "p1", 110, activity="koor", status="stopped", last_week=3)
    assert (
        note([*until_choice(), yes("feedback"), asked], "after_3_months").facts["activities"][0]["first_visit"] is None
    )
    unknown = note([*until_choice(), yes("feedback")], "after_3_months")
    assert "Koor Amstel. We weten nog niet hoe het nu gaat." in unknown.text()


def test_no_choice_a_choice_for_nothing_and_one_outside_the_catalogue_are_three_things() -> None:
    talked = [*until_choice()[:3], yes("feedback")]
    assert "Er is nog geen keuze gemaakt." in note(talked).text()
    nothing = note([*talked, told("chosen", "p1", 20, activities=[])])
    assert "Er is nu geen activiteit gekozen." in nothing.text()
    assert nothing.facts["nothing_chosen"]
    outside = note([*talked, told("chosen", "p1", 20, outside="zingen", by="together")])
    assert "Het gaat om zingen. De deelnemer en de coach kozen samen." in outside.text()
    assert "koor-2" in note([*talked, told("chosen", "p1", 20, activities=["koor-2"])]).text(), "an id without a name"


def test_each_activity_has_its_own_facts_and_only_what_was_chosen_is_told_as_chosen() -> None:
    missed = told("visited", "p1", 24, activity="koor", attended=False)
    other = [told("visited", "p1", 23, activity="tuin", attended=True), told("intake", "p1", 12, instrument="4d")]
    one = note([*STARTED, missed, *other, told("handed_over", "p1", 26, activity="tuin", how="none")])
    koor, tuin = one.facts["activities"]
    assert (koor["first_visit"], tuin["first_visit"]) == (after(25), after(23))
    assert (koor["handed_over"], tuin["handed_over"]) == (after(22), None)
    assert (koor["chosen"], tuin["chosen"]) == (True, False)
    assert one.facts["instrument"] == "4d", "the latest talk"
    assert "Het gaat om Koor Amstel. De" in one.text()
    assert "De Tuin" not in one.text()


def test_who_goes_somewhere_has_chosen_though_nobody_told_of_a_choice() -> None:
    came = told("visited", "p1", 23, activity="tuin", attended=True)
    assert "keuze" not in note([*until_choice()[:3], yes("feedback"), came]).text()


def test_a_no_to_being_passed_on_counts_on_the_day_of_the_note_and_after_it() -> None:
    begun, no = [*until_choice(), yes("feedback")], yes("handover", day=15, given=False)
    again = yes("handover", day=40)
    for history, day in (([*begun, no], 12), ([*begun, no], 16), ([*begun, no, again], 16)):
        with pytest.raises(EventError, match="said no to being passed on"):
            note(history, at=after(day))
    assert note([*begun, no, again])


def test_of_many_activities_three_are_told_and_the_rest_is_counted_so_the_note_stays_short() -> None:
    many = [f"a{number}" for number in range(9)]
    full = [*until_choice()[:3], yes("feedback"), told("chosen", "p1", 20, activities=many, by="coach"),
            *(told("handed_over", "p1", 21, activity=name, how="called") for name in many),
            *(told("track", "p1", 10, track=name, state="first") for name in ("money", "housing", "care", "skills"))]  # fmt: skip
    for moment in MOMENTS:
        lines = note(full, moment).text().split("\n")
        assert len(lines) <= 12
        assert lines.count("En nog 6 andere.") == 1
        assert "Het gaat om a0, a1 en a2. En nog 6 andere. De coach koos." in "\n".join(lines)


@pytest.mark.parametrize("language", ["nl", "nl-je", "en"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_every_fact_has_its_sentence_in_each_language(language: str, moment: str) -> None:
    for instrument, focus, by in itertools.product(
        ("4d", "none", "adult-44", None), (True, False, None), ("participant", "together", "coach", None)
    ):
        intake = {
            name: value for name, value in (("instrument", instrument), ("focus_chosen", focus)) if value is not None
        }
        history = [told("intake", "p1", 10, **intake), yes("feedback"),
                   told("chosen", "p1", 12, activities=["koor"], **({"by": by} if by else {}))]  # fmt: skip
        text = note(history, moment).text(language)
        assert not re.search(r"[{}]|None", text)
        assert len(text.split("\n")) <= 12


def test_nothing_of_a_web_a_score_a_rating_or_whom_it_is_about_stands_in_it() -> None:
    advice = told("advised", "p1", 11, decision="d", model="m", catalogue="c", seed=1, signals_version="1", n_possible=1,
                  shown=[{"activity": "koor", "score": 0.4321, "worth": 0.8765, "chance": 0.5432}])  # fmt: skip
    one = note([*STARTED, advice], "after_3_months")
    for face in (one.text(), one.to_markdown(), repr(one), str(dict(one.facts))):
        assert not re.search(r"0\.\d|4321|8765|5432|welcome|score|chance", face)
        assert "p1" not in face
    assert repr(one) == "Feedback(moment='after_3_months', channels=('mail', 'referral_service', 'meeting'))"


def test_in_markdown_a_name_stays_text_and_takes_no_line_of_its_own() -> None:
    one = note(STARTED, names={"koor": "*Koor*\n# [x](y)\u202e"})
    assert one.to_markdown().startswith("## Terugkoppeling na het eerste gesprek\n\n- Verwezen op")
    assert r"\*Koor\* \# \[x\](y)" in one.to_markdown()
    assert "\u202e" not in one.text()
    assert len(one.text().split("\n")) == 7


def test_names_come_from_a_catalogue_too() -> None:
    catalogue = wm.load_catalogue("amstelveen")
    name = catalogue.activities[0].id
    one = feedback([*until_choice(activity=name), yes("feedback")], "p1", "after_intake", AMSTELLAND, names=catalogue)
    assert catalogue.activities[0].name in one.text()
    for odd in (["koor"], {"koor": 3}, None):
        with pytest.raises(wm.WorMatchError, match="`names` takes a Catalogue"):
            note(STARTED, names=odd)


def test_consent_that_is_taken_back_takes_the_person_out_at_once_in_any_order_of_telling() -> None:
    begun = [*until_choice(), yes("feedback", day=10)]
    assert note(begun)
    no = yes("feedback", day=30, given=False)
    for order in itertools.permutations([*begun[2:], no]):
        with pytest.raises(EventError, match="participant p1 said no to telling the referrer"):
            note([*begun[:2], *order])
    with pytest.raises(EventError, match="send nothing"):
        note([*begun, no], at=after(20)), "a note of an earlier day is sent after the no"
    assert note([*begun, no, yes("feedback", day=40)]), "who says yes again is told of again"


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (until_choice(), "gave no consent to feedback yet; ask"),
        ([*until_choice(), yes("learning"), yes("handover")], "purpose feedback"),
        ([*until_choice(), yes("feedback", given=False)], "said no to telling the referrer"),
        ([*until_choice(), yes("feedback"), yes("handover", day=3, given=False)],
         r"said no to being passed on \(consent to handover\)"),
        ([*until_choice()[:2], yes("feedback")], "had no first talk yet; feedback comes after it"),
        ([yes("feedback")], "has no referral and no talk on this day"),
        ([], "participant p1 is not in this history"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_with_what_to_do(events: list[Event], said: str) -> None:
    with pytest.raises(EventError, match=said) as fault:
        note(events)
    assert not fault.value.problems


def test_a_yes_and_a_no_at_one_moment_is_a_no() -> None:
    with pytest.raises(EventError, match="said no to telling the referrer"):
        note([*until_choice(), yes("feedback"), told("consented", "p1", 0, purpose="feedback", given=False,
                                                     event_id="other")])  # fmt: skip


@pytest.mark.parametrize("odd", ["Jan Jansen", "123456782", "x" * 200, "p\n1", 7, None, "p-12345678-9"])
def test_who_is_no_pseudonym_is_not_repeated(odd: Any) -> None:
    with pytest.raises(
        EventError, match=r"^participant is not in this history; look at the pseudonym \[unknown-person\]$"
    ):
        feedback(STARTED, odd, "after_intake", AMSTELLAND)


def test_a_moment_and_a_profile_that_are_none_are_refused_by_name() -> None:
    with pytest.raises(wm.WorMatchError, match="there are: after_intake, after_3_months"):
        note(STARTED, "after_a_year")
    with pytest.raises(wm.WorMatchError, match="this needs a Profile"):
        feedback(STARTED, "p1", "after_intake", "amstelland")  # type: ignore[arg-type]  # refused
    with pytest.raises(wm.WorMatchError, match="`at` is no date"):
        note(STARTED, at="2026-11-20")


def test_the_order_of_telling_and_other_people_change_nothing() -> None:
    others = [*until_choice("p2", "tuin"), yes("feedback", "p2")]
    one = note([*STARTED, *others])
    assert one == note([*reversed(others), *reversed(STARTED)])
    assert "De Tuin" not in one.text()


def test_of_a_day_only_what_was_told_by_then_counts() -> None:
    assert "Er is nog geen keuze gemaakt." in note(STARTED, at=after(15)).text()
    with pytest.raises(EventError, match="had no first talk yet"):
        note(STARTED, at=after(8))


def test_a_second_course_is_told_of_by_itself() -> None:
    sent = told("feedback_sent", "p1", 120, moment="after_3_months")
    again = [told("referred", "p1", 200, referrer="psychologist"), told("intake", "p1", 210)]
    one = note([*STARTED, sent, *again])
    assert one.facts["referrer"] == "psychologist"
    assert one.facts["activities"] == ()


def test_that_it_was_sent_is_written_down_and_closes_what_is_due() -> None:
    one = note(STARTED)
    at = told("contacted", "p1", 30).at
    sent = one.event(at=at, channel="mail")
    assert (sent.kind, sent.person, sent.moment, sent.channel) == ("feedback_sent", "p1", "after_intake", "mail")
    assert sent == one.event(at=at, channel="mail"), "told twice alike it is one event"
    assert sent.event_id != one.event(at=at, channel="meeting").event_id
    assert one.event(at=at, event_id="own").event_id == "own"
    open_ = [{one.what for one in due(history, after(40), AMSTELLAND)} for history in (STARTED, [*STARTED, sent])]
    assert ["feedback_after_intake" in one for one in open_] == [True, False]
    for wrong in ({"at": after(30)}, {"at": at, "channel": "pigeon"}, {"at": at, "source": "nobody"}):
        with pytest.raises(EventError):
            one.event(**wrong)


def test_the_channels_are_those_of_the_region() -> None:
    assert note(STARTED).channels == AMSTELLAND.channels
    assert (
        feedback(
            STARTED,
            "p1",
            "after_intake",
            Profile.model_validate({**AMSTELLAND.model_dump(by_alias=True), "channels": []}),
        ).channels
        == ()
    )
