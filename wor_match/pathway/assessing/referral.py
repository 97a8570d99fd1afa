"""A referral as it comes in: what the referrer tells, with an age and circumstances, and no person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from wor_match.catalogue.participants import personal_value
from wor_match.domain.forgetting import forgetful
from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.limits import USUAL, Limits
from wor_match.domain.participant import Circumstance, State
from wor_match.domain.referral import AsReferred
from wor_match.domain.text import Whole


class Referral(AsReferred, init=False):
    """What a referrer tells of somebody, without who it is.

    Attributes
    ----------
    referrer : str
        gp, practice_nurse, physiotherapist, psychologist, social_worker, district_team, self or other.
    practice : str or None
        The host's code of the practice.
    pathway : str or None
        The id of the profile that was agreed on, when the referrer names one.
    municipality : str or None
        Its name, such as ``Amstelveen``.
    code : str or None
        Of ICPC-1, such as ``Z68``.
    reasons : tuple of str
        Such as ``loneliness``.
    channel : str or None
        How it came in.
    patient_informed : bool or None
        Whether the patient knows of it and agrees.
    age : int or None
        In whole years.
    circumstances : mapping
        money, housing, safety, skills, care or stability, and its state.

    Raises
    ------
    ParticipantError
        When a field is not known or not allowed; what was told is not repeated.

    Examples
    --------
    >>> Referral(referrer="gp", municipality="Aalsmeer", code="Z68", age=67, reasons=["loneliness"])
    Referral()
    """

    age: Annotated[Whole, Field(ge=0, le=120)] | None = None
    circumstances: FrozenMap[Circumstance, State] = FrozenMap()


@forgetful
def load_referral(path: str | Path, *, limits: Limits = USUAL) -> Referral:
    """The referral in a YAML or JSON file.

    Raises
    ------
    ParticipantError
        With every problem as ``file:line:column``; what was told is not repeated. Also when the file holds more than
        the limits allow, before reading on.
    """
    return personal_value(Referral, path, "referral", "referrer: gp", limits)
