"""Rules about who can take part: language, provisions, age, group and what it asks of the body."""

from __future__ import annotations

import numpy as np

from wor_match.constraints.constraint import Constraint
from wor_match.domain.asked import Asked
from wor_match.domain.change import AskPlace
from wor_match.domain.check import Check
from wor_match.domain.columns import ASKS, BODY, NEEDS, ONLY, UNKNOWN, Columns, Flags
from wor_match.domain.facts import Facts, facts

GENDER_OF = {"woman": ONLY.index("women"), "man": ONLY.index("men")}
GOOD_DUTCH = ASKS.index("good_dutch")


def _shares_a_language(columns: Columns, asked: Asked) -> Flags:
    if not asked.person.languages:
        return np.ones(len(columns), dtype=bool)
    allowed: Flags = columns.no_language | columns.spoken(asked.good | asked.little)
    return allowed if asked.person.languages.get("nl") == "good" else allowed & ~columns.asks[:, GOOD_DUTCH]


def _ask_the_language(columns: Columns, asked: Asked, i: int) -> Check | None:
    speaks = asked.person.languages
    unknown = not columns.activities[i].languages
    if unknown and speaks and speaks.get("nl") != "good":
        good = tuple(sorted(code for code in speaks if speaks[code] == "good"))
        return Check("language", "organiser", facts(speaks=good or tuple(sorted(speaks))))
    if columns.asks[i, GOOD_DUTCH] and not speaks:
        return Check("good_dutch", "participant")
    return None


def _which_languages(columns: Columns, asked: Asked, i: int) -> Facts:
    if columns.asks[i, GOOD_DUTCH] and asked.person.languages.get("nl") != "good":
        return facts(say="good_dutch")
    return facts(say="other", languages=columns.activities[i].languages)


no_shared_language = Constraint(
    "no_shared_language", _shares_a_language, asks=_ask_the_language, facts=_which_languages
)


def _is_accessible(columns: Columns, asked: Asked) -> Flags:
    lacks_none: Flags = (columns.access[:, asked.needs] != 0).all(axis=1)
    return lacks_none


def _lacking(columns: Columns, asked: Asked, i: int, answer: int) -> tuple[str, ...]:
    return tuple(NEEDS[need] for need in asked.needs if columns.access[i, need] == answer)


def _ask_for_provisions(columns: Columns, asked: Asked, i: int) -> Check | None:
    needs = () if columns.remote[i] else _lacking(columns, asked, i, UNKNOWN)
    return Check("access", "organiser", facts(needs=needs)) if needs else None


def _which_provisions(columns: Columns, asked: Asked, i: int) -> Facts:
    return facts(needs=_lacking(columns, asked, i, 0))


def _ask_the_place(columns: Columns, asked: Asked, i: int) -> AskPlace | None:
    lacking = _lacking(columns, asked, i, 0)
    return AskPlace(lacking[0]) if len(lacking) == 1 else None


not_accessible = Constraint(
    "not_accessible", _is_accessible, asks=_ask_for_provisions, facts=_which_provisions, relax=_ask_the_place
)


def _is_of_age(columns: Columns, asked: Asked) -> Flags:
    age = asked.person.age
    if age is None:
        return np.ones(len(columns), dtype=bool)
    return (columns.min_age <= age) & (age <= columns.max_age)


def _ask_the_age(columns: Columns, asked: Asked, i: int) -> Check | None:
    audience = columns.activities[i].audience
    ruled = audience.min_age is not None or audience.max_age is not None
    return Check("age", "participant", _which_ages(columns, asked, i)) if ruled and asked.person.age is None else None


def _which_ages(columns: Columns, asked: Asked, i: int) -> Facts:
    audience = columns.activities[i].audience
    say = (
        "between" if None not in (audience.min_age, audience.max_age) else "from" if audience.max_age is None else "to"
    )
    return facts(say=say, min_age=audience.min_age, max_age=audience.max_age)


not_for_this_age = Constraint("not_for_this_age", _is_of_age, asks=_ask_the_age, facts=_which_ages)


def _is_for_this_group(columns: Columns, asked: Asked) -> Flags:
    mine = GENDER_OF.get(asked.person.gender or "")
    return np.ones(len(columns), dtype=bool) if mine is None else (columns.only == UNKNOWN) | (columns.only == mine)


def _ask_about_the_group(columns: Columns, asked: Asked, i: int) -> Check | None:
    """All that the group asks of who joins and that nobody knows yet, in one check."""
    asks = list(_asked_there(columns, i))
    if columns.only[i] != UNKNOWN and asked.person.gender is None and not asks:
        return Check("gender", "participant", facts(only=ONLY[columns.only[i]]))
    if columns.only[i] != UNKNOWN and asked.person.gender not in GENDER_OF:
        asks.append(f"only_{ONLY[columns.only[i]]}")
    return Check("joining", "organiser", facts(asks=tuple(asks))) if asks else None


def _asked_there(columns: Columns, i: int) -> tuple[str, ...]:
    named = (name for name, needed in zip(ASKS, columns.asks[i], strict=True) if needed and name != "good_dutch")
    return (*(["residents_only"] if columns.residents_only[i] else []), *named)


def _for_whom(columns: Columns, asked: Asked, i: int) -> Facts:
    return facts(say=ONLY[columns.only[i]])


not_for_this_group = Constraint("not_for_this_group", _is_for_this_group, asks=_ask_about_the_group, facts=_for_whom)


def _is_within_reach(columns: Columns, asked: Asked) -> Flags:
    if asked.body == UNKNOWN:
        return np.ones(len(columns), dtype=bool)
    return ~columns.body_is_own | (columns.body <= asked.body)


def _ask_the_level(columns: Columns, asked: Asked, i: int) -> Check | None:
    heavier = asked.body != UNKNOWN and not columns.body_is_own[i] and columns.body[i] > asked.body
    return Check("level", "organiser", _how_heavy(columns, asked, i)) if heavier else None


def _how_heavy(columns: Columns, asked: Asked, i: int) -> Facts:
    return facts(level=BODY[columns.body[i]])


body_level = Constraint("body_level", _is_within_reach, asks=_ask_the_level, facts=_how_heavy)
