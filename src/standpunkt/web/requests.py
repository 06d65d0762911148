"""A query as it comes in over HTTP: https://www.w3.org/TR/sparql11-protocol/#query-operation."""

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from standpunkt.web.limits import Limits

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
ACCEPTED = {"Accept-Post": f"{DIRECT}, {FORM}"}

_MOST_PARAMETERS = 100
_BAD_REQUEST = 400
_TIMEOUT = 408
_TOO_LARGE = 413
_URI_TOO_LONG = 414
_UNSUPPORTED = 415


@dataclass(frozen=True, slots=True)
class Sent:
    """What a client sent: the text of a query, the graphs it names, and all parameters."""

    text: str
    default: list[str]
    named: list[str]
    parameters: dict[str, str]


async def read(request: Request, limits: Limits) -> Sent | None:
    """Read the query of a request; `None` where it has none and asks for the description.

    Raises an `HTTPException`: 400 for a request that is no query operation or ends midway, 408 for
    one that arrives too slowly, 413 and 414 for one that is too long, 415 for another type of body.
    """
    pairs = _parsed(request.scope["query_string"])
    if request.method == "POST":
        body = await _body(request, limits)
        kind, charset = _content_type(request)
        if kind not in {FORM, DIRECT} or charset != "utf-8":
            raise HTTPException(
                _UNSUPPORTED,
                f"a query is sent as {DIRECT} or {FORM}, in UTF-8",
                ACCEPTED,
            )
        if kind == DIRECT:
            if any(name == "query" for name, _ in pairs):
                raise HTTPException(_BAD_REQUEST, "there is a query in the address and in the body")
            pairs.append(("query", _text(body)))
        else:
            pairs = _parsed(body)
    return _sent(request, pairs, limits)


def _sent(request: Request, pairs: list[tuple[str, str]], limits: Limits) -> Sent | None:
    names = [name for name, _ in pairs]
    if {"update", "using-graph-uri", "using-named-graph-uri"}.intersection(names):
        raise HTTPException(_BAD_REQUEST, "this endpoint takes queries; it changes nothing")
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) > 1:
        raise HTTPException(_BAD_REQUEST, f"there are {len(queries)} queries; send one")
    if not queries:
        if request.method == "POST" or any(name.endswith("graph-uri") for name in names):
            raise HTTPException(_BAD_REQUEST, "there is no parameter 'query'")
        return None
    if len(queries[0]) > limits.query:
        status = _TOO_LARGE if request.method == "POST" else _URI_TOO_LONG
        raise HTTPException(status, f"the query has more than {limits.query} characters")
    return Sent(
        queries[0],
        [value for name, value in pairs if name == "default-graph-uri"],
        [value for name, value in pairs if name == "named-graph-uri"],
        dict(pairs),
    )


async def _body(request: Request, limits: Limits) -> bytes:
    """Read the body of a request, within its bounds."""
    body = bytearray()
    try:
        async with asyncio.timeout(limits.slowness):
            async for piece in request.stream():
                body += piece
                if len(body) > limits.body:
                    raise HTTPException(
                        _TOO_LARGE,
                        f"the request has more than {limits.body} bytes",
                        {"Connection": "close"},
                    )
    except TimeoutError:
        raise HTTPException(
            _TIMEOUT, "the request arrived too slowly", {"Connection": "close"}
        ) from None
    except ClientDisconnect:  # nobody will read it
        raise HTTPException(_BAD_REQUEST, "the request has no end") from None
    return bytes(body)


def _content_type(request: Request) -> tuple[str, str]:
    """Give the media type of a request's body and its charset, both in lower case."""
    kind, *parameters = request.headers.get("content-type", "").lower().split(";")
    charset = "utf-8"
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        if name == "charset":
            charset = value.strip('"')
    return kind.strip(), charset


def _parsed(encoded: bytes) -> list[tuple[str, str]]:
    """Read parameters: https://url.spec.whatwg.org/#urlencoded-parsing."""
    try:
        return parse_qsl(
            _text(encoded),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except UnicodeDecodeError:
        raise HTTPException(_BAD_REQUEST, "the parameters are not in UTF-8") from None
    except ValueError:
        raise HTTPException(_BAD_REQUEST, "there are too many parameters") from None


def _text(encoded: bytes) -> str:
    try:
        return encoded.decode()
    except UnicodeDecodeError as error:
        raise HTTPException(
            _BAD_REQUEST, f"the request is not in UTF-8: see byte {error.start}"
        ) from None
