"""What a host may hand over by mistake where a history is read."""

from __future__ import annotations

import pytest

from wor_match.errors import EventError
from wor_match.journal import read_events, write_events


def test_a_path_that_no_system_has_is_told_and_not_tried() -> None:
    with pytest.raises(EventError, match=r"'een\\x00twee.jsonl' is no path"):
        read_events("een\0twee.jsonl")
    with pytest.raises(EventError, match="cannot be written: it is no path"):
        write_events("een\0twee.jsonl", [])
