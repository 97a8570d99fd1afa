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
    assert display.text().splitlines() == [
        "Waar het aanbod tekortschiet.",
        "3431: zingeving. Mensen: 12. Minder dan twee passen: 12.",
    ]
    assert len(display.frame()) == 1


def test_where_nothing_lacks_nothing_is_drawn(matcher: wm.Matcher) -> None:
    display = GapsDisplay.from_gaps(wm.gaps(matcher, [], at=AT), "en").plot()
    assert not display.ax_.patches
    assert "nobody was counted yet" in display.ax_.texts[0].get_text().replace("\n", " ")
    fits = wm.gaps(matcher, [wm.Participant(id="q", focus=["meedoen"], place={"postcode": "3431"})], at=AT)
    assert GapsDisplay.from_gaps(fits, "en").text().endswith("For everybody two activities or more fit.")


def test_where_all_is_hidden_nobody_says_that_the_offer_is_enough(matcher: wm.Matcher) -> None:
    hidden = GapsDisplay.from_gaps(wm.gaps(matcher, PEOPLE[:5], at=AT, shareable=True), "en").plot()
    assert hidden.text() == "Where the offer falls short. Smaller groups that do not stand here: 1."
    assert hidden.ax_.texts[0].get_text().replace("\n", " ") == ("Not drawn: Smaller groups that do not stand here: 1.")


def test_what_may_not_be_told_is_a_word_and_no_bar(matcher: wm.Matcher) -> None:
    others = [wm.Participant(id=f"q{n}", focus=["zin"], place={"postcode": "3431"}) for n in range(12)]
    found = wm.gaps(matcher, [*PEOPLE[:5], *others], at=AT, shareable=True)
    assert [row.short for row in found.rows] == [None]
    display = GapsDisplay.from_gaps(found).plot()
    assert [bar.get_width() for bar in display.ax_.patches] == [17, 0]
    assert [text.get_text() for text in display.ax_.texts] == ["een deel"]
    assert display.text().splitlines()[1].endswith("Minder dan twee passen: een deel.")


def test_each_rule_has_a_bar_and_says_how_many(matcher: wm.Matcher) -> None:
    advice = matcher.recommend(PEOPLE[0], at=AT)
    display = WhyNotDisplay.from_advice(advice).plot()
    counts = advice.excluded.counts()
    assert [bar.get_width() for bar in display.ax_.patches] == sorted(counts.values(), reverse=True)
    assert {row["rule"]: row["activities"] for row in display.frame()} == counts
    first, *told = display.text().splitlines()
    assert first == "Waarom niet."
    assert f"De reis: {counts['too_far']}." in told
    assert "p0" not in repr(display) + display.text()


def test_what_is_no_advice_is_refused(matcher: wm.Matcher) -> None:
    with pytest.raises(wm.WorMatchError, match="needs an advice"):
        WhyNotDisplay.from_advice([])  # type: ignore[arg-type]  # refused
    nothing = WhyNotDisplay.from_advice(wm.Matcher(wm.Catalogue(id="x", name="X")).recommend(PEOPLE[0], at=AT)).plot()
    assert not nothing.ax_.patches
