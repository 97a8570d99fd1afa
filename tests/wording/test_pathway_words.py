"""What an event can say in a code has words in every language, so that nobody meets a bare code."""

from __future__ import annotations

import pytest

from wor_match.interop.cds_hooks import cards, feedback
from wor_match.pathway.invented import NOTHING
from wor_match.pathway.registration.codes import DROP_OUT
from wor_match.wording.words import languages, words


@pytest.mark.parametrize("language", languages())
def test_every_reason_of_ours_to_choose_nothing_has_words_and_no_two_the_same(language: str) -> None:
    ours = {*NOTHING, *cards.OFFERED, feedback.OTHER, *(as_nothing for _, as_nothing in DROP_OUT)}
    told = words(language)["labels"]["none_reason"]
    assert set(told) == ours
    assert len(set(told.values())) == len(ours)
