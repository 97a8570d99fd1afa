"""Events as JSON Lines: one event a line, read strictly, with every problem at its line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from wor_match.domain.event import Event
from wor_match.domain.kinds import as_line, event_of
from wor_match.domain.strict_json import TwiceError, strict_value
from wor_match.errors import EventError, Problem
from wor_match.wholefile import write_whole

LONGEST_LINE = 64_000  # characters; an advice of a hundred suggestions stays below it


def read_events(path: str | Path) -> list[Event]:
    """The events of a file in JSON Lines, in the order of the file.

    Raises
    ------
    EventError
        With every problem as ``file:line``, in one go; what was told about a person is not repeated.

    Examples
    --------
    >>> read_events("no-such-file.jsonl")
    Traceback (most recent call last):
    wor_match.errors.EventError: no-such-file.jsonl cannot be read: No such file or directory
    """
    found: list[Event] = []
    problems: list[Problem] = []
    try:
        with Path(path).open(encoding="utf-8-sig", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    problems += event_in(line, str(path), number, found)
    except OSError as fault:
        raise EventError(f"{path} cannot be read: {fault.strerror}") from None
    except UnicodeDecodeError:
        raise EventError(f"{path} is no UTF-8; save the file as UTF-8") from None
    except ValueError:
        raise EventError(f"{str(path)!r} is no path") from None
    if problems:
        raise EventError(f"events in {path} are refused", problems)
    return found


def event_in(line: str, file: str, number: int, found: list[Event]) -> list[Problem]:
    """Add the event on a line to what was found, or tell what is wrong with it."""
    if len(line) > LONGEST_LINE:
        return [
            Problem(
                f"is longer than {LONGEST_LINE} characters; one event stands on a line", "too-long", "", file, number, 1
            )
        ]
    try:
        found.append(event_of(strict_value(line)))
    except TwiceError:
        return [Problem("has a name twice in one object; keep one of them", "duplicate-key", "", file, number, 1)]
    except (ValueError, RecursionError):
        return [Problem("is no JSON object; write one event on a line", "no-json", "", file, number, 1)]
    except EventError as fault:
        told = fault.problems or (Problem(fault.sentence, "unknown-kind", "kind"),)
        return [Problem(one.sentence, one.code, one.path, file, number, 1) for one in told]
    return []


def write_events(path: str | Path, events: Iterable[Event]) -> None:
    """Write events as JSON Lines, all or nothing and for their owner only; reading them gives the same events.

    Raises
    ------
    EventError
        When the file cannot be written, or something is no event or too long to be read back.
    """
    told = list(events)
    if not all(isinstance(event, Event) for event in told):
        raise EventError("something among the events is no event; give the path, then events made with event_of()")
    lines = [as_line(event) for event in told]
    if long := [event.event_id for event, line in zip(told, lines, strict=True) if len(line) >= LONGEST_LINE]:
        raise EventError(f"event {long[0]} is longer than {LONGEST_LINE} characters; nothing was written; shorten it")
    try:
        write_whole(Path(path), "".join(f"{line}\n" for line in lines))
    except (OSError, ValueError) as fault:
        raise EventError(f"{path} cannot be written: {getattr(fault, 'strerror', None) or 'it is no path'}") from None
