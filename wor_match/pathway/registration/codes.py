"""What the codes of a coarse registration mean: each of our codes with the words that stand for it in an export.

The words are those of the registration of 13 municipalities in Limburg (GitHub registratiesysteem-WoR, 2026), with
shorter ones beside them; what a reason says about the match follows the table of outcome codes that the library
learns by: what did not suit teaches, health and an activity that is gone do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wor_match.catalogue.importers.table.headings import plain

REFERRERS = {
    "gp": ("huisarts", "huisartsenpraktijk (team)", "huisartsenpraktijk"),
    "practice_nurse": ("poh-ggz", "poh", "praktijkondersteuner"),
    "physiotherapist": ("fysiotherapeut",),
    "psychologist": ("psycholoog",),
    "social_worker": (
        "maatschappelijk werker",
        "maatschappelijk werk",
        "andere sociaal werker of welzijnsorganisatie",
        "sociaal werker",
    ),
    "district_team": ("wijkteam", "sociaal team", "wijkteam of sociaal team"),
    "self": ("zelfverwijzing", "zelf"),
    "other": ("anders", "overig"),
}
MAIN_REASONS = {  # one main reason may be two of ours
    ("loneliness",): ("eenzaamheid",),
    ("low_mood", "anxiety"): ("somberheid of angst",),
    ("low_mood",): ("somberheid",),
    ("anxiety",): ("angst",),
    ("stress",): ("stress of overbelasting", "stress"),
    ("meaning",): ("verlies van zingeving", "zingeving"),
    ("money",): ("financiële zorgen", "geldzorgen"),
    ("relations",): ("problemen in relatie of gezin", "relaties"),
    ("other",): ("lichamelijke klachten met sociaal component", "lichamelijk en sociaal", "anders", "overig"),
}
OUTFLOW = {  # which kind of activity it was, no event of ours can hold; `none` is a choice for nothing
    "none": ("geen vervolgaanbod", "geen"),
    "volunteering": ("vrijwilligerswerk",),
    "sport": ("sport/beweeggroep", "sport"),
    "social_activity": ("sociale activiteit",),
    "course": ("cursus of workshop", "cursus"),
    "social_services": ("maatschappelijke dienstverlening",),
    "other": ("anders", "overig"),
}
FOLLOW_UP = {
    "still": ("ja_actief", "ja, nog steeds actief"),
    "other": ("ja_ander", "ja, maar een andere activiteit"),
    "stopped": ("nee_gestopt", "nee, gestopt"),
    "never": ("nee_nooit", "nee, nooit gestart"),
}
STOP_REASONS = {
    "not_suited": ("activiteit paste toch niet bij mij", "paste niet"),
    "practical": ("praktische belemmeringen (vervoer, kosten, tijd)", "praktisch", "vervoer", "kosten", "tijd"),
    "health": ("gezondheidsredenen", "gezondheid"),
    "activity_gone": ("activiteit bestaat niet meer",),
    "other": ("anders", "overig"),
}
DROP_OUT = {  # (as a reason to stop, as a reason to choose nothing)
    ("not_suited", "no_match"): ("geen match met aanbod", "geen match"),
    ("not_suited", "threshold"): ("drempel te hoog (bijv. sociale angst)", "drempel te hoog"),
    ("not_suited", "language"): ("taalbarrière of communicatieproblemen", "taal"),
    ("practical", "money"): ("financiële drempel", "kosten"),
    ("health", "health"): ("overlijden of ernstige ziekte", "ziekte", "overlijden"),
    ("moved_on", "other_care"): ("doorverwezen naar andere zorg", "andere zorg"),
    ("other", "waiting"): ("wachttijd activiteit te lang", "wachttijd"),  # of the offer, and no verdict on the match
    ("other", "personal"): ("persoonlijke omstandigheden", "persoonlijk"),
    ("other", "unreachable"): ("onbereikbaar geworden", "onbereikbaar"),
    ("other", "other"): ("anders", "overig"),
}
COLUMNS = {  # our heading: the others under which it is known
    "deelnemer": ("client_id", "client", "pseudoniem"),
    "verwijzer": ("door wie verwezen",),
    "verwijsdatum": ("datum verwijzing",),
    "praktijk": ("huisartsenpraktijk",),
    "gemeente": (),
    "hoofdreden": ("hoofdreden aanmelding",),
    "intakedatum": ("datum intake", "datum eerste gesprek"),
    "uitstroom": ("uitstroom naar", "uitstroom naar vervolgaanbod"),
    "uitstroomdatum": ("datum uitstroom",),
    "activiteit": (),
    "startdatum": ("datum start activiteit",),
    "opvolging": ("continuering",),
    "opvolgdatum": ("datum opvolging",),
    "reden_stoppen": ("reden van stoppen",),
    "reden_uitval": ("uitval reden", "reden van uitval"),
}


def by_word(words: Mapping[Any, tuple[str, ...]]) -> dict[str, Any]:
    """Each word, and each code that is one, without capitals, accents and signs → its code."""
    both = ((code, (*told, code) if isinstance(code, str) else told) for code, told in words.items())
    return {plain(word): code for code, told in both for word in told}


HEADINGS: dict[str, str] = by_word(COLUMNS)
CODES = {  # heading: word → code
    "verwijzer": by_word(REFERRERS),
    "hoofdreden": by_word(MAIN_REASONS),
    "uitstroom": by_word(OUTFLOW),
    "opvolging": by_word(FOLLOW_UP),
    "reden_stoppen": by_word(STOP_REASONS),
    "reden_uitval": by_word(DROP_OUT),
}
DAYS = ("verwijsdatum", "intakedatum", "uitstroomdatum", "startdatum", "opvolgdatum")
