"""The tally of a set: the same however the set came about, and every difference is told."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wor_match.journal.tally import Tally, amiss, tally_in, tally_of


def test_a_tally_of_two_worked_by_hand() -> None:
    one, other = (int(sha256(text).hexdigest()[:40], 16) for text in (b"a", b"b"))
    assert tally_of(["a", "b"]) == tally_of(["b", "a"]) == Tally(2, (one + other) % 2**160)
    assert tally_of([]) == Tally(0, 0)


@given(st.lists(st.text(max_size=3)), st.lists(st.text(max_size=3)), st.data())
def test_what_came_and_went_leaves_the_tally_of_what_is_there(
    before: list[str], added: list[str], data: st.DataObject
) -> None:
    told = [*before, *added]
    gone = data.draw(st.lists(st.sampled_from(range(len(told))), unique=True) if told else st.just([]))
    left = [one for number, one in enumerate(told) if number not in gone]
    after = tally_of(before).moved(added, [told[number] for number in gone])
    assert after == tally_of(left) == tally_in(str(after))
    assert amiss(str(after), left) is None


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (["a", "c"], "(1 that are gone)"),
        (["a", "b", "c", "c"], "(1 too many)"),
        (["a", "b", "b"], "(others than were written)"),
    ],
)
def test_every_difference_is_told(there: list[str], said: str) -> None:
    noted = str(tally_of(["a", "b", "c"]))
    assert str(amiss(noted, there)) == said
    assert amiss(noted, ["c", "b", "a"]) is None


def test_a_note_that_was_changed_is_no_tally() -> None:
    noted = str(tally_of(["a"]))
    for place in range(len(noted)):
        changed = noted[:place] + ("1" if noted[place] == "0" else "0") + noted[place + 1 :]
        assert tally_in(changed) is None
        assert str(amiss(changed, ["a"])) == "(the count of them)"
    assert amiss(None, ["a"]) is None
