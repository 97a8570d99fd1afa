"""Every closed list with its words: what a form needs to let somebody choose."""

from __future__ import annotations

from wor_match.domain.terms import taxonomy
from wor_match.wording.words import Words, words

Entries = dict[str, tuple[str, str]]

FIELDS = {  # field of a participant, or of a catalogue → the list it takes its codes from
    "spider_web.scores": "dimension",
    "spider_web.instrument": "instrument",
    "four_d.priorities": "domain",
    "focus": "dimension",
    "left_alone": "dimension",
    "likes": "word",
    "energy": "word",
    "good_at": "word",
    "group_wish.size": "size",
    "group_wish.mix": "mix",
    "group_wish.contact": "contact",
    "support": "support",
    "travel.modes": "mode",
    "budget": "budget",
    "languages": "language",
    "languages.level": "speaks",
    "access": "needs",
    "body_level": "own_body",
    "gender": "gender",
    "tried": "stop_reason",
    "circumstances": "circumstance",
    "circumstances.state": "state",
    "school_holidays": "region",
    "arrangements.theme": "theme",
    "desks.for": "circumstance",
    "support.kind": "support",
    "terms": "term",
    "aspects": "aspect",
    "serves": "dimension",
    "schedule.attend": "attend",
    "schedule.weekly.day": "weekday",
    "schedule.weekly.weeks": "weeks",
    "schedule.monthly.day": "weekday",
    "schedule.pauses": "pauses",
    "schedule.region": "region",
    "price.per": "per",
    "asks": "asks",
    "group.mix": "mix",
    "group.newcomers": "newcomers",
    "group.contact": "contact",
    "level.body": "body",
    "audience.only": "only",
    "entry.kind": "entry",
    "entry.sign_up": "sign_up",
    "source.said.match": "match",
    "status": "status",
}


def vocabulary(language: str | Words = "nl") -> dict[str, Entries]:
    """Field → code → (label, help), for every closed list of a participant and of a catalogue.

    Parameters
    ----------
    language : str or Words
        ``nl``, ``nl-je``, ``en``, or an organisation's own words.

    Raises
    ------
    WorMatchError
        When there are no words in this `language`.

    Examples
    --------
    >>> vocabulary("nl")["group_wish.size"]["small"]
    ('Kleine groep', 'Hoogstens acht mensen.')
    """
    ours = words(language)
    lists = {**written(ours), **of_taxonomy(ours)}
    lists["language"] = {code: (label, "") for code, label in ours["labels"]["languages"].items()}
    lists["own_body"] = {code: entry for code, entry in lists["body"].items() if code != "none"}
    return {field: dict(lists[name]) for field, name in FIELDS.items()}


def written(ours: Words) -> dict[str, Entries]:
    """The lists that stand in the words themselves."""
    return {
        name: {code: (label, more) for code, (label, more) in entries.items()}
        for name, entries in ours["vocabulary"].items()
    }


def of_taxonomy(ours: Words) -> dict[str, Entries]:
    """Terms by their label and synonyms, groups and aspects by the word that sentences use for them."""
    dutch = ours.language.startswith("nl")
    terms = {
        name: (term.label_nl, ", ".join(term.synonyms)) if dutch else (term.label_en, taxonomy().groups[term.group][1])
        for name, term in taxonomy().terms.items()
    }
    groups = {name: (labels[0] if dutch else labels[1], "") for name, labels in taxonomy().groups.items()}
    aspects = {name: (ours.label("word", name), "") for name in taxonomy().aspects}
    return {"term": terms, "aspect": aspects, "word": {**aspects, **groups, **terms}}
