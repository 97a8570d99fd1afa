"""Draw the pictures of the README anew: `python docs/pictures.py`. Needs Chromium and the package's test extra.

Beside each picture, `pictures.txt` keeps the digest of the page it was drawn from and of the picture itself, so that a
test can tell when a picture no longer shows what the library makes.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import wor_match as wm
from wor_match.demo import DEMO_DAY, PEOPLE

HERE = Path(__file__).parent
LEDGER = HERE / "pictures.txt"
WIDTH = 900


def sources() -> dict[str, str]:
    """File name → the page it is drawn from."""
    first = PEOPLE[0]
    advice = wm.Matcher(wm.load_catalogue("nieuwegein")).recommend(first.person, at=DEMO_DAY)
    return {"advies.png": advice.card("participant", first.language, first.level, first.own_words)}


def digest(content: bytes) -> str:
    """SHA-256, short."""
    return hashlib.sha256(content).hexdigest()[:32]


def ledger() -> dict[str, tuple[str, str]]:
    """File name → digest of its page, and of the picture, as they were when it was drawn."""
    rows = (line.split() for line in LEDGER.read_text(encoding="utf-8").splitlines())
    return {name: (page, picture) for name, page, picture in rows}


def draw() -> None:
    """Draw every picture and note what it was drawn from."""
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    lines = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, html in sources().items():
            window = browser.new_page(viewport={"width": WIDTH, "height": 600})
            window.set_content(html)
            window.screenshot(path=HERE / name, full_page=True)
            lines.append(f"{name} {digest(html.encode())} {digest((HERE / name).read_bytes())}")
        browser.close()
    LEDGER.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    draw()
