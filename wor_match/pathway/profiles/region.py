"""Whom a region serves and where a referral goes: ages, codes, lists of reasons, and destinations by municipality."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, model_validator

from wor_match.domain.referral import ReferralReason
from wor_match.domain.text import Agreed, Id, Name, Whole, at_most, formed
from wor_match.domain.value import Value, refuse

ICPC = Annotated[str, formed("bad-code", r"[A-Z]\d{2}", "is no ICPC code; write a letter and two digits, such as Z68")]
Age = Annotated[Whole, Field(ge=0, le=120)]
OLDEST = 120


class Ages(Value):
    """The ages that are served, in whole years."""

    from_: Annotated[Age, Field(alias="from")] = 18
    to: Age = OLDEST

    @model_validator(mode="after")
    def _has_somebody(self) -> Ages:
        if self.to < self.from_:
            raise refuse("no-ages", f"ends at {self.to}, before it begins at {self.from_}; swap them")
        return self

    @property
    def everybody(self) -> bool:
        """Whether any age fits."""
        return self.from_ == 0 and self.to == OLDEST

    def __contains__(self, age: object) -> bool:
        return self.everybody or (isinstance(age, int) and self.from_ <= age <= self.to)


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
        It goes there when each of its reasons is one of these; without any it is for all others.
    ages : Ages
        Without them, for any age.
    """

    id: Id
    name: Name
    for_: Annotated[tuple[ReferralReason, ...], Field(alias="for"), at_most(17)] = ()
    ages: Ages = Ages(from_=0)

    @property
    def rest(self) -> bool:
        """Whether it is for everybody who goes nowhere else."""
        return not self.for_ and self.ages.everybody


class Municipality(Value):
    """One municipality, or one core of it: where a referral goes and who has the first talk.

    Attributes
    ----------
    also : tuple of str
        Other names under which it comes in, such as that of the municipality around it.
    through : str
        The organisation that takes the referral in, and its desk.
    intake_by : str
        Who has the first talk.
    destinations : tuple of Destination
        The first that fits is the route; the last has no reasons of its own.
    """

    name: Name
    also: Annotated[tuple[Name, ...], at_most(20)] = ()
    through: Name
    intake_by: Literal["coach", "social_worker"] = "coach"
    destinations: Annotated[tuple[Destination, ...], at_most(20), Field(min_length=1)]

    @model_validator(mode="after")
    def _takes_everybody(self) -> Municipality:
        named_once("destination", (one.id for one in self.destinations))
        if not self.destinations[-1].rest:
            raise refuse("no-rest", "sends some people nowhere; end `destinations` with one without `for` and `ages`")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that it goes by."""
        return (self.name, *self.also)

    @property
    def folded(self) -> frozenset[str]:
        """The same, whatever their capitals."""
        return frozenset(name.casefold() for name in self.names)


def named_once(what: str, names: Iterable[str]) -> None:
    """Refuse a list in which a name stands twice, whatever its capitals."""
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise refuse("told-twice", f"names the {what} {name} twice; keep one")
        seen.add(name.casefold())
