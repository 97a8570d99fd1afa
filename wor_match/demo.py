"""Three invented people for the demo; any likeness is chance."""

from __future__ import annotations

from datetime import date

from wor_match.domain.participant import Participant

DEMO_DAY = date(2026, 11, 23)  # a Monday
DAYTIME = [f"{day} 10:00-17:00" for day in ("ma", "di", "wo", "do", "vr")]
TO_THE_EVENING = [f"{day} 11:00-22:00" for day in ("ma", "di", "wo", "do", "vr", "za")]

PEOPLE: dict[str, Participant] = {
    told_as: Participant.model_validate(told)
    for told_as, told in {
        "Riet (verzonnen), 67: houdt van koken, loopt rustig, kan geen treden op, gaat liever niet alleen": {
            "id": "verzonnen-riet",
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
        },
        "Murat (verzonnen), 45: werkt graag met zijn handen, spreekt Turks, heeft niets te besteden": {
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
        },
        "Daan (verzonnen), 24: houdt van dieren, zoekt ritme en een kleine groep, wil eerst kijken": {
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
        },
    }.items()
}
