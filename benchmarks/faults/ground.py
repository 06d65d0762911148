"""What faults are planted in: the files of a dossier, and their facts by node and property.

A fault is one mistake at one place of one file. It takes triples away and puts others in their
place, or it replaces a piece of the text where the mistake is one of writing.
"""

import functools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Triple

from standpunkt import files, layout, turtle
from standpunkt.answer import Term
from standpunkt.dossier import Dossier, Part
from standpunkt.namespaces import ID, PREFIXES, RDF, RDFS, SPK, XSD, shorten

T = TypeVar("T")

TYPE = NamedNode(RDF + "type")
LABEL = NamedNode(RDFS + "label")
ARTICLES = "graph/articles.ttl"
_PARTS: tuple[Part, ...] = ("graph", "ontology", "queries")
_LONGEST = 60


def spk(name: str) -> NamedNode:
    """Give a term of the vocabulary."""
    return NamedNode(SPK + name)


def node(name: str) -> NamedNode:
    """Give a node of the dossier."""
    return NamedNode(ID + name)


def typed(value: object, datatype: str) -> Literal:
    """Write a literal of a datatype of XML Schema, also one that it does not have."""
    return Literal(str(value), datatype=NamedNode(XSD + datatype))


def number(value: object) -> Literal:
    """Write a whole number, or what is to pass for one."""
    return typed(value, "integer")


def lexical(triple: Triple) -> str:
    """Give the text of a triple's object: of a literal, or of an IRI."""
    return "" if isinstance(triple.object, Triple) else triple.object.value


def shown(term: Term) -> str:
    """Write a term in short, as Turtle does.

    >>> shown(spk("speaker")), shown(number(7)), shown(Literal("Tal", language="de"))
    ('spk:speaker', '"7"^^xsd:integer', '"Tal"@de')
    """
    if isinstance(term, NamedNode):
        return shorten(term.value)
    if not isinstance(term, Literal):
        return str(term)
    text = term.value if len(term.value) <= _LONGEST else term.value[: _LONGEST - 1] + "…"
    if term.language:
        return f'"{text}"@{term.language}'
    is_plain = term.datatype.value == XSD + "string"
    return f'"{text}"' if is_plain else f'"{text}"^^{shorten(term.datatype.value)}'


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake: where it is, and what it changes.

    `site` says both for readers; `file` is the path below the dossier's folder. `edit` is a piece
    of the text by offsets, and what comes in its place.
    """

    site: str
    file: str
    removed: tuple[Triple, ...] = ()
    added: tuple[Triple, ...] = ()
    edit: tuple[int, int, str] | None = None

    @property
    def change(self) -> tuple[object, ...]:
        """Give what two faults have in common that do the same."""
        gone, new = frozenset(map(str, self.removed)), frozenset(map(str, self.added))
        return self.file, gone - new, new - gone, self.edit


class Ground:
    """The files of a dossier and the facts in them, in an order that never changes."""

    def __init__(self, dossier: Dossier) -> None:
        """Read a dossier; raises what `turtle.read` does."""
        paths = [path for part in _PARTS for path in dossier.files(part)]
        self.dossier = dossier
        self.texts = {
            path.relative_to(dossier.folder).as_posix(): files.read(path) for path in paths
        }
        self._in_file = {
            name: turtle.parse(text, name)
            for name, text in self.texts.items()
            if name.startswith("graph/")
        }
        self._file_of: dict[Triple, str] = {}
        self._about: dict[Term, list[Triple]] = defaultdict(list)
        self._with: dict[NamedNode, list[Triple]] = defaultdict(list)
        for name, triples in self._in_file.items():
            for triple in sorted(triples, key=str):
                self._file_of.setdefault(triple, name)
                self._about[triple.subject].append(triple)
                self._with[triple.predicate].append(triple)
        self._nodes = {
            subject: {triple.object for triple in self.about(subject, TYPE)}
            for subject in self._about
            if isinstance(subject, NamedNode)
        }

    def facts(self, *names: str) -> Iterator[Triple]:
        """Give the triples of the graph: with one of these properties of the vocabulary, or all."""
        wanted = [spk(name) for name in names] or list(self._with)
        for predicate in wanted:
            yield from self._with.get(predicate, [])

    def about(self, subject: Term, *predicates: NamedNode) -> list[Triple]:
        """Give what is said of a node: with one of these predicates, or all."""
        return [
            t for t in self._about.get(subject, []) if not predicates or t.predicate in predicates
        ]

    def objects(self, subject: Term, name: str) -> list[Term]:
        """Give the values of a property of the vocabulary."""
        return [triple.object for triple in self.about(subject, spk(name))]

    def nodes(self, *kinds: str) -> list[NamedNode]:
        """Give the nodes that are said to be in one of these classes, or in any."""
        wanted = {spk(kind) for kind in kinds}
        return [
            subject
            for subject, given in self._nodes.items()
            if (given & wanted if kinds else given)
        ]

    def kind(self, subject: Term) -> str:
        """Give the name of a node's first class, or nothing."""
        for triple in self.about(subject, TYPE):
            return lexical(triple).removeprefix(SPK)
        return ""

    @functools.cache  # noqa: B019  there is one ground a run
    def kinds_at(self, predicate: NamedNode) -> set[str]:
        """Give the classes of what a property points at."""
        return {self.kind(triple.object) for triple in self._with[predicate]}

    @functools.cache  # noqa: B019  there is one ground a run
    def kinds_with(self, predicate: NamedNode) -> set[str]:
        """Give the classes of what has a property."""
        return {self.kind(triple.subject) for triple in self._with[predicate]}

    def article(self, subject: Term) -> Term | None:
        """Give the article of a node's first passage, or of the passage that it is."""
        passage = next(iter(self.objects(subject, "evidence")), subject)
        return next(iter(self.objects(passage, "inArticle")), None)

    def drop(self, *triples: Triple) -> Fault:
        """Take triples of one node away."""
        first = triples[0]
        names = sorted({shown(triple.predicate) for triple in triples})
        site = f"{shown(first.subject)}: without {', '.join(names)}"
        return Fault(site, self._file_of[first], removed=triples)

    def add(self, subject: Term, predicate: NamedNode, term: Term) -> Fault:
        """Say one thing more of a node."""
        site = f"{shown(subject)}: and {shown(predicate)} {shown(term)}"
        triple = _triple(subject, predicate, term)
        return Fault(site, self._home(subject), added=(triple,))

    def put(
        self,
        triple: Triple,
        term: Term | None = None,
        *,
        predicate: NamedNode | None = None,
        subject: Term | None = None,
    ) -> Fault:
        """Put another object, predicate or subject into a triple."""
        new = _triple(
            subject or triple.subject, predicate or triple.predicate, term or triple.object
        )
        what = shown(new.object) if new.predicate == triple.predicate else shown(new.predicate)
        site = f"{shown(triple.subject)}: {shown(triple.predicate)} → {what}"
        if subject:
            site = f"{shown(triple.subject)}: {shown(triple.predicate)} said of {shown(subject)}"
        return Fault(site, self._file_of[triple], removed=(triple,), added=(new,))

    def write(self, file: str, start: int, end: int, text: str) -> Fault:
        """Put another piece of text into a file."""
        line = self.texts[file].count("\n", 0, start) + 1
        was = self.texts[file][start:end].strip() or "nothing"
        site = f"{file}:{line}: {was[:_LONGEST]!r} → {text.strip()[:_LONGEST]!r}"
        return Fault(site, file, edit=(start, end, text))

    def is_changed_by(self, fault: Fault) -> bool:
        """Tell whether a fault changes anything."""
        if fault.edit:
            start, end, new = fault.edit
            return self.texts[fault.file][start:end] != new
        added, removed = set(fault.added), set(fault.removed)
        return bool(removed - added) or any(triple not in self._file_of for triple in added)

    def text(self, fault: Fault) -> str:
        """Give the text of the file with the fault in it."""
        if fault.edit:
            start, end, new = fault.edit
            return self.texts[fault.file][:start] + new + self.texts[fault.file][end:]
        gone = set(fault.removed)
        kept = [triple for triple in self._in_file[fault.file] if triple not in gone]
        return layout.lay_out([*kept, *fault.added], PREFIXES)

    def _home(self, subject: Term) -> str:
        """Give the file that says of which class a node is."""
        of_class = [self._file_of[triple] for triple in self.about(subject, TYPE)]
        return of_class[0] if of_class else ARTICLES


def _triple(subject: Term, predicate: NamedNode, term: Term) -> Triple:
    if isinstance(subject, Literal):
        raise TypeError(f"no triple begins with the text {subject}")
    return Triple(subject, predicate, term)


def after(pool: Sequence[T], one: T, count: int = 1) -> list[T]:
    """Give those that follow one in a list, which begins anew at its end; never the one itself."""
    place = pool.index(one) if one in pool else -1
    return [
        pool[(place + step) % len(pool)]
        for step in range(1, min(count, len(pool) - (one in pool)) + 1)
    ]
