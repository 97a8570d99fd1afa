"""What all tests share: the example catalogue, a matcher on it, and hypothesis without dice of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import settings

import wor_match as wm

settings.register_profile("suite", derandomize=True, deadline=None, max_examples=150)
settings.load_profile("suite")

AT = date(2026, 11, 23)


@pytest.fixture(scope="session")
def catalogue() -> wm.Catalogue:
    return wm.load_catalogue("nieuwegein")


@pytest.fixture(scope="session")
def matcher(catalogue: wm.Catalogue) -> wm.Matcher:
    return wm.Matcher(catalogue)


FIGURES: list[str] = []


@pytest.fixture
def figure() -> Callable[[str], None]:
    """Print a measured figure at the end of the run."""
    return FIGURES.append


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands its figures over."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["figures"] = FIGURES


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker measured."""
    FIGURES.extend(getattr(node, "workeroutput", {}).get("figures", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if FIGURES:
        terminalreporter.section("measured figures")
        for line in sorted(FIGURES):
            terminalreporter.line(line)
