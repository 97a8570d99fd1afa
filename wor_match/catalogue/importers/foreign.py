"""Their words for what one does, as our terms: by their id, else by the same word; what has none is kept as text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from wor_match.catalogue.importers.gathering import Notes
from wor_match.catalogue.importers.item import OURS, Found, name_of
from wor_match.domain.finding import find_terms, plain_names, plain_words
from wor_match.domain.terms import MATCHES, taxonomy

Concept = tuple[str | None, str | None]  # their id and their label, as far as they are told
MOST_TERMS, MOST_SAID, NEAREST = 4, 50, 3
AS_GOOD = MATCHES.index("close")  # all terms that match at least so well are taken; of weaker ones the best


def our_terms(vocabulary: str, told: Iterable[Concept], notes: Notes) -> tuple[list[str], list[Found]]:
    """Our terms, best match first, and what was said in which words.

    Parameters
    ----------
    vocabulary : str
        ``openactive``, ``uitdatabank``; of any other only the words count. An id that begins with ``urn:wor-match:``
        is our own term, whatever the vocabulary.
    told : iterable of (id, label)
    notes : Notes
        Gets what has no term of ours, with the three nearest.
    """
    found: list[tuple[int, str]] = []
    said: list[Found] = []
    for their_id, label in told:
        matches = matches_of(vocabulary, their_id, label)
        taken = [one for one in matches if one[0] <= AS_GOOD] or matches[:1]
        found += taken
        called = name_of(label) or name_of(their_id)
        if called is None:
            continue
        said += [{"label": called, "term": term, "match": MATCHES[rank]} for rank, term in taken] or [{"label": called}]
        if not taken:
            notes.add("terms", f"{called[:60]!r} has no term of ours{nearest(called)}", "unknown-term")
    return list(dict.fromkeys(term for _, term in sorted(found, key=rank_of)))[:MOST_TERMS], said[:MOST_SAID]


@lru_cache(maxsize=10_000)
def nearest(called: str) -> str:
    """The terms of ours that are nearest to a word of theirs, as the end of a sentence."""
    near = find_terms(called)[:NEAREST]
    return f"; nearest are {', '.join(near)}" if near else ""


def rank_of(match: tuple[int, str]) -> int:
    """How well a term matches; of equals the one that was told first stays first."""
    return match[0]


def matches_of(vocabulary: str, their_id: str | None, label: str | None) -> list[tuple[int, str]]:
    """How well each of our terms matches (0 is exact), best first."""
    their_id = their_id if isinstance(their_id, str) else None
    if their_id and their_id.startswith(OURS) and their_id.removeprefix(OURS) in taxonomy().terms:
        return [(0, their_id.removeprefix(OURS))]
    by_id, by_label = concepts(vocabulary)
    if their_id in by_id:
        return by_id[their_id]
    word = " ".join(plain_words(label or ""))
    return by_label.get(word) or own_words().get(word, [])


@cache
def own_words() -> dict[str, list[tuple[int, str]]]:
    """Our own words → terms: their id and labels mean exactly that, their synonyms almost."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name, names in plain_names().items():
        term = taxonomy().terms[name]
        exactly = {" ".join(plain_words(called)) for called in (name, term.label_nl, term.label_en)}
        for word in names:
            found.setdefault(word, []).append((0 if word in exactly else AS_GOOD, name))
    return {word: sorted(ranked) for word, ranked in found.items()}


@cache
def concepts(vocabulary: str) -> tuple[dict[str, list[tuple[int, str]]], dict[str, list[tuple[int, str]]]]:
    """Their id, and their label in plain words → our terms with the rank of the match."""
    by_id: dict[str, list[tuple[int, str]]] = {}
    by_label: dict[str, list[tuple[int, str]]] = {}
    for term in taxonomy().terms.values():
        if vocabulary in term.foreign:
            theirs = term.foreign[vocabulary]
            entry = (MATCHES.index(theirs.match), term.id)
            by_id.setdefault(theirs.id, []).append(entry)
            by_label.setdefault(" ".join(plain_words(theirs.label)), []).append(entry)
    for ranked in (*by_id.values(), *by_label.values()):
        ranked.sort()
    return by_id, by_label
