"""Where everything stands: read once from the environment, so that nothing of a place is in the code."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import wor_match as wm

HERE = ZoneInfo("Europe/Amsterdam")
T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """Where this service keeps and finds things.

    Attributes
    ----------
    catalogue : str
        A catalogue that ships, or a path.
    folder : Path
        Where the people, the journal and the model are kept.
    journal : str
        The address of the journal.
    region : str
        A profile of `wor_match.pathway`.
    hosts : tuple of str
        The names under which the service may be asked for.
    day : date, optional
        A fixed day, to show the service or test it; the clock when left out.
    wait : float
        Seconds that a request waits for a journal that is busy, before it is told to try again.
    port : int
        Where it listens.
    """

    catalogue: str
    folder: Path
    journal: str
    region: str
    hosts: tuple[str, ...]
    day: date | None = None
    wait: float = 5.0
    port: int = 8000

    @classmethod
    def of(cls, told: Mapping[str, str] = os.environ) -> Place:
        """What the environment says; every part may be left out.

        Raises
        ------
        WorMatchError
            When a day or a number is none.
        """
        folder = Path(told.get("COACHING_FOLDER", "coaching-data")).absolute()
        hosts = told.get("COACHING_HOSTS", "127.0.0.1,localhost").split(",")
        return cls(
            catalogue=told.get("COACHING_CATALOGUE", "nieuwegein"),
            folder=folder,
            journal=told.get("COACHING_JOURNAL", f"sqlite:///{folder}/journal.db"),
            region=told.get("COACHING_REGION", "national"),
            hosts=tuple(name.strip() for name in hosts),
            day=read(told, "COACHING_DAY", date.fromisoformat, "a day, such as 2026-11-23", None),
            wait=read(told, "COACHING_WAIT", float, "a number of seconds, such as 5", 5.0),
            port=read(told, "COACHING_PORT", int, "a number, such as 8000", 8000),
        )

    @property
    def model(self) -> Path:
        """The file with what was learned."""
        return self.folder / "model.json"

    @property
    def people(self) -> Path:
        """The file with what people told."""
        return self.folder / "people.db"

    def now(self) -> datetime:
        """The moment itself, where the people live."""
        clock = datetime.now(UTC).astimezone(HERE)
        return datetime.combine(self.day, clock.time(), HERE) if self.day else clock


def read(told: Mapping[str, str], name: str, kind: Callable[[str], T], what: str, left_out: T) -> T:
    """What one name of the environment says."""
    try:
        return kind(told[name]) if told.get(name) else left_out
    except ValueError:
        raise wm.WorMatchError(f"{name} in the environment cannot be read; give {what}", code="out-of-range") from None
