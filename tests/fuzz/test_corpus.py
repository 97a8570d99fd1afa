"""Every input that is kept, through its parser: nothing foreign comes out, and nothing takes a second.

At night each goes through every parser, and thousands of others are made from them. A million with atheris:
`python -m tests.fuzz PARSER --runs 1000000`, as the docstring of `tests.fuzz.__main__` says.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.fuzz.harness import CORPUS, SECONDS, Outcome, corpus, replayed, watched
from tests.fuzz.mutating import in_bytes, mutated
from tests.fuzz.parsers import PARSERS
from tests.fuzz.plain import run

Figure = Callable[[str], None]
MOST_FILES, MOST_BYTES = 220, 320_000
RUNS = 3_000  # of each parser at night
every = pytest.mark.parametrize("name", PARSERS)


@pytest.fixture(scope="module")
def outcomes() -> dict[str, list[Outcome]]:
    """What became of every kept input."""
    return {name: replayed(read, corpus(name)) for name, read in PARSERS.items()}


def test_each_parser_has_inputs_and_each_input_a_parser() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(PARSERS)
    assert all(corpus(name) for name in PARSERS)


def test_the_inputs_are_few_and_small() -> None:
    sizes = [path.stat().st_size for name in PARSERS for path in corpus(name)]
    assert len(sizes) <= MOST_FILES
    assert sum(sizes) <= MOST_BYTES


def test_every_kept_input_is_borne_by_its_parser(outcomes: dict[str, list[Outcome]], figure: Figure) -> None:
    assert [(name, one) for name, found in outcomes.items() for one in found if one.fault] == []
    slowest = max((one.seconds, name) for name, found in outcomes.items() for one in found)
    assert slowest[0] < SECONDS
    kept = sum(map(len, outcomes.values()))
    figure(
        f"fuzz: {kept} kept inputs, {len(outcomes)} parsers, 0 foreign exceptions, slowest {slowest[0]:.3f} s ({slowest[1]})"
    )


def test_each_parser_gives_more_than_one_answer(outcomes: dict[str, list[Outcome]]) -> None:
    """One that refuses everything, or takes everything, would bear any input."""
    for name, read in PARSERS.items():
        answers = {one.answer for one in (*outcomes[name], *(watched(read, odd) for odd in (b"", b"[", b"\xff\0")))}
        assert len(answers) > 1, name
        assert any(told.startswith("read: ") for told in answers), name


def test_the_same_dice_make_the_same_inputs() -> None:
    seeds = [path.read_bytes() for path in corpus("uitdatabank")]
    made = [[make(seeds[0], random.Random(7)) for make in (lambda one, dice: mutated(one, seeds, dice), in_bytes)]
            for _ in range(2)]  # fmt: skip
    assert made[0] == made[1]
    assert seeds[0] not in made[0]


@pytest.mark.nightly
@every
def test_every_input_of_all_is_borne_by_every_parser(name: str) -> None:
    inputs = [path for other in PARSERS for path in corpus(other)]
    assert [one for one in replayed(PARSERS[name], inputs) if one.fault] == []


@pytest.mark.nightly
@every
def test_thousands_of_inputs_made_from_them_are_borne(name: str, figure: Figure) -> None:
    ran = run(PARSERS[name], [path.read_bytes() for path in corpus(name)], RUNS)
    figure(f"fuzz: {name:<16} {ran.runs} runs, {len(ran.faults)} foreign exceptions, slowest {ran.slowest:.3f} s")
    assert ran.faults == {}
