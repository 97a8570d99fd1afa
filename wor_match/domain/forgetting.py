"""How an error leaves a door: with every line that it passed, and without what stood in memory there.

Some programs log each frame of an error with its variables; what somebody told must not be among them.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from wor_match.errors import WorMatchError

P = ParamSpec("P")
R = TypeVar("R")


def forgetful(door: Callable[P, R]) -> Callable[P, R]:
    """The same function; an error that leaves it takes no variables along, neither its own nor those further down.

    Files and lines stay in the traceback. Frames of who calls keep theirs: those are not ours to clear.

    Examples
    --------
    >>> @forgetful
    ... def asked(told):
    ...     raise WorMatchError("this cannot be answered")
    >>> try:
    ...     asked("what somebody told")
    ... except WorMatchError as fault:
    ...     frames = list(traceback.walk_tb(fault.__traceback__))
    >>> ["told" in frame.f_locals for frame, _ in frames[1:]]
    [False, False]
    """

    @wraps(door)
    def through(*told: P.args, **named: P.kwargs) -> R:
        before = sys.exception()  # what the caller is handling is theirs, and so are its frames
        try:
            return door(*told, **named)
        except BaseException as fault:
            del told, named
            forget(fault, before)
            raise
        finally:
            del before

    return through


def forget(fault: BaseException, before: BaseException | None = None) -> None:
    """Clear the variables of every frame that an error passed, and of what it came from; `before` is not ours."""
    at: BaseException | None = fault
    seen: set[int] = {id(before)}
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        traceback.clear_frames(at.__traceback__)
        if isinstance(at, WorMatchError) and at.__suppress_context__:
            at.__context__ = before  # a parser's error holds the text that it could not read
        at = at.__cause__ or at.__context__
