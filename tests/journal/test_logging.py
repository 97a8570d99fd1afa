"""What a journal does stands in no log, whatever a host sets: its rows hold what somebody told."""

from __future__ import annotations

import contextlib
import logging
import logging.config
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.faults.leaks.canary import EVENT_PSEUDONYM, OF_THE_EVENTS, found_in, history
from wor_match.errors import JournalError
from wor_match.journal import Journal, examined

NAMES = ("", "sqlalchemy", "sqlalchemy.engine", "sqlalchemy.engine.Engine", "sqlalchemy.pool", "wor_match")
LOUD = {name: {"level": "DEBUG"} for name in NAMES[1:]}


def by_level() -> None:
    """A host that asks for everything, logger by logger."""
    for name in NAMES:
        logging.getLogger(name).setLevel(logging.DEBUG)


def by_table() -> None:
    """A host that asks for everything in one table, and wakes what was disabled."""
    logging.config.dictConfig({"version": 1, "disable_existing_loggers": False, "incremental": False, "loggers": LOUD})


@pytest.fixture
def levels() -> Iterator[None]:
    """The levels of the loggers are put back."""
    before = {name: logging.getLogger(name).level for name in NAMES}
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.usefixtures("levels")
@pytest.mark.parametrize("loud", [by_level, by_table])
def test_no_row_and_no_statement_stands_in_a_log_at_the_finest_level(
    address: Callable[[], str], loud: Callable[[], Any], caplog: pytest.LogCaptureFixture
) -> None:
    place = address()
    caplog.set_level(logging.DEBUG)
    loud()
    journal = Journal(place)
    loud()
    journal.append(history())
    journal.restrict(EVENT_PSEUDONYM)
    journal.read(), journal.export(EVENT_PSEUDONYM), list(examined(place))
    with contextlib.suppress(JournalError):
        journal.append([history()[1].replace(practice="melder-q5")])
    journal.erase(EVENT_PSEUDONYM)
    assert found_in(caplog.text, OF_THE_EVENTS) == []
    assert "SELECT" not in caplog.text
    assert "geheim" not in caplog.text
