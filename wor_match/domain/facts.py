"""What a sentence needs to know: named facts, frozen. Rooms give them, words are made of them."""

from __future__ import annotations

from typing import Any

from wor_match.domain.frozen_map import FrozenMap

Facts = FrozenMap[str, Any]
NO_FACTS: Facts = FrozenMap()


def facts(**told: Any) -> Facts:
    """Facts for a sentence; whatever is None is left out.

    Examples
    --------
    >>> facts(minutes=10, mode=None)
    {'minutes': 10}
    """
    return FrozenMap({name: value for name, value in told.items() if value is not None})
