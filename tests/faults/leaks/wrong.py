"""Every door that takes people or events, asked directly, with something else among them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import wor_match as wm
from tests.faults.leaks.calls import AT, MOMENT, BrokenError, Calls
from tests.faults.leaks.canary import ANSWERS, history, person, told_events
from wor_match.batch.advising import advise_frames, rows_where_it_arrived
from wor_match.batch.people import participant_of
from wor_match.batch.streams import recommend_file
from wor_match.batch.travelling import Travelling
from wor_match.domain.change import Change, with_answers
from wor_match.domain.history import settled
from wor_match.evaluation.drift import drift
from wor_match.evaluation.exposure import exposure
from wor_match.evaluation.fairness import fairness
from wor_match.evaluation.outcomes import outcomes_of, still_there
from wor_match.evaluation.pairs import pairs_of
from wor_match.evaluation.value import value
from wor_match.signals import SIGNALS


def of_every_door(matcher: wm.Matcher, folder: Path) -> Calls:
    """Each refuses, or fails as the host's own signal does."""
    mixed: list[Any] = [*history(), told_events()[1]]
    no_person: Any = ANSWERS  # answers where a Participant belongs: that is what is wrong
    offer, one = matcher.catalogue, person()
    (folder / "told.jsonl").write_text(json.dumps(ANSWERS) + "\n", encoding="utf-8")

    def fails(columns: Any, asked: Any) -> Any:
        raise BrokenError("a host's mistake")

    broken = wm.Matcher(offer, signals=[replace(SIGNALS[0], strength=fails), *SIGNALS[1:]])
    file_to_file = (folder / "told.jsonl", folder / "advice.jsonl")
    yield "arrange", lambda: matcher.arrange(no_person, at=AT)
    yield "question", lambda: matcher.question(no_person, at=AT)
    yield "allowed", lambda: matcher.allowed(no_person, at=AT)
    yield "what if", lambda: matcher.what_if(no_person, {}, at=AT)
    yield "chosen", lambda: matcher.chosen_event(no_person, "kookgroep-de-linde", at=MOMENT, event_id="e")
    yield "minutes", lambda: matcher.recommend(one, at=AT, minutes={"kookgroep-de-linde": "587 pas-q9"})  # type: ignore[dict-item]  # no number
    yield "a row", lambda: participant_of({**ANSWERS, "age": "fout"})
    yield "a worker", lambda: rows_where_it_arrived(Travelling(broken), [ANSWERS], AT, 3, 0)
    yield "a partition", lambda: advise_frames(broken, at=AT)([ANSWERS])
    yield "a file", lambda: recommend_file(broken, *file_to_file, at=AT)
    yield "a file among workers", lambda: recommend_file(broken, *file_to_file, at=AT, n_jobs=2)
    yield "change", lambda: Change("budget", "417.83 fout", "417.83 fout").apply(one)
    yield "answers", lambda: with_answers(one, {"budget": "417.83 fout"})
    yield "replace", lambda: one.replace(budget="417.83 fout")
    yield "settled", lambda: settled(mixed)
    yield "learn", lambda: matcher.learn(mixed)
    yield "drift", lambda: drift(matcher, mixed, since=date(2026, 1, 1))
    yield "exposure", lambda: exposure(mixed, offer)
    yield "outcomes", lambda: outcomes_of(mixed, offer)
    yield "still there", lambda: still_there(mixed, offer)
    yield "fairness", lambda: fairness([one], mixed, offer, by="gender")
    yield "fairness of no people", lambda: fairness([no_person], history(), offer, by="gender")
    yield "pairs", lambda: pairs_of(matcher, mixed)
    yield "value", lambda: value(offer, mixed, people=[one])
    yield "replay", lambda: wm.replay(offer, mixed)
    yield "write", lambda: wm.write_events(folder / "events.jsonl", mixed)
    yield "compare", lambda: wm.compare(matcher, broken, [one], at=AT)
    yield "gaps", lambda: wm.gaps(matcher, [no_person], at=AT)
