"""A dossier finds its files and their triples, and says what a folder lacks to be one."""

import shutil
from pathlib import Path

import pytest

from standpunkt import Dossier, dossier
from standpunkt.errors import DossierError, FileError, ParseError
from standpunkt.namespaces import GRAPH

ROOT = Path(__file__).parents[1]
WHAT_IT_IS = "a dossier is a folder with ontology/ and graph/"


def test_files_are_sorted_and_of_the_part(folder: Path) -> None:
    """A part lists its own kind of file by name, without what editors leave there."""
    for stray in (".#articles.ttl", "articles.ttl~", "notes.md", "deeper.rq"):
        (folder / "graph" / stray).touch()
    files = Dossier(folder)
    assert [path.name for path in files.files("graph")] == ["articles.ttl", "links.ttl"]
    assert [path.name for path in files.files("queries")] == ["figures.rq", "who-demands.rq"]


def test_a_missing_part_has_no_files(folder: Path) -> None:
    """A dossier needs neither shapes nor questions."""
    shutil.rmtree(folder / "shapes")
    assert Dossier(folder).files("shapes") == []
    assert Dossier(folder).triples("shapes") == []


def test_triples_are_those_of_all_files_of_a_part(dossier: Dossier) -> None:
    """The facts are those of the articles and the links, in this order."""
    triples = dossier.triples("graph")
    assert triples == [
        *dossier.graphs()[GRAPH + "articles"],
        *dossier.graphs()[GRAPH + "links"],
    ]
    assert len(dossier.triples("shapes")) == 8


def test_graphs_are_named_for_what_they_hold(dossier: Dossier) -> None:
    """There are four named graphs; those asked for come alone, and without reading the others."""
    assert [name.removeprefix(GRAPH) for name in dossier.graphs()] == [
        "ontology",
        "articles",
        "links",
        "shapes",
    ]
    assert [len(triples) for triples in dossier.graphs(GRAPH + "links").values()] == [2]


def test_only_what_is_asked_for_is_read(folder: Path) -> None:
    """A fault in the shapes does not concern somebody who asks for facts."""
    (folder / "shapes" / "broken.ttl").write_text("<", encoding="utf-8")
    broken = Dossier(folder)
    assert broken.triples("ontology")
    with pytest.raises(ParseError, match=r"broken\.ttl:1:1: "):
        broken.graphs()


def test_a_file_is_read_once(dossier: Dossier) -> None:
    """What was read stays, whatever happens to the file."""
    before = dossier.triples("ontology")
    (dossier.folder / "ontology" / "town.ttl").write_text("", encoding="utf-8")
    assert dossier.triples("ontology") == before


def test_a_file_that_is_not_utf8_is_named(folder: Path) -> None:
    """The error has the file and the byte."""
    path = folder / "graph" / "articles.ttl"
    path.write_bytes(b"# caf\xe9\n")
    with pytest.raises(FileError) as raised:
        Dossier(folder).triples("graph")
    assert str(raised.value) == f"{str(path)!r} is not in UTF-8: see byte 5; save it as UTF-8"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ([], "{0!r} is no dossier: it has no folder ontology/ and no folder graph/"),
        (["graph/a.ttl"], "{0!r} is no dossier: it has no folder ontology/"),
        (["ontology/a.ttl"], "{0!r} is no dossier: it has no folder graph/"),
        (["ontology/a.ttl", "graph"], "{0!r} is no dossier: it has no folder graph/"),
        (
            ["ontology/a.ttl", "graph/notes.md"],
            "{0!r} has no Turtle file (*.ttl) in its folder graph/",
        ),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, content: list[str], message: str) -> None:
    """A folder that is no dossier gets one line that says why."""
    for name in content:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    with pytest.raises(DossierError) as raised:
        Dossier(tmp_path)
    assert str(raised.value) == message.format(str(tmp_path))


def test_there_is_such_a_folder(tmp_path: Path) -> None:
    """A missing folder and a file in its place are told apart."""
    missing, file = tmp_path / "missing", tmp_path / "file"
    file.touch()
    with pytest.raises(DossierError) as raised:
        Dossier(missing)
    assert str(raised.value) == f"there is no folder {str(missing)!r}; {WHAT_IT_IS}"
    with pytest.raises(DossierError) as raised:
        Dossier(file)
    assert str(raised.value) == f"{str(file)!r} is a file; {WHAT_IT_IS}"


def test_a_checkout_ships_its_own_folders() -> None:
    """Where the package is not built, the dossier is at the top of the checkout."""
    assert Dossier.shipped().folder == ROOT


def test_a_wheel_ships_a_dossier_inside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package has a folder `shipped`, that is the dossier."""
    shipped = folder.rename(folder.with_name("shipped"))
    monkeypatch.setattr(dossier, "__file__", str(shipped.with_name("dossier.py")))
    assert Dossier.shipped().folder == shipped


def test_a_dossier_shows_its_folder() -> None:
    """The representation is the call that makes it."""
    assert repr(Dossier(ROOT)) == f"Dossier({str(ROOT)!r})"
