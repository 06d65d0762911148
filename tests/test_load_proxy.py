"""A proxy between client and store that drops, delays and garbles: nothing old is lost."""

import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import cuts
from servers import Oxigraph
from standpunkt import Dossier
from standpunkt.connection import Connection, Credentials
from standpunkt.endpoint import Addresses, Endpoint
from standpunkt.errors import StoreError
from standpunkt.staging import DROP_AND_MOVE, Remote
from standpunkt.transfer import content

pytest.importorskip("httpx2", reason="httpx2 is missing: install the extra 'remote'")

# Given the number of the connection and a piece of what the server sends, gives what the client
# gets; `None` closes the connection.
Fault = Callable[[int, bytes], bytes | None]
PARTS = ("ontology", "articles", "links")


class Proxy:
    """Hands on what it gets, with the faults of a function."""

    def __init__(self, port: int, fault: Fault) -> None:
        """Listen on a free port."""
        self._port = port
        self._fault = fault
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self._listener.close()

    def _accept(self) -> None:
        number = 0
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._port))
                number += 1
                for source, sink, fault in (
                    (client, server, None),
                    (server, client, self._fault),
                ):
                    threading.Thread(
                        target=_pump, args=(source, sink, number, fault), daemon=True
                    ).start()


def _pump(source: socket.socket, sink: socket.socket, number: int, fault: Fault | None) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            changed = fault(number, data) if fault else data
            if changed is None:
                break
            sink.sendall(changed)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


def drops(chance: random.Random) -> Fault:
    """Close a connection in place of one answer in five."""
    return lambda _number, data: None if chance.random() < 0.2 else data


def delays(chance: random.Random) -> Fault:
    """Hold some answers back for longer than the client waits."""

    def fault(_number: int, data: bytes) -> bytes:
        time.sleep(1.5 if chance.random() < 0.1 else 0)
        return data

    return fault


def garbles(chance: random.Random) -> Fault:
    """Change a byte of one answer in five."""

    def fault(_number: int, data: bytes) -> bytes:
        if chance.random() > 0.2:
            return data
        place = chance.randrange(len(data))
        return data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]

    return fault


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[cuts.Store]:
    """Give the store behind the proxy."""
    store = cuts.server_store("oxigraph", tmp_path_factory.mktemp("oxigraph") / "server")
    yield store
    if store.server:
        store.server.stop()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", [drops, delays, garbles])
def test_faults_on_the_way_lose_nothing(
    store: cuts.Store,
    kind: Callable[[random.Random], Fault],
    seed: int,
    folder: Path,
    tmp_path: Path,
) -> None:
    """A load through the proxy succeeds or ends in one line; the graphs are whole after both."""
    assert isinstance(store.server, Oxigraph)
    old, new = Dossier(folder), cuts.grown(tmp_path / "new", 1, "new")
    store.open().replace(content(old, PARTS))
    proxy = Proxy(store.server.port, kind(random.Random(seed)))  # noqa: S311  no secret
    urls = [store.server.query_url, store.server.update_url, store.server.gsp_url]
    there = [f"http://127.0.0.1:{proxy.port}{urlsplit(url).path}" for url in urls]
    connection = Connection(Credentials(), timeout=1)
    lines: list[str] = []
    try:
        Remote(Endpoint(Addresses(*there), connection), DROP_AND_MOVE).replace(content(new, PARTS))
    except StoreError as error:
        lines = str(error).splitlines()
        time.sleep(1)  # for what the server still has to do
    finally:
        proxy.close()
    assert len(lines) <= 1
    assert cuts.state(store, old, new) in (["old"] * 3, ["new"] * 3)
    store.open().replace(content(new, PARTS))
    assert cuts.state(store, old, new) == ["new"] * 3
    assert cuts.staged(store) == 0
