"""The OWL 2 RL closure by the Nemo rule engine, which can prove what it derives.

The rules are those of the W3C recommendation, in `owl2rl.rls` beside this module:
https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules

Nemo never reads a user's file. Its readers skip what they cannot parse without a word and then
shift the columns of all that follows, so it is handed triples without literals whose terms were
checked, here or by pyoxigraph, and what it read is compared with what it was handed.

A term is plain text: `https://example.org/x` is an IRI, `_:x` a blank node. The engine, and so a
proof, knows a blank node as an IRI below `BLANK`, because Nemo forgets its label:
https://www.w3.org/TR/rdf11-concepts/#section-skolemization
"""

import re
import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from standpunkt import reasoning
from standpunkt.errors import MissingExtraError, StandpunktError
from standpunkt.namespaces import shorten

Triple = tuple[str, str, str]

BLANK = "https://w3id.org/.well-known/genid/standpunkt/"
CARDINALITY = "https://w3id.org/standpunkt/cardinality#"

# The characters that N-Triples and the rule language keep out of an IRI, and lone surrogates.
_IRI = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\x7f-\x9f<>"{}|^`\\\ud800-\udfff]*""")
_LABEL = re.compile(r"_:([\w.-]+)")

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

    `inconsistencies` is sorted, and `engine` is the `NemoEngine` that ran. The engine answers in
    the thread that made it and panics in any other.
    """

    inconsistencies: tuple[Inconsistency, ...]
    engine: Any

    @cached_property
    def derived(self) -> frozenset[Triple]:
        """What was not asserted; no triple whose predicate is a blank node, which is no RDF."""
        rows = {tuple(row) for row in self.engine.result("t")}
        rows.difference_update(map(tuple, self.engine.result("asserted")))
        decoded = {term: decode(term) for term in set(chain.from_iterable(rows))}
        triples = ((decoded[s], decoded[p], decoded[o]) for s, p, o in rows)
        return frozenset(triple for triple in triples if not triple[1].startswith("_:"))

    def holds(self, triple: Triple) -> bool:
        """Tell whether a triple was asserted or follows; raises what `trace` does."""
        return self._traced(triple) is not None

    def trace(self, triple: Triple) -> dict[str, Any] | None:
        """Give Nemo's proof of a triple, or `None` where the triple does not follow.

        A step is a dict: `rule` (its text), `assignment` (variable to term), `subtraces` (one for
        each part of the body) and `name` where it is a rule of the recommendation and no helper.
        A leaf is `{"fact": "asserted(…)"}`, or `below(…)` for cls-thing and cls-nothing1.
        Raises `StandpunktError` when a term is no IRI and no blank node.
        """
        trace = self._traced(triple)
        return None if trace is None else trace.dict()

    def _traced(self, triple: Triple) -> Any:  # noqa: ANN401  nemo_python has no types
        fact = ", ".join(_encode(term) for term in triple)
        return self.engine.trace(f"t({fact})")


def closure(triples: Iterable[Triple], program: str | None = None) -> Closure:
    """Derive all that follows from triples by the rules of OWL 2 RL.

    Takes triples without literals; the 0 or 1 of a maximal cardinality is handed over as what
    `cardinality` gives for it. What follows about literals is not found. `program` replaces the
    text of `rules`.

    Raises `MissingExtraError` without the package `nemo-python`, and `StandpunktError` for a term
    that is no IRI and no blank node.
    """
    given = list(triples)
    encoded = {term: _encode(term) for term in set(chain.from_iterable(given))}
    facts = {(encoded[s], encoded[p], encoded[o]) for s, p, o in given}
    engine = run(facts, program or rules())
    return Closure(inconsistencies(engine.result("inconsistent")), engine)


def inconsistencies(rows: Iterable[list[str]]) -> tuple[Inconsistency, ...]:
    """Read the rows of `inconsistent`: in a file, IRIs have no brackets."""
    found = (
        Inconsistency(
            rule.strip('"'), tuple(decode(node) for node in nodes if node.strip("<>") != "none")
        )
        for rule, *nodes in rows
    )
    return tuple(sorted(found))


def run(facts: set[Triple], program: str) -> Any:  # noqa: ANN401  nemo_python has no types
    """Run a program over facts, whose terms are `<…>`, and give the `NemoEngine` that did.

    The program reads `asserted(s, p, o)` and declares `@output asserted`; Nemo may drop it if not.
    Raises `MissingExtraError` without the package `nemo-python`, and `StandpunktError` when the
    engine has read other facts than these.
    """
    taken = compiled(program)
    with taken.facts.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{s} {p} {o} .\n" for s, p, o in facts)
    engine = taken.reason()
    read = set(map(tuple, engine.result("asserted")))
    if read != facts:
        raise StandpunktError(f"the engine Nemo misread a triple: {min(facts ^ read, key=str)}")
    return engine


def is_installed() -> bool:
    """Tell whether the package `nemo-python` is there."""
    return find_spec("nmo_python") is not None


def missing() -> MissingExtraError:
    """Give the error that says how to install the package."""
    return MissingExtraError("Nemo is missing: pip install 'standpunkt[proof]'")


def compiled(text: str) -> "Program":
    """Give the program with these rules; the last one of a thread is kept."""
    kept: Program | None = getattr(_OF_THREAD, "program", None)
    if kept is None or kept.rules != text:
        kept = _OF_THREAD.program = Program(text)
    return kept


class Program:
    """A program with its folder: the file that it reads its facts from, and what it exports."""

    def __init__(self, rules: str) -> None:
        """Take the rules, in Nemo's language."""
        self.rules = rules
        self.folder = Path(tempfile.mkdtemp(prefix="standpunkt-"))
        self.facts = self.folder / reasoning.FACTS
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)  # with the thread
        source = f'@import asserted :- ntriples {{ resource = "{self.facts.as_posix()}" }} .\n'
        self.text = f"{rules}\n{source}"
        self._parsed: Any = None

    def reason(self) -> Any:  # noqa: ANN401  nemo_python has no types
        """Run it over what stands in its file of facts, and give the engine that did."""
        try:
            import nmo_python  # 230 MB, and only what follows needs it
        except ImportError:
            raise missing() from None
        if self._parsed is None:
            self._parsed = nmo_python.load_string(self.text)
        engine = nmo_python.NemoEngine(self._parsed)
        engine.reason()
        return engine

    def clear(self) -> None:
        """Remove what stands in the folder."""
        for path in self.folder.iterdir():
            path.unlink()


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
