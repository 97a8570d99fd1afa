"""What was worked out lately and will be asked again: kept in memory, never more than so much of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from numpy.typing import NDArray

K = TypeVar("K")
V = TypeVar("V")
Arrays = TypeVar("Arrays", bound=tuple[NDArray[Any], ...])


class Kept(Generic[K, V]):
    """Values by what they follow from; safe to share between threads, and empty where it is unpickled.

    Parameters
    ----------
    most : int
        How many are kept; the oldest makes room.

    Examples
    --------
    >>> squares = Kept(most=2)
    >>> [squares.of(n, lambda n: n * n) for n in (2, 3, 2, 4)]
    [4, 9, 4, 16]
    >>> len(squares)
    2
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._values: dict[K, V] = {}

    def __len__(self) -> int:
        return len(self._values)

    def __reduce__(self) -> tuple[type[Kept[K, V]], tuple[int]]:
        return type(self), (self.most,)

    def of(self, key: K, make: Callable[[K], V]) -> V:
        """What is kept of this key; made when it is not there.

        Two threads may both make it: `make` must give equal values, for it is not said whose is kept.
        """
        known = self._values.get(key)
        if known is None:
            known = make(key)
            while self._values and len(self._values) >= self.most:
                self._make_room()
            self._values[key] = known
        return known

    def _make_room(self) -> None:  # no lock: a child that forks meanwhile would wait for ever
        with contextlib.suppress(RuntimeError, StopIteration):  # somebody else did at the same moment
            self._values.pop(next(iter(self._values)), None)


def unchanging(arrays: Arrays) -> Arrays:
    """The same arrays, that nobody can write into: what is kept serves everybody who asks."""
    for one in arrays:
        one.setflags(write=False)
    return arrays
