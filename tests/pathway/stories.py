"""A story of one invented person in one region: the steps of its source text, walked with the library itself.

Each step may tell events, ask the library something, and say what should come out; `outside` says why a step is nothing
for a library. `CHOSEN` stands for the activity that was chosen in the story.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

import wor_match as wm
from tests.pathway.told import FIRST_DAY, after
from wor_match import pathway
from wor_match.domain.event import Event
from wor_match.domain.kinds import event_of

STORIES = Path(__file__).parent.parent / "golden" / "pathway"
PERSON = "p1"


def noon(day: int) -> datetime:
    """Noon of the day so many days after the first."""
    return datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, 12, tzinfo=UTC) + timedelta(days=day)


class Story:
    """One story as it goes: what was told so far, and what was chosen."""

    def __init__(self, name: str) -> None:
        self.told = yaml.safe_load((STORIES / f"{name}.yaml").read_text(encoding="utf-8"))
        self.region = pathway.load_profile(self.told["profile"])
        self.catalogue = wm.load_catalogue(self.told["catalogue"])
        self.person = wm.Participant(id=PERSON, **self.told["participant"])
        self.history: list[Event] = []
        self.advice: wm.Advice | None = None
        self.chosen = ""
        self.day = 0

    def walk(self) -> Iterator[tuple[str, str, Any, Any]]:
        """Step, question, what came out and what should."""
        for step in self.told["steps"]:
            self.day = step.get("day", self.day)
            for name, asked in step.items():
                if name not in ("text", "day", "outside"):
                    for found, expected in getattr(self, name)(asked):
                        yield step["text"], name, found, expected

    def profile(self, asked: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
        """What the region agreed."""
        for name, expected in asked.items():
            found = getattr(self.region, name)
            yield list(found) if isinstance(found, tuple) else found, expected

    def assess(self, asked: list[dict[str, Any]]) -> Iterator[tuple[Any, Any]]:
        """What comes of the referral, or of one that differs from it."""
        for case in asked:
            found = pathway.assess(pathway.Referral(**{**self.told["referral"], **case.get("with", {})}), self.region)
            route = found.route
            seen = {
                "verdict": found.verdict,
                "to": route and route.name,
                "through": route and route.through,
                "intake_by": route and route.intake_by,
                "reasons": [one.name for one in found.reasons],
                "first": [one.circumstance for one in found.first],
                "consents": list(found.consents),
                "warnings": len(found.warnings),
            }
            for name in sorted(case.keys() - {"with"}):
                if name == "reasons":  # others may stand beside them
                    yield set(case[name]) - set(seen[name]), set()
                else:
                    yield seen[name], case[name]

    def events(self, asked: list[dict[str, Any]]) -> Iterator[tuple[Any, Any]]:
        """What happened."""
        for one in asked:
            day = one.get("day", self.day)
            fields = {name: self.chosen if value == "CHOSEN" else value for name, value in one.items() if name != "day"}
            own = {name: value for name, value in self.told["referral"].items() if name not in ("age", "circumstances")}
            told = own if one["kind"] == "referred" else {}
            name = f"e{len(self.history)}"
            self.history.append(
                event_of({**told, **fields, "event_id": name, "person": PERSON, "at": noon(day), "source": "coach"})
            )
        yield from ()

    def recommend(self, asked: dict[str, str]) -> Iterator[tuple[Any, Any]]:
        """An advice that begins with what they want, what gives energy, or what comes first."""
        self.advice = wm.Matcher(self.catalogue).recommend(self.person, at=noon(self.day))
        self.history.append(self.advice.event(at=noon(self.day)))
        first = self.advice.suggestions[0]
        if "wish" in asked:
            yield {"focus", "wish"} & {one.name for one in first.reasons} != set(), True
        if "energy" in asked:
            yield any(one.name == "gives_energy" for one in first.reasons), True
        if "first" in asked:
            yield [one.circumstance for one in self.advice.first], [asked["first"]]
        yield len(self.advice.suggestions) >= 2, True

    def arrange(self, asked: bool) -> Iterator[tuple[Any, Any]]:
        """Activities that go together in their weeks."""
        yield bool(wm.Matcher(self.catalogue).arrange(self.person, at=noon(self.day))), asked

    def choose(self, asked: str) -> Iterator[tuple[Any, Any]]:
        """They choose the first idea."""
        assert self.advice is not None
        self.chosen = self.advice.suggestions[0].activity.id
        self.history.append(self.advice.chosen([self.chosen], at=noon(self.day), by=asked))
        yield from ()

    def ask(self, asked: list[dict[str, Any]]) -> Iterator[tuple[Any, Any]]:
        """Questions and their answers, on the way back into events."""
        for one in asked:
            questions = {question.id for question in pathway.follow_up_questions(one["moment"])}
            yield set(one["answers"]) - questions, set()
            self.history += pathway.events_from_follow_up(
                one["answers"], PERSON, self.chosen, noon(one["day"]), moment=one["moment"]
            )

    def due(self, asked: list[str]) -> Iterator[tuple[Any, Any]]:
        """What is due, late or not."""
        yield [one.what for one in pathway.due(self.history, after(self.day), self.region)], asked

    def late(self, asked: list[str]) -> Iterator[tuple[Any, Any]]:
        """What is late."""
        yield [one.what for one in pathway.due(self.history, after(self.day), self.region) if one.late], asked

    def by(self, asked: dict[str, int]) -> Iterator[tuple[Any, Any]]:
        """By which day it is due."""
        found = {one.what: (one.by - FIRST_DAY).days for one in pathway.due(self.history, after(self.day), self.region)}
        yield {name: found.get(name) for name in asked}, asked

    def agenda(self, asked: str | None) -> Iterator[tuple[Any, Any]]:
        """How far they are, for the practice; None once it is finished."""
        practice = self.told["referral"]["practice"]
        found = pathway.agenda(self.history, after(self.day), self.region, practice)
        yield [one.stands for one in found], [asked] if asked else []

    def feedback(self, asked: dict[str, str]) -> Iterator[tuple[Any, Any]]:
        """A note to the referrer, and that it was sent."""
        found = pathway.feedback(self.history, PERSON, asked["moment"], self.region)
        yield PERSON in found.text(asked["language"]), False
        yield bool(found.text(asked["language"]).strip()), True
        self.history.append(found.event(at=noon(self.day), channel=self.region.channels[0]))

    def odd(self, asked: list[str]) -> Iterator[tuple[Any, Any]]:
        """What cannot be in this history."""
        yield [one.what for one in pathway.oddities(self.history, after(self.day), self.region)], asked

    def monitor(self, asked: list[str]) -> Iterator[tuple[Any, Any]]:
        """Figures there are, all hidden: one person is fewer than ten."""
        rows = [one for one in pathway.monitor(self.history, after(self.day), self.region).rows if one.by == "all"]
        yield set(asked) - {one.indicator for one in rows}, set()
        yield [one.indicator for one in rows if one.share is not None], []

    def elements(self, asked: list[str]) -> Iterator[tuple[Any, Any]]:
        """The parts of the monitor."""
        rows = pathway.monitor(self.history, after(self.day), self.region).rows
        yield list(dict.fromkeys(one.element for one in rows)), asked

    def targets(self, asked: list[str]) -> Iterator[tuple[Any, Any]]:
        """What was agreed."""
        yield set(asked) - {one.indicator for one in self.region.targets}, set()

    def all_dimensions(self, asked: bool) -> Iterator[tuple[Any, Any]]:
        """The offer serves every dimension."""
        yield bool((wm.Matcher(self.catalogue).columns.serves > 0).any(axis=0).all()), asked
