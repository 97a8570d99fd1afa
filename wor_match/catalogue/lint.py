"""Everything that is wrong or uncertain in a catalogue, line by line: what cannot be read, and what should be asked."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from wor_match.catalogue.checks import Suspicion, suspicions_of
from wor_match.catalogue.files import ReadCatalogue, read_catalogue
from wor_match.domain.asked import day_of
from wor_match.domain.limits import USUAL, Limits, checked_limits
from wor_match.errors import CatalogueError, Problem, harmless, one_line

FORMS = ("text", "json", "github")


def lint(path: str | Path, *, at: date | None = None, limits: Limits = USUAL) -> list[Problem]:
    """Every problem of a catalogue, by file, line and column.

    Parameters
    ----------
    path : str or Path
        A YAML file, a folder, or the name of an example.
    at : date, optional
        The day on which one looks. Without it nothing is said about what is old or does not meet any more.
    limits : Limits
        How much is read.

    Returns
    -------
    list of Problem
        Errors (it cannot be read, an id means two things, nobody can be reached) and warnings (to ask, to look at).

    Raises
    ------
    CatalogueError
        When there is no such file, or it holds more than the limits allow.
    WorMatchError
        When `at` is a time without a zone, or far from our days.

    Examples
    --------
    >>> {problem.severity for problem in lint("nieuwegein", at=date(2026, 11, 23))}
    {'warning'}
    """
    if at is not None and not isinstance(at, date):
        raise CatalogueError("lint() takes a day, such as date(2026, 11, 23)", code="no-day")
    if at is not None:
        at = day_of(at)
    found = read_catalogue(path, checked_limits(limits))
    problems = [*found.problems]
    if found.catalogue is not None:
        problems += [placed(suspicion, found) for suspicion in suspicions_of(found.catalogue, at)]
    return sorted(problems, key=lambda one: (one.file, one.line, one.column, one.code, one.sentence))


def placed(suspicion: Suspicion, found: ReadCatalogue) -> Problem:
    """A suspicion at the place of its field; at that of its activity when the field is not there."""
    keys = tuple(int(part) if part.isdigit() else part for part in suspicion.field.split("."))
    if suspicion.activity is not None and suspicion.activity in found.places:
        number, node = found.places[suspicion.activity]
        told, path = node.at(keys), f"activities.{number}.{suspicion.field}"
        said = f"activity {suspicion.activity} {suspicion.sentence}"
    else:
        assert found.head is not None  # noqa: S101 — a catalogue without a head is not checked
        told, path, said = found.head.at(keys), suspicion.field, suspicion.sentence
    return Problem(said, suspicion.code, path, told.file, told.line, told.column, suspicion.severity)


def exit_status(problems: Iterable[Problem]) -> int:
    """0 clean, 1 warnings, 2 errors."""
    told = {problem.severity for problem in problems}
    return 2 if "error" in told else 1 if told else 0


def as_text(problems: Iterable[Problem], form: str = "text") -> str:
    """The problems as lines: for reading, as JSON, or as annotations of a pull request on GitHub.

    Raises
    ------
    CatalogueError
        When the form is none of these.
    """
    if form not in FORMS:
        raise CatalogueError(f"{form!r} is no form of a report; write one of {', '.join(FORMS)}", code="unknown-name")
    if form == "json":
        told = json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1)
        return "".join(sign if harmless(sign) or sign == "\n" else json.dumps(sign)[1:-1] for sign in told) + "\n"
    line = annotation if form == "github" else str
    return "".join(f"{line(problem)}\n" for problem in problems)


def annotation(problem: Problem) -> str:
    """One line that GitHub shows beside the code."""
    place = f"file={escaped(problem.file)},line={problem.line},col={problem.column},title={escaped(problem.code)}"
    return f"::{problem.severity} {place}::{one_line(problem.sentence).replace('%', '%25')}"


def escaped(told: str) -> str:
    """A property of an annotation."""
    told = one_line(told)
    for sign, code in (("%", "%25"), (":", "%3A"), (",", "%2C")):
        told = told.replace(sign, code)
    return told
