"""Three invented people for the demo, and three hundred invented outcomes; any likeness is chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from wor_match.domain.event import Event
from wor_match.domain.kinds import event_of
from wor_match.domain.participant import Participant

if TYPE_CHECKING:
    from wor_match.matcher import Matcher

DEMO_DAY = date(2026, 11, 23)  # a Monday
OUTCOMES, SEED = 300, 2026
FIRST_DAY = datetime(2025, 1, 6, 9, tzinfo=UTC)
STARTS, STAYS = (0.55, 0.85), (0.86, 0.985)  # invented: chances of starting, and of going on each week, worst and best
DAYTIME = [f"{day} 10:00-17:00" for day in ("ma", "di", "wo", "do", "vr")]
TO_THE_EVENING = [f"{day} 11:00-22:00" for day in ("ma", "di", "wo", "do", "vr", "za")]


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody invented, and how the card speaks to them."""

    name: str
    about: str
    own_words: str
    language: str
    level: str
    person: Participant


PEOPLE = (
    Invented(
        "Riet, verzonnen",
        "67 jaar. Houdt van koken, loopt rustig, kan geen treden op, gaat liever niet alleen.",
        "Ik eet al twee jaar alleen. Koken kan ik nog steeds.",
        "nl",
        "A2",
        Participant.model_validate(
            {
                "id": "verzonnen-riet",
                "spider_web": {
                    "scores": {"lichaam": 6, "mentaal": 6, "zin": 7, "kwaliteit": 6.5, "meedoen": 3, "dagelijks": 7},
                    "instrument": "marks",
                },
                "focus": ["participation"],
                "likes": ["samen-koken", "samen-eten"],
                "age": 67,
                "place": {"postcode": "3431"},
                "travel": {"modes": ["slow_walk"], "max_minutes": 15},
                "budget": "small",
                "free": DAYTIME,
                "support": ["buddy"],
                "access": ["few_steps"],
                "languages": {"nl": "good"},
            }
        ),
    ),
    Invented(
        "Murat, verzonnen",
        "45 jaar. Werkt graag met zijn handen, spreekt Turks, heeft niets te besteden.",
        "Geef mij iets te doen met mijn handen.",
        "nl",
        "B1",
        Participant.model_validate(
            {
                "id": "verzonnen-murat",
                "focus": ["meaningfulness", "daily_functioning"],
                "energy": ["hands", "repaircafe"],
                "age": 45,
                "gender": "man",
                "place": {"postcode": "3438"},
                "travel": {"modes": ["bike"], "max_minutes": 30},
                "budget": "free",
                "languages": {"tr": "good", "nl": "little"},
                "circumstances": {"money": "first"},
            }
        ),
    ),
    Invented(
        "Daan, verzonnen",
        "24 jaar. Houdt van dieren, zoekt ritme en een kleine groep, wil eerst kijken.",
        "Bij dieren hoef ik niets uit te leggen.",
        "nl-je",
        "B1",
        Participant.model_validate(
            {
                "id": "verzonnen-daan",
                "focus": ["daily_functioning", "mental_wellbeing"],
                "likes": ["animals"],
                "age": 24,
                "gender": "man",
                "place": {"postcode": "3435"},
                "travel": {"modes": ["bike", "public_transport"]},
                "free": TO_THE_EVENING,
                "group_wish": {"size": "small"},
                "support": ["trial_visit"],
                "languages": {"nl": "good"},
            }
        ),
    ),
)


def invented_history(matcher: Matcher, n: int = OUTCOMES) -> list[Event]:
    """So many invented people who chose an activity: some never came, some stopped, some still take part.

    How good an activity is to stay at is invented too, so that there is something to learn; the dice are seeded.
    """
    dice = np.random.RandomState(SEED)
    activities = sorted(one.id for one in matcher.catalogue if one.status == "open")
    quality = dict(zip(activities, dice.permutation(np.linspace(0.0, 1.0, len(activities))), strict=True))
    events: list[Event] = []
    for number in range(n):
        activity = activities[dice.randint(len(activities))]
        events += outcome(f"verzonnen-{number}", activity, quality[activity], number, dice)
    return events


def outcome(person: str, activity: str, quality: float, number: int, dice: np.random.RandomState) -> Iterator[Event]:
    """What is told of one invented person."""
    first = FIRST_DAY + timedelta(days=number)

    def told(kind: str, day: int, **fields: object) -> Event:
        """One event, so many days after the first."""
        at = (first + timedelta(days=day)).isoformat()
        return event_of(
            {
                "event_id": f"{person}-{kind}-{day}",
                "kind": kind,
                "at": at,
                "source": "coach",
                "person": person,
                **fields,
            }
        )

    yield told("consented", 0, purpose="learning", given=True)
    if dice.rand() > STARTS[0] + (STARTS[1] - STARTS[0]) * quality:
        yield told("followed_up", 90, activity=activity, status="never")
        return
    yield told("visited", 7, activity=activity, attended=True)
    week = dice.geometric(1.0 - (STAYS[0] + (STAYS[1] - STAYS[0]) * quality))
    if week <= 12:
        on = (first + timedelta(days=7 * (week + 1) - 3)).date().isoformat()
        yield told("stopped", 7 * (week + 1), activity=activity, on=on, reason="not_suited")
    else:
        yield told("followed_up", 95, activity=activity, status="still")


def before_and_after(before: Matcher, after: Matcher, person: Participant) -> Iterator[str]:
    """What one person is advised before and after the outcomes, what changed, and what was learned."""
    first, then = (matcher.recommend(person, at=DEMO_DAY) for matcher in (before, after))
    for name, advice in (("Voor", first), ("Na", then)):
        yield f"{name}: {', '.join(f'{one.activity.name} ({100 * one.chance:.0f})' for one in advice)}."
    yield "Tussen haakjes: van de 100 mensen doen er na twaalf weken zoveel nog mee."
    shown, still = ({one.activity.id for one in advice} for advice in (first, then))
    for one in then:
        if one.activity.id not in shown:
            record = (reason.sentence() for reason in one.reasons if reason.part == "record")
            yield f"Nieuw: {one.activity.name}. {' '.join(record)}"
    for one in first:
        if one.activity.id not in still:
            yield f"Niet meer bij de eerste drie: {one.activity.name}."
    yield from after.learned.sentences("nl")


def together(matcher: Matcher, one: Invented) -> Iterator[str]:
    """Two activities that go together for one person: when they are, and why these."""
    for made in matcher.arrange(one.person, at=DEMO_DAY, n=1):
        yield from made.week(one.language)
        for reason in made.spoken:
            name = matcher.catalogue[reason.facts["activity"]].name
            yield f"{name}: {reason.sentence(one.language)}"
