"""The one registry of prefixes.

Every Turtle file and every saved query declares its prefixes as they stand here; a test reads them
all. `schema:` is `https://schema.org/`, the form that schema.org itself recommends.
"""

HOME = "https://w3id.org/standpunkt/"  # all names of ours begin like that
SPK = "https://w3id.org/standpunkt/ns#"
ID = "https://w3id.org/standpunkt/id/"
SPKS = "https://w3id.org/standpunkt/shapes#"
GRAPH = "https://w3id.org/standpunkt/graph/"
ONTOLOGY = "https://w3id.org/standpunkt/ns"
SHAPES = "https://w3id.org/standpunkt/shapes"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"

PREFIXES: dict[str, str] = {
    "bibo": "http://purl.org/ontology/bibo/",
    "crminf": "http://www.cidoc-crm.org/extensions/crminf/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "graph": GRAPH,
    "id": ID,
    "marl": "http://www.gsi.upm.es/ontologies/marl/ns#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": OWL,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": "https://schema.org/",
    "sh": SH,
    "skos": SKOS,
    "spk": SPK,
    "spks": SPKS,
    "unit": "http://qudt.org/vocab/unit/",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": XSD,
}

# The names of Turtle and SPARQL, whose grammars are the same here: what one begins with and what it
# goes on with, each as the inside of a character class, and the part after the colon.
NAME_START = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NAME_CHARACTER = NAME_START + r"_0-9\u00b7\u0300-\u036f\u203f\u2040\-"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
LOCAL_NAME = rf"(?:[{NAME_START}_0-9:]|{_ESCAPE})(?:\.*+(?:[{NAME_CHARACTER}:]|{_ESCAPE}))*+"

# The longest namespace first, so that `spk:` wins over a namespace that it begins with.
_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def shorten(iri: str) -> str:
    """Write an IRI as a CURIE with the registry's prefix, or leave it as it is without one.

    >>> shorten("https://w3id.org/standpunkt/id/org-nato")
    'id:org-nato'
    >>> shorten("https://example.org/x")
    'https://example.org/x'
    """
    for prefix, namespace in _LONGEST_FIRST:
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(curie: str) -> str | None:
    """Give the IRI that a CURIE stands for, or `None` where its prefix is not in the registry.

    >>> expand("id:org-nato")
    'https://w3id.org/standpunkt/id/org-nato'
    >>> expand("org-nato") is None
    True
    """
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in PREFIXES:
        return None
    return PREFIXES[prefix] + local
