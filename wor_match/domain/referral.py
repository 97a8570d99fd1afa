"""What a referrer tells: who refers, from where, why, and how it came in. No person stands here."""

from __future__ import annotations

from typing import Literal

from wor_match.domain.event import Code
from wor_match.domain.text import Agreed, Name, Word
from wor_match.domain.value import Personal

Channel = Literal["referral_service", "mail", "meeting", "phone", "other"]
Referrer = Literal[
    "gp", "practice_nurse", "physiotherapist", "psychologist", "social_worker", "district_team", "self", "other"
]
ReferralReason = Literal[
    "loneliness", "small_network", "low_mood", "anxiety", "meaning", "day_structure", "stress", "sleep", "lifestyle",
    "moving_more", "grief", "relations", "money", "chronic", "unexplained", "frequent_visits", "other",
]  # fmt: skip


class AsReferred(Personal, init=False):
    """What a referrer tells, without whom it is about.

    Attributes
    ----------
    practice : str or None
        The host's code of the practice.
    pathway : str or None
        Id of the profile under which it came in.
    municipality : str or None
        Its name, which may have spaces.
    code : str or None
        Of ICPC-1, as it was told.
    patient_informed : bool or None
        Whether the patient knows of it and agrees.
    """

    referrer: Referrer
    practice: Code | None = None
    pathway: Word | None = None
    municipality: Name | None = None
    code: Code | None = None
    reasons: tuple[ReferralReason, ...] = ()
    channel: Channel | None = None
    patient_informed: Agreed | None = None
