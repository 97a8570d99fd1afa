"""Every promise of a journal: kept by ours on both databases, and a class that breaks one is told which."""

from __future__ import annotations

from collections.abc import Callable

from wor_match.journal import Journal, check_journal


def test_the_journal_keeps_every_promise(address: Callable[[], str]) -> None:
    check_journal(lambda: Journal(address()))
