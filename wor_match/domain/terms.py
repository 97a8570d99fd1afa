"""The words for what you do: 71 terms in 11 groups, with aspects, from the table that ships with the package."""

from __future__ import annotations

import csv
import difflib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, cast, get_args

from pydantic import AfterValidator

from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.lazy import lazy
from wor_match.domain.value import refuse
from wor_match.errors import Code

Dimension = Literal[
    "bodily_functions",
    "mental_wellbeing",
    "meaningfulness",
    "quality_of_life",
    "participation",
    "daily_functioning",
]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)


Match = Literal["exact", "close", "narrower", "broader", "related"]  # theirs beside ours, the best first
MATCHES: tuple[Match, ...] = get_args(Match)
Theme = Literal["bewegen met plezier", "in balans", "kunst en cultuur", "natuur", "ontdekken en doen", "smullen"]


@dataclass(frozen=True, slots=True)
class Foreign:
    """The nearest concept of another vocabulary, and how near it is."""

    id: str
    label: str
    match: Match


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that people do, with what an ordinary activity of it is like.

    Attributes
    ----------
    serves : FrozenMap
        How much it serves each dimension, 0 to 3; assumptions, used where a catalogue says nothing.
    body : str
        What it asks of the body: none, light, moderate or vigorous.
    on_request : str
        ``sensitive`` or ``situation``: only shown to who asks for it; empty for all other terms.
    foreign : FrozenMap
        The nearest concept in each other vocabulary, where there is one.
    """

    id: str
    group: str
    label_nl: str
    label_en: str
    synonyms: tuple[str, ...]
    serves: FrozenMap[str, int]
    body: str
    on_request: str
    aspects: tuple[str, ...]
    theme: str
    alone_possible: bool
    foreign: FrozenMap[str, Foreign]


@dataclass(frozen=True)
class Taxonomy:
    """All terms by id, the labels of their groups, and the aspects that occur."""

    terms: FrozenMap[str, Term]
    groups: FrozenMap[str, tuple[str, str]]
    aspects: tuple[str, ...]

    @lazy
    def words(self) -> tuple[str, ...]:
        """Everything a participant can name: terms, groups and aspects, sorted."""
        return tuple(sorted({*self.terms, *self.groups, *self.aspects}))


@cache
def taxonomy() -> Taxonomy:
    """The taxonomy that ships with the package.

    Examples
    --------
    >>> taxonomy().terms["samen-koken"].group
    'eten'
    """
    text = files("wor_match.domain").joinpath("data/taxonomy.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    terms = {row["term_id"]: term_of(row) for row in rows}
    return Taxonomy(
        FrozenMap(terms),
        FrozenMap({row["group_id"]: (row["group_nl"], row["group_en"]) for row in rows}),
        tuple(sorted({aspect for term in terms.values() for aspect in term.aspects})),
    )


def term_of(row: dict[str, str]) -> Term:
    """One row of the table."""
    return Term(
        id=row["term_id"],
        group=row["group_id"],
        label_nl=row["label_nl"],
        label_en=row["label_en"],
        synonyms=split(row["synonyms_nl"]),
        serves=FrozenMap({name: int(row[f"serves_{name}"]) for name in DIMENSIONS}),
        body=row["body_level"],
        on_request=row["on_request"],
        aspects=split(row["aspects"]),
        theme=row["theme"],
        alone_possible=row["alone_possible"] == "yes",
        foreign=FrozenMap(
            {
                name: Foreign(row[f"{name}_id"], row[label], cast(Match, row[f"{name}_match"]))
                for name, label in (("openactive", "openactive_label"), ("uitdatabank", "uitdatabank_label_nl"))
                if row[f"{name}_id"]
            }
        ),
    )


def split(cell: str) -> tuple[str, ...]:
    """The parts of a cell."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def known_term(word: str) -> str:
    """The word, when it is a term; else the nearest three are named."""
    return one_of(word, tuple(taxonomy().terms), "term", "unknown-term")


def known_aspect(word: str) -> str:
    """The word, when it is an aspect; else the nearest three are named."""
    return one_of(word, taxonomy().aspects, "aspect", "unknown-aspect")


def known_word(word: str) -> str:
    """The word, when it is a term, a group or an aspect; what was told is not repeated."""
    if word not in taxonomy().words:
        raise refuse("unknown-word", "is no term, group or aspect of the taxonomy (wor_match/domain/data/taxonomy.csv)")
    return word


def one_of(word: str, allowed: tuple[str, ...], kind: str, code: Code) -> str:
    """The word itself, or a refusal that names the nearest."""
    if word not in allowed:
        near = difflib.get_close_matches(word, allowed, n=3, cutoff=0.5)
        remedy = f"perhaps {' or '.join(near)}" if near else "take one of wor_match/domain/data/taxonomy.csv"
        raise refuse(code, f"is no {kind} of the taxonomy; {remedy}")
    return word


TermId = Annotated[str, AfterValidator(known_term)]
Aspect = Annotated[str, AfterValidator(known_aspect)]
Wish = Annotated[str, AfterValidator(known_word)]
