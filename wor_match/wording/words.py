"""The words of one language: what ships, for two levels and two ways of address. Looking up, nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from wor_match.catalogue.quick import read_plain
from wor_match.errors import WorMatchError

LEVELS = ("B1", "A2")
SIMPLER = "a2"  # where a file says what A2 says otherwise
Tree = Mapping[str, Any]


@dataclass(frozen=True, eq=False, repr=False)
class Words:
    """Every sentence by its name, in one language and at one level.

    Attributes
    ----------
    language : str
        ``nl`` (says u), ``nl-je`` (says je) or ``en``.
    level : str
        ``B1``, or ``A2``: at most eight words a sentence, one thing each.
    levels : mapping
        The sentences of both levels.

    Examples
    --------
    >>> words("nl-je")["card"]["open"]
    'Je kiest zelf. Nee zeggen mag.'
    """

    language: str
    level: str
    levels: Mapping[str, Tree]

    def __getitem__(self, name: str) -> Any:
        return self.levels[self.level][name]

    def __repr__(self) -> str:
        return f"Words({self.language!r}, {self.level!r})"

    @property
    def lang(self) -> str:
        """The language as a page declares it: ``nl`` or ``en``."""
        return self.language.partition("-")[0]

    def at(self, level: str) -> Words:
        """The same words at another `level`, B1 or A2.

        Raises
        ------
        WorMatchError
            When the level is not B1 or A2.
        """
        if level not in LEVELS:
            raise WorMatchError(
                f"there is no level {str(level)[:10]!r}; there are: {', '.join(LEVELS)}", code="unknown-name"
            )
        return Words(self.language, level, self.levels)

    def label(self, kind: str, code: str) -> str:
        """The word for a `code` among those of a `kind` (term, dimension, ...); the code itself when there is none."""
        return str(self["labels"].get(kind, {}).get(code, code))


def words(language: str | Words, level: str | None = None) -> Words:
    """The words of a language; an organisation's own stay its own.

    Parameters
    ----------
    language : str or Words
    level : str, optional
        ``B1`` or ``A2``; when left out, that of the words given, else B1.

    Raises
    ------
    WorMatchError
        When there are no words in this language or at this level.
    """
    if isinstance(language, Words):
        return language if level is None else language.at(level)
    if language not in folders() and language not in languages():  # a folder is known without reading the others
        allowed = ", ".join(languages())
        raise WorMatchError(
            f"there are no words in language {str(language)[:10]!r}; there are: {allowed}", code="unknown-name"
        )
    return shipped(language).at(level or "B1")


@cache
def folders() -> tuple[str, ...]:
    """The languages that ship, each in a folder."""
    home = files("wor_match.wording")
    found = (one for one in home.iterdir() if one.is_dir() and one.joinpath("sentences.yaml").is_file())
    return tuple(sorted(one.name for one in found))


@cache
def languages() -> tuple[str, ...]:
    """The languages that ship, each with its ways of address."""
    return tuple(language for folder in folders() for language in (folder, *tree_of(folder).get("variants", {})))


@cache
def shipped(language: str) -> Words:
    """The words that ship, at B1."""
    folder, _, variant = language.partition("-")
    tree = tree_of(folder)
    if variant:
        tree = turned(tree, tree["variants"][language])
    return Words(language, "B1", {"B1": tree, "A2": laid_over(tree, tree[SIMPLER])})


@cache
def tree_of(folder: str) -> Tree:
    """Everything that stands in the files of a language."""
    home = files("wor_match.wording").joinpath(folder)
    tree: dict[str, Any] = {}
    for name in sorted(one.name for one in home.iterdir() if one.name.endswith(".yaml")):
        found, problems = read_plain(home.joinpath(name).read_bytes(), f"wording/{folder}/{name}")
        if found is None or problems:
            raise WorMatchError(f"the words of {folder} cannot be read", problems)
        tree |= found
    return tree


def laid_over(base: Tree, own: Tree) -> dict[str, Any]:
    """The base with what is said otherwise laid over it."""
    return {
        **base,
        **{
            name: laid_over(base[name], said) if isinstance(said, Mapping) and name in base else said
            for name, said in own.items()
        },
    }


def turned(told: Any, pairs: Sequence[tuple[str, str]]) -> Any:
    """Every sentence with another form of address: whole words, in the order of the pairs."""
    if isinstance(told, Mapping):
        return {name: said if name == "variants" else turned(said, pairs) for name, said in told.items()}
    if isinstance(told, list):
        return [turned(said, pairs) for said in told]
    for old, new in pairs:
        for before, after in ((old, new), (capital(old), capital(new))):
            told = re.sub(rf"(?<![\w-]){before}(?![\w-])", after, told)
    return told


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]
