"""Whether a referral fits what a region agreed, what to ask first, and where it goes. Never a medical judgement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from wor_match.domain.forgetting import forgetful
from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.kinds import Purpose
from wor_match.domain.participant import IN_THE_WAY, Circumstance
from wor_match.errors import WorMatchError
from wor_match.pathway.assessing.assessment import Assessment, Remark, Route, Verdict
from wor_match.pathway.assessing.referral import Referral
from wor_match.pathway.assessing.rules import RULES
from wor_match.pathway.icpc import code_in
from wor_match.pathway.profiles.profile import Profile
from wor_match.pathway.profiles.region import Destination
from wor_match.track import Track

SEVERITY: tuple[Verdict, ...] = ("elsewhere", "ask", "fits")
TRACKS: tuple[Circumstance, ...] = ("safety", "money", "housing", "skills", "care", "stability")  # in this order
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)


@forgetful
def assess(referral: Referral, profile: Profile, *, consented: Iterable[str] | Mapping[str, bool] = ()) -> Assessment:
    """Whether a referral fits, what is to be asked first, and where it goes.

    Parameters
    ----------
    referral : Referral
    profile : Profile
    consented : iterable of str, or mapping of str to bool
        The purposes for which consent is in force: handover, matching, follow_up, learning, feedback.

    Raises
    ------
    WorMatchError
        When this is no referral, no profile, or `consented` holds something that is no purpose.

    Notes
    -----
    It reads codes and lists that a region agreed on. It does not judge what somebody has, and does not triage.

    Examples
    --------
    >>> from wor_match.pathway.profiles.reading import load_profile
    >>> told = Referral(referrer="gp", municipality="Aalsmeer", code="Z68", age=67, reasons=["moving_more"],
    ...                 circumstances={"stability": "no"}, patient_informed=True)
    >>> made = assess(told, load_profile("amstelland"), consented=["handover"])
    >>> made.verdict, made.route.name, made.consents
    ('fits', 'Bewegen op Recept', ('feedback',))
    >>> made.reasons[1].sentence("en")
    'Moving more: this is on the list leefstijl en lasten.'
    """
    if not isinstance(referral, Referral):
        raise WorMatchError(
            "assess() takes a referral; make one with pathway.Referral(referrer='gp', ...)", code="wrong-type"
        )
    if not isinstance(profile, Profile):
        raise WorMatchError(
            "assess() takes a profile; read one with pathway.load_profile('national')", code="wrong-type"
        )
    given = purposes_in(consented)
    found = [finding for rule in RULES for finding in rule(referral, profile)]
    reasons = sorted(found, key=lambda one: SEVERITY.index(one.verdict))
    verdict = reasons[0].verdict  # there is always one: on the reasons, or that there are none
    return Assessment(
        verdict,
        route_of(referral, profile) if verdict != "elsewhere" else None,
        tuple(reasons),
        tuple(tracks(referral, profile)),
        tuple(purpose for purpose in PURPOSES if purpose in profile.consents and purpose not in given),
        tuple(remarks(referral, profile)),
    )


def purposes_in(consented: Any) -> set[str]:
    """The purposes for which consent is in force.

    Raises
    ------
    WorMatchError
        When there is something else among them.
    """
    if isinstance(consented, Mapping):
        listed = [*consented]
        given = [purpose for purpose in listed if consented[purpose] is True]
    else:
        given = listed = [*consented] if isinstance(consented, Iterable) and not isinstance(consented, str) else [None]
    if any(one not in PURPOSES for one in listed):
        raise WorMatchError(
            f"`consented` holds something that is no purpose; give a list of {', '.join(PURPOSES)}", code="unknown-name"
        )
    return set(given)


def route_of(referral: Referral, profile: Profile) -> Route | None:
    """Where it goes: the first destination that is for each of its reasons and for the age."""
    here = profile.place(referral.municipality)
    if here is None:
        return None
    open_ = [one for one in here.destinations if referral.age in one.ages]
    to = next(one for one in open_ if is_for_all(one, referral))
    others = tuple(one.name for one in open_ if one is not to and is_for_some(one, referral))
    return Route(to.id, to.name, here.through, here.intake_by, channel_of(referral, profile), others)


def is_for_all(one: Destination, referral: Referral) -> bool:
    """Whether a destination is for every reason of a referral."""
    return not one.for_ or (bool(referral.reasons) and set(referral.reasons) <= set(one.for_))


def is_for_some(one: Destination, referral: Referral) -> bool:
    """Whether a destination is for one of the reasons at least."""
    return not one.for_ or not set(referral.reasons).isdisjoint(one.for_)


def channel_of(referral: Referral, profile: Profile) -> str | None:
    """How it comes in: as was told, else by the referral service where there is one, else by the first that is used."""
    usual = "referral_service" if "referral_service" in profile.channels else next(iter(profile.channels), None)
    return referral.channel or usual


def tracks(referral: Referral, profile: Profile) -> Iterator[Track]:
    """What comes first or alongside, with the desks."""
    for circumstance in TRACKS:
        state = referral.circumstances.get(circumstance)
        if state in IN_THE_WAY:
            yield Track(circumstance, state, tuple(profile.desks_for(circumstance)))


def remarks(referral: Referral, profile: Profile) -> Iterator[Remark]:
    """What is odd and changes no verdict by itself."""
    if referral.code and (read := code_in(referral.code)).odd:
        facts = {"read_as": {"code": read.written, "read_as": read.meant}, "no_such_code": {"code": read.written}}
        yield Remark(read.odd, FrozenMap(facts.get(read.odd, {})))
    if referral.pathway not in (None, profile.id):
        yield Remark("other_pathway")
    if profile.partnership and referral.practice is None:
        yield Remark("no_practice")
