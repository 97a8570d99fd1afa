"""What cannot be read, with the invented person and the invented history in it: values, files, commands."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import wor_match as wm
from tests.faults.leaks.calls import AT, Calls
from tests.faults.leaks.canary import ANSWERS, history, person, told_events
from wor_match.cli import main
from wor_match.domain.kinds import plain

BAD: tuple[Any, ...] = (
    "",
    "fout\nwaarde",
    -1,
    float("nan"),
    [],
    ["fout"],
    {"fout": "fout"},
    True,
    b"\xff",
    object(),
    10**30,
)
A_FEW_BAD = ({"fout": "fout"}, ["fout\n"], float("nan"))


def at_the_door(bad: tuple[Any, ...]) -> Calls:
    """A bad value in the place of each answer, beside all the others: every field, every part."""
    for path in paths_in(ANSWERS):
        for number, wrong in enumerate(bad):
            told = with_at(ANSWERS, path, wrong)
            name = f"{'.'.join(map(str, path))} {number}"
            yield f"person with bad {name}", lambda told=told: wm.Participant(**told)
            yield f"read with bad {name}", lambda told=told: wm.Participant.model_validate(told)
    yield "unknown field", lambda: wm.Participant(**ANSWERS, fout="ongewenst-q8")
    yield "person as JSON", lambda: wm.Participant.model_validate_json(json.dumps({**ANSWERS, "age": "fout"}))
    yield "person as texts", lambda: wm.Participant.model_validate_strings({**ANSWERS, "age": "fout"})
    yield "replaced", lambda: person().replace(budget="417.83 fout")
    yield "changed", lambda: setattr(person(), "passes", ["pas-q9"])
    for told in told_events():
        for path in paths_in(told):
            for number, wrong in enumerate(bad):
                name = f"{told['kind']} {'.'.join(map(str, path))} {number}"
                yield (
                    f"event with bad {name}",
                    lambda path=path, wrong=wrong, told=told: wm.event_of(with_at(told, path, wrong)),
                )
        inside = {
            "kind": "corrected",
            "event_id": "c1",
            "at": told["at"],
            "source": "coach",
            "replaces": told["event_id"],
        }
        yield f"corrected {told['kind']}", lambda one={**inside, "event": {**told, "source": "fout"}}: wm.event_of(one)
        yield (
            f"of another {told['kind']}",
            lambda one={**inside, "person": "wie-q4", "event": {**told, "event_id": "n"}}: wm.event_of(one),
        )


def paths_in(told: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of every value, and of what holds it."""
    if above:
        yield above
    if isinstance(told, dict):
        for name, one in told.items():
            yield from paths_in(one, (*above, name))
    elif isinstance(told, list):
        for number, one in enumerate(told):
            yield from paths_in(one, (*above, number))


def with_at(told: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The same with another value at one place."""
    if not path:
        return value
    made = copy.copy(told)
    made[path[0]] = with_at(told[path[0]], path[1:], value)
    return made


def of_files(folder: Path) -> Calls:
    """Files that hold the person or the history, whole and broken, read by function and by command."""
    whole = json.dumps(ANSWERS)
    yaml = "".join(f"{name}: {json.dumps(one)}\n" for name, one in ANSWERS.items())
    broken = {
        "cut": whole[: len(whole) // 2],
        "twice": whole[:-1] + ', "passes": ["pas-q9"]}',
        "nan": whole.replace("417.83", "NaN"),
        "array": f"[{whole}]",
        "deep": whole[:-1] + ', "passes": ' + "[" * 3000 + '"pas-q9"' + "]" * 3000 + "}",
        "wrong": json.dumps({**ANSWERS, "age": "63 jaar", "budget": "417.83 euro", "free": ["di 09:13 tot 14:47"]}),
        "alias": yaml + "tweede: &pas-q9 x\nderde: *pas-q9\n",
        "tag": yaml + "vierde: !pas-q9 x\n",
        "tab": yaml + "\tpasses: pas-q9\n",
        "colon": yaml + "  pas-q9: : 417.83: [\n",
        "hidden": yaml + "vijfde: pas-q9\u202e\n",
    }
    for name, text in broken.items():
        path = folder / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        lines = folder / f"{name}.jsonl"
        lines.write_text(text.replace("\n", " ") + "\n", encoding="utf-8")
        yield f"one person, {name}", lambda path=path: wm.load_participant(path)
        yield f"people, {name}", lambda lines=lines: wm.load_people(lines)
        yield f"events, {name}", lambda lines=lines: wm.read_events(lines)
        yield (
            f"command for one, {name}",
            lambda path=path: command("recommend", "--catalogue", "nieuwegein", "--person", path, "--at", AT),
        )
        yield (
            f"command for gaps, {name}",
            lambda lines=lines: command("gaps", "--catalogue", "nieuwegein", "--people", lines, "--at", AT),
        )
        yield (
            f"command for many, {name}",
            lambda lines=lines: command(
                "recommend",
                "--catalogue",
                "nieuwegein",
                "--people",
                lines,
                "--at",
                AT,
                "-o",
                folder / "advice.jsonl",
                "--progress",
            ),
        )
        yield (
            f"person as a catalogue, {name}",
            lambda path=path: command("learn", "--catalogue", "nieuwegein", "--events", path, "-o", folder / "m.json"),
        )
    (folder / "latin.yaml").write_bytes(yaml.encode() + b"naam: pas-q9 \xff\n")
    yield "one person, no UTF-8", lambda: wm.load_participant(folder / "latin.yaml")
    events = "".join(json.dumps(plain(one)) + "\n" for one in history())
    for name, text in {"whole": events, "cut": events[:-90], "bad": events.replace("06:17:43", "06:17:83"),
                       "more": events.replace('"source"', '"pas-q9": 1, "source"'), "kind": events.replace("referred", "praktijk-q1")}.items():  # fmt: skip
        path = folder / f"events-{name}.jsonl"
        path.write_text(text, encoding="utf-8")
        yield f"history, {name}", lambda path=path: wm.read_events(path)
        yield (
            f"command learn, {name}",
            lambda path=path: command("learn", "--catalogue", "nieuwegein", "--events", path, "-o", folder / "m.json"),
        )
        yield (
            f"command evaluate, {name}",
            lambda path=path: command("evaluate", "--catalogue", "nieuwegein", "--events", path, "--progress"),
        )


def command(*told: Any) -> int:
    """A command in this process."""
    return main([str(one) for one in told])


def apart(folder: Path) -> Calls:
    """The same in a process of its own: as a host or a scheduler meets it, with whatever Python itself prints."""
    path = folder / "apart.yaml"
    path.write_text(json.dumps({**ANSWERS, "age": "fout"}), encoding="utf-8")
    told = [
        sys.executable,
        "-X",
        "dev",
        "-m",
        "wor_match",
        "recommend",
        "--catalogue",
        "nieuwegein",
        "--at",
        "2026-11-23",
        "--person",
        str(path),
    ]
    yield "a process of its own", lambda: subprocess.run(told, check=False) and None
