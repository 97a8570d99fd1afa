"""Catalogues and participants from files: one YAML file, a folder of them, or an example by name."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from wor_match.catalogue.reader import Node, read_bytes, read_text
from wor_match.catalogue.values import value_of
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import MOST_ACTIVITIES, Catalogue, CatalogueHead, clashes
from wor_match.domain.participant import Participant
from wor_match.errors import CatalogueError, ParticipantError, Problem

MOST_FILES, MOST_FOLDER_BYTES = 500, 25_000_000
LIST_FIELDS = ("activities", "organisers", "desks", "support")

Found = tuple[str, Node]


def load_catalogue(path_or_example_name: str | Path, strict: bool = True) -> Catalogue:
    """The catalogue in a file, in a folder with one file per organiser, or an example by its name.

    Parameters
    ----------
    path_or_example_name : str or Path
        Such as ``offer.yaml``, ``offer/`` or ``nieuwegein``.
    strict : bool
        Refuse the whole when anything is wrong; otherwise load what is sound and keep the rest in `.problems`.

    Raises
    ------
    CatalogueError
        With every problem as ``file:line:column``, in one go.

    Examples
    --------
    >>> load_catalogue("nieuwegein").municipality
    'Nieuwegein'
    """
    problems: list[Problem] = []
    trees: list[Found] = []
    for path in paths_of(path_or_example_name):
        tree, faults = read_text(read_bytes(path), str(path))
        problems += faults
        if tree is not None:
            trees.append((str(path), tree))
        elif not faults:
            problems.append(
                Problem(
                    "is empty; a catalogue begins with `format: wor-match-catalogue/1`", "empty", "", str(path), 1, 1
                )
            )
    if problems and (strict or not trees):
        problems += check(trees)[1] if trees else []
        raise CatalogueError(f"catalogue {path_or_example_name} is refused", problems)
    catalogue, faults = check(trees)
    problems += faults
    if catalogue is None or (strict and problems):
        raise CatalogueError(f"catalogue {path_or_example_name} is refused", problems)
    return catalogue.model_copy(update={"problems": tuple(problems)}) if problems else catalogue


def example_names() -> tuple[str, ...]:
    """The examples that ship with the package; everything in them is invented."""
    return tuple(
        sorted(
            entry.name.removesuffix(".yaml")
            for entry in files("wor_match").joinpath("catalogues").iterdir()
            if entry.name.endswith(".yaml")
        )
    )


def paths_of(path_or_example_name: str | Path) -> list[Path]:
    """The files to read, in sorted order; links that lead out of a folder are refused."""
    path = Path(path_or_example_name)
    if str(path_or_example_name) in example_names() and not path.exists():
        return [Path(str(files("wor_match").joinpath("catalogues", f"{path_or_example_name}.yaml")))]
    if not path.is_dir():
        if not path.exists():
            raise CatalogueError(
                f"{path} is not there; give a YAML file, a folder, or one of: {', '.join(example_names())}"
            )
        return [path]
    root = path.resolve()
    found = sorted(one for one in path.rglob("*") if one.suffix in (".yaml", ".yml") and one.is_file())
    for one in found:
        if not one.resolve().is_relative_to(root):
            raise CatalogueError(f"{one} leads out of {path}; copy the file into the folder")
    if not found:
        raise CatalogueError(f"{path} holds no .yaml file; put one file per organiser there")
    if len(found) > MOST_FILES or sum(one.stat().st_size for one in found) > MOST_FOLDER_BYTES:
        raise CatalogueError(
            f"{path} holds more than {MOST_FILES} files or {MOST_FOLDER_BYTES} bytes; split the catalogue"
        )
    return found


def check(trees: list[Found]) -> tuple[Catalogue | None, list[Problem]]:
    """The catalogue of these trees with everything that is sound, and every problem."""
    head, problems = head_of(trees)
    told = [(name, number, node) for name, tree in trees for number, node in enumerate(listed(tree, "activities"))]
    if len(told) > MOST_ACTIVITIES:
        name, _, node = told[MOST_ACTIVITIES]
        return None, [
            Problem(
                f"is activity {MOST_ACTIVITIES + 1}; at most {MOST_ACTIVITIES}",
                "too-long",
                "",
                name,
                node.line,
                node.column,
            )
        ]
    sound: list[tuple[Activity, str, int, Node]] = []
    region = head.school_holidays if head else None
    for name, number, node in told:
        activity, faults = value_of(Activity, with_region(node, region), name, ("activities", number))
        problems += faults
        if activity is not None:
            sound.append((activity, name, number, node))
    if head is None:
        return None, problems
    wrong = set()
    for at, clash in clashes(head, [activity for activity, *_ in sound]):
        wrong.add(at)
        problems.append(placed(clash, trees[0], sound[at] if at >= 0 else None))
    kept = tuple(entry[0] for number, entry in enumerate(sound) if number not in wrong)
    fields = {name: getattr(head, name) for name in CatalogueHead.model_fields}
    return (Catalogue.model_construct(**fields, activities=kept, problems=()) if -1 not in wrong else None), problems


def head_of(trees: list[Found]) -> tuple[CatalogueHead | None, list[Problem]]:
    """Everything but the activities: the fields of the first file that has them, the lists of all files together."""
    problems: list[Problem] = []
    for name, tree in trees:
        if not isinstance(tree.value, dict):
            problems.append(
                Problem(
                    "is no catalogue; it begins with `format: wor-match-catalogue/1`",
                    "no-fields",
                    "",
                    name,
                    tree.line,
                    tree.column,
                )
            )
            continue
        for field in LIST_FIELDS:
            node = tree.value.get(field)
            if node is not None and not isinstance(node.value, list):
                problems.append(
                    Problem("is no list; begin each part with a dash", "no-list", field, name, node.line, node.column)
                )
    if problems:
        return None, problems
    (name, first), lists = (
        trees[0],
        {field: [node for _, tree in trees for node in listed(tree, field)] for field in LIST_FIELDS[1:]},
    )
    assert isinstance(first.value, dict)  # noqa: S101 — told above otherwise
    own = {field: node for field, node in first.value.items() if field not in LIST_FIELDS}
    merged = Node(
        {**own, **{field: Node(list(nodes), *first.at((field,))) for field, nodes in lists.items()}},
        first.line,
        first.column,
        first.keys,
    )
    return value_of(CatalogueHead, merged, name)


def listed(tree: Node, field: str) -> list[Node]:
    """The parts of a list in a file."""
    node = tree.value.get(field) if isinstance(tree.value, dict) else None
    return node.value if node is not None and isinstance(node.value, list) else []


def with_region(node: Node, region: str | None) -> Node:
    """The activity with the region of the school holidays laid into its schedule."""
    schedule = node.value.get("schedule") if isinstance(node.value, dict) else None
    if (
        region
        and isinstance(node.value, dict)
        and schedule
        and isinstance(schedule.value, dict)
        and "pauses" in schedule.value
    ):
        told = {"region": Node(region, schedule.line, schedule.column), **schedule.value}
        return Node(
            {**node.value, "schedule": Node(told, schedule.line, schedule.column, schedule.keys)},
            node.line,
            node.column,
            node.keys,
        )
    return node


def placed(clash: Problem, first: Found, entry: tuple[Activity, str, int, Node] | None) -> Problem:
    """A clash between activities, at the place of the one that came later."""
    if entry is None:
        line, column = first[1].at((clash.path,))
        return Problem(clash.sentence, clash.code, clash.path, first[0], line, column)
    _, name, number, node = entry
    line, column = node.at((clash.path,))
    return Problem(clash.sentence, clash.code, f"activities.{number}.{clash.path}", name, line, column)


def load_participant(path: str | Path) -> Participant:
    """The participant in a YAML or JSON file.

    Raises
    ------
    ParticipantError
        With every problem as ``file:line:column``; what was told is not repeated.
    """
    name = str(path)
    try:
        tree, problems = read_text(read_bytes(Path(path)), name)
    except CatalogueError as fault:
        raise ParticipantError(fault.sentence) from None
    if tree is not None and not problems:
        person, problems = value_of(Participant, tree, name)
        if person is not None:
            return person
    told = [
        Problem(QUIET.get(one.code, one.sentence), one.code, one.path, name, one.line, one.column) for one in problems
    ]
    empty = [Problem("is empty; write at least `id: p1`", "empty", "", name, 1, 1)]
    raise ParticipantError(f"participant in {name} is refused", told or empty)


# What the reader says of a catalogue shows what stood there; of a participant it may not.
QUIET = {
    "duplicate-key": "a name stands here twice; keep one of them",
    "alias": "refers to another place; write the value out",
    "anchor": "names a place for reuse; remove it",
    "tag": "has a tag; remove it, the field decides the type",
    "no-yaml": "cannot be read as YAML here; check brackets, quotes, indents and tabs",
}
