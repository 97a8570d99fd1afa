"""Draw the pictures of the pages anew: `python docs/pictures.py`. Needs Chromium and the package's test extra.

What a picture of the gallery shows is what the block of code below it on `gallery.md` leaves in `picture`. Beside each
picture, `pictures.txt` keeps the digest of what it was drawn from and of the picture itself, so that a test can tell
when a picture no longer shows what the library makes.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import wor_match as wm
from wor_match.demo import DEMO_DAY, PEOPLE

HERE = Path(__file__).parent
LEDGER, PAGE = HERE / "pictures.txt", HERE / "gallery.md"
WIDTH, COLOURS = 900, 96  # of a page, in pixels, and how many, so that it stays small
UNTIL = {"gallery/coach.png": ".idea", "gallery/monitor.png": ".element"}  # the last that is shown of a long page
SHOWN = re.compile(
    r"!\[(?P<alt>.*?)\]\((?P<file>.*?)\)\n\n```python\n(?P<code>.*?)```\n\n```text\n(?P<told>.*?)```", re.DOTALL
)


@dataclass(frozen=True)
class Shown:
    """A picture on the gallery: its words, its file, the code that draws it, and what that code should print."""

    alt: str
    file: str
    code: str
    told: str

    def run(self) -> Made:
        """Run the code: the picture, and what was printed."""
        scope: dict[str, Any] = {}
        with redirect_stdout(io.StringIO()) as out:
            exec(self.code, scope)  # noqa: S102 — our own page
        return Made(scope["picture"], out.getvalue())


@dataclass(frozen=True)
class Made:
    """What a block of code made: a page as HTML, a drawing as SVG, or one of matplotlib; and what it printed."""

    picture: Any
    printed: str = field(default="")

    @property
    def source(self) -> str:
        """What the picture is drawn from; rounded, so that the last bit of another machine's arithmetic is no news."""
        if isinstance(self.picture, str):
            return self.picture
        if hasattr(self.picture, "svg"):
            return str(self.picture.svg)
        return json.dumps([rounded(self.picture.frame()), self.picture.text(), [*on(self.picture.figure_)]])

    @property
    def words(self) -> str:
        """What it says to who cannot see it: a page is read as it is."""
        if isinstance(self.picture, str):
            return re.sub(r"<[^>]+>", " ", self.picture.partition("<body>")[2])
        return str(self.picture.text if hasattr(self.picture, "svg") else self.picture.text())

    def save(self, name: str, browser: Any) -> None:
        """Draw it into a file."""
        place = HERE / name
        if isinstance(self.picture, str):
            photograph(browser, self.picture, place, UNTIL.get(name))
        elif hasattr(self.picture, "svg"):
            place.write_text(self.picture.svg, encoding="utf-8")
        else:
            self.picture.figure_.savefig(place, dpi=90, metadata={"Software": None})


def gallery() -> list[Shown]:
    """The pictures of the gallery, in the order of the page."""
    return [Shown(**found.groupdict()) for found in SHOWN.finditer(PAGE.read_text(encoding="utf-8"))]


def card() -> str:
    """The card at the top of the README."""
    first = PEOPLE[0]
    advice = wm.Matcher(wm.load_catalogue("nieuwegein")).recommend(first.person, at=DEMO_DAY)
    return advice.card("participant", first.language, first.level, first.own_words)


def makings() -> Iterator[tuple[str, Made]]:
    """File name and what it is drawn from, of every picture."""
    yield "advies.png", Made(card())
    for one in gallery():
        yield one.file, one.run()


def rounded(told: Any) -> Any:
    """Rows with at most three decimals."""
    if isinstance(told, dict):
        return {name: rounded(value) for name, value in told.items()}
    if isinstance(told, list | tuple):
        return [rounded(value) for value in told]
    return told if isinstance(told, str | int | None) else round(float(told), 3) + 0.0


def on(figure: Any) -> Iterator[Any]:
    """The words, colours, dashes, marks and hatching on a figure: what any version of matplotlib draws alike."""
    yield rounded(list(figure.get_size_inches()))
    keys = [*figure.legends, *filter(None, (ax.get_legend() for ax in figure.axes))]
    yield [text.get_text() for part in (figure, *keys, *figure.axes) for text in part.texts]
    for ax in figure.axes:
        yield [ax.get_title(), ax.get_title("left"), ax.get_xlabel(), ax.get_ylabel()]
        yield [[str(line.get_color()), line.get_linestyle(), str(line.get_marker())] for line in ax.lines]
        yield [[rounded(bar.get_facecolor()), bar.get_hatch()] for bar in ax.patches]


def photograph(browser: Any, html: str, place: Path, until: str | None) -> None:
    """A page as a picture, whole or until the end of something on it."""
    window = browser.new_page(viewport={"width": WIDTH, "height": 600})
    window.set_content(html)
    part = {}
    if until:
        box = window.locator(until).first.bounding_box()
        part = {"clip": {"x": 0, "y": 0, "width": WIDTH, "height": box["y"] + box["height"] + 16}}
    window.screenshot(path=place, full_page=True, **part)
    window.close()
    small(place)


def small(place: Path) -> None:
    """The same picture in few colours."""
    from PIL import Image

    with Image.open(place) as whole:
        few = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(place, optimize=True)


def digest(content: bytes) -> str:
    """SHA-256, short."""
    return hashlib.sha256(content).hexdigest()[:32]


def ledger() -> dict[str, tuple[str, str]]:
    """File name → digest of what it was drawn from, and of the picture, as they were when it was drawn."""
    rows = (line.split() for line in LEDGER.read_text(encoding="utf-8").splitlines())
    return {name: (source, picture) for name, source, picture in rows}


def draw() -> None:
    """Draw every picture and note what it was drawn from."""
    import matplotlib as mpl
    from playwright.sync_api import sync_playwright

    mpl.use("Agg")
    (HERE / "gallery").mkdir(exist_ok=True)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    lines = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, made in makings():
            made.save(name, browser)
            lines.append(f"{name} {digest(made.source.encode())} {digest((HERE / name).read_bytes())}")
        browser.close()
    LEDGER.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    draw()
