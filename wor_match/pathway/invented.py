"""Invented people on their way from a referral to feedback, for trying out a profile and the monitor. Nobody is real.

Every event names `INVENTED` as its reporter, so whatever is made of them can say that they are invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np

from wor_match.domain.asked import day_of
from wor_match.domain.event import Event
from wor_match.domain.forgetting import forgetful
from wor_match.domain.kinds import event_of
from wor_match.domain.participant import IN_THE_WAY
from wor_match.errors import WorMatchError
from wor_match.pathway.course import refuse_other
from wor_match.pathway.profiles.profile import Profile

INVENTED = "invented"
MOST_PEOPLE = 100_000
DAYS = 364  # over which referrals are spread
PRACTICES = 4  # in each municipality
PLACES = ("Voorbeeldstad", "Voorbeelddorp")  # where a profile names no municipality
CONSENTS = {"handover": 0.96, "matching": 0.95, "follow_up": 0.92, "learning": 0.7, "feedback": 0.85}
TRACKS = {"money": 0.1, "housing": 0.05, "skills": 0.06, "safety": 0.02}
ACTIVITIES = ("wandelgroep", "kookgroep", "zangkoor", "tuingroep", "koffie-ochtend", "schildergroep")
OUTSIDE = ("zwemmen", "schilderen")
NOTHING = {"nothing_suits": 0.4, "later": 0.4, "too_far": 0.2}
CHOSEN_BY = {"participant": 0.6, "together": 0.3, "coach": 0.1}
HOW = {"introduced": 0.4, "accompanied": 0.2, "called": 0.25, "none": 0.15}
WHY = {"not_suited": 0.4, "practical": 0.2, "health": 0.15, "moved_on": 0.1, "activity_gone": 0.05, "other": 0.1}
# How long somebody stays: a Weibull that falls steeply at first, 68 % after 4 weeks and 53 % after 12; an assumption.
LENGTH_WEEKS, SHAPE = 35.0, 0.43


@forgetful
def invented(profile: Profile, people: int = 500, seed: int = 1, first: date = date(2026, 1, 5)) -> tuple[Event, ...]:
    """Events of invented people, referred in the 52 weeks from a day on, each through a whole course.

    Shares are as far as known those of real schemes (contact .9, finds something .6, starts .7, most who stop do so
    early); all others are assumptions. Some steps are late, and some are missing. They show how a report looks, and say
    nothing about any region.

    Parameters
    ----------
    profile : Profile
        Its referrers, municipalities, reasons, consents, instruments and moments of feedback are used.
    people : int
        1 to 100,000.
    seed : int
        The same seed gives the same people.
    first : date
        The first day on which somebody is referred.

    Raises
    ------
    WorMatchError
        When `people`, `seed` or `first` is none of these.

    Examples
    --------
    >>> from wor_match.pathway.profiles.reading import load_profile
    >>> told = invented(load_profile("amstelland"), people=3)
    >>> told[0], {event.reporter for event in told}
    (Referred(event_id='i0-0', kind='referred'), {'invented'})
    """
    refuse_other(profile)
    if isinstance(people, bool) or not isinstance(people, int) or not 1 <= people <= MOST_PEOPLE:
        raise WorMatchError(f"`people` is no number from 1 to {MOST_PEOPLE}", code="out-of-range")
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise WorMatchError("`seed` is no whole number from 0", code="out-of-range")
    day, dice = day_of(first), np.random.default_rng(seed)
    return tuple(event for number in range(people) for event in Somebody(number, profile, day, dice).course())


class Somebody:
    """One invented person; each step throws the dice and writes its event."""

    def __init__(self, number: int, profile: Profile, first: date, dice: np.random.Generator) -> None:
        self.number, self.profile, self.dice = number, profile, dice
        self.referred = first + timedelta(days=int(dice.integers(DAYS)))
        self.written = 0
        self.agrees = {name: self.happens(CONSENTS[name]) for name in sorted({*profile.consents, "follow_up"})}

    def happens(self, chance: float) -> bool:
        """Whether something of this chance happens."""
        return bool(self.dice.random() < chance)

    def one_of(self, codes: Sequence[Any], weights: Sequence[float] | None = None) -> Any:
        """One of some codes."""
        shares = None if weights is None else np.array(weights) / sum(weights)
        return codes[int(self.dice.choice(len(codes), p=shares))]

    def weighed(self, chances: dict[str, float]) -> str:
        """One of some codes, by its chance."""
        return str(self.one_of(list(chances), list(chances.values())))

    def after(self, day: date, least: int, mean: float) -> date:
        """A day after another; mostly soon, sometimes late."""
        return day + timedelta(days=least + int(self.dice.gamma(2.0, mean / 2.0)))

    def told(self, kind: str, day: date, **fields: Any) -> Event:
        """The event."""
        at = datetime.combine(day, time(9, self.written % 60), UTC)
        event_id, self.written = f"i{self.number}-{self.written}", self.written + 1
        return event_of({"kind": kind, "event_id": event_id, "person": f"invented-{self.number}", "at": at,
                         "source": "coach", "reporter": INVENTED, **fields})  # fmt: skip

    def course(self) -> Iterator[Event]:
        """From the referral on."""
        yield self.referral()
        for purpose, given in self.agrees.items():
            yield self.told("consented", self.referred, purpose=purpose, given=given, basis="consent")
        if not self.agrees.get("handover", True) or not self.happens(0.9):
            return
        contact = self.after(self.referred, 1, 7.0)
        yield self.told("contacted", contact)
        if self.happens(0.9):
            yield from self.talks(self.after(contact, 2, 7.0))

    def referral(self) -> Event:
        """What the referrer tells."""
        names = [one.name for one in self.profile.municipalities] or PLACES
        place = int(self.one_of(range(len(names)), [1 / (1 + n) for n in range(len(names))]))
        practice = self.one_of(range(PRACTICES), [4, 3, 2, 1])
        referrers, reasons = self.profile.referrers, [one for group in self.profile.groups for one in group.reasons]
        codes = self.profile.codes.usual or ("Z29",)
        return self.told(
            "referred", self.referred, municipality=names[place], practice=f"praktijk-{place + 1}{'abcd'[practice]}",
            referrer=self.one_of(referrers, [1 / (1 + n) for n in range(len(referrers))]),
            reasons=sorted({self.one_of(reasons) for _ in range(2 if self.happens(0.4) else 1)}),
            code=self.one_of(codes) if self.happens(0.75) else None, pathway=self.profile.id,
            channel=self.one_of(self.profile.channels or ("mail",)), patient_informed=self.happens(0.95),
        )  # fmt: skip

    def talks(self, intake: date) -> Iterator[Event]:
        """The first talk, what comes first or alongside, and the choice."""
        yield self.told("intake", intake, instrument=self.one_of(self.profile.conversation),
                        focus_chosen=self.happens(0.85))  # fmt: skip
        for track, chance in TRACKS.items():
            if self.happens(chance):
                yield self.told("track", intake, track=track, state=self.one_of(IN_THE_WAY))
        yield from self.heard("after_intake", intake, 0.85)
        if self.happens(0.9):
            yield from self.chooses(self.after(intake, 0, 9.0))
        yield from self.heard("after_3_months", intake + timedelta(weeks=13), 0.6)

    def heard(self, moment: str, day: date, chance: float) -> Iterator[Event]:
        """What the referrer hears, when it may."""
        if moment in self.profile.feedback and self.agrees.get("feedback") and self.happens(chance):
            channel = self.one_of(self.profile.channels or ("mail",))
            yield self.told("feedback_sent", self.after(day, 0, 4.0), moment=moment, channel=channel)

    def chooses(self, day: date) -> Iterator[Event]:
        """A choice: mostly for an activity."""
        by = self.weighed(CHOSEN_BY)
        if not self.happens(0.74):  # with contact, talk and choice: six of ten find something
            yield self.told("chosen", day, by=by, none_reason=self.weighed(NOTHING))
        elif self.happens(0.07):
            yield self.told("chosen", day, by=by, outside=self.one_of(OUTSIDE))
        else:
            activity = self.one_of(ACTIVITIES)
            decision = {"decision": f"d{self.number}"} if self.happens(0.8) else {}
            yield self.told("chosen", day, by=by, activities=[activity], **decision)
            yield from self.takes_part(activity, day)

    def takes_part(self, activity: str, chosen: date) -> Iterator[Event]:
        """The handover, the first visit, and how it goes on."""
        handed = self.after(chosen, 1, 6.0)
        if self.happens(0.88):
            yield self.told("handed_over", handed, activity=activity, how=self.weighed(HOW))
        if not self.happens(0.7):
            if self.happens(0.7):
                yield self.told("followed_up", handed + timedelta(weeks=12), activity=activity, status="never")
            return
        begun = self.after(handed, 2, 7.0)
        called = self.agrees["follow_up"] and self.happens(0.8)
        more: dict[str, Any] = {"ratings": self.ratings(), "again": self.one_of(("yes", "yes", "unsure", "no"))}
        yield self.told("visited", begun, activity=activity, attended=True, **(more if called else {}))
        yield from self.goes_on(activity, begun, LENGTH_WEEKS * float(self.dice.weibull(SHAPE)))

    def goes_on(self, activity: str, begun: date, weeks: float) -> Iterator[Event]:
        """Staying or stopping, as far as somebody asks."""
        asked = self.agrees["follow_up"]
        for week, chance in ((4, 0.75), (12, 0.72)):
            if weeks >= week and asked and self.happens(chance):
                day = self.after(begun + timedelta(weeks=week), 0, 4.0)
                yield self.told("followed_up", day, activity=activity, status="still")
        if weeks < 13 and self.happens(0.8):
            end = begun + timedelta(weeks=int(weeks))
            yield self.told("stopped", end + timedelta(days=3), activity=activity, on=end.isoformat(),
                            reason=self.weighed(WHY))  # fmt: skip

    def ratings(self) -> dict[str, int]:
        """How the first visit was."""
        return {name: int(self.dice.integers(2, 6)) for name in ("welcome", "click", "room", "organisation", "time")}
