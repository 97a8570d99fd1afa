"""The card a participant takes home: at most three ideas, in their own terms, and who does what next.

It says no score, no chance, nothing of the spider web, no track, no rule that ruled out, and nothing about health.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from wor_match.display.blocks import Block, Line
from wor_match.display.pictograms import pictogram
from wor_match.display.practical import group_of, practical
from wor_match.domain.activity import Activity
from wor_match.domain.change import AskPlace
from wor_match.domain.length import MOST_WORDS, longest, sentences_in
from wor_match.reasons import Reason, is_wish, spoken
from wor_match.wording.sentences import caution
from wor_match.wording.words import Words, capital
from wor_match.wording.writing import filled, said

if TYPE_CHECKING:
    from wor_match.advice import Advice
    from wor_match.suggestion import Suggestion

MOST_IDEAS, MOST_SENTENCES = 3, 3  # ideas on a card, sentences of a summary
COACH_ONLY = frozenset({"web", "level_fits", "track_record"})  # the spider web, the body, and how others fared
SAID_ELSEWHERE = frozenset({"affordable", "soon", "welcome", "company", "easy_entry"})  # price, day, the first visit


def participant_card(advice: Advice, words: Words, own_words: str = "") -> Block:
    """The card as blocks: ideas, each with facts, reasons and the first visit, and a closing."""
    title = words["card"]["title"]
    if not advice.safe:
        return Block("card", title["0"], (Line(said(words, "card", "no_card")),))
    shown = advice.suggestions[:MOST_IDEAS]
    opening = [Line(own_words, words["card"]["own_words"])] if own_words else []
    opening += [Line(said(words, "card", "open"))] if shown else [Line(text) for text in nothing_now(advice, words)]
    ideas = tuple(idea(number, one, advice, words) for number, one in enumerate(shown, 1))
    closing = (Block("closing", "", tuple(map(Line, next_steps(shown, words)))),) if shown else ()
    return Block("card", title[str(len(shown))], tuple(opening), blocks=(*ideas, *closing))


def idea(number: int, one: Suggestion, advice: Advice, words: Words) -> Block:
    """One suggestion: what it is on one side, why and the first time on the other."""
    label = words["card"]["label"]
    talk = (
        Block("why", label["why"], tuple(map(Line, why(one, words))), "list"),
        Block(
            "first-visit", label["first_visit"], tuple(map(Line, short_enough(first_visit(one, words), words))), "list"
        ),
    )
    group = group_of(one.activity)
    return Block(
        "idea",
        f"{number}. {one.activity.name}",
        plain_summary(one.activity, words),
        picture=pictogram(group, words.label("word", group)),
        sign=True,
        blocks=(
            Block("left", blocks=(practical(one, advice, "card", words),)),
            Block("right", blocks=tuple(part for part in talk if part.lines)),
        ),
    )


def plain_summary(activity: Activity, words: Words) -> tuple[Line, ...]:
    """The sentences of the summary that are short enough for the reader; a longer one is left to the coach."""
    short = short_enough(sentences_in(activity.summary), words)[:MOST_SENTENCES]
    return (Line(" ".join(short), theirs=True),) if short else ()


def short_enough(texts: Iterable[str], words: Words) -> list[str]:
    """What is short enough for the reader; what somebody else wrote at length is left to the coach."""
    return [text for text in texts if longest(text) <= MOST_WORDS[words.level]]


def why(one: Suggestion, words: Words) -> Iterator[str]:
    """The reasons in the person's own terms; at most one thing that speaks against."""
    yield from (reason.sentence(words) for reason in reasons_for_them(one))
    if one.little_of_the_wish:
        yield caution("something_else", words)


def reasons_for_them(one: Suggestion) -> tuple[Reason, ...]:
    """The reasons that the card gives, in the order of speaking."""
    return tuple(spoken(filter(says_to_participant, one.reasons), cautious=not one.little_of_the_wish))


def says_to_participant(reason: Reason) -> bool:
    """Whether a reason belongs on the card: no spider web, no body, no focus that is missed, nothing said twice."""
    if reason.name == "focus":
        return is_wish(reason)
    if reason.name == "time_fits":  # the day on the card fits; that it does not fit every week is worth saying
        return reason.points < 0
    if reason.name == "near" and reason.facts.get("say") in ("online", "at_home"):  # the address says it
        return False
    return reason.name not in COACH_ONLY | SAID_ELSEWHERE


def first_visit(one: Suggestion, words: Words) -> Iterator[str]:
    """What the first time is like, and who helps."""
    visit = one.activity.first_visit
    trials = visit.trials or 0
    yield from welcome(one.activity, words)
    for kind in one.support:
        if kind != "trial_visit" or trials <= 1:
            yield filled("{support}.", {"support": (kind,)}, words)
    if visit.may_watch:
        yield str(words["reasons"]["easy_entry"]["may_watch"])
    if trials > 1:
        yield said(words, "card", "trials", times=trials)
    if visit.may_leave_early:
        yield said(words, "card", "may_leave_early")
    yield from joining(one, words)


def welcome(activity: Activity, words: Words) -> Iterator[str]:
    """Whom to ask for at the door, and that newcomers are welcome."""
    ask_for, sentences = activity.first_visit.ask_for, words["reasons"]["welcome"]
    if ask_for:
        yield said(words, "card", "ask_for", ask_for=ask_for)
    if ask_for and activity.host.receives_newcomers:
        yield str(sentences["host"])
    elif activity.host.receives_newcomers or activity.group.newcomers == "welcome":
        yield str(sentences["newcomers"])


def joining(one: Suggestion, words: Words) -> Iterator[str]:
    """How one joins, how long one waits, and whether the coach asks something first."""
    entry = one.activity.entry
    if entry.kind == "drop_in":
        yield str(words["reasons"]["easy_entry"]["drop_in"])
    elif entry.kind is not None:
        yield said(words, "card", "sign_up")
    if entry.wait_weeks:
        yield said(words, "card", "wait", weeks=entry.wait_weeks)
    if any(check.whom == "organiser" for check in one.checks):
        yield said(words, "card", "check_first")


def next_steps(shown: tuple[Suggestion, ...], words: Words) -> Iterator[str]:
    """Who does what next."""
    activities = [one.activity for one in shown]
    yield said(words, "card", "next")
    if any(one.first_visit.may_watch or one.first_visit.trials for one in activities):
        yield said(words, "card", "doubt")
    if all(len(one.next_occurrences) > 1 and not is_course(one.activity) for one in shown):
        yield said(words, "card", "miss_one")
    yield said(words, "card", "not_this")


def is_course(activity: Activity) -> bool:
    """Whether one comes every time."""
    return activity.schedule is not None and activity.schedule.attend == "all"


def nothing_now(advice: Advice, words: Words) -> Iterator[str]:
    """When nothing fits: that it is not them, and what the coach does."""
    yield said(words, "card", "none")
    to_ask = (miss.activity for miss in advice.near_misses() if isinstance(miss.change, AskPlace))
    asks = len({activity.organiser or activity.id for activity in to_ask})
    yield said(words, "card", {0: "none_next", 1: "none_asks_one"}.get(asks, "none_asks"), n=asks)


def read_aloud(card: Block) -> Iterator[str]:
    """The card as plain lines, in the order in which somebody would read it out."""
    if card.title:
        yield capital(card.title) + ("" if card.title.endswith((".", "?", "!")) else ".")
    label = ""
    for line in card.lines:
        lead = f"{line.label}: " if line.label and line.label != label else ""
        label = line.label
        yield f"{lead}{line.text} {line.phone or line.email}".strip().replace("\N{NO-BREAK SPACE}", " ")
    for block in card.blocks:
        if block.kind in ("idea", "closing"):
            yield ""
        yield from read_aloud(block)
