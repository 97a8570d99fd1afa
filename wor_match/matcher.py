"""The verbs, and the only room that knows their order: rule out, weigh, choose, explain."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import numpy as np

from wor_match.advice import Advice, suggestion
from wor_match.choosing import slate
from wor_match.constraints import CONSTRAINTS, Constraint
from wor_match.domain.asked import ask
from wor_match.domain.catalogue import Catalogue
from wor_match.domain.columns import Flags
from wor_match.domain.compiling import columns_of
from wor_match.domain.participant import Participant
from wor_match.errors import WorMatchError
from wor_match.learning import Posterior, Prior
from wor_match.question import Question
from wor_match.settings import Settings
from wor_match.signals import SIGNALS, Signal

MOST_SUGGESTIONS = 100


class Matcher:
    """Matches participants with the activities of one catalogue; immutable, and safe to share between threads.

    Parameters
    ----------
    catalogue : Catalogue
    settings : Settings
    prior : Prior, optional
        What is believed before any outcome; the expert's beliefs when left out.
    constraints, signals : sequence
        What rules out, and what speaks for.

    Examples
    --------
    >>> import wor_match as wm
    >>> matcher = wm.Matcher(wm.load_catalogue("nieuwegein"))
    >>> person = wm.Participant(id="p1", likes=["samen-koken"], place={"postcode": "3431"})
    >>> matcher.recommend(person, at=date(2026, 11, 23))[0].activity.name
    'Kookgroep De Linde'
    """

    def __init__(
        self,
        catalogue: Catalogue,
        settings: Settings | None = None,
        *,
        prior: Prior | None = None,
        constraints: Sequence[Constraint] = CONSTRAINTS,
        signals: Sequence[Signal] = SIGNALS,
    ) -> None:
        self.catalogue = catalogue
        self.settings = settings or Settings()
        self.constraints = tuple(constraints)
        self.signals = tuple(signals)
        self._posterior = Posterior.of_prior(prior or self._expert())
        self._columns = columns_of(catalogue, self.settings.term_strengths)

    def __repr__(self) -> str:
        return f"Matcher({self.catalogue.id!r}, {len(self.catalogue)} activities)"

    def recommend(
        self,
        person: Participant,
        *,
        at: date,
        n: int = 3,
        seed: int = 0,
        only: Collection[str] | None = None,
        without: Collection[str] = (),
        despite: Collection[str] = (),
        minutes: Mapping[str, float] | None = None,
    ) -> Advice:
        """A few activities for one person, with reasons, and what was left out with its rules.

        Parameters
        ----------
        person : Participant
        at : date or aware datetime
            The day of the conversation (sessions count from the next day), or a moment.
        n : int
            How many to show, 1 to 100.
        seed : int
            Part of the decision's id; without exploration it changes nothing else.
        only, without : collection of str
            Activity ids that narrow the question.
        despite : collection of str
            ``("safety",)``: the coach wants suggestions although safety comes first.
        minutes : mapping
            The host's own travel minutes per activity id, in place of the estimate.

        Raises
        ------
        WorMatchError
            When `at` is naive, `n` is out of range, or `only` names an activity that is not there.
        """
        self._check(person, n, only, despite)
        asked = ask(person, self._columns, at, only, minutes)
        question = Question.of(
            self._columns,
            asked,
            self._about(only, without),
            is_safe(person, despite),
            self.constraints,
            self.signals,
            self._posterior,
            self.settings.worth,
        )
        shown = slate(question.candidates(), n, self.settings.variety, self.settings.explore_margin)
        asked_for = (
            at,
            n,
            seed,
            sorted(only) if only is not None else None,
            sorted(without),
            sorted(despite),
            sorted((minutes or {}).items()),
        )
        return Advice(
            suggestions=tuple(suggestion(question, place, with_reasons=True) for place in shown),
            decision_id=self._digest(person, repr(asked_for)),
            _question=question,
        )

    def _expert(self) -> Prior:
        """The expert's prior, with the beliefs that the settings put in place of the shipped ones."""
        if unknown := set(self.settings.beliefs) - {signal.name for signal in self.signals}:
            raise WorMatchError(f"settings have beliefs about unknown signals: {', '.join(sorted(unknown))}")
        return Prior.expert([Belief(self.settings.beliefs.get(one.name, one.beliefs)) for one in self.signals])

    def _check(self, person: Participant, n: int, only: Collection[str] | None, despite: Collection[str]) -> None:
        if not isinstance(person, Participant):
            raise WorMatchError("recommend() needs a Participant; make one with Participant(id=...)")
        if type(n) is not int or not 1 <= n <= MOST_SUGGESTIONS:
            raise WorMatchError(f"n is no whole number from 1 to {MOST_SUGGESTIONS}")
        if isinstance(only, str) or isinstance(despite, str):
            raise WorMatchError("`only`, `without` and `despite` are lists of words, not one word")
        if unknown := sorted(set(only or ()) - set(self._columns.rows)):
            raise WorMatchError(f"`only` names activities that are not in the catalogue: {', '.join(unknown[:5])}")
        if unknown := sorted(set(despite) - {"safety"}):
            raise WorMatchError("`despite` knows only `safety`")

    def _about(self, only: Collection[str] | None, without: Collection[str]) -> Flags:
        """What is asked about."""
        left_out = set(without)
        return np.array(
            [(only is None or one.id in only) and one.id not in left_out for one in self._columns.activities],
            dtype=bool,
        )

    def _digest(self, person: Participant, asked: str) -> str:
        """The id of a decision: the same question to the same model about the same catalogue has the same one."""
        said = (person.model_dump_json(), asked, self._model_digest, self.catalogue.digest)
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]

    @property
    def _model_digest(self) -> str:
        """Digest of the settings and of what is believed."""
        draws = self._posterior.draws
        parts = (draws.level_start, draws.level_week, draws.start, draws.stay)
        said = hashlib.sha256(self.settings.model_dump_json().encode())
        for part in parts:
            said.update(np.ascontiguousarray(part).tobytes())
        return said.hexdigest()


class Belief:
    """What an expert believes about one signal."""

    def __init__(self, beliefs: tuple[float, float]) -> None:
        self.beliefs = beliefs


def is_safe(person: Participant, despite: Collection[str]) -> bool:
    """Whether suggestions may be made: safety does not come first, or the coach wants them all the same."""
    return person.state("safety") != "first" or "safety" in despite
