"""Which triple-store is behind a URL, and at which addresses it is asked and written to.

`docs/stores.md` says how each store was measured, and has addresses of others.
"""

import re
from dataclasses import dataclass

from standpunkt.connection import Connection
from standpunkt.endpoint import Addresses
from standpunkt.errors import StoreError, UnknownNameError, suggest
from standpunkt.staging import (
    DROP_AND_INSERT,
    DROP_AND_MOVE,
    MOVE,
    Exchange,
    one_operation,
)

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of store.

    `service` is what a user may have written behind the base of the addresses; the addresses
    begin at that base. `exchange` is how staged graphs come to their places.
    """

    name: str
    service: re.Pattern[str]
    query: str
    update: str
    graphs: str
    exchange: Exchange

    def addresses(self, url: str) -> Addresses:
        """Give the addresses of the store that a URL leads to, whichever service it names."""
        base = self.service.sub("", url.partition("?")[0].rstrip("/")).rstrip("/")
        return Addresses(base + self.query, base + self.update, base + self.graphs)


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(
            "oxigraph",
            re.compile("/(query|sparql|update|store)$"),
            "/query",
            "/update",
            "/store",
            DROP_AND_MOVE,
        ),
        Profile(
            "fuseki",
            re.compile("/(query|sparql|update|data|get)$"),
            "/query",
            "/update",
            "/data",
            DROP_AND_INSERT,
        ),
        Profile(
            "virtuoso",
            re.compile("/(sparql|sparql-auth|sparql-graph-crud|sparql-graph-crud-auth)$"),
            "/sparql",
            "/sparql-auth",
            "/sparql-graph-crud-auth",
            one_operation,
        ),
        Profile(
            "rdf4j",
            re.compile("/(statements|rdf-graphs(/service)?)$"),
            "",
            "/statements",
            "/rdf-graphs/service",
            MOVE,
        ),
    )
}
NAMES = (*PROFILES, AUTO)


def find(connection: Connection, url: str, name: str = AUTO) -> Profile:
    """Give the profile of a name; for `auto`, that of the store behind a URL.

    RDF4J is known by its path (and GraphDB, which has the same), the others by their headers.
    Raises `UnknownNameError` for an unknown name, `StoreError` where the store is none of these,
    and what `Connection.headers` does.
    """
    if name != AUTO:
        if name not in PROFILES:
            way_out = suggest(name, NAMES) or f"; there are {', '.join(NAMES)}"
            raise UnknownNameError(f"unknown store {name!r}{way_out}")
        return PROFILES[name]
    if re.search("/repositories/[^/]+", url):
        return PROFILES["rdf4j"]
    headers = connection.headers(url)
    server = headers.get("server", "").lower()
    for known in ("oxigraph", "virtuoso"):
        if server.startswith(known):
            return PROFILES[known]
    if "fuseki-request-id" in headers:
        return PROFILES["fuseki"]
    raise StoreError(
        f"the store at {url!r} is not recognised; name it with --store {'|'.join(PROFILES)},"
        " or give --update URL or --gsp URL"
    )
