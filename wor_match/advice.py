"""What comes out: a few suggestions with their reasons, what was left out and why, and what to ask first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, overload

from wor_match.asking import Unanswered, ask_next
from wor_match.choosing import Slot, by_score
from wor_match.constraints.exclusion import Exclusion
from wor_match.contrast import Contrast, contrast
from wor_match.domain.catalogue import Catalogue
from wor_match.domain.check import Check
from wor_match.domain.event import Source
from wor_match.domain.forgetting import forgetful
from wor_match.domain.kinds import Advised, Chosen
from wor_match.domain.lazy import lazy
from wor_match.domain.participant import CIRCUMSTANCES, IN_THE_WAY, Participant
from wor_match.excluded import Excluded, NearMiss, near_misses
from wor_match.question import Question
from wor_match.recording import advised_event, chosen_from
from wor_match.request import Request, digest_of
from wor_match.suggestion import Suggestion, suggestion
from wor_match.track import Track

if TYPE_CHECKING:
    from wor_match.interop.frames import Backend
    from wor_match.wording.words import Words


@dataclass(frozen=True, eq=False)
class Advice(Sequence[Suggestion]):
    """A few suggestions for one person on one day; it proposes, the participant chooses with the coach.

    Attributes
    ----------
    suggestions : tuple of Suggestion
        What is shown, by score; what is there to learn from stands last.
    question, request : Question, Request
        What it was chosen from, every rule and signal put to every activity; and what was asked.
    part_of : tuple of str
        The activities of a set, when this is the advice of an arrangement.
    """

    suggestions: tuple[Suggestion, ...]
    question: Question = field(repr=False)
    request: Request = field(repr=False)
    part_of: tuple[str, ...] = ()

    @overload
    def __getitem__(self, at: int) -> Suggestion: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Suggestion, ...]: ...

    def __getitem__(self, at: int | slice) -> Suggestion | tuple[Suggestion, ...]:
        return self.suggestions[at]

    def __len__(self) -> int:
        return len(self.suggestions)

    def __repr__(self) -> str:
        return f"Advice({', '.join(one.activity.id for one in self.suggestions) or 'nothing fits'})"

    @lazy
    def decision_id(self) -> str:
        """Digest of the person, the question, the day, the seed, the exploring, the model and the catalogue."""
        own_id = self.request.digest(self.question.known.digest, self.catalogue.digest)
        return digest_of(own_id, *self.part_of) if self.part_of else own_id

    @property
    def seed(self) -> int:
        """What was given for the lot."""
        return self.request.seed

    @property
    def model(self) -> str:
        """Digest of the settings and of what was believed."""
        return self.question.known.digest[:32]

    @property
    def person(self) -> Participant:
        """Who asked; its text shows the pseudonym only."""
        return self.question.asked.person

    @property
    def about_everything(self) -> bool:
        """Whether the whole catalogue was asked about, so that nothing found says something about the offer."""
        return bool(self.question.about.all())

    @property
    def on(self) -> date:
        """The day of the conversation."""
        return date.fromordinal(self.question.asked.on)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue that was asked."""
        return self.question.columns.catalogue

    @property
    def safe(self) -> bool:
        """False when safety comes first and no suggestion is made."""
        return self.question.safe

    @property
    def reference(self) -> float:
        """The score of the neutral activity, from which reasons count."""
        return self.question.reference

    @lazy
    def others(self) -> tuple[Suggestion, ...]:
        """What is possible and not shown, by score, without reasons."""
        shown = {one.activity.id for one in self.suggestions}
        score = self.question.score
        every = (suggestion(self.question, Slot(row)) for row in by_score(score, range(len(score))))
        return tuple(one for one in every if one.activity.id not in shown)

    @lazy
    def excluded(self) -> Excluded:
        """Activity id → every rule that keeps it out."""
        return Excluded(self.question)

    def why_not(self, activity_id: str) -> tuple[Exclusion, ...]:
        """The rules that keep the activity of this id out; empty when it is possible or was not asked about.

        Raises
        ------
        WorMatchError
            When `activity_id` is no word.
        """
        return self.excluded.why_not(activity_id)

    def near_misses(self, k: int = 3) -> tuple[NearMiss, ...]:
        """At most `k` activities that break one rule only, and what would let them in: an answer, or asking the place.

        Raises
        ------
        WorMatchError
            When `k` is no whole number, 0 or more.
        """
        return near_misses(self.question, k)

    @lazy
    def ask_next(self) -> tuple[Unanswered, ...]:
        """At most two questions that were not answered and would tell most."""
        return ask_next(self.question)

    @lazy
    def would_change(self) -> Contrast | None:
        """The smallest change of one answer that puts another idea on top; None when there is none, or no idea."""
        return contrast(self.question)

    @lazy
    def first(self) -> tuple[Track, ...]:
        """What comes first or alongside, with the desk; for the coach."""
        found = ((name, self.person.state(name)) for name in CIRCUMSTANCES)
        return tuple(Track(name, state, self.catalogue.desks_for(name)) for name, state in found if state in IN_THE_WAY)

    @property
    def checks(self) -> tuple[Check, ...]:
        """Everything to ask about what is shown, once each; a suggestion tells which are its own."""
        return tuple(dict.fromkeys(check for one in self.suggestions for check in one.checks))

    def event(self, *, at: datetime, source: Source = "coach", event_id: str | None = None) -> Advised:
        """The event that this advice was given, with every strength as it was.

        Parameters
        ----------
        at : aware datetime
            When it was given.
        source : str
            Who tells: participant, coach, organiser or import.
        event_id : str, optional
            The id of the decision when left out, so that telling it twice is one event.

        Raises
        ------
        EventError
            When `at` is naive, or `source` is not known.
        """
        return advised_event(self, at, source, event_id or self.decision_id)

    def chosen(
        self,
        activities: Sequence[str],
        *,
        at: datetime,
        by: Literal["participant", "together", "coach"] = "together",
        source: Source = "coach",
        event_id: str | None = None,
    ) -> Chosen:
        """The event that these activities were chosen from this advice; none is a choice too.

        Parameters
        ----------
        activities : sequence of str
            Ids of activities that were possible here, shown or not.
        at : aware datetime
            When it was chosen.
        by, source : str
            Who chose: participant, together or coach; and who tells, as in `event`.
        event_id : str, optional
            By default it follows from the advice, the moment and the choice.

        Raises
        ------
        WorMatchError
            When an activity was not possible in this advice, or `activities` is no list of words.
        EventError
            When `at` is naive, or `by` or `source` is not known.
        """
        return chosen_from(self, activities, at, by, source, event_id)

    def to_dict(self, language: str | Words = "nl") -> dict[str, Any]:
        """The advice as plain values, with its sentences in `language`; it speaks of wishes, so keep it as such.

        ``suggestions`` (figures, propensity, reasons, checks, what to arrange for the ``first_visit``), ``others``,
        ``excluded``, ``near_misses``, ``first``, ``ask_next`` and ``would_change``. The last asks a few dozen questions
        anew and takes most of the time; `to_frame` has none of it.

        Examples
        --------
        >>> import wor_match as wm
        >>> riet = wm.Participant(id="p1", likes=["samen-koken"])
        >>> told = wm.Matcher(wm.load_catalogue("nieuwegein")).recommend(riet, at=date(2026, 11, 23)).to_dict("en")
        >>> told["would_change"]["now"], told["would_change"]["sentence"]
        (['samen-koken'], 'Does this matter less: cooking? Then Online quizavond comes first.')
        """
        from wor_match.display.plain import as_dict

        return as_dict(self, language)

    def to_json(self, language: str | Words = "nl") -> str:
        """The same as JSON text; `language` as there."""
        return json.dumps(self.to_dict(language), ensure_ascii=False, allow_nan=False)

    def to_frame(self, backend: Backend | None = None) -> Any:
        """One row for each suggestion: a list of dicts, or with `backend` a frame of polars, pandas or pyarrow.

        Raises
        ------
        WorMatchError
            When the `backend` is none of these, or is not installed.
        """
        from wor_match.interop.frames import frame
        from wor_match.rows import ADVICE_COLUMNS, rows_of

        (rows,) = rows_of([self.question], [[one.slot for one in self.suggestions]])
        return frame(rows if self.suggestions else [], ADVICE_COLUMNS, backend)

    def to_markdown(self, language: str | Words = "nl") -> str:
        """The page a coach reads, in Markdown; `language` as in `card`."""
        from wor_match.display.faces import markdown

        return markdown(self, language)

    @forgetful
    def card(
        self,
        reader: Literal["participant", "coach"] = "participant",
        language: str | Words = "nl",
        level: str = "B1",
        own_words: str | None = None,
    ) -> str:
        """The card a participant takes home, or the page a coach reads: a whole HTML page to show, mail or print.

        Parameters
        ----------
        reader : str
            ``participant``: at most three ideas, without a score, spider web, track or rule; ``coach``: all of it.
        language : str or Words
            ``nl`` (says u), ``nl-je`` (says je), ``en``, or an organisation's own words.
        level : str
            ``B1``, or ``A2``: at most eight words a sentence. The coach's page is at B1.
        own_words : str, optional
            What the participant said, to stand on top; it is shown and not kept.

        Raises
        ------
        WorMatchError
            When the reader, the language or the level is not known, or the own words are no text.
        """
        from wor_match.display.faces import card

        return card(self, reader, language, level, own_words)

    def read_aloud(self, language: str | Words = "nl", level: str = "A2") -> str:
        """The participant's card as plain text, a thing a line, to be read out; `language` and `level` as in `card`."""
        from wor_match.display.faces import aloud

        return aloud(self, language, level)

    def _repr_html_(self) -> str:
        from wor_match.display.faces import notebook

        return notebook(self)
