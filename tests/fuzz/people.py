"""The doors of people and of hosts: participants, tables of them, own words, settings, the command line."""

from __future__ import annotations

import argparse
import contextlib
import io
from functools import cache
from typing import Any

from tests.fuzz.harness import Read
from tests.fuzz.offer import of_json, on_desk, text_of, value_of
from wor_match.batch.advising import person_in, refuse_columns
from wor_match.batch.cells import held
from wor_match.batch.files import kind_of
from wor_match.batch.shards import Shard
from wor_match.batch.streams import readable, refuse_unreadable
from wor_match.catalogue.participants import load_participant, load_people
from wor_match.cli import parser
from wor_match.domain.change import with_answers
from wor_match.domain.limits import Limits
from wor_match.domain.participant import Participant
from wor_match.errors import WorMatchError
from wor_match.evaluation.judging.judged import read_judged
from wor_match.interop.tables import Table
from wor_match.settings import Settings
from wor_match.wording.own import load_words
from wor_match.wording.vocabulary import vocabulary
from wor_match.wording.words import words


def person_in_file(name: str) -> Read:
    """A participant in a file; what is read is what a host program could have told."""

    def read(found: bytes) -> None:
        same(load_participant(on_desk(name, found)))

    return read


def same(person: Participant) -> None:
    """What was read can be told again."""
    told = person.model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert Participant.model_validate(told) == person, "told again it is somebody else"


def person(found: bytes) -> None:
    """A participant as a host program tells it."""
    same(of_json(Participant, found))


def people(found: bytes) -> None:
    """Participants on lines."""
    for one in load_people(on_desk("people.jsonl", found)):
        same(one)


def rows(found: bytes) -> object:
    """Rows of a table, each a person or why there is none."""
    told = value_of(found)
    table = Table.of(told if isinstance(told, list) else [told])
    answers = {kinds_of(person_in(held(row))) for block in table.blocks(8) for row in block}
    if isinstance(told, list) and told:
        refuse_columns([*dict.fromkeys(name for line in told for name in line)])
    return sorted(answers)


def kinds_of(answer: Participant | dict[str, Any]) -> str:
    """What somebody's row came to, without what was told: a person, or the kinds of faults."""
    if isinstance(answer, Participant):
        return "a person"
    return " ".join(sorted({part.strip().split(" ")[0] for part in str(answer["problem"]).split(";")}))


def file_of_people(name: str) -> Read:
    """A file of people, block by block, as the batch reads it."""

    def read(found: bytes) -> object:
        path = on_desk(name, found)
        answers = set()
        kind = kind_of(path)
        kind.ours(path)
        refuse_unreadable(path, kind)
        if kind.count:
            kind.count(path)
        for block in readable(kind.blocks(path, 16), path):
            answers |= {kinds_of(person_in(row)) for row in kind.unpacked(block, Shard())}
        return sorted(answers)

    return read


def answers(found: bytes) -> None:
    """Other answers for somebody."""
    same(with_answers(Participant(id="p1", travel={"max_minutes": 20}), value_of(found)))


def judged(found: bytes) -> None:
    """What coaches judged."""
    read_judged(on_desk("judged.yaml", found))


@cache
def command() -> argparse.ArgumentParser:
    """The command line."""
    return parser()


def arguments(found: bytes) -> object:
    """What stands behind the command, an argument on a line; argparse itself ends what it refuses with 2."""
    with contextlib.redirect_stderr(io.StringIO()) as told, contextlib.redirect_stdout(io.StringIO()):
        try:
            command().parse_args(text_of(found).split("\n"))
        except SystemExit as end:
            code = end.code
        else:
            code = 0
    assert code in (0, 2)
    return told.getvalue().rpartition("error: ")[2].partition(":")[0]


def names(found: bytes) -> object:
    """The name of a language, a level, a share; which of them it is."""
    known = []
    for read in (words, vocabulary, words("nl").at, Shard.read):
        with contextlib.suppress(WorMatchError):
            known.append(type(read(text_of(found))).__name__)
    return known


def settings(found: bytes) -> None:
    """Settings and limits as a host program tells them."""
    with contextlib.suppress(WorMatchError):
        of_json(Limits, found)
    one = of_json(Settings, found)
    assert Settings.model_validate(one.model_dump(mode="json", exclude_unset=True)) == one


PEOPLE: dict[str, Read] = {
    "participant": person,
    "participant-file": person_in_file("person.yaml"),
    "people-lines": people,
    "people-rows": rows,
    "people-batch": file_of_people("people.jsonl"),
    "people-parquet": file_of_people("people.parquet"),
    "answers": answers,
    "judged": judged,
    "own-words": lambda found: load_words(on_desk("words.yaml", found)),
    "arguments": arguments,
    "names": names,
    "settings": settings,
}
