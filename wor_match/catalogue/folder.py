"""A catalogue as a folder with one file per organiser, made by a program: it may be made anew, and says so.

Every file carries a mark; only files with the mark are ever written over or taken away. What each feed said stands
beside them as it came, so that a next import of one feed leaves the others as they were. Writing is all or nothing:
what was cut off half way is finished the next time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from wor_match.catalogue.files import load_catalogue, read_files
from wor_match.catalogue.importers import Imported
from wor_match.catalogue.writer import activities_as_yaml, as_yaml
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Catalogue
from wor_match.errors import CatalogueError, why

MARK = "# Gemaakt door `wor-match import`. Verander hier niets: een volgende invoer maakt dit bestand opnieuw."
MORE = "# Wat u zelf weet, schrijft u in een eigen bestand of map: `wor-match import ... --by-hand eigen/`."
HEAD = "00-aanbod.yaml"  # is read first
LAYERS, LAYER = ".feeds", ".layer"  # what each feed said, as it came; no file of the catalogue
REDO, NEW = ".import-redo", ".new"
MOST_ORGANISERS, MOST_BYTES = 400, 4_000_000  # a reader takes 500 files of 5 MB
YAML = (".yaml", ".yml")


def last_import(path: Path) -> Catalogue | None:
    """What the last import wrote there; None when there is nothing yet.

    Raises
    ------
    CatalogueError
        When something stands there that no import wrote, or that cannot be read any more.
    """
    finish(path)
    return load_catalogue(path) if list(own_files(path)) else None


def stored_layers(path: Path) -> dict[str, Imported]:
    """What each feed said at its last import, by format."""
    found: dict[str, list[Path]] = {}
    for one in sorted((path / LAYERS).glob(f"*{LAYER}")):
        found.setdefault(one.stem.rpartition("-")[0], []).append(one)
    return {form: layer_in(files) for form, files in found.items()}


def layer_in(files: Sequence[Path]) -> Imported:
    """One layer from its files."""
    read = read_files(files)
    if read.catalogue is None or read.problems:
        raise CatalogueError(f"{files[0]} cannot be read; import its feed anew into another place", read.problems)
    return Imported(read.catalogue.activities, (), read.catalogue.organisers)


def own_files(path: Path) -> Iterator[Path]:
    """The files of the catalogue that an import wrote at a path: the file itself, or those in the folder."""
    try:
        if not path.exists():
            return
        for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if one.suffix not in YAML and path.is_dir():
                continue
            with one.open(encoding="utf-8", errors="replace") as opened:
                if opened.readline().rstrip("\n") != MARK:
                    raise CatalogueError(
                        f"{one} was not written by an import; choose another place with -o", code="would-overwrite"
                    )
            yield one
    except (OSError, ValueError) as fault:
        raise CatalogueError(f"{path} cannot be read: {why(fault)}", code="no-file") from None


def write_import(catalogue: Catalogue, path: Path, layers: Mapping[str, Imported]) -> None:
    """Write a catalogue into a folder with the layers beside it, or into one file when the path ends in ``.yaml``.

    Raises
    ------
    CatalogueError
        When something stands there that no import wrote, it is too large for one file, or it cannot be written.
    """
    before = set(own_files(path))
    one_file = path.suffix in YAML
    texts = {path: as_yaml(catalogue)} if one_file else {path / name: text for name, text in files_of(catalogue)}
    if one_file and len(texts[path].encode()) > MOST_BYTES:
        raise CatalogueError(f"{path} would be too large for one file; give the name of a folder", code="too-large")
    if not one_file:
        texts |= {path / LAYERS / name: text for form in layers for name, text in files_of_layer(form, layers[form])}
        before |= set((path / LAYERS).glob(f"*{LAYER}"))
    try:
        replace_all(path.parent if one_file else path, texts, before - set(texts))
    except (OSError, ValueError) as fault:
        raise CatalogueError(f"{path} cannot be written: {why(fault)}", code="cannot-write") from None


def replace_all(folder: Path, texts: Mapping[Path, str], gone: set[Path]) -> None:
    """Write all new files beside the old ones, note what is to be done, and only then do it."""
    for place in texts:
        place.parent.mkdir(parents=True, exist_ok=True)
    for place, text in texts.items():
        write_surely(beside(place), f"{MARK}\n{MORE}\n{text}")
    to_do = {"new": sorted(map(str, (one.relative_to(folder) for one in texts)))}
    to_do["gone"] = sorted(map(str, (one.relative_to(folder) for one in gone)))
    write_surely(folder / f"{REDO}{NEW}", json.dumps(to_do))
    (folder / f"{REDO}{NEW}").replace(folder / REDO)
    finish(folder)


def finish(folder: Path) -> None:
    """Do what was noted and not yet done."""
    try:
        if not (folder / REDO).is_file():
            return
        to_do = json.loads((folder / REDO).read_text(encoding="utf-8"))
        new, gone = ([inside(folder, name) for name in to_do[kind]] for kind in ("new", "gone"))
        for place in new:
            if beside(place).exists():
                beside(place).replace(place)
        for place in gone:
            place.unlink(missing_ok=True)
        (folder / REDO).unlink()
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise CatalogueError(
            f"{folder / REDO} cannot be followed; import into another folder", code="cannot-write"
        ) from None


def inside(folder: Path, name: str) -> Path:
    """A place in the folder; the note may come from anywhere, and nothing outside is written over or taken away.

    Raises
    ------
    ValueError
        When the place lies outside.
    """
    place = folder / name
    if not place.resolve().is_relative_to(folder.resolve()):
        raise ValueError("outside")
    return place


def beside(place: Path) -> Path:
    """Where a new file waits."""
    return place.with_name(f".{place.name}{NEW}")


def write_surely(place: Path, text: str) -> None:
    """Write a text so that it is on the disk."""
    with place.open("w", encoding="utf-8", newline="\n") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())


def files_of(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Name and text of each file: the head, then the activities by organiser; of a great many, by number."""
    yield HEAD, as_yaml(catalogue.holding(()))
    by_organiser: dict[str, list[Activity]] = {}
    for one in catalogue:
        by_organiser.setdefault(f"aanbieder-{one.organiser}" if one.organiser else "zonder-aanbieder", []).append(one)
    if len(by_organiser) > MOST_ORGANISERS:
        by_organiser = {"activiteiten": list(catalogue)}
    for name, activities in sorted(by_organiser.items()):
        texts = list(readable_parts(activities, catalogue.school_holidays))
        yield from ((f"{name}-{n}.yaml" if len(texts) > 1 else f"{name}.yaml", text) for n, text in enumerate(texts, 1))


def readable_parts(activities: Sequence[Activity], region: str | None) -> Iterator[str]:
    """The activities as text, in as many parts as are needed to be read back."""
    text = activities_as_yaml(activities, region)
    if len(text.encode()) <= MOST_BYTES or len(activities) == 1:
        yield text
        return
    half = len(activities) // 2
    yield from readable_parts(activities[:half], region)
    yield from readable_parts(activities[half:], region)


def files_of_layer(form: str, layer: Imported) -> Iterator[tuple[str, str]]:
    """Name and text of each file of a layer."""
    head = Catalogue.model_construct(id=form, name=form, organisers=layer.organisers, activities=())
    yield f"{form}-000{LAYER}", as_yaml(head)
    for number, text in enumerate(readable_parts(layer.activities, None), 1):
        yield f"{form}-{number:03d}{LAYER}", text
