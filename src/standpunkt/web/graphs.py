"""The graphs of a dossier as workers take them: in N-Quads, each in its named graph."""

import asyncio
import hashlib
import logging
from collections.abc import Mapping

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from standpunkt.dossier import ASSERTED
from standpunkt.errors import InconsistencyError
from standpunkt.exporting import parts
from standpunkt.web.site import Site

_LOG = logging.getLogger("standpunkt")
_OTHERS = tuple(part for part in parts.PARTS if parts.iri(part) not in ASSERTED)


class Graphs:
    """What is asserted at once, and the other graphs when somebody first asks for them."""

    def __init__(self, site: Site) -> None:
        """Take the site, and read what its dossier asserts."""
        self._site = site
        self._lock = asyncio.Lock()
        self._others: bytes | None = None
        self.names = tuple(parts.iri(part) for part in parts.PARTS)
        self.asserted = _written(site.dossier.graphs(*ASSERTED))
        # Of what is asserted follows all else, but for the shapes and the questions.
        others = b"".join(
            path.read_bytes()
            for part in ("shapes", "queries")
            for path in site.dossier.files("shapes" if part == "shapes" else "queries")
        )
        self.digest = hashlib.sha256(self.asserted + others).digest()

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
