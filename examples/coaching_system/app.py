"""The application: its routes, what it answers when something cannot be done, and a look at the model every second."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

import wor_match as wm

from . import api, web
from .guarding import Guarded
from .markup import message
from .office import Office
from .receiving import Said
from .settings import Place

log = logging.getLogger(__name__)
EVERY = 1.0  # seconds between two looks at the file of the model
AGAIN = "5"  # seconds after which somebody may try again
BUSY = "Iemand anders is aan het schrijven. Er is niets vastgelegd. Probeer het zo nog eens."
NOT_HERE = "Deze deelnemer of deze bladzijde is er niet, of niet meer."
UNREADABLE = "Dit is niet te lezen. Er is niets vastgelegd. Ga terug en kijk het na."
FAILED = "Dit lukte niet. Er is niets vastgelegd. Vraag de beheerder van dit systeem om hulp."


def application(place: Place) -> FastAPI:
    """The service; no pages about its own routes, which would load something from elsewhere."""
    made = FastAPI(
        title="coaching", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False, lifespan=watching
    )
    made.state.office = Office(place)
    made.include_router(api.router)
    made.include_router(web.router)
    made.add_exception_handler(wm.BusyError, busy)
    made.add_exception_handler(wm.JournalError, failed)
    made.add_exception_handler(wm.WorMatchError, refused)
    made.add_exception_handler(RequestValidationError, unreadable)
    made.add_exception_handler(HTTPException, told)
    made.add_middleware(TrustedHostMiddleware, allowed_hosts=list(place.hosts))
    made.add_middleware(Guarded)
    return made


@asynccontextmanager
async def watching(app: FastAPI) -> AsyncIterator[None]:
    """While it serves, a new model is taken over; it is read beside the requests, and no request waits for it."""
    task = asyncio.create_task(look(app.state.office))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    app.state.office.journal.close()


async def look(office: Office) -> None:
    """Look again and again."""
    while True:
        await asyncio.sleep(EVERY)
        await asyncio.to_thread(office.take_over)


def answer(request: Request, status: int, fault: str | wm.WorMatchError, spoken: str, again: bool = False) -> Response:
    """One sentence: as JSON for programs, with the library's code when it has one, and spoken in Dutch for people."""
    headers, path = {"Retry-After": AGAIN} if again else {}, request.url.path
    if path.startswith("/api/"):
        return JSONResponse(as_json(fault), status, headers)
    return HTMLResponse(message("Dit kon niet", spoken, whose(path)), status, headers)


def as_json(fault: str | wm.WorMatchError) -> dict[str, str]:
    """What is wrong, for a program; every problem in one text when there are several."""
    if isinstance(fault, str):
        return {"error": fault}
    return {"error": str(fault) if fault.problems else fault.sentence, "code": fault.code}


def whose(path: str) -> str:
    """The page of the participant whom an address below it is about; empty for other addresses."""
    _, room, *inside = path.split("/")
    return f"/deelnemers/{quote(inside[0])}" if room == "deelnemers" and len(inside) > 1 else ""


async def busy(request: Request, fault: wm.WorMatchError) -> Response:
    """Nothing was written; the sender still holds it, and may try again."""
    return answer(request, 503, fault, BUSY, again=True)


async def failed(request: Request, fault: Exception) -> Response:
    """A file could not be used, and nothing was written; the log and a program hear why, and a coach whom to ask."""
    log.error("%s", fault)
    return answer(request, 500, fault, FAILED)


async def refused(request: Request, fault: wm.WorMatchError) -> Response:
    """What came in cannot be read; the library's sentences never repeat what was told."""
    return answer(request, 422, fault, UNREADABLE)


async def unreadable(request: Request, fault: Exception) -> Response:
    """In place of the framework's own answer, which repeats what was told."""
    return answer(request, 422, "the address or the body of this request cannot be read", UNREADABLE)


async def told(request: Request, fault: Exception) -> Response:
    """What a route refused by itself."""
    if not isinstance(fault, HTTPException):
        return answer(request, 500, FAILED, FAILED)
    ours = NOT_HERE if fault.status_code == 404 else UNREADABLE
    return answer(request, fault.status_code, fault.detail, fault.detail if isinstance(fault, Said) else ours)
