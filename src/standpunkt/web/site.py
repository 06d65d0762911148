"""What all answers of one server have in common: the dossier, its store, and what follows."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock

from pyoxigraph import Triple
from starlette.requests import Request

from standpunkt.dossier import ASSERTED, INFERRED_GRAPH, Dossier
from standpunkt.store import Store
from standpunkt.stored import StoredDossier


@dataclass
class Site:
    """A dossier as it is served.

    `articles` is a folder with the texts of the articles, where the operator has them. `base` goes
    before every address on a page: empty where the site is at the root of its host.
    """

    dossier: Dossier
    articles: Path | None = None
    base: str = ""
    _deriving: Lock = field(default_factory=Lock, repr=False)

    @cached_property
    def store(self) -> Store:
        """Give the store of what is asserted, which saved questions read."""
        return Store.asserted(self.dossier)

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

        return consequences(self.dossier)


def site(request: Request) -> Site:
    """Give the site that a request is for."""
    found = request.app.state.site
    assert isinstance(found, Site)  # noqa: S101  `create_app` puts it there
    return found
