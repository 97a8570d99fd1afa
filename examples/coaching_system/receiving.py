"""What comes in over the wire, read strictly and up to a size; a fault is told without what was told."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import Depends, HTTPException, Request
from starlette.requests import ClientDisconnect

import wor_match as wm
from wor_match.domain.strict_json import strict_value

from .office import Office

MOST_BYTES, MOST_FIELDS = 200_000, 500
MOST_SECONDS = 30.0  # for a body to come in
READ_AGAIN = "Dit formulier is niet te lezen. Open de bladzijde opnieuw."
Answers = Mapping[str, list[str]]


class Said(HTTPException):
    """What cannot be done, in plain Dutch for a coach."""

    def __init__(self, sentence: str, status: int = 422) -> None:
        super().__init__(status, sentence)


async def office_of(request: Request) -> Office:
    """The office that the service was started with."""
    found: Office = request.app.state.office
    return found


async def body_of(request: Request) -> bytes:
    """The body, refused before reading on when it is too large or takes too long."""
    found = bytearray()
    try:
        async with asyncio.timeout(MOST_SECONDS):
            async for part in request.stream():
                found += part
                if len(found) > MOST_BYTES:
                    raise HTTPException(413, f"this is more than {MOST_BYTES} bytes; send less at once")
    except TimeoutError:
        raise HTTPException(408, "this took too long to come in; send it again") from None
    except ClientDisconnect:
        raise HTTPException(400, "the line broke; send it again") from None
    return bytes(found)


def json_in(body: bytes) -> Any:
    """The value of a JSON body.

    Raises
    ------
    WorMatchError
        When it is none; what stands there is not repeated.
    """
    try:
        return strict_value(body.decode())
    except (ValueError, RecursionError):
        said = "the body is no JSON; send one value in UTF-8, every name once in an object"
        raise wm.WorMatchError(said, code="no-json") from None


async def form_of(body: Annotated[bytes, Depends(body_of)]) -> Answers:
    """The fields of a form that were filled in, each with all its values."""
    try:
        return parse_qs(body.decode("ascii"), max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise Said(READ_AGAIN) from None


def first(answers: Answers, name: str) -> str:
    """The first value of a field; empty when it was left open."""
    return answers.get(name, [""])[0].strip()


Here = Annotated[Office, Depends(office_of)]
Body = Annotated[bytes, Depends(body_of)]
Form = Annotated[Answers, Depends(form_of)]
