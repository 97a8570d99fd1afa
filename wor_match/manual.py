"""The pages about the library, wherever it is installed: how a number comes about, what is promised, what codes say."""

from __future__ import annotations

import difflib
import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from wor_match.domain.frozen_map import FrozenMap
from wor_match.errors import WorMatchError

CHECKOUT = Path(__file__).parents[1]  # where the pages stand while somebody works on the library
BESIDE = ("README", "CHANGELOG", "SECURITY")  # pages of the project itself


def docs() -> FrozenMap[str, str]:
    """Every page by its name, as Markdown.

    Returns
    -------
    FrozenMap
        Name, such as ``model`` or ``privacy``, → text; by name.

    Raises
    ------
    WorMatchError
        When the library was installed without its pages.

    Examples
    --------
    >>> pages = docs()
    >>> "pathway" in pages, pages["limits"].splitlines()[0]
    (True, '# Limits: how much is taken at every door')
    """
    found = pages_in(files("wor_match").joinpath("docs"))
    found = found or {**pages_in(CHECKOUT / "docs"), **pages_in(CHECKOUT, BESIDE)}
    if not found:
        raise WorMatchError(
            "the pages are not there; install wor-match from its wheel, or look in docs/ of the project",
            code="not-installed",
        )
    return FrozenMap(dict(sorted(found.items())))


def explained(code: str) -> str:
    """What the page of errors says about a code: what was seen, why it is not taken, what to do.

    Parameters
    ----------
    code : str
        As it stands in an error, a warning or the line of a problem, such as ``half-point``.

    Returns
    -------
    str
        A paragraph in Markdown, on lines of the page.

    Raises
    ------
    WorMatchError
        When there is no such code, with those that look like it.

    Examples
    --------
    >>> print(explained("no-anchor").split(". ")[0])
    A rule says every second (or third) week and not from which week
    """
    told, code = paragraphs(docs()["errors"]), code.strip("[]\n ").lower()
    if code in told:
        return told[code]
    near = difflib.get_close_matches(code, told, n=3, cutoff=0.5)
    remedy = f"perhaps {' or '.join(near)}" if near else "the page docs/errors.md has them all"
    raise WorMatchError(f"there is no code {code[:40]!r}; {remedy}", code="unknown-name")


def paragraphs(page: str) -> dict[str, str]:
    """Each code of a page with the text below its heading."""
    _, *rest = (part.strip() for part in re.split(r"^#{2,3} (.+)\n", page, flags=re.MULTILINE))
    return {code: text for code, text in zip(rest[::2], rest[1::2], strict=True) if text}


def pages_in(folder: Traversable, names: tuple[str, ...] = ()) -> dict[str, str]:
    """The pages of a folder, or those of these names; none where there is no folder."""
    if not folder.is_dir():
        return {}
    found = (one for one in folder.iterdir() if one.name.endswith(".md"))
    told = {one.name.removesuffix(".md"): one for one in found}
    wanted = {name: one.read_text(encoding="utf-8") for name, one in told.items() if not names or name in names}
    return {name.lower(): text.replace("](docs/", "](") for name, text in wanted.items()}  # side by side
