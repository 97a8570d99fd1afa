"""Start the service, for this machine only: ``python -m examples.coaching_system``.

Who may see what is for the login that you put before it.
"""

from __future__ import annotations

import logging
import os

import uvicorn

from .app import application
from .settings import Place

TO_FINISH = (
    10  # seconds for what is being asked when it is stopped; who sends slower is cut off, and nothing is written
)


def main() -> None:
    """Serve until it is stopped; no log of who asked for what."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    port = int(os.environ.get("COACHING_PORT", "8000"))
    uvicorn.run(
        application(Place.of()),
        host="127.0.0.1",
        port=port,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=TO_FINISH,
    )


if __name__ == "__main__":
    main()
