"""What was found in a database and its settings, told to who asks whether a journal is sound."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One thing that was looked at.

    Attributes
    ----------
    name : str
        What was looked at, in a word.
    text : str
        What was found; when it is not sound, also what to do.
    sound : bool
        Whether it is as it should be.
    """

    name: str
    text: str
    sound: bool = True
