"""What programs are answered from: graphs, workers, bounds, and the address of it all."""

from dataclasses import dataclass

from pyoxigraph import Triple
from starlette.requests import Request

from standpunkt.web.graphs import Graphs
from standpunkt.web.limits import Limits
from standpunkt.web.pool import Pool
from standpunkt.web.site import Site


@dataclass(frozen=True, slots=True)
class Backend:
    """One for a server; `address` is that of the site, without a slash at its end."""

    site: Site
    address: str
    limits: Limits
    graphs: Graphs
    pool: Pool

    @property
    def endpoint(self) -> str:
        """Give the address of the endpoint."""
        return f"{self.address}/sparql"

    def part(self, name: str) -> list[Triple]:
        """Give the triples of a part of the dossier; raises what `Site.part` does."""
        return self.site.part(name)


def backend(request: Request) -> Backend:
    """Give what a request is answered from."""
    found = request.app.state.backend
    assert isinstance(found, Backend)  # noqa: S101  `create_app` puts it there
    return found
