"""What a coarse registration knows: lists of intake, outflow and follow-up from a sheet, as events.

Such a registration lacks the activity, what else was possible, and who came when. What it does not say is not made up.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, cast

from wor_match.catalogue.importers.feed import Told, bytes_of, decoded_table
from wor_match.catalogue.importers.table import rows_in
from wor_match.catalogue.importers.table.headings import plain
from wor_match.domain.event import OfPerson, id_from
from wor_match.domain.forgetting import forgetful
from wor_match.domain.kinds import event_of
from wor_match.domain.limits import USUAL, Limits, checked_limits
from wor_match.domain.schedule import ZONE
from wor_match.domain.shorthand import day_in
from wor_match.domain.text import IDS, PSEUDONYM, named
from wor_match.errors import CatalogueError, Code, EventError, Problem, WorMatchError
from wor_match.pathway.profiles.profile import Profile
from wor_match.pathway.registration.codes import CODES, COLUMNS, DAYS, HEADINGS
from wor_match.pathway.registration.row import KEPT, LEFT_OUT, parts_of

LONGEST_NAME, LONGEST_ID = 120, 64
MOST_ROWS = 100_000
# The hour that an event gets, so that what happened on one day stands in the order of the process; an assumption.
HOURS = {"referred": 9, "intake": 10, "chosen": 11, "visited": 12, "stopped": 13, "followed_up": 14}


@dataclass(frozen=True, slots=True)
class Registration:
    """What was read.

    Attributes
    ----------
    events : tuple of OfPerson
        By moment and id; each with ``source="import"``.
    problems : tuple of Problem
        Every row and cell that was left out, by line; no problem repeats what stood there.
    digest : str
        SHA-256 of the file, in 64 hexadecimal digits.
    """

    events: tuple[OfPerson, ...] = field(repr=False)
    problems: tuple[Problem, ...]
    digest: str


@forgetful
def read_registration(
    path: str | Path, *, profile: Profile | None = None, reporter: str = "registration", limits: Limits = USUAL
) -> Registration:
    r"""The events in a coarse registration: a table (CSV with ; or , in UTF-8) with a row for each participant.

    A row that cannot be read, and a cell, becomes a problem; the other rows and cells are kept. An event gets its id
    from what it says, so a file that is read twice, or again next month with more in it, gives the same events again.
    No consent stands in such a list: tell it beside it, or nobody is learned from and nothing is told back.

    Parameters
    ----------
    path : str or Path
        With headings in the first row, in any order; only `deelnemer` is needed:

        - deelnemer: a pseudonym, never a name
        - verwijsdatum, verwijzer, praktijk, gemeente, hoofdreden: the referral
        - intakedatum: the first talk
        - uitstroomdatum, uitstroom, activiteit: the choice; `geen` is a choice for nothing; without a column
          activiteit the activity is ``onbekend``
        - startdatum: the first visit
        - opvolgdatum, opvolging (ja_actief, ja_ander, nee_gestopt, nee_nooit), reden_stoppen: how it goes
        - reden_uitval: who dropped out chose nothing, or stopped before `uitstroomdatum` when they had begun

        A day is written as 3-11-2026 or 2026-11-03. `codes` holds every word of every list.
    profile : Profile, optional
        Whose referrals these are; a municipality that it does not serve is a problem.
    reporter : str
        Whose registration it is: one word for all its files, so that they agree on what both tell.
    limits : Limits
        `feed_bytes` is the size that a file may have; of rows it reads at most 100,000.

    Raises
    ------
    EventError
        When there is no such file, it is too large, or it is no table.
    WorMatchError
        When `profile` or `limits` is something else.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "lijst.csv"
    >>> _ = path.write_text("deelnemer;verwijzer;verwijsdatum;intakedatum\np1;huisarts;2-11-2026;9-11-2026\n")
    >>> [event.kind for event in read_registration(path).events]
    ['referred', 'intake']
    """
    if profile is not None and not isinstance(profile, Profile):
        raise WorMatchError(
            "`profile` takes a Profile; read one with pathway.load_profile('national')", code="wrong-type"
        )
    if not isinstance(reporter, str) or not re.fullmatch(PSEUDONYM, reporter):
        raise WorMatchError(
            "`reporter` is no code; give one word for this registration, such as registration", code="bad-code"
        )
    try:
        found = bytes_of(Path(path), checked_limits(limits).feed_bytes)
        text = decoded_table(found)
    except CatalogueError as fault:
        raise EventError(f"{str(path)[:200]} {fault.sentence}", code=fault.code) from None
    except TypeError:
        raise EventError("read_registration() takes the path of a table", code="no-path") from None
    sheet = Sheet(str(path), reporter, profile, limits)
    rows = rows_in(Told(str(path), text), sheet.problems, MOST_ROWS, "too-many-rows")
    sheet.read(rows)
    events = tuple(sorted(sheet.events.values(), key=lambda event: (event.at, event.event_id)))
    return Registration(events, tuple(sheet.problems), hashlib.sha256(found).hexdigest())


class Sheet:
    """One table as it is read: its headings, its events, and what is wrong with it."""

    def __init__(self, name: str, reporter: str, profile: Profile | None, limits: Limits) -> None:
        self.name, self.reporter, self.profile, self.limits = name, reporter, profile, limits
        self.events: dict[str, OfPerson] = {}
        self.problems: list[Problem] = []
        self.headings: list[str | None] = []
        self.line = 1

    def read(self, rows: Iterator[tuple[int, list[str]]]) -> None:
        """Every row below the headings."""
        first = next(rows, None)
        self.headings = [*self.known(first[1])] if first else []
        if "deelnemer" not in self.headings:
            said = f"has no heading `deelnemer`; the headings are: {', '.join(COLUMNS)}"
            self.problems.append(Problem(said, "no-heading", "", self.name, 1, 1))
            return
        for self.line, cells in rows:
            self.row(cells)

    def known(self, cells: list[str]) -> Iterator[str | None]:
        """Our column at each heading; what we do not know is told by its place, for it may be somebody's answer."""
        taken: set[str] = set()
        for number, cell in enumerate(cells, 1):
            heading = HEADINGS.get(plain(cell))
            column = heading if isinstance(heading, str) and heading not in taken else None
            if column is None and cell.strip():
                said = "stands there twice; the first is read" if heading else "is no column of ours; not read"
                where = heading if isinstance(heading, str) else f"column {number}"
                self.problems.append(Problem(said, "heading", where, self.name, 1, number, "warning"))
            taken |= {column} if column else set()
            yield column

    def tell(self, column: str, sentence: str, code: Code = LEFT_OUT) -> None:
        """Note what is wrong with a cell of this row."""
        number = self.headings.index(column) + 1 if column in self.headings else 1
        severity = "warning" if code == KEPT else "error"
        problem = Problem(sentence, code, column, self.name, self.line, number, severity)
        if problem not in self.problems[-len(COLUMNS) :]:
            self.problems.append(problem)

    def row(self, cells: list[str]) -> None:
        """One row: its events, or why it has none."""
        if any(cell.strip() for cell in cells[len(self.headings) :]):
            many = f"has {len(cells)} cells and {len(self.headings)} headings"
            self.tell("deelnemer", f"{many}; put quotes around a cell with a separator", "row")
            return
        told = {column: cell.strip() for column, cell in zip(self.headings, cells, strict=False) if column}
        if not (person := told.pop("deelnemer", "")):
            self.tell("deelnemer", "is empty; the row is left out", "row")
            return
        read = ((column, self.value(column, cell)) for column, cell in told.items() if cell)
        kept = {column: value for column, value in read if value is not None}
        before = len(self.problems)
        parts = [*parts_of(kept, self.profile.id if self.profile else None, self.tell)]
        for part in parts:
            self.keep(person, *part)
        if not parts and len(self.problems) == before:
            self.tell("deelnemer", "tells of nothing on a day; the row is left out", "row")

    def value(self, column: str, cell: str) -> Any:
        """What a cell says; None, and a problem, when it says nothing that we know."""
        if column in DAYS:
            return self.day(column, cell)
        if column in CODES:
            if (code := CODES[column].get(plain(cell))) is None:
                self.tell(column, f"is none of the words of this column: {', '.join(CODES[column])}")
            return code
        if column == "gemeente":
            return self.place(cell)
        name = cell if IDS.fullmatch(cell) else plain(cell).replace(" ", "-")[:LONGEST_ID]
        if IDS.fullmatch(name):
            return name
        self.tell(column, "holds no letter of a to z and no digit; left out")
        return None

    def day(self, column: str, cell: str) -> date | None:
        """A day."""
        try:
            return day_in(cell)
        except CatalogueError:
            self.tell(column, "is no day; write it as 3-11-2026")
            return None

    def place(self, cell: str) -> str | None:
        """A municipality, by the name that the profile gives it."""
        try:
            name = named(cell)
        except ValueError:
            name = ""
        if not name or len(name) > LONGEST_NAME:
            self.tell("gemeente", f"is no name of at most {LONGEST_NAME} characters; left out")
            return None
        found = self.profile.place(name) if self.profile else None
        if self.profile and self.profile.municipalities and not found:
            self.tell("gemeente", "is no municipality of this profile; kept as it is", KEPT)
        return found.name if found else name

    def keep(self, person: str, column: str, kind: str, day: date, fields: Mapping[str, Any]) -> None:
        """Keep an event; what no event may hold becomes a problem."""
        name = id_from("import", [kind, person, day, fields, self.reporter])
        at = datetime.combine(day, time(HOURS[kind]), ZONE)
        shared = {"event_id": name, "person": person, "at": at, "source": "import", "reporter": self.reporter}
        try:
            self.events[name] = cast(OfPerson, event_of({"kind": kind, **shared, **fields}, limits=self.limits))
        except EventError as fault:
            for problem in fault.problems:
                self.tell("deelnemer" if problem.path == "person" else column, problem.sentence, problem.code)
