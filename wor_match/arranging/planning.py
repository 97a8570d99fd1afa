"""Whether activities go together for one person: when, how far from each other, how much and how often."""

from __future__ import annotations

import numpy as np

from wor_match.choosing import Plan
from wor_match.domain.columns import Codes, Columns, Floats
from wor_match.domain.place import distance_km, minutes_by
from wor_match.domain.text import MINUTES_A_DAY
from wor_match.question import Question

WEEKS = 9  # eight weeks touch nine weeks of the calendar


def plan_of(question: Question, rows: Codes) -> Plan:
    """When, where, how much and how often, for these activities and this person."""
    asked, sessions = question.asked, question.asked.sessions
    budget = asked.person.budget
    mine = [sessions.row == row for row in rows]
    return Plan(
        sessions=[np.column_stack([sessions.begins[one], sessions.ends[one]]) for one in mine],
        way=ways(question, rows),
        euro=np.nan_to_num(asked.euro_a_month[rows], nan=0.0),
        visits=visits(question, rows),
        spend=np.inf if budget is None or isinstance(budget, str) else float(budget),
        times=asked.person.times_per_week or np.inf,
    )


def ways(question: Question, rows: Codes) -> Floats:
    """Minutes between every two of them, (n, n), by the person's own modes, expected; 0 at one place or unknown.

    What is done at home or online is done at the person's own place.
    """
    columns, asked = question.columns, question.asked
    latitude, longitude, error = columns.latitude[rows], columns.longitude[rows], columns.error_km[rows]
    straight = np.array([distance_km(*here, latitude, longitude) for here in zip(latitude, longitude, strict=True)])
    km = np.sqrt(straight.reshape(len(rows), len(rows)) ** 2 + error**2 + error[:, None] ** 2)
    from_home = asked.minutes[rows]
    way = np.where(columns.remote[rows], from_home[:, None], minutes_by(asked.person.travel.modes, km))
    way = np.where(columns.remote[rows][:, None], from_home, way)
    same = np.array([[one_place(columns, one, other) for other in rows] for one in rows], dtype=bool)
    return np.where(same.reshape(way.shape), 0.0, np.ceil(np.nan_to_num(way, nan=0.0)))


def one_place(columns: Columns, one: int, other: int) -> bool:
    """Whether both are at one address, so that nobody has to travel."""
    here, there = columns.activities[one].place, columns.activities[other].place
    exact = here is not None and (here.latitude is not None or (here.street is not None and here.number is not None))
    return here == there and exact


def visits(question: Question, rows: Codes) -> Codes:
    """How often one goes there in each calendar week: to every session of a course, else once when one fits.

    What has no hours (on request, by appointment) counts once a week.
    """
    sessions, found = question.asked.sessions, np.zeros((len(rows), WEEKS), dtype=np.int64)
    week = (sessions.day - sessions.start // MINUTES_A_DAY + 6) // 7
    for number, row in enumerate(rows):
        mine = sessions.row == row
        if not mine.any():
            found[number] = 1
        elif question.columns.attend_all[row]:
            np.add.at(found[number], week[mine], 1)
        else:
            found[number, week[question.asked.fitting(int(row))]] = 1
    return found
