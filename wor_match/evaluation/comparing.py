"""Whose advice changes when it is made in another way, and by which reason: for forty people, without any outcome."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wor_match.domain.asked import day_of
from wor_match.domain.forgetting import forgetful
from wor_match.domain.participant import Participant, once_each
from wor_match.errors import WorMatchError
from wor_match.evaluation.changes.comparison import Comparison as Comparison
from wor_match.matcher import Matcher


@forgetful
def compare(a: Matcher, b: Matcher, people: Iterable[Participant], *, at: date, n: int = 3) -> Comparison:
    """The advice of two matchers to the same people, and for whom the first n differ, by which reason.

    The matchers may differ in anything: settings, what was learned, rules, signals, or the catalogue. An activity that
    only one catalogue has is told as new or gone.

    Parameters
    ----------
    a, b : Matcher
        Before and after.
    people : iterable of Participant
        Their order does not matter, and who stands in it twice counts once.
    at : date or aware datetime
        As in `Matcher.recommend`.
    n : int
        How many places count, 1 to 100.

    Raises
    ------
    WorMatchError
        When `a` or `b` is no Matcher, something among the people is no Participant, one id stands for two people, `at`
        is no day, or `n` is out of range.

    Examples
    --------
    >>> import wor_match as wm
    >>> riet = wm.Participant(id="p1", focus=["meedoen"], likes=["houtbewerking"], place={"postcode": "3431"})
    >>> now = wm.Matcher(wm.load_catalogue("nieuwegein"))
    >>> wish = {"focus": 0.1, "wish": 0.75, "web": 0.15}
    >>> other = wm.Matcher(now.catalogue, wm.Settings(worth=wish))
    >>> compare(now, other, [riet], at=date(2026, 11, 23)).sentences()[0]
    '1 of 1 people get another first idea.'
    """
    if not isinstance(a, Matcher) or not isinstance(b, Matcher):
        raise WorMatchError("compare() needs two Matchers; make each with Matcher(catalogue)", code="wrong-type")
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise WorMatchError("n is no whole number from 1; leave it out for three places", code="out-of-range")
    day_of(at)
    known = once_each(people)
    before, after = ({one.id: matcher.recommend(one, at=at, n=n, explore=0) for one in known} for matcher in (a, b))
    return Comparison.of(before, after, n)
