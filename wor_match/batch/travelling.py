"""How a matcher goes to workers: packed once, unpacked once by each process, however many blocks of people follow.

What a matcher works out on the way (the sessions of a day) then stays with the worker, and no block pays for it again.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from wor_match.domain.lazy import lazy
from wor_match.errors import WorMatchError

if TYPE_CHECKING:
    from wor_match.matcher import Matcher

MOST_MATCHERS = 4  # that a worker keeps at hand


@dataclass(frozen=True, eq=False)
class Travelling:
    """A matcher that may be sent along with every block of people.

    Attributes
    ----------
    matcher : Matcher
    """

    matcher: Matcher

    @lazy
    def packed(self) -> bytes:
        """The matcher as bytes; rules and signals that were written in a script or a notebook travel too."""
        from joblib import wrap_non_picklable_objects

        return pickle.dumps(wrap_non_picklable_objects(self.matcher, keep_wrapper=False))

    def __reduce__(self) -> tuple[Any, ...]:
        return arrived, (self.packed,)

    def __sizeof__(self) -> int:
        return len(self.packed)  # so that Dask sends it once to each worker, and not with each block


@lru_cache(maxsize=MOST_MATCHERS)
def arrived(packed: bytes) -> Travelling:
    """The matcher that was packed so, the same one each time."""
    return Travelling(pickle.loads(packed))  # noqa: S301 — joblib, Dask or Spark brought it, and trusts it as much


@contextmanager
def workers_that_stay() -> Iterator[None]:
    """Makes a WorMatchError of a worker that is gone before its work is done."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        yield
    except BrokenProcessPool:
        raise WorMatchError(
            "a worker was ended from outside, mostly for want of memory; take fewer workers", code="worker-gone"
        ) from None
