"""What it is like to be there: the welcome, the group, the company, the language, what it asks of the body."""

from __future__ import annotations

import math

import numpy as np

from wor_match.domain.asked import Asked
from wor_match.domain.columns import BODY, SIZES, SUPPORTS, UNKNOWN, Codes, Columns, Floats
from wor_match.domain.facts import Facts, facts
from wor_match.signals.signal import Signal

VISITORS_NEUTRAL = 0.5
AS_ELSEWHERE = 1e-9  # closer to neutral than this is what adding up costs
GROUP_NEUTRAL, WELCOME_NEUTRAL, COMPANY_NEUTRAL, LANGUAGE_NEUTRAL, LEVEL_NEUTRAL = 0.5, 0.5, 0.4, 0.7, 0.8
WELCOMED, CLOSED = 0.75, 0.25
LITTLE, LIGHTER = 0.5, 0.75


def _parts(columns: Columns, asked: Asked, rows: slice = slice(None)) -> list[tuple[str, Floats]]:
    """Each part the person asked for (and the advised age, when told): 1 fits, 0 not, .5 unknown, NaN not asked."""
    parts = [
        (name, part_of(column[rows], wish))
        for name, column, wish in (
            ("size", columns.size, asked.size),
            ("mix", columns.mix, asked.mix),
            ("contact", columns.contact, asked.contact),
        )
        if wish != UNKNOWN
    ]
    age = asked.person.age
    if age is not None:
        youngest, oldest = columns.advised_from[rows], columns.advised_to[rows]
        advised = ~(np.isnan(youngest) & np.isnan(oldest))
        fits = ~(youngest > age) & ~(oldest < age)
        parts.append(("age", np.where(advised, fits.astype(np.float64), math.nan)))
    return parts


def part_of(column: Codes, wish: int) -> Floats:
    """1 where the column is what was wished, 0 where it is something else, .5 where it is unknown."""
    return np.where(column == UNKNOWN, 0.5, column == wish).astype(np.float64)


def _group_fits(columns: Columns, asked: Asked) -> Floats:
    found = [strength for _, strength in _parts(columns, asked)]
    if not found:
        return np.full(len(columns), GROUP_NEUTRAL)
    parts = np.array(found).reshape(len(found), len(columns))
    asked_for = (~np.isnan(parts)).sum(axis=0)
    mean = np.nan_to_num(parts, nan=0.0).sum(axis=0) / np.maximum(asked_for, 1)
    return np.where(asked_for > 0, mean, GROUP_NEUTRAL)


def _the_group(columns: Columns, asked: Asked, i: int) -> Facts:
    parts = {name: float(strength[0]) for name, strength in _parts(columns, asked, slice(i, i + 1))}
    told = [strength for strength in parts.values() if not math.isnan(strength)]
    answers = ((1.0, "fits"), (0.0, "differs"))
    for wanted, answer in answers if sum(told) >= GROUP_NEUTRAL * len(told) else reversed(answers):
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
    return np.where(np.isnan(columns.visitors_say), VISITORS_NEUTRAL, columns.visitors_say)


def _what_visitors_say(columns: Columns, asked: Asked, i: int) -> Facts:
    told, n = float(columns.visitors_say[i]), int(columns.n_visitors[i])
    if math.isnan(told) or math.isclose(told, VISITORS_NEUTRAL, rel_tol=0.0, abs_tol=AS_ELSEWHERE):
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
    good = (columns.languages & asked.good).any(axis=1)
    little = (columns.languages & asked.little).any(axis=1)
    known = columns.languages.any(axis=1)
    return np.where(known, np.where(good, 1.0, np.where(little, LITTLE, 0.0)), LANGUAGE_NEUTRAL)


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
