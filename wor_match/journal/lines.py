"""Events as JSON Lines: one event a line, read strictly, with every problem at its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from io import BufferedReader
from pathlib import Path
from typing import Any

from wor_match.domain.event import Event
from wor_match.domain.event_limits import bytes_for, latest, over_long, too_long
from wor_match.domain.forgetting import forgetful
from wor_match.domain.kinds import as_line, event_of, plain
from wor_match.domain.limits import USUAL, Limits, checked_limits
from wor_match.domain.strict_json import TwiceError, strict_value
from wor_match.errors import EventError, Problem, a_path, why
from wor_match.journal.read_back import reads_back, shown_ids
from wor_match.wholefile import write_whole

BOM = b"\xef\xbb\xbf"
MOST_WIDENED = 8  # times; as it is written a line is longer by its spaces, and by 1e15 as 1000000000000000.0


@forgetful
def read_events(path: str | Path, *, at: date | None = None, limits: Limits = USUAL) -> list[Event]:
    """The events of a file in JSON Lines, in the order of the file.

    Parameters
    ----------
    path : str or Path
    at : date or aware datetime, optional
        When it is read: an event that lies more than `limits.days_ahead` days later is refused.
    limits : Limits
        How much an event holds; `Settings.limits`, when you have your own.

    Raises
    ------
    EventError
        With every problem as ``file:line``, in one go; what was told about a person is not repeated.

    Examples
    --------
    >>> read_events("no-such-file.jsonl")
    Traceback (most recent call last):
    wor_match.errors.EventError: no-such-file.jsonl cannot be read: No such file or directory [no-file]
    """
    found: list[Event] = []
    problems: list[Problem] = []
    most = max(checked_limits(limits).advice_bytes, limits.event_bytes)
    if at is not None:
        latest(at, limits)  # what is wrong with the day itself is no fault of a line
    try:
        with a_path(path, EventError).open("rb") as opened:
            for number, line in enumerate(lines_of(opened, most), 1):
                try:
                    found += [event_on(line, at, limits)] if line.strip() else []
                except EventError as fault:
                    told = fault.problems or (Problem(fault.sentence, "unknown-kind", "kind"),)
                    problems += [Problem(one.sentence, one.code, one.path, str(path), number, 1) for one in told]
    except OSError as fault:
        raise EventError(f"{path} cannot be read: {why(fault)}", code="no-file") from None
    except UnicodeDecodeError:
        raise EventError(f"{path} is no UTF-8; save the file as UTF-8", code="no-utf8") from None
    except ValueError:
        raise EventError(f"{str(path)!r} is no path", code="no-path") from None
    if problems:
        raise EventError(f"events in {path} are refused", problems)
    return found


def lines_of(opened: BufferedReader, most: int) -> Iterator[bytes]:
    """Each line without its end; of one that is longer than `most` bytes only the beginning is kept."""
    if opened.peek(len(BOM)).startswith(BOM):
        opened.read(len(BOM))
    longest = most + len(b"\r\n")
    while line := opened.readline(longest):
        rest = line
        while len(rest) == longest and not rest.endswith(b"\n"):
            rest = opened.readline(longest)
        yield line.removesuffix(b"\n").removesuffix(b"\r")


def event_on(line: bytes, at: date | None, limits: Limits) -> Event:
    """The event on a line.

    Raises
    ------
    EventError
        With what is wrong with the line.
    UnicodeDecodeError
        When it is no UTF-8.
    """
    told: Any = None
    kind = None
    if len(line) <= limits.event_bytes or len(line) <= limits.advice_bytes:
        told = value_on(line.decode("utf-8"))
        kind = told.get("kind") if isinstance(told, dict) else None
    if len(line) > limits.event_bytes and len(line) > bytes_for(kind, limits):
        raise EventError("an event is refused", [Problem(too_long(kind, limits), "too-long")])
    event = event_of(told, at=at, limits=limits)
    if len(line) * MOST_WIDENED > limits.event_bytes and (problems := [*over_long(plain(event), limits)]):
        raise EventError("an event is refused", problems)
    return event


def value_on(line: str) -> Any:
    """The JSON on a line.

    Raises
    ------
    EventError
        When it is none.
    """
    try:
        return strict_value(line)
    except TwiceError:
        fault = Problem("has a name twice in one object; keep one of them", "duplicate-key")
    except (ValueError, RecursionError):
        fault = Problem("is no JSON object; write one event on a line", "no-json")
    raise EventError("an event is refused", [fault])


@forgetful
def write_events(path: str | Path, events: Iterable[Event]) -> None:
    """Write events as JSON Lines, all or nothing and for their owner only; reading them gives the same events.

    Parameters
    ----------
    path : str or Path
        What stands there is replaced, once the new file is whole.
    events : iterable of Event

    Raises
    ------
    EventError
        When the file cannot be written, or something is no event, or cannot be read back.
    """
    told = list(events) if isinstance(events, Iterable) else [events]
    if not all(isinstance(event, Event) for event in told):
        raise EventError(
            "something among the events is no event; give the path, then events made with event_of()", code="wrong-type"
        )
    if wrong := [event for event in told if not reads_back(event)]:
        (name,) = shown_ids(wrong[:1])
        raise EventError(
            f"event {name} cannot be read back as it is; nothing was written; make it with event_of()",
            code="not-read-back",
        )
    for event in told:
        for problem in over_long(plain(event), USUAL):
            raise EventError(f"event {event.event_id} {problem.sentence}; nothing was written", code=problem.code)
    try:
        write_whole(a_path(path, EventError), "".join(f"{as_line(event)}\n" for event in told))
    except (OSError, ValueError) as fault:
        raise EventError(f"{path} cannot be written: {why(fault)}", code="cannot-write") from None
