"""What tests of pages share: where Chromium is, and how to look whether something is cut, covered, or on too many sheets."""

from __future__ import annotations

import re
import shutil
from typing import Any

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SWITCHES = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
A4_AT_96_DPI = 794

# Every piece of text with its place; pieces that stick out of the page, and pairs that cover each other.
MISPLACED = """
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.textContent.trim() || !node.parentElement.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 1 && box.height > 1) found.push({text: node.textContent.trim().slice(0, 40), box});
  }
  for (const image of document.images)
    if (image.checkVisibility()) found.push({text: "(" + image.alt.slice(0, 30) + ")", box: image.getBoundingClientRect()});
  const wide = document.documentElement.clientWidth;
  const wrong = found.filter(({box}) => box.left < -0.5 || box.right > wide + 0.5).map(({text}) => "cut: " + text);
  if (document.documentElement.scrollWidth > wide) wrong.push("the page scrolls sideways");
  found.forEach((one, at) => found.slice(at + 1).forEach((other) => {
    const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
    const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
    if (across > 2 && down > 0.5 * Math.min(one.box.height, other.box.height))
      wrong.push("covered: " + one.text + " / " + other.text);
  }));
  return {pieces: found.length, wrong};
}
"""


def opened(browser: Any, html: str, **options: Any) -> Any:
    """The page in a window of its own, everything folded open."""
    window = browser.new_page(**options)
    window.set_content(html)
    window.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    return window


def n_pages(paper: bytes) -> int:
    """The number of pages of a PDF as Chromium writes it."""
    return len(re.findall(rb"/Type\s*/Page\b", paper))
