"""What is wrong in a profile, and what it may say and its makers have probably overlooked: each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from wor_match.catalogue.values import placed
from wor_match.domain.fault_places import Path as Place
from wor_match.domain.limits import USUAL, Limits
from wor_match.errors import Code, Problem
from wor_match.pathway.icpc import READ_AS, exists
from wor_match.pathway.profiles.profile import Profile
from wor_match.pathway.profiles.reading import place_of, read_profile

Overlooked = tuple[Code, Place, str]  # code, place, sentence


def lint_profile(name_or_path: str | Path, *, limits: Limits = USUAL) -> list[Problem]:
    """Everything that is wrong in a profile, and what its makers may have forgotten, by place.

    Raises
    ------
    CatalogueError
        When there is no such file.
    """
    profile, problems, tree = read_profile(name_or_path, limits)
    if profile is None or tree is None:
        return problems
    told = [
        replace(placed(tree, at, said, code, ".".join(map(str, at))), severity="warning")
        for code, at, said in overlooked(profile)
    ]
    return sorted([*problems, *told], key=place_of)


def overlooked(profile: Profile) -> Iterator[Overlooked]:
    """Everything to look at, in the order of a file."""
    yield from forgotten(profile)
    yield from of_codes(profile)
    yield from of_places(profile)
    yield from of_targets(profile)


def forgotten(profile: Profile) -> Iterator[Overlooked]:
    """What most regions say, and this one does not."""
    tells = bool(profile.feedback)
    told = [
        ("handover" not in profile.consents, "consents", "asks no consent to pass on who somebody is"),
        (tells and "feedback" not in profile.consents, "consents", "tells back and asks no consent for feedback"),
        (not profile.municipalities, "municipalities", "names no municipality, so a referral has no destination"),
        (tells and not profile.channels, "channels", "tells the referrer back and names no channel"),
        (not tells, "feedback", "tells the referrer nothing back; usual are after_intake and after_3_months"),
    ]
    return (("forgotten", (path,), said) for odd, path, said in told if odd)


def of_codes(profile: Profile) -> Iterator[Overlooked]:
    """Codes that ICPC-1 does not have."""
    for part, codes in (("usual", profile.codes.usual), ("listed", profile.codes.listed)):
        for number, code in enumerate(codes):
            if code in READ_AS:
                yield "no-such-code", ("codes", part, number), f"does not exist; {code} is read as {READ_AS[code]}"
            elif not exists(code):
                yield "no-such-code", ("codes", part, number), f"{code} does not exist in ICPC-1, so it never counts"


def of_places(profile: Profile) -> Iterator[Overlooked]:
    """Destinations where nobody comes."""
    for at, place in enumerate(profile.municipalities):
        closed = False
        for number, one in enumerate(place.destinations):
            here: Place = ("municipalities", at, "destinations", number)
            if closed:
                yield "unreached", here, "stands behind one that takes everybody, so nobody goes there; move it up"
            unlisted = [reason for reason in one.for_ if profile.group_of(reason) is None]
            if unlisted:
                said = f"is for {', '.join(unlisted)}, which stands in none of the `groups`"
                yield "unlisted-reason", (*here, "for"), said
            closed = closed or one.rest


def of_targets(profile: Profile) -> Iterator[Overlooked]:
    """Targets for what this region does not do."""
    done = {**{f"feedback_{moment}": moment in profile.feedback for moment in ("after_intake", "after_3_months")},
            "warm_handover": profile.warm_handover}  # fmt: skip
    for number, one in enumerate(profile.targets):
        if not done.get(one.indicator, True):
            yield "idle-target", ("targets", number), f"is for {one.indicator}, which this region did not agree on"
