"""A file of people in, a file of advice out: the same as in one go, for any block, worker, share or kind of file."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import joblib
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from tests.batch.test_advising import OURS, TOLD
from tests.town import AT
from wor_match.batch import files, recommend_file, streams
from wor_match.batch import parquet as parquet_file
from wor_match.batch.progress import Streamed
from wor_match.batch.shards import Shard
from wor_match.cli import main
from wor_match.rows import ADVICE_COLUMNS

MANY: list[dict[str, Any]] = [{**one, "id": f"{one['id']}-{number}"} for number in range(8) for one in TOLD]
WHOLE = OURS.recommend_frame(MANY, at=AT, n=2)
COLUMNS = ("likes", "age", "access", "focus", "free", "budget")
FLAT = [{"id": one["id"], **{name: one.get(name) for name in COLUMNS}} for one in MANY]


def lines(path: Path, people: Any) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in people), encoding="utf-8")
    return path


def parquet(path: Path, people: list[dict[str, Any]]) -> Path:
    pq.write_table(pa.Table.from_pylist(people), path)
    return path


def rows_in(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".parquet":
        found: list[dict[str, Any]] = pq.read_table(path).to_pylist()
        return found
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_files_of_each_kind_hold_what_a_frame_holds_to_the_last_bit(tmp_path: Path) -> None:
    people = {".jsonl": lines(tmp_path / "in.jsonl", FLAT), ".parquet": parquet(tmp_path / "in.parquet", FLAT)}
    plain = OURS.recommend_frame(
        [{name: cell for name, cell in one.items() if cell is not None} for one in FLAT], at=AT
    )
    for source in people.values():
        for kind in people:
            done = recommend_file(OURS, source, tmp_path / f"out{kind}", at=AT)
            assert done == Streamed(len(FLAT), len(plain), 0)
            assert rows_in(tmp_path / f"out{kind}") == plain
    assert pq.read_schema(tmp_path / "out.parquet").names == list(ADVICE_COLUMNS)


@pytest.mark.parametrize("kind", [".jsonl", ".parquet"])
def test_blocks_and_workers_change_no_byte(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = (lines if kind == ".jsonl" else parquet)(tmp_path / f"in{kind}", FLAT)
    monkeypatch.setattr(parquet_file, "MOST_ROWS", 7)
    monkeypatch.setattr(streams, "BLOCKS_AHEAD", 2)
    outputs = []
    for number, told in enumerate([{"block": 1}, {"block": 3}, {"block": 1024}, {"block": 4, "n_jobs": 2}]):
        recommend_file(OURS, source, tmp_path / f"{number}{kind}", at=AT, **told)
        outputs.append((tmp_path / f"{number}{kind}").read_bytes())
    with joblib.parallel_config(backend="threading", n_jobs=2):
        recommend_file(OURS, source, tmp_path / f"threads{kind}", at=AT, block=4)
    assert {*outputs, (tmp_path / f"threads{kind}").read_bytes()} == {outputs[0]}
    if kind == ".parquet":
        groups = pq.ParquetFile(tmp_path / "0.parquet").metadata
        assert [groups.row_group(number).num_rows for number in range(groups.num_row_groups)][:-1] == [7] * (
            groups.num_row_groups - 1
        )


@given(st.text(), st.integers(1, 40))
def test_everybody_is_in_exactly_one_shard(person: str, of: int) -> None:
    assert sum(Shard(number, of).has(person) for number in range(1, of + 1)) == 1
    assert [Shard(number, of).has(None) for number in range(1, of + 1)] == [True] + [False] * (of - 1)


def test_a_shard_is_as_large_as_its_share_and_the_same_on_every_machine() -> None:
    sizes = [sum(Shard(number, 4).has(f"p{one}") for one in range(4000)) for number in range(1, 5)]
    assert all(900 < size < 1100 for size in sizes)
    assert Shard(int("f64551fcd6f07823", 16) % 16 + 1, 16).has("p1"), "the first eight bytes of its SHA-256"


@pytest.mark.parametrize("kind", [".jsonl", ".parquet"])
def test_all_shards_together_are_the_whole_in_any_order(kind: str, tmp_path: Path) -> None:
    bad: list[dict[str, Any]] = [{"id": "p9", "age": 300}, {"age": 40}]
    people = [*FLAT, *bad]
    write = lines if kind == ".jsonl" else parquet
    recommend_file(OURS, write(tmp_path / f"in{kind}", people), tmp_path / f"whole{kind}", at=AT)
    random.Random(3).shuffle(people)
    source = write(tmp_path / f"shuffled{kind}", people)
    shared = []
    for number in (1, 2, 3):
        recommend_file(OURS, source, tmp_path / f"{number}{kind}", at=AT, shard=Shard(number, 3), block=3)
        shared.append(rows_in(tmp_path / f"{number}{kind}"))
    assert all(shared)
    whole = rows_in(tmp_path / f"whole{kind}")
    assert sorted(str(row) for share in shared for row in share) == sorted(map(str, whole))
    people_of = [{row["person"] for row in share} for share in shared]
    assert not people_of[0] & people_of[1] | people_of[1] & people_of[2] | people_of[0] & people_of[2]


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())], ids=str
)
def test_a_share_of_a_file_is_found_however_its_texts_are_kept(kind: Any, tmp_path: Path) -> None:
    ids = [f"p{number}" for number in range(9)]
    table = pa.table({"id": pa.array(ids).cast(kind), "body_level": pa.array(["light"] * 9).cast(kind), "likes": [["zingen"]] * 9})  # fmt: skip
    pq.write_table(table, tmp_path / "in.parquet")
    assert pq.read_table(tmp_path / "in.parquet").schema == table.schema
    shared = []
    for number in (1, 2):
        recommend_file(OURS, tmp_path / "in.parquet", tmp_path / "out.jsonl", at=AT, n=1, shard=Shard(number, 2))
        shared.append(rows_in(tmp_path / "out.jsonl"))
    assert [[row["person"] for row in share] for share in shared] == [
        [one for one in ids if Shard(number, 2).has(one)] for number in (1, 2)
    ]
    whole = OURS.recommend_frame(table.to_pylist(), at=AT, n=1)
    assert sorted(map(str, shared[0] + shared[1])) == sorted(map(str, whole))


def test_a_line_that_cannot_be_read_is_a_problem_at_its_number_and_ends_nothing(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    long = b'{"id": "lang", "likes": ["' + b"kanarie7391" * 40_000 + b'"]}'
    told = [
        b'\xef\xbb\xbf{"id": "p1"}', b"", b"[1]", b'{"id": "p2", "id": "kanarie7391"}', b'{"id": "kanarie7391\xff"}', long,
        b'{"id": "p3", "age": NaN}', b'{"id": "p4", "naam": "kanarie7391"}', b"[" * 3000, b'{"id": "p5"}\r',
    ]  # fmt: skip
    source.write_bytes(b"\n".join(told))
    for block in (1, 4, 100):
        done = recommend_file(OURS, source, tmp_path / "out.jsonl", at=AT, n=1, block=block)
        assert (done.people, done.problems) == (9, 7)
        rows = rows_in(tmp_path / "out.jsonl")
        assert [row["person"] for row in rows] == ["p1", None, None, None, None, None, "p4", None, "p5"]
        said = [row["problem"] for row in rows]
        why = ("no JSON object", "twice", "no UTF-8", "longer than", "no JSON object")
        for one, line, reason in zip(said[1:6], (3, 4, 5, 6, 7), why, strict=True):
            assert one.startswith(f"line {line}: ")
            assert reason in one
        assert "kanarie" not in str(rows)


def test_a_cell_that_python_cannot_hold_costs_only_its_row(tmp_path: Path) -> None:
    spoilt = pa.Array.from_buffers(
        pa.string(), 3, [None, pa.py_buffer(bytes([0, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 6, 0, 0, 0])), pa.py_buffer(b"p1\xff\xffp3")]
    )  # fmt: skip
    pq.write_table(pa.table({"id": spoilt, "age": [40, 41, 42]}), tmp_path / "in.parquet")
    done = recommend_file(OURS, tmp_path / "in.parquet", tmp_path / "out.jsonl", at=AT, n=1)
    assert (done.people, done.problems) == (3, 1)
    rows = rows_in(tmp_path / "out.jsonl")
    assert [row["person"] for row in rows] == ["p1", None, "p3"]
    assert rows[1]["problem"].startswith("unreadable id: this cannot be read; text must be UTF-8")


def damaged(path: Path) -> Path:
    """A parquet file that begins well and is spoilt in the middle."""
    people = [{"id": f"p{number}-{random.Random(number).random()}"} for number in range(3000)]
    pq.write_table(pa.Table.from_pylist(people), path, row_group_size=300, compression="gzip")
    whole = bytearray(path.read_bytes())
    middle = len(whole) // 2
    whole[middle : middle + 2000] = b"\0" * 2000
    path.write_bytes(whole)
    return path


@pytest.mark.parametrize("backend", ["sequential", "threading", "loky"])
def test_a_file_that_breaks_off_halfway_leaves_no_output_and_ends(backend: str, tmp_path: Path) -> None:
    source = damaged(tmp_path / "in.parquet")
    (tmp_path / "out.jsonl").write_text("")
    with (
        joblib.parallel_config(backend=backend, n_jobs=2),
        pytest.raises(wm.WorMatchError, match=r"in\.parquet cannot be read: it is damaged"),
    ):
        recommend_file(OURS, source, tmp_path / "out.jsonl", at=AT, n=1, block=100)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet", "out.jsonl"]
    assert (tmp_path / "out.jsonl").read_text() == ""


def test_what_goes_wrong_in_the_middle_leaves_what_stood_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, output = lines(tmp_path / "in.jsonl", TOLD), tmp_path / "out.jsonl"
    recommend_file(OURS, source, output, at=AT)
    before = output.read_bytes()

    def full(opened: Any, packed: Any) -> None:
        opened.write(next(iter(packed)))
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(files.KINDS, ".jsonl", replace(files.LINES, write=full))
    with pytest.raises(wm.WorMatchError, match="cannot be written: No space left"):
        recommend_file(OURS, source, output, at=AT, n=1)
    assert output.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]
    assert output.stat().st_mode & 0o077 == 0


def test_a_worker_that_is_ended_from_outside_is_an_error_that_says_so(tmp_path: Path) -> None:
    here = os.getpid()
    rule = replace(OURS.constraints[0], allows=lambda columns, asked: os.kill(os.getpid(), 9) if os.getpid() != here else [])  # fmt: skip
    matcher = wm.Matcher(OURS.catalogue, constraints=(rule, *OURS.constraints[1:]))
    source = lines(tmp_path / "in.jsonl", TOLD)
    for run in (
        lambda: matcher.recommend_frame(TOLD, at=AT, n_jobs=2),
        lambda: recommend_file(matcher, source, tmp_path / "out.jsonl", at=AT, n_jobs=2),
    ):
        with pytest.raises(wm.WorMatchError, match="a worker was ended from outside"):
            run()
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


SOMEBODY: Callable[[Path], Path] = lambda path: lines(path / "in.jsonl", TOLD[:1])  # noqa: E731 — reads as a word


@pytest.mark.parametrize(
    ("source", "output", "told", "why"),
    [
        ("in.csv", "out.jsonl", {}, r"no table by its name; names may end with: \.parquet, \.jsonl, \.ndjson"),
        ("in.jsonl", "out", {}, "no table by its name"),
        ("in.jsonl", "o\0ut.jsonl", {}, "no table by its name"),
        ("none.jsonl", "out.jsonl", {}, "is not there"),
        (".", "out.jsonl", {}, "no table by its name"),
        ("text.parquet", "out.jsonl", {}, "cannot be read: it is damaged, or another kind"),
        ("name.parquet", "out.jsonl", {}, "no answers: naam"),
        ("twice.parquet", "out.jsonl", {}, "has a column twice: id"),
        ("in.jsonl", "in.jsonl", {}, "the file of people itself"),
        ("in.jsonl", "mine.jsonl", {}, "holds no advice"),
        ("in.jsonl", "text.parquet", {}, "holds no advice"),
        ("in.jsonl", "folder.jsonl", {}, "holds no advice"),
        ("in.jsonl", "none/out.jsonl", {}, "cannot be written: No such file"),
        ("in.jsonl", f"{'x' * 300}.jsonl", {}, "cannot be written: File name too long"),
        (f"{'x' * 300}.jsonl", "out.jsonl", {}, "cannot be read: File name too long"),
        ("in.jsonl", "out.jsonl", {"n": 0}, "whole number from 1"),
        ("in.jsonl", "out.jsonl", {"block": 0}, "whole number from 1"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    source: str, output: str, told: dict[str, Any], why: str, tmp_path: Path
) -> None:
    SOMEBODY(tmp_path)
    lines(tmp_path / "mine.jsonl", [{"recept": "appeltaart"}])
    lines(tmp_path / "text.parquet", TOLD)
    parquet(tmp_path / "name.parquet", [{"id": "p1", "naam": "x"}])
    pq.write_table(pa.table([pa.array(["p1"]), pa.array(["p1"])], names=["id", "id"]), tmp_path / "twice.parquet")
    (tmp_path / "folder.jsonl").mkdir()
    before = sorted((path.name, path.is_file() and path.read_bytes()) for path in tmp_path.iterdir())
    with pytest.raises(wm.WorMatchError, match=why):
        recommend_file(OURS, tmp_path / source, tmp_path / output, at=AT, **told)
    assert sorted((path.name, path.is_file() and path.read_bytes()) for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "told", ["0/16", "17/16", "3", "3/", "-1/4", "1/0", "1/10001", "a/b", "3/16/2", "٣/16", "1/999999"]
)
def test_a_shard_that_is_not_there_is_refused(told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(wm.WorMatchError):
        Shard.read(told)
    with pytest.raises(SystemExit) as ended:
        main(["recommend", "--catalogue", "nieuwegein", "--at", "2026-11-23", "--people", "x.jsonl", f"--shard={told}"])
    assert ended.value.code == 2
    assert "shard" in capsys.readouterr().err


def test_json_lines_need_no_library_and_parquet_says_which(tmp_path: Path) -> None:
    lines(tmp_path / "in.jsonl", TOLD)
    code = (
        "import os, sys; sys.modules['pyarrow'] = None\n"
        "from wor_match.cli import main\n"
        "os.chdir(sys.argv[1])\n"
        "asked = ['recommend', '--catalogue', 'nieuwegein', '--at', '2026-11-23', '--people', 'in.jsonl', '-o']\n"
        "print(main([*asked, 'out.jsonl']), main([*asked, 'out.parquet']))"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 2"
    assert "pip install 'wor_match[arrow]'" in done.stderr
    assert rows_in(tmp_path / "out.jsonl") == OURS.recommend_frame(TOLD, at=AT)


def command(*more: str) -> int:
    return main(["recommend", "--catalogue", "nieuwegein", "--at", "2026-11-23", *more])


def test_the_command_writes_the_shares_of_a_file_and_says_how_many(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, output = str(lines(tmp_path / "in.jsonl", MANY)), str(tmp_path / "out.jsonl")
    assert command("--people", source, "-o", output, "-n", "2", "--progress") == 0
    told = capsys.readouterr()
    assert told.out == f"{len(MANY)} people, {len(WHOLE)} rows of advice in {output}\n"
    assert told.err == f"{len(MANY)} people advised\n"
    assert rows_in(tmp_path / "out.jsonl") == WHOLE
    together = []
    for number in (1, 2):
        share = tmp_path / f"{number}.parquet"
        assert command("--people", source, "-o", str(share), "-n", "2", "--shard", f"{number}/2", "--n-jobs", "2") == 0
        together += rows_in(share)
    assert sorted(map(str, together)) == sorted(map(str, WHOLE))


def test_how_many_there_are_is_told_where_the_file_tells_it_and_everybody_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flat = [{"id": f"p{number}"} for number in range(5)]
    mine = sum(Shard(1, 2).has(one["id"]) for one in flat)
    asked: list[tuple[Path, dict[str, Any], list[str]]] = [
        (parquet(tmp_path / "in.parquet", flat), {"block": 3}, ["3 of 5 people advised", "5 of 5 people advised"]),
        (parquet(tmp_path / "in.parquet", flat), {"shard": Shard(1, 1)}, ["5 of 5 people advised"]),
        (parquet(tmp_path / "in.parquet", flat), {"shard": Shard(1, 2)}, [f"{mine} people advised"]),
        (lines(tmp_path / "in.jsonl", flat), {"block": 3}, ["3 people advised", "5 people advised"]),
    ]
    for source, told, said in asked:
        recommend_file(OURS, source, tmp_path / "out.jsonl", at=AT, n=1, progress=True, **told)
        assert capsys.readouterr().err.splitlines() == said


def test_the_command_ends_with_1_when_somebody_could_not_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = lines(tmp_path / "in.jsonl", [*TOLD, {"id": "p9", "age": "kanarie7391"}])
    assert command("--people", str(source), "-o", str(tmp_path / "out.jsonl")) == 1
    told = capsys.readouterr().out
    assert "1 person could not be read; the column `problem` says why" in told
    assert "kanarie" not in told


def test_the_command_speaks_of_one_person_and_one_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = str(tmp_path / "out.jsonl")
    assert command("--people", str(lines(tmp_path / "in.jsonl", TOLD[:1])), "-o", output, "-n", "1") == 0
    assert capsys.readouterr().out == f"1 person, 1 row of advice in {output}\n"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (["--people", "in.jsonl"], "needs a file for the advice"),
        (["--people", "in.jsonl", "-o", "o.jsonl", "--card", "coach"], "--card goes with --person only"),
        (["--people", "in.jsonl", "-o", "o.jsonl", "--read-aloud"], "--read-aloud goes with --person only"),
        (["--person", "p.yaml", "--shard", "1/2"], "--shard goes with --people only"),
        (["--person", "p.yaml", "--n-jobs", "2"], "--n-jobs goes with --people only"),
    ],
)
def test_what_does_not_go_together_is_refused(more: list[str], why: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(*more) == 2
    assert why in capsys.readouterr().err
