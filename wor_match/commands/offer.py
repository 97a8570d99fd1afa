"""Commands for who keeps the offer: begin with a sheet, bring in what others have, see what is wrong or missing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wor_match.catalogue.formats import FORMATS, in_a_source
from wor_match.commands.days import day_or_moment
from wor_match.errors import CatalogueError, one_line, tell

if TYPE_CHECKING:
    from wor_match.catalogue.importers import Imported
    from wor_match.domain.catalogue import Catalogue

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

TELL_NO_LICENCE = ("table", "hsds")  # in their data; so whoever imports them may say it
UNNAMED = "ingevoerd"  # the id of a catalogue without a layer by hand


def add_to(commands: Commands) -> None:
    """Add these commands and what they take."""
    template = commands.add_parser("template", help="a sheet (CSV) to begin with: headings, help, twenty invented rows")
    template.set_defaults(run=run_template)

    bring = commands.add_parser("import", help="make a catalogue from what others have, with your own layer over it")
    bring.add_argument("format", choices=FORMATS)
    bring.add_argument("source", nargs="+", help="files (pages of a feed in order)")
    bring.add_argument("-o", "--output", required=True, type=Path, help="the folder, or the YAML file, to write")
    bring.add_argument("--by-hand", help="the catalogue that you wrote yourself; it lies over what is imported")
    bring.add_argument("--map", type=Path, help="for a table: a YAML file that says which heading is which")
    bring.add_argument("--licence", help="for a table or hsds: under which licence it is given, such as CC0")
    bring.set_defaults(run=run_import)

    lint = commands.add_parser("lint", help="what is wrong, missing, old or unclear in a catalogue")
    lint.add_argument("catalogue", help="a YAML file, a folder, or the name of an example")
    lint.add_argument("--at", type=day_or_moment, help="the day on which you look; without it nothing is called old")
    lint.add_argument("--format", choices=("text", "json", "github"), default="text", help="how it is told")
    lint.set_defaults(run=run_lint)

    gaps = commands.add_parser("gaps", help="for whom the offer falls short, and what would open it")
    gaps.add_argument("--catalogue", required=True, help="a YAML file, a folder, or the name of an example")
    gaps.add_argument("--people", required=True, type=Path, help="the participants, in JSON Lines")
    gaps.add_argument("--at", required=True, type=day_or_moment, help="day (2026-11-23) or moment with time zone")
    gaps.add_argument("--shareable", action="store_true", help="nothing about fewer than ten people")
    gaps.add_argument("--format", choices=("markdown", "json"), default="markdown", help="a report, or plain values")
    gaps.add_argument("--language", default="nl", help="in which the report is written: nl or en")
    gaps.set_defaults(run=run_gaps)

    schema = commands.add_parser("schema", help="the JSON Schema of a catalogue, with which an editor completes it")
    schema.set_defaults(run=run_schema)


def run_template(told: argparse.Namespace) -> int:
    """Print the sheet."""
    from wor_match.catalogue.template import template

    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(newline="")
    print(template(), end="")
    return 0


def run_import(told: argparse.Namespace) -> int:
    """Write a catalogue; what was left out, and what became of the last import, goes to standard error."""
    from wor_match.catalogue.files import load_catalogue
    from wor_match.catalogue.folder import YAML, last_import, stored_layers, write_import
    from wor_match.catalogue.merge import merge
    from wor_match.domain.catalogue import Catalogue

    found = imported(told.format, told.source, told.map, told.licence)
    if not found.activities:
        for problem in found.problems:
            tell(problem)
        raise CatalogueError(f"nothing could be read from {', '.join(told.source)}", code="empty")
    before = last_import(told.output)
    by_hand = load_catalogue(told.by_hand) if told.by_hand else None
    if by_hand is None and before is not None and before.id != UNNAMED:
        raise CatalogueError(
            f"{told.output} has a layer by hand ({before.id}); give it again with --by-hand", code="would-overwrite"
        )
    if told.output.suffix in YAML and of_another_format(before, told.format):
        raise CatalogueError(
            f"{told.output} is one file with another format; give a folder for several", code="would-overwrite"
        )
    layers = {**stored_layers(told.output), told.format: found}
    nothing = Catalogue(id=UNNAMED, name="Ingevoerd aanbod")
    whole = merge([layers[form] for form in sorted(layers)], by_hand or nothing, before)
    write_import(whole, told.output, layers)
    problems = (*found.problems, *whole.problems)
    for problem in problems:
        tell(problem)
    print(one_line(f"{told.output}: {len(whole)} activities, {len(problems)} to look at"))
    return int(bool(problems))


def of_another_format(before: Catalogue | None, form: str) -> bool:
    """Whether something came from another format."""
    sources = (one.source for one in before or ())
    return any(source is not None and source.format != in_a_source(form) for source in sources)


def imported(form: str, source: list[str], table_map: Path | None, licence: str | None) -> Imported:
    """What an importer reads."""
    import importlib

    if table_map and form != "table":
        raise CatalogueError(
            f"--map was given with {form}; only a table has headings to map, leave it out", code="not-together"
        )
    if licence and form not in TELL_NO_LICENCE:
        raise CatalogueError(f"--licence was given with {form}, which tells its own; leave it out", code="not-together")
    more: dict[str, Any] = {"columns": table_map} if table_map else {}
    more |= {"licence": licence} if licence else {}
    found: Imported = importlib.import_module(f"wor_match.catalogue.importers.{form}").read(
        [Path(one) for one in source], **more
    )
    return found


def run_lint(told: argparse.Namespace) -> int:
    """Print every problem; 0 clean, 1 warnings, 2 errors."""
    from wor_match.catalogue.lint import as_text, exit_status, lint

    problems = lint(told.catalogue, at=told.at)
    print(as_text(problems, told.format), end="")
    if told.at is None:
        tell("without --at nothing is said about what is old or does not meet any more")
    return exit_status(problems)


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


def run_schema(told: argparse.Namespace) -> int:
    """Print the JSON Schema of the catalogue format."""
    from wor_match.catalogue.schema import schema_text

    print(schema_text(), end="")
    return 0
