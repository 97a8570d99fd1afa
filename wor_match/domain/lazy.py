"""A value that is worked out when it is first asked for, and kept with who was asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 — it stands where `property` stands
    """As `functools.cached_property`, without the lock that Python 3.11 holds for all instances together.

    A process that forks while another thread holds that lock leaves its child waiting for ever. Two threads may both
    work the value out: it must come out equal.

    Examples
    --------
    >>> class Town:
    ...     @lazy
    ...     def people(self):
    ...         print("counted")
    ...         return 3
    >>> town = Town()
    >>> town.people + town.people
    counted
    6
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        self.work, self.name = work, work.__name__
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, asked: None, owner: type | None = None) -> Self: ...

    @overload
    def __get__(self, asked: object, owner: type | None = None) -> T: ...

    def __get__(self, asked: object | None, owner: type | None = None) -> Self | T:
        if asked is None:
            return self
        kept: T = asked.__dict__.setdefault(self.name, self.work(asked))
        return kept
