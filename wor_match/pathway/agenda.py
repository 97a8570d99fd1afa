"""What a practice and a coach speak about when they meet: whom the practice referred, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wor_match.domain.asked import day_of
from wor_match.domain.forgetting import forgetful
from wor_match.domain.history import consents, settled
from wor_match.errors import WorMatchError
from wor_match.pathway.course import Course, latest
from wor_match.pathway.due import Due, steps
from wor_match.pathway.profiles.profile import Profile
from wor_match.wording.words import Words, words
from wor_match.wording.writing import filled


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One person of a practice, for the meeting of practice and coach.

    Attributes
    ----------
    person : str
        Pseudonym.
    referred : date
    stands : str or None
        referred, contacted, intake, chosen, started, ended, nothing_chosen; None without consent to feedback:
        then only the referral itself is known to the practice.
    due : tuple of Due
        What is due; empty without consent.
    """

    person: str = field(repr=False)
    referred: date
    stands: str | None = field(repr=False)
    due: tuple[Due, ...] = field(repr=False)

    def sentence(self, language: str | Words = "nl") -> str:
        """Where it stands, in a sentence; nobody's name stands in it.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.
        """
        ours = words(language)
        return filled(ours["due"]["stands"][self.stands or "untold"], {"date": self.referred}, ours)

    @forgetful
    def to_dict(self, language: str | Words = "nl") -> dict[str, Any]:
        """The person as plain values, with the sentence beside the codes.

        Returns
        -------
        dict
            person, referred (a day as ``2026-11-02``), stands, sentence, and due: each step as `Due.to_dict` gives it.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.

        Examples
        --------
        >>> AgendaItem("p1", date(2026, 11, 2), "chosen", ()).to_dict("en")["sentence"]
        'Referred on Monday 2 November. An activity has been chosen.'
        """
        return {
            "person": self.person,
            "referred": self.referred.isoformat(),
            "stands": self.stands,
            "sentence": self.sentence(language),
            "due": [step.to_dict(language) for step in self.due],
        }


@forgetful
def agenda(events: Any, at: date, profile: Profile, practice: str) -> list[AgendaItem]:
    """Whom one practice referred and whose course is not finished, for the social-medical meeting.

    Of who gave no consent to feedback, took it back since, or does not want to be passed on, it tells the referral
    only, which the practice knows already. Who was referred by two practices stands on the agenda of both.

    Parameters
    ----------
    events, at, profile : list of Event, date, Profile
        As in `due`.
    practice : str
        The code of the practice, as in the events.

    Raises
    ------
    EventError, WorMatchError
        As in `due`; also when `practice` is no code.
    """
    if not isinstance(practice, str) or not practice:
        raise WorMatchError(
            "`practice` is no code of a practice; give it as it stands in the events", code="wrong-type"
        )
    day, held = day_of(at), settled(events)
    taken_back = {(person, purpose) for (person, purpose), given in consents(held).items() if not given}
    found = []
    for course in latest(held, day, profile):
        if practice not in course.practices or "after_3_months" in course.feedback:
            continue
        said_no = any((course.person, purpose) in taken_back for purpose in ("feedback", "handover"))
        told = course.consents.get("feedback", False) and not said_no
        open_ = steps(course, day, profile) if told else ()
        due = tuple(Due(course.person, what, by, by < day, names) for what, by, names in open_)
        found.append(AgendaItem(course.person, course.begun, stands(course) if told else None, due))
    return sorted(found, key=lambda item: (item.referred, item.person))


def stands(course: Course) -> str:
    """How far a course has come."""
    here = course.current
    if here and all(one.ended for one in here):
        return "ended"
    if any(one.started for one in here):
        return "started"
    if course.chosen:
        return "chosen" if here else "nothing_chosen"
    return "intake" if course.intake else "contacted" if course.contacted else "referred"
