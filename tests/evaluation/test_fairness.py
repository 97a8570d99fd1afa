"""For whom it works: figures by hand, nobody's id in them, small groups together, and whatever the order."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wor_match as wm
from tests.learning.story import asked, at, consent, event, visit
from tests.town import activity, catalogue, person
from wor_match.domain.event import Event
from wor_match.evaluation.exposure import FEW_PLACES, FEW_SHOWN, Exposure, exposure
from wor_match.evaluation.fairness import ELSEWHERE, FIGURES, ONE_GROUP, TOO_FEW, Fairness, GroupFigure, fairness
from wor_match.evaluation.groups.groupings import READY, THE_REST, folded
from wor_match.evaluation.groups.shares import newcombe, wilson
from wor_match.evaluation.groups.told_of import SMALL_PART
from wor_match.evaluation.telling.small import LEAST_TOLD
from wor_match.interop.frames import BACKENDS

NAME = "kanarie7391"  # what every id begins with, and nothing else
ORGANISERS = [{"id": "linde", "name": "De Linde"}, {"id": "eik", "name": "De Eik"}]
TOWN = catalogue(
    *(activity(f"a{n}", organiser="linde" if n < 6 else "eik") for n in range(24)),
    activity("dicht", status="closed"),
    organisers=ORGANISERS,
)


def advised(who: str, *names: str, day: int = 0, possible: int | None = None) -> Event:
    """An advice that shows these activities."""
    shown = [{"activity": name, "score": 0.5, "worth": 0.5, "chance": 0.5} for name in names]
    fields = {"decision": f"d-{who}-{day}", "model": "m", "catalogue": "c", "seed": 0, "signals_version": "1"}
    n_possible = len(names) if possible is None else possible
    return event("advised", day, who, n_possible=n_possible, shown=shown, **fields)


def called(*genders: str | None, begin: int = 0) -> list[wm.Participant]:
    return [person(id=f"{NAME}-{begin + n:03d}", **({"gender": one} if one else {})) for n, one in enumerate(genders)]


WOMEN = called(*["woman"] * 30)
MEN = called(*["man"] * 25, begin=30)


def story() -> list[Event]:
    """30 women: 10 find nothing; 20 start, 10 of whom stop in week 2. 25 men: 12 find nothing; 10 start, all stay."""
    told: list[Event] = []
    for n, one in enumerate((*WOMEN, *MEN)):
        woman = n < 30
        place = n if woman else n - 30
        nothing = place < (10 if woman else 12)
        started = place < (20 if woman else 10)
        told += [consent(one.id), advised(one.id, *([] if nothing else ["a0", "a7"]), possible=0 if nothing else 4)]
        told += [advised(one.id, "a1", day=3, possible=9)]  # a later advice: seen, but not the first
        told += [event("chosen", 4, one.id, activities=["a0"])]
        if not started:
            told += [asked(40, "never", one.id, "a0")]
        elif woman and place < 10:
            told += [visit(5, one.id, "a0"), event("stopped", 17, one.id, activity="a0", on=at(17)[:10])]
        else:
            told += [visit(5, one.id, "a0"), asked(5 + 7 * 13, "still", one.id, "a0")]
    return told


STORY = story()


def row(found: Fairness, group: str | None, figure: str) -> GroupFigure:
    (one,) = (one for one in found.rows if (one.group, one.figure) == (group, figure))
    return one


# A case by hand.


def test_every_figure_can_be_redone_by_hand() -> None:
    found = fairness([*WOMEN, *MEN], STORY, TOWN, by="gender")
    assert [(one.group, one.people) for one in found.rows] == [("man", 20)] * 5 + [("woman", 30)] * 5
    assert [one.figure for one in found.rows] == [*FIGURES, *FIGURES]
    women = {one.figure: one for one in found.rows[5:]}
    nothing = women["nothing_found"]
    assert (nothing.n, nothing.value, (nothing.low, nothing.high)) == (30, 1 / 3, wilson(10, 30))
    assert nothing.difference == pytest.approx(10 / 30 - 12 / 25)
    assert (nothing.difference_low, nothing.difference_high) == newcombe(10, 30, 12, 25)
    assert nothing.within_chance
    assert (women["possible"].n, women["possible"].value) == (None, 4.0)
    assert women["seen"].value == pytest.approx(round(3 / 24 * 20) / 20)  # ten of them nearly always saw a0, a1 and a7
    assert (women["started"].n, women["started"].value) == (30, 2 / 3)
    assert (women["stayed"].n, women["stayed"].value) == (20, 0.5)
    assert row(found, "man", "stayed").value == 1.0
    assert (found.without_consent, found.safety_first, found.not_among_the_people, found.reason) == (0, 0, 0, "")


def test_a_real_difference_is_more_than_chance() -> None:
    told = [advised(one.id, possible=0) for one in WOMEN] + [advised(one.id, "a0", possible=1) for one in MEN]
    found = row(fairness([*WOMEN, *MEN], told, TOWN, by="gender"), "woman", "nothing_found")
    assert (found.value, found.difference, found.within_chance) == (1.0, 1.0, False)


def test_without_consent_outcomes_do_not_count_and_it_is_said_how_many() -> None:
    silent = [one for one in STORY if not (one.kind == "consented" and one.of in {who.id for who in MEN})]
    found = fairness([*WOMEN, *MEN], silent, TOWN, by="gender")
    assert found.without_consent == 20
    assert row(found, "man", "started").value is None
    assert row(found, "man", "nothing_found").n == 25  # that something was possible is no outcome
    assert row(found, "woman", "started").reason == ELSEWHERE
    assert row(found, "woman", "started").value == 2 / 3


def test_people_with_safety_first_and_people_nobody_gave_stand_in_no_group() -> None:
    safe = [one.replace(circumstances={"safety": "first"}) for one in called(*["woman"] * 12, begin=60)]
    more = [advised(one.id, "a0") for one in safe] + [advised(f"x{n}", "a0") for n in range(11)]
    found = fairness([*WOMEN, *MEN, *safe], STORY + more, TOWN, by="gender")
    assert found.rows == fairness([*WOMEN, *MEN], STORY, TOWN, by="gender").rows
    assert (found.safety_first, found.not_among_the_people) == (10, 10)


# Groups.


def test_small_groups_stand_together_and_a_small_rest_takes_the_smallest_other_group_in() -> None:
    sizes = {"a": 4, "b": 7, "c": 12, "d": 30}
    labels = {f"{label}{n}": label for label, size in sizes.items() for n in range(size)}
    assert Counter(folded(labels).values()) == {THE_REST: 11, "c": 12, "d": 30}
    fewer = {who: label for who, label in labels.items() if label != "b"}
    assert Counter(folded(fewer).values()) == {THE_REST: 16, "d": 30}
    assert folded({f"p{n}": "a" for n in range(9)}) == {}
    assert Counter(folded({f"p{n}": f"l{n}" for n in range(10)}).values()) == {THE_REST: 10}


@given(st.lists(st.sampled_from(["a", "b", "c", "d", None]), max_size=60))
def test_everybody_stands_in_a_group_of_ten_or_more(labels: list[str | None]) -> None:
    groups = folded({f"p{n}": label for n, label in enumerate(labels)})
    assert len(groups) == (len(labels) if len(labels) >= LEAST_TOLD else 0)
    assert all(size >= LEAST_TOLD for size in Counter(groups.values()).values())


def test_few_people_or_one_group_are_said_to_be_so() -> None:
    assert fairness([], [], TOWN, by="gender").reason == TOO_FEW
    assert fairness(WOMEN[:9], STORY, TOWN, by="gender").rows == ()
    alone = fairness(WOMEN, STORY, TOWN, by="gender")
    assert row(alone, "woman", "nothing_found").reason == ONE_GROUP
    assert row(alone, "woman", "nothing_found").n == 30


def test_the_ready_groupings_by_hand() -> None:
    one = person(gender="man", age=65, languages={"nl": "little"}, place={"postcode": "3431 AB"}, budget=12.5,
                 focus=["zin", "meedoen"], access=["toilet"])  # fmt: skip
    assert {name: label(one) for name, label in READY.items()} == {
        "gender": "man", "age": "65-79", "language": "little", "area": "3431", "budget": "an amount",
        "focus": "meaningfulness", "access": "any need",
    }  # fmt: skip
    nothing = {name: label(person()) for name, label in READY.items()}
    assert {name for name, label in nothing.items() if label is not None} == {"access"}
    assert READY["language"](person(languages={"ar": "good"})) == "none"


@pytest.mark.parametrize(
    ("label", "said"),
    [
        (lambda one: one.id, "is the id of a person"),
        (lambda one: f" {one.id.upper()}", "is the id of a person"),
        (lambda one: "x" * 41, "no word of 1 to 40"),
        (lambda one: "", "no word of 1 to 40"),
        (lambda one: 3, "no word of 1 to 40"),
        (lambda one: "a\nb", "no word of 1 to 40"),
        (lambda one: THE_REST, "is kept for small groups"),
    ],
)
def test_a_label_that_may_not_be_told_is_refused_without_repeating_it(label: Any, said: str) -> None:
    with pytest.raises(wm.WorMatchError, match=said) as fault:
        fairness(WOMEN, [], TOWN, by=label)
    assert "xxxx" not in str(fault.value)


def test_a_label_may_not_name_somebody_who_only_stands_in_the_events() -> None:
    with pytest.raises(wm.WorMatchError, match="is the id of a person"):
        fairness(WOMEN, [advised("riet", "a0")], TOWN, by=lambda one: "riet")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"by": "income"}, "`by` is no grouping"),
        ({"by": 3}, "`by` is no grouping"),
        ({"people": WOMEN[0]}, "needs a list of Participants"),
        ({"people": 3}, "needs a list of Participants"),
        ({"people": ["p1"]}, "no Participant"),
        ({"people": [WOMEN[0], WOMEN[0].replace(gender="man")]}, "told in two ways"),
        ({"catalogue": "town"}, "needs a Catalogue"),
        ({"events": [3]}, "no event"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(change: dict[str, Any], said: str) -> None:
    with pytest.raises(wm.WorMatchError, match=said):
        fairness(**{"people": WOMEN, "events": [], "catalogue": TOWN, "by": "gender", **change})


# Whatever the order, and nobody in it.


@given(st.randoms())
@settings(max_examples=10)
def test_the_order_of_people_and_events_means_nothing_and_twice_is_once(dice: Any) -> None:
    people = [*WOMEN, *MEN, *WOMEN[:5]]
    mixed = fairness(dice.sample(people, len(people)), dice.sample(STORY, len(STORY)) + STORY[:9], TOWN, by="gender")
    assert mixed == fairness([*WOMEN, *MEN], STORY, TOWN, by="gender")


@st.composite
def histories(draw: Any) -> tuple[list[wm.Participant], list[Event]]:
    """Some people of four kinds, each with a history of its own."""
    people = called(*draw(st.lists(st.sampled_from(["woman", "woman", "man", "other", None]), max_size=50)))
    told: list[Event] = []
    for one in people:
        kind = draw(st.integers(0, 5))
        told += [consent(one.id)] if kind else []
        told += [advised(one.id, *(["a0"] if kind % 2 else []))] if kind > 1 else []
        told += [visit(2, one.id, "a0")] if kind > 2 else [asked(30, "never", one.id, "a0")] if kind else []
        told += [asked(100, "still", one.id, "a0")] if kind > 3 else []
    return people, told


@given(histories())
@settings(max_examples=60)
def test_nothing_that_is_told_is_about_one_to_nine_people(history: tuple[list[wm.Participant], list[Event]]) -> None:
    found = fairness(*history, TOWN, by="gender")
    said = json.dumps(found.frame()) + " ".join(found.sentences()) + repr(found)
    assert NAME not in said
    assert "NaN" not in said
    for one in found.rows:
        assert one.people >= LEAST_TOLD
        assert one.people % LEAST_TOLD == 0
        assert one.n is None or one.n >= LEAST_TOLD
        assert (one.value is not None) or one.reason
        if one.n is not None and one.value is not None and one.figure in ("nothing_found", "started"):
            yes = round(one.value * one.n)
            assert all(part == 0 or part >= LEAST_TOLD for part in (yes, one.n - yes))


@given(histories())
@settings(max_examples=60)
def test_a_difference_says_nothing_that_the_shares_do_not_say(
    history: tuple[list[wm.Participant], list[Event]],
) -> None:
    for figure in ("nothing_found", "started"):
        rows = [one for one in fairness(*history, TOWN, by="gender").rows if one.figure == figure]
        for one in rows:
            if one.difference is None:
                continue
            others = [(other.value, other.n) for other in rows if other.group != one.group]
            yes, n = sum(value * n for value, n in others), sum(n for _, n in others)
            assert one.difference == pytest.approx(one.value - yes / n)


def test_with_one_group_hidden_no_difference_is_told_that_would_show_it() -> None:
    third = called(*["other"] * 20, begin=60)
    more = [advised(one.id, possible=0 if n < 3 else 2) for n, one in enumerate(third)]
    found = fairness([*WOMEN, *MEN, *third], STORY + more, TOWN, by="gender")
    assert row(found, "other", "nothing_found").reason == SMALL_PART
    for group in ("woman", "man"):
        one = row(found, group, "nothing_found")
        assert (one.n is None, one.difference, one.reason) == (False, None, ELSEWHERE)


def test_a_renamed_activity_that_they_saw_is_still_seen() -> None:
    town = catalogue(*(activity(f"a{n}") for n in range(23)), activity("nieuw", formerly=["oud"]))
    told = [advised(one.id, "oud", "a0") for one in WOMEN]
    assert row(fairness(WOMEN, told, town, by="gender"), "woman", "seen").value == 0.1  # 2 of 24


# In words and as a frame.


def test_a_sentence_says_the_number_the_interval_and_what_chance_does() -> None:
    said = fairness([*WOMEN, *MEN], STORY, TOWN, by="gender").sentences()
    assert said[5] == (
        "gender, woman (30 to 39 people): nothing was possible in the first advice for 33 % (of 30 people; "
        "95 % interval 19 % to 51 %); -15 points beside all others (-38 to +11): a difference this size is within chance."
    )
    assert said[4].endswith("100 % of those who started still took part after twelve weeks "
                            "(of 10 people; no interval, because a share of none or all has no such interval).")  # fmt: skip
    assert [one for one in said if "no verdict on anybody" in one] == [said[-1]]
    assert not [one for one in said if one.startswith("Fewer than ten")], "who is left out is told from ten people on"
    few = fairness([], [], TOWN, by="age").sentences()
    assert few == ("Nothing can be told by age: there are fewer than ten people.",)
    hidden = [event("advised", 0, one.id, n_possible=int(n > 3), shown=[], decision="d", model="m", catalogue="c", seed=0,
                    signals_version="1") for n, one in enumerate(WOMEN)]  # fmt: skip
    said = fairness(WOMEN, hidden, TOWN, by="gender").sentences()
    assert said[0].endswith(f"it cannot be told for how many nothing was possible, because {SMALL_PART}.")


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_frame_of_any_library_holds_the_rows(backend: Any) -> None:
    found = fairness([*WOMEN, *MEN], STORY, TOWN, by="gender")
    assert len(found.frame(backend)) == len(found.frame()) == 10
    assert len(exposure(STORY, TOWN).frame(backend)) == 2


# The offer.


def test_shown_places_beside_the_offer_by_hand() -> None:
    # 200 people see a0 first and a7 second: 1 and 1/log2(3) = .63093; a0 is of De Linde, with 6 of 24 activities.
    told = [advised(f"p{n}", "a0", "a7") for n in range(200)]
    found = exposure(told, TOWN)
    assert [(one.group, one.people, one.activities, one.shown, one.offered) for one in found.rows] == [
        ("linde", 200, 6, 0.61, 0.25),
        ("eik", 200, 18, 0.39, 0.75),
    ]
    assert (found.step, found.reason) == (0.01, "")
    assert found.sentences()[0] == (
        "organiser linde: 61.0% of what was shown, 25.0% of the open activities; shown to 200 to 209 people."
    )


def test_what_few_were_shown_stands_together_and_what_nobody_was_shown_by_itself() -> None:
    told = [advised(f"p{n}", "a0", "a1") for n in range(40)] + [advised(f"q{n}", "a2", "a7", "a8") for n in range(6)]
    told += [advised(f"r{n}", "a9") for n in range(5)] + [advised("s", "weg")]
    found = exposure(told, TOWN, by="activity")
    rows = {one.group: one for one in found.rows}
    assert {name for name, one in rows.items() if one.people} == {"a0", "a1", THE_REST}
    assert rows[THE_REST].people == 10  # six, five and one
    assert found.rows[-1].group == THE_REST
    assert rows["a3"].shown == 0.0
    assert "weg" not in rows
    assert sum(one.activities for one in found.rows) == 24
    assert [one.group for one in exposure(told, TOWN, by="term").rows] == [THE_REST]  # one person saw what has no term


def test_a_small_rest_takes_the_least_shown_other_in() -> None:
    told = [advised(f"p{n}", "a0", "a1") for n in range(40)] + [advised(f"q{n}", "a2") for n in range(12)]
    told += [advised("s", "a3")]
    rows = {one.group: one.people for one in exposure(told, TOWN, by="activity").rows if one.people}
    assert rows == {"a0": 40, "a1": 40, THE_REST: 10}


def test_exposure_of_little_is_refused_with_a_reason() -> None:
    assert exposure([], TOWN) == Exposure("organiser", (), None, FEW_SHOWN)
    assert exposure([advised(f"p{n}", "a0") for n in range(9)], TOWN).reason == FEW_SHOWN
    assert exposure([advised(f"p{n}", "a0") for n in range(12)], TOWN).reason == FEW_PLACES
    assert exposure([], TOWN).sentences() == (f"Nothing can be told by organiser: {FEW_SHOWN}.",)
    with pytest.raises(wm.WorMatchError, match="`by` is none of"):
        exposure([], TOWN, by="town")
    with pytest.raises(wm.WorMatchError, match="needs a Catalogue"):
        exposure([], "town")


def test_a_renamed_activity_counts_under_its_present_name() -> None:
    town = catalogue(activity("nieuw", formerly=["oud"]))
    found = exposure([advised(f"p{n}", "oud") for n in range(30)], town, by="activity")
    assert [(one.group, one.shown) for one in found.rows] == [("nieuw", 1.0)]
