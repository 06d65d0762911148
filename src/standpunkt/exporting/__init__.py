"""A dossier in the formats of other tools, from its files.

The same dossier gives the same bytes, in every process. `FORMATS` has the formats with the endings
of their files, and docs/exporting.md says which is for whom.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from standpunkt import layout, serialisation
from standpunkt.dossier import Dossier
from standpunkt.errors import ParameterError, UnknownNameError, suggest
from standpunkt.exporting import jsonld, networks, statements
from standpunkt.exporting.parts import PARTS, graphs, iri, texts
from standpunkt.question import checked_language

__all__ = ["FORMATS", "NETWORKS", "PARTS", "export", "is_empty", "stream"]

# With the endings of files; the first format is for a terminal.
FORMATS = {
    "turtle": (".ttl",),
    "trig": (".trig",),
    "ntriples": (".nt",),
    "nquads": (".nq",),
    "rdfxml": (".rdf", ".xml"),
    "jsonld": (".jsonld",),
    "context": (),
    "csv": (".csv",),
    "graphml": (".graphml",),
}
NETWORKS = tuple(networks.NETWORKS)

# What a text has in it where something is written, and nowhere else; by default any text.
_FIRST_THING = {
    "csv": r"\r\n.",
    "graphml": "<node ",
    "jsonld": r'"@graph": \[\n',
    "rdfxml": "<rdf:Description",
}
_WITH_GRAPHS = ("trig", "nquads")
_OF_LINES = ("ntriples", "nquads")
_OF_TRIPLES = ("turtle", "ntriples", "rdfxml", "jsonld", *_WITH_GRAPHS)
_ASSERTED = ("ontology", "articles", "links")
_ALL = (*_ASSERTED, "shapes", "queries")


def export(  # noqa: PLR0913  one option of a user each
    dossier: Dossier,
    form: str,
    *,
    parts: Sequence[str] = (),
    inferred: bool = False,
    endpoint: str | None = None,
    network: str | None = None,
    language: str = "en",
) -> str:
    """Write a dossier in a format of `FORMATS`.

    `parts` are names of `PARTS`. Without any, a format with named graphs has what stands in files
    (ontology, articles, links, shapes, queries), and one without has what is asserted (the first
    three). `inferred` adds what follows. `endpoint` is the address where the dossier can be
    asked, for the parts `queries` and `metadata`. `network` is one of `NETWORKS`, for GraphML.
    `language` is that of the columns and nodes that have one label.

    The text is empty, or has no row, no node, where there is nothing to write. Raises
    `UnknownNameError` for an unknown format, part, network or language, `ParameterError` for
    options that the format does not take, `InconsistencyError` where `inferred` meets a
    contradiction, and `FileError` and `ParseError` as `turtle.read` does.
    """
    return "".join(
        stream(
            dossier,
            form,
            parts=parts,
            inferred=inferred,
            endpoint=endpoint,
            network=network,
            language=language,
        )
    )


def stream(  # noqa: PLR0913  the same
    dossier: Dossier,
    form: str,
    *,
    parts: Sequence[str] = (),
    inferred: bool = False,
    endpoint: str | None = None,
    network: str | None = None,
    language: str = "en",
) -> Iterator[str]:
    """Write what `export` does, in pieces: N-Triples and N-Quads need not fit into memory.

    Raises what `export` does before the first piece comes, and `OSError` where the folder for
    temporary files is full.
    """
    _check(form, FORMATS, "format")
    wanted = _parts(form, parts, inferred=inferred)
    if network is not None:
        _check(network, NETWORKS, "network")
        if form != "graphml":
            raise ParameterError(f"the format {form!r} takes no network; graphml does")
    if endpoint is not None and not {"queries", "metadata"}.intersection(wanted):
        raise ParameterError(
            f"the endpoint {endpoint!r} goes into the parts queries and metadata; name one of them"
        )
    checked_language(language)
    if form in _OF_LINES:
        yield from serialisation.sorted_lines(_lines(form, texts(dossier, wanted, endpoint)))
    elif form in _OF_TRIPLES:
        yield _rdf(dossier, form, graphs(dossier, wanted, endpoint))
    elif form == "context":
        yield jsonld.context_document(dossier)
    elif form == "csv":
        yield statements.to_csv(dossier, language)
    else:
        yield networks.to_graphml(dossier, network or NETWORKS[0], language)


def is_empty(form: str, text: str) -> bool:
    """Tell whether a text that `export` gave has no triple, row or node in it.

    The first piece of `stream` is enough, or an empty text where there is none.
    """
    return re.search(_FIRST_THING.get(form, "."), text) is None


def _parts(form: str, parts: Sequence[str], *, inferred: bool) -> tuple[str, ...]:
    """Give the parts that a format writes, in the order of `PARTS`."""
    for part in parts:
        _check(part, PARTS, "part")
    if form not in _OF_TRIPLES:
        if parts or inferred:
            raise ParameterError(
                f"the format {form!r} has no parts and nothing inferred; turtle and trig have"
            )
        return ()
    wanted = set(parts or (_ALL if form in _WITH_GRAPHS else _ASSERTED))
    return tuple(part for part in PARTS if part in wanted or (inferred and part == "inferred"))


def _lines(form: str, texts: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Give the texts of parts, in N-Triples, as N-Triples or N-Quads."""
    for part, text in texts:
        yield text.replace(" .\n", f" <{iri(part)}> .\n") if form == "nquads" else text


def _rdf(dossier: Dossier, form: str, named: dict[str, list[Triple]]) -> str:
    if form == "trig":
        return serialisation.trig(
            [quad for part in named for quad in _quads(named[part], NamedNode(iri(part)))]
        )
    triples = [triple for part in named.values() for triple in part]
    if form == "turtle":
        return layout.lay_out(triples, {})
    quads = _quads(triples, DefaultGraph())
    if form == "jsonld":
        return jsonld.document(jsonld.context(dossier), serialisation.canonical(quads))
    return serialisation.rdfxml(quads)


def _quads(triples: Iterable[Triple], graph: NamedNode | DefaultGraph) -> list[Quad]:
    return [Quad(each.subject, each.predicate, each.object, graph) for each in triples]


def _check(name: str, known: Collection[str], noun: str) -> None:
    if name not in known:
        way_out = suggest(name, known) or f"; there are {', '.join(known)}"
        raise UnknownNameError(f"unknown {noun} {name!r}{way_out}")
