"""What the offer lacks and what keeps ideas out, as bars with the same in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import wor_match as wm
from tests.conftest import AT
from wor_match.display.plots import GapsDisplay, WhyNotDisplay

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")
SUNDAY = {"focus": ["zin"], "place": {"postcode": "3431"}, "travel": {"modes": ["walk"], "max_minutes": 5},
          "free": ["zo 06:00-07:00"]}  # fmt: skip
PEOPLE = [wm.Participant(id=f"p{n}", **SUNDAY) for n in range(12)]


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    from matplotlib import pyplot

    pyplot.close("all")


def test_a_gap_is_two_bars_of_people(matcher: wm.Matcher) -> None:
    found = wm.gaps(matcher, PEOPLE, at=AT)
    (row,) = found.rows
    assert row.short == 12
    display = GapsDisplay.from_gaps(found).plot()
    assert [bar.get_width() for bar in display.ax_.patches] == [12, 12]
    assert [label.get_text() for label in display.ax_.get_yticklabels()] == ["3431: zingeving"]
    assert "Waar het aanbod tekortschiet" in display.text()
    assert len(display.frame()) == 1


def test_where_nothing_lacks_nothing_is_drawn(matcher: wm.Matcher) -> None:
    display = GapsDisplay.from_gaps(wm.gaps(matcher, [], at=AT), "en").plot()
    assert not display.ax_.patches
    assert display.ax_.texts


def test_what_may_not_be_told_has_no_bar_of_its_own(matcher: wm.Matcher) -> None:
    others = [wm.Participant(id=f"q{n}", focus=["zin"], place={"postcode": "3431"}) for n in range(12)]
    found = wm.gaps(matcher, [*PEOPLE[:5], *others], at=AT, shareable=True)
    assert [row.short for row in found.rows] == [None]
    assert [bar.get_width() for bar in GapsDisplay.from_gaps(found).plot().ax_.patches] == [17, 0]


def test_each_rule_has_a_bar_and_says_how_many(matcher: wm.Matcher) -> None:
    advice = matcher.recommend(PEOPLE[0], at=AT)
    display = WhyNotDisplay.from_advice(advice).plot()
    counts = advice.excluded.counts()
    assert [bar.get_width() for bar in display.ax_.patches] == sorted(counts.values(), reverse=True)
    assert {row["rule"]: row["activities"] for row in display.frame()} == counts
    assert f"De reis: {counts['too_far']}" in display.text().splitlines()
    assert "p0" not in repr(display) + display.text()


def test_what_is_no_advice_is_refused(matcher: wm.Matcher) -> None:
    with pytest.raises(wm.WorMatchError, match="needs an advice"):
        WhyNotDisplay.from_advice([])  # type: ignore[arg-type]  # refused
    nothing = WhyNotDisplay.from_advice(wm.Matcher(wm.Catalogue(id="x", name="X")).recommend(PEOPLE[0], at=AT)).plot()
    assert not nothing.ax_.patches
