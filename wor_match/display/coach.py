"""The page a coach reads: what comes first, the score in words and numbers, what to ask and arrange, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wor_match.display.blocks import Block, Line
from wor_match.display.pictograms import pictogram
from wor_match.display.practical import group_of, practical
from wor_match.display.radar import radar
from wor_match.domain.activity import Activity
from wor_match.domain.change import AskPlace
from wor_match.domain.check import Check
from wor_match.domain.length import sentences_in
from wor_match.wording.sentences import ask_for_sentence, caution, check_sentence, track_sentence
from wor_match.wording.words import Words
from wor_match.wording.writing import decimal, mark, said

if TYPE_CHECKING:
    from wor_match.advice import Advice
    from wor_match.excluded import NearMiss
    from wor_match.suggestion import Suggestion

MOST_OTHERS, MOST_LEFT_OUT, MOST_SENTENCES = 5, 5, 6
MUCH, SOME = 15.0, 3.0  # points above an ordinary activity from which words change; assumptions


def coach_page(advice: Advice, words: Words, own_words: str = "") -> Block:
    """The page as blocks."""
    title = words["page"]
    opening = [Line(said(words, "page", "day", full_date=advice.on))]
    opening += [Line(own_words, title["own_words"])] if own_words else []
    parts: list[Block] = []
    if tracks := tuple(first_lines(advice, words)):
        parts.append(Block("first", title["first"], tracks, "list"))
    if advice.safe:
        opening.append(Line(title["decide"] if len(advice) else title["none"]))
        parts += [idea(number, one, advice, words) for number, one in enumerate(advice, 1)]
        parts += [part for part in rest(advice, words) if part.lines or part.blocks or part.picture]
    closing = Block("closing", "", (Line(advice.decision_id, title["decision"]),))
    return Block(
        "page", said(words, "page", "title", person=advice.person.id), tuple(opening), blocks=(*parts, closing)
    )


def rest(advice: Advice, words: Words) -> Iterator[Block]:
    """Everything below the suggestions."""
    title = words["page"]
    if not len(advice) and advice.about_everything:
        yield Block("gap", "", (Line(gap(advice, words)),))
    yield Block(
        "nearly", title["nearly"], tuple(near_line(miss, advice, words) for miss in advice.near_misses()), "list"
    )
    other = [Line(advice.would_change.sentence(words))] if advice.would_change else []
    yield Block("otherwise", title["otherwise"], tuple(other), "list")
    yield Block("asking", title["asking"], tuple(Line(one.sentence(words)) for one in advice.ask_next), "list")
    web = advice.person.spider_web
    if web is not None and web.scores:
        yield Block("web", title["web"], (Line(title["web_caution"]),), picture=radar(web, words))
    others = [Line(one.activity.name, figure=str(percent(one.score))) for one in advice.others[:MOST_OTHERS]]
    others += more_than(len(advice.others), MOST_OTHERS, words)
    yield Block("others", title["others"], tuple(others), "list", folded=True)
    yield Block("left-out", title["left_out"], blocks=tuple(left_out(advice, words)), folded=True)


def first_lines(advice: Advice, words: Words) -> Iterator[Line]:
    """What comes first or alongside, each with its desk; with safety first that alone."""
    for track in advice.first:
        if advice.safe or track.circumstance == "safety":
            yield Line(track_sentence(track.circumstance, track.state, (), words))
            for desk in track.desks:
                yield Line(desk.name, phone=desk.phone or "", website=desk.website or "")
            if not track.desks:
                yield Line(said(words, "page", "no_desk"))


def idea(number: int, one: Suggestion, advice: Advice, words: Words) -> Block:
    """One suggestion: what it is and how it scores on one side, why and what to do on the other."""
    title = words["page"]
    checks = tuple(check_line(check, one.activity, advice, words) for check in one.checks)
    talk = (
        Block("why", title["why"], tuple(reason_lines(one, words)), "list"),
        Block("checks", title["first_ask"], checks, "list"),
        Block("arrange", title["arrange"], tuple(arrange(one, words)), "list"),
    )
    summary = " ".join(sentences_in(one.activity.summary)[:MOST_SENTENCES])
    figures = Block("score", "", tuple(map(Line, score_lines(one, advice, words))))
    group = group_of(one.activity)
    return Block(
        "idea",
        f"{number}. {one.activity.name}",
        (Line(summary, theirs=True),) if summary else (),
        picture=pictogram(group, words.label("word", group)),
        sign=True,
        blocks=(
            Block("left", blocks=(practical(one, advice, "page", words), figures)),
            Block("right", blocks=tuple(part for part in talk if part.lines)),
        ),
    )


def score_lines(one: Suggestion, advice: Advice, words: Words) -> Iterator[str]:
    """The score in words and numbers, the chance with its interval, and on what it rests."""
    above = 100 * (one.score - advice.reference)
    name = "much_better" if above >= MUCH else "better" if above >= SOME else "alike" if above > -SOME else "less"
    low, high = (percent(end) for end in one.interval)
    chance = said(words, "page", "chance", chance=percent(one.chance))
    score, reference = (mark(100 * value, words) for value in (one.score, advice.reference))
    figures = said(words, "page", "figures", score=score, reference=reference)
    yield str(words["page"]["score"][name])
    yield f"{chance} {said(words, 'page', 'interval', low=low, high=high)}"
    people, *_ = one.evidence
    yield how_sure(one, people, words)
    yield figures


def how_sure(one: Suggestion, people: int, words: Words) -> str:
    """On how many people's experience the chance rests: in numbers from ten who started."""
    record = next((reason for reason in one.reasons if reason.name == "track_record"), None)
    if record is not None and record.facts.get("say") == "many":
        return record.sentence(words)
    return said(words, "page", "few_outcomes" if people else "no_outcomes")


def percent(share: float) -> int:
    """A share as a whole number of hundred."""
    return round(100 * share)


def reason_lines(one: Suggestion, words: Words) -> Iterator[Line]:
    """The reasons as they are said, each with its points; what is not said stands together in one line.

    That a lot helped choose comes first: the coach should know before they offer it.
    """
    if one.explored and one.propensity < 1:  # at 1 every draw would have chosen it
        yield Line(said(words, "page", "explored"))
    for reason in one.spoken:
        yield Line(reason.sentence(words), figure=said(words, "page", "points", points=decimal(reason.points, words)))
    if one.little_of_the_wish:
        yield Line(caution("little_of_the_wish", words))
    others = sum(reason.points for reason in one.reasons if reason not in one.spoken)
    yield Line(said(words, "page", "other_points"), figure=said(words, "page", "points", points=decimal(others, words)))


def check_line(check: Check, activity: Activity, advice: Advice, words: Words) -> Line:
    """What to ask, whom, and the number to call."""
    question = check_sentence(check, words)
    if check.whom == "participant":
        return Line(question, said(words, "page", "ask_participant"))
    organiser = advice.catalogue.organiser_of(activity)
    if organiser is None:
        return Line(question, said(words, "page", "ask_nobody"))
    phone, email, website = (told or "" for told in (organiser.phone, organiser.email, organiser.website))
    return Line(question, organiser.name, phone=phone, email=email, website=website)


def arrange(one: Suggestion, words: Words) -> Iterator[Line]:
    """Whom to ask for at the door, and the help to arrange, with the number to call."""
    visit = one.first_visit
    if visit.there.ask_for:
        yield Line(ask_for_sentence(visit.there.ask_for, words))
    for help_ in visit.help:
        yield Line(help_.sentence(words), phone=(help_.helper.phone or "") if help_.helper else "")


def near_line(miss: NearMiss, advice: Advice, words: Words) -> Line:
    """What nearly fits, whom to ask, and the one question that would let it in."""
    place = isinstance(miss.change, AskPlace)
    organiser = advice.catalogue.organiser_of(miss.activity)
    whom = words["page"]["ask_the_place" if place else "ask_them"]
    phone = organiser.phone or "" if organiser and place else ""
    return Line(f"{whom} {miss.sentence(words)}", miss.activity.name, phone=phone)


def left_out(advice: Advice, words: Words) -> Iterator[Block]:
    """Why not: by rule, the best first, each with its own facts."""
    for rule, names in advice.excluded.by_rule().items():
        shown = names[:MOST_LEFT_OUT]
        lines = [Line(advice.excluded[name][0].sentence(words), advice.catalogue[name].name) for name in shown]
        lines += more_than(len(names), MOST_LEFT_OUT, words)
        yield Block("rule", f"{words['rules'][rule]} ({len(names)})", tuple(lines), "list")


def more_than(n: int, shown: int, words: Words) -> list[Line]:
    """How many more there are than are shown."""
    return [Line(said(words, "page", "more", n=n - shown))] if n > shown else []


def gap(advice: Advice, words: Words) -> str:
    """What is missing here, to pass on to the municipality."""
    town, wish = advice.catalogue.municipality or words["page"]["here"], advice.person.first_wish
    return said(words, "page", "gap", town=town, word=wish) if wish else said(words, "page", "gap_plain", town=town)
