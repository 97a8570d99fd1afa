"""What can happen to somebody, and to the offer: each kind of event with its own fields. Codes only, no free text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import Field, field_validator, model_validator

from wor_match.domain.activity import Support
from wor_match.domain.event import Code, Event, OfPerson
from wor_match.domain.event_limits import refuse_many_names, within
from wor_match.domain.forgetting import forgetful
from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.limits import SHOWN_AT_MOST, USUAL, Limits, checked_limits
from wor_match.domain.participant import Circumstance, State, StopReason, ToldId
from wor_match.domain.referral import AsReferred, Channel
from wor_match.domain.spiderweb import Instrument
from wor_match.domain.strict_json import as_json
from wor_match.domain.terms import TermId
from wor_match.domain.text import Agreed, Day, FieldPath, Number, Pseudonym, Whole, Word
from wor_match.domain.value import Personal, refuse
from wor_match.errors import EventError, WorMatchError

Share = Annotated[Number, Field(ge=0, le=1)]
Mark = Annotated[Whole, Field(ge=1, le=5)]
Rated = Literal["welcome", "click", "room", "organisation", "time"]
LONGEST_VALUE, LARGEST_VALUE = 200, 1e15  # of a field of the offer
Purpose = Literal["handover", "matching", "follow_up", "learning", "feedback"]
Conversation = Literal[Instrument, "4d", "none"]  # with what the first talk was held; none is the wish alone
ChosenBy = Literal["participant", "together", "coach"]
Handover = Literal["introduced", "accompanied", "called", "none"]
Again = Literal["yes", "unsure", "no"]  # whether somebody wants to come once more
FollowUpStatus = Literal["still", "other", "stopped", "never"]
FeedbackMoment = Literal["after_intake", "after_3_months"]  # when the referrer hears back


class Referred(OfPerson, AsReferred):
    """Somebody was referred."""

    kind: Literal["referred"] = "referred"


class Consented(OfPerson):
    """Somebody gave or took back consent for one purpose."""

    kind: Literal["consented"] = "consented"
    purpose: Purpose
    given: Agreed
    basis: Literal["consent", "public_task", "contract", "other"] | None = None


class Contacted(OfPerson):
    """The coach reached somebody."""

    kind: Literal["contacted"] = "contacted"


class Intake(OfPerson):
    """The first conversation took place."""

    kind: Literal["intake"] = "intake"
    instrument: Conversation | None = None
    focus_chosen: Agreed | None = None


class TrackSet(OfPerson):
    """A circumstance got a state."""

    kind: Literal["track"] = "track"
    track: Circumstance
    state: State


class Shown(Personal):
    """One activity as it was advised that day, with its strengths, term and organiser."""

    refused_as: ClassVar[type[WorMatchError]] = EventError

    activity: ToldId
    score: Share
    worth: Share
    chance: Share
    propensity: Share = 1.0
    explored: Agreed = False
    strengths: FrozenMap[Code, Share] = FrozenMap()
    term: Word | None = None
    organiser: ToldId | None = None


class Advised(OfPerson):
    """An advice was given."""

    kind: Literal["advised"] = "advised"
    decision: Code
    model: Code
    catalogue: Code
    seed: Whole
    signals_version: Code
    n_possible: Annotated[Whole, Field(ge=0)]
    shown: Annotated[tuple[Shown, ...], Field(max_length=SHOWN_AT_MOST)]


class Chosen(OfPerson):
    """A choice was made: activities of the catalogue, something outside it, or nothing.

    Why nothing was chosen is a code of ours (`labels.none_reason` in the words) or one of the host's own.
    """

    kind: Literal["chosen"] = "chosen"
    activities: Annotated[tuple[ToldId, ...], Field(max_length=100)] = ()
    outside: TermId | None = None
    by: ChosenBy | None = None
    decision: Code | None = None
    none_reason: Code | None = None
    support: tuple[Support, ...] = ()
    strengths: FrozenMap[ToldId, FrozenMap[Code, Share]] = FrozenMap()


class HandedOver(OfPerson):
    """The coach handed somebody over to an activity."""

    kind: Literal["handed_over"] = "handed_over"
    activity: ToldId
    how: Handover


class Visited(OfPerson):
    """Somebody came, or did not come; with ratings of 1 to 5."""

    kind: Literal["visited"] = "visited"
    activity: ToldId
    attended: Agreed
    ratings: FrozenMap[Rated, Mark] = FrozenMap()
    again: Again | None = None


class FollowedUp(OfPerson):
    """Somebody was asked how it goes."""

    kind: Literal["followed_up"] = "followed_up"
    activity: ToldId
    status: FollowUpStatus
    reason: StopReason | None = None
    last_week: Annotated[Whole, Field(ge=0, le=520)] | None = None


class Stopped(OfPerson):
    """Somebody stopped, on a day or before it."""

    kind: Literal["stopped"] = "stopped"
    activity: ToldId
    on: Day | None = None
    before: Day | None = None
    reason: StopReason | None = None

    @model_validator(mode="after")
    def _has_one_day(self) -> Stopped:
        if (self.on is None) == (self.before is None):
            raise refuse("one-of-two", "needs either `on` or `before`, and not both")
        return self


class FeedbackSent(OfPerson):
    """The referrer heard how it goes."""

    kind: Literal["feedback_sent"] = "feedback_sent"
    moment: FeedbackMoment
    channel: Channel | None = None


class Corrected(Event):
    """Another event replaces one that was wrong; the latest correction counts."""

    kind: Literal["corrected"] = "corrected"
    person: Pseudonym | None = None
    replaces: Code
    event: Any

    @field_validator("event", mode="before")
    @classmethod
    def _is_an_event(cls, told: Any) -> Any:
        kind = told.get("kind") if isinstance(told, Mapping) else told.kind if isinstance(told, Event) else None
        if kind in ("corrected", "withdrawn"):
            raise refuse("bad-event", "holds a correction or a withdrawal; write that as an event of its own")
        try:
            return told if isinstance(told, Event) else event_of(told)
        except EventError as fault:
            why = fault.problems[0].sentence if fault.problems else fault.sentence
            raise refuse("bad-event", f"holds an event that is refused: {why}") from None

    @model_validator(mode="after")
    def _is_of_one_person(self) -> Corrected:
        if self.person is not None and self.event.of not in (None, self.person):
            raise refuse("other-person", "holds an event of somebody else than its `person`")
        if self.event.event_id in (self.event_id, self.replaces):
            raise refuse("same-id", "holds an event with the id of the correction or of what it replaces; give its own")
        return self

    @property
    def of(self) -> str | None:
        """The person it is about, also when only the event inside says so."""
        inner: Event = self.event
        return self.person or inner.of


class Withdrawn(Event):
    """An event is taken back as if it had never been told."""

    kind: Literal["withdrawn"] = "withdrawn"
    person: Pseudonym | None = None
    takes_back: Code


class OfferChecked(Event):
    """Somebody asked the organiser: one field of an activity, as it is now."""

    kind: Literal["offer_checked"] = "offer_checked"
    activity: ToldId
    field: FieldPath
    value: Any

    @field_validator("value")
    @classmethod
    def _is_plain(cls, told: Any) -> Any:
        few = told if isinstance(told, list | tuple) else [told]
        if len(few) > 20 or not all(is_plain(one) for one in few):
            raise refuse("bad-value", "is no plain value; give a text, a number, yes or no, or a short list of them")
        return tuple(told) if isinstance(told, list) else told


def is_plain(value: Any) -> bool:
    """Whether a value is a short clean text, a number of ordinary size, yes, no, or nothing."""
    if isinstance(value, str):
        return len(value) <= LONGEST_VALUE and value.isprintable()
    return value is None or (isinstance(value, int | float) and abs(value) <= LARGEST_VALUE)


class ActivityClosed(Event):
    """An activity has ended."""

    kind: Literal["activity_closed"] = "activity_closed"
    activity: ToldId


KINDS: dict[str, type[Event]] = {
    get_args(one.model_fields["kind"].annotation)[0]: one
    for one in (
        Referred, Consented, Contacted, Intake, TrackSet, Advised, Chosen, HandedOver, Visited, FollowedUp, Stopped,
        FeedbackSent, Corrected, Withdrawn, OfferChecked, ActivityClosed,
    )
}  # fmt: skip


@forgetful
def event_of(told: Mapping[str, Any], *, at: date | None = None, limits: Limits = USUAL) -> Event:
    """The event that stands in a mapping, such as a line of JSON.

    Parameters
    ----------
    told : mapping
    at : date or aware datetime, optional
        When it is told: an event that lies more than `limits.days_ahead` days later is refused.
    limits : Limits

    Raises
    ------
    EventError
        When the kind is not known, or a field or limit is broken; what was told about a person is not repeated.

    Examples
    --------
    >>> told = {"kind": "contacted", "event_id": "e1", "person": "p1", "at": "2026-11-03T10:00:00Z", "source": "coach"}
    >>> event_of(told)
    Contacted(event_id='e1', kind='contacted')
    """
    refuse_many_names(told, checked_limits(limits))
    kind = told.get("kind") if isinstance(told, Mapping) else None
    if not isinstance(kind, str) or kind not in KINDS:
        raise EventError(f"an event has no known kind; allowed are {', '.join(KINDS)}", code="unknown-kind")
    return within(KINDS[kind].model_validate(told), limits, at)


def plain(event: Event) -> dict[str, Any]:
    """The event as JSON values: everything that was told and nothing more."""
    told: dict[str, Any] = event.model_dump(mode="json", exclude_defaults=True, exclude={"event"}, warnings=False)
    told["kind"] = event.kind
    if isinstance(event, Corrected):
        told["event"] = plain(event.event)
    return told


def as_line(event: Event) -> str:
    """The event as one line of JSON, names sorted; two events with one line are the same event."""
    return as_json(plain(event))
