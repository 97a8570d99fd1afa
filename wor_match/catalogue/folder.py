"""A catalogue as a folder with one file per organiser, made by a program: it may be made anew, and says so.

Every file carries a mark. Only files with the mark are ever written over or taken away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from wor_match.catalogue.files import load_catalogue
from wor_match.catalogue.writer import activities_as_yaml, as_yaml
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Catalogue
from wor_match.errors import CatalogueError

MARK = "# Gemaakt door `wor-match import`. Verander hier niets: een volgende invoer maakt dit bestand opnieuw."
MORE = "# Wat u zelf weet, schrijft u in een eigen bestand of map: `wor-match import ... --by-hand eigen/`."
HEAD = "00-aanbod.yaml"  # is read first
MOST_ORGANISERS, MOST_IN_A_FILE = 400, 200
YAML = (".yaml", ".yml")


def last_import(path: Path) -> Catalogue | None:
    """What the last import wrote there; None when there is nothing yet.

    Raises
    ------
    CatalogueError
        When something stands there that no import wrote.
    """
    own = list(own_files(path))
    return load_catalogue(path, strict=False) if own else None


def own_files(path: Path) -> Iterator[Path]:
    """The files that an import wrote at a path: the file itself, or those in the folder."""
    try:
        if not path.exists():
            return
        for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if one.suffix not in YAML and path.is_dir():
                continue
            with one.open(encoding="utf-8", errors="replace") as opened:
                if opened.readline().rstrip("\n") != MARK:
                    raise CatalogueError(f"{one} was not written by an import; choose another place with -o")
            yield one
    except (OSError, ValueError) as fault:
        raise CatalogueError(f"{path} cannot be read: {getattr(fault, 'strerror', None) or 'no such path'}") from None


def write_import(catalogue: Catalogue, path: Path) -> None:
    """Write a catalogue into a folder, or into one file when the path ends in ``.yaml``.

    Raises
    ------
    CatalogueError
        When something stands there that no import wrote, or it cannot be written.
    """
    before = set(own_files(path))
    one_file = path.suffix in YAML
    texts = {path: as_yaml(catalogue)} if one_file else {path / name: text for name, text in files_of(catalogue)}
    try:
        (path.parent if one_file else path).mkdir(parents=True, exist_ok=True)
        for place, text in texts.items():
            place.write_text(f"{MARK}\n{MORE}\n{text}", encoding="utf-8", newline="\n")
        for gone in before - set(texts):
            gone.unlink()
    except (OSError, ValueError) as fault:
        raise CatalogueError(
            f"{path} cannot be written: {getattr(fault, 'strerror', None) or 'no such path'}"
        ) from None


def files_of(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Name and text of each file: the head, then the activities by organiser; of a great many, by number."""
    yield HEAD, as_yaml(catalogue.holding(()))
    for name, activities in parts_of(catalogue):
        yield name, activities_as_yaml(activities, catalogue.school_holidays)


def parts_of(catalogue: Catalogue) -> Iterator[tuple[str, Sequence[Activity]]]:
    """The activities of each file."""
    by_organiser: dict[str, list[Activity]] = {}
    for one in catalogue:
        by_organiser.setdefault(f"aanbieder-{one.organiser}" if one.organiser else "zonder-aanbieder", []).append(one)
    if len(by_organiser) <= MOST_ORGANISERS and all(len(part) <= MOST_IN_A_FILE for part in by_organiser.values()):
        yield from ((f"{name}.yaml", part) for name, part in sorted(by_organiser.items()))
        return
    for start in range(0, len(catalogue), MOST_IN_A_FILE):
        number = start // MOST_IN_A_FILE + 1
        yield f"activiteiten-{number:03d}.yaml", catalogue.activities[start : start + MOST_IN_A_FILE]
