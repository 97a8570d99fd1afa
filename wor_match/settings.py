"""What an organisation may set: weights of worth, variety, an expert's beliefs, strengths of terms."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from wor_match.domain.activity import Strength
from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.limits import USUAL, Limits
from wor_match.domain.spiderweb import Dimensional
from wor_match.domain.terms import TermId
from wor_match.domain.text import Number, Whole
from wor_match.domain.value import Value, refuse
from wor_match.errors import WorMatchError

Share = Annotated[Number, Field(ge=0, le=1)]
LogOdds = Annotated[Number, Field(ge=-5, le=5)]


class WorthWeights(Value):
    """What each part of worth counts; set from coaches' judgement, never from outcomes.

    Attributes
    ----------
    floor : float
        The worth of something that serves nothing that was asked for.
    focus, wish, web : float
        Shares of the rest, adding up to 1. All four are assumptions.
    """

    refused_as: ClassVar[type[WorMatchError]] = WorMatchError

    floor: Annotated[Number, Field(gt=0, lt=1)] = 0.2
    focus: Share = 0.5
    wish: Share = 0.35
    web: Share = 0.15

    @model_validator(mode="after")
    def _add_up(self) -> WorthWeights:
        if abs(self.focus + self.wish + self.web - 1) > 1e-9:
            raise refuse("shares", "has shares of focus, wish and web that do not add up to 1")
        return self


class Settings(Value):
    """Everything that can be tuned without changing code.

    Attributes
    ----------
    worth : WorthWeights
        What each part of worth counts.
    variety : float
        How much a suggestion loses by being like those already shown (an assumption).
    explore_margin : float
        How far below the best score something may lie to be shown for another reason than its score.
    explore : int
        How many of the last places are filled to learn from, unless a call says otherwise; only for people who agreed
        to learning. Never the first place, so it stays below the number asked for.
    beliefs : FrozenMap
        Signal → log-odds for start and for stay, in place of the shipped beliefs.
    term_strengths : FrozenMap
        Term → dimension → 0 to 3, in place of the shipped strengths.
    limits : Limits
        How much a matcher takes; readers take them as their own `limits`. They change no advice, only what is refused.

    Raises
    ------
    WorMatchError
        Naming each setting that cannot be read.

    Examples
    --------
    >>> Settings(variety=0.2).worth.focus
    0.5
    """

    refused_as: ClassVar[type[WorMatchError]] = WorMatchError

    worth: WorthWeights = WorthWeights()
    variety: Share = 0.1
    explore_margin: Share = 0.05
    explore: Annotated[Whole, Field(ge=0, le=99)] = 0
    beliefs: FrozenMap[str, tuple[LogOdds, LogOdds]] = FrozenMap()
    term_strengths: FrozenMap[TermId, Dimensional[Strength]] = FrozenMap()
    limits: Limits = USUAL
