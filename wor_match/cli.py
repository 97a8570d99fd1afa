"""The command `wor-match`: advice, learning, gaps in the offer, a demo and an import, from the shell.

Ends with 0 when all went well, 1 when something was left out, 2 when the input cannot be read.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wor_match.errors import CatalogueError, WorMatchError

if TYPE_CHECKING:
    from wor_match.suggestion import Suggestion

IMPORTERS = ("uitdatabank",)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is returned."""
    told = parser().parse_args(arguments)
    warnings.showwarning = lambda message, *_, **__: print(f"warning: {message}", file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        status = int(told.run(told))
        sys.stdout.flush()
        return status
    except WorMatchError as fault:
        print(fault, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of a pipe, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as fault:
        print(f"what was asked cannot be written: {fault.strerror}", file=sys.stderr)
        return 2


def parser() -> argparse.ArgumentParser:
    """The commands and what they take."""
    root = argparse.ArgumentParser(
        prog="wor-match", description="Match participants of Welzijn op Recept with local activities, and say why."
    )
    commands = root.add_subparsers(required=True, metavar="command")

    demo = commands.add_parser("demo", help="advice for three invented people in Nieuwegein, also as a page")
    demo.add_argument("-o", "--output", type=Path, default=Path("advies.html"), help="the page to write (advies.html)")
    demo.set_defaults(run=run_demo)

    recommend = commands.add_parser("recommend", help="advice for one person")
    recommend.add_argument("--catalogue", required=True, help="a YAML file, a folder, or the name of an example")
    recommend.add_argument("--person", required=True, type=Path, help="a YAML or JSON file with the participant")
    recommend.add_argument("--at", required=True, type=day_or_moment, help="day (2026-11-23) or moment with time zone")
    recommend.add_argument("--model", type=Path, help="what was learned, as `learn` wrote it")
    recommend.add_argument("-n", type=int, default=3, help="how many suggestions (3)")
    spoken = recommend.add_mutually_exclusive_group()
    spoken.add_argument("--language", default="nl", help="nl (says u), nl-je (says je) or en")
    spoken.add_argument("--words", type=Path, help="a YAML file with an organisation's own sentences")
    recommend.add_argument("--level", help="how simple the card is: B1, or A2 (read aloud: A2)")
    shape = recommend.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="plain values instead of the coach's page in Markdown")
    shape.add_argument("--card", choices=("participant", "coach"), help="a whole HTML page for this reader")
    shape.add_argument("--read-aloud", action="store_true", help="the participant's card as plain text")
    recommend.set_defaults(run=run_recommend)

    learn = commands.add_parser("learn", help="learn from a history of events, as a model to recommend with")
    learn.add_argument("--catalogue", required=True, help="a YAML file, a folder, or the name of an example")
    learn.add_argument("--events", required=True, type=Path, help="the whole history, in JSON Lines")
    learn.add_argument("-o", "--output", required=True, type=Path, help="the model to write (JSON)")
    learn.add_argument("--language", default="nl", help="in which it tells what was learned: nl or en")
    learn.set_defaults(run=run_learn)

    gaps = commands.add_parser("gaps", help="for whom the offer falls short, and what would open it")
    gaps.add_argument("--catalogue", required=True, help="a YAML file, a folder, or the name of an example")
    gaps.add_argument("--people", required=True, type=Path, help="the participants, in JSON Lines")
    gaps.add_argument("--at", required=True, type=day_or_moment, help="day (2026-11-23) or moment with time zone")
    gaps.add_argument("--shareable", action="store_true", help="nothing about fewer than ten people")
    gaps.add_argument("--format", choices=("markdown", "json"), default="markdown", help="a report, or plain values")
    gaps.add_argument("--language", default="nl", help="in which the report is written: nl or en")
    gaps.set_defaults(run=run_gaps)

    doctor = commands.add_parser("doctor", help="versions, what is installed, and how long an advice takes")
    doctor.add_argument("--catalogue", default="nieuwegein", help="the catalogue to try")
    doctor.set_defaults(run=run_doctor)

    schema = commands.add_parser("schema", help="the JSON Schema of a catalogue, with which an editor completes it")
    schema.set_defaults(run=run_schema)

    bring = commands.add_parser("import", help="make a catalogue from another format")
    bring.add_argument("format", choices=IMPORTERS)
    bring.add_argument("source", nargs="+", type=Path)
    bring.add_argument("-o", "--output", required=True, type=Path, help="the YAML file to write")
    bring.set_defaults(run=run_import)
    return root


def day_or_moment(told: str) -> date:
    """A day, or a moment with its time zone."""
    try:
        return date.fromisoformat(told) if len(told) == len("2026-11-23") else datetime.fromisoformat(told)
    except ValueError:
        raise argparse.ArgumentTypeError("write a day as 2026-11-23, or a moment as 2026-11-23T09:00+01:00") from None


def run_demo(told: argparse.Namespace) -> int:
    """Print advice for three invented people, and write their cards and their coaches' pages."""
    from wor_match.catalogue.files import load_catalogue
    from wor_match.demo import DEMO_DAY, PEOPLE, before_and_after, invented_history
    from wor_match.display.demo_page import IS_DEMO, demo_page
    from wor_match.matcher import Matcher

    matcher = Matcher(load_catalogue("nieuwegein"))
    advices = [(one, matcher.recommend(one.person, at=DEMO_DAY)) for one in PEOPLE]
    print(f"Alle mensen, plekken en telefoonnummers zijn verzonnen. De dag is {DEMO_DAY}.")
    for one, advice in advices:
        print(f"\n{one.name}. {one.about}")
        for line in (
            *(track.sentence(one.language) for track in advice.first),
            *map(in_one_line(one.language), advice),
        ):
            print(f"  {line}")
    after = matcher.learn(invented_history(matcher))
    print(f"\nDezelfde {PEOPLE[0].name.split(',')[0]} voor en na 300 verzonnen uitkomsten:")
    print("\n".join(f"  {line}" for line in before_and_after(matcher, after, PEOPLE[0].person)))
    write_anew(told.output, demo_page(advices), IS_DEMO)
    print(f"\nDe kaarten en de pagina's staan in {told.output}.")
    return 0


def in_one_line(language: str) -> Callable[[Suggestion], str]:
    """How a suggestion is told on one line: its name, and the first two reasons."""
    return lambda one: f"{one.activity.name}: {' '.join(reason.sentence(language) for reason in one.spoken[:2])}"


def write_anew(path: Path, page: str, mark: str) -> None:
    """Write a page, over an earlier one of ours only."""
    try:
        if path.exists() and (not path.is_file() or mark not in path.read_text(encoding="utf-8", errors="replace")):
            raise WorMatchError(f"{path} is there already and is no demo page; choose another file with -o")
        path.write_text(page, encoding="utf-8")
    except OSError as fault:
        raise WorMatchError(f"{path} cannot be written: {fault.strerror}") from None


def run_recommend(told: argparse.Namespace) -> int:
    """Print advice for one person."""
    from wor_match.catalogue.files import load_catalogue
    from wor_match.catalogue.participants import load_participant
    from wor_match.matcher import Matcher
    from wor_match.wording.own import load_words
    from wor_match.wording.words import words

    language = load_words(told.words) if told.words else words(told.language)
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


def run_learn(told: argparse.Namespace) -> int:
    """Write what a history teaches, and tell it in words; 1 when something was left out."""
    from wor_match.catalogue.files import load_catalogue
    from wor_match.journal.lines import read_events
    from wor_match.matcher import Matcher
    from wor_match.report import LEFT_OUT

    events = read_events(told.events)
    if told.output.exists() and os.path.samefile(told.output, told.events):
        raise WorMatchError(f"{told.output} is the history itself; give the model another name")
    matcher = Matcher(load_catalogue(told.catalogue)).learn(events)
    matcher.save(told.output)
    report = matcher.learned
    print("\n".join(report.sentences(told.language)))
    return int(any(report.counts.get(name) for name in LEFT_OUT))


def run_gaps(told: argparse.Namespace) -> int:
    """Print for whom the offer falls short."""
    from wor_match.catalogue.files import load_catalogue
    from wor_match.catalogue.participants import load_people
    from wor_match.evaluation.gaps import gaps
    from wor_match.matcher import Matcher
    from wor_match.wording.words import words

    language, matcher = words(told.language), Matcher(load_catalogue(told.catalogue))
    found = gaps(matcher, load_people(told.people), at=told.at, shareable=told.shareable)
    print(found.to_json() if told.format == "json" else found.to_markdown(language).rstrip())
    return 0


def run_doctor(told: argparse.Namespace) -> int:
    """Print what somebody needs to know who asks why something does not work."""
    from wor_match.doctor import findings

    for name, finding in findings(told.catalogue):
        print(f"{name:<12} {finding}")
    return 0


def run_schema(told: argparse.Namespace) -> int:
    """Print the JSON Schema of the catalogue format."""
    from wor_match.catalogue.schema import schema_text

    print(schema_text(), end="")
    return 0


def run_import(told: argparse.Namespace) -> int:
    """Write a catalogue from another format; problems go to standard error."""
    from wor_match.catalogue.importers import uitdatabank
    from wor_match.catalogue.writer import as_yaml
    from wor_match.domain.catalogue import Catalogue

    found = uitdatabank.read(told.source)
    for problem in found.problems:
        print(problem, file=sys.stderr)
    if not found.activities:
        raise CatalogueError(f"nothing could be read from {', '.join(map(str, told.source))}")
    catalogue = Catalogue(
        id=told.format, name=f"Ingevoerd uit {told.format}", activities=found.activities, organisers=found.organisers
    )
    try:
        told.output.write_text(as_yaml(catalogue), encoding="utf-8")
    except OSError as fault:
        raise CatalogueError(f"{told.output} cannot be written: {fault.strerror}") from None
    return 1 if found.problems else 0
