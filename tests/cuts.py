"""Loads that are cut off: the client or the server is killed at some point of a load.

After that each graph has to be whole, as it was or as it is to be, and the next load succeeds.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from servers import KINDS, Server
from standpunkt.answer import value
from standpunkt.connection import Connection, Credentials
from standpunkt.dossier import ARTICLES_GRAPH, LINKS_GRAPH, ONTOLOGY_GRAPH, Dossier
from standpunkt.embedded import Embedded
from standpunkt.endpoint import Addresses, Endpoint
from standpunkt.namespaces import ID
from standpunkt.spool import Spool
from standpunkt.staging import Remote, staging
from standpunkt.transfer import Target, content

GRAPHS = (ONTOLOGY_GRAPH, ARTICLES_GRAPH, LINKS_GRAPH)
SOURCES = str(Path(__file__).parents[1] / "src")
_PATIENCE = 120.0
_SETTLING = 10.0


@dataclass
class Store:
    """A store that can be killed: a server, or a folder that has none."""

    argument: str
    environment: dict[str, str]
    open: Callable[[], Target]
    server: Server | None = None


def folder_store(folder: Path) -> Store:
    """Give a store in a folder."""
    return Store(str(folder / "store"), {}, lambda: Embedded(folder / "store"))


def server_store(kind: str, folder: Path) -> Store:
    """Start a server."""
    server = KINDS[kind](folder)
    credentials = Credentials(server.user, server.password)
    environment = {}
    if server.user and server.password:
        environment = {"STANDPUNKT_USER": server.user, "STANDPUNKT_PASSWORD": server.password}
    addresses = Addresses(server.query_url, server.update_url, server.gsp_url)

    def open_() -> Target:
        return Remote(Endpoint(addresses, Connection(credentials)))

    return Store(server.query_url, environment, open_, server)


def grown(folder: Path, copies: int, mark: str) -> Dossier:
    """Write a dossier with the facts of the shipped one many times, under IRIs with a mark."""
    shipped = Dossier.shipped()
    graphs = shipped.graphs(*GRAPHS)

    def marked(triple: Triple, number: int) -> Triple:
        return Triple(
            *(
                NamedNode(f"{term.value}-{mark}-{number}")
                if isinstance(term, NamedNode) and term.value.startswith(ID)
                else term
                for term in triple
            )
        )

    texts: dict[str, Iterable[Triple]] = {
        "ontology/ontology.ttl": graphs[ONTOLOGY_GRAPH],
        "graph/articles.ttl": (
            marked(triple, number) for number in range(copies) for triple in graphs[ARTICLES_GRAPH]
        ),
        "graph/links.ttl": (marked(triple, 0) for triple in graphs[LINKS_GRAPH]),
    }
    for name, triples in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        serialize(triples, path, RdfFormat.N_TRIPLES)
    return Dossier(folder)


def start(store: Store, dossier: Dossier) -> subprocess.Popen[str]:
    """Begin a load in a process of its own."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "standpunkt", "load", store.argument, "--no-inferred"),
            *("--dossier", str(dossier.folder)),
            *("--part", "ontology", "--part", "articles", "--part", "links"),
        ],
        env={**os.environ, "PYTHONPATH": SOURCES, **store.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def load(store: Store, dossier: Dossier) -> float:
    """Load whole, and give the seconds that it took."""
    begun = time.monotonic()
    process = start(store, dossier)
    out, error = process.communicate(timeout=_PATIENCE)
    assert process.returncode == 0, out + error
    return time.monotonic() - begun


def state(store: Store, old: Dossier, new: Dossier) -> list[str]:
    """Say of each graph whether it is `old` or `new`.

    Else it is `between` where it has all of one and some of the other, and `broken` where it lacks
    something of both, which must not be.
    """
    target = store.open()
    before, after = (content(each, ("ontology", "articles", "links")) for each in (old, new))
    return [
        _state(target.triples(graph), {"old": before[graph], "new": after[graph]})
        for graph in GRAPHS
    ]


def _state(held: list[Triple], known: dict[str, Spool]) -> str:
    grounds = {name: _ground(triples) for name, triples in known.items()}
    there = _ground(held)
    found = [
        name
        for name, triples in known.items()
        if len(held) == len(triples) and there == grounds[name]
    ]
    if found:
        return "/".join(found)
    has_one = any(ground <= there for ground in grounds.values())
    is_between = has_one and there <= set().union(*grounds.values())
    return "between" if is_between else f"broken ({len(held)} triples)"


def settled(store: Store, old: Dossier, new: Dossier) -> list[str]:
    """Give the states when the server has worked off what its client left it with."""
    deadline = time.monotonic() + _SETTLING
    while not is_whole(states := state(store, old, new)) and time.monotonic() < deadline:
        time.sleep(0.5)
    return states


def is_whole(states: list[str]) -> bool:
    """Tell whether each graph is as it was or as it is to be."""
    return {"old", "new", "old/new"} >= set(states)


def staged(store: Store) -> int:
    """Count what staging graphs hold."""
    target = store.open()
    return sum(target.count(staging(graph)) for graph in GRAPHS)


def kill_client(store: Store, dossier: Dossier, after: float) -> None:
    """Kill the client some seconds after the begin of a load."""
    process = start(store, dossier)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=_PATIENCE)


def kill_server(store: Store, dossier: Dossier, after: float) -> str:
    """Kill the server some seconds after the begin of a load, start it again; give the error."""
    assert store.server
    process = start(store, dossier)
    time.sleep(after)
    store.server.kill()
    _, error = process.communicate(timeout=_PATIENCE)
    store.server.restart()
    return error


def _ground(triples: Iterable[Triple]) -> set[tuple[str, ...]]:
    """Give the triples without blank nodes; a number is its value, however a store writes it."""
    return {
        (str(triple.subject), str(triple.predicate), _written(triple.object))
        for triple in triples
        if not any(isinstance(term, BlankNode) for term in triple)
    }


def _written(term: object) -> str:
    if isinstance(term, Literal) and isinstance(number := value(term), int | Decimal):
        return str(float(number))
    return str(term)
