"""The process that serves: it binds, says when it is ready, and ends when it is told to."""

import asyncio
import errno
import logging
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from math import ceil
from types import FrameType

import h11
import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from standpunkt import files
from standpunkt.errors import ParameterError
from standpunkt.web.limits import Limits

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_BACKLOG = 128
_UNTOLD = ("without completing response", "Invalid HTTP request received")
# A query of the greatest length, each character of it escaped, and room for other headers.
_HEAD = 128 << 10


def bind(host: str, port: int) -> socket.socket:
    """Take an address to listen at; port 0 is any that is free.

    Raises `ParameterError` where it cannot be had: another program has it, the system refuses, or
    the name of the host is unknown.
    """
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
        )[0]
        # asyncio sends small pieces at once only where the socket says that it is one of TCP.
        listening = socket.socket(family, kind, protocol)
        with ExitStack() as failing:
            failing.callback(listening.close)
            if os.name == "posix":  # elsewhere this lets two servers have one port
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(where)
            listening.listen(_BACKLOG)
            failing.pop_all()
    except (socket.gaierror, UnicodeError) as error:
        reason, option = files.reason(error), "host"
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else files.reason(error)
        option = "host" if error.errno == errno.EADDRNOTAVAIL else "port"
    else:
        return listening
    raise ParameterError(
        f"cannot serve at {host!r}, port {port}: {reason}; give another --{option}"
    )


def address(listening: socket.socket) -> str:
    """Give the address of a socket as a browser takes it."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def serve(
    app: Starlette,
    listening: socket.socket,
    limits: Limits,
    *,
    access_log: bool,
    ready: Callable[[], None],
) -> None:
    """Serve until SIGINT or SIGTERM; answers that have begun are given to their end.

    A second SIGINT breaks them off. `ready` is called when the first request may come. Warnings
    go to standard error, with `access_log` also a line for each request.
    """
    _log(access_log=access_log)
    config = uvicorn.Config(
        app,
        http=_protocol(limits.slowness),
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=access_log,
        server_header=False,
        limit_concurrency=limits.connections,
        timeout_graceful_shutdown=ceil(limits.timeout) + 1,
        h11_max_incomplete_event_size=_HEAD,
    )
    asyncio.run(_Server(config, ready).serve(sockets=[listening]))


class _Server(uvicorn.Server):
    """A server that says when it is ready, and whose end by a signal is no failure."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take signals while it serves; uvicorn's own would raise them again afterwards."""
        loop = asyncio.get_running_loop()

        def stop(number: int, frame: FrameType | None) -> None:
            if self.should_exit and number == signal.SIGINT:
                loop.call_soon_threadsafe(self._hang_up)
            else:
                self.handle_exit(number, frame)

        before = {number: signal.signal(number, stop) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _hang_up(self) -> None:
        """Break off all answers, after which the server ends in order, with its workers.

        An exit by uvicorn's force would cancel the start of a worker, which asyncio then waits for.
        """
        for connection in [*self.server_state.connections]:
            if connection.transport is not None:
                connection.transport.abort()


class _Impatient(H11Protocol):
    """HTTP/1.1 with a time for the head of a request; `requests` has one for the body."""

    patience: float

    _alarm: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def send_400_response(self, msg: str) -> None:
        if self.cycle is not None:  # whoever answers meanwhile is told that nobody listens
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        try:
            super().send_400_response(msg)
        except h11.LocalProtocolError:  # the answer has begun, or is to have no body
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._rest()
        super().connection_lost(exc)

    def _watch(self) -> None:
        """Wait for the client, unless an answer is being given."""
        if getattr(self.cycle, "response_complete", True):  # before the first there is no cycle
            self._wait()
        else:
            self._rest()

    def _wait(self) -> None:
        if self._alarm is None:
            self._alarm = self.loop.call_later(self.patience, self.transport.close)

    def _rest(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None


def _protocol(patience: float) -> type[asyncio.Protocol]:
    """Make a protocol that hangs up on a client whose request does not arrive in time."""
    return type("Impatient", (_Impatient,), {"patience": patience})


def _log(*, access_log: bool) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    for name in ("standpunkt", "uvicorn"):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.setLevel(logging.WARNING)
        logger.propagate = False
    # Of an answer that is broken off `result` tells more.
    # What is no HTTP is no concern of the operator's, and whoever sends it could fill the log.
    logging.getLogger("uvicorn.error").addFilter(
        lambda record: not any(told in record.getMessage() for told in _UNTOLD)
    )
    if access_log:
        logging.getLogger("uvicorn.access").setLevel(logging.INFO)
