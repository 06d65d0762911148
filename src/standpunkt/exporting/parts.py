"""The parts of a dossier, each a named graph below `https://w3id.org/standpunkt/graph/`."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Triple

from standpunkt import turtle
from standpunkt.dossier import Dossier
from standpunkt.errors import DossierError
from standpunkt.exporting import examples, metadata
from standpunkt.namespaces import GRAPH

# What each has, for help texts. The first four are files of Turtle.
PARTS = {
    "ontology": "the vocabulary",
    "articles": "what the articles say",
    "links": "outside knowledge",
    "shapes": "the rules that facts must meet",
    "queries": "the saved questions as SHACL executables",
    "inferred": "what follows under OWL 2 RL",
    "metadata": "a description in VoID and DCAT",
}
_FILES = ("ontology", "articles", "links", "shapes")


def iri(part: str) -> str:
    """Give the IRI of the named graph that a part is."""
    return GRAPH + part


def graphs(
    dossier: Dossier,
    parts: Iterable[str],
    endpoint: str | None = None,
) -> dict[str, list[Triple]]:
    """Give the triples of parts, by the name of the part, in the order given.

    `endpoint` is the address where the dossier can be asked, for `queries` and `metadata`; the
    metadata describes the parts that stand in files, and with `inferred` what follows as well.

    Raises `InconsistencyError` where the dossier contradicts itself and `inferred` is asked for,
    `ParameterError` where the endpoint is no address, and what reading the files raises.
    """
    wanted = tuple(parts)
    described = dict.fromkeys(
        (*_FILES, "queries", *(part for part in wanted if part == "inferred"))
        if "metadata" in wanted
        else [part for part in wanted if part != "metadata"]
    )
    found = {part: _graph(dossier, part, endpoint) for part in described}
    if "metadata" in wanted:
        named = {iri(part): triples for part, triples in found.items()}
        found["metadata"] = metadata.describe(
            named, shipped=_is_shipped(dossier), endpoint=endpoint
        )
    return {part: found[part] for part in wanted}


def texts(
    dossier: Dossier,
    parts: Iterable[str],
    endpoint: str | None = None,
) -> Iterator[tuple[str, str]]:
    """Give what `graphs` does as N-Triples: texts, each with the name of its part.

    Files are read one by one, and what was read is not kept. Raises what `graphs` does.
    """
    wanted = tuple(parts)
    if "metadata" in wanted:  # it counts what the others have
        for part, triples in graphs(dossier, wanted, endpoint).items():
            yield part, turtle.written(triples)
        return
    for part in wanted:
        if part in _FILES:
            yield from ((part, text) for text in dossier.ntriples(iri(part)))
        elif part == "inferred":
            from standpunkt.inference import consistent  # noqa: PLC0415  as in `_graph`

            yield part, consistent(dossier).text
        else:
            yield part, turtle.written(_graph(dossier, part, endpoint))


def _is_shipped(dossier: Dossier) -> bool:
    try:
        return dossier.folder.samefile(Dossier.shipped().folder)
    except DossierError:
        return False


def _graph(dossier: Dossier, part: str, endpoint: str | None) -> list[Triple]:
    if part == "queries":
        return examples.executables(dossier, endpoint)
    if part == "inferred":
        from standpunkt.inference import consequences  # noqa: PLC0415  the other parts need none

        return consequences(dossier)
    return dossier.graphs(iri(part))[iri(part)]
