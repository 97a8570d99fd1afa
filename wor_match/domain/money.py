"""What something costs a time and a month; an unknown price is not free."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from wor_match.domain.text import Name, Number, Word
from wor_match.domain.value import AsText, Value, refuse

WEEKS_A_YEAR = 52.0
MONTHS_A_YEAR = 12.0
OPEN_ENDED_SESSIONS = 12  # what `once` is spread over when nobody knows how many sessions there are: the horizon
MOST_EURO = 10_000.0  # a month
BUDGETS = ("free", "small", "any")
A_YEAR_HAS = {"month": 12.0, "quarter": 4.0, "year": 1.0}


def to_a_cent(euro: float) -> float:
    """Euro to two decimals."""
    return round(euro, 2)


class Price(Value):
    """One row of a price list.

    Attributes
    ----------
    euro : float
        The amount, 0 for free.
    per : str
        time, month, quarter, year or once.
    with_ : str
        The pass that this row asks for (``with`` in a file), such as ``stadspas``.
    includes : str
        What is in the price, such as a meal.
    """

    euro: Annotated[Number, Field(ge=0, le=100_000), AfterValidator(to_a_cent)]
    per: Literal["time", "month", "quarter", "year", "once"]
    with_: Annotated[Word | None, Field(alias="with")] = None
    includes: Name | None = None

    def euro_a_time(self, sessions: int | None = None) -> float:
        """Euro a time for somebody who comes once a week; `once` is spread over the sessions (12 when open).

        Examples
        --------
        >>> Price(euro=13, per="month").euro_a_time()
        3.0
        """
        if self.per == "time":
            return self.euro
        if self.per == "once":
            return self.euro / (sessions or OPEN_ENDED_SESSIONS)
        return self.euro * A_YEAR_HAS[self.per] / WEEKS_A_YEAR

    def euro_a_month(self, sessions: int | None = None, visits_a_week: float = 1.0) -> float:
        """Euro a month; what is paid a month, a quarter or a year does not depend on how often one comes."""
        if self.per in A_YEAR_HAS:
            return self.euro * A_YEAR_HAS[self.per] / MONTHS_A_YEAR
        return self.euro_a_time(sessions) * visits_a_week * WEEKS_A_YEAR / MONTHS_A_YEAR


def budget(value: Any, info: ValidationInfo) -> Any:
    """A word for a budget, or euro a month."""
    if isinstance(info.context, AsText) and isinstance(value, str) and re.fullmatch(r"\d{1,5}(\.\d{1,2})?", value):
        value = float(value)
    if value is None or (isinstance(value, str) and value in BUDGETS):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST_EURO:
        return float(value)
    raise refuse("no-budget", "is no budget; write free, small, any, or euro a month from 0 to 10000")


Budget = Annotated[str | float | None, BeforeValidator(budget)]
