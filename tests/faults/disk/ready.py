"""A program with everything imported, that forks itself for each run: what is looked at comes after starting Python.

python -m tests.faults.disk.ready MODULE: for each line on its input, the arguments and where to put what it says on stderr, it
forks a child that stops at once, tells its number, and when it has ended its exit code. Who traces it lets it go on.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import NoReturn

ALLOW, ANYBODY = 0x59616D61, ctypes.c_ulong(-1)  # prctl: where only a parent may trace, others may too


def run(program: Callable[[list[str]], None], arguments: list[str], said: str) -> NoReturn:
    """The child: stops until it is traced, and never comes back."""
    os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), sys.stderr.fileno())
    ctypes.CDLL(None).prctl(ALLOW, ANYBODY, 0, 0, 0)
    os.kill(os.getpid(), signal.SIGSTOP)
    try:
        program(arguments)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    os._exit(1)  # a program that comes this far said nothing of how it went


def serve(program: Callable[[list[str]], None]) -> None:
    """A child for each line."""
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            run(program, *json.loads(line))
        os.waitpid(child, os.WUNTRACED)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    serve(importlib.import_module(sys.argv[1]).main)
