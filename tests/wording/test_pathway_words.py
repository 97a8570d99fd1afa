"""What an event can say in a code has words in every language, so that nobody meets a bare code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from wor_match.domain.kinds import Again, FollowUpStatus
from wor_match.domain.participant import StopReason
from wor_match.interop.cds_hooks import cards, feedback
from wor_match.pathway.follow_up.answers import ANSWERS, MARKS, answers_to
from wor_match.pathway.follow_up.questions import ASKED, RATED
from wor_match.pathway.invented import NOTHING
from wor_match.pathway.registration.codes import DROP_OUT
from wor_match.wording.words import languages, words


@pytest.mark.parametrize("language", languages())
def test_every_reason_of_ours_to_choose_nothing_has_words_and_no_two_the_same(language: str) -> None:
    ours = {*NOTHING, *cards.OFFERED, feedback.OTHER, *(as_nothing for _, as_nothing in DROP_OUT)}
    told = words(language)["labels"]["none_reason"]
    assert set(told) == ours
    assert len(set(told.values())) == len(ours)


def test_what_can_be_answered_is_what_the_events_can_hold() -> None:
    assert answers_to("status") == get_args(FollowUpStatus)
    assert answers_to("again") == get_args(Again)
    assert answers_to("reason") == get_args(StopReason)
    assert {*ANSWERS, *RATED, "last_week"} == {name for asked in ASKED.values() for name in asked}


@pytest.mark.parametrize("level", ["B1", "A2"])
@pytest.mark.parametrize("language", languages())
def test_every_answer_to_a_question_has_words_and_no_words_are_no_answer(language: str, level: str) -> None:
    told = words(language, level)["follow_up"]["answers"]
    assert {name: tuple(told[name]) for name in ANSWERS} == ANSWERS
    assert tuple(told["points"]) == MARKS
    assert {*told["faces"]} < {*MARKS}
    assert {*told} == {*ANSWERS, "points", "faces", "last_week"}


def test_the_page_of_events_names_every_reason_of_ours_to_choose_nothing() -> None:
    page = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")
    (line,) = (told for told in page.split("\n- ") if told.startswith("**Codes**"))
    assert {code for code in words("en")["labels"]["none_reason"] if not re.search(rf"\b{code}\b", line)} == set()
