"""How easily one gets there: the way, the hour, the price, the wait, the first step."""

from __future__ import annotations

import math
from datetime import date
from functools import partial

import numpy as np

from wor_match.domain.asked import Asked
from wor_match.domain.columns import ENTRIES, Columns, Floats
from wor_match.domain.facts import Facts, facts
from wor_match.domain.place import minutes_with
from wor_match.signals.signal import Signal

NEAR_NEUTRAL, TIME_NEUTRAL, AFFORDABLE_NEUTRAL, SOON_NEUTRAL, EASY_NEUTRAL = 0.6, 0.8, 0.75, 0.7, 0.7
HALVING_MINUTES, HALVING_EURO, HALVING_DAYS = 20.0, 8.0, 14.0  # assumptions
SMALL_EURO, SMALL_STRENGTH = 4.0, 0.75
EASE = {"drop_in": 1.0, "sign_up": 0.5, "course": 0.5, "referral": 0.25}
WATCH_EASE, TRIAL_EASE = 1.0, 0.75


def or_neutral(strength: Floats, neutral: float) -> Floats:
    """The same strength, made neutral where it is unknown (NaN)."""
    strength[np.isnan(strength)] = neutral
    return strength


def _near(columns: Columns, asked: Asked) -> Floats:
    return or_neutral(np.exp2(asked.minutes / -HALVING_MINUTES), NEAR_NEUTRAL)


def _the_way(columns: Columns, asked: Asked, i: int) -> Facts:
    if columns.remote[i]:
        return facts(say="at_home" if columns.at_home[i] else "online")
    minutes = float(asked.minutes[i])
    if math.isnan(minutes):
        return facts(say="unknown")
    modes = asked.person.travel.modes or ("bike",)  # without modes the way is estimated by bike, and that is said
    km = float(asked.km[i])
    mode = None if math.isnan(km) else min(modes, key=partial(minutes_with, km=km))  # no km: the host's own minutes
    return facts(say="mode" if mode else "minutes", minutes=max(5, math.ceil(minutes / 5) * 5), mode=mode)


near = Signal(
    "near",
    _near,
    _the_way,
    NEAR_NEUTRAL,
    (0.4, 0.1),
    "distance hinders the start, hardly the staying (Husk PMC7027770; Bremen: distance not significant for completing)",
)


def _time_fits(columns: Columns, asked: Asked) -> Floats:
    """Share of the wanted sessions of eight weeks that fit; wanted a week: the smaller of times asked and offered."""
    person = asked.person
    if person.free is None and person.not_free is None and person.travel.home_before is None:
        return np.full(len(columns), TIME_NEUTRAL)
    hours, most = asked.sessions.hours, person.times_per_week or 1
    fitting = asked.n_fits[hours.meeting]
    share = fitting / hours.n_hours  # 1 when all of its hours fit, 0 when none does
    if (partly := (fitting > 0) & (fitting < hours.n_hours)).any():
        fits = np.minimum(hours.added_up(hours.weekly * asked.fits, partly), most)
        share[partly] = fits.sum(axis=0) / np.minimum(hours.offered[:, partly], most).sum(axis=0)
    strength = np.full(len(columns), TIME_NEUTRAL)
    strength[hours.meeting] = share
    return strength


def _the_hours(columns: Columns, asked: Asked, i: int) -> Facts:
    if not columns.timed[i]:
        return facts(say="unknown")
    hours, most = asked.sessions.hours, asked.person.times_per_week or 1
    mine = hours.of(i)
    if asked.fits[mine].all():
        return facts(say="all")
    wanted, fitting = (
        np.minimum(told.sum(axis=1), most).sum()
        for told in (hours.weekly[:, mine], hours.weekly[:, mine] * asked.fits[mine])
    )
    return facts(say="all" if fitting == wanted else "some")


time_fits = Signal(
    "time_fits",
    _time_fits,
    _the_hours,
    TIME_NEUTRAL,
    (0.3, 0.4),
    "time is a registered stop reason (W1); practical barriers at start and stay (Pescheny PMC6189784)",
)


def _affordable(columns: Columns, asked: Asked) -> Floats:
    euro = asked.euro_a_time
    strength = np.exp2(euro / -HALVING_EURO)
    strength[euro <= SMALL_EURO] = SMALL_STRENGTH
    strength[euro == 0] = 1.0
    return or_neutral(strength, AFFORDABLE_NEUTRAL)


def _the_price(columns: Columns, asked: Asked, i: int) -> Facts:
    euro = float(asked.euro_a_time[i])
    if math.isnan(euro):
        return facts(say="unknown")
    if asked.pass_decides[i]:
        row = int(columns.euro_a_time[i].argmin())
        held = columns.passes[int(columns.needs_pass[i, row])]
        return facts(say="free_with_pass" if euro == 0 else "with_pass", names=(held,), euro=round(euro, 2))
    return facts(say="free") if euro == 0 else facts(say="euro", euro=round(euro, 2))


affordable = Signal(
    "affordable",
    _affordable,
    _the_price,
    AFFORDABLE_NEUTRAL,
    (0.4, 0.2),
    "no funds is the first reason not to get help (US 211: 34 %); cost is a stop reason (W1)",
)


def _soon(columns: Columns, asked: Asked) -> Floats:
    strength = np.exp2(asked.days_to_me / -HALVING_DAYS)
    strength[~np.isfinite(asked.days_to_me)] = SOON_NEUTRAL
    return strength


def _how_soon(columns: Columns, asked: Asked, i: int) -> Facts:
    days = float(asked.days_to_me[i])
    if not math.isfinite(days):
        return facts(say="unknown")
    if days not in asked.sessions.day[asked.fitting(i)] + asked.ahead:
        return facts(say="weeks", weeks=math.ceil(days / 7))
    return facts(say="date", date=date.fromordinal(asked.on + int(days)))


soon = Signal(
    "soon",
    _soon,
    _how_soon,
    SOON_NEUTRAL,
    (0.5, 0.1),
    "waiting too long is a registered outcome (W1); most is lost before and just after the start (Hunter JPAH 18)",
)


def _easy_entry(columns: Columns, asked: Asked) -> Floats:
    return columns.once(ease_of)


def ease_of(columns: Columns) -> Floats:
    """How easy the first step is at each activity, whoever asks."""
    ease = np.array([*(EASE[kind] for kind in ENTRIES), math.nan])[columns.entry]
    ease = np.where(columns.has_trial, np.fmax(ease, TRIAL_EASE), ease)
    return or_neutral(np.where(columns.may_watch == 1, WATCH_EASE, ease), EASY_NEUTRAL)


def _the_first_step(columns: Columns, asked: Asked, i: int) -> Facts:
    entry = columns.activities[i].entry
    if entry.kind == "drop_in":
        return facts(say="drop_in")
    if columns.may_watch[i] == 1:
        return facts(say="may_watch")
    return facts(say="trial" if columns.has_trial[i] else entry.kind or "unknown")


easy_entry = Signal(
    "easy_entry",
    _easy_entry,
    _the_first_step,
    EASY_NEUTRAL,
    (0.4, 0.0),
    "easy access and dealing with worries help to start (Husk PMC7027770)",
)
