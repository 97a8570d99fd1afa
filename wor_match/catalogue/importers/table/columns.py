"""The columns of a table of activities: their Dutch heading, the field each fills, and the help for who fills it in.

`wor-match template` writes these headings and this help; the reader and the writer of a table use the same list.
"""

from __future__ import annotations

from dataclasses import dataclass

from wor_match.catalogue.importers.table.cells import (
    Read,
    Write,
    as_it_is,
    as_text,
    degrees,
    degrees_as_text,
    languages,
    one_of,
    shut,
    side_by_side,
    some_of,
    strengths,
    strengths_as_text,
    whole,
    words_of,
)
from wor_match.domain.shorthand import day_as_text, day_in, prices_as_text, prices_in
from wor_match.domain.timewords import times_as_text, times_in

PLAIN: tuple[Read, Write] = (as_it_is, as_text)
WHOLE: tuple[Read, Write] = (whole, as_text)
DAY: tuple[Read, Write] = (day_in, day_as_text)
WORDS: tuple[Read, Write] = (words_of, side_by_side)
YES_NO = one_of({"ja": True, "nee": False, "onbekend": None, "j": True, "n": False, "x": True, "?": None})
YES = one_of({"ja": True, "nee": False, "j": True, "n": False, "x": True})
YES_NO_HELP = "ja, nee of onbekend"
ASPECTS = {
    "dieren": "animals",
    "kinderen": "children",
    "gezelschap": "company",
    "lekker eten": "food",
    "spelletjes": "games",
    "werken met je handen": "hands",
    "anderen helpen": "helping",
    "iets nieuws leren": "learning",
    "praten over het leven": "meaning",
    "bewegen": "moving",
    "muziek": "music",
    "de natuur": "nature",
    "eropuit gaan": "outings",
    "verhalen van vroeger": "past",
    "rust": "quiet",
    "theater": "stage",
    "techniek": "tech",
    "water": "water",
    "taal en verhalen": "words",
    "eten": "food",
    "natuur": "nature",
    "handen": "hands",
}  # of two words for one thing the first is written


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes
    ----------
    heading : str
    field : str
        The field of an activity, in dots; of its organiser behind ``organiser.``.
    help : str
        What may stand in a cell.
    cell : pair of callables
        From a cell to a value (CatalogueError when it cannot be read), and back (None: there are no words for it).
    known_as : tuple of str
        Other headings that mean the same.
    """

    heading: str
    field: str
    help: str
    cell: tuple[Read, Write] = PLAIN
    known_as: tuple[str, ...] = ()


COLUMNS = (
    Column("id", "id", "leeg laten mag; blijft gelijk zolang de activiteit bestaat"),
    Column("naam", "name", "verplicht", known_as=("activiteit", "naam activiteit", "titel")),
    Column("omschrijving", "summary", "een of twee korte zinnen", known_as=("beschrijving", "toelichting")),
    Column("wat", "terms", "wat je er doet, hoogstens vier: samen koken; samen eten", WORDS, ("categorie", "soort")),
    Column("aspecten", "aspects", "wat er nog in zit: muziek; dieren; natuur; eten; gezelschap", some_of(ASPECTS)),
    Column("draagt bij aan", "serves", "0 tot 3: meedoen 3; mentaal 1", (strengths, strengths_as_text)),
    Column("aanbieder", "organiser.name", "organisatie, geen persoon", known_as=("organisatie", "organisator")),
    Column("telefoon", "organiser.phone", "van de organisatie: 030 000 00 01", known_as=("telefoonnummer", "tel")),
    Column("e-mail", "organiser.email", "van de organisatie, niet van een persoon", known_as=("email", "mail")),
    Column("website", "organiser.website", "begint met https://", known_as=("url", "site")),
    Column("gebouw", "place.name", "of een ontmoetingspunt", known_as=("locatie", "plek")),
    Column("straat", "place.street", "", known_as=("adres",)),
    Column("huisnummer", "place.number", "", known_as=("nummer",)),
    Column("postcode", "place.postcode", "3431 of 3431 AB", known_as=("pc",)),
    Column("plaats", "place.city", "", known_as=("woonplaats", "stad", "gemeente")),
    Column("ingang", "place.entrance", "waar je naar binnen gaat"),
    Column("breedtegraad", "place.latitude", "52,0301", (degrees(90), degrees_as_text), ("latitude", "lat")),
    Column("lengtegraad", "place.longitude", "5,0912", (degrees(180), degrees_as_text), ("longitude", "lon")),
    Column("online", "place.online", "ja of nee", YES),
    Column("bij iemand thuis", "place.at_home", "ja of nee", YES),
    Column(
        "wanneer",
        "schedule",
        "di 10:00-12:30; laatste vr van de maand 14:00-16:00; om de 2 weken wo 9:30-11:00 vanaf 4-11-2026; op afspraak",
        (times_in, times_as_text),
        ("dag en tijd", "tijden", "tijd"),
    ),
    Column("eerste dag", "schedule.from", "3-11-2026", DAY, ("startdatum", "van")),
    Column("laatste dag", "schedule.until", "3-11-2026", DAY, ("einddatum", "tot")),
    Column("niet op", "schedule.shut", "5-11-2026; 21-12-2026 t/m 3-1-2027", (shut, as_text)),
    Column(
        "pauzeert in",
        "schedule.pauses",
        "schoolvakanties; feestdagen",
        some_of({"schoolvakanties": "school_holidays", "feestdagen": "public_holidays"}),
    ),
    Column(
        "vakantieregio",
        "schedule.region",
        "noord, midden of zuid; nodig bij schoolvakanties",
        one_of({"noord": "noord", "midden": "midden", "zuid": "zuid"}),
    ),
    Column(
        "hele reeks",
        "schedule.attend",
        "ja bij een cursus: wie begint, komt elke keer",
        one_of({"ja": "all", "nee": "any"}),
    ),
    Column(
        "prijs", "price", "gratis; 3,50 per keer; 12 per maand met stadspas", (prices_in, prices_as_text), ("kosten",)
    ),
    Column("talen", "languages", "nederlands; turks", (languages, side_by_side), ("taal",)),
    Column(
        "vraagt",
        "asks",
        "goed nederlands; lezen; digitaal; vog",
        some_of({"goed nederlands": "good_dutch", "lezen": "reading", "digitaal": "digital", "vog": "vog"}),
    ),
    Column("groepsgrootte", "group.size", "12", WHOLE),
    Column(
        "groep",
        "group.mix",
        "gemengd, vrouwen of mannen",
        one_of({"gemengd": "mixed", "vrouwen": "women", "mannen": "men"}),
    ),
    Column("nieuwe mensen welkom", "group.newcomers", "ja of nee", one_of({"ja": "welcome", "nee": "closed"})),
    Column("vaste groep", "group.contact", "ja of nee", one_of({"ja": "same_people", "nee": "come_and_go"})),
    Column(
        "inspanning",
        "level.body",
        "niets, licht, matig of zwaar",
        one_of({"niets": "none", "licht": "light", "matig": "moderate", "zwaar": "vigorous", "gemiddeld": "moderate"}),
    ),
    Column("rolstoel", "access.wheelchair", YES_NO_HELP, YES_NO, ("rolstoeltoegankelijk",)),
    Column("weinig treden", "access.few_steps", YES_NO_HELP, YES_NO),
    Column("toilet", "access.toilet", YES_NO_HELP, YES_NO),
    Column("ringleiding", "access.hearing_loop", YES_NO_HELP, YES_NO),
    Column("rustig", "access.quiet", YES_NO_HELP, YES_NO),
    Column("voor slechtzienden", "access.low_vision", YES_NO_HELP, YES_NO),
    Column("zitplekken", "access.seat_breaks", YES_NO_HELP, YES_NO),
    Column("vanaf leeftijd", "audience.min_age", "jonger mag niet: 18", WHOLE, ("minimumleeftijd",)),
    Column("tot en met leeftijd", "audience.max_age", "ouder mag niet: 25", WHOLE, ("maximumleeftijd",)),
    Column("bedoeld vanaf", "audience.advised_age.from", "bedoeld voor, geen regel: 55", WHOLE),
    Column("bedoeld tot en met", "audience.advised_age.to", "bedoeld voor, geen regel: 30", WHOLE),
    Column("alleen voor", "audience.only", "vrouwen of mannen", one_of({"vrouwen": "women", "mannen": "men"})),
    Column("alleen inwoners", "audience.residents_only", "ja of nee", YES),
    Column(
        "hulp",
        "support",
        "maatje; vervoer; proefbezoek; belletje; voorstellen",
        some_of(
            {
                "maatje": "buddy",
                "vervoer": "transport",
                "proefbezoek": "trial_visit",
                "belletje": "call",
                "voorstellen": "introduce",
            }
        ),
    ),
    Column("iemand ontvangt nieuwe mensen", "host.receives_newcomers", YES_NO_HELP, YES_NO),
    Column("vraag naar", "first_visit.ask_for", "een rol, geen naam: de gastvrouw"),
    Column("eerst kijken", "first_visit.may_watch", YES_NO_HELP, YES_NO),
    Column("eerder weg mag", "first_visit.may_leave_early", YES_NO_HELP, YES_NO),
    Column("proefkeren", "first_visit.trials", "2", WHOLE),
    Column(
        "instap",
        "entry.kind",
        "binnenlopen, opgeven, aanmelden door een ander of cursus",
        one_of(
            {
                "binnenlopen": "drop_in",
                "opgeven": "sign_up",
                "aanmelden door een ander": "referral",
                "cursus": "course",
                "vrij inlopen": "drop_in",
                "aanmelden": "sign_up",
                "verwijzing": "referral",
            }
        ),
    ),
    Column(
        "aanmelden via",
        "entry.sign_up",
        "langskomen; bellen; mailen; website",
        some_of({"langskomen": "walk_in", "bellen": "phone", "mailen": "mail", "website": "website"}),
    ),
    Column("cursus begint op", "entry.starts_on", "12-1-2027", DAY),
    Column("weken wachten", "entry.wait_weeks", "6", WHOLE),
    Column("aantal plekken", "places.total", "12", WHOLE),
    Column("plekken vrij", "places.free", "2", WHOLE),
    Column("plekken geteld op", "places.as_of", "1-11-2026", DAY),
    Column(
        "status",
        "status",
        "open, ligt stil of gestopt",
        one_of({"open": "open", "ligt stil": "paused", "gestopt": "closed", "gepauzeerd": "paused"}),
    ),
    Column("nagevraagd op", "checked_on", "30-10-2026", DAY, ("gecontroleerd op", "laatst bijgewerkt")),
)
