"""How a database is spoken to: each piece of work over a connection of its own, and no word of it in a log."""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import URL, Engine, create_engine
from sqlalchemy.pool import NullPool

SILENT = logging.Logger("wor_match.journal.engines")  # stands in no tree of loggers, so that no setting reaches it
SILENT.disabled = True


def quiet_engine(url: str | URL, **options: Any) -> Engine:
    """An engine of which a host's log hears nothing, also not at DEBUG: rows hold what somebody told.

    References
    ----------
    SQLAlchemy, Configuring Logging: ``hide_parameters`` hides values in statements and errors, and not in rows.
    """
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True, **options)
    engine.logger = engine.pool.logger = SILENT
    return engine
