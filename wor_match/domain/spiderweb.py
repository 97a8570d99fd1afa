"""The spider web and the four domains: what a conversation left on paper. Never totalled, never a meter."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import BeforeValidator, Field, model_validator

from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.terms import DIMENSIONS, Dimension
from wor_match.domain.text import Day, Number, Whole
from wor_match.domain.value import Personal, refuse
from wor_match.errors import ParticipantError, Problem, WorMatchWarning

T = TypeVar("T")
Instrument = Literal["marks", "adult-42", "adult-44", "youth-43"]
Domain = Literal["body", "mind", "social", "society"]
UNTOUCHED = 5.0  # a public app sets every slider at 5; a run of fives is suspect
NOISE = 1.0  # a dimension is low only more than this below the person's own mean (van Vliet, BMJ Open 2021: overlap)

ITEMS: dict[str, dict[str, int]] = {  # number of statements per dimension; `youth-43` is published as a total only
    "adult-42": dict.fromkeys(DIMENSIONS, 7),
    "adult-44": dict(zip(DIMENSIONS, (8, 7, 7, 8, 7, 7), strict=True)),
    "marks": dict.fromkeys(DIMENSIONS, 1),
}
DUTCH: dict[str, Dimension] = {
    "lichaamsfuncties": "bodily_functions",
    "lichaam": "bodily_functions",
    "mentaal welbevinden": "mental_wellbeing",
    "mentaal": "mental_wellbeing",
    "zingeving": "meaningfulness",
    "zin": "meaningfulness",
    "kwaliteit van leven": "quality_of_life",
    "kwaliteit": "quality_of_life",
    "meedoen": "participation",
    "dagelijks functioneren": "daily_functioning",
    "dagelijks": "daily_functioning",
}
DUTCH_DOMAINS = {"lichamelijk": "body", "geestelijk": "mind", "sociaal": "social", "maatschappelijk": "society"}

# How a domain of the 4D conversation maps on dimensions: an assumption.
FROM_DOMAINS: dict[str, dict[Dimension, float]] = {
    "body": {"bodily_functions": 0.8, "daily_functioning": 0.2},
    "mind": {"mental_wellbeing": 0.6, "meaningfulness": 0.4},
    "social": {"participation": 0.8, "quality_of_life": 0.2},
    "society": {"daily_functioning": 0.5, "quality_of_life": 0.3, "participation": 0.2},
}


def dimension(value: Any) -> Any:
    """A dimension by its code, its Dutch name or its short form."""
    return DUTCH.get(value.strip().lower(), value) if isinstance(value, str) else value


def by_dimension(value: Any) -> Any:
    """Fields named after dimensions, in code or in Dutch."""
    return renamed(value, dimension) if isinstance(value, Mapping) else value


def renamed(told: Mapping[Any, Any], name_of: Callable[[Any], Any]) -> dict[Any, Any]:
    """The fields under their codes; one that is told under two names is refused."""
    found = {name_of(name): value for name, value in told.items()}
    if len(found) < len(told):
        raise refuse("told-twice", "has one field under two names; keep one of them")
    return found


def by_domain(value: Any) -> Any:
    """Fields named after the four domains, in code or in Dutch."""
    return renamed(value, lambda name: DUTCH_DOMAINS.get(name, name)) if isinstance(value, Mapping) else value


Dimensional = Annotated[FrozenMap[Dimension, T], BeforeValidator(by_dimension)]
NamedDimension = Annotated[Dimension, BeforeValidator(dimension)]
Score = Annotated[Number, Field(ge=0, le=10)]


class SpiderWeb(Personal, init=False):
    """Marks of 0 to 10 for some or all of six dimensions; what is missing is unknown.

    Attributes
    ----------
    scores : FrozenMap
        Dimension → mark.
    instrument : str
        marks, adult-42, adult-44 or youth-43.
    on : date
        The day of the conversation.

    Raises
    ------
    ParticipantError
        When a mark lies outside 0 to 10 or a dimension is not known.

    Warns
    -----
    WorMatchWarning
        When six marks are all 5: sliders nobody touched look like that.

    Examples
    --------
    >>> SpiderWeb(scores={"meedoen": 3, "mental_wellbeing": 7}).low()
    {'participation': 2.0}
    """

    scores: Dimensional[Score] = FrozenMap()
    instrument: Instrument | None = None
    on: Day | None = None

    @model_validator(mode="after")
    def _was_touched(self) -> SpiderWeb:
        if len(self.scores) == len(DIMENSIONS) and all(mark == UNTOUCHED for mark in self.scores.values()):
            said = "every mark of a spider web is 5; was it filled in?"
            warnings.warn(WorMatchWarning(said, "all-fives"), stacklevel=2)
        return self

    @classmethod
    def from_items(
        cls, items: Mapping[str, Sequence[float | None]], instrument: Instrument, on: date | None = None
    ) -> SpiderWeb:
        """A spider web from the answers to the statements: per dimension the plain mean of what was answered.

        Parameters
        ----------
        items : mapping
            Dimension → answers 0 to 10, None where none was given.
        instrument : str
            Which list was used; it says how many statements a dimension has.
        on : date, optional
            The day of the conversation.

        Raises
        ------
        ParticipantError
            When an answer is no number from 0 to 10, or there are more answers than statements.

        Examples
        --------
        >>> SpiderWeb.from_items({"meedoen": [4, None, 7]}, "adult-42").scores["participation"]
        5.5
        """
        if not isinstance(items, Mapping) or not all(isinstance(answers, list | tuple) for answers in items.values()):
            raise ParticipantError(
                "answers to a spider web are refused; give a list of answers for each dimension", code="no-list"
            )
        told = {str(dimension(name)): list(answers) for name, answers in items.items()}
        if len(told) < len(items):
            raise ParticipantError(
                "answers to a spider web are refused; a dimension is told under two names", code="told-twice"
            )
        problems = [problem for name, answers in told.items() for problem in faults_of(name, answers, instrument)]
        if problems:
            raise ParticipantError("answers to a spider web are refused", problems)
        given = {name: [mark for mark in answers if mark is not None] for name, answers in told.items()}
        scores = {name: sum(marks) / len(marks) for name, marks in given.items() if marks}
        return cls.model_validate({"scores": scores, "instrument": instrument, "on": on})

    def low(self) -> dict[Dimension, float]:
        """The dimensions more than 1.0 below the person's own mean → how many points below it."""
        if not self.scores:
            return {}
        mean = sum(self.scores[name] for name in DIMENSIONS if name in self.scores) / len(self.scores)
        below = {name: mean - self.scores[name] for name in DIMENSIONS if name in self.scores}
        return {name: points for name, points in below.items() if points > NOISE}


def faults_of(name: str, answers: Sequence[float | None], instrument: str) -> list[Problem]:
    """What is wrong with the answers of one dimension; the answers themselves are not repeated."""
    most = ITEMS.get(str(instrument), {}).get(name, len(answers))
    found = []
    if name not in DIMENSIONS:
        return [Problem(f"no such dimension; allowed are {', '.join(DIMENSIONS)}", "unknown-field", "items....")]
    if len(answers) > most:
        found.append(
            Problem(f"{len(answers)} answers; {instrument} has {most} statements here", "too-long", f"items.{name}")
        )
    found += [
        Problem(
            "this is no number from 0 to 10; use None where no answer was given", "bad-answer", f"items.{name}.{place}"
        )
        for place, mark in enumerate(answers)
        if mark is not None and not (isinstance(mark, int | float) and not isinstance(mark, bool) and 0 <= mark <= 10)
    ]
    return found


class FourDomains(Personal, init=False):
    """The 4D conversation.

    Attributes
    ----------
    priorities : FrozenMap
        body, mind, social, society (or their Dutch names) → 0, 1 or 2; left out is 0.
    """

    priorities: Annotated[FrozenMap[Domain, Annotated[Whole, Field(ge=0, le=2)]], BeforeValidator(by_domain)] = (
        FrozenMap()
    )

    def weights(self) -> dict[Dimension, float]:
        """How much each dimension counts, adding up to 1; empty when nothing has priority.

        Examples
        --------
        >>> FourDomains(priorities={"sociaal": 2}).weights()
        {'quality_of_life': 0.2, 'participation': 0.8}
        """
        total = float(sum(self.priorities.values()))
        if not total:
            return {}
        shares = [(self.priorities.get(domain, 0), FROM_DOMAINS[domain]) for domain in get_args(Domain)]
        weights = {
            name: sum(priority * share.get(name, 0.0) for priority, share in shares) / total for name in DIMENSIONS
        }
        return {name: weight for name, weight in weights.items() if weight}
