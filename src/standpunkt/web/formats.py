"""The formats of results: what each is called in `Accept`, in `?format=` and at the end of a name.

SELECT and ASK have the four formats of SPARQL 1.1 results, CONSTRUCT and DESCRIBE those of RDF.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request

from standpunkt.errors import ParameterError, suggest
from standpunkt.web import negotiation


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its media type, and its short names, of which the first ends names of files."""

    media_type: str
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """Give the media type with the charset, where it is a text by its name."""
        is_text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if is_text else self.media_type


# The first of each is for clients that take anything.
RESULTS = (
    Format("application/sparql-results+json", ("json", "srj"), ("application/json",)),
    Format("application/sparql-results+xml", ("xml", "srx"), ("application/xml", "text/xml")),
    Format("text/csv", ("csv",)),
    Format("text/tab-separated-values", ("tsv",)),
)
GRAPHS = (
    Format("text/turtle", ("ttl", "turtle")),
    Format("application/ld+json", ("jsonld", "json"), ("application/json",)),
    Format("application/n-triples", ("nt", "ntriples"), ("text/plain",)),
    Format("application/rdf+xml", ("rdf", "rdfxml", "xml")),
    Format("application/trig", ("trig",)),
    Format("application/n-quads", ("nq", "nquads")),
    Format("text/n3", ("n3",)),
)
_KNOWN = {name for format_ in (*RESULTS, *GRAPHS) for name in (*format_.names, format_.media_type)}

NOT_ACCEPTABLE = 406


def pick(
    request: Request,
    offered: tuple[Format, ...],
    parameters: Mapping[str, str] | None = None,
) -> Format:
    """Pick the format of an answer: what `?format=` names, else what `Accept` prefers.

    `parameters` are those of the request where they are not in its address. Raises
    `ParameterError` for a format that nobody knows, and 406 for one that this answer does not
    come in.
    """
    known = request.query_params if parameters is None else parameters
    wanted = known.get("format", "").replace(" ", "+")  # a bare + in a query string is a space
    if wanted:
        if wanted not in _KNOWN:
            raise ParameterError(f"unknown format {wanted!r}{suggest(wanted, _KNOWN)}")
        found = by_name(wanted, offered)
    else:
        by_type = {name: each for each in offered for name in (each.media_type, *each.aliases)}
        accept = ",".join(request.headers.getlist("accept"))
        found = by_type.get(negotiation.media_type(accept, list(by_type)) or "")
    if found is None:
        listed = ", ".join(each.media_type for each in offered)
        raise HTTPException(NOT_ACCEPTABLE, f"the answer comes in {listed} only")
    return found


def by_name(name: str, offered: tuple[Format, ...]) -> Format | None:
    """Give the format that has a short name or media type."""
    return next((each for each in offered if name in (*each.names, each.media_type)), None)
