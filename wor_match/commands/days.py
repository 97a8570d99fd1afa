"""Days and moments as one writes them behind a command."""

from __future__ import annotations

import argparse
from datetime import date, datetime


def day_or_moment(told: str) -> date:
    """A day, or a moment with its time zone."""
    try:
        return date.fromisoformat(told) if len(told) == len("2026-11-23") else datetime.fromisoformat(told)
    except ValueError:
        raise argparse.ArgumentTypeError("write a day as 2026-11-23, or a moment as 2026-11-23T09:00+01:00") from None
