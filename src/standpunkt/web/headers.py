"""Headers that every answer has, also an error: what a browser may do with it.

Pages load styles and pictures from here and nothing from elsewhere, run no script of another host,
and are shown in no frame. No answer sets a cookie.
"""

from starlette.datastructures import Headers as WireHeaders
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = {
    "default-src": "'none'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in _POLICY.items()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
}
# https://fetch.spec.whatwg.org/#http-cors-protocol: scripts of other sites may read, since there is
# nothing to read that only some may.
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Location, ETag, Link, Retry-After",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class Headers:
    """Put the headers on every answer, and answer the questions that browsers ask first."""

    def __init__(self, app: ASGIApp, *, cors: bool) -> None:
        """Take the application that answers, and whether scripts of other sites may read."""
        self._app = app
        self._headers = {**HEADERS, **_CORS} if cors else HEADERS
        self._cors = cors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as https://asgi.readthedocs.io has it."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        app = Response(status_code=204, headers=_PREFLIGHT) if self._asks(scope) else self._app
        await app(scope, receive, with_headers)

    def _asks(self, scope: Scope) -> bool:
        """Say whether a request is a browser's question whether another may follow."""
        if not self._cors or scope["type"] != "http" or scope["method"] != "OPTIONS":
            return False
        return "access-control-request-method" in WireHeaders(scope=scope)
