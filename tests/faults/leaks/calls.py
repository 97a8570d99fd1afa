"""Every public call, and the ways in which each goes wrong, with the invented person and the invented history in it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import wor_match as wm
from tests.faults.leaks.canary import ANSWERS, EVENT_PSEUDONYM, history, person, told_events
from wor_match.batch.advising import advise_frames
from wor_match.batch.streams import recommend_file
from wor_match.catalogue.participants import load_people
from wor_match.constraints import CONSTRAINTS
from wor_match.domain.history import settled
from wor_match.evaluation.drift import drift
from wor_match.evaluation.exposure import exposure
from wor_match.evaluation.fairness import fairness
from wor_match.evaluation.judging.judged import Judged
from wor_match.evaluation.outcomes import outcomes_of, still_there
from wor_match.evaluation.value import value
from wor_match.signals import SIGNALS

AT = date(2026, 11, 23)
MOMENT = datetime(2026, 11, 23, 9, tzinfo=UTC)
Calls = Iterator[tuple[str, Callable[[], Any]]]


def answering(matcher: wm.Matcher) -> Calls:
    """Calls that answer."""
    one, other = person(), person(id="kanarie-2")
    advice = matcher.recommend(one, at=AT, n=4)
    explored = matcher.recommend(one, at=AT, n=3, explore=1, seed=4)
    events = history()
    yield (
        "person",
        lambda: [one, one.place, one.travel, one.spider_web, one.four_d, one.group_wish, one.replace(age=64)],
    )
    yield "copied person", lambda: [copy.deepcopy(one), one.model_copy(), type(one).model_construct(**ANSWERS)]
    yield "recommend", lambda: advice
    yield "recommend on a moment", lambda: matcher.recommend(one, at=MOMENT, minutes={"kookgroep-de-linde": 7})
    yield "recommend by lot", lambda: explored
    yield "recommend with safety first", lambda: matcher.recommend(person(circumstances={"safety": "first"}), at=AT)
    yield (
        "near misses",
        lambda: [advice.near_misses(5), advice.ask_next, advice.would_change, advice.first, advice.checks],
    )
    yield "why not", lambda: [advice.why_not(row.id) for row in matcher.catalogue]
    yield "events of an advice", lambda: [advice.event(at=MOMENT), advice.chosen([], at=MOMENT, by="coach")]
    yield "what if", lambda: matcher.what_if(one, {"travel.max_minutes": 20, "budget": "free"}, at=AT)
    yield (
        "arrange",
        lambda: [
            matcher.arrange(one, at=AT),
            *(made.advice for made in matcher.arrange(one, at=AT) if hasattr(made, "advice")),
        ],
    )
    yield "allocate", lambda: matcher.allocate([one, other], at=AT, waited={one.id: 3})
    yield "question", lambda: matcher.question(one, at=AT)
    yield "allowed", lambda: matcher.allowed(one, at=AT)
    yield "chosen outside", lambda: matcher.chosen_event(one, "kookgroep-de-linde", at=MOMENT, event_id="e1")
    yield "events", lambda: [*events, settled(events)]
    yield "learn", lambda: [(taught := matcher.learn(events)), taught.learned, taught.model, taught.model_card()]
    yield "compare", lambda: wm.compare(matcher, matcher.learn(events), [one, other], at=AT)
    yield "gaps", lambda: wm.gaps(matcher, [one, other], at=AT)
    yield "replay", lambda: wm.replay(matcher.catalogue, events, people=[person(id=EVENT_PSEUDONYM)])
    yield "fairness", lambda: fairness([person(id=EVENT_PSEUDONYM)], events, matcher.catalogue, by="gender")
    yield "exposure", lambda: exposure(events, matcher.catalogue)
    yield "outcomes", lambda: [outcomes_of(events, matcher.catalogue), still_there(events, matcher.catalogue)]
    yield "drift", lambda: drift(matcher, events, since=date(2026, 1, 1))
    judged = {"kookgroep-de-linde": "good", "koffieochtend-de-linde": "unsuitable"}
    yield "agreement", lambda: wm.agreement(matcher, [Judged(person=one, judged=judged)], at=AT)


def of_tables(matcher: wm.Matcher, folder: Path) -> Calls:
    """Calls on many people: their results are exports, so only what stands beside them is looked at."""
    rows = [ANSWERS, {**ANSWERS, "id": "kanarie-2", "age": "fout"}]
    (folder / "people.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "good.jsonl").write_text(json.dumps(ANSWERS) + "\n", encoding="utf-8")
    write = {"at": AT, "progress": True, "block": 1}
    yield "frame", lambda: unseen(matcher.recommend_frame(rows, at=AT, progress=True))
    yield "frame of workers", lambda: unseen(matcher.recommend_frame(rows * 2, at=AT, n_jobs=2, progress=True))
    yield "file", lambda: recommend_file(matcher, folder / "people.jsonl", folder / "out.jsonl", **write)
    yield "people read", lambda: load_people(folder / "good.jsonl")
    yield "advise frames", lambda: unseen(advise_frames(matcher, at=AT)(rows))


def unseen(_: Any) -> None:
    """Nothing: the result is what was asked for."""


def refusing(matcher: wm.Matcher) -> Calls:
    """Calls that are asked something wrong about the person."""
    one, events = person(), history()
    for name, wrong in {
        "naive": {"at": datetime(2026, 11, 23, 9)},  # noqa: DTZ001 — that is what is wrong
        "no date": {"at": "2026-11-23"},
        "n": {"at": AT, "n": 0},
        "seed": {"at": AT, "seed": "x"},
        "only": {"at": AT, "only": ["nergens"]},
        "minutes": {"at": AT, "minutes": {"kookgroep-de-linde": float("nan")}},
        "minutes of nothing": {"at": AT, "minutes": 5},
        "despite": {"at": AT, "despite": ["money"]},
        "explore": {"at": AT, "explore": 9},
    }.items():
        yield f"recommend: {name}", lambda wrong=wrong: matcher.recommend(one, **wrong)
        yield f"no participant: {name}", lambda wrong=wrong: matcher.recommend(ANSWERS, **wrong)
    at = {"at": AT}
    for field in ("age", "budget", "travel.max_minutes", "spider_web", "likes", "id", "fout"):
        yield f"what if {field}", lambda field=field: matcher.what_if(one, {field: "417.83 fout"}, **at)
    yield "what if nothing", lambda: matcher.what_if(one, "417.83", **at)
    yield "arrange", lambda: matcher.arrange(one, at=AT, size=9)
    yield "allocate twice", lambda: matcher.allocate([one, person(age=64)], at=AT)
    yield "allocate nobody", lambda: matcher.allocate([ANSWERS], at=AT)
    yield "allocate fairness", lambda: matcher.allocate([one], at=AT, fairness="fout")
    yield "allocate waited", lambda: matcher.allocate([one], at=AT, waited={"kanarie-3": "fout"})
    yield "choose", lambda: matcher.chosen_event(one, "geprobeerd-nergens", at=MOMENT, event_id="e1")
    yield "choose naive", lambda: matcher.chosen_event(one, "kookgroep-de-linde", at=AT, event_id="e1")
    yield "gaps", lambda: wm.gaps(matcher, [ANSWERS], at=AT)
    yield "compare", lambda: wm.compare(matcher, matcher, [ANSWERS, one], at=AT)
    yield "frame", lambda: matcher.recommend_frame(ANSWERS, at=AT)
    yield "frame of wrong columns", lambda: matcher.recommend_frame([{**ANSWERS, "pas-q9 x": 1}], at=AT)
    yield "learn twice", lambda: matcher.learn([*events, events[1].replace(practice="praktijk-q9")])
    yield "learn nothing", lambda: matcher.learn([*events, told_events()[1]])
    yield "learn a text", lambda: matcher.learn("kanarie-8W5X")
    yield "replay nobody", lambda: wm.replay(matcher.catalogue, events, people=[ANSWERS])
    yield "fairness", lambda: fairness([one], events, matcher.catalogue, by="fout")
    yield "value", lambda: value(matcher.catalogue, events, people=[one])
    yield "agreement", lambda: wm.agreement(matcher, [{"person": ANSWERS, "judged": {}}], at=AT)
    yield "judged", lambda: Judged(person={**ANSWERS, "age": "fout"}, judged={})
    yield "card", lambda: matcher.recommend(one, at=AT).card("fout", own_words="eigen-q5")
    yield "card in no language", lambda: matcher.recommend(one, at=AT).card(language="fout")
    yield "why not", lambda: matcher.recommend(one, at=AT).why_not("nergens")
    yield "event", lambda: matcher.recommend(one, at=AT).event(at=AT)
    yield "event written", lambda: wm.write_events("/nergens/e.jsonl", events)


class BrokenError(Exception):
    """A host's own mistake."""


def of_hosts(matcher: wm.Matcher) -> Calls:
    """Rules and signals of a host that fail, or give what they may not."""

    def fails(columns: Any, asked: Any, *_: Any) -> Any:
        raise BrokenError("a host's mistake")

    def gives_nonsense(columns: Any, asked: Any, *_: Any) -> Any:
        return "nonsense"

    one, at = person(), {"at": AT}
    for name, wrong in (("failing", fails), ("wrong", gives_nonsense)):
        rule = wm.Matcher(matcher.catalogue, constraints=[*CONSTRAINTS[1:], replace(CONSTRAINTS[0], allows=wrong)])
        sign = wm.Matcher(matcher.catalogue, signals=[*SIGNALS[1:], replace(SIGNALS[0], strength=wrong)])
        fact = wm.Matcher(matcher.catalogue, signals=[replace(each, facts=wrong) for each in SIGNALS])
        asks = wm.Matcher(
            matcher.catalogue, constraints=[replace(each, asks=wrong, relax=wrong, facts=wrong) for each in CONSTRAINTS]
        )
        for made, called in ((rule, "rule"), (sign, "signal")):
            yield f"{name} {called}", lambda made=made: made.recommend(one, **at)
            yield f"{name} {called}, many", lambda made=made: unseen(made.recommend_frame([ANSWERS], **at))
            yield f"{name} {called}, places", lambda made=made: made.allocate([one], **at)
        yield f"{name} facts", lambda fact=fact: fact.recommend(one, **at).to_dict()
        yield (
            f"{name} checks",
            lambda asks=asks: [(told := asks.recommend(one, **at)).checks, told.near_misses(), told.to_dict()],
        )
        yield (
            f"{name} signal among workers",
            lambda sign=sign: unseen(sign.recommend_frame([ANSWERS] * 2, n_jobs=2, **at)),
        )
