"""Of what a matcher is made, and what is refused there."""

from __future__ import annotations

from typing import Any

import pytest

import wor_match as wm


@pytest.mark.parametrize("wrong", ["nieuwegein", 5, ["x"], {"x": 1}])
@pytest.mark.parametrize("part", ["catalogue", "settings", "model", "prior", "constraints", "signals"])
def test_what_is_no_part_of_a_matcher_is_refused_by_its_name(part: str, wrong: Any) -> None:
    parts: dict[str, Any] = {"catalogue": wm.Catalogue(id="leeg", name="Leeg", activities=[]), part: wrong}
    with pytest.raises(
        wm.WorMatchError, match=r"^(a matcher is made of a Catalogue|(\w+) of a matcher (is|are) no )"
    ) as told:
        wm.Matcher(**parts)
    assert told.value.args[0].startswith(("a matcher is made", part))
