"""The paths of the site: one for each node, question and proof.

A path is absolute within the site and has no language; whoever writes the page makes a link of it.
"""

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote, urlencode, urlsplit

from pyoxigraph import Literal, NamedNode

from standpunkt.namespaces import GRAPH, HOME, ID, ONTOLOGY, SHAPES, SPK, SPKS, expand, shorten

# What a browser may follow. `javascript:` and `data:` are IRIs, too.
_FOLLOWED = ("http", "https")
# Each namespace with the folder of its pages. A version of the ontology is named below `/ns/`, too,
# where no term can be meant: none begins with a digit.
_FOLDERS = {
    ID: "/id/",
    SPK: "/ns/",
    f"{ONTOLOGY}/": "/ns/",
    SPKS: "/shapes/",
    GRAPH: "/graph/",
}
_WHOLE = {ONTOLOGY: "/ns", SHAPES: "/shapes"}
_FILES = (("Turtle", "ttl"), ("JSON-LD", "jsonld"), ("N-Triples", "nt"))
_VERSION = re.compile(r"\d[\d.]*")


def node_path(node: NamedNode) -> str:
    """Give the path of the page on a node: `/id/…` and the like, else `/node?iri=…`."""
    for namespace, folder in _FOLDERS.items():
        local = node.value.removeprefix(namespace)
        if local != node.value and local and "/" not in local and not local.startswith("."):
            return folder + quote(local, safe="-._~")
    return _WHOLE.get(node.value) or "/node?" + urlencode({"iri": node.value})


def data_links(path: str) -> list[tuple[str, str]]:
    """Give where a program finds what stands at a path: only names of ours have files."""
    return [] if "?" in path else [(name, f"{path}.{ending}") for name, ending in _FILES]


def iri(path: str, parameters: Mapping[str, str]) -> str | None:
    """Give the IRI whose page stands at a path; `None` where no such path is an IRI's.

    >>> iri("/ns/advocates", {}), iri("/ns/0.1.0", {})
    ('https://w3id.org/standpunkt/ns#advocates', 'https://w3id.org/standpunkt/ns/0.1.0')
    """
    if path == "/node" and parameters.get("iri"):
        return expand(parameters["iri"]) or parameters["iri"]
    if path in _WHOLE.values():
        return HOME + path.removeprefix("/")
    for namespace, folder in _FOLDERS.items():
        local = unquote(path.removeprefix(folder))
        if path.startswith(folder) and local:
            is_version = folder == "/ns/" and _VERSION.fullmatch(local)
            return f"{ONTOLOGY}/{local}" if is_version else namespace + local
    return None


def question_path(name: str, **parameters: str) -> str:
    """Give the path of a question with its parameters, without those that are empty."""
    given = {key: text for key, text in parameters.items() if text}
    query = f"?{urlencode(given)}" if given else ""
    return f"/questions/{quote(name)}{query}"


def why_path(subject: NamedNode, predicate: NamedNode, object_: NamedNode | Literal) -> str:
    """Give the path of the page that says why a triple holds."""
    written = object_.value if isinstance(object_, Literal) else handle(object_)
    names = {"subject": handle(subject), "property": handle(predicate), "object": written}
    return "/why?" + urlencode(names)


def handle(node: NamedNode) -> str:
    """Write a node as short as a path can name it: the CURIE, else the IRI."""
    curie = shorten(node.value)
    return curie if expand(curie) == node.value else node.value


def external(iri: str) -> str | None:
    """Give an IRI that a browser may follow to another host; `None` for any other."""
    try:
        parts = urlsplit(iri)
    except ValueError:
        return None
    return iri if parts.scheme in _FOLLOWED and parts.netloc else None
