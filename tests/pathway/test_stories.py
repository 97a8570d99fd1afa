"""Five regions, each from referral to feedback: every step of its source text happens here, or says why it is outside.

``python -m pytest tests/pathway/test_stories.py`` runs all five.
"""

from __future__ import annotations

import pytest

from tests.pathway.stories import STORIES, Story
from wor_match.pathway import profile_names

NAMES = sorted(path.stem for path in STORIES.glob("*.yaml"))


@pytest.mark.parametrize("name", NAMES)
def test_each_step_happens_or_says_why_it_is_outside(name: str) -> None:
    story = Story(name)
    wrong = [(text, asked, found, expected) for text, asked, found, expected in story.walk() if found != expected]
    assert wrong == []
    for step in story.told["steps"]:
        assert len(step) > 1, f"nothing happens in {step['text']}"


def test_every_profile_has_its_story() -> None:
    assert sorted(profile_names()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_from_referral_to_what_the_referrer_heard(name: str) -> None:
    story = Story(name)
    assert [one for one in story.walk() if one[2] != one[3]] == []
    kinds = {one.kind for one in story.history}
    assert {"referred", "contacted", "intake", "advised", "chosen"} <= kinds
    assert ("feedback_sent" in kinds) == bool(story.region.feedback)


def test_a_story_that_expects_something_else_fails() -> None:
    story = Story("amstelland")
    story.told["steps"][7]["due"] = ["intake"]
    assert [(asked, found) for _, asked, found, expected in story.walk() if found != expected] == [("due", ["contact"])]
