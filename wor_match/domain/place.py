"""Where somebody or something is, and how long the way between takes.

Postcodes become the centre of their area and carry that uncertainty along; an unknown code stays unknown.
"""

from __future__ import annotations

import csv
import re
from functools import cache, reduce
from importlib.resources import files
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from wor_match.domain.text import Agreed, Clock, Name, Number, Whole, clean
from wor_match.domain.value import Personal, Value, refuse

Mode = Literal[
    "walk",
    "slow_walk",
    "bike",
    "e_bike",
    "mobility_scooter",
    "public_transport",
    "car",
    "regiotaxi",
    "brought",
]
KM_A_DEGREE = 111.195  # a degree of latitude on a sphere of 6,371 km
MOST_MINUTES = 600
PC4_ERROR_KM = (
    0.7  # assumption: neighbouring centres lie 1.4 km apart (median), so somebody lives about half of that away
)
DUTCH = re.compile(r"[1-9]\d{3}( ?[A-Z]{2})?")

# Each mode as straight lines (km an hour, detour, fixed minutes); the fastest line counts, so a car is faster far away.
# Sources: walking JAMA 2011 and 60+ studies; cycling the Dutch travel survey 2013-14; public transport fitted on CBS;
# car CBS up to 5 km. Detours of walking (1.3) and cycling (1.25), the car beyond 5 km (40 km an hour), the mobility
# scooter and the regiotaxi (a car x 1.5 with 15 minutes) are assumptions.
CAR = ((20.0, 1.0, 0.0), (40.0, 1.0, 7.5))
LINES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "walk": ((4.5, 1.3, 0.0),),
    "slow_walk": ((3.3, 1.3, 0.0),),
    "bike": ((12.4, 1.25, 2.0),),
    "e_bike": ((13.1, 1.25, 2.0),),
    "mobility_scooter": ((10.0, 1.25, 2.0),),
    "public_transport": ((21.0, 1.0, 14.0),),
    "car": CAR,
    "brought": CAR,
    "regiotaxi": tuple((speed / 1.5, detour, 15.0 + 1.5 * fixed) for speed, detour, fixed in CAR),
}


def tidy_postcode(value: Any) -> Any:
    """The postcode in capitals with one space, as `3431` or `3431 AB`."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9999:
        value = str(value)
    return " ".join(value.upper().split()) if isinstance(value, str) else value


def to_a_centimetre(degrees: float) -> float:
    """Degrees to seven decimals, about a centimetre."""
    return round(degrees, 7)


class Point(Value, init=False):
    """A postcode (PC4 or PC6) or a point; anything left out is unknown.

    Attributes
    ----------
    postcode : str
        Four digits, with or without two letters; Dutch unless `country` says otherwise.
    latitude, longitude : float
        Degrees; both or neither. A point is used before the postcode.
    country : str
        Two letters; ``NL`` when left out.
    """

    postcode: Annotated[str, Field(max_length=10), AfterValidator(clean), BeforeValidator(tidy_postcode)] | None = None
    latitude: Annotated[Number, Field(ge=-90, le=90), AfterValidator(to_a_centimetre)] | None = None
    longitude: Annotated[Number, Field(ge=-180, le=180), AfterValidator(to_a_centimetre)] | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "NL"

    @model_validator(mode="after")
    def _is_whole(self) -> Point:
        if (self.latitude is None) != (self.longitude is None):
            raise refuse("half-point", "has only one of latitude and longitude; give both or neither")
        if self.postcode and self.country == "NL" and not DUTCH.fullmatch(self.postcode):
            raise refuse("bad-postcode", "has no Dutch postcode; write four digits, with or without two letters")
        return self

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees; None when they are not known."""
        if self.latitude is not None and self.longitude is not None:
            return self.latitude, self.longitude
        return pc4_points().get(self.postcode[:4]) if self.postcode and self.country == "NL" else None

    @property
    def error_km(self) -> float:
        """How far the point may lie from the door, in km: 0 for a given point, .7 for a postcode (an assumption)."""
        return 0.0 if self.latitude is not None else PC4_ERROR_KM


class Place(Personal, Point, init=False):
    """Where a participant lives: a postcode (PC4 is enough) or a point.

    Attributes
    ----------
    postcode : str
        ``3431`` or ``3431 AB``; Dutch, unless `country` says otherwise.
    latitude, longitude : float
        In degrees (WGS 84); give both or neither.
    country : str
        Two letters, ``NL`` when left out.

    Raises
    ------
    ParticipantError
        When a field cannot be read, or a point is half; what was told is not repeated.

    Examples
    --------
    >>> Place(postcode="3431").error_km
    0.7
    """


class Venue(Point):
    """Where an activity is: an address, online, or at the participant's home."""

    name: Name | None = None
    street: Name | None = None
    number: Annotated[str, Field(max_length=20), AfterValidator(clean)] | None = None
    city: Name | None = None
    entrance: Name | None = None
    online: Agreed = False
    at_home: Agreed = False

    @property
    def remote(self) -> bool:
        """Whether nobody has to travel."""
        return self.online or self.at_home


class Travel(Personal, init=False):
    """How somebody travels.

    Attributes
    ----------
    modes : tuple of str
        Ways to travel: walk, slow_walk, bike, e_bike, mobility_scooter, public_transport, car, regiotaxi, brought.
        Empty is unknown: estimates are by bike and nothing is too far.
    max_minutes : int
        The longest way there, in minutes; unknown when left out.
    home_before : str
        The time by which they want to be home, as ``16:30``.
    """

    modes: Annotated[tuple[Mode, ...], Field(max_length=9)] = ()
    max_minutes: Annotated[Whole, Field(ge=0, le=MOST_MINUTES)] | None = None
    home_before: Clock | None = None


@cache
def pc4_points() -> dict[str, tuple[float, float]]:
    """Centre of each four-digit postcode, latitude and longitude; doubtful rows are left out."""
    text = files("wor_match.domain").joinpath("data/pc4.csv").read_text(encoding="utf-8")
    return {
        row["pc4"]: (float(row["lat"]), float(row["lon"]))
        for row in csv.DictReader(text.splitlines())
        if not row["flag"]
    }


def distance_km(
    latitude: float, longitude: float, latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Straight distances in km from one point to many, on a local plane; NaN where a point is unknown.

    Within 0.1 % of the great circle over distances that people travel to an activity.
    """
    across = np.cos(np.radians((latitudes + latitude) / 2)) * (longitudes - longitude)
    return KM_A_DEGREE * np.sqrt((latitudes - latitude) ** 2 + across**2)


def minutes_by(modes: tuple[str, ...], km: NDArray[np.float64]) -> NDArray[np.float64]:
    """Minutes for each straight distance by the fastest of these modes: fixed + 60 x detour x km / speed.

    Parameters
    ----------
    modes : tuple of str
        Ways to travel; empty counts as by bike.
    km : ndarray (n,)
        Straight distances; NaN stays NaN.
    """
    lines = (line for mode in modes or ("bike",) for line in LINES[mode])
    return reduce(np.minimum, (fixed + 60.0 * detour * km / speed for speed, detour, fixed in lines))


def minutes_with(mode: str, km: float) -> float:
    """Minutes for one straight distance by one of these modes."""
    return min(fixed + 60.0 * detour * km / speed for speed, detour, fixed in LINES[mode])
