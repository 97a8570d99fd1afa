"""A page as somebody meets it: its tags with the names of their attributes, and its text in blocks."""

from __future__ import annotations

from html.parser import HTMLParser

BLOCKS = frozenset(
    [
        "p",
        "li",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dt",
        "dd",
        "section",
        "article",
        "main",
        "ul",
        "dl",
        "summary",
        "details",
    ]
)
UNREAD = ("style", "script", "title")


class Page(HTMLParser):
    """What a page is made of, and what it says."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.blocks: list[str] = [""]
        self.unread = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *sorted(name for name, _ in attrs)))
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.unread += tag in UNREAD
        if tag in BLOCKS:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}",))
        self.unread -= tag in UNREAD
        if tag in BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.blocks[-1] += data

    @property
    def text(self) -> str:
        """The text, one block a line."""
        return "\n".join(" ".join(block.split()) for block in self.blocks if block.strip())
