"""What is asked after a first visit and at three months, and back: any answers become events that say just that."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

import wor_match as wm
from wor_match.domain.event import OfPerson
from wor_match.domain.kinds import FollowedUp, Stopped, Visited, as_line
from wor_match.domain.length import MOST_WORDS, longest
from wor_match.errors import EventError
from wor_match.pathway import events_from_follow_up, follow_up_questions
from wor_match.pathway.follow_up.questions import MOMENTS, SCALES

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def read(answers: Any, moment: str = "first_visit", **how: Any) -> tuple[OfPerson, ...]:
    return events_from_follow_up(answers, "p1", "koor", **{"at": AT, "moment": moment, **how})


def answers_in(events: tuple[OfPerson, ...], moment: str) -> dict[str, str]:
    """What was answered, read from the events, by hand."""
    found: dict[str, str] = {}
    for event in events:
        if isinstance(event, Visited):
            found |= {"again": event.again} if event.again else {}
            if moment == "first_visit":
                found |= {"there": "yes" if event.attended else "no"}
                found |= {name: str(mark) for name, mark in event.ratings.items()}
        elif isinstance(event, FollowedUp):
            found |= {"status": event.status} | ({"reason": event.reason} if event.reason else {})
            found |= {"last_week": str(event.last_week)} if event.last_week is not None else {}
        elif isinstance(event, Stopped):
            found |= {"reason": str(event.reason)}
    return found


def combinations(moment: str, scale: str) -> list[dict[str, str]]:
    """Every set of answers, each question also left out."""
    asked = follow_up_questions(moment, scale=scale)  # type: ignore[arg-type]  # told as a text
    told = itertools.product(*([None, *one.answers] for one in asked))
    return [{one.id: code for one, code in zip(asked, codes, strict=True) if code is not None} for codes in told]


def test_every_combination_of_answers_at_three_months_comes_back() -> None:
    every = combinations("month_3", "faces")
    assert len(every) == 5 * 8 * 6
    for answers in every:
        events = read(answers, "month_3")
        follows = {"status": "stopped"} if "last_week" in answers and "status" not in answers else {}
        assert answers_in(events, "month_3") == {**answers, **follows}
        assert len(events) == bool(answers)


def test_every_combination_of_answers_about_a_first_visit_comes_back() -> None:
    for scale in SCALES:
        every = combinations("first_visit", scale)
        for answers in [{}, *random.Random(7).sample(every, 400)]:
            events = read(answers)
            follows = {"there": "yes"} if answers else {}
            assert answers_in(events, "first_visit") == {**follows, **answers}
            assert len(events) == bool(answers)


def test_the_same_answers_are_the_same_events_in_any_order_zone_and_kind_of_number() -> None:
    here = timezone(timedelta(hours=1))
    first = read({"welcome": "5", "again": "no"})
    assert first == read({"again": "no", "welcome": 5}, at=AT.astimezone(here))
    assert [as_line(one) for one in first] == [as_line(one) for one in read({"again": "no", "welcome": 5})]
    others = [read({"welcome": 3, "again": "no"}), read({"welcome": 5, "again": "no"}, at=AT + timedelta(days=1)),
              read({"welcome": 5, "again": "no"}, source="coach"), read({"welcome": 5, "again": "no"}, reporter="balie")]  # fmt: skip
    assert len({events[0].event_id for events in (first, *others)}) == 5


def test_own_ids_sources_and_reporters_are_kept() -> None:
    (one,) = read({"status": "stopped"}, "month_3", event_id="v1", source="coach", reporter="balie")
    assert (one.event_id, one.source, one.reporter) == ("v1", "coach", "balie")


def test_asking_at_three_months_makes_no_visit_and_a_reason_alone_is_a_stop() -> None:
    (status,) = read({"status": "still"}, "month_3")
    assert status.kind == "followed_up"
    with pytest.raises(EventError, match="not asked at this moment"):
        read({"status": "still", "again": "yes"}, "month_3")  # a visit would be made up of it
    (stop,) = read({"reason": "health"}, "month_3", at=datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    assert isinstance(stop, Stopped)
    assert (stop.before, stop.reason) == (date(2026, 11, 24), "health"), "on the clock of the town hall"
    (weeks,) = read({"last_week": 6}, "month_3")
    assert isinstance(weeks, FollowedUp)
    assert (weeks.status, weeks.last_week) == ("stopped", 6)


def test_who_was_not_there_is_no_visitor() -> None:
    (visit,) = read({"there": "no"})
    assert isinstance(visit, Visited)
    assert not visit.attended


@pytest.mark.parametrize(
    ("answers", "moment", "told"),
    [
        ({"welcome": "heel fijn voor Jan"}, "first_visit", "unknown-answer welcome: has an answer that is none of: 1, 2, 3, 4, 5"),
        ({"welcome": 6}, "first_visit", "unknown-answer welcome"),
        ({"welcome": True}, "first_visit", "unknown-answer welcome"),
        ({"welcome": 5.0}, "first_visit", "unknown-answer welcome"),
        ({"welcome": None}, "first_visit", "unknown-answer welcome"),
        ({"there": "unsure"}, "first_visit", "unknown-answer there: has an answer that is none of: yes, no"),
        ({"again": "misschien"}, "first_visit", "none of: yes, unsure, no"),
        ({"status": "still"}, "first_visit", "unknown-question status: is not asked at this moment; there are: there, welcome"),
        ({"welcome": 5}, "month_3", "unknown-question welcome: is not asked at this moment; there are: status, reason"),
        ({"Jan Jansen": "ja"}, "month_3", "unknown-question (another name)"),
        ({7: "ja"}, "month_3", "unknown-question (another name)"),
        ({"reason": "ziek"}, "month_3", "unknown-answer reason: has an answer that is none of: not_suited, practical, health"),
        ({"last_week": "521"}, "month_3", "a whole number of weeks from 0 to 520"),
        ({"last_week": -1}, "month_3", "a whole number of weeks"),
        ({"last_week": "²"}, "month_3", "a whole number of weeks"),
        ({"last_week": 10**6000}, "month_3", "a whole number of weeks"),
        (["still"], "month_3", "the answers are no mapping"),
        ("still", "month_3", "the answers are no mapping"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_whole_without_the_answer(answers: Any, moment: str, told: str) -> None:
    with pytest.raises(EventError) as fault:
        read(answers, moment)
    assert told in str(fault.value)
    assert not any(word in str(fault.value) for word in ("Jan", "misschien", "ziek", "521", "heel"))


def test_every_fault_is_told_in_one_go() -> None:
    with pytest.raises(EventError, match="nothing was made of them") as fault:
        read({"welcome": 9, "again": "?", "status": "still", "room": 5})
    assert {one.path for one in fault.value.problems} == {"welcome", "again", "status"}


@pytest.mark.parametrize("wrong", [{"at": date(2026, 11, 23)}, {"at": datetime(2026, 11, 23, 12)}, {"at": None},  # noqa: DTZ001 — the fault
                                   {"source": "nobody"}, {"reporter": "a b"}, {"event_id": "a b"}])  # fmt: skip
def test_what_no_event_may_hold_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(EventError):
        read({"welcome": 5}, **wrong)


def test_unknown_moments_scales_languages_and_levels_are_refused_by_name() -> None:
    with pytest.raises(wm.WorMatchError, match="there are: first_visit, month_3"):
        read({}, "week_4")
    for told, said in (({"moment": "week_4"}, "no moment 'week_4' of asking"), ({"scale": "stars"}, "there are: faces, points"),
                       ({"language": "fr"}, "no words in language"), ({"level": "C1"}, "no level 'C1'")):  # fmt: skip
        with pytest.raises(wm.WorMatchError, match=said):
            follow_up_questions(**{"moment": "month_3", **told})  # type: ignore[arg-type]  # told as a text


@pytest.mark.parametrize("language", ["nl", "nl-je", "en"])
@pytest.mark.parametrize("level", ["B1", "A2"])
def test_questions_are_short_and_every_answer_has_a_label_of_its_own(language: str, level: str) -> None:
    for moment, scale in itertools.product(MOMENTS, SCALES):
        for one in follow_up_questions(moment, language, level, scale):
            assert one.text.endswith("?")
            assert longest(one.text) <= MOST_WORDS[level]
            assert len(set(one.answers.values())) == len(one.answers) >= 2


def test_a_first_visit_is_rated_with_three_faces_or_five_points() -> None:
    faces, points = (follow_up_questions("first_visit", scale=scale)[1].answers for scale in SCALES)
    assert dict(faces) == {"1": "🙁 niet fijn", "3": "😐 gaat wel", "5": "🙂 fijn"}
    assert list(points) == ["1", "2", "3", "4", "5"]
    assert follow_up_questions("month_3", "nl-je", "A2")[0].text == "Doe je nog mee?"
