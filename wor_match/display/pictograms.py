"""A small drawing for each group of terms: for who would rather look than read. Our own, free to copy."""

from __future__ import annotations

from wor_match.display.blocks import Picture

# For each group a colour, dark enough for a white line on it and light enough to stand out on black, and its lines.
DRAWN: dict[str, tuple[str, tuple[str, ...]]] = {
    "bewegen": ("#2f7d4f", ("M26 8a3.5 3.5 0 1 0 .1 0z", "M25 17l-3 10 6 6-1 9", "M22 27l-2 6-6 7",
                            "M24 19l-7 5-1 5", "M25 20l4 5 5 1")),
    "ontmoeten": ("#b4532a", ("M17 12a5 5 0 1 0 .1 0z", "M31 12a5 5 0 1 0 .1 0z",
                              "M8 37c0-8 4-12 9-12 3 0 5 1 7 4 2-3 4-4 7-4 5 0 9 4 9 12")),
    "maken": ("#8a5a9e", ("M12 36l3-11 15-15 8 8-15 15-11 3z", "M26 14l8 8", "M15 25l8 8")),
    "cultuur": ("#b8477c", ("M19 34V14l16-4v20", "M15 30a4 4 0 1 0 .1 0z", "M31 26a4 4 0 1 0 .1 0z")),
    "buiten": ("#557a1f", ("M24 40V22", "M24 31c-9 0-13-5-13-14 8 0 13 4 13 12",
                           "M24 24c0-7 4-12 13-12 0 9-4 14-13 14")),
    "leren": ("#3478b0", ("M24 15c-4-3-9-4-14-4v23c5 0 10 1 14 4 4-3 9-4 14-4V11c-5 0-10 1-14 4z", "M24 15v23")),
    "eten": ("#b0632b", ("M12 21h24v9a8 8 0 0 1-8 8h-8a8 8 0 0 1-8-8z", "M8 21h32", "M19 15c0-3 2-3 2-6",
                         "M27 15c0-3 2-3 2-6")),
    "rust": ("#5674b8", ("M34 29a13 13 0 1 1-13-19 11 11 0 0 0 13 19z", "M33 11v6", "M30 14h6")),
    "meedoen": ("#c2485a", ("M24 37C13 29 9 24 9 18a7.5 7.5 0 0 1 15-3 7.5 7.5 0 0 1 15 3c0 6-4 11-15 19z",)),
    "steun": ("#1f7a7a", ("M8 11h21v14H17l-5 5v-5H8z", "M33 19h7v14h-4v5l-6-5h-9v-4")),
    "dagelijks": ("#7b7166", ("M10 23l14-12 14 12", "M14 20v17h20V20", "M19 28l4 4 7-7")),
    "": ("#67737f", ("M24 12v24", "M12 24h24", "M16 16l16 16", "M32 16L16 32")),
}  # fmt: skip


def pictogram(group: str, text: str) -> Picture:
    """The drawing of a group of terms; a star when there is no group."""
    colour, lines = DRAWN.get(group, DRAWN[""])
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">'
        f'<circle cx="24" cy="24" r="24" fill="{colour}"/>'
        f'<path d="{" ".join(lines)}" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round"'
        ' stroke-linejoin="round"/></svg>'
    )
    return Picture(svg, text)
