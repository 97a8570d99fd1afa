"""Where everything stands: read once from the environment, so that nothing of a place is in the code."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")


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
    """

    catalogue: str
    folder: Path
    journal: str
    region: str
    hosts: tuple[str, ...]
    day: date | None = None
    wait: float = 5.0

    @classmethod
    def of(cls, told: Mapping[str, str] = os.environ) -> Place:
        """What the environment says; every part may be left out."""
        folder = Path(told.get("COACHING_FOLDER", "coaching-data")).absolute()
        day = told.get("COACHING_DAY")
        return cls(
            catalogue=told.get("COACHING_CATALOGUE", "nieuwegein"),
            folder=folder,
            journal=told.get("COACHING_JOURNAL", f"sqlite:///{folder}/journal.db"),
            region=told.get("COACHING_REGION", "national"),
            hosts=tuple(told.get("COACHING_HOSTS", "127.0.0.1,localhost").split(",")),
            day=date.fromisoformat(day) if day else None,
            wait=float(told.get("COACHING_WAIT", "5")),
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
