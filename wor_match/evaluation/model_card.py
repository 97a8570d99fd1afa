"""What somebody should know before relying on a matcher: what it is for, what it rests on, how good it is, for whom.

It may be shared: people stand in it in whole tens, and nothing about fewer than ten of them. What it rests on and how
good it is change per ten new people. Groups do not: of cards with groups about nearly the same people, share one.

References
----------
M. Mitchell et al., Model cards for model reporting, FAT* 2019: the headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from wor_match.errors import WorMatchError
from wor_match.evaluation.telling.small import LEAST_TOLD, in_tens, tens
from wor_match.report import TELLS_LITTLE, Report
from wor_match.wording.markdown import escaped

if TYPE_CHECKING:
    from wor_match.evaluation.drift import Drift
    from wor_match.evaluation.fairness import Fairness
    from wor_match.evaluation.replaying.replayed import Replay
    from wor_match.matcher import Matcher

USE = (
    "It helps a welzijnscoach and a participant of Welzijn op Recept to find a few local activities, and says why.",
    "They decide. It does not diagnose, triage, rank people or promise that something helps.",
    "It is not for deciding who gets care, money or a place, nor for judging an organiser or a coach.",
)
METHOD = (
    "score = worth x chance. Constraints rule out; signals speak for; the worth of a wish is never learned.",
    "The chance: of starting, and still taking part after twelve weeks, apart from illness, moving on and closing.",
    "A hazard model for the start and each week, with an expert's beliefs as prior; who is lost from view is censored.",
    "No feature of a person is in it: only how well person and activity fit, and track records of places and terms.",
)
LIMITS = (
    "Who was advised chose with a coach: what counts for them need not be what makes people stay.",
    "What is not additive, such as a group that fits only who lives near, is not in the model.",
    "Until some 400 outcomes it may advise worse than the beliefs alone; look at the figures above first.",
    "Who came is told at once, who never came only at the call: the last months look a little too bright.",
    "It forgets nothing by itself: look at the drift check before relying on it after a change of the offer.",
)
COUNTED = {
    "started": "started somewhere",
    "never_came": "never came where they were expected",
    "stopped": "stopped within twelve weeks somewhere",
    "still_there": "took part for twelve weeks or to the end",
    "unfinished": "are not known to the end somewhere",
    "no_consent": "of all who were heard of gave no consent to learning, and are left out",
}
FEW = "Fewer than ten people, or nobody"
BESIDE = 3  # policies on the card: the first and two beside it
TOLD = ("regret", "rank", "log_loss", "too_low")  # of a replay: figures that are no share of people by themselves


def model_card(
    matcher: Matcher,
    replayed: Replay | None = None,
    groups: Fairness | None = None,
    drifted: Drift | None = None,
    before: Matcher | None = None,
) -> str:
    """The card in Markdown; `Matcher.model_card` says what each part is."""
    refuse_other_parts(replayed, groups, drifted, before)
    parts = {
        "What it is for": USE,
        "What it rests on": tuple(rests_on(matcher)),
        "How it works": (*METHOD, *made_with(matcher)),
        "How good it is": tuple(figures(replayed)),
        "For whom it works": tuple(for_whom(groups)),
        "Is it still so": tuple(still_so(drifted)),
        "What changed": tuple(changed(matcher, before)),
        "Where it falls short": LIMITS,
    }
    told = [f"# Model card: {escaped(matcher.catalogue.name)}"]
    for title, lines in parts.items():
        told += [f"## {title}", "\n".join(f"- {escaped(line)}" for line in lines)]
    return "\n\n".join(told) + "\n"


def refuse_other_parts(replayed: object, groups: object, drifted: object, before: object) -> None:
    """Stop at a part that is something else than its name says."""
    from wor_match.evaluation.drift import Drift
    from wor_match.evaluation.fairness import Fairness
    from wor_match.evaluation.replaying.replayed import Replay
    from wor_match.matcher import Matcher

    named = {"replayed": (replayed, Replay), "groups": (groups, Fairness), "drifted": (drifted, Drift)}
    for name, (part, kind) in {**named, "before": (before, Matcher)}.items():
        if part is not None and not isinstance(part, kind):
            raise WorMatchError(f"`{name}` is no {kind.__name__}; give one, or leave it out", code="wrong-type")


def rests_on(matcher: Matcher) -> Iterator[str]:
    """The offer, and the people who were learned from: by their first whole tens, in tens."""
    yield f"The offer {matcher.catalogue.id} with {len(matcher.catalogue)} activities."
    counts = matcher.learned.counts
    if not tens(counts.get("people", 0)):
        yield f"{FEW}: what experts believe counts most, and those sizes are assumptions."
        return
    yield f"People: {in_tens(counts['people'])}. What follows is of the first {tens(counts['people'])}."
    for name, does in COUNTED.items():
        if f"people_{name}" in counts:
            yield f"{in_tens(counts[f'people_{name}']).capitalize()} {does}."


def made_with(matcher: Matcher) -> Iterator[str]:
    """Versions, and what an organisation set otherwise."""
    from wor_match import __version__
    from wor_match.signals import SIGNALS_VERSION

    worth = matcher.settings.worth
    yield f"wor_match {__version__}, signals {SIGNALS_VERSION}, {len(matcher.constraints)} constraints."
    yield (
        f"Worth: a floor of {worth.floor:g}; focus {worth.focus:g}, wish {worth.wish:g}, spider web {worth.web:g}. "
        f"Variety {matcher.settings.variety:g}."
    )
    if matcher.settings.beliefs:
        yield f"Own beliefs about {', '.join(sorted(matcher.settings.beliefs))}."


def figures(replayed: Replay | None) -> Iterator[str]:
    """What a replay found, with intervals; what so many people can show comes first."""
    if replayed is None:
        yield "Not measured here: give the card a replay of your own history."
        return
    from wor_match.evaluation.replaying.page import plainly
    from wor_match.evaluation.telling.replayed import coarsely, first_tens, may_be_told

    found = first_tens(replayed)
    if not found.people:
        yield f"{FEW}: what was replayed is not told of them."
        return
    if found.smallest_difference is not None:
        least = coarsely(str(found.main)).least(found.smallest_difference)
        first, second = (plainly(one) for one in found.policies[:2])
        yield (
            f"{in_tens(len(set(found.people))).capitalize()} people can show a difference of {least} between {first} "
            f"and {second}; a smaller one may be chance."
        )
    told = found.policies[:BESIDE]
    yield from (figure(found, measure, told) for measure in TOLD if may_be_told(found, measure, told))


def figure(replayed: Replay, measure: str, policies: Sequence[str]) -> str:
    """One measure of the first policies with its intervals."""
    from wor_match.evaluation.replaying.page import plainly, with_interval
    from wor_match.evaluation.telling.replayed import coarsely

    means, said = [replayed.figure(one, measure).mean for one in policies], coarsely(measure).said
    each = (f"{plainly(name)} {with_interval(one, said)}" for name, one in zip(policies, means, strict=True))
    return f"{said.title}: {', '.join(each)}; on {in_tens(means[0].n)} people."


def for_whom(groups: Fairness | None) -> Iterator[str]:
    """What was found of groups of ten people or more, by one grouping: two can be subtracted from each other."""
    if groups is None:
        yield "Not looked at here: give the card what fairness() finds, by one of age, gender, language, area."
    else:
        yield from groups.sentences()


def still_so(drifted: Drift | None) -> Iterator[str]:
    """Whether what happened lately is as expected."""
    if drifted is None:
        yield "Not looked at here: give the card what drift() finds since it last learned."
    else:
        yield from drifted.shareable().verdicts()


def changed(matcher: Matcher, before: Matcher | None) -> Iterator[str]:
    """What counts otherwise than in an earlier matcher; told when two whole tens of people are new."""
    if before is None:
        yield "No earlier model was given."
        return
    new, old = matcher.learned, before.learned
    now, then = (one.counts.get("people", 0) for one in (new, old))
    if tens(now) - tens(then) < 2 * LEAST_TOLD:
        yield "Too few people are new: what changed is told when there are twenty more."
        return
    yield f"People then: {in_tens(then)}; now: {in_tens(now)}."
    yield from moved(new, old)


def moved(new: Report, old: Report) -> Iterator[str]:
    """The signals that count more or less than they did."""
    found = {name: shift - old.shifts.get(name, 0.0) for name, shift in new.shifts.items()}
    told = [name for name in sorted(found, key=lambda one: (-abs(found[one]), one)) if abs(found[name]) >= TELLS_LITTLE]
    for name in told:
        yield f"{name} counts {'more' if found[name] > 0 else 'less'} than before: {found[name]:+.1f} log-odds."
    if not told:
        yield "No signal counts clearly otherwise than before."
