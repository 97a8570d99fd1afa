"""A real PostgreSQL server for the tests, in a folder of its own: the package `pgserver`, or the system's binaries.

As root the server runs as another user, because PostgreSQL refuses root. Each test has a database of its own.
"""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

NUMBERS = itertools.count()
USERS = ("postgres", "nobody")


class Server:
    """A server that listens on a socket in its own folder, with fsync on."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.binaries, self.folder, self.files = binaries, folder, folder / "files"
        self.user = next((one for one in USERS if known(one)), None) if os.geteuid() == 0 else None
        folder.chmod(0o755)
        if self.user:
            shutil.chown(folder, self.user)
        secret = folder / "secret"
        secret.write_text("geheim")
        secret.chmod(0o644)
        self.run(
            "initdb",
            "-D",
            self.files,
            "-U",
            "keeper",
            "-A",
            "scram-sha-256",
            f"--pwfile={secret}",
            "-E",
            "UTF8",
            "--locale=C",
        )

    def run(self, name: str, *arguments: object, check: bool = True) -> subprocess.CompletedProcess[str]:
        """One of PostgreSQL's own programs, never as root."""
        command = [str(self.binaries / name), *map(str, arguments)]
        as_user = (
            ["setpriv", f"--reuid={self.user}", "--regid", str(pwd.getpwnam(self.user).pw_gid), "--clear-groups"]
            if self.user
            else []
        )
        told = {**os.environ, "PGPASSWORD": "geheim", "LC_ALL": "C"}
        done = subprocess.run(
            [*as_user, *command], capture_output=True, text=True, check=False, env=told, cwd="/", timeout=120
        )
        if check and done.returncode:
            raise OSError(f"{name}: {done.stdout}{done.stderr}")
        return done

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=on -c max_connections=60"
        self.run("pg_ctl", "-D", self.files, "-l", self.folder / "log", "-o", options, "-w", "-t", "60", "start")

    def stop(self, how: str = "fast") -> None:
        self.run("pg_ctl", "-D", self.files, "-m", how, "-w", "stop", check=False)

    def kill(self) -> None:
        """End every process of this server at once, as a machine that dies would; what it locked is let go."""
        first = int((self.files / "postmaster.pid").read_text().split("\n")[0])
        os.kill(first, signal.SIGSTOP)  # else it starts one more process while they are counted, and that one stays
        going = [first, *children_of(first)]
        for number in going:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        until = time.monotonic() + 30
        while any(map(alive, going)) and time.monotonic() < until:
            time.sleep(0.005)
        for lock in (self.files / "postmaster.pid", *self.folder.glob(".s.PGSQL.*.lock")):
            lock.unlink(missing_ok=True)  # where nobody collects dead processes, it seems to be of one that lives

    def sql(self, sentence: str, database: str = "postgres") -> str:
        return self.run("psql", "-h", self.folder, "-U", "keeper", "-d", database, "-Atc", sentence).stdout

    def address(self, database: str, password: str = "geheim") -> str:  # noqa: S107 — of a server that lives for a test
        return f"postgresql://keeper:{password}@/{database}?host={self.folder}"

    def new(self, encoding: str = "UTF8") -> str:
        """The address of a new empty database."""
        name = f"proef{next(NUMBERS)}"
        self.sql(f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0")
        return self.address(name)


def known(user: str) -> bool:
    try:
        return bool(pwd.getpwnam(user))
    except KeyError:
        return False


def state_of(number: int) -> list[str]:
    """Of a process what Linux tells of it, from its state on; empty when it is gone."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def children_of(parent: int) -> list[int]:
    """The processes that a process started."""
    numbers = [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]
    return [number for number in numbers if state_of(number)[1:2] == [str(parent)]]


def alive(number: int) -> bool:
    return state_of(number)[:1] not in ([], ["Z"])


def candidates(folder: Path) -> Iterator[Path]:
    """Where PostgreSQL's programs may be; those of the package are copied to where another user may read them."""
    if packaged := importlib.util.find_spec("pgserver"):
        package = Path(str(packaged.origin)).parent
        if os.geteuid() == 0:
            for name in ("pgserver", "pgserver.libs"):
                shutil.copytree(package.parent / name, folder / name, symlinks=True)
            package = folder / "pgserver"
        yield package / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def started(folder: Path) -> Server | str:
    """A server that runs, or why there is none."""
    why = ["no PostgreSQL here: install the package pgserver, or Debian's postgresql"]
    folder.chmod(0o755)
    for number, binaries in enumerate(candidates(folder)):
        place = folder / f"server{number}"
        place.mkdir()
        try:
            server = Server(binaries, place)
            server.start()
        except (OSError, subprocess.SubprocessError) as fault:
            why.append(str(fault)[:300].replace("\n", " "))
            continue
        return server
    return "; ".join(why)
