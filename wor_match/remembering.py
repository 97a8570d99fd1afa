"""What a matcher holds, how it learns, and how that goes to a file and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

from wor_match.beliefs import believed
from wor_match.constraints import CONSTRAINTS, Constraint
from wor_match.domain.catalogue import Catalogue
from wor_match.domain.compiling import columns_of
from wor_match.domain.forgetting import forgetful
from wor_match.domain.limits import Limits
from wor_match.errors import CatalogueError, ModelError, Problem, WorMatchError, a_path
from wor_match.knowledge import Knowledge
from wor_match.learning import Learned, Prior
from wor_match.learning.saved import as_text, from_text
from wor_match.modelfile import read_model, write_model
from wor_match.report import Report
from wor_match.settings import Settings
from wor_match.signals import SIGNALS, SIGNALS_VERSION, Signal

P = TypeVar("P")


class Remembering:
    """The half of a `Matcher` that holds what it knows; `Matcher` says what each part is.

    Attributes
    ----------
    knowledge : Knowledge
        All that an answer rests on, apart from the question.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        settings: Settings | None = None,
        model: Learned | None = None,
        prior: Prior | None = None,
        constraints: Sequence[Constraint] = CONSTRAINTS,
        signals: Sequence[Signal] = SIGNALS,
    ) -> None:
        self.settings = part("settings", settings, Settings) or Settings()
        self.catalogue = few_enough(catalogue, self.limits.activities)
        self.constraints = all_of("constraints", constraints, Constraint)
        self.signals = believed(all_of("signals", signals, Signal), self.settings)
        expected = part("prior", prior, Prior) or Prior.expert(self.signals)
        self.prior = expected.ordered([signal.name for signal in self.signals])
        learned = part("model", model, Learned) or Learned.nothing(self.prior)
        columns = columns_of(catalogue, self.settings.term_strengths, learned.visitors, learned.rated)
        self.knowledge = Knowledge(columns, self.settings, self.constraints, self.signals, learned)

    @property
    def limits(self) -> Limits:
        """How much it takes."""
        return self.settings.limits

    @property
    def model(self) -> Learned:
        """What was learned, by the names of terms, organisers and activities; no person stands in it."""
        return self.knowledge.learned

    @property
    def learned(self) -> Report:
        """What was learned in numbers and in words, and what was left out."""
        return Report.of(self.knowledge.learned, self.knowledge.beliefs)

    @forgetful
    def learn(self, events: Any) -> Self:
        """A matcher that has learned from a whole history; this one stays as it is.

        A cold fit every time: order, batches and repeats change nothing, and who is left out of the history was never
        there. People without learning consent in force do not count.

        Parameters
        ----------
        events : iterable of Event, or anything with ``.read()``

        Raises
        ------
        EventError
            When one id stands with two contents, or something is no event.
        ModelError
            When the fit does not come to rest.
        """
        signals = {signal.name: signal.neutral for signal in self.signals}
        return self._with(Learned.of(events, self.catalogue, self.prior, signals))

    def _with(self, learned: Learned) -> Self:
        return type(self)(
            self.catalogue, self.settings, learned, self.prior, constraints=self.constraints, signals=self.signals
        )

    def save(self, path: str | Path) -> None:
        """Write what was learned as one JSON file, all or nothing; no person stands in it.

        Raises
        ------
        ModelError
            When the file cannot be written.
        """
        from wor_match import __version__

        where, made_with = a_path(path, ModelError), {"wor_match": __version__, "signals": SIGNALS_VERSION}
        write_model(where, as_text(self.knowledge.learned, self.knowledge.beliefs, self.catalogue.digest, made_with))

    @classmethod
    def load(
        cls,
        path: str | Path,
        catalogue: Catalogue,
        settings: Settings | None = None,
        *,
        prior: Prior | None = None,
        constraints: Sequence[Constraint] = CONSTRAINTS,
        signals: Sequence[Signal] = SIGNALS,
    ) -> Self:
        """A matcher with a saved model; another catalogue, a new rule or a new signal is fine.

        Parameters
        ----------
        path : str or Path
            Where `save` put it.
        catalogue, settings, constraints, signals
            As for `Matcher`.
        prior : Prior, optional
            One of your own is not in the file: give it again, for when this matcher learns anew.

        Raises
        ------
        ModelError
            When the file is not there, was cut or changed, or is of a newer format.
        """
        fresh = cls(catalogue, settings, prior=prior, constraints=constraints, signals=signals)
        return fresh._with(
            from_text(read_model(a_path(path, ModelError)), fresh.knowledge.beliefs, fresh.knowledge.learned.posterior)
        )


def part(name: str, told: P | None, kind: type[P]) -> P | None:
    """A part of a matcher that may be left out.

    Raises
    ------
    WorMatchError
        When something else was given.
    """
    if told is not None and not isinstance(told, kind):
        raise WorMatchError(f"{name} of a matcher is no {kind.__name__}; make one, or leave it out", code="wrong-type")
    return told


def all_of(name: str, told: Iterable[P], kind: type[P]) -> tuple[P, ...]:
    """Parts of a matcher of which there are many.

    Raises
    ------
    WorMatchError
        When something else is among them.
    """
    found = tuple(told) if isinstance(told, Iterable) else (None,)
    if not all(isinstance(one, kind) for one in found):
        raise WorMatchError(
            f"{name} of a matcher are no list of {kind.__name__}; start from wor_match.{name}", code="wrong-type"
        )
    return found


def few_enough(catalogue: Catalogue, most: int) -> Catalogue:
    """The catalogue itself, when it does not hold too many activities for a matcher.

    Raises
    ------
    CatalogueError
        When it does, or is no catalogue.
    """
    if not isinstance(catalogue, Catalogue):
        raise CatalogueError(
            "a matcher is made of a Catalogue; read one with load_catalogue(path or name)", code="wrong-type"
        )
    if len(catalogue) > most:
        said = f"holds {len(catalogue)} activities; at most {most} are allowed, take one town or raise the limit"
        raise CatalogueError(
            f"catalogue {catalogue.id} is refused", [Problem(said, "too-many-activities", "activities")]
        )
    return catalogue
