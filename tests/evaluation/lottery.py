"""An invented town where every advice shows one activity drawn by lot, made once for all tests that ask it something."""

from __future__ import annotations

from functools import cache

from wor_match.evaluation.replaying.decisions import Decision, decisions_of
from wor_match.evaluation.simulation import Simulated, World, simulate
from wor_match.matcher import Matcher

PEOPLE = 400


@cache
def town() -> Simulated:
    """Four hundred invented people."""
    return simulate(World(people=PEOPLE, lottery=1.0))


@cache
def matcher() -> Matcher:
    """On their offer, before anything was learned: it made the chances of the lot."""
    return Matcher(town().catalogue)


@cache
def decisions() -> tuple[Decision, ...]:
    """What each lot was drawn from, with the true chances."""
    return decisions_of(matcher(), town().events, town().people, town().truth.chances)
