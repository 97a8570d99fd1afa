"""Commands for the process around the match: a referral, what is due, an agenda, the monitor, and profiles."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wor_match.commands.days import day_or_moment
from wor_match.errors import WorMatchError, one_line, tell

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: Commands) -> None:
    """Add the command, its own commands and what they take."""
    pathway = commands.add_parser("pathway", help="the process around the match: from referral to feedback")
    own = pathway.add_subparsers(required=True, metavar="command")
    add_people(own)
    add_monitor(own)
    add_profiles(own)


def add_people(own: Commands) -> None:
    """Add what is asked about people: assess, due and agenda."""
    assess = own.add_parser("assess", help="whether a referral fits, where it goes, and what to ask first")
    assess.add_argument("referral", type=Path, help="a YAML or JSON file with the fields of a referral")
    assess.add_argument("--consented", nargs="*", default=(), metavar="PURPOSE", help="such as handover feedback")
    in_a_region(assess)
    assess.set_defaults(run=run_assess)

    due = own.add_parser("due", help="what is due or late, person by person")
    of_a_history(due)
    due.set_defaults(run=run_due)

    agenda = own.add_parser("agenda", help="whom one practice referred, and how far they have come")
    of_a_history(agenda)
    agenda.add_argument("--practice", required=True, help="the code of the practice, as in the events")
    agenda.set_defaults(run=run_agenda)


def add_monitor(own: Commands) -> None:
    """Add the monitor, of a history or of invented people."""
    monitor = own.add_parser("monitor", help="the six essential elements in figures, of ten people or more")
    of_a_history(monitor, ("markdown", "json", "html"), needed=False)
    monitor.add_argument("--invented", type=int, metavar="N", help="N invented referrals instead of a history")
    monitor.add_argument("--seed", type=int, default=1, help="of the dice of the invented referrals")
    monitor.add_argument("--municipality", help="of one municipality only")
    monitor.set_defaults(run=run_monitor)


def add_profiles(own: Commands) -> None:
    """Add what a region needs to write its own profile: lint, profile and schema."""
    lint = own.add_parser("lint", help="what is wrong, or forgotten, in a profile of your own")
    lint.add_argument("profile", help="a YAML file, or the name of a profile that ships")
    lint.set_defaults(run=run_lint)

    show = own.add_parser("profile", help="print a profile that ships, to begin your own with")
    show.add_argument("profile", help="its name")
    show.set_defaults(run=run_profile)

    own.add_parser("schema", help="the JSON Schema of a profile, for an editor").set_defaults(run=run_schema)


def in_a_region(command: argparse.ArgumentParser, formats: tuple[str, ...] = ("text", "json")) -> None:
    """By which profile a command looks, and how it tells what it found."""
    command.add_argument("--profile", required=True, help="a profile that ships, or a YAML file of your own")
    command.add_argument("--language", default="nl", help="in which it is told: nl, nl-je or en")
    command.add_argument("--format", choices=formats, default=formats[0], help="to read, or plain values")


def of_a_history(
    command: argparse.ArgumentParser, formats: tuple[str, ...] = ("text", "json"), needed: bool = True
) -> None:
    """What those that look at a history take."""
    told = command.add_mutually_exclusive_group(required=needed)
    told.add_argument("--events", type=Path, help="the history, in JSON Lines")
    told.add_argument("--journal", help="the journal with the history, such as sqlite:///journal.sqlite")
    command.add_argument("--at", required=True, type=day_or_moment, help="the day on which you look: 2026-11-23")
    in_a_region(command, formats)


def history(told: argparse.Namespace) -> Any:
    """The events that a command is about."""
    from wor_match.journal import read_events

    if told.journal is None:
        return read_events(told.events)
    from wor_match.journal import Journal  # it needs SQLAlchemy, and a file does not

    with Journal(told.journal, make=False) as journal:
        return journal.read()


def run_assess(told: argparse.Namespace) -> int:
    """Print whether a referral fits; 0 when it does, 1 when something is to be asked or it goes elsewhere."""
    from wor_match.pathway import assess, load_profile, load_referral

    found = assess(load_referral(told.referral), load_profile(told.profile), consented=told.consented)
    if told.format == "json":
        print_json(found.to_dict(told.language))
    else:
        print(found.to_markdown(told.language).rstrip())
    return int(found.verdict != "fits")


def run_due(told: argparse.Namespace) -> int:
    """Print what is due; what is odd goes to standard error; 1 when something is late or odd."""
    from wor_match.pathway import due, load_profile, oddities
    from wor_match.wording.words import words

    language, profile, events = words(told.language), load_profile(told.profile), history(told)
    found, odd = due(events, told.at, profile), oddities(events, told.at, profile)
    if told.format == "json":
        print_json([one.to_dict(language) for one in found])
    else:
        lines = [f"{one.person}: {one.sentence(language)}" for one in found]
        print("\n".join(map(one_line, lines or [language["due"]["nothing"]])))
    for strange in odd:
        tell(f"{strange.person}: {strange.sentence(language)} ({', '.join(strange.events[:3])})")
    return int(any(one.late for one in found) or bool(odd))


def run_agenda(told: argparse.Namespace) -> int:
    """Print whom a practice referred and how far they have come."""
    from wor_match.pathway import agenda, load_profile
    from wor_match.wording.words import words

    language = words(told.language)
    found = agenda(history(told), told.at, load_profile(told.profile), told.practice)
    if told.format == "json":
        print_json([one.to_dict(language) for one in found])
        return 0
    for one in found:
        print(one_line(f"{one.person}: {one.sentence(language)}"))
        for step in one.due:
            print(one_line(f"  {step.sentence(language)}"))
    if not found:
        print(language["due"]["nothing"])
    return 0


def run_monitor(told: argparse.Namespace) -> int:
    """Print the monitor."""
    from wor_match.pathway import invented, load_profile, monitor

    if (told.invented is None) == (told.events is None and told.journal is None):
        raise WorMatchError(
            "monitor needs --events, --journal, or --invented 500 to see how it looks; give one of them", code="missing"
        )
    profile = load_profile(told.profile)
    events = history(told) if told.invented is None else invented(profile, told.invented, seed=told.seed)
    found = monitor(events, told.at, profile, municipality=told.municipality)
    if told.format == "json":
        print(found.to_json())
    else:
        print((found.to_html if told.format == "html" else found.to_markdown)(told.language).rstrip())
    return 0


def run_lint(told: argparse.Namespace) -> int:
    """Print every problem of a profile; 0 clean, 1 warnings, 2 errors."""
    from wor_match.catalogue.lint import as_text, exit_status
    from wor_match.pathway import lint_profile

    problems = lint_profile(told.profile)
    print(as_text(problems, "text"), end="")
    return exit_status(problems)


def run_profile(told: argparse.Namespace) -> int:
    """Print the file of a profile that ships."""
    from wor_match.pathway.profiles.reading import shipped_text

    print(shipped_text(told.profile), end="")
    return 0


def run_schema(told: argparse.Namespace) -> int:
    """Print the JSON Schema of a profile."""
    from wor_match.pathway.profiles.reading import schema_text

    print(schema_text(), end="")
    return 0


def print_json(told: Any) -> None:
    """Print plain values."""
    print(json.dumps(told, ensure_ascii=False, allow_nan=False))
