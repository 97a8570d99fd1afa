"""Which unanswered question would tell most: how much its signal counts x how far its answers set activities apart.

Looks at a few ordinary answers to each question; what the person will say, it does not guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from wor_match import learning
from wor_match.domain.asked import Asked
from wor_match.domain.columns import Codes, Flags, Floats
from wor_match.domain.participant import Participant
from wor_match.domain.rhythm import DAY_PARTS, WEEKDAYS
from wor_match.domain.terms import DIMENSIONS, taxonomy
from wor_match.knowledge import place_of
from wor_match.question import Question
from wor_match.worth import NOT_GIVEN, PARTS, parts_of

if TYPE_CHECKING:
    from wor_match.wording.words import Words

AT_MOST = 2
TELLS_LITTLE = 0.01  # less than a hundredth of the score is not worth a question; an assumption
Answers = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that was not answered yet.

    Attributes
    ----------
    field : str
        The field of `Participant` that the answer goes into, dotted when nested.
    gain : float
        How much it counts x how far its answers set activities apart, on the scale of log score.
    """

    field: str
    gain: float

    def sentence(self, language: str | Words = "nl") -> str:
        """The question, as a coach asks it."""
        from wor_match.wording.sentences import asking_sentence

        return asking_sentence(self.field, language)


@dataclass(frozen=True, slots=True)
class Topic:
    """A question with ordinary answers to it, and what the answer moves: a part of worth, signals, a rule."""

    field: str
    answers: Answers
    moves: tuple[str, ...]
    rule: str
    is_open: Callable[[Participant], bool]


# Of each group the first term that anybody may be shown: the last to be written over.
FIRST_OF_GROUP = {term.group: name for name, term in reversed(taxonomy().terms.items()) if not term.on_request}
WISHES = tuple(FIRST_OF_GROUP.values())
TOPICS = (
    Topic("focus", tuple({"focus": [name]} for name in DIMENSIONS), ("focus",), "",
          lambda person: not person.focus and person.four_d is None),
    Topic("likes", tuple({"likes": [term]} for term in WISHES), ("wish", "likes"), "",
          lambda person: not (person.likes or person.energy or person.good_at)),
    Topic("travel.modes", tuple({"travel.modes": [mode]} for mode in ("walk", "bike", "public_transport")), ("near",),
          "too_far", lambda person: person.place is not None and not person.travel.modes),
    Topic("free", tuple({"free": [f"{day} {part}" for day in WEEKDAYS]} for part in DAY_PARTS.values()), ("time_fits",),
          "no_free_time", lambda person: person.free is None and person.not_free is None),
    Topic("budget", ({"budget": "free"}, {"budget": "small"}, {"budget": "any"}), ("affordable",), "too_expensive",
          lambda person: person.budget is None),
    Topic("group_wish.size", ({"group_wish.size": "small"}, {"group_wish.size": "large"}), ("group_fits",), "",
          lambda person: person.group_wish.size is None),
    Topic("group_wish.contact", ({"group_wish.contact": "same_people"}, {"group_wish.contact": "come_and_go"}),
          ("group_fits",), "", lambda person: person.group_wish.contact is None),
    Topic("support", ({"support": ["buddy"]}, {"support": ["trial_visit"]}, {"support": ["transport"]}), ("company",),
          "", lambda person: not person.support),
    Topic("languages", ({"languages": {"nl": "good"}}, {"languages": {"nl": "little"}}), ("own_language",),
          "no_shared_language", lambda person: not person.languages),
    Topic("body_level", ({"body_level": "light"}, {"body_level": "moderate"}), ("level_fits",), "body_level",
          lambda person: person.body_level is None),
)  # fmt: skip


def ask_next(question: Question) -> tuple[Unanswered, ...]:
    """At most two questions that are still open and would tell most, the best first."""
    rows = question.possible if len(question.possible) > 1 else np.flatnonzero(question.about)
    if not question.safe or len(rows) < 2:
        return ()
    person = question.asked.person
    told = [
        Unanswered(topic.field, gain_of(topic, question, rows)) for topic in topics(question) if topic.is_open(person)
    ]
    worth_asking = [one for one in told if one.gain >= TELLS_LITTLE]
    return tuple(sorted(worth_asking, key=lambda one: (-round(one.gain, 9), one.field))[:AT_MOST])


def topics(question: Question) -> Iterator[Topic]:
    """Every question, without answers they ruled out; for the place, the answers are homes near three activities."""
    alone = question.asked.person.left_alone
    host_knows_the_way = np.isnan(question.asked.km).all() and not np.isnan(question.asked.minutes).all()
    for topic in TOPICS:
        if host_knows_the_way and topic.moves == ("near",):
            continue
        answers = tuple(answer for answer in topic.answers if not set(answer.get("focus", ())) & set(alone))
        if answers:
            yield replace(topic, answers=answers)
    places = [activity.place for activity in question.columns.activities]
    points = sorted({place.point for place in places if place is not None and place.point is not None})
    homes = [points[at] for at in sorted({0, len(points) // 2, len(points) - 1})] if points else []
    answers = tuple({"place": {"latitude": latitude, "longitude": longitude}} for latitude, longitude in homes)
    if answers and np.isnan(question.asked.km).all() and not host_knows_the_way:
        yield Topic("place", answers, ("near",), "too_far", lambda person: person.place is None)


def gain_of(topic: Topic, question: Question, rows: Codes) -> float:
    """How much it counts x the mean spread over these activities of what its answers would open."""
    apart: dict[str, list[float]] = {name: [] for name in topic.moves}
    for answer in topic.answers:
        asked = asked_with(answer, question)
        open_ = verdict(topic.rule, question, asked)[rows]
        for name in topic.moves:
            apart[name].append(float(np.std(strength_of(name, question, asked)[rows] * open_)))
    return sum(weight_of(name, question) * sum(spreads) / len(spreads) for name, spreads in apart.items())


def asked_with(answer: Mapping[str, Any], question: Question) -> Asked:
    """The same question from somebody who gave this answer too."""
    asked = question.asked
    ((field, value),) = answer.items()
    outer, _, inner = field.partition(".")
    told = getattr(asked.person, outer).replace(**{inner: value}) if inner else checked(outer, value)
    return asked.of(asked.person.model_copy(update={outer: told}), question.columns)


def checked(field: str, value: Any) -> Any:
    """The answer as a participant holds it; what else the person told is not looked at again."""
    return getattr(Participant.model_validate({"id": "anybody", field: value}), field)


def strength_of(name: str, question: Question, asked: Asked) -> Floats:
    """A part of worth, or the strength of a signal, for every activity."""
    if name in PARTS:
        columns = question.columns
        return parts_of(asked, columns.serves, columns.best_match(asked.wishes, NOT_GIVEN))[:, PARTS.index(name)]
    at = place_of(name, question.known.signals)
    if at is None:
        return np.zeros(len(question.columns))
    return question.known.signals[at].strength(question.columns, asked)


def verdict(rule: str, question: Question, asked: Asked) -> Flags:
    """Which activities a rule allows; all of them without that rule."""
    at = place_of(rule, question.known.constraints)
    if at is None:
        return np.ones(len(question.columns), dtype=bool)
    return question.known.constraints[at].allows(question.columns, asked)


def weight_of(name: str, question: Question) -> float:
    """How much the log of the score rises when this goes from 0 to 1 and all else is neutral."""
    if name in PARTS:
        weight, worth = float(question.worth.weights[PARTS.index(name)]), question.worth.reference
        return float(np.log((worth + weight * (1 - NOT_GIVEN)) / (worth - weight * NOT_GIVEN)))
    signals = question.known.signals
    ends, at = np.zeros((2, len(signals))), place_of(name, signals)
    if at is not None:
        ends[:, at] = -signals[at].neutral, 1 - signals[at].neutral
    low, high = learning.mean_chance(question.posterior.draws, ends, np.zeros((2, 1)))
    return float(np.log(high / low))
