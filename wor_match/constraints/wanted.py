"""Rules of what the person wants: what they turned down, what is shown only on request, what they know already."""

from __future__ import annotations

import numpy as np

from wor_match.constraints.constraint import Constraint
from wor_match.domain.asked import Asked
from wor_match.domain.change import Change
from wor_match.domain.columns import GROUP, Codes, Columns, Flags
from wor_match.domain.facts import Facts, facts
from wor_match.domain.participant import IN_THE_WAY

MONEY_TERM, DUTCH_TERM = "geldzaken", "nederlands-leren"


def _is_welcome(columns: Columns, asked: Asked) -> Flags:
    return ~asked.unwanted


def _think_again(columns: Columns, asked: Asked, i: int) -> Change:
    kept = tuple(name for name in asked.person.unwanted if i not in columns.named.get(name, ()))
    return Change("unwanted", asked.person.unwanted, kept)


unwanted = Constraint("unwanted", _is_welcome, relax=_think_again)


def _was_requested(columns: Columns, asked: Asked) -> Flags:
    """Sensitive terms and situations are shown to who names that very term, or asks for the activity by its id."""
    requested = asked.requested.copy()
    requested[columns.term[MONEY_TERM]] |= asked.person.state("money") in IN_THE_WAY
    speaks = asked.person.languages
    requested[columns.term[DUTCH_TERM]] |= bool(speaks) and speaks.get("nl") != "good"
    allowed, rows = np.ones(len(columns), dtype=bool), columns.once(on_request_only)
    allowed[rows] = requested[columns.first_term[rows]] | asked.by_id[rows]
    return allowed


def on_request_only(columns: Columns) -> Codes:
    """The activities that are shown to who asks for them, (n_on_request,)."""
    return np.flatnonzero(columns.on_request_only)


only_on_request = Constraint("only_on_request", _was_requested)


def _was_wished(columns: Columns, asked: Asked) -> Flags:
    if not asked.person.only_wishes:
        return np.ones(len(columns), dtype=bool)
    wished: Flags = columns.best_match(asked.wishes, otherwise=1.0) >= GROUP
    return wished


def _wish_wider(columns: Columns, asked: Asked, i: int) -> Change:
    return Change("only_wishes", True, False)


not_wished = Constraint("not_wished", _was_wished, relax=_wish_wider)


def _is_new(columns: Columns, asked: Asked) -> Flags:
    return ~asked.current


already_joined = Constraint("already_joined", _is_new)


def _did_suit(columns: Columns, asked: Asked) -> Flags:
    return ~asked.unsuited


def _try_again(columns: Columns, asked: Asked, i: int) -> Change:
    kept = {
        name: why
        for name, why in asked.person.tried.items()
        if why != "not_suited" or i not in columns.called.get(name, ())
    }
    return Change("tried", asked.person.tried, kept)


def _what_was_tried(columns: Columns, asked: Asked, i: int) -> Facts:
    return facts(activity=columns.activities[i].name)


tried_before = Constraint("tried_before", _did_suit, facts=_what_was_tried, relax=_try_again)
