"""Model files that were written once and must be read for ever: one for each format, and none is ever made anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import wor_match as wm
from tests.learning.test_learn import TOWN
from tests.town import AT, person
from wor_match.learning.saved import FORMAT, body_of, canonical

DATA = Path(__file__).parents[1] / "data"
FILES = sorted(DATA.glob("model-format-*.json"))
FIELDS = {
    "wor-match-model/1": {
        "format", "catalogue", "made_with", "signals", "mode", "draws", "coefficients", "taus", "effects", "names", "visitors",
        "rated", "people", "stayed", "counts", "sha256",
    },
}  # fmt: skip
SAID = {
    "model-format-1": {"een": 0.924198469, "vier": 0.327337298, "drie": 0.088564994, "twee": 0.007933853},
}


def test_every_format_has_its_file() -> None:
    assert [json.loads(path.read_text(encoding="utf-8"))["format"] for path in FILES] == list(FIELDS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_model_of_each_format_is_read_and_says_what_it_said(path: Path) -> None:
    """Twelve stayed at the first, at the third ten liked the click: what that file says, worked out when it was made."""
    matcher = wm.Matcher.load(path, TOWN)
    advice = matcher.recommend(person(), at=AT, n=4)
    assert {one.activity.id: pytest.approx(one.chance, abs=1e-9) for one in advice} == SAID[path.stem]
    assert (matcher.model.rated, matcher.model.stayed) == ({"drie": 10}, {"een": (10, 10), "drie": (10, 0)})


def test_what_a_model_file_holds_changes_with_the_number_of_its_format_only(tmp_path: Path) -> None:
    """A new field that an older reader may skip is added to the list above, beside the reason why it may."""
    wm.Matcher.load(FILES[-1], TOWN).save(tmp_path / "again.json")
    again = json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))
    assert set(again) == FIELDS[FORMAT]
    once = json.loads(FILES[-1].read_text(encoding="utf-8"))
    told = (
        {name: told for name, told in one.items() if name not in ("made_with", "sha256", "catalogue")}
        for one in (once, again)
    )
    assert len({canonical(one) for one in told}) == 1, "read and written again it is the same"


def is_refused(changed: bytes) -> bool:
    """Whether a model of these bytes is refused."""
    try:
        body_of(changed.decode("utf-8"))
    except (wm.ModelError, UnicodeDecodeError):
        return True
    return False


@pytest.mark.nightly
def test_every_byte_that_differs_and_every_cut_is_refused(figure: Callable[[str], None]) -> None:
    whole = FILES[-1].read_bytes()
    assert not is_refused(whole)
    for at in range(len(whole)):
        assert is_refused(whole[:at]), at
        assert is_refused(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]), at
    figure(f"a model of {len(whole):,} bytes: cut at every byte, and with every byte changed, always refused")
