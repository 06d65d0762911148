"""The saved questions as SHACL executables, in the form that SIB collects examples in.

SPARQL editors offer such examples: https://github.com/sib-swiss/sparql-examples. A question is an
`sh:SPARQLExecutable` (https://www.w3.org/TR/shacl-af/#sparql-executables) with its query and, in
each language, a label and a comment.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt import sparql
from standpunkt.answer import Term
from standpunkt.dossier import Dossier
from standpunkt.errors import QueryError
from standpunkt.exporting.metadata import DATASET, address
from standpunkt.namespaces import GRAPH, ID, OWL, PREFIXES, RDF, RDFS, SH, XSD
from standpunkt.question import Question, questions

_GRAPH = NamedNode(GRAPH + "queries")
_SPEX = "https://purl.expasy.org/sparql-examples/ontology#"
_SCHEMA = PREFIXES["schema"]
_HEADER_LINE = re.compile(r"^#\+.*\n?", re.MULTILINE)
# SHACL has no executable for DESCRIBE, so SIB has one of its own.
_CLASSES = {
    "select": SH + "SPARQLSelectExecutable",
    "ask": SH + "SPARQLAskExecutable",
    "construct": SH + "SPARQLConstructExecutable",
    "describe": _SPEX + "SPARQLDescribeExecutable",
}
_PROPERTIES = {form: SH + form for form in _CLASSES} | {"describe": _SPEX + "describe"}


def executables(dossier: Dossier, endpoint: str | None = None) -> list[Triple]:
    """Give the saved questions of a dossier as triples; none where it has none.

    `endpoint` is the address that the questions can be sent to; without one, what they ask is the
    dataset that `metadata` describes. Raises `ParameterError` where the endpoint is no address,
    `QueryError` where a question is no query, and what `question.questions` raises.
    """
    target = address(endpoint) if endpoint is not None else DATASET
    if not dossier.files("queries"):
        return []
    asked = questions(dossier)
    used = {
        token.text.partition(":")[0]
        for each in asked
        for token in sparql.tokens(each.text)
        if token.kind == "name"
    }
    found = list(_prefixes(prefix for prefix in PREFIXES if prefix in used))
    for question in asked:
        found += _executable(question, target)
    return found


def _prefixes(prefixes: Iterator[str]) -> Iterator[Triple]:
    yield Triple(_GRAPH, NamedNode(RDF + "type"), NamedNode(OWL + "Ontology"))
    for prefix in prefixes:
        node = BlankNode()
        namespace = Literal(PREFIXES[prefix], datatype=NamedNode(XSD + "anyURI"))
        yield Triple(_GRAPH, NamedNode(SH + "declare"), node)
        yield Triple(node, NamedNode(SH + "prefix"), Literal(prefix))
        yield Triple(node, NamedNode(SH + "namespace"), namespace)


def _executable(question: Question, target: NamedNode) -> Iterator[Triple]:
    node = NamedNode(f"{ID}question-{quote(question.name, safe='')}")
    form = sparql.form(question.text)
    if form not in _CLASSES:
        raise QueryError(f"{question.path}: this is no query; it begins with none of its words")
    facts: list[tuple[str, Term]] = [
        (RDF + "type", NamedNode(SH + "SPARQLExecutable")),
        (RDF + "type", NamedNode(_CLASSES[form])),
        (SH + "prefixes", _GRAPH),
        (_PROPERTIES[form], Literal(_query(question.text))),
        (_SCHEMA + "target", target),
        *((_SCHEMA + "keywords", Literal(tag)) for tag in question.tags),
        *_texts(RDFS + "label", question.summary),
        *_texts(RDFS + "comment", {**question.summary, **question.description}),
    ]
    for property_, term in facts:
        yield Triple(node, NamedNode(property_), term)


def _texts(property_: str, texts: Mapping[str, str]) -> Iterator[tuple[str, Term]]:
    for language, text in texts.items():
        yield property_, Literal(text, language=language)


def _query(text: str) -> str:
    """Give a query without the header, which is said in triples."""
    return _HEADER_LINE.sub("", text).strip() + "\n"
