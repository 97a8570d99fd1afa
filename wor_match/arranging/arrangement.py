"""What an arrangement is: a few activities that go together in one person's weeks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from wor_match.advice import Advice
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import ReadyArrangement
from wor_match.domain.event import Source
from wor_match.domain.kinds import Advised, Chosen
from wor_match.domain.schedule import Occurrence
from wor_match.reasons import Reason, spoken
from wor_match.suggestion import Suggestion

if TYPE_CHECKING:
    from wor_match.wording.words import Words

LATER = datetime.max.replace(tzinfo=UTC)  # what has no day yet comes last


@dataclass(frozen=True, eq=False)
class Arrangement:
    """A few activities that go together.

    Attributes
    ----------
    activities : tuple of Activity
        By id.
    score, worth, chance : float
        Score = worth x chance. In worth each dimension counts as the activity that serves it best, and the wish as the
        mean of the activities; the chance is the mean of theirs: the part of the set that still goes on after twelve
        weeks.
    reasons : tuple of Reason
        In the order of speaking; the points add up to 100 x (score - reference). The fact ``activity`` says which of
        the set it is about.
    theme : str or None
        That of a ready-made arrangement, or the one that the activities share.
    ready : ReadyArrangement or None
        The arrangement of the catalogue; None when it was composed.
    advice : Advice
        The set as an advice, with a suggestion for each activity.
    """

    activities: tuple[Activity, ...]
    score: float
    worth: float
    chance: float
    reasons: tuple[Reason, ...]
    theme: str | None
    ready: ReadyArrangement | None
    advice: Advice = field(repr=False)

    def __repr__(self) -> str:
        return f"Arrangement({', '.join(one.id for one in self.activities)})"

    @property
    def reference(self) -> float:
        """The score of the neutral activity, from which reasons count."""
        return self.advice.reference

    @property
    def spoken(self) -> tuple[Reason, ...]:
        """The few reasons that are said, a caution last."""
        return tuple(spoken(self.reasons))

    @property
    def in_time(self) -> tuple[Suggestion, ...]:
        """A suggestion for each activity, the first to come first; what has no day yet comes last."""
        return tuple(
            sorted(
                self.advice,
                key=lambda one: ([day.start for day in one.next_occurrences[:1]] or [LATER], one.activity.name),
            )
        )

    def week(self, language: str | Words = "nl") -> tuple[str, ...]:
        """What the week looks like, for the coach: a sentence for each activity, the first to come first.

        Parameters
        ----------
        language : str or Words
            ``nl``, ``nl-je``, ``en``, or an organisation's own words.
        """
        from wor_match.wording.sentences import week_sentence

        comes = ((one.activity.name, one.next_occurrences[:1]) for one in self.in_time)
        return tuple(week_sentence(name, hours(*first) if first else {}, language) for name, first in comes)

    def to_dict(self, language: str | Words = "nl") -> dict[str, Any]:
        """The set as plain values, with its sentences in `language`; it speaks of wishes, so keep it as such.

        ``activities`` (ids), the figures, ``theme``, ``ready`` (the id in the catalogue), ``reasons`` with the activity
        that each is about, ``spoken``, and the ``week`` in order of time.

        Examples
        --------
        >>> import wor_match as wm, datetime
        >>> riet = wm.Participant(id="p1", focus=["meedoen"], likes=["samen-koken"])
        >>> made = wm.Matcher(wm.load_catalogue("nieuwegein")).arrange(riet, at=datetime.date(2026, 11, 23))
        >>> sorted(one["activity"] for one in made[0].to_dict()["week"]) == made[0].to_dict()["activities"]
        True
        """
        from wor_match.display.plain import arrangement_dict

        return arrangement_dict(self, language)

    def event(self, *, at: datetime, source: Source = "coach", event_id: str | None = None) -> Advised:
        """The event that this set was advised; `at`, `source` and `event_id` as in `Advice.event`."""
        return self.advice.event(at=at, source=source, event_id=event_id)

    def chosen(
        self,
        *,
        at: datetime,
        by: Literal["participant", "together", "coach"] = "together",
        source: Source = "coach",
        event_id: str | None = None,
    ) -> Chosen:
        """The event that the whole set was chosen; `advice.chosen` tells of a part of it.

        Parameters
        ----------
        at : aware datetime
            When it was chosen.
        by, source : str
        event_id : str, optional
            As in `Advice.chosen`.
        """
        ids = [one.id for one in self.activities]
        return self.advice.chosen(ids, at=at, by=by, source=source, event_id=event_id)


def hours(session: Occurrence) -> dict[str, Any]:
    """The day and the hours of a session, as a sentence writes them."""
    return {"date": session.start.date(), "start": f"{session.start:%H:%M}", "end": f"{session.end:%H:%M}"}
