"""Text that stands in Markdown as text, whatever signs are in it."""

from __future__ import annotations

SPECIAL = "\\`*_[]<>#|~&"


def escaped(text: str) -> str:
    """Text from a catalogue as Markdown shows it: as text."""
    return "".join(f"\\{one}" if one in SPECIAL else one for one in " ".join(text.split()))
