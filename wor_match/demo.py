"""Three invented people for the demo; any likeness is chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wor_match.domain.participant import Participant

DEMO_DAY = date(2026, 11, 23)  # a Monday
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
