"""Something to ask before somebody goes: what, and whom to ask. An unknown never rules out, it becomes a check."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from wor_match.domain.facts import NO_FACTS, Facts


@dataclass(frozen=True, slots=True)
class Check:
    """Something to ask.

    Attributes
    ----------
    name : str
        What it is about, such as ``price`` or ``access``.
    whom : str
        ``organiser``, or ``participant`` when only they can tell.
    facts : FrozenMap
        What the sentence needs.
    """

    name: str
    whom: Literal["organiser", "participant"]
    facts: Facts = field(default=NO_FACTS, repr=False)  # what a person told may be among them
