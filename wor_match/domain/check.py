"""Something to ask before somebody goes: what, and whom to ask. An unknown never rules out, it becomes a check."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from wor_match.domain.value import FrozenMap

Facts = FrozenMap[str, Any]
NO_FACTS: Facts = FrozenMap()


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


def facts(**told: Any) -> Facts:
    """Facts for a sentence; whatever is None is left out."""
    return FrozenMap({name: value for name, value in told.items() if value is not None})
