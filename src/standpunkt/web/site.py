"""What all answers of one server have in common: the dossier, its store, and what follows."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock

from pyoxigraph import Triple
from starlette.requests import Request

from standpunkt.dossier import ASSERTED, INFERRED_GRAPH, Dossier
from standpunkt.errors import MissingExtraError
from standpunkt.exporting import jsonld, parts
from standpunkt.exporting.jsonld import Context
from standpunkt.store import Store
from standpunkt.stored import StoredDossier

# What has names of ours beside what is asserted: shapes, saved questions, the dossier, its graphs.
_LIBRARY = ("shapes", "queries", "metadata")


@dataclass
class Site:
    """A dossier as it is served.

    `articles` is a folder with the texts of the articles, where the operator has them. `base` goes
    before every address on a page: empty where the site is at the root of its host. `endpoint` is
    the address at which the dossier can be asked, where there is one.
    """

    dossier: Dossier
    articles: Path | None = None
    base: str = ""
    endpoint: str | None = None
    _deriving: Lock = field(default_factory=Lock, repr=False)
    _parts: dict[str, list[Triple]] = field(default_factory=dict, repr=False)

    @cached_property
    def store(self) -> Store:
        """Give the store of what is asserted, which saved questions read."""
        self.dossier.quads(*ASSERTED)  # all pages show one reading of the files
        return Store.asserted(self.dossier)

    @cached_property
    def context(self) -> Context:
        """Give the context of the dossier's JSON-LD."""
        return jsonld.context(self.dossier)

    @cached_property
    def library(self) -> Store:
        """Give the store of the shapes, the questions and the description of the dossier."""
        return Store({parts.iri(name): self.part(name) for name in _LIBRARY})

    def part(self, name: str) -> list[Triple]:
        """Give the triples of a part of the dossier, which are made once.

        Raises what `parts.graphs` does.
        """
        if name == "inferred":
            return self.inferred
        if name not in self._parts:
            self._parts[name] = parts.graphs(self.dossier, [name], self.endpoint)[name]
        return self._parts[name]

    @property
    def inferred(self) -> list[Triple]:
        """Give what follows under OWL 2 RL: derived once, in seconds, when it is first needed.

        Of a store it is what has been loaded there. Raises `InconsistencyError` where the dossier
        contradicts itself.
        """
        with self._deriving:
            return self._inferred

    @cached_property
    def everything(self) -> Store:
        """Give the store of what is asserted and what follows; raises what `inferred` does."""
        graphs = self.dossier.graphs(*ASSERTED)
        return Store({**graphs, INFERRED_GRAPH: self.inferred})

    @cached_property
    def _inferred(self) -> list[Triple]:
        if isinstance(self.dossier, StoredDossier):
            return self.dossier.graphs(INFERRED_GRAPH)[INFERRED_GRAPH]
        from standpunkt.inference import consequences  # noqa: PLC0415  most answers need none

        try:  # the same, several times faster
            return consequences(self.dossier, "nemo")
        except MissingExtraError:
            return consequences(self.dossier)


def site(request: Request) -> Site:
    """Give the site that a request is for."""
    found = request.app.state.site
    assert isinstance(found, Site)  # noqa: S101  `create_app` puts it there
    return found
