"""What somebody should know before relying on a matcher: what it is for, what it rests on, how good it is, for whom.

It may be shared: people stand in it in whole tens, and nothing about fewer than ten of them.

References
----------
M. Mitchell et al., Model cards for model reporting, FAT* 2019: the headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from wor_match.display.markdown import escaped
from wor_match.evaluation.telling.small import LEAST_TOLD
from wor_match.report import TELLS_LITTLE, Report

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
    "episodes": "experiences of one person at one activity",
    "started": "of them started",
    "never_came": "never came",
    "stopped": "stopped within twelve weeks",
    "still_there": "took part for twelve weeks or to the end",
    "unfinished": "are not known to the end",
    "no_consent": "people gave no consent to learning and are left out",
}
BESIDE = 3  # policies on the card: the first and two beside it
TOLD = ("regret", "rank", "log_loss", "too_low")  # of a replay: no share of people that times people is a count


def model_card(
    matcher: Matcher,
    replayed: Replay | None = None,
    groups: Fairness | None = None,
    drifted: Drift | None = None,
    before: Matcher | None = None,
) -> str:
    """The card in Markdown; `Matcher.model_card` says what each part is."""
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


def tens(count: int) -> str:
    """A count of people or of what is theirs, so that no one to nine can be read from it.

    Examples
    --------
    >>> tens(0), tens(7), tens(38)
    ('none', 'fewer than ten', '30 to 39')
    """
    if count < LEAST_TOLD:
        return "fewer than ten" if count else "none"
    least = count // LEAST_TOLD * LEAST_TOLD
    return f"{least} to {least + LEAST_TOLD - 1}"


def enough(counts: Mapping[str, int]) -> bool:
    """Whether ten people or more were learned from."""
    return counts.get("people", 0) >= LEAST_TOLD


def rests_on(matcher: Matcher) -> Iterator[str]:
    """The offer, and the people and experiences that were learned from."""
    yield f"The offer {matcher.catalogue.id} with {len(matcher.catalogue)} activities."
    counts = matcher.learned.counts
    if not counts.get("people"):
        yield "Nobody's experience: it knows what experts believe, and those sizes are assumptions."
    elif not enough(counts):
        yield "Fewer than ten people: nothing is told of them."
    else:
        yield f"People: {tens(counts['people'])}."
        yield from (f"{tens(counts.get(name, 0)).capitalize()} {said}." for name, said in COUNTED.items())


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
    n_people = len(set(replayed.people))
    if n_people < LEAST_TOLD:
        yield "Fewer than ten people were replayed: nothing is told of them."
        return
    from wor_match.evaluation.replaying.page import SAID, plainly

    first, *others = (plainly(one) for one in replayed.policies)
    if replayed.smallest_difference is not None:
        said = SAID[str(replayed.main)]
        yield (
            f"{tens(n_people)} people can show a difference of {said.amount(replayed.smallest_difference)} {said.unit} "
            f"between {first} and {others[0]}; a smaller one may be chance."
        )
    yield from (
        figure(replayed, measure)
        for measure in TOLD
        if replayed.figure(replayed.policies[0], measure).mean.n >= LEAST_TOLD
    )


def figure(replayed: Replay, measure: str) -> str:
    """One measure of the first policies with its intervals."""
    from wor_match.evaluation.replaying.page import SAID, plainly, with_interval

    said = SAID[measure]
    told = [one for one in replayed.figures if one.measure == measure and one.mean.n >= LEAST_TOLD][:BESIDE]
    each = ", ".join(f"{plainly(one.policy)} {with_interval(one.mean, said)}" for one in told)
    return f"{said.title}: {each}; on {tens(told[0].mean.n)} people."


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
        yield from drifted.shareable().sentences()


def changed(matcher: Matcher, before: Matcher | None) -> Iterator[str]:
    """What counts otherwise than in an earlier matcher; told when ten people or more are new."""
    if before is None:
        yield "No earlier model was given."
        return
    new, old = matcher.learned, before.learned
    if new.counts.get("people", 0) - old.counts.get("people", 0) < LEAST_TOLD:
        yield "Fewer than ten people are new: what changed is told when there are more."
        return
    yield f"People then: {tens(old.counts.get('people', 0))}; now: {tens(new.counts['people'])}."
    yield from moved(new, old)


def moved(new: Report, old: Report) -> Iterator[str]:
    """The signals that count more or less than they did."""
    found = {name: shift - old.shifts.get(name, 0.0) for name, shift in new.shifts.items()}
    told = [name for name in sorted(found, key=lambda one: (-abs(found[one]), one)) if abs(found[name]) >= TELLS_LITTLE]
    for name in told:
        yield f"{name} counts {'more' if found[name] > 0 else 'less'} than before: {found[name]:+.2f} log-odds."
    if not told:
        yield "No signal counts clearly otherwise than before."
