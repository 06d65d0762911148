"""The workers of a server: who is free, who has to go, and who takes the place.

A query has a worker for itself. Where the client goes away, the time is over or the result is not
wanted to its end, the worker is killed and another one starts.
"""

import asyncio
import json
import logging
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Coroutine
from contextlib import suppress
from dataclasses import asdict, dataclass

from standpunkt.errors import QueryError
from standpunkt.web import frames
from standpunkt.web.graphs import Graphs
from standpunkt.web.limits import Limits

_LOG = logging.getLogger("standpunkt")
# How a process ends that ran out of memory: the engine aborts, or the kernel kills it.
_OUT_OF_MEMORY = (-6, -9)
_PAUSE = 1.0
_PIECE = 1 << 16
# How long a killed process is waited for at the end.
_FAREWELL = 5.0


class BusyError(Exception):
    """No worker is free, and none became free in time."""


class BrokenError(Exception):
    """A worker has a bug: its traceback."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as a worker takes it.

    `dataset` has the IRIs of the graphs that are merged into the default graph, and of the named
    graphs; without one, that is what is asserted, and all graphs. `most` is a bound on the result
    in bytes, lower than that of the server.
    """

    text: str
    media_type: str
    dataset: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    names_a_graph: bool = False
    most: int | None = None

    def in_json(self) -> bytes:
        """Write the query for a worker."""
        return json.dumps(asdict(self)).encode()


@dataclass(eq=False)
class Worker:
    """A process, and whether it has all graphs or only what is asserted."""

    process: Process
    has_all: bool = False
    _killed: bool = False

    async def send(self, frame: bytes) -> None:
        """Send a frame."""
        assert self.process.stdin is not None  # noqa: S101  it is a pipe
        self.process.stdin.write(frame)
        await self.process.stdin.drain()

    async def receive(self) -> tuple[bytes, bytes]:
        """Receive a frame; raises `IncompleteReadError` where the process is dead."""
        assert self.process.stdout is not None  # noqa: S101  it is a pipe
        return await frames.receive(self.process.stdout)

    def kill(self) -> None:
        """End the process, whatever it does.

        Once: a second time Python may take the exit code that asyncio waits for.
        """
        if not self._killed:
            self._killed = True
            with suppress(ProcessLookupError):
                self.process.kill()

    async def end(self) -> int:
        """Wait for the end of the process, and give its exit code."""
        assert self.process.stdout is not None  # noqa: S101  it is a pipe
        # asyncio sees no end of a process whose output nobody reads.
        while await self.process.stdout.read(_PIECE):
            pass
        return await self.process.wait()


class Pool:
    """Workers that answer queries on the same graphs."""

    def __init__(self, graphs: Graphs, limits: Limits) -> None:
        """Take the graphs, and what a query may cost."""
        self._graphs = graphs
        self._limits = limits
        self._free: asyncio.Queue[Worker] = asyncio.Queue()
        self._started = asyncio.Event()
        self._closing = False
        self._alive: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def alive(self) -> int:
        """Say how many workers run."""
        return sum(worker.process.returncode is None for worker in self._alive)

    def start(self) -> None:
        """Start the workers, and do not wait for them: the first query does."""
        for _ in range(self._limits.workers):
            self._in_background(self._add())

    async def close(self) -> None:
        """End all workers."""
        self._closing = True
        self._kill_all()
        # A start that is cancelled may leave its process behind; so it comes to its end first.
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._kill_all()
        for worker in [*self._alive]:
            with suppress(TimeoutError):
                await asyncio.wait_for(worker.end(), _FAREWELL)

    async def answer(self, asked: Asked) -> AsyncGenerator[tuple[bytes, bool]]:
        """Run a query; give the pieces of its result, and with each whether it is the last.

        Raises `BusyError` where no worker is free, `QueryError` where the query is refused or its
        result has to end, and `BrokenError` for a bug. Who does not read to the end closes the
        generator, which kills the worker.
        """
        others = await self._graphs.others() if asked.names_a_graph else b""
        worker = await self._acquire()
        free = False
        try:
            if asked.names_a_graph and not worker.has_all:
                await worker.send(frames.frame(frames.LOAD, others))
                worker.has_all = True
            await worker.send(frames.frame(frames.ASK, asked.in_json()))
            while not free:
                kind, content = await worker.receive()
                if kind != frames.PIECE:  # the next query need not wait for this client
                    free = True
                    self._free.put_nowait(worker)
                if kind == frames.REFUSED:
                    raise QueryError(content.decode())
                if kind == frames.BUG:
                    raise BrokenError(content.decode())
                yield content, free
        except (asyncio.IncompleteReadError, ConnectionError):
            raise QueryError(await self._reason(worker)) from None
        finally:
            if not free:
                self._replace(worker)

    async def _acquire(self) -> Worker:
        await self._started.wait()
        try:
            async with asyncio.timeout(self._limits.patience):
                while True:
                    worker = await self._free.get()
                    if worker.process.returncode is None:
                        return worker
                    self._replace(worker)
        except TimeoutError:
            raise BusyError from None

    async def _reason(self, worker: Worker) -> str:
        """Say why a worker died on a query."""
        code = await worker.end()
        if code in _OUT_OF_MEMORY:
            return (
                f"the query needs more memory than the {self._limits.memory >> 20} MB it may have"
            )
        return "the query is nested too deeply"

    def _replace(self, worker: Worker) -> None:
        worker.kill()
        self._in_background(self._bury(worker))
        self._in_background(self._add())

    async def _bury(self, worker: Worker) -> None:
        await worker.end()
        self._alive.discard(worker)

    def _kill_all(self) -> None:
        for worker in self._alive:
            worker.kill()

    async def _add(self) -> None:
        while not self._closing:
            try:
                self._free.put_nowait(await self._spawn())
                self._started.set()
            except (OSError, asyncio.IncompleteReadError) as error:
                if not self._closing:
                    _LOG.error("a worker did not start: %r", error)
                    await asyncio.sleep(_PAUSE)
            else:
                return

    async def _spawn(self) -> Worker:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "standpunkt.web.worker",
            str(self._limits.memory),
            str(self._limits.result),
            str(self._limits.rows),
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,  # signals of a terminal are for the server
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        worker = Worker(process, has_all=self._graphs.are_all)
        self._alive.add(worker)
        try:
            await worker.send(self._graphs.start)
            await worker.receive()
        except (OSError, asyncio.IncompleteReadError):
            worker.kill()
            await self._bury(worker)
            raise
        return worker

    def _in_background(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
