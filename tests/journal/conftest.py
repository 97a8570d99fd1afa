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
def server() -> Iterator[Server | str]:
    """A server, or why there is none."""
    folder = Path(tempfile.mkdtemp(prefix="wm", dir="/tmp"))  # a socket's path is at most 107 bytes long
    found = started(folder)
    yield found
    if isinstance(found, Server):
        found.stop("immediate")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(server: Server | str, figure: Callable[[str], None]) -> Server:
    if isinstance(server, Server):
        return server
    line = f"PostgreSQL is not tested here: {server}"
    if line not in figure.__self__:  # type: ignore[attr-defined]  # the list of all figures
        figure(line)
    pytest.skip(line)


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """Gives the address of a new empty journal."""
    if request.param == "sqlite":
        numbers = itertools.count()
        return lambda: f"sqlite:///{tmp_path}/{next(numbers)}.db"
    server: Server = request.getfixturevalue("postgres")
    return server.new
