"""What the service holds while it runs: the matcher of today, the people, the journal, and how they work together."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from threading import Lock
from typing import Any

import wor_match as wm
from wor_match import pathway
from wor_match.domain.event import Event

from .people import People
from .settings import Place
from .waiting import Dues, Waiting

log = logging.getLogger(__name__)
Seen = tuple[int, int, int] | None


class Office:
    """Everything that a request needs.

    Attributes
    ----------
    matcher : Matcher
        The one of today. It never changes: a new one takes its place, and who holds the old one finishes with it.
    """

    def __init__(self, place: Place) -> None:
        place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.place = place
        self.region = pathway.load_profile(place.region)
        self.people = People(place.people)
        self.journal = wm.Journal(place.journal, timeout=place.wait)
        self.matcher = wm.Matcher(wm.load_catalogue(place.catalogue))
        self._seen: Seen = None
        self.waiting = Waiting(self.journal, self.region)
        self._welcoming = Lock()
        self.take_over()

    def take_over(self) -> bool:
        """Look whether there is a new model, and take it: one assignment. A broken file leaves all as it was."""
        seen = self._looks()
        if seen == self._seen:
            return False
        try:
            self.matcher = wm.Matcher.load(self.place.model, self.matcher.catalogue)
        except Exception as fault:  # whatever stands there, the service goes on, and looks again when it changes
            log.warning(
                "the model stays as it was: %s", fault if isinstance(fault, wm.ModelError) else type(fault).__name__
            )
        else:
            log.info("a new model was taken over")
        self._seen = seen
        return True

    def _looks(self) -> Seen:
        """By what a new file is known; None when there is none, and then nothing is to be taken over."""
        try:
            told = self.place.model.stat()
        except OSError:
            return self._seen
        return told.st_ino, told.st_size, told.st_mtime_ns

    def advise(self, person: wm.Participant) -> wm.Advice:
        """Three ideas of today."""
        return self.matcher.recommend(person, at=self.place.now().date())

    def welcome(self, person: wm.Participant, events: Sequence[Event]) -> bool:
        """Keep somebody, and what was told at the first talk; with an error neither. The same twice is once.

        Returns
        -------
        bool
            False when something else was told under this pseudonym before, or they were erased; nothing is kept then.
        """
        with self._welcoming:  # one at a time: of a button pressed twice the second sees what became of the first
            new = self.people.add(person)
            if not new and not self._told_before(person, events):
                return False
            try:
                kept_out = self.journal.append(events).erased > 0
            except Exception:
                if new:
                    self.people.remove(person.id)
                raise
            if kept_out:
                self.people.remove(person.id)
            return not kept_out

    def _told_before(self, person: wm.Participant, events: Sequence[Event]) -> bool:
        """Whether this is what was told before; of who was killed half way no event is there yet."""
        there = {event.event_id for event in self.journal.read(person.id)}
        return self.people.get(person.id) == person and (not there or {one.event_id for one in events} <= there)

    def due(self, patience: float | None = None) -> tuple[Dues, bool]:
        """What is to be done today, and whether that is the list of now; see `Waiting.on`."""
        return self.waiting.on(self.place.now().date(), patience)

    def export(self, name: str) -> dict[str, Any]:
        """Everything that is kept about somebody."""
        return {**self.journal.export(name), "participant": self.people.told(name)}

    def erase(self, name: str) -> str:
        """Take somebody out, here and in the journal; doing it again is harmless.

        Returns
        -------
        str
            The receipt, in which nobody can be recognised. The model forgets when it learns next.
        """
        wm.Participant(id=name)  # what is no pseudonym is refused with a sentence
        receipt = self.journal.erase(name).receipt
        self.people.remove(name)
        self.waiting = Waiting(self.journal, self.region)  # the old list may name them
        return receipt
