"""What one would write by hand with each library, as programs: `python by_hand.py TASK FOLDER …`.

It runs where the peers are installed and knows nothing of this project but the layout of a dossier.
A task ends with its answer as JSON on the last line, by which all peers are compared; one that has
to be warm takes its own time, and says so with `seconds`.
"""

# The point is what each library does alone, so each task imports what it needs and no more.
# ruff: noqa: PLC0415
# mypy: disable-error-code="import-not-found,import-untyped,no-untyped-call"

import contextlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ADVOCATES = "https://w3id.org/standpunkt/ns#advocates"
WARM_SECONDS = 0.2
BLANK = "urn:blank:"


def files(folder: Path, *parts: str) -> list[str]:
    """List the Turtle files of the parts of a dossier."""
    return [str(path) for part in parts for path in sorted((folder / part).glob("*.ttl"))]


def questions(folder: Path) -> dict[str, str]:
    """Give the saved questions by name."""
    paths = sorted((folder / "queries").glob("*.rq"))
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


def warm(ask: Callable[[str], Any], asked: dict[str, Any]) -> dict[str, Any]:
    """Ask each question once, and then again for a while; give the best seconds and the rows."""
    each = {}
    for name, question in asked.items():
        rows = ask(question)
        taken: list[float] = []
        begun = time.perf_counter()
        while not taken or (len(taken) < 20 and time.perf_counter() - begun < WARM_SECONDS):  # noqa: PLR2004
            start = time.perf_counter()
            ask(question)
            taken.append(time.perf_counter() - start)
        each[name] = {"seconds": min(taken), "rows": rows}
    return {
        "seconds": sum(one["seconds"] for one in each.values()),
        "answer": {name: one["rows"] for name, one in each.items()},
        "each": {name: one["seconds"] for name, one in each.items()},
    }


def _oxigraph(folder: Path, *parts: str) -> Any:  # noqa: ANN401  libraries without types
    from pyoxigraph import RdfFormat, Store

    store = Store()
    for path in files(folder, *parts):
        store.bulk_load(path=path, format=RdfFormat.TURTLE)
    return store


def _rdflib(folder: Path, *parts: str) -> Any:  # noqa: ANN401
    from rdflib import Graph

    graph = Graph()
    for path in files(folder, *parts):
        graph.parse(path, format="turtle")
    return graph


def start_pyoxigraph(folder: Path, question: str) -> None:
    """Read the files and answer a question with the bare engine."""
    from pyoxigraph import QueryResultsFormat

    results = _oxigraph(folder, "ontology", "graph").query(Path(question).read_text("utf-8"))
    sys.stdout.buffer.write(results.serialize(format=QueryResultsFormat.CSV))


def start_rdflib(folder: Path, question: str) -> None:
    """Read the files and answer a question with rdflib."""
    results = _rdflib(folder, "ontology", "graph").query(Path(question).read_text("utf-8"))
    sys.stdout.buffer.write(results.serialize(format="csv"))


def store_pyoxigraph(_: Path, question: str, store: str) -> None:
    """Answer a question from a store on disk."""
    from pyoxigraph import QueryResultsFormat, Store

    results: Any = Store.read_only(store).query(
        Path(question).read_text("utf-8"), use_default_graph_as_union=True
    )
    sys.stdout.buffer.write(results.serialize(format=QueryResultsFormat.CSV))


def load_pyoxigraph(folder: Path, store: str) -> object:
    """Load the files into the default graph of a new store on disk."""
    from pyoxigraph import RdfFormat, Store

    target = Store(store)
    for path in files(folder, "ontology", "graph"):
        target.bulk_load(path=path, format=RdfFormat.TURTLE)
    target.flush()
    return len(target)


def name_pyoxigraph(folder: Path, store: str) -> object:
    """Load the files into named graphs of a new store on disk."""
    return len(_named(folder, store)[0])


def check_pyoxigraph(folder: Path, store: str) -> object:
    """Load the files into named graphs of a new store on disk, and compare its answers.

    They are compared with those of a store in memory; both are asked all saved questions.
    """
    from pyoxigraph import QueryResultsFormat

    target, graphs = _named(folder, store)
    here: Any = _oxigraph(folder, "ontology", "graph")
    there: Any = target
    for name, text in questions(folder).items():
        rows = there.query(text, default_graph=graphs).serialize(format=QueryResultsFormat.TSV)
        if rows != here.query(text).serialize(format=QueryResultsFormat.TSV):
            raise SystemExit(f"{name} is answered otherwise")
    return len(target)


def _named(folder: Path, store: str) -> tuple[Any, list[Any]]:
    from pyoxigraph import NamedNode, RdfFormat, Store

    target, graphs = Store(store), set()
    for path in files(folder, "ontology", "graph"):
        is_of_ontology, is_of_links = "/ontology/" in path, path.endswith("/links.ttl")
        name = "ontology" if is_of_ontology else "links" if is_of_links else "articles"
        graphs.add(graph := NamedNode(f"https://w3id.org/standpunkt/graph/{name}"))
        target.bulk_load(path=path, format=RdfFormat.TURTLE, to_graph=graph)
    target.flush()
    return target, [*graphs]


def read_pyoxigraph(folder: Path) -> object:
    """Read the files into a store in memory."""
    return len(_oxigraph(folder, "ontology", "graph"))


def read_rdflib(folder: Path) -> object:
    """Read the files into a graph of rdflib."""
    return len(_rdflib(folder, "ontology", "graph"))


def infer_nemo(folder: Path, rules: str) -> object:
    """Let Nemo derive the closure: facts without literals into a file, rules over it, all out."""
    import tempfile

    import nmo_python
    from pyoxigraph import BlankNode, Literal, RdfFormat, parse

    with tempfile.TemporaryDirectory() as place:
        facts = Path(place, "facts.nt")
        with facts.open("w", encoding="utf-8") as lines:
            for path in files(folder, "ontology", "graph"):
                for quad in parse(path=path, format=RdfFormat.TURTLE):
                    if not isinstance(quad.object, Literal):
                        s, p, o = (
                            f"<{BLANK * isinstance(term, BlankNode)}{term.value}>"
                            for term in (quad.subject, quad.predicate, quad.object)
                        )
                        lines.write(f"{s} {p} {o} .\n")
        text = Path(rules).read_text("utf-8")
        text += f'\n@import asserted :- ntriples {{ resource = "{facts}" }} .\n'
        engine = nmo_python.NemoEngine(nmo_python.load_string(text))
        engine.reason()
        return sum(1 for row in engine.result("t") if row[1] == f"<{ADVOCATES}>")


def infer_owlrl(folder: Path) -> object:
    """Let owlrl expand a graph of rdflib."""
    from owlrl import DeductiveClosure, OWLRL_Semantics
    from rdflib import URIRef

    graph = _rdflib(folder, "ontology", "graph")
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    return sum(1 for _ in graph.triples((None, URIRef(ADVOCATES), None)))


def infer_reasonable(folder: Path) -> object:
    """Let reasonable derive what it can."""
    import reasonable

    engine = reasonable.PyReasoner()
    for path in files(folder, "ontology", "graph"):
        engine.load_file(path)
    return sum(1 for _, predicate, _ in engine.reason() if str(predicate) == ADVOCATES)


def _judged(folder: Path) -> str:
    from pyoxigraph import RdfFormat, serialize

    store = _oxigraph(folder, "ontology", "graph")
    return (serialize((quad.triple for quad in store), format=RdfFormat.N_TRIPLES) or b"").decode()


def validate_pyshacl(folder: Path) -> object:
    """Let pySHACL judge a graph of rdflib."""
    from pyshacl import validate

    data, shapes = _rdflib(folder, "ontology", "graph"), _rdflib(folder, "shapes")
    return validate(data, shacl_graph=shapes, advanced=True)[0]


def validate_shacl(folder: Path) -> object:
    """Let the engine shacl judge the files as one text, as it takes one."""
    import shacl
    from pyoxigraph import RdfFormat, serialize

    store = _oxigraph(folder, "shapes")
    shapes = serialize((quad.triple for quad in store), format=RdfFormat.N_TRIPLES) or b""
    found = shacl.Shapes.from_text(shapes.decode(), "ntriples")
    return found.validate_text(_judged(folder), "ntriples").conforms


def validate_turbo(folder: Path) -> object:
    """Let pyshacl-turbo judge the files as one text."""
    from pyoxigraph import RdfFormat, serialize
    from pyshacl_turbo import compile_shapes

    store = _oxigraph(folder, "shapes")
    shapes = serialize((quad.triple for quad in store), format=RdfFormat.N_TRIPLES) or b""
    compiled = compile_shapes(shapes, shacl_graph_format="nt")
    return compiled.validate(_judged(folder).encode(), data_graph_format="nt")[0]


def questions_pyoxigraph(folder: Path) -> object:
    """Ask all saved questions of a store in memory, warm."""
    store = _oxigraph(folder, "ontology", "graph")
    return warm(lambda text: sum(1 for _ in store.query(text)), questions(folder))


def questions_rdflib(folder: Path) -> object:
    """Ask all saved questions of a graph of rdflib, warm."""
    graph = _rdflib(folder, "ontology", "graph")
    return warm(lambda text: sum(1 for _ in graph.query(text)), questions(folder))


def export_pyoxigraph(folder: Path, output: str) -> object:
    """Write all files as one text of N-Triples."""
    from pyoxigraph import RdfFormat, parse, serialize

    triples = (
        quad.triple
        for path in files(folder, "ontology", "graph")
        for quad in parse(path=path, format=RdfFormat.TURTLE)
    )
    serialize(triples, output=output, format=RdfFormat.N_TRIPLES)
    return lines(output)


def export_rdflib(folder: Path, output: str) -> object:
    """Write all files as one text of N-Triples."""
    _rdflib(folder, "ontology", "graph").serialize(output, format="nt", encoding="utf-8")
    return lines(output)


def format_pyoxigraph(folder: Path) -> object:
    """Read each file and write it anew."""
    from pyoxigraph import RdfFormat, parse, serialize

    for path in files(folder, "ontology", "graph", "shapes"):
        parser = parse(path=path, format=RdfFormat.TURTLE)
        serialize((quad.triple for quad in parser), format=RdfFormat.TURTLE)
    return len(files(folder, "ontology", "graph", "shapes"))


def format_rdflib(folder: Path) -> object:
    """Read each file and write it anew in rdflib's long layout."""
    from rdflib import Graph

    for path in files(folder, "ontology", "graph", "shapes"):
        Graph().parse(path, format="turtle").serialize(format="longturtle")
    return len(files(folder, "ontology", "graph", "shapes"))


def lines(path: str) -> int:
    """Count the lines of a file."""
    with Path(path).open("rb") as text:
        return sum(1 for _ in text)


def main() -> None:
    """Run a task, and write its answer."""
    task, folder, *rest = sys.argv[1:]
    with (
        contextlib.redirect_stdout(sys.stderr)
        if not task.startswith(("start", "store"))
        else (contextlib.nullcontext())
    ):
        answer = globals()[task.replace("-", "_")](Path(folder), *rest)
    if answer is not None:
        said = answer if isinstance(answer, dict) else {"answer": answer}
        sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
