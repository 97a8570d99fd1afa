"""An advice as CDS Hooks cards: an idea each, with the reasons that are said, for the coach or practice that asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5

from wor_match.catalogue.importers.item import OURS, filled
from wor_match.domain.text import WEBSITE
from wor_match.errors import WorMatchError
from wor_match.wording.markdown import escaped
from wor_match.wording.sentences import caution
from wor_match.wording.words import Words, words

if TYPE_CHECKING:
    from wor_match.advice import Advice
    from wor_match.domain.catalogue import Organiser
    from wor_match.suggestion import Suggestion

OURS_ALONE = uuid5(NAMESPACE_URL, OURS)
LONGEST_LABEL = 80  # characters of a label, as CDS Hooks advises
REASONS = f"{OURS}no-choice"  # the system of our reasons for choosing nothing
OFFERED = ("nothing_suits", "later", "too_far")  # those that a card lets somebody say


def advice_to_cds_cards(
    advice: Advice, *, source_label: str = "wor_match", source_url: str | None = None, language: str | Words = "nl"
) -> dict[str, list[dict[str, Any]]]:
    r"""The answer of a CDS service: ``{"cards": [...]}``, a card for each suggestion, the best first.

    Parameters
    ----------
    advice : Advice
    source_label : str
        Who says so, in 1 to 80 characters; shown on each card.
    source_url : str, optional
        Where one reads more about that.
    language : str or Words
        Of the reasons.

    Returns
    -------
    dict
        Each card has a name of under 140 characters, the reasons that are said as Markdown, and how much there is to
        ask first. Of the person nothing else: no pseudonym, score, answer, check or track. Card and suggestion have a
        uuid that follows from the decision and the activity, so the same advice has the same cards for ever. No cards
        when nothing fits, and when safety comes first.

    Raises
    ------
    WorMatchError
        When the label or the address cannot be shown.

    References
    ----------
    CDS Hooks 2.0, CDS Service Response. https://cds-hooks.hl7.org/2.0/

    Examples
    --------
    >>> import wor_match as wm
    >>> from datetime import date
    >>> riet = wm.Participant(id="p1", likes=["samen-koken"])
    >>> advice = wm.Matcher(wm.load_catalogue("nieuwegein")).recommend(riet, at=date(2026, 11, 23))
    >>> card = advice_to_cds_cards(advice, language="en")["cards"][0]
    >>> card["summary"], card["indicator"], card["source"]
    ('Kookgroep De Linde', 'info', {'label': 'wor_match'})
    >>> print(card["detail"].split("\n")[0])
    - You like cooking.
    """
    ours, source = words(language), checked_source(source_label, source_url)
    return {"cards": [card_of(one, advice, source, ours) for one in advice]}


def checked_source(label: str, url: str | None) -> dict[str, str]:
    """Who says so."""
    if not isinstance(label, str) or not label.strip() or len(label) > LONGEST_LABEL or not label.isprintable():
        raise WorMatchError(
            f"source_label cannot be shown; give a name of 1 to {LONGEST_LABEL} characters on one line",
            code="out-of-range",
        )
    if url is not None and not (isinstance(url, str) and re.fullmatch(WEBSITE, url)):
        raise WorMatchError(
            "source_url is no address of a page; begin with https://, or leave it out", code="bad-website"
        )
    return {"label": label, **({"url": url} if url else {})}


def card_of(one: Suggestion, advice: Advice, source: dict[str, str], ours: Words) -> dict[str, Any]:
    """One suggestion as a card, which can be accepted, or overridden for a reason."""
    name = one.activity.name
    shown = " ".join(name.split())
    pick = {"label": short(shown, LONGEST_LABEL), "uuid": str(pick_id(advice.decision_id, one.activity.id))}
    return filled(
        {
            "uuid": str(card_id(advice.decision_id, one.activity.id)),
            "summary": shown,
            "detail": "\n".join(detail_of(one, ours)),
            "indicator": "info",
            "source": source,
            "suggestions": [pick],
            "selectionBehavior": "at-most-one",
            "overrideReasons": [
                {"system": REASONS, "code": code, "display": ours.label("none_reason", code)} for code in OFFERED
            ],
            "links": list(links_of(advice.catalogue.organiser_of(one.activity))),
        }
    )


def detail_of(one: Suggestion, ours: Words) -> Iterator[str]:
    """The reasons that are said, and how much there is to ask first, as a list in Markdown."""
    for reason in one.spoken:
        yield f"- {escaped(reason.sentence(ours))}"
    if one.little_of_the_wish:
        yield f"- {escaped(caution('little_of_the_wish', ours))}"
    if one.checks:
        yield f"- {escaped(ours['page']['first_ask'])}: {len(one.checks)}"


def links_of(organiser: Organiser | None) -> Iterator[dict[str, str]]:
    """The page of who organises it."""
    if organiser is not None and organiser.website:
        label = short(" ".join(organiser.name.split()), LONGEST_LABEL)
        yield {"label": label, "url": organiser.website, "type": "absolute"}


def short(text: str, most: int) -> str:
    """The text, cut where it is longer.

    Examples
    --------
    >>> short("Kookgroep De Linde", 10)
    'Kookgroep…'
    """
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def card_id(decision: str, activity: str) -> UUID:
    """The uuid of the card of one activity in one decision."""
    return uuid5(OURS_ALONE, f"card {decision} {activity}")


def pick_id(decision: str, activity: str) -> UUID:
    """The uuid of what one accepts on that card."""
    return uuid5(OURS_ALONE, f"pick {decision} {activity}")
