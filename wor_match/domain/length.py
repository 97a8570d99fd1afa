"""How long a text is: its sentences, its words, and how many words a sentence may have."""

from __future__ import annotations

import re

MOST_WORDS = {"B1": 12, "A2": 8}


def sentences_in(text: str) -> list[str]:
    """The sentences of a text; a colon ends one too.

    Examples
    --------
    >>> sentences_in("Nee zeggen mag. U kiest zelf.")
    ['Nee zeggen mag.', 'U kiest zelf.']
    """
    return [sentence for sentence in re.split(r"(?<=[.!?:])\s+", text.strip()) if sentence]


def words_in(sentence: str) -> list[str]:
    """The words of a sentence; 12.30 and 's are one word each."""
    return re.findall(r"\w[\w’'.,-]*", sentence)


def longest(text: str) -> int:
    """The number of words of the longest sentence."""
    return max((len(words_in(sentence)) for sentence in sentences_in(text)), default=0)
