"""Answers that were made once, and are given again: nothing that they are made of changes.

They are pages, files, and small results of queries that give the same each time, which then need no
worker. What is remembered is compressed already where the client takes that, and has an entity tag.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from standpunkt.web.documents import known_tags
from standpunkt.web.negotiation import HTML, language, prefers_html

# How many bytes are remembered, and how many of one answer.
_ROOM = 32 << 20
_LARGEST = 1 << 20
_QUERIES = "/sparql"
_STATIC = "/static/"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of 200 as it is sent."""

    headers: Sequence[tuple[bytes, bytes]]
    body: bytes


class Remembered:
    """Answer from memory what was asked before."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application that answers."""
        self._app = app
        self._known: OrderedDict[Hashable, Answer] = OrderedDict()
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as https://asgi.readthedocs.io has it."""
        key = _key(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        if key in self._known:
            self._known.move_to_end(key)
            await give(self._known[key], scope, send)
        elif scope["path"] != _QUERIES:
            # HEAD has the headers of GET, and what is remembered has a body.
            await self._app({**scope, "method": "GET"}, receive, _Recorder(self, key, scope, send))
        elif scope["method"] == "GET":
            await self._app(scope, receive, _Copier(self, key, send))
        else:
            await self._app(scope, receive, send)

    def keep(self, key: Hashable, answer: Answer) -> None:
        """Remember an answer, and forget those that were not asked for the longest time."""
        if len(answer.body) > _LARGEST or key in self._known:
            return
        self._known[key] = answer
        self._size += _size(key, answer)
        while self._size > _ROOM:
            self._size -= _size(*self._known.popitem(last=False))


class _Recorder:
    """Pass an answer on, and remember it where it is one to be remembered."""

    def __init__(self, remembered: Remembered, key: Hashable, scope: Scope, send: Send) -> None:
        self._remembered = remembered
        self._key = key
        self._scope = scope
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _lasts(self._scope, message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                answer = _tagged(self._start, bytes(self._body))
                self._remembered.keep(self._key, answer)
                await give(answer, self._scope, self._send)


class _Copier:
    """Pass a result on piece for piece, and remember it where it is small and always the same."""

    def __init__(self, remembered: Remembered, key: Hashable, send: Send) -> None:
        self._remembered = remembered
        self._key = key
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        await self._send(message)
        if message["type"] == "http.response.start":
            lasts = message["status"] == HTTPStatus.OK and "etag" in Headers(raw=message["headers"])
            self._start = message if lasts else None
        elif self._start is not None:
            self._body += message.get("body", b"")
            if len(self._body) > _LARGEST:
                self._start = None
                self._body.clear()
            elif not message.get("more_body", False):
                self._remembered.keep(self._key, _tagged(self._start, bytes(self._body)))


async def give(answer: Answer, scope: Scope, send: Send) -> None:
    """Send an answer, or 304 to a client that has it."""
    headers = MutableHeaders(raw=[*answer.headers])
    status, body = HTTPStatus.OK, answer.body
    if f"W/{headers['etag'].removeprefix('W/')}" in known_tags(Request(scope)):
        status, body = HTTPStatus.NOT_MODIFIED, b""
        del headers["content-length"]
        del headers["content-type"]
    start = {"type": "http.response.start", "status": status.value, "headers": headers.raw}
    await send(start)
    await send({"type": "http.response.body", "body": body})


def _key(scope: Scope) -> Hashable | None:
    """Give what an answer depends on; `None` where it is not to be remembered."""
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return None
    request, path = Request(scope), scope["path"]
    compressed = "gzip" in request.headers.get("accept-encoding", "")
    where = scope.get("raw_path", path), scope["query_string"], compressed
    is_page = prefers_html(request)
    if path == _QUERIES:
        named = "format" in request.query_params
        return None if is_page and not named else (*where, *request.headers.getlist("accept"))
    if "range" in request.headers or not (is_page or path.startswith(_STATIC)):
        return None
    return *where, is_page, language(request)


def _lasts(scope: Scope, start: Message) -> bool:
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return start["status"] == HTTPStatus.OK and (
        kind.startswith(HTML) or scope["path"].startswith(_STATIC)
    )


def _tagged(start: Message, body: bytes) -> Answer:
    headers = MutableHeaders(raw=list(start["headers"]))
    headers["content-length"] = str(len(body))
    headers.setdefault("cache-control", "no-cache")
    headers.setdefault("etag", f'W/"{hashlib.sha256(body).hexdigest()[:32]}"')
    return Answer(headers.raw, body)


def _size(key: Hashable, answer: Answer) -> int:
    return len(repr(key)) + len(answer.body)
