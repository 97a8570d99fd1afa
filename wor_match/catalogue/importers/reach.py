"""What reaches a person: a mail address or a telephone number is taken out of every text that is not made for it."""

from __future__ import annotations

import re
from typing import Any

MAIL = r"[^\s@<>]{1,64}@[^\s@<>]{1,190}\.[a-z]{2,10}"
A_DATE = r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{4}-\d\d-\d\d"
REACHES_SOMEBODY = re.compile(  # a mail address, or nine digits and more that are no date
    rf"{MAIL}|(?<![\w.,€])(?!{A_DATE})\+?\(?(?:\d[ ()./-]{{0,3}}){{8,14}}\d(?!\w)"
)
IN_A_NAME = re.compile(rf"{MAIL}|(?<![\w.,/#€-])(?:\+\d|0)(?:[ ()./-]{{0,3}}\d){{8,13}}(?!\w)")  # ids hold digits too


def without_reach(told: Any) -> str:
    """A short text without telephone numbers and mail addresses: outside their own field they may be a person's."""
    text = str(told)
    return IN_A_NAME.sub("", text) if "@" in text or "0" in text or "+" in text else text
