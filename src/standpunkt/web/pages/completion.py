"""What the editor of SPARQL completes: prefixes, and all that has a name, with its label."""

import json

from pyoxigraph import Literal, NamedNode

from standpunkt.namespaces import ID, PREFIXES, SKOS, SPK, expand
from standpunkt.web.pages.cells import Cells
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.glossary import definition
from standpunkt.web.pages.page import Data
from standpunkt.web.pages.paths import handle

_OTHER_LABELS = NamedNode(SKOS + "altLabel")


def data(explorer: Explorer, language: str) -> Data:
    """Give prefixes and terms in JSON.

    A term is its name in SPARQL, its label, all that it is also called, and its definition. The
    ontology comes first, then the dossier, then terms of others.
    """
    cells = Cells(explorer, explorer.wording(language))
    named = {handle(node): node for node in explorer.names}
    written = {name: node for name, node in named.items() if expand(name)}
    terms = [
        [name, cells.text(node), _also(explorer, node), definition(explorer, node, language)]
        for name, node in sorted(written.items(), key=lambda each: (_rank(each[1]), each[0]))
    ]
    found = {"prefixes": PREFIXES, "terms": terms}
    return Data("application/json", json.dumps(found, ensure_ascii=False, separators=(",", ":")))


def _rank(node: NamedNode) -> int:
    return next((i for i, each in enumerate((SPK, ID)) if node.value.startswith(each)), 2)


def _also(explorer: Explorer, node: NamedNode) -> str:
    others = (triple.object for triple in explorer.store.triples(node, _OTHER_LABELS))
    called = [each.value for each in others if isinstance(each, Literal)]
    return " ".join(dict.fromkeys(" ".join([*explorer.names[node].labels, *called]).split()))
