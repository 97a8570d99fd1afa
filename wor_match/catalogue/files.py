"""Catalogues from files: one YAML file, a folder of them, or an example by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from wor_match.catalogue import json_file
from wor_match.catalogue.cache import keep, restored
from wor_match.catalogue.json_file import read_json
from wor_match.catalogue.reader import Node, read_bytes, read_text
from wor_match.catalogue.sound import LIST_FIELDS, OWN_FIELDS, Contents, sound_catalogue
from wor_match.catalogue.values import value_of
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import FORMAT, Catalogue, CatalogueHead, clashes
from wor_match.domain.limits import USUAL, Limits, checked_limits
from wor_match.domain.value import AsText
from wor_match.errors import CatalogueError, Code, Problem, a_path, why


def load_catalogue(
    path_or_example_name: str | Path,
    strict: bool = True,
    *,
    cache: str | Path | None = None,
    limits: Limits = USUAL,
) -> Catalogue:
    """The catalogue in a file of YAML or JSON, in a folder with one YAML file per organiser, or an example by its name.

    Parameters
    ----------
    path_or_example_name : str or Path
        Such as ``offer.yaml``, ``offer.json``, ``offer/`` or ``nieuwegein``.
    strict : bool
        Refuse the whole when anything is wrong; otherwise leave out each activity with a fault and keep `.problems`.
    cache : str or Path, optional
        A folder of your own in which a sound catalogue is kept, for its owner only, to be read faster when the files
        are still the same. Without it nothing is kept. What cannot be kept, or was damaged, is read from the files.
    limits : Limits
        How much is read; `Settings.limits`, when you have your own.

    Raises
    ------
    CatalogueError
        With every problem as ``file:line:column``, in one go; of JSON, as its path in the file. Also when there is more
        than the limits allow, before reading on.

    Examples
    --------
    >>> load_catalogue("nieuwegein").municipality
    'Nieuwegein'
    """
    contents = contents_of(paths_of(path_or_example_name, checked_limits(limits)), limits)
    if not isinstance(cache, str | Path | None) or cache == "":
        raise CatalogueError(
            "cache takes the path of a folder to keep a catalogue in; leave it out otherwise", code="wrong-type"
        )
    folder = None if cache is None else Path(cache)
    if folder and (kept := restored(folder, contents, limits)) is not None:
        return kept
    if (whole := sound_catalogue(contents, limits)) is not None:
        if folder:
            keep(folder, contents, whole, limits)
        return whole
    found = read_contents(contents, limits)
    if found.catalogue is None or (strict and found.problems):
        raise CatalogueError(f"catalogue {path_or_example_name} is refused", found.problems, limits.problems_told)
    return found.catalogue.holding(found.catalogue.activities, found.problems)


@dataclass(frozen=True, slots=True)
class ReadCatalogue:
    """What was read: the sound part of a catalogue (None when its head is not), what was wrong, and where it stands.

    Attributes
    ----------
    places : dict
        Activity id → its number in its file, and its node.
    head : Node or None
        The first file, whose head is the head of the whole.
    """

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    places: Mapping[str, tuple[int, Node]]
    head: Node | None


def read_catalogue(path_or_example_name: str | Path, limits: Limits = USUAL) -> ReadCatalogue:
    """Everything that can be read of a catalogue, with every problem and every place.

    Raises
    ------
    CatalogueError
        When there is no such file.
    """
    return read_files(paths_of(path_or_example_name, limits), limits)


def read_files(paths: Sequence[Path], limits: Limits = USUAL) -> ReadCatalogue:
    """Everything that can be read of a catalogue in these files; the first holds its head."""
    return read_contents(contents_of(paths, limits), limits)


def contents_of(paths: Sequence[Path], limits: Limits = USUAL) -> Contents:
    """The name and the bytes of each file."""
    most = limits.catalogue_bytes
    told = [(path, most if json_file.is_json(str(path)) else min(most, limits.yaml_bytes)) for path in paths]
    return [(str(path), read_bytes(path, bound)) for path, bound in told]


def read_contents(contents: Contents, limits: Limits = USUAL) -> ReadCatalogue:
    """Everything that can be read of a catalogue in what these files hold."""
    problems: list[Problem] = []
    trees: list[Node] = []
    for name, found in contents:
        tree, faults = read_json(found, name, limits) if json_file.is_json(name) else read_text(found, name, limits)
        problems += faults
        if tree is not None:
            trees.append(tree)
        elif not faults:
            said = "is empty; a catalogue begins with `format: wor-match-catalogue/1`"
            problems.append(Problem(said, "empty", "", name, 1, 1))
    return assembled(trees, problems, limits) if trees else ReadCatalogue(None, tuple(problems), {}, None)


def example_names() -> tuple[str, ...]:
    """The examples that ship with the package; everything in them is invented."""
    return tuple(
        sorted(
            entry.name.removesuffix(".yaml")
            for entry in files("wor_match").joinpath("catalogues").iterdir()
            if entry.name.endswith(".yaml")
        )
    )


def paths_of(path_or_example_name: str | Path, limits: Limits = USUAL) -> list[Path]:
    """The files to read, in sorted order; links that lead out of a folder are refused."""
    path, names = a_path(path_or_example_name, CatalogueError), example_names()
    try:
        if str(path_or_example_name) in names and not path.exists():
            return [Path(str(files("wor_match").joinpath("catalogues", f"{path_or_example_name}.yaml")))]
        if not path.exists():
            raise CatalogueError(
                f"{path} is not there; give a YAML file, a folder, or one of: {', '.join(names)}", code="no-file"
            )
        return files_in(path, limits) if path.is_dir() else [path]
    except (OSError, ValueError) as fault:
        said = why(fault)
        raise CatalogueError(f"{str(path)[:100]} cannot be read: {said}", code="no-file") from None


def files_in(folder: Path, limits: Limits) -> list[Path]:
    """The YAML files of a folder."""
    root = folder.resolve()
    found = sorted(one for one in folder.rglob("*") if one.suffix in (".yaml", ".yml") and one.is_file())
    for one in found:
        if not one.resolve().is_relative_to(root):
            raise CatalogueError(f"{one} leads out of {folder}; copy the file into the folder", code="link")
    if not found:
        raise CatalogueError(f"{folder} holds no .yaml file; put one file per organiser there", code="no-file")
    if len(found) > limits.files:
        raise too_much(folder, "too-many-files", f"holds more than {limits.files} files; join some of them")
    if sum(one.stat().st_size for one in found) > limits.catalogue_bytes:
        raise too_much(folder, "too-large", f"holds more than {limits.catalogue_bytes} bytes; make two catalogues")
    return found


def too_much(folder: Path, code: Code, said: str) -> CatalogueError:
    """The error of a folder that holds too much."""
    return CatalogueError(f"{folder} is refused", [Problem(said, code, "", str(folder))])


def assembled(trees: list[Node], known: list[Problem], limits: Limits = USUAL) -> ReadCatalogue:
    """The catalogue with every activity that is sound, and every problem.

    Parameters
    ----------
    trees : list of Node
        One for each file.
    known : list of Problem
        What the reader found already; an activity with such a fault is not sound.
    limits : Limits
    """
    as_text = AsText(limits.number_digits)
    head, faults_of_head = head_of(trees, as_text)
    problems = [*known, *faults_of_head]
    told = [(tree, number, node) for tree in trees for number, node in enumerate(listed(tree, "activities"))]
    if len(told) > (most := limits.activities):
        said = f"is activity {most + 1}; at most {most} are allowed"
        return ReadCatalogue(None, (*problems, told[most][2].problem(said, "too-many-activities")), {}, trees[0])
    region = head.school_holidays if head else None
    sound: list[tuple[Activity, int, Node]] = []
    for tree, number, node in told:
        activity, faults = value_of(Activity, with_region(node, region), f"activities.{number}", as_text)
        problems += faults
        if activity is not None and not any(stands_in(fault, node, tree, number) for fault in known):
            sound.append((activity, number, node))
    if head is None:
        return ReadCatalogue(None, tuple(problems), {}, trees[0])
    wrong = set()
    for at, clash in clashes(head, [activity for activity, *_ in sound]):
        wrong.add(at)
        problems.append(located(clash, trees, sound, at))
    kept = [entry for number, entry in enumerate(sound) if number not in wrong]
    fields = {name: getattr(head, name) for name in CatalogueHead.model_fields}
    whole = Catalogue.model_construct(**fields, activities=tuple(activity for activity, *_ in kept), problems=())
    places = {activity.id: (number, node) for activity, number, node in kept}
    return ReadCatalogue(whole if -1 not in wrong else None, tuple(problems), places, trees[0])


def head_of(trees: list[Node], as_text: AsText) -> tuple[CatalogueHead | None, list[Problem]]:
    """Everything but the activities: the fields of the first file, the lists of all files together."""
    problems = [fault for number, tree in enumerate(trees) for fault in faults_of_file(tree, first=number == 0)]
    if problems:
        return None, problems
    first = trees[0]
    assert isinstance(first.value, dict)  # noqa: S101 — told above otherwise
    lists = {field: [node for tree in trees for node in listed(tree, field)] for field in LIST_FIELDS[1:]}
    places = {field: first.at((field,)) for field in lists}
    joined = {field: replace(places[field], value=nodes, keys={}) for field, nodes in lists.items()}
    own = {field: node for field, node in first.value.items() if field not in LIST_FIELDS}
    return value_of(CatalogueHead, replace(first, value={**own, **joined}), as_text=as_text)


def faults_of_file(tree: Node, first: bool) -> list[Problem]:
    """What is wrong with the outermost fields of a file; a later file of a folder may leave out the head."""
    if not isinstance(tree.value, dict):
        return [tree.problem("is no catalogue; it begins with `format: wor-match-catalogue/1`", "no-fields")]
    found = [
        tree.value[field].problem("is no list; begin each part with a dash", "no-list", field)
        for field in LIST_FIELDS
        if field in tree.value and not isinstance(tree.value[field].value, list)
    ]
    if first:
        return found
    unknown = f"no such field; allowed are {', '.join(sorted(OWN_FIELDS))}"
    found += [
        Problem(unknown, "unknown-field", name, tree.file, *tree.keys[name])
        for name in tree.value
        if name not in OWN_FIELDS
    ]
    told = tree.value.get("format")
    if told is not None and told.value != FORMAT:
        found.append(told.problem(f"is not one of '{FORMAT}'", "unknown-name", "format"))
    return found


def listed(tree: Node, field: str) -> list[Node]:
    """The parts of a list in a file."""
    node = tree.value.get(field) if isinstance(tree.value, dict) else None
    return node.value if node is not None and isinstance(node.value, list) else []


def stands_in(fault: Problem, node: Node, tree: Node, number: int) -> bool:
    """Whether a fault stands within one activity of a file."""
    if fault.file != node.file:
        return False
    if node.typed:
        return f"{fault.path}.".startswith(f"activities.{number}.")
    later = [other.line for other in listed(tree, "activities") if other.line > node.line]
    return node.line <= fault.line < min(later, default=fault.line + 1)


def with_region(node: Node, region: str | None) -> Node:
    """The activity with the region of the school holidays laid into its schedule."""
    schedule = node.value.get("schedule") if isinstance(node.value, dict) else None
    if not region or schedule is None or not isinstance(schedule.value, dict) or "pauses" not in schedule.value:
        return node
    assert isinstance(node.value, dict)  # noqa: S101 — it has a schedule
    told = {"region": replace(schedule, value=region, keys={}), **schedule.value}
    return replace(node, value={**node.value, "schedule": replace(schedule, value=told)})


def located(clash: Problem, trees: list[Node], sound: list[tuple[Activity, int, Node]], at: int) -> Problem:
    """A clash at the place of what came later, naming the place of what came first."""
    if at < 0:
        return trees[0].at((clash.path,)).problem(clash.sentence, clash.code, clash.path)
    activity, number, node = sound[at]
    said = clash.sentence
    if clash.code == "duplicate-id":
        n, first = next((n, other.at(("id",))) for one, n, other in sound if one.id == activity.id)
        place = f"activities.{n} of {first.file}" if first.typed else f"{first.file}:{first.line}"
        said = f"activity {activity.id} stands already at {place}; give each its own id"
    return node.at((clash.path,)).problem(said, clash.code, f"activities.{number}.{clash.path}")
