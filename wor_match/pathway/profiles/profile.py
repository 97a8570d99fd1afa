"""What one region agreed about Welzijn op Recept: who may refer whom, where to, by when, and what is told back.

A profile holds agreements and no person; how it is read from a file, `profiles.reading` knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from wor_match.domain.catalogue import Desk
from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.kinds import Conversation, FeedbackMoment, Purpose
from wor_match.domain.participant import Circumstance
from wor_match.domain.referral import Channel, Referrer
from wor_match.domain.text import Agreed, Id, Name, Number, Text, Whole, at_most
from wor_match.domain.value import Value, refuse
from wor_match.pathway.profiles.region import Ages, Codes, Group, Municipality, named_once

FORMAT: Literal["wor-match-pathway/1"] = "wor-match-pathway/1"
Days = Annotated[Whole, Field(ge=1, le=365)]
Share = Annotated[Number, Field(ge=0, le=1)]
Indicator = Literal[
    "referrals", "registered", "patient_informed", "contact_in_time", "intake", "focus_chosen", "choice",
    "chosen_by_participant", "from_the_advice", "warm_handover", "started", "still_at_4_weeks", "still_at_12_weeks",
    "first_visit_call", "week_4", "month_3", "feedback_after_intake", "feedback_after_3_months",
]  # fmt: skip
Principle = Literal["shared_vision", "wish_leads", "positive_health", "free_choice"]
Precondition = Literal[
    "agreement_with_municipality", "funding_secured", "coach_hours", "trained_referrers", "trained_coaches",
    "current_catalogue", "organisers_share_vision", "privacy_agreements",
]  # fmt: skip


class Deadlines(Value):
    """Within how many days each step is due; the first two weeks are the national agreement, the rest assumptions.

    Attributes
    ----------
    contact : int
        After the referral.
    intake : int
        After the contact.
    choice : int
        After the intake.
    handover : int
        After the choice.
    first_visit_call : int
        After the first visit; without one, after the handover.
    feedback : int
        After the intake, and after what was heard at three months.
    silence : int
        After the last that was heard of somebody.
    """

    contact: Days = 14
    intake: Days = 14
    choice: Days = 28
    handover: Days = 14
    first_visit_call: Days = 14
    feedback: Days = 7
    silence: Days = 42


class Target(Value):
    """What was agreed about one indicator: a share, or a number a quarter.

    Attributes
    ----------
    municipality : str or None
        For whom; None for all together.
    share : float or None
        In [0, 1].
    a_quarter : int or None
        How many in a quarter; for `referrals` only.
    """

    indicator: Indicator
    municipality: Name | None = None
    share: Share | None = None
    a_quarter: Annotated[Whole, Field(ge=1, le=100_000)] | None = None

    @model_validator(mode="after")
    def _has_one_number(self) -> Target:
        if (self.share is None) == (self.a_quarter is None):
            raise refuse("one-of-two", "needs either `share` or `a_quarter`, and not both")
        if (self.indicator == "referrals") != (self.a_quarter is not None):
            raise refuse("other-number", "is a number `a_quarter` for referrals, and a `share` for all others")
        return self


class Profile(Value):
    """The agreements of one region.

    Attributes
    ----------
    format, id, name, source : str
        ``wor-match-pathway/1``, what it is called, and where each agreement was found.
    referrers : tuple of str
        Who may refer.
    ages, codes, groups : Ages, Codes, tuple of Group
        Whom it is for.
    deadlines : Deadlines
        How many days each step may take.
    consents : tuple of str
        What somebody is asked consent for, by purpose.
    conversation : tuple of str
        The instruments of the first talk; `none` is the wish alone.
    municipalities : tuple of Municipality
        Empty when the profile is for any municipality.
    desks : tuple of Desk
        Where to go for money, housing, safety or skills.
    channels : tuple of str
        How a referral comes in when nobody says how, the referral service first, and how feedback goes back.
    feedback : tuple of str
        After which moments the referrer hears back.
    meeting : bool
        Whether practice and coach meet about people (the social-medical meeting).
    warm_handover : bool
        Whether somebody is always introduced, accompanied or announced.
    partnership : str
        The neighbourhood partnership that has an agreement with the social domain.
    targets : tuple of Target
    principles, preconditions : mapping
        The self-check: yes or no; what is left out was not answered.

    Raises
    ------
    CatalogueError
        When a name stands twice, a reason in two lists, or a target in no municipality of the profile.
    """

    format: Literal["wor-match-pathway/1"] = FORMAT
    id: Id
    name: Name
    source: Text
    referrers: Annotated[tuple[Referrer, ...], at_most(8), Field(min_length=1)]
    ages: Ages = Ages()
    codes: Codes = Codes()
    groups: Annotated[tuple[Group, ...], at_most(20), Field(min_length=1)]
    consents: Annotated[tuple[Purpose, ...], at_most(5)] = ()
    conversation: Annotated[tuple[Conversation, ...], at_most(6), Field(min_length=1)]
    municipalities: Annotated[tuple[Municipality, ...], at_most(400)] = ()
    desks: Annotated[tuple[Desk, ...], at_most(100)] = ()
    channels: Annotated[tuple[Channel, ...], at_most(5)] = ()
    feedback: Annotated[tuple[FeedbackMoment, ...], at_most(2)] = ()
    meeting: Agreed = False
    warm_handover: Agreed = False
    partnership: Name | None = None
    deadlines: Deadlines = Deadlines()
    targets: Annotated[tuple[Target, ...], at_most(200)] = ()
    principles: FrozenMap[Principle, Agreed] = FrozenMap()
    preconditions: FrozenMap[Precondition, Agreed] = FrozenMap()

    @field_validator("groups")
    @classmethod
    def _lists_each_reason_once(cls, groups: tuple[Group, ...]) -> tuple[Group, ...]:
        named_once("list", (one.id for one in groups))
        named_once("reason", (reason for one in groups for reason in one.reasons))
        return groups

    @field_validator("municipalities")
    @classmethod
    def _knows_each_place_once(cls, places: tuple[Municipality, ...]) -> tuple[Municipality, ...]:
        named_once("municipality", (name for one in places for name in one.names))
        return places

    @field_validator("desks")
    @classmethod
    def _knows_each_desk_once(cls, desks: tuple[Desk, ...]) -> tuple[Desk, ...]:
        named_once("desk", (one.id for one in desks))
        return desks

    @field_validator("targets")
    @classmethod
    def _has_targets_for_its_own(cls, targets: tuple[Target, ...], info: ValidationInfo) -> tuple[Target, ...]:
        named_once("target", (" for ".join(filter(None, (one.indicator, one.municipality))) for one in targets))
        places = {one.name.casefold() for one in info.data.get("municipalities", ())}
        for one in targets:
            if one.municipality and places and one.municipality.casefold() not in places:
                raise refuse("unknown-municipality", f"has a target for {one.municipality}, which it does not serve")
        return targets

    def place(self, municipality: str | None) -> Municipality | None:
        """The `municipality` of this name or of one it goes by, whatever its capitals; None when there is none."""
        told = (municipality or "").casefold()
        return next((one for one in self.municipalities if told in one.folded), None)

    def group_of(self, reason: str) -> Group | None:
        """The list in which a `reason` stands; None when it is in none."""
        return next((group for group in self.groups if reason in group.reasons), None)

    def desks_for(self, circumstance: Circumstance) -> Iterator[Desk]:
        """The desks for one `circumstance`."""
        return (desk for desk in self.desks if desk.for_ == circumstance)
