"""What no sentence may be: too long, a promise, a label for a person, or a template for facts that are not there."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from wor_match.domain.length import MOST_WORDS, longest, words_in
from wor_match.errors import Code
from wor_match.wording.words import Words
from wor_match.wording.writing import DERIVED, filled

SPOKEN = {  # the sentences of each level; A2 is for what the participant takes home
    "B1": ("reasons", "cautions", "exclusions", "changes", "contrast", "checks", "tracks", "asking", "learned", "gaps",
           "allocation", "arrangements", "card", "first_time", "page", "due", "assess", "feedback",
           "follow_up", "monitor"),
    "A2": ("reasons", "cautions", "card", "follow_up"),
}  # fmt: skip

# Words that label a person, sound like care, or promise an effect: what B1 and the law ask of this field.
FORBIDDEN = {
    "nl": re.compile(
        r"\b(ziek\w*|pati[eë]nt\w*|klacht\w*|probleem|problemen|therap\w*|no-show|te laag|onvoldoende|behandel\w*|"
        r"voorkom\w*|genees\w*|geneest|helpt tegen|goed voor uw gezondheid|eenzaam\w*|diagnos\w*|verplicht\w*|moet u|"
        r"moet je)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(ill|illness|sick\w*|patient\w*|complaint\w*|problem\w*|therap\w*|no-show|too low|insufficient\w*|treat\w*|"
        r"prevent\w*|cure\w*|heal|heals|healed|healing|helps against|lonel\w*|diagnos\w*|must)\b",
        re.IGNORECASE,
    ),
}
UNSPOKEN = ("language", "variants", "a2")
HARD_TO_READ = re.compile(r"[()\[\];/]")  # marks that A2 does without

# Facts that are not codes, each as long as they usually come.
LONG_FACTS: dict[str, Any] = {
    "minutes": 45,
    "people": 12,
    "short": 12,
    "helped": 12,
    "referral_reasons": ("unexplained", "frequent_visits"),
    "purposes": ("matching", "follow_up"),
    "town": "Nieuwegein",
    "towns": ("Maassluis", "Vlaardingen", "Schiedam"),
    "ages": (18, 64),
    "code": "Z68",
    "read_as": "Z68",
    "group": "meer-dan-zorg-alleen",
    "through": "Welzijnsorganisatie van Vlaardingen",
    "area": "3431",
    "activities": ("kookgroep-de-linde", "wandelgroep", "zangkoor"),
    "count": 12,
    "total": 120,
    "value": "90 %",
    "episodes": 300,
    "started": 200,
    "stayed": 140,
    "never_came": 50,
    "stopped": 50,
    "still_there": 50,
    "unfinished": 12,
    "signal": "hoe makkelijk het begint",
    "min_age": 18,
    "max_age": 65,
    "euro": 12.5,
    "month": 12.5,
    "weeks": 12,
    "months": 12,
    "times": 3,
    "date": date(2026, 9, 30),
    "full_date": date(2026, 9, 30),
    "end": "12:30",
    "time": "13:45",
    "start": "10:30",
    "window": "wo 13:45-16:00",
    "names": ("stadspas",),
    "languages": ("nl", "tr", "ar"),
    "speaks": ("nl",),
    "weekdays": ("di", "wo", "do"),
    "ask_for": "de gastvrouw",
    "name": "Buurthuis De Linde",
    "phone": "030 000 00 01",
    "person": "p1",
    "pass": "stadspas",
    "includes": "een maaltijd",
    "entrance": "de achterdeur",
    "n": 2,
    "points": "12,3",
    "score": 50,
    "reference": 20,
    "chance": 50,
    "low": 20,
    "high": 70,
}
CODED = (
    "referrer", "referral_reason", "channel", "how", "why", "circumstance", "word", "weekday", "level", "support",
    "needs", "asks", "dimension", "mode", "opens",
)  # fmt: skip
NAMED = ("per", "only", "contact", "budget")  # codes that have their words outside the labels
LABELS = {  # a fact of which the sentence may use another word than its own
    "mode": ("by_mode",),
    "dimension": ("dimension", "want", "they_want"),
    "needs": ("needs", "no_needs"),
}


def faults_of(template: str, words: Words) -> Iterator[tuple[Code, str]]:
    """Code and sentence of everything that is wrong with one template, written out with the longest facts."""
    told = long_facts(words)
    unknown = sorted(placeholders(template) - set(told) - set(DERIVED))
    if unknown:
        yield "unknown-fact", f"has no fact {', '.join(unknown)} to write in; take one that our sentence has"
        return
    written = filled(template, told, words)
    if found := FORBIDDEN[words.lang].search(written):
        yield "forbidden-word", f"holds {found[0]!r}, which labels a person or promises an effect; say it another way"
    if words.level == "A2" and HARD_TO_READ.search(written):
        yield "hard-to-read", "has brackets, a slash or a semicolon; at A2 say one thing in each sentence"
    if (n_words := longest(written)) > (most := MOST_WORDS[words.level]):
        yield "long-sentence", f"becomes a sentence of {n_words} words; at {words.level} at most {most}"


def placeholders(template: str) -> set[str]:
    """The facts that a template asks for; a template that cannot be read asks for the fact `?`."""
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError:
        return {"?"}
    return {name if name.isidentifier() and not spec and not way else "?"
            for _, name, spec, way in parts if name is not None}  # fmt: skip


def long_facts(words: Words) -> dict[str, Any]:
    """For each fact the value that takes most words."""
    told = dict(LONG_FACTS)
    for kind in CODED:
        labels: list[Mapping[str, str]] = [words["labels"][name] for name in LABELS.get(kind, (kind,))]
        codes = labels[0]
        longest = max(codes, key=lambda code: max(len(words_in(label.get(code, ""))) for label in labels))
        told[kind] = (longest,) if kind in ("support", "needs", "asks") else longest
    for kind in NAMED:
        told[kind] = max(words[kind], key=lambda code: len(words_in(words[kind][code])))
    return told


def templates(tree: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every sentence of a part of the words, with the names that lead to it."""
    if isinstance(tree, Mapping):
        for name, said in tree.items():
            yield from templates(said, (*path, name))
    elif isinstance(tree, list):
        yield from ((path, said) for said in tree)
    elif isinstance(tree, str):
        yield path, tree


def faults_in(words: Words) -> Iterator[tuple[tuple[str, ...], Code, str]]:
    """Path, code and sentence of every fault in what these words say at their level.

    Sentences are written out with the longest facts; any other text (labels, units, vocabulary) is read as it is.
    """
    for name, tree in words.levels[words.level].items():
        for path, text in templates(tree, (name,)) if name not in UNSPOKEN else ():
            if not text.strip() and name != "vocabulary":
                yield path, "empty", "is empty; write at least one letter"
            elif found := FORBIDDEN[words.lang].search(text):
                said = f"holds {found[0]!r}, which labels a person or promises an effect; say it another way"
                yield path, "forbidden-word", said
            elif name in SPOKEN[words.level]:
                yield from ((path, code, sentence) for code, sentence in faults_of(text, words))
