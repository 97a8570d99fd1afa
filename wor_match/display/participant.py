"""The card a participant takes home: at most three ideas, in their own terms, and who does what next.

It must not know a score, a chance, the spider web, a track or a rule, and says nothing about health.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wor_match.display.blocks import Block, Line
from wor_match.display.pictograms import pictogram
from wor_match.display.practical import group_of, plain_summary, practical, say
from wor_match.domain.activity import Activity
from wor_match.domain.change import AskPlace
from wor_match.reasons import Reason, is_wish, spoken
from wor_match.wording.sentences import caution
from wor_match.wording.words import Words, capital
from wor_match.wording.writing import filled

if TYPE_CHECKING:
    from wor_match.advice import Advice
    from wor_match.suggestion import Suggestion

MOST_IDEAS = 3
COACH_ONLY = frozenset({"web", "level_fits"})  # what stands in the spider web, and what a body can do
SAID_ELSEWHERE = frozenset({"affordable", "soon", "welcome", "company", "easy_entry"})  # price, day, the first visit


def participant_card(advice: Advice, words: Words, own_words: str = "") -> Block:
    """The card as blocks: ideas, each with facts, reasons and the first visit, and a closing."""
    if not advice.safe:
        return Block("card", words["card"]["title"]["0"], (Line(say(words, "no_card")),))
    shown = advice.suggestions[:MOST_IDEAS]
    opening = [Line(own_words, words["card"]["own_words"])] if own_words else []
    opening += [Line(say(words, "open"))] if shown else [Line(text) for text in nothing_now(advice, words)]
    ideas = tuple(idea(number, one, advice, words) for number, one in enumerate(shown, 1))
    closing = (Block("closing", "", tuple(Line(text) for text in next_steps(advice, words))),) if shown else ()
    return Block("card", words["card"]["title"][str(len(shown))], tuple(opening), blocks=(*ideas, *closing))


def idea(number: int, one: Suggestion, advice: Advice, words: Words) -> Block:
    """One suggestion."""
    group = group_of(one.activity)
    return Block(
        "idea",
        f"{number}. {one.activity.name}",
        plain_summary(one.activity, words),
        picture=pictogram(group, words.label("word", group)),
        blocks=(
            Block("facts", "", practical(one, advice, words), "facts"),
            Block("why", "", tuple(map(Line, why(one, words))), "list"),
            Block(
                "first-visit", words["card"]["label"]["first_visit"], tuple(map(Line, first_visit(one, words))), "list"
            ),
        ),
    )


def why(one: Suggestion, words: Words) -> Iterator[str]:
    """The reasons in the person's own terms; at most one thing that speaks against."""
    for_them = (reason for reason in one.reasons if says_to_participant(reason))
    for reason in spoken(for_them, cautious=not one.little_of_the_wish):
        yield reason.sentence(words)
    if one.little_of_the_wish:
        yield caution("something_else", words)


def says_to_participant(reason: Reason) -> bool:
    """Whether a reason belongs on the card: no spider web, no body, no focus that is missed, nothing said twice."""
    if reason.name == "focus":
        return is_wish(reason)
    if reason.name == "time_fits":  # the day on the card fits; that it does not fit every week is worth saying
        return reason.points < 0
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
        yield say(words, "trials", times=trials)
    if visit.may_leave_early:
        yield say(words, "may_leave_early")
    yield from joining(one, words)


def welcome(activity: Activity, words: Words) -> Iterator[str]:
    """Whom to ask for at the door, and that newcomers are welcome."""
    ask_for = activity.first_visit.ask_for
    if ask_for:
        yield say(words, "ask_for", ask_for=ask_for)
    if ask_for and activity.host.receives_newcomers:
        yield filled(words["reasons"]["welcome"]["host"], {"ask_for": ask_for}, words)
    elif activity.host.receives_newcomers or activity.group.newcomers == "welcome":
        yield str(words["reasons"]["welcome"]["newcomers"])


def joining(one: Suggestion, words: Words) -> Iterator[str]:
    """How one joins, how long one waits, and whether the coach asks something first."""
    entry = one.activity.entry
    if entry.kind == "drop_in":
        yield str(words["reasons"]["easy_entry"]["drop_in"])
    elif entry.kind is not None:
        yield say(words, "sign_up")
    if entry.wait_weeks:
        yield say(words, "wait", weeks=entry.wait_weeks)
    if any(check.whom == "organiser" for check in one.checks):
        yield say(words, "check_first")


def next_steps(advice: Advice, words: Words) -> Iterator[str]:
    """Who does what next."""
    yield say(words, "next")
    if any(one.activity.first_visit.may_watch or one.activity.first_visit.trials for one in advice):
        yield say(words, "doubt")
    if all(one.activity.schedule is None or one.activity.schedule.attend == "any" for one in advice):
        yield say(words, "miss_one")
    yield say(words, "not_this")


def nothing_now(advice: Advice, words: Words) -> Iterator[str]:
    """When nothing fits: that it is not them, and what the coach does."""
    yield say(words, "none")
    asks = sum(isinstance(miss.change, AskPlace) for miss in advice.near_misses())
    if asks:
        yield say(words, "none_asks_one") if asks == 1 else say(words, "none_asks", n=asks)
    else:
        yield say(words, "none_next")


def read_aloud(card: Block) -> Iterator[str]:
    """The card as plain lines, in the order in which somebody would read it out."""
    if card.title:
        yield capital(card.title) + ("" if card.title.endswith((".", "?", "!")) else ".")
    label = ""
    for line in card.lines:
        lead = f"{line.label}: " if line.label and line.label != label else ""
        label = line.label
        yield f"{lead}{line.text} {line.phone}".strip()
    for block in card.blocks:
        if block.kind in ("idea", "closing"):
            yield ""
        yield from read_aloud(block)
