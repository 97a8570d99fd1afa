"""Whether all that was written is still there: how many rows, and the sum of their digests, noted beside them.

A row checks itself, but a flipped pointer inside a file hides rows that are whole. A sum follows every change without
reading the other rows and, unlike a chain, is not broken by an erasure. It guards against damage, not against a forger.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from wor_match.journal.rows import seal_of, sealed

N_DIGITS, SUM_DIGITS = 8, 40  # hex; together what a seal is put on
MODULUS = 16**SUM_DIGITS


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows there are, and the sum of their digests."""

    n: int = 0
    total: int = 0

    def moved(self, added: Iterable[str], gone: Iterable[str]) -> Tally:
        """The tally after some rows came and others went."""
        came, went = tally_of(added), tally_of(gone)
        return Tally(self.n + came.n - went.n, (self.total + came.total - went.total) % MODULUS)

    def __str__(self) -> str:
        told = f"{self.n:0{N_DIGITS}x}{self.total:0{SUM_DIGITS}x}"
        return told + seal_of(told)


def tally_of(told: Iterable[str]) -> Tally:
    """The tally of rows, each given as the text that it stands or falls with."""
    sums = [int(sha256(str(one).encode("utf-8", "surrogatepass")).hexdigest()[:SUM_DIGITS], 16) for one in told]
    return Tally(len(sums), sum(sums) % MODULUS)


def tally_in(noted: str) -> Tally | None:
    """The tally in a note; None when the note is damaged."""
    if not sealed(noted):
        return None
    return Tally(int(noted[:N_DIGITS], 16), int(noted[N_DIGITS : N_DIGITS + SUM_DIGITS], 16))


@dataclass(frozen=True, slots=True)
class Amiss:
    """What is wrong with rows as a whole; its text stands among the names of damaged ones.

    Attributes
    ----------
    n_over : int, optional
        Rows too many, or below zero those that are gone; 0 when others stand there, None when the note is damaged.
    """

    n_over: int | None

    def __str__(self) -> str:
        if not self.n_over:
            return "(the count of them)" if self.n_over is None else "(others than were written)"
        return f"({self.n_over} too many)" if self.n_over > 0 else f"({-self.n_over} that are gone)"


def amiss(noted: str | None, told: Iterable[str]) -> Amiss | None:
    """What is wrong with rows as a whole, when something is."""
    if noted is None:  # written by a release that kept no tally
        return None
    there, meant = tally_of(told), tally_in(noted)
    if meant is None:
        return Amiss(None)
    return None if there == meant else Amiss(there.n - meant.n)
