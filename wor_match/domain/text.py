"""Texts, ids, numbers and days as people write them, and what of it is refused.

Files hand over text and the field decides the type; in Python a number must be a number.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache, partial
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WithJsonSchema

from wor_match.domain.value import MOST_DIGITS, AsText, refuse
from wor_match.errors import Code

UNSEEN = r"\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff"  # Cc but tab and line break, Cs, Zl, Zp, BOM
BIDI = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the text around them
NO_CHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
HIDDEN = re.compile(f"[{UNSEEN}{BIDI}{NO_CHARACTERS}]")
ID = r"[a-z0-9][a-z0-9._-]{0,63}"
IDS = re.compile(ID)
DIGITS = rf"\d{{1,{MOST_DIGITS}}}"
DECIMAL = re.compile(rf"-?{DIGITS}(\.{DIGITS})?")
WHOLE = re.compile(f"-?{DIGITS}")
NUMBER = re.compile(r"-?(\d+)(?:\.(\d+))?")
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
DAY_FORM = r"(199\d|20\d\d|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"  # in a year that the library knows
PHONE = r"[+0-9][0-9 ()-]{2,30}"
EMAIL = r'[^@\s<>"]+@[^@\s<>"]+\.[a-z]{2,}'
WEBSITE = r"https?://[!-~]{1,290}"
CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
CLOCK_FORM = r"([01]?\d|2[0-3]):[0-5]\d|24:00"  # exactly, for a schema
ID_CHARACTERS = 128
PSEUDONYM = rf"[!-~]{{1,{ID_CHARACTERS}}}"
NINE_DIGITS = re.compile(r"[^\d]*((?:\d[ .-]?){8}\d)[^\d]*|(?:.*[^0-9A-Za-z])?(\d{9})(?:[^0-9A-Za-z].*)?")
FIRST_YEAR, LAST_YEAR = 1990, 2100
MINUTES_A_DAY = 24 * 60
YES_NO = {"yes": True, "ja": True, "no": False, "nee": False, "unknown": None, "onbekend": None}
AGREED = tuple(word for word, answer in YES_NO.items() if answer is not None)


def clean(text: str) -> str:
    """The text in Unicode form NFC; refuses characters that hide or turn text around."""
    if text.isascii() and text.isprintable():  # most texts; nothing of it hides, and its form is NFC
        return text.strip()
    if hidden := HIDDEN.search(text):
        raise refuse("hidden-character", f"holds the hidden character U+{ord(hidden[0]):04X}; remove it")
    return unicodedata.normalize("NFC", text.strip())


def named(text: str) -> str:
    """The clean text; refuses nothing but spaces."""
    if not (kept := clean(text)):
        raise refuse("empty", "is empty; write at least one letter")
    return kept


def visible(text: str) -> str:
    """The text without the characters that hide or turn it around: for what others wrote."""
    return HIDDEN.sub("", text)


def at_most(n: int) -> BeforeValidator:
    """Refuse a long list before looking at any part of it."""
    return BeforeValidator(partial(few, most=n))


def few(value: Any, *, most: int) -> Any:
    """The value itself, unless it is a list with more parts."""
    if isinstance(value, list | tuple) and len(value) > most:
        raise refuse("too-long", f"has {len(value)} parts; at most {most} are allowed")
    return value


def formed(code: Code, pattern: str, sentence: str) -> AfterValidator:
    """Refuse a text of another form, with a sentence instead of a pattern."""
    return AfterValidator(partial(in_form, code=code, pattern=pattern, sentence=sentence))


def in_form(text: str, *, code: Code, pattern: str, sentence: str) -> str:
    """The text itself, when the whole of it has the form."""
    if not re.fullmatch(pattern, text):
        raise refuse(code, sentence)
    return text


def ascii_id(text: str) -> str:
    """The id; refuses letters that only look like a-z."""
    if not IDS.fullmatch(text):
        odd = next((character for character in text if not re.match(r"[a-z0-9._-]", character)), "")
        seen = f" (U+{ord(odd):04X} is none of these)" if odd else ""
        raise refuse("bad-id", f"is no id; use at most 64 of a-z, 0-9, dot, dash and underscore{seen}")
    return text


def pseudonym(text: str) -> str:
    """The pseudonym; refuses what looks like a citizen service number (BSN).

    References
    ----------
    The eleven test of the BSN: 9a + 8b + 7c + 6d + 5e + 4f + 3g + 2h - i is divisible by 11.
    """
    if not re.fullmatch(PSEUDONYM, text):
        raise refuse("bad-pseudonym", "is no pseudonym; use 1 to 128 printable ASCII characters without spaces")
    found = NINE_DIGITS.fullmatch(text)
    digits = [int(digit) for digit in re.sub(r"\D", "", found[1] or found[2])] if found else []
    alone = re.fullmatch(r"(\d[.-]?){9}", text)
    if digits and (alone or sum(w * d for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11 == 0):
        raise refuse("looks-like-bsn", "looks like a citizen service number (BSN); use a pseudonym of your own")
    return text


def number(value: Any, info: ValidationInfo) -> Any:
    """A number from the text of a file; anything else is left to the field."""
    return float(value) if digits_checked(value, info.context) else value


def whole(value: Any, info: ValidationInfo) -> Any:
    """A whole number from the text of a file; anything else is left to the field."""
    return int(value) if digits_checked(value, info.context) and "." not in value else value


def digits_checked(value: Any, context: Any) -> bool:
    """Whether it is the text of a number in a file; refuses one with more digits than the file may have."""
    if not isinstance(context, AsText) or not isinstance(value, str) or not (told := NUMBER.fullmatch(value)):
        return False
    if len(told[1]) > context.digits or len(told[2] or "") > context.digits:
        raise refuse("too-many-digits", f"has more than {context.digits} digits before or behind the point; round it")
    return True


def day(value: Any) -> Any:
    """A day from `2026-11-23`; a day stays a day."""
    if type(value) is date:
        return in_reach(value)
    if isinstance(value, str):
        return day_told(value)
    raise refuse("no-day", "is no day; write it as 2026-11-23")


@lru_cache(4_096)  # a catalogue tells few different days, each a thousand times
def day_told(text: str) -> date:
    """The day that a text tells."""
    if not (parts := DAY.fullmatch(text)):
        raise refuse("no-day", "is no day; write it as 2026-11-23")
    try:
        told = date(*map(int, parts.groups()))
    except ValueError:
        raise refuse("no-such-day", "is no day of the calendar; write the day as 2026-11-23") from None
    return in_reach(told)


def in_reach(value: date) -> date:
    """The day itself, when it lies in a year that the library knows."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise refuse("far-day", f"lies outside {FIRST_YEAR} to {LAST_YEAR}")
    return value


def clock(value: Any) -> str:
    """A time of day as `HH:MM`; 24:00 is the end of the day.

    Examples
    --------
    >>> clock("9:30")
    '09:30'
    """
    return clock_told(value if isinstance(value, str) else "")


@lru_cache(4_096)
def clock_told(text: str) -> str:
    """The time of day that a text tells."""
    parts = CLOCK.fullmatch(text)
    minutes = int(parts[1]) * 60 + int(parts[2]) if parts and int(parts[2]) < 60 else MINUTES_A_DAY + 1
    if minutes > MINUTES_A_DAY:
        raise refuse("no-time", "is no time of day; write it as 10:30")
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def minutes_of(time: str) -> int:
    """Minutes since midnight of a time as `HH:MM`."""
    return int(time[:2]) * 60 + int(time[3:])


def known(value: Any) -> bool | None:
    """Yes, no or unknown, in the words of a file or as True, False, None."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str) and value in YES_NO:
        return YES_NO[value]
    raise refuse("no-answer", "is no answer; write yes, no or unknown (ja, nee, onbekend)")


def agreed(value: Any) -> Any:
    """Yes or no, in the words of a file or as True and False."""
    answer = known(value)
    if answer is None:
        raise refuse("no-answer", "is no answer; write yes or no (ja, nee)")
    return answer


Name = Annotated[str, Field(max_length=120), AfterValidator(named)]
Text = Annotated[str, Field(max_length=4_000), AfterValidator(clean)]
Id = Annotated[str, AfterValidator(ascii_id)]
Pseudonym = Annotated[str, AfterValidator(pseudonym)]
Number = Annotated[float, Field(strict=True), BeforeValidator(number)]
Whole = Annotated[int, Field(strict=True), BeforeValidator(whole)]
DAY_SCHEMA = {"type": "string", "format": "date", "pattern": f"^({DAY_FORM})$"}
Day = Annotated[date, BeforeValidator(day), WithJsonSchema(DAY_SCHEMA)]
Clock = Annotated[str, BeforeValidator(clock), WithJsonSchema({"type": "string", "pattern": f"^({CLOCK_FORM})$"})]
Known = Annotated[bool | None, BeforeValidator(known), WithJsonSchema({"enum": [*YES_NO, True, False, None]})]
Agreed = Annotated[bool, BeforeValidator(agreed), WithJsonSchema({"enum": [*AGREED, True, False]})]
Language = Annotated[str, formed("bad-language", r"[a-z]{2,3}", "is no language code; write it as nl or tr")]
Word = Annotated[str, formed("bad-word", r"[a-z0-9][a-z0-9-]{0,39}", "is no code; use a-z, 0-9 and dashes")]
FieldPath = Annotated[str, formed("bad-field", r"[a-z_]+(\.[a-z_]+){0,3}", "is no field; write it as places.free")]
Phone = Annotated[str, formed("bad-phone", PHONE, "is no telephone number; write 030 123 45 67")]
Email = Annotated[str, Field(max_length=120), formed("bad-email", EMAIL, "is no e-mail address")]
Website = Annotated[str, formed("bad-website", WEBSITE, "is no address of a page; begin with https://")]
