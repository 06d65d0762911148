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
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks import template
from benchmarks.template import Template, suffix, with_mentions
from standpunkt.citation import digest
from standpunkt.dossier import Dossier

SIZES = (100, 1_000, 10_000, 100_000)
CACHE = Path.home() / ".cache" / "standpunkt" / "corpora"

_ARTICLES_A_FILE = 20


class Corpus:
    """A corpus that is not written yet: its transcripts, and who is who in them."""

    def __init__(self, statements: int, seed: int = 1) -> None:
        """Take how many statements are wanted; whole transcripts come as near as they can."""
        self._dossier = Dossier.shipped()
        self._template = Template(self._dossier)
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
        """Write one transcript, block by block, with what others say of its well-known actors."""
        known = {name: f"{name}{suffix(roles[number])}" for name, roles in self._roles.items()}
        for block in self._template.transcribe(text, number, known):
            more = self._mentions.get(block[len("id:") : block.index("\n")], [])
            yield with_mentions(block, more) if more else block

    def _cast(self, chance: random.Random) -> dict[str, list[int]]:
        """Say for each well-known node of each transcript whose transcript's takes its place.

        The n-th comes with a probability near to 1/n; the shipped graph keeps its own.
        """
        count = self.transcripts
        return {
            name: [0, *(int(count ** chance.random()) - 1 for _ in range(1, count))]
            for name in sorted(self._template.known)
        }

    def _mentioned(self) -> dict[str, list[str]]:
        """Give by its name the passages of other transcripts that name a well-known actor."""
        mentions = defaultdict[str, list[str]](list)
        for name, roles in self._roles.items():
            passages = self._template.evidence.get(name, ())
            for number, role in enumerate(roles):
                if number != role and passages:
                    some = [f"\n        id:{each}{suffix(number)}" for each in passages]
                    mentions[name + suffix(role)] += some
        return mentions


def corpus(statements: int, folder: Path | None = None, seed: int = 1) -> Path:
    """Give the folder of a corpus, which is written where it is not there yet.

    Without a folder it is one in the user's cache, which the digest of the shipped dossier names,
    so that no corpus outlives the graph that it was made from.
    """
    if folder is None:
        shipped = Dossier.shipped()
        parts = [path for part in shipped.sources().values() for path in part]
        parts += [*shipped.files("queries"), *map(Path, (__file__, template.__file__))]
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
