"""Profiles from files: one that ships, by its name, or a file of one's own; every problem with its line and column."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from wor_match.catalogue.reader import Node, read_bytes, read_text
from wor_match.catalogue.values import value_of
from wor_match.domain.limits import USUAL, Limits, checked_limits
from wor_match.errors import CatalogueError, Problem
from wor_match.pathway.profiles.profile import FORMAT, Profile


def profile_names() -> tuple[str, ...]:
    """The profiles that ship, by name.

    Examples
    --------
    >>> profile_names()
    ('amstelland', 'mtvp', 'national', 'nieuwegein', 'schiedam-mvs')
    """
    found = files("wor_match.pathway.profiles").iterdir()
    return tuple(sorted(one.name.removesuffix(".yaml") for one in found if one.name.endswith(".yaml")))


def load_profile(name_or_path: str | Path, *, limits: Limits = USUAL) -> Profile:
    """The profile of a region: one that ships, or your own file.

    Parameters
    ----------
    name_or_path : str or Path
        ``amstelland``, ``mtvp``, ``national``, ``nieuwegein``, ``schiedam-mvs``, or the path of a YAML file.
    limits : Limits

    Raises
    ------
    CatalogueError
        With every problem as ``file:line:column``, in one go.

    Examples
    --------
    >>> load_profile("amstelland").place("Ouderkerk").intake_by
    'social_worker'
    """
    profile, problems, _ = read_profile(name_or_path, limits)
    if profile is None or problems:
        raise CatalogueError(f"profile {str(name_or_path)[:100]} is refused", problems, limits.problems_told)
    return profile


def read_profile(name_or_path: str | Path, limits: Limits) -> tuple[Profile | None, list[Problem], Node | None]:
    """The profile, every problem in its file, and what stands where."""
    path = path_of(name_or_path)
    tree, problems = read_text(read_bytes(path, checked_limits(limits).yaml_bytes), str(path), limits)
    if tree is None:
        empty = Problem(f"is empty; a profile begins with `format: {FORMAT}`", "empty", "", str(path), 1, 1)
        return None, problems or [empty], None
    profile, faults = value_of(Profile, tree)
    return profile, sorted([*problems, *faults], key=place_of), tree


def place_of(problem: Problem) -> tuple[int, int]:
    """Where a problem stands in its file."""
    return problem.line, problem.column


def path_of(name_or_path: str | Path) -> Path:
    """The file to read."""
    if not isinstance(name_or_path, str | Path) or not str(name_or_path):
        raise CatalogueError(
            "load_profile() takes the name of a profile, or the path of a YAML file", code="wrong-type"
        )
    names, path = profile_names(), Path(name_or_path)
    try:
        if str(name_or_path) in names and not path.is_file():
            return Path(str(files("wor_match.pathway.profiles").joinpath(f"{name_or_path}.yaml")))
        if not path.exists():
            said = f"{str(path)[:100]} is not there; give a YAML file, or one of: {', '.join(names)}"
            raise CatalogueError(said, code="no-file")
    except (OSError, ValueError):
        raise CatalogueError(
            f"{str(name_or_path)[:100]!r} is no path; give that of a YAML file", code="no-path"
        ) from None
    return path


def shipped_text(name: str) -> str:
    """The file of a profile that ships, to begin your own with.

    Raises
    ------
    CatalogueError
        When there is no profile of this name.
    """
    if name not in profile_names():
        raise CatalogueError(
            f"there is no profile {str(name)[:40]!r}; there are: {', '.join(profile_names())}", code="unknown-name"
        )
    return files("wor_match.pathway.profiles").joinpath(f"{name}.yaml").read_text(encoding="utf-8")


def profile_schema() -> dict[str, Any]:
    """The JSON Schema (draft-07) of a profile, with which an editor completes it."""
    from wor_match.catalogue.schema import as_written, in_draft_07

    return in_draft_07(as_written(Profile), "Pathway of wor_match")


def schema_text() -> str:
    """The schema as it stands beside the profiles."""
    return json.dumps(profile_schema(), indent=2, ensure_ascii=False) + "\n"
