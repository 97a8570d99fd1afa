"""Empty journals of both kinds; where no PostgreSQL can be started, its tests are skipped and one line says so."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journal.server import Server, started

Address = Callable[[], str]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="wm", dir="/tmp"))
    server = started(folder)
    if isinstance(server, str):
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(server)
    try:
        yield server
    finally:
        server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """Gives the address of a new empty journal."""
    if request.param == "sqlite":
        numbers = itertools.count()
        return lambda: f"sqlite:///{tmp_path}/{next(numbers)}.db"
    server: Server = request.getfixturevalue("postgres")
    return server.new
