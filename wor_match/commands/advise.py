"""Commands for who advises: a demo, advice for one person, whether all is well, and what a code means."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from wor_match.commands import many
from wor_match.commands.days import day_or_moment
from wor_match.errors import WorMatchError, one_line, why

if TYPE_CHECKING:
    from wor_match.suggestion import Suggestion
    from wor_match.wording.words import Words

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: Commands) -> None:
    """Add these commands and what they take."""
    demo = commands.add_parser("demo", help="advice for three invented people in Nieuwegein, also as a page")
    demo.add_argument("-o", "--output", type=Path, default=Path("advies.html"), help="the page to write (advies.html)")
    demo.set_defaults(run=run_demo)

    recommend = commands.add_parser("recommend", help="advice for one person, or for a file of people")
    recommend.add_argument("--catalogue", required=True, help="a YAML file, a folder, or the name of an example")
    whom = recommend.add_mutually_exclusive_group(required=True)
    whom.add_argument("--person", type=Path, help="a YAML or JSON file with the participant")
    whom.add_argument("--people", type=Path, help="a table of participants: .parquet or .jsonl; needs -o")
    recommend.add_argument("--at", required=True, type=day_or_moment, help="day (2026-11-23) or moment with time zone")
    recommend.add_argument("--model", type=Path, help="what was learned, as `learn` wrote it")
    recommend.add_argument("-n", type=int, default=3, help="how many suggestions (3)")
    spoken = recommend.add_mutually_exclusive_group()
    spoken.add_argument("--language", help="nl (says u, the default), nl-je (says je) or en")
    spoken.add_argument("--words", type=Path, help="a YAML file with an organisation's own sentences")
    recommend.add_argument("--level", help="how simple the card is: B1, or A2 (read aloud: A2)")
    shape = recommend.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="plain values instead of the coach's page in Markdown")
    shape.add_argument("--card", choices=("participant", "coach"), help="a whole HTML page for this reader")
    shape.add_argument("--read-aloud", action="store_true", help="the participant's card as plain text")
    many.add_to(recommend)
    recommend.set_defaults(run=run_recommend)

    doctor = commands.add_parser("doctor", help="versions, what is installed, and how long an advice takes")
    doctor.add_argument("--catalogue", default="nieuwegein", help="the catalogue to try")
    doctor.add_argument("--journal", metavar="URL", help="look whether this journal is sound; password in PGPASSWORD")
    doctor.set_defaults(run=run_doctor)

    explain = commands.add_parser("explain", help="what a code in an error or a warning means, and what to do")
    explain.add_argument("code", help="as it stands in the line, such as half-point")
    explain.set_defaults(run=run_explain)


def run_demo(told: argparse.Namespace) -> int:
    """Print advice for three invented people, and write their cards and their coaches' pages."""
    from wor_match.catalogue.files import load_catalogue
    from wor_match.demo import DEMO_DAY, PEOPLE, before_and_after, invented_history, together
    from wor_match.display.demo_page import IS_DEMO, demo_page
    from wor_match.matcher import Matcher

    matcher = Matcher(load_catalogue("nieuwegein"))
    advices = [(one, matcher.recommend(one.person, at=DEMO_DAY), tuple(together(matcher, one))) for one in PEOPLE]
    print(f"Alle mensen, plekken en telefoonnummers zijn verzonnen. De dag is {DEMO_DAY}.")
    for one, advice, _ in advices:
        print(f"\n{one.name}. {one.about}")
        for line in (
            *(track.sentence(one.language) for track in advice.first),
            *map(in_one_line(one.language), advice),
        ):
            print(f"  {line}")
    print(f"\nTwee activiteiten die samengaan, voor {PEOPLE[0].name.split(',')[0]}:")
    print("\n".join(f"  {line}" for line in advices[0][2]))
    after = matcher.learn(invented_history(matcher))
    print(f"\nDezelfde {PEOPLE[0].name.split(',')[0]} voor en na 300 verzonnen uitkomsten:")
    print("\n".join(f"  {line}" for line in before_and_after(matcher, after, PEOPLE[0].person)))
    write_anew(told.output, demo_page(advices), IS_DEMO)
    print(f"\nDe kaarten en de pagina's staan in {one_line(str(told.output))}.")
    return 0


def in_one_line(language: str) -> Callable[[Suggestion], str]:
    """How a suggestion is told on one line: its name, and the first two reasons."""
    return lambda one: f"{one.activity.name}: {' '.join(reason.sentence(language) for reason in one.spoken[:2])}"


def write_anew(path: Path, page: str, mark: str) -> None:
    """Write a page, over an earlier one of ours only."""
    try:
        if path.exists() and (not path.is_file() or mark not in path.read_text(encoding="utf-8", errors="replace")):
            raise WorMatchError(
                f"{path} is there already and is no demo page; choose another file with -o", code="would-overwrite"
            )
        path.write_text(page, encoding="utf-8")
    except OSError as fault:
        raise WorMatchError(f"{path} cannot be written: {why(fault)}", code="cannot-write") from None


def run_recommend(told: argparse.Namespace) -> int:
    """Print advice for one person, or write it for many."""
    many.refuse_what_does_not_go(told)
    return many.run_many(told) if told.people is not None else run_one(told)


def run_one(told: argparse.Namespace) -> int:
    """Print advice for one person."""
    from wor_match.catalogue.files import load_catalogue
    from wor_match.catalogue.participants import load_participant
    from wor_match.matcher import Matcher
    from wor_match.wording.words import words

    language = own_words(told.words) if told.words else words(told.language or "nl")
    language = language.at(told.level) if told.level else language
    person = load_participant(told.person)
    catalogue = load_catalogue(told.catalogue)
    matcher = Matcher.load(told.model, catalogue) if told.model else Matcher(catalogue)
    advice = matcher.recommend(person, at=told.at, n=told.n)
    if told.json:
        print(advice.to_json(language))
    elif told.card:
        print(advice.card(told.card, language, told.level or "B1"))
    elif told.read_aloud:
        print(advice.read_aloud(language, told.level or "A2"), end="")
    else:
        print(advice.to_markdown(language), end="")
    return 0


def own_words(path: Path) -> Words:
    """An organisation's own words; what checks them is only loaded for who has some."""
    from wor_match.wording.own import load_words

    return load_words(path)


def run_explain(told: argparse.Namespace) -> int:
    """Print what the page of errors says about a code."""
    from wor_match.manual import explained

    print(explained(told.code))
    return 0


def run_doctor(told: argparse.Namespace) -> int:
    """Print what somebody needs to know who asks why something does not work; 1 when a journal is not sound."""
    from wor_match.doctor import findings

    sound = True
    for one in findings(told.catalogue, told.journal):
        print(f"{one.name:<12} {one.text}")
        sound = sound and one.sound
    return 0 if sound else 1
