"""The command `wor-match`: advice, the offer and its upkeep, learning, from the shell.

Ends with 0 when all went well, 1 when there is something to look at, 2 when the input cannot be read.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import warnings
from collections.abc import Sequence

from wor_match import __version__
from wor_match.commands import advise, evaluate, learn, offer, pathway
from wor_match.errors import WorMatchError, coded, tell, why


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is returned."""
    told = parser().parse_args(arguments)
    warnings.showwarning = lambda message, *_, **__: tell(f"warning: {message}")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    try:
        status = int(told.run(told))
        sys.stdout.flush()
        return status
    except WorMatchError as fault:
        for line in str(fault).split("\n"):
            tell(line)
        return 2
    except BrokenPipeError:  # the reader of a pipe, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as fault:
        said = f"the output cannot be written: {why(fault)}; look at the disk, or choose another place"
        tell(coded(said, "cannot-write"))
        return 2


def parser() -> argparse.ArgumentParser:
    """The commands and what they take."""
    root = argparse.ArgumentParser(
        prog="wor-match", description="Match participants of Welzijn op Recept with local activities, and say why."
    )
    root.add_argument("--version", action="version", version=f"wor_match {__version__}")
    commands = root.add_subparsers(required=True, metavar="command")

    for family in (advise, offer, learn, evaluate, pathway):
        family.add_to(commands)
    return root
