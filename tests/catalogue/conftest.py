"""Importers read with the doors shut: whoever opens a socket, looks up a host or starts a program fails."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

FORBIDDEN = ("socket.", "urllib.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "ftplib.", "http.client.")
SHUT: list[bool] = []


def refuse(event: str, _: Any) -> None:
    if SHUT and event.startswith(FORBIDDEN):
        raise AssertionError(f"{event} while reading a file of somebody else")


sys.addaudithook(refuse)  # it stays for the whole run, and does nothing while the list is empty


@pytest.fixture
def offline() -> Iterator[None]:
    SHUT.append(True)
    try:
        yield
    finally:
        SHUT.clear()
