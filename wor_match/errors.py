"""Every error and every warning of the library, on one page.

A sentence says where, what was seen, what is allowed and what to do. It never repeats what a participant said.
Each names its code, which ``wor-match explain`` and the page `docs/errors.md` tell more about.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from wor_match.codes import CODES as CODES
from wor_match.codes import Code as Code

MANY = 50  # problems told in one go; the rest is counted
JOINERS = "\u200c\u200d"  # they hold emoji and some scripts together


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault at one place; its text is the line that a command prints.

    Attributes
    ----------
    sentence : str
        What was seen, what is allowed and what to do.
    code : Code
        The kind of fault in one word, such as ``duplicate-key``.
    path : str
        The place inside the value, such as ``activities.3.terms.0``.
    file, line, column : str, int, int
        The place in a file, counted from 1; empty and 0 when there is no file.
    severity : str
        ``error`` or ``warning``.
    """

    sentence: str
    code: Code = "refused"
    path: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    severity: str = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: " if self.line else f"{self.file}: " if self.file else ""
        fault = f"{self.code} {self.path}" if self.path else self.code
        return one_line(f"{place}{fault}: {self.sentence}")


class WorMatchError(Exception):
    """Something was asked that cannot be answered; every error of the library is one of these.

    Parameters
    ----------
    sentence : str
        What is wrong, in one sentence.
    problems : iterable of Problem
        Every fault that was found, when there can be more than one.
    many : int
        How many of them stand in the text of the error; the rest is counted.
    code : Code
        The kind of fault in one word, such as ``unknown-name``. It ends the text, unless there are problems: then each
        of those names its own, and this one is ``refused``.

    Examples
    --------
    >>> print(WorMatchError("there is no backend 'x'; there are: polars", code="unknown-name"))
    there is no backend 'x'; there are: polars [unknown-name]
    """

    def __init__(
        self, sentence: str, problems: Iterable[Problem] = (), many: int = MANY, *, code: Code = "refused"
    ) -> None:
        self.sentence, self.many = sentence, many
        self.code: Code = code
        self.problems: tuple[Problem, ...] = tuple(problems)
        told = [str(problem) for problem in self.problems[:many]]
        if len(self.problems) > many:
            told.append(f"... and {len(self.problems) - many} more")
        first = one_line(sentence) if self.problems else coded(sentence, code)
        super().__init__("\n".join([first, *told]))

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), code=self.code), (self.sentence, self.problems, self.many)


class CatalogueError(WorMatchError):
    """A catalogue, or an activity in it, cannot be read."""


class ParticipantError(WorMatchError):
    """What was told about a participant cannot be read; the sentence names the field and never the value."""


class EventError(WorMatchError):
    """An event, or a history of them, cannot be read; the sentence names the event and never the person."""


class ModelError(WorMatchError):
    """A saved model cannot be read, or the outcomes could not be fitted; what was learned before stays as it was."""


class JournalError(WorMatchError):
    """The journal cannot do what was asked; nothing was half done, and the caller still holds its events."""


class BusyError(JournalError):
    """Somebody else held the journal for too long; nothing was written, and trying again is harmless."""


class InfeasibleError(WorMatchError):
    """Not everybody can have a place.

    Parameters
    ----------
    sentence : str
    capacity : iterable of int
        The columns of the activities that lack places: no smaller number of activities could place everybody by
        growing. Empty when somebody has no possible activity, so that no places would help.
    """

    def __init__(self, sentence: str, capacity: Iterable[int] = ()) -> None:
        super().__init__(sentence, code="no-place-for-all")
        self.capacity: tuple[int, ...] = tuple(capacity)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.sentence, self.capacity)


class WorMatchWarning(UserWarning):
    """Something was left out, cut short or looks unlikely; every warning of the library is one of these.

    Parameters
    ----------
    sentence : str
        What was seen, and what to do.
    code : Code
        The kind of thing in one word, such as ``cut-short``; it ends the text.
    """

    def __init__(self, sentence: str, code: Code) -> None:
        self.sentence = sentence
        self.code: Code = code
        super().__init__(coded(sentence, code))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.sentence, self.code)


def coded(sentence: str, code: Code) -> str:
    """The sentence on one line, with its code behind it.

    Examples
    --------
    >>> coded("the window is cut to two years", "cut-short")
    'the window is cut to two years [cut-short]'
    """
    return one_line(f"{sentence} [{code}]")


def a_path(told: object, refused: type[WorMatchError]) -> Path:
    """The path that was given.

    Raises
    ------
    WorMatchError
        Of the kind `refused`, when it is neither text nor a Path.

    Examples
    --------
    >>> a_path("offer.yaml", CatalogueError).name
    'offer.yaml'
    """
    if isinstance(told, str | Path):
        return Path(told)
    raise refused("this takes a path; give it as text, such as 'folder/file', or as a Path", code="no-path")


def why(fault: BaseException) -> str:
    """What the system says is wrong with a file.

    Examples
    --------
    >>> why(FileNotFoundError(2, "No such file or directory"))
    'No such file or directory'
    """
    return str(getattr(fault, "strerror", None) or "it is no path")


def one_line(text: str) -> str:
    r"""The text as one line that is safe in a log and on a terminal: what ends a line or steers is written as its code.

    Line ends of every kind, terminal codes, characters that turn text around or hide, lone halves of a character.

    Examples
    --------
    >>> print(one_line("Koor\nerror: \x1b[31mé\u2028"))
    Koor\nerror: \x1b[31mé\u2028
    """
    if text.isprintable():  # nearly all of them
        return text
    return "".join(sign if harmless(sign) else sign.encode("unicode_escape").decode("ascii") for sign in text)


def harmless(sign: str) -> bool:
    """Whether a character only shows itself, or a space."""
    return sign.isprintable() or sign in JOINERS or unicodedata.category(sign) == "Zs"


def tell(text: object) -> None:
    """Write one line on standard error; everything of ours that is written there comes through here."""
    sys.stderr.write(f"{one_line(str(text))}\n")
