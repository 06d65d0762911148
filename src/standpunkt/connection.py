"""HTTP to a triple-store: who asks, how long to wait, what to try again, one line for a failure.

Requests follow no redirect: what is sent may be secret, and a `PUT` would arrive as a `GET`. A
`Retry-After` is heeded as far as a minute: see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after.
"""

import math
import os
import re
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from standpunkt.errors import MissingExtraError, StoreError
from standpunkt.reply import Reply, arriving
from standpunkt.settings import PASSWORD, TIMEOUT, TOKEN, USER

if TYPE_CHECKING:
    import ssl

    import httpx2

_ATTEMPTS = 5
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 60.0
_UNAUTHORIZED = 401
_LATER = {429, 503}
_REASONS = {
    403: "refuses this",
    404: "knows no such address",
    405: "does not allow this: it may be read-only",
    413: "takes no request as large as this",
    429: "has too much to do",
    503: "has too much to do, or is starting",
}


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: a user with a password, or the bearer of a token, or nobody."""

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    @classmethod
    def of_environment(cls) -> Self:
        """Take them from STANDPUNKT_USER, STANDPUNKT_PASSWORD and STANDPUNKT_TOKEN."""
        user, password, token = (os.environ.get(name) or None for name in (USER, PASSWORD, TOKEN))
        return cls(user, password, token)


class RefusalError(StoreError):
    """A store answers with a status that is no success."""

    def __init__(self, message: str, status: int) -> None:
        """Take the line that the user reads, and the status."""
        super().__init__(message)
        self.status = status


class LostError(StoreError):
    """A connection breaks, or nothing comes in time: the server may have done its work or not."""


class Connection:
    """A client of one server, which closes when nobody has it any more.

    `server` is what the server calls itself, once it has answered.
    """

    def __init__(
        self,
        credentials: Credentials | None = None,
        *,
        timeout: float = TIMEOUT,
    ) -> None:
        """Take who asks, and how many seconds an answer may take to arrive whole.

        Raises `MissingExtraError` where httpx2 is not installed.
        """
        try:
            import httpx2
        except ImportError as missing:
            raise MissingExtraError(
                "httpx2 is not installed; install it with: pip install 'standpunkt[remote]'"
            ) from missing
        self.credentials = credentials or Credentials.of_environment()
        self.timeout = timeout
        self._http = httpx2
        self._client = httpx2.Client(timeout=timeout, headers={"User-Agent": "standpunkt"})
        self._auth: httpx2.Auth | None = None
        self._was_reached = False
        self.server = ""
        weakref.finalize(self, self._client.close)
        if self.credentials.token:
            self._client.headers["Authorization"] = f"Bearer {self.credentials.token}"

    def send(
        self,
        method: str,
        url: str,
        *,
        body: bytes | Iterable[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
        again: bool = True,
    ) -> Reply:
        """Send a request and give the answer, which is a success and has arrived whole.

        A server that has too much to do is asked again after a pause, and so is one that goes
        away after it has once answered, unless `again` is false: then the request is sent once.
        A body in pieces is taken anew each time.

        Raises `RefusalError` for any status but a success, `LostError` where no answer arrives
        or not the whole of it, and `StoreError` for an address that leads to no server.
        """
        return self._insist(
            url, lambda: self._authorized(method, url, body, headers or {}), again=again
        )

    def open(
        self, method: str, url: str, *, body: bytes, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send a request as `send` does, and give an answer whose body is still to arrive.

        It is to be closed. The time-out is that for each piece of it. To read it raises
        `LostError` where the rest does not arrive: it is not asked for again.
        """
        return self._insist(
            url, lambda: self._authorized(method, url, body, headers or {}, is_whole=False)
        )

    def headers(self, url: str) -> Mapping[str, str]:
        """Give the headers by which a server answers at an address, whatever the status but 401.

        Raises `LostError` and `StoreError` as `send` does.
        """
        # The smallest question keeps a store from answering with all that it has.
        reply = self._authorized("GET", f"{url}?query=ASK%7B%7D", None, {})
        if reply.status == _UNAUTHORIZED:
            self._checked(url, reply)
        self._was_reached = True
        return reply.headers

    def _insist(self, url: str, attempt: Callable[[], Reply], *, again: bool = True) -> Reply:
        """Try until there is an answer that is neither lost nor a request for patience."""
        for number in range(1, _ATTEMPTS + 1):
            is_last = number == _ATTEMPTS or not again
            pause = _FIRST_PAUSE * 2 ** (number - 1)
            try:
                reply = attempt()
            except LostError:
                if is_last or not self._was_reached:
                    raise
            else:
                self._was_reached = True
                if reply.status not in _LATER or is_last:
                    return self._checked(url, reply)
                pause = reply.wanted_pause() or pause
            time.sleep(min(pause, _LONGEST_PAUSE))
        raise AssertionError  # the last attempt returns or raises

    def _authorized(
        self,
        method: str,
        url: str,
        body: bytes | Iterable[bytes] | None,
        headers: Mapping[str, str],
        *,
        is_whole: bool = True,
    ) -> Reply:
        """Send once; where the server asks who that is, send once more with the answer to that."""
        reply = self._once(method, url, body, headers, is_whole=is_whole)
        if reply.status == _UNAUTHORIZED and self._auth is None and self.credentials.user:
            pair = (self.credentials.user, self.credentials.password or "")
            schemes = reply.headers.get("www-authenticate", "").lower()
            is_digest = "digest" in schemes
            self._auth = (self._http.DigestAuth if is_digest else self._http.BasicAuth)(*pair)
            reply = self._once(method, url, body, headers, is_whole=is_whole)
        return reply

    def _once(
        self,
        method: str,
        url: str,
        body: bytes | Iterable[bytes] | None,
        headers: Mapping[str, str],
        *,
        is_whole: bool,
    ) -> Reply:
        deadline = time.monotonic() + self.timeout
        try:
            request = self._client.build_request(method, url, content=body, headers=dict(headers))
            response = self._client.send(request, auth=self._auth, stream=True)
        except (self._http.HTTPError, self._http.InvalidURL, OSError) as error:
            raise self._failure(url, error) from None
        lowered = {name.lower(): value for name, value in response.headers.items()}
        self.server = lowered.get("server", self.server)
        is_whole = is_whole or not response.is_success
        pieces = self._pieces(url, response, deadline if is_whole else math.inf)
        reply = Reply(response.status_code, lowered, arriving(pieces, response.close))
        return reply.whole() if is_whole else reply

    def _pieces(self, url: str, response: "httpx2.Response", deadline: float) -> Iterator[bytes]:
        try:
            for piece in response.iter_bytes():
                yield piece
                if time.monotonic() > deadline:
                    raise self._http.ReadTimeout("", request=response.request)
        except (self._http.HTTPError, OSError) as error:
            raise self._failure(url, error) from None

    def _failure(self, url: str, error: Exception) -> StoreError:
        """Say in one line why there is no answer."""
        place = repr(address(url))
        if isinstance(error, self._http.TimeoutException):
            return LostError(
                f"{place} gave no whole answer within {self.timeout:g} s; --timeout waits longer"
            )
        cause = _tls_failure(error)
        if cause is not None:
            reason = getattr(cause, "verify_message", "") or cause.reason or str(cause)
            return StoreError(f"{place} cannot be trusted: {reason.replace('_', ' ')}")
        if isinstance(error, self._http.ConnectError):
            # Before the first answer the address is the likeliest cause; later it is the server.
            kind = LostError if self._was_reached else StoreError
            return kind(f"no server answers at {place}: {error}; is it running, and there?")
        if isinstance(error, self._http.InvalidURL | self._http.UnsupportedProtocol):
            return StoreError(f"{place} is no address of a server: {error}")
        return LostError(f"the connection to {place} broke: {str(error) or type(error).__name__}")

    def _checked(self, url: str, reply: Reply) -> Reply:
        place = repr(address(url))
        if 200 <= reply.status < 300:  # noqa: PLR2004  what HTTP calls success
            return reply
        if 300 <= reply.status < 400:  # noqa: PLR2004  what HTTP calls redirection
            there = reply.headers.get("location", "another address")
            raise RefusalError(
                f"{place} redirects to {address(there)!r}: give that address, if it is the store's",
                reply.status,
            )
        if reply.status == _UNAUTHORIZED:
            raise RefusalError(f"{place} {self._who()}", reply.status)
        said = reply.first_words()
        reason = _REASONS.get(reply.status, "answers with an error")
        raise RefusalError(
            f"{place} {reason} (HTTP {reply.status}){said and ': ' + said}", reply.status
        )

    def _who(self) -> str:
        if self.credentials.token:
            return f"does not accept the token in {TOKEN} (HTTP 401)"
        if self.credentials.user:
            return (
                f"does not accept the user {self.credentials.user!r} with this password (HTTP 401)"
            )
        return f"asks who you are (HTTP 401): set {USER} and {PASSWORD}, or {TOKEN}"


def address(url: str) -> str:
    """Give an address as it may be shown: without user, password and query."""
    return re.sub(r"(?<=://)[^/?#]*@", "", url).partition("?")[0]


def _tls_failure(error: BaseException | None) -> "ssl.SSLError | None":
    import ssl  # noqa: PLC0415  slow, and httpx2 has it by now

    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error
