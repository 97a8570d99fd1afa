"""What one row of a coarse registration tells: kinds, days and fields of events; what contradicts itself is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from wor_match.errors import Code

UNKNOWN = "onbekend"  # the activity, where no column tells it
Kept = Mapping[str, Any]  # heading → what its cell says
Part = tuple[str, str, date, dict[str, Any]]  # heading, kind of event, day, fields
Tell = Callable[[str, str, Code], None]  # heading, sentence, and whether it is left out or kept all the same
LEFT_OUT: Final = "left-out"
KEPT: Final = "kept"


def parts_of(kept: Kept, pathway: str | None, tell: Tell) -> Iterator[Part]:
    """What a row tells, in the order of the process."""
    yield from of_referral(kept, pathway, tell)
    if "intakedatum" in kept:
        yield "intakedatum", "intake", kept["intakedatum"], {}
    yield from of_choice(kept, tell)
    yield from of_drop_out(kept, tell)
    yield from of_follow_up(kept, tell)


def known(**fields: Any) -> dict[str, Any]:
    """The fields that are known."""
    return {name: value for name, value in fields.items() if value is not None}


def of_referral(kept: Kept, pathway: str | None, tell: Tell) -> Iterator[Part]:
    """The referral."""
    if "verwijsdatum" not in kept:
        if any(name in kept for name in ("verwijzer", "praktijk", "hoofdreden")):
            tell("verwijsdatum", "is not known; the referral is left out", LEFT_OUT)
        return
    if "verwijzer" not in kept:
        tell("verwijzer", "is not known; the referral is kept as one by somebody else", KEPT)
    yield (
        "verwijsdatum",
        "referred",
        kept["verwijsdatum"],
        known(
            referrer=kept.get("verwijzer", "other"),
            practice=kept.get("praktijk"),
            municipality=kept.get("gemeente"),
            pathway=pathway,
            reasons=kept.get("hoofdreden"),
        ),
    )


def of_choice(kept: Kept, tell: Tell) -> Iterator[Part]:
    """What was chosen, at the latest on the day they began, and their first visit."""
    activity, start, outflow = kept.get("activiteit", UNKNOWN), kept.get("startdatum"), kept.get("uitstroom")
    days = [kept[name] for name in ("uitstroomdatum", "startdatum") if name in kept]
    if outflow == "none" and start:
        tell("uitstroom", "says that nothing was chosen beside a startdatum; kept as a choice", KEPT)
    if outflow and not days:
        tell("uitstroomdatum", "is not known; the outflow is left out", LEFT_OUT)
    elif start or (outflow and outflow != "none"):
        yield "uitstroom", "chosen", min(days), {"activities": [activity]}
    elif outflow:
        reason = kept["reden_uitval"][1] if "reden_uitval" in kept else None
        yield "uitstroom", "chosen", days[0], {"activities": [], **known(none_reason=reason)}
    if start:
        yield "startdatum", "visited", start, {"activity": activity, "attended": True}


def of_drop_out(kept: Kept, tell: Tell) -> Iterator[Part]:
    """Who dropped out before the end stopped when they had begun, and chose nothing when no outflow was told.

    Beside a follow-up it is the reason told there.
    """
    if "reden_uitval" not in kept or "opvolging" in kept or kept.get("uitstroom") == "none":
        return
    as_stop, as_nothing = kept["reden_uitval"]
    if "uitstroomdatum" not in kept:
        tell("uitstroomdatum", "is not known; reden_uitval is left out", LEFT_OUT)
    elif "startdatum" in kept and kept["uitstroomdatum"] < kept["startdatum"]:
        tell("reden_uitval", "stands beside a start after the outflow, so nobody knows since when; left out", LEFT_OUT)
    elif "startdatum" in kept:
        about = {"activity": kept.get("activiteit", UNKNOWN), "before": kept["uitstroomdatum"], "reason": as_stop}
        yield "reden_uitval", "stopped", kept["uitstroomdatum"], about
    elif "uitstroom" in kept:
        tell("reden_uitval", "stands beside an outflow, and nobody knows whether they began; left out", LEFT_OUT)
    else:
        yield "reden_uitval", "chosen", kept["uitstroomdatum"], {"activities": [], "none_reason": as_nothing}


def of_follow_up(kept: Kept, tell: Tell) -> Iterator[Part]:
    """How it went, with the reason to stop; without one, that of the drop-out."""
    status = kept.get("opvolging")
    if status is None or "opvolgdatum" not in kept:
        if status:
            tell("opvolgdatum", "is not known; opvolging is left out", LEFT_OUT)
        for name in ("opvolgdatum", "reden_stoppen"):
            if name in kept and not status:
                tell(name, "stands there without opvolging; left out", LEFT_OUT)
        return
    ended = status in ("stopped", "never")
    if "reden_stoppen" in kept and not ended:
        tell("reden_stoppen", "stands beside somebody who takes part; left out", LEFT_OUT)
    dropped = kept["reden_uitval"][0] if "reden_uitval" in kept else None
    reason = kept.get("reden_stoppen", dropped) if ended else None
    about = {"activity": kept.get("activiteit", UNKNOWN), "status": status, **known(reason=reason)}
    yield "opvolgdatum", "followed_up", kept["opvolgdatum"], about
