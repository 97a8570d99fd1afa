"""Start the service, for this machine only: ``python -m examples.coaching_system``.

Who may see what is for the login that you put before it.
"""

from __future__ import annotations

import logging
import sys

import uvicorn

import wor_match as wm

from .app import application
from .settings import Place

TO_FINISH = (
    10  # seconds for what is being asked when it is stopped; who sends slower is cut off, and nothing is written
)


def main() -> int:
    """Serve until it is stopped, with no log of who asked for what; 1 and one sentence when it cannot start."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    try:
        place = Place.of()
        made = application(place)
    except (wm.WorMatchError, OSError) as fault:
        print(fault, file=sys.stderr)
        return 1
    uvicorn.run(
        made,
        host="127.0.0.1",
        port=place.port,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=TO_FINISH,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
