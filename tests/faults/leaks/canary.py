"""An invented person of whom every answer can be recognised wherever it turns up, and a history of the same kind.

A token is a word or a number that stands nowhere else. A pseudonym may be named in a text or an error about that
person and nowhere where it would stay; what an event says of somebody may not be named at all.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from typing import Any

from wor_match.domain.event import Event
from wor_match.domain.kinds import event_of
from wor_match.domain.participant import Participant

PSEUDONYM = "kanarie-7Q4Z"
ANSWERS: dict[str, Any] = {
    "id": PSEUDONYM,
    "spider_web": {
        "scores": {
            "bodily_functions": 3.3719,
            "mental_wellbeing": 7.1937,
            "meaningfulness": 6.7931,
            "quality_of_life": 5.1973,
            "participation": 2.9371,
            "daily_functioning": 8.3917,
        },
        "instrument": "adult-44",
        "on": "2026-10-17",
    },
    "four_d": {"priorities": {"body": 2, "mind": 1}},
    "focus": ["participation"],
    "left_alone": ["daily_functioning"],
    "likes": ["samen-koken", "fotografie"],
    "energy": ["toneel"],
    "good_at": ["geheugen"],
    "unwanted": ["valpreventie", "ongewenst-q8"],
    "group_wish": {"size": "one_to_one", "mix": "women", "contact": "come_and_go"},
    "support": ["trial_visit"],
    "free": ["di 09:13-14:47", "wo 07:41-21:43"],
    "not_free": ["do 13:27-14:51"],
    "times_per_week": 3,
    "max_wait_weeks": 247,
    "place": {"postcode": "3431XK"},
    "travel": {"modes": ["mobility_scooter"], "max_minutes": 587, "home_before": "21:37"},
    "budget": 417.83,
    "passes": ["pas-q9"],
    "languages": {"nl": "good", "xqz": "little"},
    "access": ["low_vision"],
    "body_level": "vigorous",
    "age": 63,
    "gender": "woman",
    "current": ["huidig-q7"],
    "tried": {"geprobeerd-q6": "not_suited"},
    "circumstances": {"money": "alongside", "care": "arranged"},
}
OF_THE_PERSON: tuple[str | int | float, ...] = (
    3.3719, 7.1937, 6.7931, 5.1973, 2.9371, 8.3917, "2026-10-17", "2026, 10, 17", "fotografie", "toneel",
    "geheugen", "valpreventie", "ongewenst-q8", "09:13", "14:47", "07:41", "21:43", "13:27", "14:51", 247,
    "3431XK", 587, "21:37", 417.83, "pas-q9", "xqz", "huidig-q7", "geprobeerd-q6",
    "eigen-q5",
)  # fmt: skip

CODES = ("adult-44", "one_to_one", "mobility_scooter", "vigorous")  # a refusal names what is allowed

EVENT_PSEUDONYM = "kanarie-8W5X"
HISTORY: tuple[dict[str, Any], ...] = (
    {"kind": "consented", "purpose": "learning", "given": True, "basis": "public_task"},
    {"kind": "referred", "referrer": "gp", "practice": "praktijk-q1", "municipality": "gm-q2", "code": "Z68-q3",
     "reasons": ["grief"]},
    {"kind": "chosen", "activities": ["kookgroep-de-linde"], "decision": "besluit-q4", "none_reason": "reden-q5",
     "strengths": {"kookgroep-de-linde": {"likes": 0.7391, "near": 0.3917}}},
    {"kind": "visited", "activity": "kookgroep-de-linde", "attended": True, "ratings": {"welcome": 4}},
    {"kind": "visited", "activity": "weggegaan-q6", "attended": True},
    {"kind": "followed_up", "activity": "kookgroep-de-linde", "status": "still", "last_week": 473},
    {"kind": "stopped", "activity": "kookgroep-de-linde", "on": "2026-08-23", "reason": "health"},
    {"kind": "advised", "decision": "besluit-q7", "model": "model-q8", "catalogue": "catalogus-q9", "seed": 918273,
     "signals_version": "1-q0", "n_possible": 8675, "shown": [{"activity": "getoond-q1", "score": 0.3719, "worth": 0.7193,
     "chance": 0.1739, "strengths": {"kracht-q2": 0.9317}, "term": "term-q3", "organiser": "wie-q4"}]},
)  # fmt: skip
OF_THE_EVENTS: tuple[str | int | float, ...] = (
    EVENT_PSEUDONYM, "praktijk-q1", "gm-q2", "Z68-q3", "besluit-q4", "reden-q5", 0.7391, 0.3917, 473, "2026-08-23",
    "2026, 8, 23", "besluit-q7", "model-q8", "catalogus-q9", 918273, "1-q0", 8675, "getoond-q1", 0.3719, 0.7193, 0.1739,
    "kracht-q2", 0.9317, "term-q3", "wie-q4", "melder-q5", "06:17:43", "6, 17, 43",
)  # fmt: skip
COUNTED_APART = ("weggegaan-q6",)  # an activity that is not in the catalogue is told of by name, so it is no token
TOKENS = (*OF_THE_PERSON, *OF_THE_EVENTS)
TO_STAY_OUT = (*TOKENS, PSEUDONYM)  # of what stays: files, caches, pickles


def person(**other: Any) -> Participant:
    """The invented person, with some answers otherwise."""
    return Participant.model_validate({**ANSWERS, **other})


def told_events() -> list[dict[str, Any]]:
    """The history as it stands in a file."""
    return [
        {"event_id": f"e{number}", "at": f"2026-07-0{number + 1}T06:17:43Z", "source": "coach", "reporter": "melder-q5",
         "person": EVENT_PSEUDONYM, **told}
        for number, told in enumerate(HISTORY)
    ]  # fmt: skip


def history() -> list[Event]:
    """The history of another invented person."""
    return [event_of(told) for told in told_events()]


def pattern_of(token: str | int | float) -> str:
    """How a token looks in a text: a number stands apart, a word may stand in another."""
    return re.escape(token) if isinstance(token, str) else rf"(?<![\w.]){re.escape(str(token))}(?!\w|\.\d)"


LOOKS_LIKE = {token: re.compile(pattern_of(token)) for token in TO_STAY_OUT}


def found_in(text: str, tokens: Iterable[str | int | float] = TOKENS) -> list[str | int | float]:
    """The tokens that stand in a text."""
    return [token for token in tokens if LOOKS_LIKE[token].search(text)]


def found_in_bytes(held: bytes, tokens: Iterable[str | int | float] = TO_STAY_OUT) -> list[str | int | float]:
    """The tokens that stand in a file or a pickle: words as UTF-8, fractions also as the eight bytes of a float."""
    text = held.decode("utf-8", errors="replace")
    return [token for token in tokens if LOOKS_LIKE[token].search(text) or any(one in held for one in raw(token))]


def raw(token: str | int | float) -> Iterator[bytes]:
    """How a fraction lies in memory; whole numbers are too short to be recognised there."""
    if isinstance(token, float):
        yield from (struct.pack("<d", token), struct.pack(">d", token))
