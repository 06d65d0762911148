"""The OWL 2 RL closure by the Nemo rule engine, which can prove what it derives.

The rules are those of the W3C recommendation, in `owl2rl.rls` beside this module:
https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules

Nemo never reads a user's file. Its readers skip what they cannot parse without a word and then
shift the columns of all that follows, so it is handed triples without literals that were checked
here, and what it read is compared with what it was handed.

A term is plain text: `https://example.org/x` is an IRI, `_:x` a blank node. The engine, and so a
proof, knows a blank node as an IRI below `BLANK`, because Nemo forgets its label:
https://www.w3.org/TR/rdf11-concepts/#section-skolemization
"""

import re
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from standpunkt.errors import MissingExtraError, StandpunktError
from standpunkt.namespaces import shorten

Triple = tuple[str, str, str]

BLANK = "https://w3id.org/.well-known/genid/standpunkt/"
CARDINALITY = "https://w3id.org/standpunkt/cardinality#"

# The characters that N-Triples and the rule language keep out of an IRI, and lone surrogates.
_IRI = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\x7f-\x9f<>"{}|^`\\\ud800-\udfff]*""")
_LABEL = re.compile(r"_:([\w.-]+)")
_LINES = re.compile(rf"(?:(?:<{_IRI.pattern}> ){{3}}\.\n)*+")
_BLANK = re.compile(r"(^|(?<=> ))_:([\w.-]+)(?= )")
_SKOLEM = rf"\1<{BLANK}\2>"
_PIECE = 10_000
# What `consequences` reads: the triples that nobody asserted, and how many the engine was handed.
_FRESH = """
@output fresh .
@output read .
fresh(?s, ?p, ?o) :- t(?s, ?p, ?o), ~asserted(?s, ?p, ?o) .
read(#count(?s, ?p, ?o)) :- asserted(?s, ?p, ?o) .
"""


# To parse the rules takes longer than to apply them to a dossier. What is parsed can be used again,
# by the thread that did it.
_OF_THREAD = threading.local()


@dataclass(frozen=True, order=True)
class Inconsistency:
    """A contradiction: the rule that found it, and the nodes in it in the order of that rule."""

    rule: str
    nodes: tuple[str, ...]

    def __str__(self) -> str:
        """Write it in one line, with CURIEs.

        >>> print(Inconsistency("cax-dw", ("https://w3id.org/standpunkt/id/org-nato",)))
        id:org-nato: contradicts itself by the rule cax-dw
        """
        nodes = ", ".join(shorten(node) for node in self.nodes)
        return f"{nodes or 'the ontology'}: contradicts itself by the rule {self.rule}"


@dataclass(frozen=True)
class Closure:
    """What follows from a set of triples.

    `derived` holds what was not asserted, `inconsistencies` is sorted, and `engine` is the
    `NemoEngine` that ran. The engine answers in the thread that made it and panics in any other.
    """

    derived: frozenset[Triple]
    inconsistencies: tuple[Inconsistency, ...]
    engine: Any

    def trace(self, triple: Triple) -> dict[str, Any] | None:
        """Give Nemo's proof of a triple, or `None` where the triple does not follow.

        A step is a dict: `rule` (its text), `assignment` (variable to term), `subtraces` (one for
        each part of the body) and `name` where it is a rule of the recommendation and no helper.
        A leaf is `{"fact": "asserted(…)"}`, or `below(…)` for cls-thing and cls-nothing1.
        Raises `StandpunktError` when a term is no IRI and no blank node.
        """
        fact = ", ".join(_encode(term) for term in triple)
        trace = self.engine.trace(f"t({fact})")
        return None if trace is None else trace.dict()


def closure(triples: Iterable[Triple], program: str | None = None) -> Closure:
    """Derive all that follows from triples by the rules of OWL 2 RL.

    Takes triples without literals; the 0 or 1 of a maximal cardinality is handed over as what
    `cardinality` gives for it. What follows about literals is not found. A derived triple whose
    predicate is a blank node is no RDF and is left out. `program` replaces the text of `rules`.

    Raises `MissingExtraError` without the package `nemo-python`, and `StandpunktError` for a term
    that is no IRI and no blank node.
    """
    given = list(triples)
    encoded = {term: _encode(term) for term in set(chain.from_iterable(given))}
    facts = {(encoded[s], encoded[p], encoded[o]) for s, p, o in given}
    engine = run(facts, program or rules())
    rows = set(map(tuple, engine.result("t"))) - facts
    decoded = {term: decode(term) for term in set(chain.from_iterable(rows))}
    derived = ((decoded[s], decoded[p], decoded[o]) for s, p, o in rows)
    return Closure(
        derived=frozenset(triple for triple in derived if not triple[1].startswith("_:")),
        inconsistencies=_inconsistencies(engine),
        engine=engine,
    )


def consequences(given: Iterable[str]) -> tuple[list[str], tuple[Inconsistency, ...]]:
    """Derive what follows as `closure` does, from lines of N-Triples to lines of N-Triples.

    Takes lines without their end, and no literals; gives what was not asserted, without what has a
    blank node in it and in no order, and the contradictions. It goes through the triples in native
    code, so that it takes little longer than the engine does. Raises what `closure` does.
    """
    facts = set(given)
    number = len(facts)
    engine = _reason(_checked(facts), rules() + _FRESH)
    read = next((int(count) for (count,) in engine.result("read")), 0)
    if read != number:
        raise StandpunktError(f"the engine Nemo misread triples: {read} of {number} are there")
    fresh = (f"{s} {p} {o} ." for s, p, o in engine.result("fresh"))
    return [line for line in fresh if f"<{BLANK}" not in line], _inconsistencies(engine)


def _checked(facts: set[str]) -> Iterator[str]:
    """Give lines as the engine reads them, in pieces, and empty the set."""
    while facts:
        lines = [facts.pop() for _ in range(min(_PIECE, len(facts)))]
        text = "".join(f"{_BLANK.sub(_SKOLEM, line) if '_:' in line else line}\n" for line in lines)
        if not _LINES.fullmatch(text):
            fault = next(line for line in text.split("\n") if not _LINES.fullmatch(line + "\n"))
            raise StandpunktError(f"neither IRIs nor blank nodes: {fault!r}")
        yield text


def _inconsistencies(engine: Any) -> tuple[Inconsistency, ...]:  # noqa: ANN401  as in `run`
    found = (
        Inconsistency(rule.strip('"'), tuple(decode(node) for node in nodes if node != "<none>"))
        for rule, *nodes in engine.result("inconsistent")
    )
    return tuple(sorted(found))


def run(facts: set[Triple], program: str) -> Any:  # noqa: ANN401  nemo_python has no types
    """Run a program over facts, whose terms are `<…>`, and give the `NemoEngine` that did.

    The program reads `asserted(s, p, o)` and declares `@output asserted`; Nemo may drop it if not.
    Raises `MissingExtraError` without the package `nemo-python`, and `StandpunktError` when the
    engine has read other facts than these.
    """
    engine = _reason((f"{s} {p} {o} .\n" for s, p, o in facts), program)
    read = set(map(tuple, engine.result("asserted")))
    if read != facts:
        raise StandpunktError(f"the engine Nemo misread a triple: {min(facts ^ read, key=str)}")
    return engine


def is_installed() -> bool:
    """Tell whether the package `nemo-python` is there."""
    return find_spec("nmo_python") is not None


def _reason(text: Iterable[str], program: str) -> Any:  # noqa: ANN401  nemo_python has no types
    try:
        import nmo_python  # 230 MB, and only proofs need it
    except ImportError as missing:
        raise MissingExtraError("Nemo is missing: pip install 'standpunkt[proof]'") from missing

    loaded = getattr(_OF_THREAD, "loaded", None)
    if loaded is None or loaded.text != program:
        loaded = _OF_THREAD.loaded = _Loaded(program, nmo_python.load_string)
    with loaded.path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(text)
    engine = nmo_python.NemoEngine(loaded.program)
    engine.reason()
    return engine


class _Loaded:
    """A program that is parsed, and the file that it reads its facts from."""

    def __init__(self, text: str, load: Callable[[str], Any]) -> None:
        """Take the text, and the engine's parser."""
        self.text = text
        folder = tempfile.mkdtemp(prefix="standpunkt-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)  # when the thread ends
        self.path = Path(folder, "facts.nt")
        source = f'\n@import asserted :- ntriples {{ resource = "{self.path.as_posix()}" }} .\n'
        self.program = load(text + source)


def rules() -> str:
    """Give the rules of OWL 2 RL in Nemo's language: https://knowsys.github.io/nemo-doc/."""
    return resources.files("standpunkt").joinpath("owl2rl.rls").read_text(encoding="utf-8")


def cardinality(lexical: str) -> str | None:
    """Give the IRI that stands for the literal 0 or 1 of a maximal cardinality, else `None`.

    >>> cardinality("1")
    'https://w3id.org/standpunkt/cardinality#one'
    """
    name = {"0": "zero", "1": "one"}.get(re.sub(r"^\+?0*(?=\d)", "", lexical.strip()))
    return None if name is None else CARDINALITY + name


def _encode(term: str) -> str:
    """Write a checked IRI or blank node as the IRI that the engine knows it by."""
    if label := _LABEL.fullmatch(term):
        return f"<{BLANK}{label[1]}>"
    if _IRI.fullmatch(term) and not term.startswith(BLANK):
        return f"<{term}>"
    raise StandpunktError(f"neither an IRI nor a blank node: {term!r}")


def decode(term: str) -> str:
    """Undo `_encode`."""
    iri = term.removeprefix("<").removesuffix(">")
    return f"_:{iri.removeprefix(BLANK)}" if iri.startswith(BLANK) else iri
