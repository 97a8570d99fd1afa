"""A power cut, replayed from a trace: what is on the disk when the power goes after any call.

What a file holds is sure after its own fsync; until then each write to it may be lost, there, or there in part. Names
(made, put in place, thrown away) and lengths reach the disk in their order, but as late as the next fsync of anything in
the folder; until then the last of them may be lost. That is what file systems promise, and no more (Pillai, OSDI 2014).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tests.faults.disk.traced import Call, bytes_in, unescaped

SECTOR = 512  # bytes that reach a disk together


@dataclass
class Disk:
    """A folder as it is on the disk, and what is under way.

    Attributes
    ----------
    names : dict
        Name → number of a file.
    files : dict
        Number → bytes that are sure.
    writes : dict
        Number → writes that are not: where they begin, and what.
    orders : list
        Changes of names and lengths that are not sure, in their order.
    """

    names: dict[str, int] = field(default_factory=dict)
    files: dict[int, bytes] = field(default_factory=dict)
    writes: dict[int, list[tuple[int, bytes]]] = field(default_factory=dict)
    orders: list[tuple[str, str, int]] = field(default_factory=list)


def cuts(
    folder: Path, before: dict[str, bytes], calls: Sequence[Call], n: int, seed: int
) -> Iterator[tuple[dict[str, bytes], set[str]]]:
    """What may be in the folder after a cut, and which marks were passed by then: n states, spread over the calls."""
    dice = np.random.RandomState(seed)
    for number in range(n):
        upto = number % (len(calls) + 1)
        disk, passed = replayed(folder, before, calls[:upto])
        yield after_cut(disk, dice), passed


def replayed(folder: Path, before: dict[str, bytes], calls: Sequence[Call]) -> tuple[Disk, set[str]]:
    """The disk after these calls, and the marks among them."""
    disk = Disk({name: number for number, name in enumerate(before)}, dict(enumerate(before.values())))
    running, passed = Running(folder, disk, dict(disk.names)), set[str]()
    for call in calls:
        if call.name == "access":
            passed.add(call.mark)
        elif call.gave >= 0:
            running.carry_out(call)
    return disk, passed


@dataclass
class Running:
    """A program at work in a folder, as it sees it.

    Attributes
    ----------
    live : dict
        Name → number of a file, sure or not.
    opened : dict
        Descriptor → number of a file and place in it; None for the folder.
    """

    folder: Path
    disk: Disk
    live: dict[str, int]
    opened: dict[int, tuple[int, int] | None] = field(default_factory=dict)

    def carry_out(self, call: Call) -> None:
        """One call, done to the disk; what is not about the folder is passed over."""
        if call.name == "openat":
            self.open(Path(unescaped(call.told)), call)
        elif call.name in ("rename", "unlink"):
            self.move([Path(text.decode()) for text in texts_in(call.told)])
        elif (numbers := numbers_in(call.told)) and numbers[0] in self.opened:
            self.through(call, numbers)

    def open(self, path: Path, call: Call) -> None:
        """Open the folder, or a file in it that may be new."""
        if path == self.folder:
            self.opened[call.gave] = None
        elif path.parent == self.folder:
            if path.name not in self.live:
                number = self.live[path.name] = len(self.disk.files)
                self.disk.files[number] = b""
                self.disk.orders.append(("made", path.name, number))
            if "O_TRUNC" in call.told:
                self.disk.orders.append(("length", "0", self.live[path.name]))
            self.opened[call.gave] = (self.live[path.name], 0)

    def move(self, paths: list[Path]) -> None:
        """Throw a file away, or give it another name."""
        if paths[0].parent == self.folder:
            number = self.live.pop(paths[0].name)
            self.disk.orders.append(("gone", paths[0].name, number))
            if len(paths) > 1:
                self.live[paths[1].name] = number
                self.disk.orders[-1] = (f"renamed {paths[0].name}", paths[1].name, number)

    def through(self, call: Call, numbers: list[int]) -> None:
        """Write to an opened file, cut it, make it sure, or close it."""
        at = self.opened[numbers[0]]
        if call.name == "close":
            del self.opened[numbers[0]]
        elif call.name in ("fsync", "fdatasync"):
            made_sure(self.disk, at)
        elif at is not None and call.name == "ftruncate":
            self.disk.orders.append(("length", str(numbers[-1]), at[0]))
        elif at is not None:
            begin = numbers[-1] if call.name == "pwrite64" else at[1]
            self.disk.writes.setdefault(at[0], []).append((begin, bytes_in(call.told)[: call.gave]))
            self.opened[numbers[0]] = (at[0], begin + call.gave)


def numbers_in(told: str) -> list[int]:
    """The numbers among the arguments of a call."""
    return [int(number) for number in re.findall(r"(?<!\w)\d+(?!\w)", re.sub(r'"[^"]*"', "", told))]


def texts_in(told: str) -> list[bytes]:
    """The texts among the arguments of a call."""
    return [bytes.fromhex(one.replace("\\x", "")) for one in re.findall(r'"((?:\\x[0-9a-f]{2})+)"', told)]


def made_sure(disk: Disk, at: tuple[int, int] | None) -> None:
    """An fsync: of a file its writes, and with it or with the folder every change of names and lengths before it."""
    orders, disk.orders = disk.orders, []
    for order in orders:
        obeyed(disk, order)
    if at is not None:
        for write in disk.writes.pop(at[0], []):
            disk.files[at[0]] = written(disk.files[at[0]], *write)


def obeyed(disk: Disk, order: tuple[str, str, int]) -> None:
    """A change of names or of a length, on the disk."""
    what, told, number = order
    if what == "length":
        disk.files[number] = disk.files[number][: int(told)].ljust(int(told), b"\0")
    elif what == "gone":
        disk.names.pop(told, None)
    else:
        if what.startswith("renamed "):
            disk.names.pop(what.removeprefix("renamed "), None)
        disk.names[told] = number


def written(content: bytes, begin: int, data: bytes) -> bytes:
    """A file with a write in it."""
    return content[:begin].ljust(begin, b"\0") + data + content[begin + len(data) :]


def after_cut(disk: Disk, dice: np.random.RandomState) -> dict[str, bytes]:
    """What is there when the power is back: some of the changes, and of each write nothing, all or some sectors."""
    left = Disk(dict(disk.names), dict(disk.files))
    for order in disk.orders[: dice.randint(len(disk.orders) + 1)]:
        obeyed(left, order)
    for number, writes in disk.writes.items():
        for begin, data in writes:
            kept = dice.randint(3)
            for at in range(0, len(data), SECTOR):
                if kept == 2 or (kept == 1 and dice.randint(2)):
                    left.files[number] = written(left.files[number], begin + at, data[at : at + SECTOR])
    return {name: left.files[number] for name, number in left.names.items()}
