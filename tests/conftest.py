"""What all tests share: the example catalogue, a matcher on it, and hypothesis without dice of its own."""

from __future__ import annotations

import platform
import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import wor_match as wm
from tests.chromium import CHROMIUM, SWITCHES

settings.register_profile("suite", derandomize=True, deadline=None, max_examples=150)
settings.load_profile("suite")

AT = date(2026, 11, 23)


@pytest.fixture(scope="session")
def catalogue() -> wm.Catalogue:
    return wm.load_catalogue("nieuwegein")


@pytest.fixture(scope="session")
def matcher(catalogue: wm.Catalogue) -> wm.Matcher:
    return wm.Matcher(catalogue)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real Chromium, for the pages of a file."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield started
        started.close()


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


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--figures", metavar="PAGE", type=Path, help="write the measured figures into this page too")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if FIGURES:
        terminalreporter.section("measured figures")
        for line in sorted(FIGURES):
            terminalreporter.line(line)
        if page := config.getoption("--figures"):
            counts = ", ".join(
                f"{len(found)} {name}"
                for name, found in terminalreporter.stats.items()
                if name in ("passed", "failed", "error", "skipped")
            )
            write_figures(page, counts)


def write_figures(page: Path, counts: str) -> None:
    """Put the figures where the page has room for them, with the day and the machine they come from."""
    on = (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.system()} {platform.machine()}"
    )
    lines = [f"{datetime.now(UTC):%Y-%m-%d}, {on}: {counts}", "", *sorted(FIGURES)]
    text = page.read_text(encoding="utf-8")
    page.write_text(
        re.sub(r"(?<=```figures\n).*?(?=```\n)", lambda _: "\n".join(lines) + "\n", text, count=1, flags=re.DOTALL),
        encoding="utf-8",
    )
