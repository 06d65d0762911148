"""The SPARQL endpoint: https://www.w3.org/TR/sparql11-protocol/, its query operation."""

import hashlib
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from standpunkt import sparql
from standpunkt.errors import QueryError
from standpunkt.store import names_a_graph
from standpunkt.web import dataset, formats, pages, requests, result
from standpunkt.web.backend import Backend, backend
from standpunkt.web.documents import known_tags
from standpunkt.web.negotiation import prefers_html
from standpunkt.web.pool import Asked
from standpunkt.web.requests import Sent
from standpunkt.web.service import description

_METHODS = ["GET", "HEAD", "POST", "OPTIONS"]
# What has another value each time that it is asked for.
_CHANGING = {"BNODE", "NOW", "RAND", "STRUUID", "UUID"}
# The most that a page shows, in bytes of the result.
_PAGE = 4 << 20


def routes() -> list[BaseRoute]:
    """Give the address of the endpoint."""
    return [Route("/sparql", answer, methods=_METHODS)]


async def answer(request: Request) -> Response:
    """Answer a query, or describe the endpoint where there is none."""
    if request.method == "OPTIONS":
        headers = {"Allow": ", ".join(_METHODS), **requests.ACCEPTED}
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)
    here = backend(request)
    sent = await requests.read(request, here.limits)
    parameters = sent.parameters if sent else request.query_params
    if prefers_html(request) and not parameters.get("format"):
        return await _page(request, here, sent)
    if sent is None:
        return await run_in_threadpool(description, request)
    sparql.refuse(sent.text)
    offered = formats.GRAPHS if _gives_triples(sent.text) else formats.RESULTS
    picked = formats.pick(request, offered, sent.parameters)
    asked = await _asked(here, sent, picked.media_type)
    headers = {"Content-Type": picked.content_type, "Vary": "Accept", "Cache-Control": "no-cache"}
    if request.method != "POST" and not _changes(sent.text):
        headers["ETag"] = _tag(here, asked)
        if headers["ETag"] in known_tags(request):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return result.Streamed(request, asked, headers)


async def _page(request: Request, here: Backend, sent: Sent | None) -> Response:
    """Give the page with a query and its result, or with what is wrong with it."""
    if sent is None:
        return await run_in_threadpool(pages.editor, request)
    headers: dict[str, str] = {}
    found, error = None, None
    try:
        sparql.refuse(sent.text)
        media_type = result.TRIPLES if _gives_triples(sent.text) else result.ROWS
        found = await result.collected(here, await _asked(here, sent, media_type, _PAGE))
    except QueryError as refused:
        error = (HTTPStatus.BAD_REQUEST.value, str(refused))
    except HTTPException as problem:
        error, headers = (problem.status_code, problem.detail), dict(problem.headers or {})
    page = await run_in_threadpool(pages.editor, request, sent.text, found, error)
    page.headers.update(headers)
    return page


async def _asked(here: Backend, sent: Sent, media_type: str, most: int | None = None) -> Asked:
    """Give a query as a worker takes it; raises `QueryError` for a graph that there is not."""
    requested = dataset.requested(sent.default, sent.named, here.graphs.names)
    needs_all = requested is not None or names_a_graph(sent.text)
    if needs_all:
        await here.graphs.others()  # derived before the time of the query begins
    return Asked(sent.text, media_type, requested or dataset.described(sent.text), needs_all, most)


def _gives_triples(text: str) -> bool:
    return sparql.form(text) in {"construct", "describe"}


def _changes(text: str) -> bool:
    return any(
        token.kind == "word" and token.text.upper() in _CHANGING for token in sparql.tokens(text)
    )


def _tag(here: Backend, asked: Asked) -> str:
    """Give the weak entity tag of an answer: rows may come in another order each time."""
    digest = hashlib.sha256(here.graphs.digest + asked.in_json()).hexdigest()
    return f'W/"{digest[:32]}"'
