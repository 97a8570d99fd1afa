"""What to arrange for the first time: whom to ask for, which help, who gives it, and how long one waits for that.

The help somebody wants goes first. Where starting is less likely than usual, help for the first time is added; where
staying is, a call after it. Both are for the coach: the participant's card keeps to what they want and can have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from wor_match.domain.activity import FirstVisit
from wor_match.domain.catalogue import Organiser
from wor_match.question import Question

if TYPE_CHECKING:
    from wor_match.wording.words import Words

LOW_START, LOW_STAY = 0.65, 0.55  # .05 below an ordinary activity before anything is learned; assumptions
FOR_STARTING = ("introduce", "buddy", "transport")
AFTER = "call"
Why = Literal["wanted", "offered", "start", "stay"]


@dataclass(frozen=True, slots=True)
class Help:
    """Help to arrange.

    Attributes
    ----------
    kind : str
        introduce, buddy, transport, trial_visit or call.
    why : str
        ``wanted``, ``offered`` (they named none), ``start`` or ``stay`` (that is less likely than usual).
    source : str
        ``activity``, ``town``, or ``coach`` when nobody else calls.
    helper : Organiser or None
        Who gives it, for help in town.
    wait_weeks : int or None
        How long one waits for help in town.
    """

    kind: str
    why: Why = field(repr=False)
    source: Literal["activity", "town", "coach"]
    helper: Organiser | None = None
    wait_weeks: int | None = None

    def sentence(self, language: str | Words = "nl") -> str:
        """The help, where it comes from, and that the coach offers or does it."""
        from wor_match.wording.sentences import help_sentence

        name = self.helper.name if self.helper else ""
        return help_sentence(self.kind, self.why, self.source, name, self.wait_weeks, language)


@dataclass(frozen=True, slots=True)
class FirstTime:
    """The first time at one activity, for one person.

    Attributes
    ----------
    there : FirstVisit
        What it is like there: whom to ask for, whether one may watch or leave early, how often one may try.
    help : tuple of Help
        What to arrange: what they want and can have, then what is added.
    """

    there: FirstVisit
    help: tuple[Help, ...]

    def sentences(self, language: str | Words = "nl") -> tuple[str, ...]:
        """What to arrange, as the coach reads it: whom to ask for, then each help."""
        from wor_match.wording.sentences import ask_for_sentence

        door = (ask_for_sentence(self.there.ask_for, language),) if self.there.ask_for else ()
        return (*door, *(one.sentence(language) for one in self.help))


def first_time(question: Question, row: int) -> FirstTime:
    """What to arrange for the first time at one activity."""
    return FirstTime(question.columns.activities[row].first_visit, tuple(help_for(question, row)))


def help_for(question: Question, row: int) -> Iterator[Help]:
    """The help they want and can have, then what is added where starting or staying is less likely than usual."""
    start, stay = question.start_and_stay(row)
    wanted = question.support(row)
    for kind in wanted:
        yield from given(question, row, kind, "wanted" if question.asked.person.support else "offered")
    for kind in FOR_STARTING if start < LOW_START else ():
        if kind not in wanted and question.has_help(row, kind):
            yield from given(question, row, kind, "start")
    if stay < LOW_STAY and AFTER not in wanted:
        calls = tuple(given(question, row, AFTER, "stay"))
        yield from calls or (Help(AFTER, "stay", "coach"),)


def given(question: Question, row: int, kind: str, why: Why) -> Iterator[Help]:
    """Who gives this help: the activity itself, else each that has it in town."""
    catalogue = question.columns.catalogue
    if kind in question.columns.activities[row].support:
        yield Help(kind, why, "activity")
        return
    for one in catalogue.support:
        if one.kind == kind:
            yield Help(kind, why, "town", catalogue.organiser_called(one.organiser), one.wait_weeks)
