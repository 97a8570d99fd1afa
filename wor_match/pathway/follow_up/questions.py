"""What a participant is asked after the first time and after three months, each question with its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.kinds import Rated
from wor_match.errors import WorMatchError
from wor_match.wording.words import Words, words

Moment = Literal["first_visit", "month_3"]
Scale = Literal["faces", "points"]
MOMENTS: tuple[Moment, ...] = get_args(Moment)
SCALES: tuple[Scale, ...] = get_args(Scale)
RATED: tuple[Rated, ...] = get_args(Rated)
ASKED: dict[Moment, tuple[str, ...]] = {
    "first_visit": ("there", *RATED, "again"),
    "month_3": ("status", "reason", "last_week"),
}
FACES = {"1": "🙁", "3": "😐", "5": "🙂"}


@dataclass(frozen=True, slots=True)
class FollowUpQuestion:
    """One question with its answers.

    Attributes
    ----------
    id : str
        there, welcome, click, room, organisation, time, again, status, reason or last_week.
    text : str
    answers : mapping
        Code → label, in the order in which they are shown. For `last_week` any whole number of weeks may be told.
    """

    id: str
    text: str
    answers: Mapping[str, str]


def follow_up_questions(
    moment: Moment, language: str | Words = "nl", level: str = "B1", scale: Scale = "faces"
) -> tuple[FollowUpQuestion, ...]:
    """What to ask one to two weeks after the first visit, or at three months.

    Parameters
    ----------
    moment : str
        first_visit or month_3.
    language : str or Words
    level : str
        ``B1`` or ``A2``: at most eight words a sentence.
    scale : str
        How a first visit is rated: three ``faces`` (1, 3, 5) or five ``points``.

    Raises
    ------
    WorMatchError
        When the moment, the language, the level or the scale is not known.

    Examples
    --------
    >>> [one.id for one in follow_up_questions("first_visit")]
    ['there', 'welcome', 'click', 'room', 'organisation', 'time', 'again']
    >>> follow_up_questions("month_3", "en", "A2")[0].text
    'Do you still take part?'
    """
    if scale not in SCALES:
        raise WorMatchError(
            f"there is no scale {str(scale)[:20]!r}; there are: {', '.join(SCALES)}", code="unknown-name"
        )
    asked = asked_at(moment)
    said = words(language, level)["follow_up"]
    return tuple(
        FollowUpQuestion(name, str(said[moment][name]), FrozenMap(labels_of(name, said, scale))) for name in asked
    )


def asked_at(moment: Any) -> tuple[str, ...]:
    """The questions of a moment, by id.

    Raises
    ------
    WorMatchError
        When there is no such moment.
    """
    if moment not in MOMENTS:
        raise WorMatchError(
            f"there is no moment {str(moment)[:20]!r} of asking; there are: {', '.join(MOMENTS)}", code="unknown-name"
        )
    return ASKED[moment]


def labels_of(name: str, said: Mapping[str, Any], scale: Scale) -> dict[str, str]:
    """Each answer to a question with its label; a face stands before its word."""
    labels: Mapping[str, str] = said["answers"][scale if name in RATED else name]
    faces = FACES if name in RATED and scale == "faces" else {}
    return {code: f"{faces[code]} {label}" if faces else str(label) for code, label in labels.items()}
