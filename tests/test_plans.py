"""What the saved questions cost the engine, by the rows of each operator of their plans.

Oxigraph has no index of its own for a question, so a bad order of patterns, or a join of what has
no variable in common, shows in how many rows its operators give: `oxigraph query --explain` counts
them, and the machine has no say in it.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from pyoxigraph import Quad

from benchmarks.corpus import corpus
from standpunkt.dossier import ASSERTED, Dossier
from standpunkt.question import questions

PROGRAM = Path(sys.executable).parent / "oxigraph"
SMALL, LARGE = 144, 1_008
# The most that a node has of a property that a question leaves open, and a few for good measure.
FEW = 12
# So few rows may be classes or stances, and lead to all that is of them.
KINDS = 30
NO_KEY = re.compile(r"keys = [,)]")
# Questions about one thing, which the size of the dossier is nothing to.
OF_ONE = ("consequences-of", "evidence-for", "said-about", "target-attainment", "ways-out-of-nato")
QUESTIONS = {question.name: question.text for question in questions(Dossier.shipped())}

Plan = Mapping[str, Any]
Plans = Mapping[str, Plan]


def explained(statements: int, folder: Path) -> Plans:
    """Give the plan of each question, as it was run on a corpus."""
    dossier = Dossier(corpus(statements, folder / "corpus"))
    store = pyoxigraph.Store(folder / "store")
    triples = (each for graph in dossier.graphs(*ASSERTED).values() for each in graph)
    store.bulk_extend(Quad(*each) for each in triples)
    store.flush()
    del store
    return {name: explain(text, folder) for name, text in QUESTIONS.items()}


def explain(text: str, folder: Path) -> Plan:
    """Run a query on the store in a folder, and give its plan with the rows of each operator."""
    file = folder / "plan.json"
    options: list[str | Path] = [
        "--location",
        folder / "store",
        "--query",
        text,
        "--results-format",
        "csv",
    ]
    subprocess.run(
        [PROGRAM, "query", *options, "--explain-file", file, "--stats"],
        check=True,
        capture_output=True,
    )
    plan: Plan = json.loads(file.read_text(encoding="utf-8"))["plan"]
    return plan


@pytest.fixture(scope="module", params=[SMALL, LARGE])
def size(request: pytest.FixtureRequest) -> int:
    """Give each size."""
    return int(request.param)


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, Plans]:
    """Give the plans of all questions for each size."""
    if not PROGRAM.exists():
        pytest.skip("oxigraph is missing: install the extra 'oracles'")
    return {each: explained(each, tmp_path_factory.mktemp(str(each))) for each in (SMALL, LARGE)}


def operators(plan: Plan) -> Iterator[Plan]:
    """Give an operator and all below it."""
    yield plan
    for child in plan.get("children", ()):
        yield from operators(child)


def rows(plan: Plan) -> int:
    """Give how many rows an operator gave."""
    return int(plan["number of results"] or 0)


def excess(plan: Plan, answer: int) -> Iterator[str]:
    """Name the joins that give many more rows than they get and than the answer has."""
    for each in operators(plan):
        inputs = [rows(child) for child in each.get("children", ())]
        if len(inputs) != 2:
            continue
        given = inputs[0] if each["name"] == "Lateral" else max(inputs)
        # Where no variable is shared, one side may be the two languages and no more.
        most = 2 * given if NO_KEY.search(each["name"]) else FEW * (given + answer)
        if given > KINDS and rows(each) > most:
            yield f"{each['name']} makes {rows(each)} rows of {given}"


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_operator_multiplies_its_rows(name: str, size: int, plans: Mapping[int, Plans]) -> None:
    """A cartesian product would, and so would a pattern before the one that selects."""
    plan = plans[size][name]
    assert not list(excess(plan, rows(plan)))


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_work_grows_with_the_dossier_or_the_answer(
    name: str, plans: Mapping[int, Plans]
) -> None:
    """What is seven times as large takes seven times the rows, and not 49 times."""
    small, large = plans[SMALL][name], plans[LARGE][name]
    work = [sum(map(rows, operators(plan))) for plan in (small, large)]
    growth = max(LARGE / SMALL, rows(large) / rows(small))
    assert work[1] < 1.5 * growth * work[0]


@pytest.mark.parametrize("name", OF_ONE)
def test_a_question_about_one_thing_reads_little_else(
    name: str, plans: Mapping[int, Plans]
) -> None:
    """No operator gives many more rows than the answer has, however large the dossier is."""
    plan = plans[LARGE][name]
    assert max(map(rows, operators(plan))) <= 2 * FEW * rows(plan)


@pytest.mark.usefixtures("plans")
def test_a_cartesian_product_is_found(tmp_path: Path) -> None:
    """The counts would show one: all statements beside all actors."""
    store = pyoxigraph.Store(tmp_path / "store")
    nodes = [pyoxigraph.NamedNode(f"urn:{number}") for number in range(50)]
    store.extend(Quad(node, pyoxigraph.NamedNode(f"urn:{p}"), node) for node in nodes for p in "pq")
    store.flush()
    del store
    plan = explain("SELECT * { ?a <urn:p> ?b . ?c <urn:q> ?d }", tmp_path)
    assert list(excess(plan, 0))
