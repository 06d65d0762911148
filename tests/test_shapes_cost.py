"""What the shapes cost grows with the dossier, and not with its square.

The engine `shacl` has an index by subject and one by object. A constraint of SPARQL is put to it
anew for each node that is judged, and so is a shape inside `sh:or` for each value: what reads all
of the graph there reads it as often as it has nodes.
"""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from benchmarks.corpus import corpus
from standpunkt import compiled
from standpunkt.answer import Term
from standpunkt.dossier import Dossier
from standpunkt.graph import Graph
from standpunkt.namespaces import SH, SPK, SPKS

SHAPES = Dossier.shipped().triples("shapes")
SMALL, LARGE = 720, 2_880
RULES = Graph(SHAPES)
FILTER = re.compile(r"FILTER(?: NOT)?(?: EXISTS)?")
# The innermost brackets; a path in brackets that has ?, * or + behind it is one pattern.
BRACKETS = re.compile(r"\{[^{}]*\}|\([^()]*\)[?*+]?")


def cost(folder: Path) -> float:
    """Give the seconds of one core that a dossier takes `shacl`; nothing is found in it."""
    dossier = Dossier(folder)
    paths = (*dossier.files("graph"), *dossier.files("ontology"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    begin = time.process_time()
    assert compiled.conforms(compiled.judge("shacl", text, SHAPES))
    return time.process_time() - begin


def test_a_dossier_of_four_times_the_size_costs_little_more_than_four_times(tmp_path: Path) -> None:
    """A join inside `EXISTS` would be made for each row over all of the graph: 16 times."""
    pytest.importorskip("shacl", reason="shacl is missing: install the extra 'fast'")
    folders = [corpus(size, tmp_path / str(size)) for size in (SMALL, LARGE)]
    small, large = (min(cost(folder) for _ in range(2)) for folder in folders)
    assert large < 6 * small


def of_many() -> Iterator[Term]:
    """Give the SPARQL constraints that judge nodes of which there are many."""
    for predicate in ("targetClass", "targetSubjectsOf"):
        for shape, target in RULES.pairs(NamedNode(SH + predicate)):
            if isinstance(target, NamedNode) and target.value.startswith(SPK):
                yield from RULES.objects(shape, NamedNode(SH + "sparql"))


def unanchored(select: str) -> list[str]:
    """Give the patterns of a query outside of filters that do not hang on `$this` alone."""
    text = re.sub(r"#.*", "", select.partition("{")[2].rpartition("}")[0])
    while (shorter := BRACKETS.sub("", text)) != text:
        text = shorter
    patterns = [" ".join(part.split()) for part in re.split(r" \.(?:\s|$)", FILTER.sub("", text))]
    return [
        part
        for part in filter(None, patterns)
        if "/" in part or not (part.startswith("$this ") or part.endswith(" $this"))
    ]


@pytest.mark.parametrize(
    "constraint", sorted(set(of_many()), key=str), ids=lambda node: node.value[len(SPKS) :]
)
def test_a_constraint_on_many_nodes_reads_no_more_than_theirs(constraint: NamedNode) -> None:
    """A pattern without `$this` would be joined with what all nodes have, for each node."""
    (select,) = RULES.objects(constraint, NamedNode(SH + "select"))
    assert isinstance(select, Literal)
    assert unanchored(select.value) == []


@pytest.mark.parametrize(
    "pattern",
    [
        "$this spk:office ?value . ?value spk:officeOf ?body .",
        "$this spk:office/spk:officeOf ?body .",
        "{ $this spk:office ?value . FILTER EXISTS { ?value a ?kind } } ?body a spk:Organisation .",
    ],
)
def test_a_pattern_that_reads_more_is_found(pattern: str) -> None:
    """The constraints are as they are because they would be found otherwise."""
    assert len(unanchored(f"SELECT $this WHERE {{ {pattern} FILTER (?a = ?b) }}")) == 1


def test_a_class_inside_of_another_shape_is_asked_by_a_path() -> None:
    """For `sh:class` the engine gathers all nodes of a class, and there it does for each value."""
    inside: set[Term] = set()
    for name in ("and", "node", "not", "or", "qualifiedValueShape", "xone"):
        for _, node in RULES.pairs(NamedNode(SH + name)):
            inside.update(list(RULES.members(node)) or [node])
    asked = {kind for shape in inside for kind in RULES.objects(shape, NamedNode(SH + "class"))}
    facts = Dossier.shipped().triples("graph")
    known = Graph([*facts, *Dossier.shipped().triples("ontology")])
    assert all(asked.isdisjoint(known.classes(each.subject)) for each in facts)
