"""From everyday words to terms: what somebody might mean when they say what they like to do."""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import cache

from wor_match.domain.terms import Term, taxonomy
from wor_match.errors import WorMatchError

MOST_FOUND = 10
LONGEST_TEXT = 500
SHORTEST_PART = 4  # letters; shorter parts of a word mean too much
SAME, PART, ALIKE = 1.0, 0.7, 0.5  # the same word; one ends or begins the other; a slip of the pen or one stem
WHOLE_NAME = 1.0  # added when the text is a name of the term
CLOSE = 0.82  # how alike two words must be to count as a slip of the pen
EMPTY_WORDS = """
    ik u je jij hij zij we wil wilt zou willen graag leuk lekker houd houdt hou van met de het een en of in op naar om
    te voor iets wat doen gaan samen anderen mensen groep club cafe cursus les middag ochtend avond
    i you want would like to love the a an and or with of for some something do go doing going people others group
    together course
"""  # words that say nothing about what somebody likes to do


def find_terms(text: str) -> list[str]:
    """The ids of the terms that everyday words may mean, best first, at most ten.

    Looks at the id, the Dutch and English labels and the synonyms of each term; forgives accents and slips of the pen.

    Parameters
    ----------
    text : str
        At most 500 characters, Dutch or English.

    Raises
    ------
    WorMatchError
        When it is no text, or is longer.

    Examples
    --------
    >>> find_terms("koken")[0]
    'samen-koken'
    >>> find_terms("Ik zou graag schlderen")
    ['schilderen']
    """
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise WorMatchError(f"find_terms() takes a text of at most {LONGEST_TEXT} characters", code="too-long")
    said = plain_words(text)
    told = [word for word in said if word not in empty_words()] or said
    likeness = {name: likeness_of(" ".join(said), told, term) for name, term in taxonomy().terms.items()}
    found = [name for name in likeness if likeness[name] >= ALIKE * CLOSE]
    return sorted(found, key=lambda name: -likeness[name])[:MOST_FOUND]  # of equals the first of the taxonomy


def likeness_of(whole: str, told: list[str], term: Term) -> float:
    """How well the words that were told match a term, from 0 to the number of words + 1."""
    names = plain_names()[term.id]
    tokens = [word for word in words_of_names()[term.id] if word not in empty_words() or word in told]
    return sum(max((alike(word, token) for token in tokens), default=0.0) for word in told) + WHOLE_NAME * (
        whole in names
    )


def alike(word: str, token: str) -> float:
    """How well two words match, in [0, 1]."""
    if word == token:
        return SAME
    shorter, longer = (word, token) if len(word) <= len(token) else (token, word)
    if len(shorter) < SHORTEST_PART or (word[0] != token[0] and not longer.endswith(shorter)):
        return 0.0
    if longer.startswith(shorter) or longer.endswith(shorter):
        return PART
    stem = next(
        (at for at, letters in enumerate(zip(word, token, strict=False)) if len(set(letters)) > 1), len(shorter)
    )
    if stem >= SHORTEST_PART and 2 * stem > len(longer):
        return ALIKE * CLOSE
    pair = difflib.SequenceMatcher(None, word, token)
    if pair.real_quick_ratio() < CLOSE or pair.quick_ratio() < CLOSE:  # both lie above the ratio, and cost little
        return 0.0
    return ALIKE * ratio if (ratio := pair.ratio()) >= CLOSE else 0.0


@cache
def empty_words() -> frozenset[str]:
    """The words to pass over."""
    return frozenset(EMPTY_WORDS.split())


@cache
def plain_names() -> dict[str, frozenset[str]]:
    """Term → what it is called, in plain words."""
    return {
        name: frozenset(
            " ".join(plain_words(called)) for called in (name, term.label_nl, term.label_en, *term.synonyms)
        )
        for name, term in taxonomy().terms.items()
    }


@cache
def words_of_names() -> dict[str, frozenset[str]]:
    """Term → the words of which its names are made."""
    return {term: frozenset(word for name in names for word in name.split()) for term, names in plain_names().items()}


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters, without accents."""
    bare = text
    if not text.isascii():
        bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return re.findall(r"[a-z0-9]+", bare.casefold())
