"""What was learned as one JSON text: with its format, what it was made with, and a checksum; without any person."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from wor_match.errors import ModelError
from wor_match.learning.learned import SHARED_BY, Learned
from wor_match.learning.posterior import KINDS, N_DRAWS, Coefficients, Effects, Posterior, Weights
from wor_match.learning.prior import FIRST_SIGNAL, PIECES, Floats

FORMAT = "wor-match-model/1"
NAME = "wor-match-model/"
FARTHEST = 1e2  # of any weight, in log-odds
MOST_PEOPLE = 10**9  # at one activity; more is no count


def as_text(
    learned: Learned,
    signals: Mapping[str, tuple[float, float]],
    catalogue: str = "",
    made_with: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The text of a model.

    Parameters
    ----------
    learned : Learned
    signals : mapping
        Name → beliefs, in the order of the weights.
    catalogue : str
        Digest of the catalogue it was learned on.
    made_with : mapping
        Versions of this library and of the meaning of the strengths; for people who look, not read back.
    """
    body = {
        "format": FORMAT,
        "catalogue": catalogue,
        "made_with": dict(made_with),
        "signals": {name: list(beliefs) for name, beliefs in signals.items()},
        "mode": weights_told(learned.posterior.mode),
        "draws": weights_told(learned.posterior.draws),
        "coefficients": {name: getattr(learned.posterior.coefficients, name).tolist() for name in ("mean", "sd")},
        "taus": learned.posterior.taus,
        "effects": {
            kind: {"mode": effects.mode.tolist(), "draws": effects.draws.tolist()}
            for kind, effects in learned.posterior.effects.items()
        },
        "names": {kind: list(names) for kind, names in learned.names.items()},
        "visitors": dict(learned.visitors),
        **({"rated": dict(learned.rated)} if learned.rated else {}),  # added within format 1: an older reader skips it
        "people": {kind: dict(people) for kind, people in learned.people.items()},
        "stayed": {name: list(told) for name, told in learned.stayed.items()},
        "counts": dict(learned.counts),
    }
    return f"{canonical({**body, 'sha256': checksum(body)})}\n"


def canonical(body: Mapping[str, Any]) -> str:
    """The one way to write a body."""
    return json.dumps(body, sort_keys=True, allow_nan=False, ensure_ascii=False)


def weights_told(weights: Weights) -> dict[str, list[Any]]:
    """Weights as lists."""
    return {name: getattr(weights, name).tolist() for name in ("level_start", "level_week", "start", "stay")}


def checksum(body: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical text of a body."""
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def from_text(text: str, signals: Mapping[str, tuple[float, float]], believed: Posterior) -> Learned:
    """What was learned, for these signals: by name, and from the beliefs where the model does not know one.

    Parameters
    ----------
    text : str
    signals : mapping
        Name → beliefs, in the order of the weights.
    believed : Posterior
        What is believed of these signals without outcomes.

    Raises
    ------
    ModelError
        When the text is cut, changed, of another kind, or newer than this library; nothing is guessed.
    """
    body = body_of(text)
    try:
        known = {name: number for number, name in enumerate(body["signals"])}
        mode, draws = (
            weights_from(body[name], known, signals, getattr(believed, name), n)
            for name, n in (("mode", 1), ("draws", N_DRAWS))
        )
        coefficients = coefficients_from(body["coefficients"], known, signals, believed.coefficients)
        names = {kind: once_each(body["names"][kind]) for kind in KINDS}
        effects = {kind: effects_from(body["effects"][kind], len(names[kind])) for kind in KINDS}
        taus = {name: positive(body["taus"][name]) for name in believed.taus}
        return Learned(
            posterior=Posterior(mode, draws, coefficients, taus, effects),
            names=names,
            visitors={name: share(told) for name, told in body["visitors"].items()},
            rated={name: tens(n) for name, n in body.get("rated", {}).items()},
            people={kind: {name: count(n) for name, n in body["people"][kind].items()} for kind in KINDS},
            stayed={name: (count(n), count(m, n)) for name, (n, m) in body["stayed"].items()},
            counts={name: count(n) for name, n in body["counts"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise ModelError(
            "the model has another form than its format says; learn it anew from the history", code="model-damaged"
        ) from None


def body_of(text: str) -> dict[str, Any]:
    """The object in the text, when it is whole, unchanged and of a format that is known."""
    try:
        told = json.loads(text, parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        raise ModelError("the model is no whole JSON; learn it anew from the history", code="model-damaged") from None
    form = told.get("format") if isinstance(told, dict) else None
    if not isinstance(form, str) or not form.startswith(NAME):
        raise ModelError(f"this is no model; a model begins with format {FORMAT}", code="other-file")
    if form != FORMAT:
        raise ModelError(
            f"the model has format {form[:40]}; this library reads {FORMAT}; use a newer wor_match", code="newer-format"
        )
    try:
        whole = f"{canonical(told)}\n" == text  # a digit that changes no number is a change too
        claimed = told.pop("sha256", None) == checksum(told)
    except ValueError:  # text that cannot be written
        claimed = False
    if not (claimed and whole):
        raise ModelError(
            "the model was changed or damaged (its SHA-256 differs); learn it anew from the history",
            code="model-damaged",
        )
    return dict(told)


def refuse_constant(name: str) -> Any:
    """Refuse NaN and Infinity."""
    raise ValueError(name)


def weights_from(
    told: Mapping[str, Any], known: Mapping[str, int], signals: Mapping[str, Any], believed: Weights, n: int
) -> Weights:
    """Weights for these signals, in their order."""
    start, stay = (numbers(told[name], (len(known), n)) for name in ("start", "stay"))
    return Weights(
        numbers(told["level_start"], (n,)),
        numbers(told["level_week"], (len(PIECES), n)),
        by_name(start, known, believed.start, signals),
        by_name(stay, known, believed.stay, signals),
    )


def coefficients_from(
    told: Mapping[str, Any], known: Mapping[str, int], signals: Mapping[str, Any], believed: Coefficients
) -> Coefficients:
    """Coefficients for these signals, in their order."""
    parts = []
    for name in ("mean", "sd"):
        values, ours = numbers(told[name], (FIRST_SIGNAL + len(known),)), getattr(believed, name)
        betas = by_name(values[FIRST_SIGNAL:], known, ours[FIRST_SIGNAL:], signals)
        parts.append(np.concatenate([values[:FIRST_SIGNAL], betas]))
    return Coefficients(*parts)


def by_name(old: Floats, known: Mapping[str, int], believed: Floats, signals: Mapping[str, Any]) -> Floats:
    """A row for each signal: that of the model when it knows the signal, else what is believed."""
    rows = believed.copy()
    for at, name in enumerate(signals):
        if name in known:
            rows[at] = old[known[name]]
    return rows


def effects_from(told: Mapping[str, Any], n: int) -> Effects:
    """Track records of one kind."""
    return Effects(numbers(told["mode"], (n,)), numbers(told["draws"], (n, N_DRAWS)))


def numbers(told: Any, shape: tuple[int, ...]) -> Floats:
    """Finite numbers of this shape."""
    given = np.array(told)
    values = (given.reshape(shape) if 0 in shape else given).astype(np.float64)
    if (given.size and given.dtype.kind not in "if") or values.shape != shape or not (np.abs(values) <= FARTHEST).all():
        raise ValueError(shape)
    return values


def positive(told: Any) -> float:
    """A number above 0."""
    if type(told) not in (int, float) or not 0 < told <= FARTHEST:
        raise ValueError(told)
    return float(told)


def share(told: Any) -> float:
    """A number from 0 to 1."""
    if type(told) not in (int, float) or not 0 <= told <= 1:
        raise ValueError(told)
    return float(told)


def count(told: Any, most: float = math.inf) -> int:
    """A whole number from 0."""
    if type(told) is not int or not 0 <= told <= most:
        raise ValueError(told)
    return told


def tens(told: Any) -> int:
    """How many people in whole tens, from ten."""
    if count(told, MOST_PEOPLE) < SHARED_BY or told % SHARED_BY:
        raise ValueError(told)
    return int(told)


def once_each(told: Any) -> tuple[str, ...]:
    """Names, each once."""
    if not all(isinstance(name, str) for name in told) or len(set(told)) < len(told):
        raise ValueError(told)
    return tuple(told)
