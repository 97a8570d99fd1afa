"""One service for the tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.examples.serving import Served
from tests.journal.conftest import address as address  # fixtures: a journal in a file and on a server
from tests.journal.conftest import postgres as postgres
from tests.journal.conftest import server as server


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    pytest.importorskip("fastapi")
    pytest.importorskip("uvicorn")
    started = Served(tmp_path_factory.mktemp("host") / "data", COACHING_WAIT="0.3")
    yield started
    started.end()
