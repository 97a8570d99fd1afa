"""Do coaches agree with the order? Their judgement beside the advice: a share, what is between coaches, and where not.

It rests on judgement alone and on no outcome, so it says something with forty people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from wor_match.domain.forgetting import forgetful
from wor_match.evaluation.judging.cases import SHOWN, Case, between_coaches, cases_of
from wor_match.evaluation.judging.concordance import share_each
from wor_match.evaluation.judging.disagreements import (
    BadlyShown,
    Disagreement,
    LeftOut,
    badly_shown,
    disagreements,
    left_out,
)
from wor_match.evaluation.judging.judged import Judged as Judged
from wor_match.evaluation.judging.judged import read_judged as read_judged
from wor_match.evaluation.over_people import Figure, over_people
from wor_match.interop.frames import frame
from wor_match.matcher import Matcher

if TYPE_CHECKING:
    from wor_match.interop.frames import Backend

COLUMNS: dict[str, type] = {
    "person": str,
    "by": str,
    "better": str,
    "judged_better": str,
    "score_better": float,
    "worse": str,
    "judged_worse": str,
    "score_worse": float,
    "through": str,
    "part": str,
    "points": float,
}


@dataclass(frozen=True, repr=False)
class Agreement:
    """Coaches' judgement beside the advice; see `agreement`.

    Attributes
    ----------
    order : Figure
        Of two activities judged unequal, how often the better one stands higher; .5 is what dice would give.
    between_coaches : Figure
        The same between coaches who judged for the same person: as high as can be hoped for. Coaches give three
        verdicts and so tie often, each counting a half: an order without ties may come out above it.
    shown : Figure
        Of the first three, as far as they were judged, the share that no coach called unsuitable.
    n_shown, n_shown_judged : int
        How many were shown to these people, and how many of those were judged by anybody.
    disagreements : tuple of Disagreement
        Pairs in another order than judged, by person, the largest difference of score first.
    unsuitable_shown : tuple of BadlyShown
        What was called unsuitable and stands among the first three.
    good_excluded : tuple of LeftOut
        What was called good and is ruled out, with the rules.
    n_people, n_judged, safety_first : int
        How many people and verdicts there are, and for how many people safety comes first: they get no suggestion and
        count nowhere else.
    """

    order: Figure
    between_coaches: Figure
    shown: Figure
    n_shown: int
    n_shown_judged: int
    disagreements: tuple[Disagreement, ...] = field(repr=False)
    unsuitable_shown: tuple[BadlyShown, ...] = field(repr=False)
    good_excluded: tuple[LeftOut, ...] = field(repr=False)
    n_people: int
    n_judged: int
    safety_first: int

    @property
    def share(self) -> float | None:
        """The mean over people of the share of pairs in the order judged; None when there is no pair."""
        return self.order.value

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 % of the share; None when it cannot be told."""
        return self.order.interval

    @property
    def n(self) -> int:
        """How many people the share rests on."""
        return self.order.n

    @property
    def reason(self) -> str:
        """Why the share or its interval cannot be told; empty when both are."""
        return self.order.reason

    def __repr__(self) -> str:
        return f"Agreement({self.n_people} people, {self.n_judged} judged, {len(self.disagreements)} disagreements)"

    def frame(self, backend: Backend | None = None) -> Any:
        """One row for each disagreement: a list of dicts, or a frame of ``polars``, ``pandas`` or ``pyarrow``.

        Raises
        ------
        WorMatchError
            When the `backend` is none of these, or is not installed.
        """
        return frame([asdict(one) for one in self.disagreements], COLUMNS, backend)

    def to_markdown(self) -> str:
        """A page to read in Markdown: the figures, what should not have been shown or ruled out, the disagreements."""
        from wor_match.evaluation.judging.page import markdown

        return markdown(self)


@forgetful
def agreement(matcher: Matcher, judged: Iterable[Judged], *, at: date, seed: int = 0) -> Agreement:
    """How far coaches' judgement agrees with the order in which a matcher puts activities for the same people.

    Of all pairs that one coach judged unequal for one person, the share in which the better one has the higher score;
    equal scores count a half; what is ruled out stands below everything possible, beside its like. The share is taken
    within each person, over all their coaches; the figure is the mean over people, so that who was judged at length
    counts no more than another. The interval is that of a bootstrap over people; below ten people it is refused.

    Parameters
    ----------
    matcher : Matcher
    judged : iterable of Judged
        One for each person and coach; their order does not matter, and the same twice counts once.
    at : date or aware datetime
        The day of those that have no day of their own.
    seed : int
        Of the bootstrap.

    Raises
    ------
    WorMatchError
        When something is no Judged, a person is told in two ways, a coach judges the same person on one day in two
        ways, an activity is not in the catalogue, or `at` is no day.

    Examples
    --------
    >>> import wor_match as wm
    >>> riet = wm.Participant(id="p1", focus=["meedoen"], likes=["samen-koken"], place={"postcode": "3431"})
    >>> told = {"kookgroep-de-linde": "good", "stoelgym-de-linde": "acceptable", "koffieochtend-de-linde": "acceptable"}
    >>> found = agreement(
    ...     wm.Matcher(wm.load_catalogue("nieuwegein")), [Judged(person=riet, judged=told)], at=date(2026, 11, 23)
    ... )
    >>> found.share, found.interval, found.reason
    (1.0, None, 'fewer than 10 people')
    """
    cases, safety_first = cases_of(matcher, judged, at)
    verdicts = verdicts_on_shown(cases)
    by_person: dict[str, list[float]] = {}
    for (person, _, _), told in verdicts.items():
        by_person.setdefault(person, []).extend([float("unsuitable" not in told)] if told else [])
    shares = share_each((case.person, case.levels, case.scores) for case in cases)
    return Agreement(
        order=figure_of(list(shares.values()), seed),
        between_coaches=figure_of(list(share_each(between_coaches(cases)).values()), seed),
        shown=figure_of([np.mean(told) for _, told in sorted(by_person.items()) if told], seed),
        n_shown=len(verdicts),
        n_shown_judged=sum(bool(told) for told in verdicts.values()),
        disagreements=tuple(one for case in cases for one in disagreements(case)),
        unsuitable_shown=tuple(one for case in cases for one in badly_shown(case)),
        good_excluded=tuple(one for case in cases for one in left_out(case)),
        n_people=len({case.person for case in cases}),
        n_judged=sum(len(case.activities) for case in cases),
        safety_first=safety_first,
    )


def figure_of(shares: Sequence[Any], seed: int) -> Figure:
    """The figure over people of one number each."""
    return over_people(np.array(shares, dtype=np.float64), seed)


def verdicts_on_shown(cases: Iterable[Case]) -> dict[tuple[str, str, str], set[str]]:
    """Person, decision and activity shown among the first three → what coaches said of it; empty when nobody did."""
    told: dict[tuple[str, str, str], set[str]] = {}
    for case in cases:
        for one in case.advice[:SHOWN]:
            said = told.setdefault((case.person, case.advice.decision_id, one.activity.id), set())
            said |= {case.judged.judged[name] for name in case.activities if name == one.activity.id}
    return told
