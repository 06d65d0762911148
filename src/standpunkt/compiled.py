"""SHACL engines in Rust at work: files and shapes go in, the validation report comes out.

They get the text as it stands in files, so that no triple becomes an object of Python. How they
were compared with pySHACL, docs/quality.md says.
See https://www.w3.org/TR/shacl/#validation-report.
"""

import functools
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse, serialize

from standpunkt import files, turtle
from standpunkt.errors import MissingExtraError
from standpunkt.namespaces import SH

if TYPE_CHECKING:
    from standpunkt.answer import Term

# What they are called here, and the modules that they install.
ENGINES = {"shacl": "shacl", "turbo": "pyshacl_turbo"}


# Judges with `auto` what pySHACL would take minutes for: more triples than these.
_FAST = "shacl"
_FEW = 10_000
_NAMED = {NamedNode(SH + name) for name in ("focusNode", "value", "sourceShape")}
_RESULT = NamedNode(SH + "result")


def report(
    paths: Sequence[Path],
    shapes: Iterable[Triple],
    engine: str,
    reading: Callable[[Sequence[Path]], Iterable[Path]] = iter,
) -> list[Triple] | None:
    """Let an engine judge the triples of Turtle files together, and give its report.

    `reading` gives the paths on, one after the other as the files are read.

    `engine` is one of `ENGINES` or `auto`. `None` means with `auto` that pySHACL is to judge: there
    are few triples, the engine is not installed or cannot use the shapes, or it found something in
    a node without a name, whose label only pySHACL gives.

    Raises `MissingExtraError` where the engine is not installed, `ValueError` where it cannot use
    the shapes, and `FileError` and `ParseError` as `turtle.read` does.
    """
    by_itself = engine != "auto"
    if not by_itself and find_spec(ENGINES[_FAST]) is None:
        return None
    # An engine does not say in which file the grammar is broken.
    size = sum(1 for path in reading(paths) for _ in turtle.stream(path))
    if not by_itself and size <= _FEW:
        return None
    try:
        found = judge(engine if by_itself else _FAST, "\n".join(map(files.read, paths)), shapes)
    except ValueError:
        if by_itself:
            raise
        return None
    return None if not by_itself and _is_vague(found) else _distinct(found)


def conforms(report: Iterable[Triple]) -> bool:
    """Tell whether a report has no result, of whatever severity."""
    return all(triple.predicate != _RESULT for triple in report)


def judge(engine: str, data: str, shapes: Iterable[Triple]) -> list[Triple]:
    """Let one of `ENGINES` judge a text in Turtle by shapes, and give its report as it writes it.

    Nothing is inferred. Shapes are compiled once, however often they are used. Raises
    `MissingExtraError` where the engine is not installed, and the engine's own error, a
    `ValueError`, where it cannot use the shapes.
    """
    if find_spec(ENGINES[engine]) is None:
        raise MissingExtraError(f"{engine!r} is missing: pip install 'standpunkt[fast]'")
    return _JUDGES[engine](data, (serialize(shapes, format=RdfFormat.N_TRIPLES) or b"").decode())


def _by_shacl(data: str, shapes: str) -> list[Triple]:
    return _triples(_compiled_by_shacl(shapes)(data, "turtle").serialize("ntriples"))


# Shapes are known by their text: two milliseconds to write, and right when a list of triples
# changes between two calls. The few that are kept suffice, because whoever changes shapes is done
# with them after one call.
@functools.lru_cache(maxsize=4)
def _compiled_by_shacl(shapes: str) -> Callable[..., Any]:
    import shacl

    return shacl.Shapes.from_text(shapes, "ntriples").validate_text


def _by_turbo(data: str, shapes: str) -> list[Triple]:
    # As bytes, because it takes a text without a line for the name of a file.
    _, found, _ = _compiled_by_turbo(shapes)(data.encode(), data_graph_format="turtle")
    return _triples(found.serialize(format="nt"))


@functools.lru_cache(maxsize=4)
def _compiled_by_turbo(shapes: str) -> Callable[..., Any]:
    from pyshacl_turbo import compile_shapes

    validate: Callable[..., Any] = compile_shapes(shapes.encode(), shacl_graph_format="nt").validate
    return validate


_JUDGES = {"shacl": _by_shacl, "turbo": _by_turbo}


def _triples(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(text, format=RdfFormat.N_TRIPLES)]


def _is_vague(report: Iterable[Triple]) -> bool:
    """Tell whether a result is about a node without a name: its label does not come back."""
    return any(
        isinstance(triple.object, BlankNode) and triple.predicate in _NAMED for triple in report
    )


def _distinct(report: list[Triple]) -> list[Triple]:
    """Leave out results that say the same: equal solutions of a query have one each."""
    said: dict[Term, set[tuple[NamedNode, Term]]] = {}
    for subject, predicate, term in report:
        said.setdefault(subject, set()).add((predicate, term))
    first: dict[frozenset[tuple[NamedNode, Term]], Term] = {}
    again = {node for node, own in said.items() if first.setdefault(frozenset(own), node) != node}
    return [each for each in report if each.subject not in again and each.object not in again]
