"""What the developer of a coaching system writes, with each type that they rely on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, assert_type

import wor_match as wm
from wor_match import pathway
from wor_match.interop import cds_hooks, fhir


def a_day(folder: Path) -> None:
    """Advise, note what was chosen, learn, and hand over to others."""
    catalogue = wm.load_catalogue("nieuwegein")
    assert_type(catalogue, wm.Catalogue)
    matcher = wm.Matcher(catalogue, settings=wm.Settings(explore=1))
    web = wm.SpiderWeb(scores={"meedoen": 4, "dagelijks": 6.5})
    person = wm.Participant(
        id="p1", likes=["samen-koken"], focus=["meedoen"], spider_web=web, place={"postcode": 3431}, budget="free"
    )
    assert_type(person, wm.Participant)
    assert_type(person.likes, tuple[str, ...])

    advice = matcher.recommend(person, at=date(2026, 11, 23))
    assert_type(advice, wm.Advice)
    first = advice[0]
    assert_type(first, wm.Suggestion)
    assert_type(first.activity, wm.Activity)
    assert_type(first.score, float)
    assert_type([one.sentence("en") for one in first.reasons], list[str])
    assert_type(advice.card("coach", language="en"), str)
    assert_type(advice.to_dict(), dict[str, Any])
    assert_type(first.to_ics(), str)

    now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    with wm.Journal(f"sqlite:///{folder}/journal.db") as journal:
        assert_type(journal.append([advice.event(at=now), advice.chosen([first.activity.id], at=now)]).new, int)
        learned = matcher.learn(journal)
    assert_type(learned, wm.Matcher)
    assert_type(wm.lint("nieuwegein", at=date(2026, 11, 23)), list[wm.Problem])

    assert_type(fhir.activity_to_fhir(first.activity, catalogue), dict[str, Any])
    assert_type(cds_hooks.advice_to_cds_cards(advice), dict[str, list[dict[str, Any]]])
    profile = pathway.load_profile("national")
    referral = pathway.Referral(referrer="gp", age=67, reasons=["loneliness"])
    assert_type(pathway.assess(referral, profile), pathway.Assessment)

    try:
        wm.Participant(id="p2", age=200)
    except wm.ParticipantError as refused:
        assert_type(refused.problems, tuple[wm.Problem, ...])
