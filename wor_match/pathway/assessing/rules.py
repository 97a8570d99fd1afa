"""What is asked of a referral: one function for each rule of a profile. None of them judges what somebody has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.participant import IN_THE_WAY
from wor_match.domain.referral import ReferralReason
from wor_match.pathway.assessing.assessment import Finding
from wor_match.pathway.assessing.referral import Referral
from wor_match.pathway.icpc import code_in
from wor_match.pathway.profiles.profile import Profile

Rule = Callable[[Referral, Profile], Iterator[Finding]]
REASONS: tuple[ReferralReason, ...] = get_args(ReferralReason)


def place(told: Referral, profile: Profile) -> Iterator[Finding]:
    """Whether the region serves the municipality; a region without a list serves any."""
    if not profile.municipalities:
        return
    here = profile.place(told.municipality)
    towns = FrozenMap({"towns": tuple(one.name for one in profile.municipalities)})
    if here:
        yield Finding("place_served", "fits", None, FrozenMap({"town": here.name}))
    elif told.municipality is None:
        yield Finding("place_unknown", "ask", "referrer", towns)
    else:
        yield Finding("place_elsewhere", "elsewhere", None, towns)


def age(told: Referral, profile: Profile) -> Iterator[Finding]:
    """Whether the age is served; unknown is asked where it matters."""
    facts = FrozenMap({"ages": (profile.ages.from_, profile.ages.to)})
    if told.age in profile.ages:
        return
    if told.age is None:
        yield Finding("age_unknown", "ask", "referrer", facts)
    else:
        yield Finding("age_elsewhere", "elsewhere", None, facts)


def referrer(told: Referral, profile: Profile) -> Iterator[Finding]:
    """Whether it was agreed that this profession refers."""
    if told.referrer not in profile.referrers:
        yield Finding("referrer_not_agreed", "ask", "referrer", FrozenMap({"referrer": told.referrer}))


def code(told: Referral, profile: Profile) -> Iterator[Finding]:
    """Whether the code is one that was agreed; where a code has to be there, the referral service counts as well."""
    if told.code is None:
        if profile.codes.required and told.channel != "referral_service":
            yield Finding("code_missing", "ask", "referrer")
        return
    read = code_in(told.code)
    agreed = read.meant in profile.codes and read.odd != "no_such_code"
    if not read.meant:
        yield Finding("code_unreadable", "ask", "referrer")
    elif agreed:
        yield Finding("code_agreed", "fits", None, FrozenMap({"code": read.meant}))
    else:
        yield Finding("code_not_agreed", "ask", "referrer", FrozenMap({"code": read.written}))


def reasons(told: Referral, profile: Profile) -> Iterator[Finding]:
    """In which list each reason stands."""
    if not told.reasons:
        yield Finding("reason_missing", "ask", "referrer")
    for reason in in_order(told):
        group = profile.group_of(reason)
        facts = FrozenMap({"referral_reason": reason, **({"group": group.id} if group else {})})
        if group:
            yield Finding("reason_listed", "fits", None, facts)
        else:
            yield Finding("reason_not_listed", "ask", "referrer", facts)


def in_order(told: Referral) -> list[ReferralReason]:
    """The reasons once each, in an order that does not depend on who told them."""
    return sorted(set(told.reasons), key=REASONS.index)


def stability(told: Referral, profile: Profile) -> Iterator[Finding]:
    """What is not stable is talked over; whether it is, is asked of the referrer where the list of a reason says so."""
    state = told.circumstances.get("stability", "not_asked")
    lists = (profile.group_of(reason) for reason in told.reasons)
    if state in IN_THE_WAY:
        yield Finding("stability_open", "ask", "referrer")
    elif state == "not_asked" and any(group.stable for group in lists if group):
        yield Finding("stability_unknown", "ask", "referrer")


def agreement(told: Referral, _: Profile) -> Iterator[Finding]:
    """Whether the person knows of it and agrees."""
    if told.patient_informed is not True:
        yield Finding("participant_not_asked", "ask", "participant")


def money(told: Referral, _: Profile) -> Iterator[Finding]:
    """Who is referred because of money is asked whether help with it comes first."""
    if "money" in told.reasons and told.circumstances.get("money", "not_asked") == "not_asked":
        yield Finding("money_not_asked", "ask", "participant")


def safety(told: Referral, _: Profile) -> Iterator[Finding]:
    """Safety comes before any advice."""
    if told.circumstances.get("safety") == "first":
        yield Finding("safety_first", "ask", "participant")


RULES: tuple[Rule, ...] = (safety, place, age, referrer, agreement, reasons, stability, money, code)
