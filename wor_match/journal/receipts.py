"""What a journal gives back after appending and erasing: counts, and never a person."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Appended:
    """How many events were written, were there already, or were kept out.

    Attributes
    ----------
    new : int
        Events that are on the disk now and were not before.
    known : int
        Events that were there already, with the same content.
    erased : int
        Events that were kept out, because their person was erased.
    """

    new: int
    known: int
    erased: int = 0


@dataclass(frozen=True, slots=True)
class Erased:
    """The receipt of an erasure, fit for a log: the pseudonym does not stand in it and cannot be told from it.

    Attributes
    ----------
    n_events : int
        Events that were removed.
    receipt : str
        The same for the same person in the same journal, and known only there.
    """

    n_events: int
    receipt: str
