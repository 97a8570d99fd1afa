"""What a matcher takes: so many activities, so many ideas, for one person or for a table of people."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import wor_match as wm
from wor_match.batch.streams import recommend_file
from wor_match.domain.limits import Limits
from wor_match.settings import Settings

AT = date(2026, 11, 23)
OFFER = wm.load_catalogue("nieuwegein")
RIET = wm.Participant(id="p1", likes=["samen-koken"])


def matcher(**limits: int) -> wm.Matcher:
    return wm.Matcher(OFFER, Settings(limits=Limits(**limits)))


def test_an_activity_too_many_is_refused_by_the_matcher() -> None:
    assert matcher(activities=len(OFFER)).recommend(RIET, at=AT)
    with pytest.raises(wm.CatalogueError, match=r"too-many-activities activities: holds \d+ activities") as refused:
        matcher(activities=len(OFFER) - 1)
    assert [problem.code for problem in refused.value.problems] == ["too-many-activities"]


def test_an_idea_too_many_is_refused_for_one_person_and_for_many(tmp_path: Path) -> None:
    ours = matcher(suggestions=4)
    assert len(ours.recommend(RIET, at=AT, n=4)) == 4
    assert len(ours.recommend_frame([{"id": "p1"}], at=AT, n=4)) == 4
    assert ours.arrange(RIET, at=AT, n=4)
    (tmp_path / "p.jsonl").write_text('{"id": "p1"}\n')
    for ask in (
        lambda: ours.recommend(RIET, at=AT, n=5),
        lambda: ours.recommend_frame([{"id": "p1"}], at=AT, n=5),
        lambda: ours.arrange(RIET, at=AT, n=5),
        lambda: recommend_file(ours, tmp_path / "p.jsonl", tmp_path / "a.jsonl", at=AT, n=5),
    ):
        with pytest.raises(wm.WorMatchError, match="n is no whole number from 1 to 4"):
            ask()


def test_an_answer_is_the_same_whatever_the_limits() -> None:
    narrow, usual = matcher(suggestions=3, activities=len(OFFER)), wm.Matcher(OFFER)
    ours, theirs = narrow.recommend(RIET, at=AT), usual.recommend(RIET, at=AT)
    assert ours.to_json() == theirs.to_json()
    assert ours.decision_id == theirs.decision_id
