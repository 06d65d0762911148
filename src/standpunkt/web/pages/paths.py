"""The paths of the site: one for each node, question and proof.

A path is absolute within the site and has no language; whoever writes the page makes a link of it.
"""

from urllib.parse import quote, urlencode, urlsplit

from pyoxigraph import NamedNode

from standpunkt.namespaces import ID, ONTOLOGY, SPK, expand, shorten

# What a browser may follow. `javascript:` and `data:` are IRIs, too.
_FOLLOWED = ("http", "https")


def node_path(node: NamedNode) -> str:
    """Give the path of the page on a node: `/id/…`, `/ns/…`, else `/node?iri=…`."""
    for namespace, folder in ((ID, "/id/"), (SPK, "/ns/")):
        local = node.value.removeprefix(namespace)
        if local != node.value and local and "/" not in local and not local.startswith("."):
            return folder + quote(local, safe="-._~")
    if node.value == ONTOLOGY:
        return "/ns"
    return "/node?" + urlencode({"iri": node.value})


def question_path(name: str, **parameters: str) -> str:
    """Give the path of a question with its parameters, without those that are empty."""
    given = {key: text for key, text in parameters.items() if text}
    query = f"?{urlencode(given)}" if given else ""
    return f"/questions/{quote(name)}{query}"


def why_path(subject: NamedNode, predicate: NamedNode, object_: NamedNode) -> str:
    """Give the path of the page that says why a triple holds."""
    names = ("subject", "property", "object")
    nodes = (subject, predicate, object_)
    return "/why?" + urlencode(dict(zip(names, map(handle, nodes), strict=True)))


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
