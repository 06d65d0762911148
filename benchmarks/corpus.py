"""Synthetic dossiers of any size in the real graph's proportions: `python -m benchmarks.corpus`.

A corpus is the shipped graph, and after it as many transcripts of it as make its statements. In a
transcript every node, label, name and checksum is another one; how many passages, conditions,
figures and actors there are to a statement is as it is in the shipped graph, whatever that becomes.

Transcripts are no islands. Whoever two articles of the shipped graph name is well known: what a
transcript says of its own one, it says of that of some transcript, drawn by Zipf's law, so that few
are named in many articles and many in few. The same goes for positions that speakers in two
articles take a stance on. The shipped graph comes first, so that saved questions have answers.
"""

import argparse
import random
import re
import shutil
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from standpunkt import layout
from standpunkt.citation import digest, seal
from standpunkt.dossier import ARTICLES_GRAPH, LINKS_GRAPH, ONTOLOGY_GRAPH, Dossier
from standpunkt.namespaces import ID, PREFIXES, RDF, RDFS, SPK

SIZES = (100, 1_000, 10_000, 100_000)
CACHE = Path.home() / ".cache" / "standpunkt" / "corpora"

_ARTICLES_A_FILE = 20
_ACTORS = {"Group", "Organisation", "Person", "State"}
_ITEM = PREFIXES["wd"] + "Q"
# Wikidata has no item of eleven figures: what is made up here is nobody.
_BEYOND_WIKIDATA = 10**10

# Marks in the text of the shipped graph, where each transcript has something of its own: after the
# name of a node, after that of a well-known one, in a label or name, before a file, before a sum,
# before what is sealed, around nodes and names that are to be put in order. No name of a node has
# two hyphens, and with them nodes are in the same order as with the number of a transcript.
_OWN, _KNOWN = "--", "---"
_WORD, _FILE, _SUM, _SEAL, _BEGIN, _END = "\ue000\ue001\ue002\ue003\ue004\ue005"
_SUMS = re.compile(f"{_SUM}([0-9a-f]{{64}})")
_SEALS = re.compile(f'{_SEAL}([^"]*)')
_ITEMS = re.compile(rf"wd:Q(\d+){_OWN}")
_KNOWNS = re.compile(rf"id:([a-z0-9-]+?){_KNOWN}")
_MEMBER = r'\n {8}(?:id:[^ \n]+|"[^"\n]+"(?= [,;]))'
_LISTS = re.compile(rf"(?:{_MEMBER} ,)+{_MEMBER}")
_UNORDERED = re.compile(f"{_BEGIN}([^{_END}]*){_END}")
_MENTIONS = re.compile(r"(?<=    spk:evidence)[^;]*(?= ;)")
_LABEL = RDFS + "label"


class Corpus:
    """A corpus that is not written yet: its transcripts, and who is who in them."""

    def __init__(self, statements: int, seed: int = 1) -> None:
        """Take how many statements are wanted; whole transcripts come as near as they can."""
        self._dossier = Dossier.shipped()
        self._template = _Template(self._dossier)
        self.transcripts = max(1, round(statements / self._template.statements))
        self.statements = self.transcripts * self._template.statements
        self._roles = self._cast(random.Random(seed))  # noqa: S311  no secret
        self._mentions = self._mentioned()

    def write(self, folder: Path) -> None:
        """Write the dossier into a folder that is not there yet, whole or not at all.

        Ontology, shapes and questions are the shipped ones. Raises `OSError`.
        """
        draft = folder.with_name(f".{folder.name}.draft")
        shutil.rmtree(draft, ignore_errors=True)
        (draft / "graph").mkdir(parents=True)
        for part in ("ontology", "shapes", "queries"):
            shutil.copytree(self._dossier.folder / part, draft / part)
        for name, text in self._files():
            (draft / "graph" / name).write_text(text, encoding="utf-8", newline="")
        draft.rename(folder)

    def _files(self) -> Iterator[tuple[str, str]]:
        step = max(1, _ARTICLES_A_FILE // self._template.articles)
        starts = range(0, self.transcripts, step)
        for place, start in enumerate(starts, 1):
            some = range(start, min(start + step, self.transcripts))
            name = f"articles-{place:0{len(str(len(starts)))}}.ttl"
            yield name, self._page(self._template.facts, some)
        yield "links.ttl", self._page(self._template.links, range(self.transcripts))

    def _page(self, text: str, transcripts: Iterable[int]) -> str:
        """Write transcripts into one text in the house layout: blocks in the order of names."""
        head, _, blocks = text.removesuffix("\n").partition("\n\n")
        written = [block for number in transcripts for block in self._blocks(blocks, number)]
        return "\n\n".join([head, *sorted(written)]) + "\n"

    def _blocks(self, text: str, number: int) -> Iterator[str]:
        """Write one transcript, block by block."""
        text = _SEALS.sub(lambda found: self._template.seal(found[1], number), text)
        text = _SUMS.sub(lambda found: _sum(found[1], number), text)
        text = _ITEMS.sub(lambda found: f"wd:Q{int(found[1]) + number * _BEYOND_WIKIDATA}", text)
        text = _KNOWNS.sub(lambda found: f"id:{self._known(found[1], number)}", text)
        text = text.replace(_OWN, _suffix(number))
        text = text.replace(_WORD, f" {number}" if number else "")
        text = _UNORDERED.sub(lambda found: _in_order(found[1].split(" ,")), text)
        text = text.replace(_FILE, f"{number:05}-" if number else "")
        for block in text.split("\n\n"):
            more = self._mentions.get(block[len("id:") : block.index("\n")], [])
            yield _with_mentions(block, more) if more else block

    def _cast(self, chance: random.Random) -> dict[str, list[int]]:
        """Say for each well-known node of each transcript whose transcript's takes its place.

        The n-th comes with a probability near to 1/n; the shipped graph keeps its own.
        """
        count = self.transcripts
        return {
            name: [0, *(int(count ** chance.random()) - 1 for _ in range(1, count))]
            for name in sorted(self._template.known)
        }

    def _known(self, name: str, number: int) -> str:
        return name + _suffix(self._roles[name][number])

    def _mentioned(self) -> dict[str, list[str]]:
        """Give by its name the passages of other transcripts that name a well-known actor."""
        mentions = defaultdict[str, list[str]](list)
        for name, roles in self._roles.items():
            passages = self._template.evidence.get(name, ())
            for number, role in enumerate(roles):
                if number != role and passages:
                    some = [f"\n        id:{each}{_suffix(number)}" for each in passages]
                    mentions[name + _suffix(role)] += some
        return mentions


class _Template:
    """The shipped graph as marked texts, and what has to be known about it to transcribe it."""

    def __init__(self, dossier: Dossier) -> None:
        ontology, facts, links = dossier.graphs(
            ONTOLOGY_GRAPH, ARTICLES_GRAPH, LINKS_GRAPH
        ).values()
        self._kinds = {
            s.value: o.value.removeprefix(SPK) for s, p, o in facts if p.value == RDF + "type"
        }
        count = Counter(self._kinds.values())
        self.statements, self.articles = count["Statement"], count["Article"]
        article_of = _values(facts, "inArticle")
        evidence = _values(facts, "evidence")
        self._homes = article_of | {
            node: {article for passage in passages for article in article_of[passage]}
            for node, passages in evidence.items()
        }
        self.evidence = {_name(node): sorted(map(_name, each)) for node, each in evidence.items()}
        self._sealed = _sealed(facts, self._homes)
        self._moved = self._well_known(facts, _stances(ontology))
        self.known = {_name(node) for _, _, node in self._moved}
        self.facts, self.links = self._text(facts), self._text(links)

    def seal(self, article: str, number: int) -> str:
        """Give the seal of an article in a transcript."""
        whole, spans = self._sealed[article]
        return seal(
            _sum(whole, number),
            [(start, end, _sum(each, number) if new else each) for start, end, each, new in spans],
        )

    def _well_known(self, facts: list[Triple], stances: set[str]) -> set[tuple[str, str, str]]:
        """Give the facts whose object may be that of another transcript."""
        sides = defaultdict[str, set[str]](set)
        for subject, predicate, term in facts:
            if predicate.value in stances:
                sides[term.value] |= self._homes[subject.value]
        # What a proposition is about stays, for it has no evidence and so no article: an actor that
        # a proposition is about is still used where all else goes to its more famous likes.
        actors = {
            o.value
            for s, _, o in facts
            if self._kinds.get(o.value) in _ACTORS
            and s.value not in self._homes
            and len(self._homes.get(o.value, ())) > 1
        }
        positions = {
            node
            for node, homes in sides.items()
            if len(homes) > 1 and self._kinds[node] == "Position"
        }
        return {
            (s.value, p.value, o.value)
            for s, p, o in facts
            if (o.value in positions and p.value in stances)
            or (o.value in actors and s.value in self._homes)
        }

    def _text(self, triples: list[Triple]) -> str:
        """Lay out shipped triples with marks where transcripts differ."""
        text = layout.lay_out([self._marked(triple) for triple in triples], {})
        return _LISTS.sub(_put_in_order, text)

    def _marked(self, triple: Triple) -> Triple:
        subject, predicate, term = triple
        if isinstance(term, Literal):
            text = self._marked_text(subject.value, predicate.value, term.value)
            term = (
                Literal(text, language=term.language)
                if term.language
                else Literal(text, datatype=term.datatype)
            )
        elif (subject.value, predicate.value, term.value) in self._moved:
            term = NamedNode(term.value + _KNOWN)
        elif term.value.startswith((ID, _ITEM)):
            term = NamedNode(term.value + _OWN)
        return Triple(NamedNode(subject.value + _OWN), predicate, term)

    def _marked_text(self, subject: str, predicate: str, text: str) -> str:
        kind = self._kinds.get(subject)
        if predicate == _LABEL and kind == "Passage":
            article, comma, place = text.rpartition(",")  # its end has to be its kind and number
            return f"{article}{_WORD}{comma}{place}"
        if predicate in {_LABEL, SPK + "name"}:
            return text + _WORD
        if predicate == SPK + "seal":
            return _SEAL + subject
        if predicate == SPK + "sha256" and kind != "Quotation":
            return _SUM + text
        return _FILE + text if predicate == SPK + "file" else text


# The checksum of an article, and its spans: start, end, checksum, and whether transcripts have
# another one. The words of a quotation stay, and so does their checksum.
_Sealed = tuple[str, list[tuple[int, int, str, bool]]]


def _sealed(facts: list[Triple], homes: dict[str, set[str]]) -> dict[str, _Sealed]:
    numbers = {
        name: {node: int(value) for node, (value,) in _values(facts, name).items()}
        for name in ("start", "end")
    }
    sums = {node: value for node, (value,) in _values(facts, "sha256").items()}
    words = _values(facts, "words")
    sealed: dict[str, _Sealed] = {
        article: (sums[article], []) for article in sums if article not in numbers["start"]
    }
    for node, start in numbers["start"].items():
        (article,) = homes[node]
        sealed[article][1].append((start, numbers["end"][node], sums[node], node not in words))
    return sealed


def _stances(ontology: list[Triple]) -> set[str]:
    return {
        s.value
        for s, p, o in ontology
        if p.value == RDFS + "subPropertyOf" and o.value == SPK + "addresses"
    }


def _values(facts: list[Triple], name: str) -> dict[str, set[str]]:
    values = defaultdict[str, set[str]](set)
    for subject, predicate, term in facts:
        if predicate.value == SPK + name:
            values[subject.value].add(term.value)
    return dict(values)


def _name(node: str) -> str:
    return node.removeprefix(ID)


def _suffix(number: int) -> str:
    return f"-{number:05}" if number else ""


def _sum(known: str, number: int) -> str:
    return digest(f"{number} {known}") if number else known


def _put_in_order(members: re.Match[str]) -> str:
    changes = _KNOWN in members[0] or _WORD in members[0]
    return f"{_BEGIN}{members[0]}{_END}" if changes else members[0]


def _in_order(members: Iterable[str]) -> str:
    return " ,".join(sorted(members, key=lambda member: member.rstrip('"')))


def _with_mentions(block: str, more: list[str]) -> str:
    def merged(found: re.Match[str]) -> str:
        own = (f"\n        {each.strip()}" for each in found[0].split(" ,"))
        return _in_order([*own, *more])

    return _MENTIONS.sub(merged, block)


def corpus(statements: int, folder: Path | None = None, seed: int = 1) -> Path:
    """Give the folder of a corpus, which is written where it is not there yet.

    Without a folder it is one in the user's cache, which the digest of the shipped dossier names,
    so that no corpus outlives the graph that it was made from.
    """
    if folder is None:
        shipped = Dossier.shipped()
        parts = [path for part in shipped.sources().values() for path in part]
        parts += [*shipped.files("queries"), Path(__file__)]
        source = digest("".join(path.read_text(encoding="utf-8") for path in parts))[:12]
        folder = CACHE / source / f"{statements}-{seed}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        Corpus(statements, seed).write(folder)
    return folder


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.corpus",
        description="Write a synthetic dossier with about so many statements.",
        epilog="example: python -m benchmarks.corpus 10000 /tmp/ten-thousand",
    )
    parser.add_argument("statements", type=int, help="the least is what the shipped graph has")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is not there yet")
    parser.add_argument("--seed", type=int, default=1, help="draws who is named where (default: 1)")
    options = parser.parse_args()
    if options.folder.exists():
        parser.error(f"{str(options.folder)!r} is there already; name another folder")
    begun = time.perf_counter()
    made = Corpus(options.statements, options.seed)
    made.write(options.folder)
    seconds = time.perf_counter() - begun
    sys.stderr.write(f"{made.statements:,} statements written in {seconds:.1f} s\n")


if __name__ == "__main__":
    main()
