"""Which people are in one share of a large file; several machines then take a share each, and no row falls between."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from wor_match.errors import WorMatchError

MOST_SHARDS = 10_000


@dataclass(frozen=True, slots=True)
class Shard:
    """One share of all people: decided by the id alone, so it hangs on no order, and the shares make up the whole.

    Attributes
    ----------
    number, of : int
        The third of sixteen is ``Shard(3, 16)``.

    Raises
    ------
    WorMatchError
        When there is no such share.
    """

    number: int = 1
    of: int = 1

    def __post_init__(self) -> None:
        if not (type(self.number) is type(self.of) is int and 1 <= self.number <= self.of <= MOST_SHARDS):
            raise WorMatchError(
                f"there is no shard {self.number}/{self.of}; shards of 16 are 1/16 to 16/16, of {MOST_SHARDS} at most",
                code="out-of-range",
            )

    @classmethod
    def read(cls, told: str) -> Shard:
        """The shard in a text.

        Raises
        ------
        WorMatchError
            When it is written in another way, or there is no such share.

        Examples
        --------
        >>> Shard.read("3/16")
        Shard(number=3, of=16)
        """
        if not re.fullmatch(r"[0-9]{1,5}/[0-9]{1,5}", told):
            raise WorMatchError(f"a shard is written as 3/16, and not as {told[:20]!r}", code="other-form")
        number, of = told.split("/")
        return cls(int(number), int(of))

    def has(self, person: Any) -> bool:
        """Whether the person with this id is in it; who has no word for an id is in the first."""
        if self.of == 1 or not isinstance(person, str):
            return self.number == 1
        drawn = hashlib.sha256(person.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(drawn[:8], "big") % self.of == self.number - 1
