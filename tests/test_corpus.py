"""The generator of corpora: benchmarks/corpus.py."""

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, Triple

from benchmarks.corpus import Corpus, corpus
from standpunkt import turtle
from standpunkt.dossier import Dossier
from standpunkt.evidence import coverage
from standpunkt.linting import lint
from standpunkt.namespaces import RDF, SPK


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """Give a corpus of a few transcripts."""
    return Dossier(corpus(500, tmp_path_factory.mktemp("corpora") / "small"))


def files(folder: Path) -> dict[str, bytes]:
    """Give the files of a folder by their paths."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def census(triples: list[Triple]) -> dict[str, float]:
    """Count nodes by class and facts by property, each for one statement."""
    counts = Counter(
        term.value if predicate.value == RDF + "type" else predicate.value
        for _, predicate, term in triples
    )
    return {name: count / counts[SPK + "Statement"] for name, count in counts.items()}


def test_the_same_seed_gives_the_same_bytes(small: Dossier, tmp_path: Path) -> None:
    """A corpus is the same to the byte wherever it is made, and another seed gives another."""
    assert files(corpus(500, tmp_path / "again")) == files(small.folder)
    assert files(corpus(500, tmp_path / "other", seed=2)) != files(small.folder)


def test_the_least_corpus_is_the_shipped_graph(tmp_path: Path) -> None:
    """Nothing is smaller than one transcript, and the first has not a character changed."""
    least, shipped = Dossier(corpus(1, tmp_path / "least")), Dossier.shipped()
    assert [path.read_bytes() for path in least.files("graph")] == [
        path.read_bytes() for path in shipped.files("graph")
    ]


def test_a_corpus_has_the_proportions_of_the_real_graph(small: Dossier) -> None:
    """Classes are as frequent as in the shipped graph, and properties within three per cent.

    Mentions are the exception: who is well known is named in more articles than its own.
    """
    shipped, made = census(Dossier.shipped().triples("graph")), census(small.triples("graph"))
    evidence = SPK + "evidence"
    assert made.pop(evidence) == pytest.approx(shipped.pop(evidence), rel=0.2)
    assert made == pytest.approx(shipped, rel=0.03)


def test_known_figures_speak_in_many_articles(small: Dossier) -> None:
    """Few speak in many articles, many in few: a corpus is no heap of islands."""
    speakers = Counter(
        term.value
        for _, predicate, term in small.triples("graph")
        if predicate.value == SPK + "speaker"
    )
    (_, most), *_ = speakers.most_common(1)
    own = Counter(
        term.value
        for _, predicate, term in Dossier.shipped().triples("graph")
        if predicate.value == SPK + "speaker"
    )
    assert most > 1.5 * own.most_common(1)[0][1]


def test_a_corpus_is_valid(small: Dossier) -> None:
    """The shapes find nothing in a corpus, warnings and infos included."""
    pytest.importorskip("shacl", reason="pip install shacl, a fast SHACL engine")
    from benchmarks.engines import judge

    data = [*small.triples("graph"), *small.triples("ontology")]
    assert judge("shacl", data, small.triples("shapes")).results == ()


def test_a_corpus_is_in_the_house_layout(small: Dossier) -> None:
    """`format` and `lint` find nothing in a corpus, and every seal holds."""
    for path in small.files("graph"):
        text = path.read_text(encoding="utf-8")
        assert turtle.house(text, path.name) == text
    assert lint(small) == []
    assert coverage(small).holds


def test_made_up_nodes_are_told_apart(small: Dossier) -> None:
    """A transcript has files, checksums and items of Wikidata that no other has."""
    for name in ("file", "seal"):
        found = [
            term.value
            for _, predicate, term in small.triples("graph")
            if predicate.value == SPK + name and isinstance(term, Literal)
        ]
        assert len(found) == len(set(found)) == 2 * Corpus(500).transcripts
