"""The signals with what an organisation believes of them, in an order that means nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wor_match.errors import WorMatchError
from wor_match.settings import Settings
from wor_match.signals import Signal


def believed(signals: Sequence[Signal], settings: Settings) -> tuple[Signal, ...]:
    """The signals with the beliefs of the settings, sorted by name so that their order means nothing."""
    names = sorted(signal.name for signal in signals)
    if unknown := sorted(set(settings.beliefs) - set(names)):
        raise WorMatchError(
            f"settings have beliefs about unknown signals: {', '.join(unknown)}; known are {', '.join(names)}",
            code="unknown-name",
        )
    own = [replace(one, beliefs=settings.beliefs.get(one.name, one.beliefs)) for one in signals]
    return tuple(sorted(own, key=lambda signal: signal.name))
