"""Everything that a call leaves behind beside what it was asked for: texts of results, errors, warnings, logs, output."""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import wor_match
from wor_match.domain.value import Value

OURS = str(Path(wor_match.__file__).parent)
DEEPEST = 4


@dataclass
class Left:
    """What was left behind, by the kind of place: where → text."""

    texts: list[tuple[str, str]] = field(default_factory=list)

    def add(self, where: str, text: object) -> None:
        """Keep a text."""
        self.texts.append((where, str(text)))

    def holding(self, found_in: Callable[[str], list[Any]]) -> list[tuple[str, Any]]:
        """Where a token stands, and which."""
        return sorted({(where, token) for where, text in self.texts for token in found_in(text)}, key=str)


def left_by(call: Callable[[], Any]) -> Left:
    """What a call leaves behind, whether it answers or refuses."""
    left = Left()
    with listening(left):
        try:
            result = call()
        except Exception as fault:
            for where, text in told_by(fault):
                left.add(where, text)
        else:
            for name, one in ours_in(result):
                left.add(name, f"{one!r} {one}")
    return left


@contextlib.contextmanager
def listening(left: Left) -> Iterator[None]:
    """Listen to logging, warnings, and both streams, those of workers included."""
    heard = Heard(left)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(heard)
    root.setLevel(logging.DEBUG)
    try:
        with streams(left), warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            yield
        for one in warned:
            left.add("warning", one.message)
    finally:
        root.removeHandler(heard)
        root.setLevel(level)


class Heard(logging.Handler):
    """Keeps each record with its arguments, whatever its level."""

    def __init__(self, left: Left) -> None:
        super().__init__(logging.NOTSET)
        self.left = left

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.left.add("log", f"{record.getMessage()} {record.args!r} {record.__dict__!r}")


@contextlib.contextmanager
def streams(left: Left) -> Iterator[None]:
    """Listen to what is written to standard output and error by this process and by its workers."""
    with tempfile.TemporaryFile() as kept, contextlib.ExitStack() as after:
        for number in (1, 2):
            before = os.dup(number)
            after.callback(os.close, before)
            after.callback(os.dup2, before, number)
            os.dup2(kept.fileno(), number)
        with (
            open(os.dup(kept.fileno()), "w", encoding="utf-8", errors="backslashreplace") as written,
            contextlib.redirect_stdout(written),
            contextlib.redirect_stderr(written),
        ):
            yield
        kept.seek(0)
        left.add("stream", kept.read().decode("utf-8", errors="replace"))


def told_by(fault: BaseException) -> Iterator[tuple[str, str]]:
    """Texts of an error, of what it came from, and of every frame of ours that it went through, with its locals."""
    at: BaseException | None = fault
    seen: set[int] = set()
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield "error", f"{at} {at!r} {at.args!r} {at.__dict__!r} {getattr(at, '__notes__', '')}"
        yield from locals_in(at.__traceback__)
        at = at.__cause__ or at.__context__


def locals_in(trace: TracebackType | None) -> Iterator[tuple[str, str]]:
    """The locals of our own frames, as `traceback.TracebackException(capture_locals=True)` shows them."""
    for frame, _ in traceback.walk_tb(trace):
        if frame.f_code.co_filename.startswith(OURS):
            where = f"{Path(frame.f_code.co_filename).relative_to(OURS)}:{frame.f_code.co_name}"
            for name, one in frame.f_locals.items():
                yield f"locals {where} {name}", shown(one)


def shown(one: Any) -> str:
    """What a value shows of itself; of one that is half made, that it cannot."""
    try:
        return repr(one)
    except Exception as fault:
        return f"no repr: {fault}"


def ours_in(result: Any, name: str = "", deep: int = 0) -> Iterator[tuple[str, Any]]:
    """Every value of ours in a result, by its public name: in what it holds, and in what holds it."""
    if deep > DEEPEST:
        return
    if isinstance(result, Mapping):
        parts = [(f"{name}[]", one) for one in result.values()]
    elif isinstance(result, list | tuple | set | frozenset):
        parts = [(f"{name}[]", one) for one in [*result][:20]]
    elif (type(result).__module__ or "").startswith("wor_match"):
        offer = isinstance(result, Value) and not result.private
        yield f"{'offer' if offer else 'repr'} {type(result).__name__}", result
        parts = [(f"{name}.{one}", value) for one, value in public(result)]
    else:
        return
    for called, one in parts:
        yield from ours_in(one, called, deep + 1)


def public(one: Any) -> Iterator[tuple[str, Any]]:
    """The public attributes of a value that are no methods."""
    names = {*dir(type(one)), *getattr(one, "__dict__", {})}
    for name in sorted(names):
        if not name.startswith(("_", "model_")):
            with contextlib.suppress(Exception):
                value = getattr(one, name)
                if not callable(value):
                    yield name, value
