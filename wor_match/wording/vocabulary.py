"""Every closed list with its words: what a form needs to let somebody choose."""

from __future__ import annotations

from wor_match.domain.terms import taxonomy
from wor_match.wording.words import Words, capital, words

Entries = dict[str, tuple[str, str]]

FIELDS = {  # field of a participant, a catalogue, a referral or an event → the list it takes its codes from
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
    "referral.referrer": "referrer",
    "referral.reasons": "referral_reason",
    "referral.channel": "channel",
    "referral.circumstances": "circumstance",
    "referral.circumstances.state": "state",
    "event.kind": "happened",
    "event.source": "told_by",
    "event.referred.referrer": "referrer",
    "event.referred.reasons": "referral_reason",
    "event.referred.channel": "channel",
    "event.consented.purpose": "purpose",
    "event.consented.basis": "basis",
    "event.intake.instrument": "conversation",
    "event.track.track": "circumstance",
    "event.track.state": "state",
    "event.chosen.by": "chosen_by",
    "event.chosen.none_reason": "none_reason",
    "event.chosen.support": "support",
    "event.handed_over.how": "how",
    "event.visited.ratings": "rated",
    "event.visited.again": "again",
    "event.followed_up.status": "taking_part",
    "event.followed_up.reason": "stop_reason",
    "event.stopped.reason": "stop_reason",
    "event.feedback_sent.moment": "feedback_moment",
    "event.feedback_sent.channel": "channel",
}
LABELLED = (
    "referrer",
    "referral_reason",
    "channel",
    "purpose",
    "how",
    "none_reason",
)  # as in sentences


def vocabulary(language: str | Words = "nl") -> dict[str, Entries]:
    """Field → code → (label, help), for every closed list of a participant, a catalogue, a referral and an event.

    Those of a referral stand under ``referral.reasons``, of an event under its kind: ``event.stopped.reason``. Beside
    the reasons for choosing nothing, ``event.chosen.none_reason``, a host may have its own.

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
    >>> vocabulary("en")["event.followed_up.status"]["still"]
    ('Takes part', 'Still at this activity.')
    """
    ours = words(language)
    lists = {**written(ours), **of_taxonomy(ours), **of_sentences(ours)}
    lists["conversation"] = {**lists["instrument"], **lists["talk"]}
    lists["language"] = {code: (label, "") for code, label in ours["labels"]["languages"].items()}
    lists["own_body"] = {code: entry for code, entry in lists["body"].items() if code != "none"}
    return {field: dict(lists[name]) for field, name in FIELDS.items()}


def written(ours: Words) -> dict[str, Entries]:
    """The lists that stand in the words themselves."""
    return {
        name: {code: (label, more) for code, (label, more) in entries.items()}
        for name, entries in ours["vocabulary"].items()
    }


def of_sentences(ours: Words) -> dict[str, Entries]:
    """The lists whose words are those of our sentences, each with a capital."""
    said = {**{name: ours["labels"][name] for name in LABELLED}, "chosen_by": ours["monitor"]["chosen_by"]}
    return {name: {code: (capital(label), "") for code, label in labels.items()} for name, labels in said.items()}


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
