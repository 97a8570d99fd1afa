"""Matches participants of Welzijn op Recept with local activities, and says why.

score = worth x chance. Constraints rule out and never weigh, signals speak for and never rule out, learning moves only
the chance, and the reason is the score. Start with `Matcher(load_catalogue("nieuwegein")).recommend(...)`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wor_match.advice import Advice as Advice
    from wor_match.allocating import Allocation as Allocation
    from wor_match.arranging import Arrangement as Arrangement
    from wor_match.catalogue.files import load_catalogue as load_catalogue
    from wor_match.catalogue.lint import lint as lint
    from wor_match.catalogue.merge import merge as merge
    from wor_match.catalogue.participants import load_participant as load_participant
    from wor_match.catalogue.participants import load_people as load_people
    from wor_match.domain.activity import Activity as Activity
    from wor_match.domain.catalogue import Catalogue as Catalogue
    from wor_match.domain.finding import find_terms as find_terms
    from wor_match.domain.kinds import event_of as event_of
    from wor_match.domain.limits import Limits as Limits
    from wor_match.domain.participant import Participant as Participant
    from wor_match.domain.place import Place as Place
    from wor_match.domain.place import Travel as Travel
    from wor_match.domain.schedule import Schedule as Schedule
    from wor_match.domain.spiderweb import FourDomains as FourDomains
    from wor_match.domain.spiderweb import SpiderWeb as SpiderWeb
    from wor_match.errors import BusyError as BusyError
    from wor_match.errors import CatalogueError as CatalogueError
    from wor_match.errors import EventError as EventError
    from wor_match.errors import InfeasibleError as InfeasibleError
    from wor_match.errors import JournalError as JournalError
    from wor_match.errors import ModelError as ModelError
    from wor_match.errors import ParticipantError as ParticipantError
    from wor_match.errors import Problem as Problem
    from wor_match.errors import WorMatchError as WorMatchError
    from wor_match.errors import WorMatchWarning as WorMatchWarning
    from wor_match.evaluation.agreement import agreement as agreement
    from wor_match.evaluation.changes.comparison import Comparison as Comparison
    from wor_match.evaluation.comparing import compare as compare
    from wor_match.evaluation.gaps import gaps as gaps
    from wor_match.evaluation.replay import replay as replay
    from wor_match.interop.schemas import PARTICIPANT_SCHEMA as PARTICIPANT_SCHEMA
    from wor_match.journal import Journal as Journal
    from wor_match.journal import check_journal as check_journal
    from wor_match.journal.lines import read_events as read_events
    from wor_match.journal.lines import write_events as write_events
    from wor_match.manual import docs as docs
    from wor_match.matcher import Matcher as Matcher
    from wor_match.reasons import Reason as Reason
    from wor_match.rows import ADVICE_SCHEMA as ADVICE_SCHEMA
    from wor_match.settings import Settings as Settings
    from wor_match.suggestion import Suggestion as Suggestion
    from wor_match.wording.own import load_words as load_words
    from wor_match.wording.vocabulary import vocabulary as vocabulary
    from wor_match.wording.words import Words as Words

__version__ = "0.1.0"

ROOMS = {
    "ADVICE_SCHEMA": "rows",
    "PARTICIPANT_SCHEMA": "interop.schemas",
    "Activity": "domain.activity",
    "Advice": "advice",
    "Allocation": "allocating",
    "Arrangement": "arranging",
    "Catalogue": "domain.catalogue",
    "BusyError": "errors",
    "CatalogueError": "errors",
    "Comparison": "evaluation.changes.comparison",
    "EventError": "errors",
    "FourDomains": "domain.spiderweb",
    "InfeasibleError": "errors",
    "Journal": "journal",
    "JournalError": "errors",
    "Limits": "domain.limits",
    "Matcher": "matcher",
    "ModelError": "errors",
    "Participant": "domain.participant",
    "ParticipantError": "errors",
    "Place": "domain.place",
    "Problem": "errors",
    "Reason": "reasons",
    "Schedule": "domain.schedule",
    "Settings": "settings",
    "SpiderWeb": "domain.spiderweb",
    "Suggestion": "suggestion",
    "Travel": "domain.place",
    "WorMatchError": "errors",
    "WorMatchWarning": "errors",
    "Words": "wording.words",
    "agreement": "evaluation.agreement",
    "check_journal": "journal",
    "compare": "evaluation.comparing",
    "docs": "manual",
    "event_of": "domain.kinds",
    "find_terms": "domain.finding",
    "gaps": "evaluation.gaps",
    "lint": "catalogue.lint",
    "load_catalogue": "catalogue.files",
    "load_participant": "catalogue.participants",
    "load_people": "catalogue.participants",
    "load_words": "wording.own",
    "merge": "catalogue.merge",
    "read_events": "journal.lines",
    "replay": "evaluation.replay",
    "vocabulary": "wording.vocabulary",
    "write_events": "journal.lines",
}
__all__ = ["__version__", *ROOMS]


if not TYPE_CHECKING:  # a type checker knows the names above, and says so when there is no such name

    def __getattr__(name: str) -> Any:
        """The public name, from the room it lives in (PEP 562)."""
        if name not in ROOMS:
            raise AttributeError(f"module 'wor_match' has no attribute {name!r}")
        found = getattr(importlib.import_module(f"wor_match.{ROOMS[name]}"), name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *ROOMS})
