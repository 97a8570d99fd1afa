"""The doors of the pathway: the profile of a region, and a referral as a host program tells it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from tests.fuzz.harness import Read
from tests.fuzz.offer import of_json, on_desk, text_of
from wor_match.pathway import Profile, Referral, assess, lint_profile, load_profile, profile_names
from wor_match.pathway.profiles.reading import path_of

WHOM = Referral(referrer="gp", age=67, code="P03.01", reasons=["money", "other"], circumstances={"safety": "first"})


@cache
def profiles() -> tuple[Profile, ...]:
    """Those that ship."""
    return tuple(map(load_profile, profile_names()))


def profile(found: bytes) -> object:
    """The same verdict by reading and by lint; what is read can be told again, and refers somebody somewhere."""
    path = on_desk("profile.yaml", found)
    problems = lint_profile(path)
    assert all(str(problem).encode() and problem.line > 0 for problem in problems)
    refused = any(problem.severity == "error" for problem in problems)
    try:
        read = load_profile(path)
    except Exception:
        assert refused, "lint takes what the reader refuses"
        raise
    assert not refused, "lint refuses what the reader takes"
    told = read.model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert Profile.model_validate(json.loads(json.dumps(told))) == read, "told again it is something else"
    for place in (None, *read.municipalities[:3]):
        there = WHOM.replace(municipality=place.name) if place else WHOM
        assert assess(there, read).to_markdown("nl-je")
    return sorted({problem.code for problem in problems})


def profile_name(found: bytes) -> object:
    """The name of a profile, or of one that is not there; what is there is left alone."""
    name = text_of(found)
    return "there" if name not in profile_names() and "\0" not in name and is_there(name) else path_of(name).name


def is_there(name: str) -> bool:
    """Whether there is such a file."""
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def referral(found: bytes) -> object:
    """Any referral gets one of three verdicts in each region, and can be told in words and as JSON."""
    told = of_json(Referral, found)
    made = [assess(told, one) for one in profiles()]
    for one in made:
        json.dumps(one.to_dict("en"), allow_nan=False).encode()
        one.to_markdown().encode()
    return sorted({one.verdict for one in made})


PATHWAY: dict[str, Read] = {"profile": profile, "profile-name": profile_name, "referral": referral}
