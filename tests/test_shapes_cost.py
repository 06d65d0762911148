"""What the shapes cost grows with the dossier, and not with its square."""

import time
from pathlib import Path

import pytest

from benchmarks.corpus import corpus
from standpunkt import compiled
from standpunkt.dossier import Dossier

SHAPES = Dossier.shipped().triples("shapes")
SMALL, LARGE = 720, 2_880


def cost(folder: Path) -> float:
    """Give the seconds of one core that a dossier takes `shacl`; nothing is found in it."""
    dossier = Dossier(folder)
    paths = (*dossier.files("graph"), *dossier.files("ontology"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    begin = time.process_time()
    assert compiled.conforms(compiled.judge("shacl", text, SHAPES))
    return time.process_time() - begin


def test_a_dossier_of_four_times_the_size_costs_little_more_than_four_times(tmp_path: Path) -> None:
    """A join inside `EXISTS` would be made for each row over all of the graph: 16 times."""
    pytest.importorskip("shacl", reason="shacl is missing: install the extra 'fast'")
    folders = [corpus(size, tmp_path / str(size)) for size in (SMALL, LARGE)]
    small, large = (min(cost(folder) for _ in range(2)) for folder in folders)
    assert large < 8 * small
