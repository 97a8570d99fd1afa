"""Offers in other formats. Each importer has `read(source) -> Imported`; one bad item never ends the reading."""

from __future__ import annotations

from dataclasses import dataclass

from wor_match.catalogue.formats import FORMATS as FORMATS
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Organiser
from wor_match.errors import Problem


@dataclass(frozen=True, slots=True)
class Imported:
    """What an importer found.

    Attributes
    ----------
    activities : tuple of Activity
        Each with its source; no name, mail or telephone of a person is kept.
    problems : tuple of Problem
        Everything that could not be read or had to be guessed.
    organisers : tuple of Organiser
        Who organises the activities.
    """

    activities: tuple[Activity, ...]
    problems: tuple[Problem, ...]
    organisers: tuple[Organiser, ...] = ()
