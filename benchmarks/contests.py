"""What is compared: each contest, with the commands of those who take part in it.

All get the same files. Where the answers of a peer differ, `differs` has to say why; `note` says
what else a reader of its times has to know.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict, Unpack

from benchmarks import peers
from benchmarks.contest import (
    Command,
    Contender,
    Contest,
    Place,
    conforms,
    inferred,
    lines,
    nothing,
    number,
    rows,
    stored,
    triples,
)

_HERE = Path(__file__).parent
_BY_HAND = _HERE / "by_hand.py"
_RULES = str(peers.TOP / "src" / "standpunkt" / "owl2rl.rls")
_COUNT = "SELECT (COUNT(*) AS ?triples) WHERE { ?s ?p ?o }"


class _Rest(TypedDict, total=False):
    read: Callable[[Place, str], object]
    note: str
    differs: str


def _ours(*arguments: str | Path) -> Command:
    return [sys.executable, "-m", "standpunkt", *arguments]


def _by_hand(name: str, role: str, task: str, *more: str, **rest: Unpack[_Rest]) -> Contender:
    def command(place: Place) -> Command:
        places = {name: getattr(place, name) for name in ("output", "question", "short", "store")}
        return [
            peers.PYTHON,
            _BY_HAND,
            task,
            place.dossier,
            *(places.get(each, each) for each in more),
        ]

    return Contender(name, role, command, needs=peers.PYTHON, **rest)


def _jena(
    name: str,
    tool: str,
    arguments: Callable[[Place], Command],
    *,
    short: bool = False,
    **rest: Unpack[_Rest],
) -> Contender:
    def command(place: Place) -> Command:
        return [*peers.java(tool, short=short), *arguments(place)]

    return Contender(name, "peer", command, needs=peers.JENA, **rest)


def _each(option: str, paths: list[Path]) -> Command:
    return [part for path in paths for part in (option, path)]


def _arq(place: Place) -> Command:
    return [*_each("--data", place.facts), "--query", place.question, "--results=CSV"]


_START = Contest(
    "start",
    "Cold start",
    "`ask who-advocates` on the shipped dossier, a whole process with its output in a file",
    (
        Contender(
            "standpunkt ask",
            "ours",
            lambda p: _ours("ask", "who-advocates", "--dossier", p.dossier),
            rows,
        ),
        Contender(
            "an empty typer program",
            "floor",
            lambda _: [sys.executable, _HERE / "empty.py"],
            nothing,
            note="does nothing: what Python and typer need to start",
        ),
        _by_hand(
            "pyoxigraph by hand",
            "engine",
            "start-pyoxigraph",
            "question",
            read=rows,
            note="the bare engine, for a script that knows its files and has no command line",
        ),
        _by_hand("rdflib by hand", "peer", "start-rdflib", "question", read=rows),
        _jena("Jena arq", "arq.arq", _arq, read=rows, note="as its own script starts it"),
        _jena(
            "Jena arq, told to start quickly",
            "arq.arq",
            _arq,
            short=True,
            read=rows,
            note="with `-XX:TieredStopAtLevel=1`, which its script takes from `JVM_ARGS`",
        ),
        Contender(
            "Comunica",
            "peer",
            lambda p: [
                peers.node(),
                peers.COMUNICA.resolve(),
                *p.facts,
                "-f",
                p.question,
                "-t",
                "text/csv",
            ],
            rows,
            needs=peers.COMUNICA,
        ),
        Contender(
            "roqet",
            "peer",
            lambda p: ["roqet", "-q", "-r", "csv", *_each("-D", p.facts), p.question],
            rows,
            needs="roqet",
            note="its SPARQL has no property paths with `*`, which the question needs",
        ),
    ),
    largest=100,
    is_cold=True,
)
_LOAD = Contest(
    "load",
    "Load into a store on disk",
    "a whole process, from the Turtle files into a new folder",
    (
        Contender(
            "standpunkt load",
            "ours",
            lambda p: _ours("load", p.output, "--no-inferred", "--dossier", p.dossier),
            stored,
            note="into named graphs, also shapes and questions; then counts them, fills a second"
            " store, and asks every question of both",
            expected=(0, 1),
        ),
        Contender(
            "standpunkt, without the check",
            "ours",
            lambda p: [sys.executable, "-m", "benchmarks.ours", "load", p.dossier, p.output],
            stored,
            note="what the command does before it checks",
        ),
        _by_hand(
            "pyoxigraph by hand",
            "floor",
            "name-pyoxigraph",
            "output",
            read=stored,
            note="into named graphs, for which the engine writes six indexes",
        ),
        _by_hand(
            "pyoxigraph by hand, into one graph",
            "engine",
            "load-pyoxigraph",
            "output",
            read=stored,
            note="into the default graph, for which it writes three",
        ),
        _by_hand(
            "pyoxigraph by hand, with a check",
            "engine",
            "check-pyoxigraph",
            "output",
            read=stored,
            note="into named graphs, and asks every question there and in memory",
        ),
        Contender(
            "oxigraph load",
            "peer",
            lambda p: [peers.OXIGRAPH, "load", "--location", p.output, "--file", *p.facts],
            stored,
            needs=peers.OXIGRAPH,
        ),
        _jena(
            "Jena tdb2.tdbloader",
            "tdb2.tdbloader",
            lambda p: ["--loc", p.output, *p.facts],
            read=nothing,
        ),
    ),
)
_STORE = Contest(
    "store",
    "Cold start on a store on disk",
    "`ask consequences-of`, whose answer is as long for each corpus, as a whole process, from a"
    " folder that is loaded already",
    (
        Contender(
            "standpunkt ask --store",
            "ours",
            lambda p: _ours("ask", "consequences-of", "--store", p.store),
            rows,
        ),
        _by_hand("pyoxigraph by hand", "floor", "store-pyoxigraph", "short", "store", read=rows),
        Contender(
            "oxigraph query",
            "peer",
            lambda p: [
                peers.OXIGRAPH,
                "query",
                "--location",
                p.store,
                "--query-file",
                p.short,
                "--results-format",
                "csv",
                "--union-default-graph",
            ],
            rows,
            needs=peers.OXIGRAPH,
            note="in Rust, without Python",
        ),
    ),
    is_cold=True,
)
_READ = Contest(
    "read",
    "Parse and load into memory",
    "a whole process, from the Turtle files to the number of triples",
    (
        Contender(
            "standpunkt",
            "ours",
            lambda p: [sys.executable, "-m", "benchmarks.ours", "read", p.dossier],
        ),
        _by_hand("pyoxigraph by hand", "floor", "read-pyoxigraph"),
        _by_hand("rdflib by hand", "peer", "read-rdflib"),
        _jena(
            "Jena arq",
            "arq.arq",
            lambda p: [*_each("--data", p.facts), "--results=CSV", _COUNT],
            read=number,
        ),
    ),
)
_INFER = Contest(
    "infer",
    "Infer",
    "a whole process, from the Turtle files to what follows under OWL 2 RL",
    (
        Contender(
            "standpunkt infer",
            "ours",
            lambda p: _ours(
                "infer", "--format", "ntriples", "--output", p.output, "--dossier", p.dossier
            ),
            inferred,
        ),
        Contender(
            "standpunkt infer --reasoner nemo",
            "ours",
            lambda p: _ours(
                "infer",
                "--reasoner",
                "nemo",
                "--format",
                "ntriples",
                "--output",
                p.output,
                "--dossier",
                p.dossier,
            ),
            inferred,
            note="beyond 50,000 facts Nemo has a process of its own; the memory is that of the"
            " larger one",
        ),
        _by_hand(
            "Nemo by hand",
            "floor",
            "infer-nemo",
            _RULES,
            note="the same rules, which Nemo does not bring along; it counts what holds,"
            " and neither leaves out what was stated nor sorts and writes the rest",
        ),
        _by_hand("owlrl by hand", "peer", "infer-owlrl"),
        _by_hand(
            "reasonable by hand",
            "peer",
            "infer-reasonable",
            differs="no property chains: who advocates what does not follow",
        ),
    ),
)
_VALIDATE = Contest(
    "validate",
    "Validate",
    "a whole process, from the Turtle files to the verdict of SHACL",
    (
        Contender(
            "standpunkt validate",
            "ours",
            lambda p: _ours("validate", "--dossier", p.dossier),
            lambda _, __: True,
            note="exit code 0, which is that nothing was found",
        ),
        _by_hand("shacl by hand", "floor", "validate-shacl"),
        _by_hand("pyshacl-turbo by hand", "peer", "validate-turbo"),
        _by_hand("pySHACL by hand", "peer", "validate-pyshacl"),
        _jena(
            "Jena shacl",
            "shacl.shacl",
            lambda p: ["validate", "--shapes", p.shapes, "--data", p.text],
            read=conforms,
            note="refuses two messages of a shape, so it gets the English ones, and one file",
        ),
    ),
)
_QUESTIONS = Contest(
    "questions",
    "Saved questions, warm",
    "the sum over all saved questions in one process that has read the dossier and asked each once",
    (
        Contender(
            "standpunkt.ask",
            "ours",
            lambda p: [sys.executable, "-m", "benchmarks.ours", "questions", p.dossier],
        ),
        _by_hand(
            "pyoxigraph by hand",
            "floor",
            "questions-pyoxigraph",
            note="counts rows, and makes none",
        ),
        _by_hand("rdflib by hand", "peer", "questions-rdflib"),
    ),
)
_WHY = Contest(
    "why",
    "Prove",
    "`why mike-lee advocates us-leaves-nato` as a whole process",
    (
        Contender(
            "standpunkt why",
            "ours",
            lambda p: _ours(
                "why", "mike-lee", "advocates", "us-leaves-nato", "--dossier", p.dossier
            ),
            nothing,
        ),
        _by_hand(
            "Nemo by hand",
            "floor",
            "infer-nemo",
            _RULES,
            read=nothing,
            note="derives all, and proves nothing",
        ),
    ),
    largest=10_000,
)
_EXPORT = Contest(
    "export",
    "Export",
    "a whole process, from the Turtle files to one file of N-Triples",
    (
        Contender(
            "standpunkt export",
            "ours",
            lambda p: _ours(
                "export", "--format", "ntriples", "--output", p.output, "--dossier", p.dossier
            ),
            lines,
            note="sorted, so that the same dossier gives the same bytes",
        ),
        _by_hand("pyoxigraph by hand", "floor", "export-pyoxigraph", "output"),
        _by_hand("rdflib by hand", "peer", "export-rdflib", "output"),
        _jena(
            "Jena riot",
            "riotcmd.riot",
            lambda p: ["--output=nt", *p.facts],
            read=triples,
        ),
    ),
)
_FORMAT = Contest(
    "format",
    "Format",
    "a whole process that lays out all Turtle files anew and throws the result away",
    (
        Contender(
            "standpunkt format --check",
            "ours",
            lambda p: _ours("format", "--check", "--dossier", p.dossier),
            nothing,
            expected=(0, 1),
        ),
        _by_hand(
            "pyoxigraph by hand", "floor", "format-pyoxigraph", read=nothing, note="sorts nothing"
        ),
        _by_hand("rdflib longturtle by hand", "peer", "format-rdflib", read=nothing),
        _jena("Jena riot", "riotcmd.riot", lambda p: ["--formatted=ttl", *p.facts], read=nothing),
    ),
)

CONTESTS = {
    contest.name: contest
    for contest in (
        _START,
        _READ,
        _LOAD,
        _STORE,
        _INFER,
        _VALIDATE,
        _QUESTIONS,
        _WHY,
        _EXPORT,
        _FORMAT,
    )
}
