"""Words for terms of other vocabularies on the pages: the dossier has labels for its own only."""

from collections.abc import Mapping

from standpunkt.namespaces import shorten

_WORDS: Mapping[str, tuple[str, str]] = {
    "owl:AnnotationProperty": ("Anmerkung", "annotation"),
    "owl:Class": ("Klasse", "class"),
    "owl:DatatypeProperty": ("Angabe", "value"),
    "owl:ObjectProperty": ("Beziehung", "relation"),
    "owl:SymmetricProperty": ("symmetrisch", "symmetric"),
    "owl:TransitiveProperty": ("transitiv", "transitive"),
    "owl:inverseOf": ("Umkehrung von", "inverse of"),
    "owl:propertyChainAxiom": ("folgt aus", "follows from"),
    "rdf:type": ("ist", "is a"),
    "rdfs:isDefinedBy": ("festgelegt in", "defined in"),
    "rdfs:label": ("Bezeichnung", "label"),
    "rdfs:subClassOf": ("Unterklasse von", "subclass of"),
    "rdfs:subPropertyOf": ("Unterbeziehung von", "subrelation of"),
    "schema:domainIncludes": ("führt von", "leads from"),
    "schema:rangeIncludes": ("führt zu", "leads to"),
    "skos:altLabel": ("heißt auch", "also called"),
    "skos:closeMatch": ("verwandt mit", "close to"),
    "skos:definition": ("Definition", "definition"),
    "skos:example": ("Beispiel", "example"),
    "skos:scopeNote": ("Hinweis", "note"),
}


def word(iri: str, language: str) -> str | None:
    """Give what a term of another vocabulary is called here; `None` where it has no word."""
    both = _WORDS.get(shorten(iri))
    return both[0 if language == "de" else 1] if both else None
