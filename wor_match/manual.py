"""The pages about the library, wherever it is installed: how a number comes about, and what is promised."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from wor_match.domain.value import FrozenMap
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
            "the pages are not there; install wor-match from its wheel, or look in docs/ of the project"
        )
    return FrozenMap(dict(sorted(found.items())))


def pages_in(folder: Traversable, names: tuple[str, ...] = ()) -> dict[str, str]:
    """The pages of a folder, or those of these names; none where there is no folder."""
    if not folder.is_dir():
        return {}
    found = (one for one in folder.iterdir() if one.name.endswith(".md"))
    told = {one.name.removesuffix(".md"): one for one in found}
    return {name.lower(): one.read_text(encoding="utf-8") for name, one in told.items() if not names or name in names}
