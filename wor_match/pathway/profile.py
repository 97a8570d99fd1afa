"""What one region agreed about Welzijn op Recept: who may refer whom, where to, by when, and what is told back.

A profile holds agreements and no person; how it is read from a file, `reading` knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from wor_match.domain.catalogue import Desk
from wor_match.domain.kinds import Conversation, FeedbackMoment, Purpose
from wor_match.domain.participant import Circumstance
from wor_match.domain.referral import Channel, ReferralReason, Referrer
from wor_match.domain.text import Agreed, Id, Name, Number, Text, Whole, at_most, formed
from wor_match.domain.value import FrozenMap, Value, refuse

FORMAT: Literal["wor-match-pathway/1"] = "wor-match-pathway/1"
ICPC = Annotated[str, formed("bad-code", r"[A-Z]\d{2}", "is no ICPC code; write a letter and two digits, such as Z68")]
Days = Annotated[Whole, Field(ge=1, le=365)]
Age = Annotated[Whole, Field(ge=0, le=120)]
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


class Ages(Value):
    """The ages that are served, in whole years."""

    from_: Annotated[Age, Field(alias="from")] = 18
    to: Age = 120

    def __contains__(self, age: object) -> bool:
        return isinstance(age, int) and self.from_ <= age <= self.to


class Codes(Value):
    """Under which codes of ICPC-1 somebody is referred.

    Attributes
    ----------
    usual : tuple of str
        The code that the practices agreed on, such as Z68.
    chapters : tuple of str
        Letters of whole chapters, such as Z.
    listed : tuple of str
        Codes outside these chapters, such as the light ones of chapter P.
    required : bool
        Whether a referral without a code is asked about.
    """

    usual: Annotated[tuple[ICPC, ...], at_most(20)] = ()
    chapters: Annotated[tuple[Literal["A", "L", "P", "Z"], ...], at_most(4)] = ()
    listed: Annotated[tuple[ICPC, ...], at_most(100)] = ()
    required: Agreed = False

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and (code in self.usual or code in self.listed or code[:1] in self.chapters)


class Group(Value):
    """A list of target groups: the reasons for which somebody is referred, and what has to be asked first.

    Attributes
    ----------
    reasons : tuple of str
    stable : bool
        Whether it is for people who are psychiatrically stable and treated: a question to the referrer.
    """

    id: Id
    reasons: Annotated[tuple[ReferralReason, ...], at_most(17), Field(min_length=1)]
    stable: Agreed = False


class Destination(Value):
    """Where a referral goes.

    Attributes
    ----------
    for_ : tuple of str
        The reasons for which it goes there; without any it is for all others.
    ages : Ages
    """

    id: Id
    name: Name
    for_: Annotated[tuple[ReferralReason, ...], Field(alias="for"), at_most(17)] = ()
    ages: Ages = Ages(from_=0)


class Municipality(Value):
    """One municipality, or one core of it: where a referral goes and who has the first talk.

    Attributes
    ----------
    through : str
        The organisation that takes the referral in, and its desk.
    intake_by : str
        Who has the first talk.
    destinations : tuple of Destination
        The first that fits is the route; the last has no reasons of its own.
    """

    name: Name
    through: Name
    intake_by: Literal["coach", "social_worker"] = "coach"
    destinations: Annotated[tuple[Destination, ...], at_most(20), Field(min_length=1)]

    @model_validator(mode="after")
    def _takes_everybody(self) -> Municipality:
        last = self.destinations[-1]
        if last.for_ or (last.ages.from_, last.ages.to) != (0, 120):
            raise refuse("no-rest", "sends some people nowhere; end `destinations` with one without `for` and `ages`")
        return self


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
            raise refuse("no-number", "needs either `share` or `a_quarter`, and not both")
        if (self.indicator == "referrals") != (self.a_quarter is not None):
            raise refuse("other-number", "is a number `a_quarter` for referrals, and a `share` for all others")
        return self


class Profile(Value):
    """The agreements of one region.

    Attributes
    ----------
    referrers : tuple of str
        Who may refer.
    ages, codes, groups
        Whom it is for.
    consents : tuple of str
        What somebody is asked consent for, by purpose.
    conversation : tuple of str
        The instruments of the first talk; `none` is the wish alone.
    municipalities : tuple of Municipality
        Empty when the profile is for any municipality.
    desks : tuple of Desk
        Where to go for money, housing, safety or skills.
    channels : tuple of str
        How feedback goes to the referrer.
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
        When a name stands twice, a reason in two groups, or a target in no municipality of the profile.
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

    @model_validator(mode="after")
    def _says_each_thing_once(self) -> Profile:
        places = [one.name.casefold() for one in self.municipalities]
        for what, told in (
            ("municipality", places),
            ("group", [one.id for one in self.groups]),
            ("reason in `groups`", [reason for one in self.groups for reason in one.reasons]),
            ("target", [(one.indicator, (one.municipality or "").casefold()) for one in self.targets]),
        ):
            if len(set(told)) < len(told):
                raise refuse("twice", f"names one {what} twice; keep one")
        for target in self.targets:
            if target.municipality and places and target.municipality.casefold() not in places:
                raise refuse("unknown-municipality", f"has a target for {target.municipality}, which it does not serve")
        return self

    def place(self, municipality: str | None) -> Municipality | None:
        """The municipality of this name, whatever its capitals; None when the profile does not know it."""
        told = (municipality or "").strip().casefold()
        return next((one for one in self.municipalities if one.name.casefold() == told), None)

    def group_of(self, reason: str) -> Group | None:
        """The list in which a reason stands."""
        return next((group for group in self.groups if reason in group.reasons), None)

    def desks_for(self, circumstance: Circumstance) -> Iterator[Desk]:
        """The desks for one circumstance."""
        return (desk for desk in self.desks if desk.for_ == circumstance)
