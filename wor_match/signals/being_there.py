"""What it is like to be there: the welcome, the group, the company, the language, what it asks of the body."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from wor_match.domain.asked import Asked
from wor_match.domain.columns import (
    BODY,
    CONTACTS,
    MIXES,
    SIZES,
    SUPPORTS,
    UNKNOWN,
    Codes,
    Columns,
    Flags,
    Floats,
)
from wor_match.domain.facts import Facts, facts
from wor_match.signals.signal import Signal

VISITORS_NEUTRAL = 0.5
AS_ELSEWHERE = 1e-9  # closer to neutral than this is what adding up costs
GROUP_NEUTRAL, WELCOME_NEUTRAL, COMPANY_NEUTRAL, LANGUAGE_NEUTRAL, LEVEL_NEUTRAL = 0.5, 0.5, 0.4, 0.7, 0.8
WELCOMED, CLOSED = 0.75, 0.25
LITTLE, LIGHTER = 0.5, 0.75


def _parts(columns: Columns, asked: Asked, rows: slice | int = slice(None)) -> dict[str, Floats]:
    """Each part the person asked for, as far as everybody has it: 1 fits, 0 not, .5 unknown."""
    parts = (
        ("size", columns.size, asked.size, SIZES),
        ("mix", columns.mix, asked.mix, MIXES),
        ("contact", columns.contact, asked.contact, CONTACTS),
    )
    return {name: fits(wish, len(kinds))[column[rows]] for name, column, wish, kinds in parts if wish != UNKNOWN}


@cache
def fits(wish: int, n_kinds: int) -> Floats:
    """How well each kind fits what was wished, by its code: 1 for that very one, 0 for another, .5 when unknown."""
    strength = np.zeros(n_kinds + 1)
    strength[wish], strength[UNKNOWN] = 1.0, 0.5  # the last place stands for what is unknown
    return strength


def with_advised_age(columns: Columns) -> Codes:
    """The activities that advise an age, (n_advising,)."""
    return np.flatnonzero(~(np.isnan(columns.advised_from) & np.isnan(columns.advised_to)))


def _is_advised(columns: Columns, age: int, rows: Codes | int) -> Flags:
    return ~((columns.advised_from[rows] > age) | (columns.advised_to[rows] < age))


def _group_fits(columns: Columns, asked: Asked) -> Floats:
    """The mean over the parts; where an age is advised and the person told theirs, that is one more."""
    parts, age = list(_parts(columns, asked).values()), asked.person.age
    total = sum(parts, np.zeros(len(columns)))
    mean = total / len(parts) if parts else np.full(len(columns), GROUP_NEUTRAL)
    if age is not None:
        rows = columns.once(with_advised_age)
        mean[rows] = (total[rows] + _is_advised(columns, age, rows)) / (len(parts) + 1)
    return mean


def _the_group(columns: Columns, asked: Asked, i: int) -> Facts:
    parts = {name: float(strength) for name, strength in _parts(columns, asked, i).items()}
    age = asked.person.age
    if age is not None and not (math.isnan(columns.advised_from[i]) and math.isnan(columns.advised_to[i])):
        parts["age"] = float(_is_advised(columns, age, i))
    answers = ((1.0, "fits"), (0.0, "differs"))
    for wanted, answer in answers if sum(parts.values()) >= GROUP_NEUTRAL * len(parts) else reversed(answers):
        for name in parts:
            if parts[name] == wanted:
                group = columns.activities[i].group
                what = SIZES[asked.size] if name == "size" and answer == "fits" else name
                return facts(say=f"{what}_{answer}", contact=group.contact, people=group.size)
    return facts(say="unknown")


group_fits = Signal(
    "group_fits",
    _group_fits,
    _the_group,
    GROUP_NEUTRAL,
    (0.2, 0.6),
    "cohesion keeps people at 1, 6 and 12 months (Estabrooks PMID 10650537); walkers stay for company (HFW)",
)


def _welcome(columns: Columns, asked: Asked) -> Floats:
    return columns.once(welcome_at)


def welcome_at(columns: Columns) -> Floats:
    """How newcomers are received at each activity, whoever asks."""
    open_ = np.where(columns.newcomers_welcome, WELCOMED, WELCOME_NEUTRAL)
    return np.where(columns.newcomers_closed, CLOSED, open_)


def _the_welcome(columns: Columns, asked: Asked, i: int) -> Facts:
    if columns.newcomers_closed[i]:
        return facts(say="closed")
    if not columns.newcomers_welcome[i]:
        return facts(say="unknown")
    host = columns.activities[i].host.receives_newcomers
    ask_for = columns.activities[i].first_visit.ask_for
    return facts(say="host" if host and ask_for else "newcomers", ask_for=ask_for)


welcome = Signal(
    "welcome",
    _welcome,
    _the_welcome,
    WELCOME_NEUTRAL,
    (0.3, 0.6),
    "not being taken into an existing group is the main complaint of who left (Kassavou, PLoS ONE)",
)


def _visitors_say(columns: Columns, asked: Asked) -> Floats:
    return columns.once(said_by_visitors)


def said_by_visitors(columns: Columns) -> Floats:
    """What visitors said of each activity, whoever asks."""
    return np.where(np.isnan(columns.visitors_say), VISITORS_NEUTRAL, columns.visitors_say)


def _what_visitors_say(columns: Columns, asked: Asked, i: int) -> Facts:
    told, n = float(columns.visitors_say[i]), int(columns.n_visitors[i])
    if math.isnan(told) or math.isclose(told, VISITORS_NEUTRAL, abs_tol=AS_ELSEWHERE):
        return facts(say="unknown")  # as they liked it at other places says nothing of this one
    say = "liked" if told > VISITORS_NEUTRAL else "below"
    return facts(say=f"{say}_by", n=n) if n else facts(say=say)


visitors_say = Signal(
    "visitors_say",
    _visitors_say,
    _what_visitors_say,
    VISITORS_NEUTRAL,
    (1.0, 2.0),
    "the welcome, the click and the room of the first visit decide about going on (welzijnoprecept.nl)",
)


def _company(columns: Columns, asked: Asked) -> Floats:
    if not len(asked.support):
        return np.full(len(columns), COMPANY_NEUTRAL)
    share: Floats = columns.support[:, asked.support].mean(axis=1)
    return share


def _who_comes_along(columns: Columns, asked: Asked, i: int) -> Facts:
    offered = tuple(SUPPORTS[kind] for kind in asked.support if columns.support[i, kind])
    if offered:
        return facts(say="offered", support=offered)
    return facts(say="lacking" if len(asked.support) else "unknown")


company = Signal(
    "company",
    _company,
    _who_comes_along,
    COMPANY_NEUTRAL,
    (0.4, 0.3),
    "a link worker or buddy who comes along (12 studies of matching with support)",
)


def _own_language(columns: Columns, asked: Asked) -> Floats:
    if not asked.person.languages:
        return np.full(len(columns), LANGUAGE_NEUTRAL)
    strength = np.zeros(len(columns))
    strength[columns.spoken(asked.little)] = LITTLE
    strength[columns.spoken(asked.good)] = 1.0
    strength[columns.no_language] = LANGUAGE_NEUTRAL
    return strength


def _the_language(columns: Columns, asked: Asked, i: int) -> Facts:
    spoken = asked.person.languages
    shared = [code for code in columns.activities[i].languages if code in spoken]
    good = tuple(code for code in shared if spoken[code] == "good")
    own = tuple(code for code in good if code != "nl")
    if good and not own:
        return facts(say="unknown")  # Dutch in the Netherlands is nothing to speak of
    return facts(say="own" if own else "little" if shared else "unknown", languages=own or tuple(shared))


own_language = Signal(
    "own_language",
    _own_language,
    _the_language,
    LANGUAGE_NEUTRAL,
    (0.3, 0.4),
    "language is a registered reason to leave (W1)",
)


def _level_fits(columns: Columns, asked: Asked) -> Floats:
    """A heavier level that only comes from the term is unknown, not heavier: somebody asks (see the constraint)."""
    if asked.body == UNKNOWN:
        return np.full(len(columns), LEVEL_NEUTRAL)
    lighter = np.where(columns.body < asked.body, LIGHTER, LEVEL_NEUTRAL)
    heavier = (columns.body > asked.body) & columns.body_is_own
    fits = np.where(columns.body == asked.body, 1.0, np.where(heavier, 0.0, lighter))
    return np.where(columns.body == UNKNOWN, LEVEL_NEUTRAL, fits)


def _the_level(columns: Columns, asked: Asked, i: int) -> Facts:
    body = int(columns.body[i])
    if body == UNKNOWN or asked.body == UNKNOWN:
        return facts(say="unknown")
    say = "same" if body == asked.body else "lighter" if body < asked.body else "heavier"
    return facts(say=say, level=BODY[body])


level_fits = Signal(
    "level_fits",
    _level_fits,
    _the_level,
    LEVEL_NEUTRAL,
    (0.3, 0.5),
    "confidence keeps people, injury ends nearly half of beginners' running (Herens; Fokkema, 774 people)",
)
