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
UNREADABLE = "(the count of them)"
OTHERS = "(others than were written)"


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


def amiss(noted: str | None, told: Iterable[str]) -> str:
    """What is wrong with rows as a whole, to stand among the names of damaged ones; empty when nothing is."""
    if noted is None:  # written by a release that kept no tally
        return ""
    there, meant = tally_of(told), tally_in(noted)
    if meant is None:
        return UNREADABLE
    if there.n != meant.n:
        return f"({meant.n - there.n} that are gone)" if there.n < meant.n else f"({there.n - meant.n} too many)"
    return "" if there == meant else OTHERS
