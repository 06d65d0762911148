"""The graphs that workers answer from: sent to them in N-Quads, or in a store that each opens."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from standpunkt.dossier import ASSERTED
from standpunkt.errors import InconsistencyError
from standpunkt.exporting import parts
from standpunkt.web import frames
from standpunkt.web.site import Site

_LOG = logging.getLogger("standpunkt")
_OTHERS = tuple(part for part in parts.PARTS if parts.iri(part) not in ASSERTED)
# The files of a store of Oxigraph that are written anew when its triples change.
_CHANGING = ("CURRENT", "MANIFEST-*", "*.log", "*.sst")


class Graphs(Protocol):
    """What a worker is told at its start, and what it is sent when a query names a graph."""

    names: tuple[str, ...]
    """The IRIs of all graphs."""
    digest: bytes
    """Other bytes for other triples."""
    start: bytes
    """The frame that tells a worker where its first graphs are."""
    are_all: bool
    """Whether that is all graphs, so that none follow."""

    async def others(self) -> bytes:
        """Give the other graphs, in N-Quads."""


class SentGraphs:
    """The graphs of files: what is asserted at once, others when somebody first asks for them."""

    are_all = False

    def __init__(self, site: Site) -> None:
        """Take the site, and read what its dossier asserts."""
        self._site = site
        self._lock = asyncio.Lock()
        self._others: bytes | None = None
        self.names = tuple(parts.iri(part) for part in parts.PARTS)
        asserted = _written(site.dossier.graphs(*ASSERTED))
        self.start = frames.frame(frames.LOAD, asserted)
        # Of what is asserted follows all else, but for the shapes and the questions.
        others = b"".join(
            path.read_bytes()
            for part in ("shapes", "queries")
            for path in site.dossier.files("shapes" if part == "shapes" else "queries")
        )
        self.digest = hashlib.sha256(asserted + others).digest()

    async def others(self) -> bytes:
        """Give what is not asserted: shapes, questions, the description, and what follows."""
        async with self._lock:
            if self._others is None:
                self._others = await asyncio.to_thread(self._derive)
        return self._others

    def _derive(self) -> bytes:
        wanted = [part for part in _OTHERS if part != "inferred"]
        found = parts.graphs(self._site.dossier, wanted)
        try:
            found["inferred"] = self._site.inferred
        except InconsistencyError as error:
            _LOG.warning("there is no graph of what follows: %s", error)
        return _written({parts.iri(part): triples for part, triples in found.items()})


class StoredGraphs:
    """The graphs of a store in a folder, which has to stay as it is meanwhile."""

    are_all = True

    def __init__(self, folder: Path, names: list[str]) -> None:
        """Take the folder, and the IRIs of the graphs that are there."""
        self.names = tuple(names)
        told = {"folder": str(folder.absolute()), "names": names}
        self.start = frames.frame(frames.OPEN, json.dumps(told).encode())
        files = sorted(path for pattern in _CHANGING for path in folder.glob(pattern))
        stamps = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
        self.digest = hashlib.sha256(repr(stamps).encode()).digest()

    async def others(self) -> bytes:
        """Give nothing: a worker has them all."""
        return b""


def _written(graphs: Mapping[str, list[Triple]]) -> bytes:
    quads = sorted(
        {
            Quad(triple.subject, triple.predicate, triple.object, NamedNode(name))
            for name, triples in graphs.items()
            for triple in triples
        },
        key=str,
    )
    return serialize(quads, format=RdfFormat.N_QUADS) or b""
