"""What runs at night: learn from the whole journal and save the model. ``python -m examples.coaching_system.learn``.

Who was erased, restricted or said no to learning is not in it. A service that runs takes the new file over by itself.
"""

from __future__ import annotations

import sys

import wor_match as wm

from .settings import Place


def learn(place: Place) -> tuple[str, ...]:
    """Save a new model; what was learned, in sentences."""
    matcher = wm.Matcher(wm.load_catalogue(place.catalogue))
    with wm.Journal(place.journal, make=False) as journal:
        learned = matcher.learn(journal)
    learned.save(place.model)
    return learned.learned.sentences("nl")


def main() -> int:
    """Learn; 1 and one sentence when it could not be done, and then the model of yesterday stays."""
    try:
        print("\n".join(learn(Place.of())))
    except wm.WorMatchError as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
