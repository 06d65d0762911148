"""A dossier as it was: read from git without touching the work tree, with errors of one line."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import Run
from standpunkt import revisions
from standpunkt.dossier import Dossier
from standpunkt.errors import DossierError, RevisionError


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(
        ["git", "-C", str(folder), *identity, *arguments],  # noqa: S607  the one on the path
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


@pytest.fixture
def repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a repository with the tiny dossier in `bridge/`, tagged `v1`, on the branch `main`."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    top = folder.parent
    git(top, "init", "-q", "-b", "main")
    git(top, "add", "bridge")
    git(top, "commit", "-qm", "first")
    git(top, "tag", "v1")
    return top


def texts(dossier: Dossier) -> dict[str, bytes]:
    """Give the files of a dossier by name."""
    parts = ("ontology", "graph", "shapes", "queries")
    files = (path for part in parts for path in dossier.folder.joinpath(part).iterdir())
    return {path.relative_to(dossier.folder).as_posix(): path.read_bytes() for path in files}


def test_a_revision_is_what_was_committed(repository: Path) -> None:
    """Whatever stands in the work tree now; and the folder is gone afterwards."""
    folder = repository / "bridge"
    committed = texts(Dossier(folder))
    for name in ("v1", "main", "HEAD", "HEAD~0", git(repository, "rev-parse", "HEAD").strip()):
        with revisions.opened(name, folder) as dossier:
            assert texts(dossier) == committed
            assert dossier.folder != folder
        assert not dossier.folder.exists()


def test_changes_since_then_are_not_seen(repository: Path) -> None:
    """Neither those in the work tree nor those in the index."""
    folder = repository / "bridge"
    committed = texts(Dossier(folder))
    (folder / "graph" / "more.ttl").write_text("", encoding="utf-8")
    (folder / "graph" / "links.ttl").unlink()
    git(repository, "add", "-A")
    (folder / "queries" / "figures.rq").write_text("x", encoding="utf-8")
    before = git(repository, "status", "--porcelain")
    with revisions.opened("HEAD", folder) as dossier:
        assert texts(dossier) == committed
    assert git(repository, "status", "--porcelain") == before


def test_attributes_of_the_repository_change_nothing(repository: Path) -> None:
    """`git archive` would leave out what is marked `export-ignore`, and turn line ends."""
    folder = repository / "bridge"
    committed = texts(Dossier(folder))
    attributes = "*.rq export-ignore\n*.ttl text eol=crlf\n"
    (repository / ".gitattributes").write_text(attributes, encoding="utf-8")
    git(repository, "add", ".gitattributes")
    git(repository, "commit", "-qm", "attributes")
    with revisions.opened("HEAD", folder) as dossier:
        assert texts(dossier) == committed


def test_names_of_files_may_be_anything(repository: Path) -> None:
    """Blanks, umlauts, quotes."""
    folder = repository / "bridge"
    odd = folder / "graph" / "süd \"west\" 'x'.ttl"
    odd.write_text("# nothing", encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "odd")
    with revisions.opened("HEAD", folder) as dossier:
        assert texts(dossier) == texts(Dossier(folder))


def test_a_dossier_at_the_top_of_its_repository(folder: Path) -> None:
    """There is no path before its folders then."""
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    with revisions.opened("main", folder) as dossier:
        assert texts(dossier) == texts(Dossier(folder))


def test_a_folder_wins_over_a_revision(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A branch may be called like a folder."""
    git(repository, "branch", "bridge")
    monkeypatch.chdir(repository)
    with revisions.opened("bridge", repository / "bridge") as dossier:
        assert dossier.folder == Path("bridge")


def test_it_works_in_a_hook_of_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook has variables that name a repository, from another folder."""
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    with revisions.opened("v1", repository / "bridge") as dossier:
        assert dossier.files("graph")


# --- what goes wrong --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "way_out"),
    [
        ("mian", "; did you mean 'main'?"),
        ("v1.0", "; did you mean 'v1'?"),
        ("HEAD~7", "; there is main, v1"),
        ("--help", "; there is main, v1"),
        ("v1:bridge/graph", "; there is main, v1"),
        ("", "; there is main, v1"),
    ],
)
def test_an_unknown_revision_is_one_line(repository: Path, name: str, way_out: str) -> None:
    """It is quoted, and branches and tags are suggested; no name is an option of git."""
    with (
        pytest.raises(RevisionError, match="is neither a folder nor a revision") as raised,
        revisions.opened(name, repository / "bridge"),
    ):
        pass
    assert str(raised.value).startswith(repr(name))
    assert str(raised.value).endswith(way_out)


def test_a_shallow_clone_is_named(repository: Path, tmp_path: Path) -> None:
    """As continuous integration makes them."""
    git(repository, "commit", "-qm", "second", "--allow-empty")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth=1", repository.as_uri(), str(clone))
    with (
        pytest.raises(RevisionError, match="the clone is shallow: 'git fetch --unshallow'"),
        revisions.opened("HEAD~1", clone / "bridge"),
    ):
        pass


def test_a_revision_without_a_dossier_is_one_line(repository: Path, folder: Path) -> None:
    """The name of the revision and the folder stand in it, and no temporary path."""
    git(repository, "mv", "bridge", "ferry")
    git(repository, "commit", "-qm", "moved")
    with (
        pytest.raises(DossierError) as raised,
        revisions.opened("v1", repository / "ferry"),
    ):
        pass
    assert (
        str(raised.value)
        == "'v1:ferry/' is no dossier: it has no folder ontology/ and no folder graph/"
    )
    assert folder.name == "bridge"


def test_a_broken_file_of_a_revision_is_named(repository: Path, run: Run) -> None:
    """By the revision and its path, as git writes it."""
    folder = repository / "bridge"
    (folder / "graph" / "links.ttl").write_text("id:x", encoding="utf-8")
    git(repository, "commit", "-qam", "broken")
    git(repository, "checkout", "-q", "v1")
    result = run("diff", "main", "--dossier", folder)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: main:bridge/graph/links.ttl:1:1: the prefix 'id:'")


def test_a_folder_without_a_repository_is_one_line(folder: Path, run: Run) -> None:
    """Git says why."""
    git(folder, "version")
    result = run("diff", "HEAD", "--dossier", folder, GIT_CEILING_DIRECTORIES=str(folder.parent))
    assert result.exit_code == 2
    assert result.stderr.startswith(
        f"error: there is no folder 'HEAD', and {str(folder)!r} has no revisions: not a git"
    )


def test_a_missing_git_is_one_line(folder: Path, run: Run) -> None:
    """The error says what to install; a folder needs no git."""
    result = run("diff", "HEAD", "--dossier", folder, PATH="")
    assert (result.exit_code, result.stderr) == (
        2,
        "error: there is no folder 'HEAD', and to read a revision git has to be installed\n",
    )
    assert run("diff", folder, "--dossier", folder, PATH="").exit_code == 0


def test_a_folder_that_is_no_dossier_is_one_line(folder: Path, tmp_path: Path, run: Run) -> None:
    """As with every other command."""
    result = run("diff", tmp_path, "--dossier", folder)
    assert result.exit_code == 2
    assert result.stderr == (
        f"error: {str(tmp_path)!r} is no dossier: it has no folder ontology/ and no folder graph/\n"
    )
