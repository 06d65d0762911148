"""Results of queries: sent while they are computed, or collected for a page.

What can go wrong before the first piece has its status. Afterwards the connection is closed amid
the answer, so that no client takes a part for the whole.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, contextmanager
from http import HTTPStatus

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from standpunkt.answer import Answer
from standpunkt.errors import QueryError
from standpunkt.store import Result
from standpunkt.web.backend import Backend, backend
from standpunkt.web.limits import Limits
from standpunkt.web.pool import Asked, BrokenError, BusyError

ROWS = QueryResultsFormat.JSON.media_type
TRIPLES = RdfFormat.N_TRIPLES.media_type

_LOG = logging.getLogger("standpunkt")
_BUSY = "other queries keep the server busy; ask again in a moment"
_BROKEN = "the server has a bug; its operator finds the traceback in the log"
_RETRY_AFTER = {"Retry-After": "2"}


class Streamed(Response):
    """The answer to a query, sent while it is computed."""

    def __init__(self, request: Request, asked: Asked, headers: dict[str, str]) -> None:
        """Take the request, the query, and the headers of the answer where there is one."""
        super().__init__(headers=headers)
        del self.headers["content-length"]
        self._backend = backend(request)
        self._asked = asked
        self._started = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer, unless the client goes away before its end.

        Raises an `HTTPException` where there is none.
        """
        work = asyncio.create_task(self._answer(scope, send))
        gone = asyncio.create_task(_gone(receive))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            work.cancel()
            await asyncio.wait({work, gone})
        if not work.cancelled():
            work.result()

    async def _answer(self, scope: Scope, send: Send) -> None:
        limits = self._backend.limits
        try:
            with _told(limits):
                async with (
                    asyncio.timeout(limits.timeout),
                    aclosing(self._backend.pool.answer(self._asked)) as pieces,
                ):
                    await self._send(scope, send, await anext(pieces), pieces)
        except HTTPException as problem:
            if not self._started:
                raise
            # Without its last piece: the server closes the connection.
            _LOG.warning("an answer was broken off: %s", problem.detail)

    async def _send(
        self,
        scope: Scope,
        send: Send,
        first: tuple[bytes, bool],
        pieces: AsyncIterator[tuple[bytes, bool]],
    ) -> None:
        content, is_last = first
        if scope["method"] == "HEAD":
            content, is_last = b"", True
        elif scope["http_version"] == "1.0" and not is_last:
            # HTTP/1.0 has nothing but the length to tell a whole answer from a part.
            content, is_last = content + b"".join([piece async for piece, _ in pieces]), True
        if is_last and scope["method"] != "HEAD":
            self.headers["content-length"] = str(len(content))
        self._started = True
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code,
                "headers": self.raw_headers,
            }
        )
        await send({"type": "http.response.body", "body": content, "more_body": not is_last})
        if not is_last:
            async for piece, ended in pieces:
                await send({"type": "http.response.body", "body": piece, "more_body": not ended})


async def collected(here: Backend, asked: Asked) -> Result:
    """Give the whole result of a query that was asked for `ROWS` or `TRIPLES`.

    Raises an `HTTPException` where there is none.
    """
    with _told(here.limits):
        async with (
            asyncio.timeout(here.limits.timeout),
            aclosing(here.pool.answer(asked)) as pieces,
        ):
            content = b"".join([piece async for piece, _ in pieces])
    if asked.media_type == TRIPLES:
        return sorted((quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES)), key=str)
    result = parse_query_results(content, format=QueryResultsFormat.JSON)
    if isinstance(result, QueryBoolean):
        return bool(result)
    assert isinstance(result, QuerySolutions)  # noqa: S101  there is no third kind
    columns = tuple(variable.value for variable in result.variables)
    return Answer(columns, list(map(tuple, result)))


@contextmanager
def _told(limits: Limits) -> Iterator[None]:
    """Make of what goes wrong with a query its status and a sentence."""
    try:
        yield
    except TimeoutError:
        message = f"the query takes more than {limits.timeout:g} seconds"
        raise HTTPException(HTTPStatus.GATEWAY_TIMEOUT, message) from None
    except QueryError as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, str(error)) from None
    except BusyError:
        raise HTTPException(HTTPStatus.TOO_MANY_REQUESTS, _BUSY, _RETRY_AFTER) from None
    except BrokenError as error:
        _LOG.error("%s", error)
        raise HTTPException(HTTPStatus.INTERNAL_SERVER_ERROR, _BROKEN) from None


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
