"""A dossier as it was in a revision of the git repository that it lies in.

Its files are read from git's objects into a folder of their own. The work tree, the index and what
is checked out stay as they are, and no attribute of the repository changes what a file holds.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import get_args

from standpunkt.dossier import Dossier, Part
from standpunkt.errors import DossierError, RevisionError, StandpunktError, suggest

# A hook of git sets these; which repository is meant is said by the folder of the dossier.
_PLACE = {"GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_WORK_TREE"}
_FEW = 5


@contextmanager
def opened(name: str, home: Path) -> Iterator[Dossier]:
    """Open a dossier by the name of a folder, or of a revision of the dossier in `home`.

    A folder wins over a revision of the same name. A revision is whatever git takes for a commit
    (https://git-scm.com/docs/gitrevisions); its dossier can be used until the context is left, and
    what is wrong in it is told with `revision:path` in the place of the file.

    Raises `RevisionError` where git knows no such revision or cannot be asked, and `DossierError`
    where the folder or the revision holds no dossier.
    """
    if name and Path(name).is_dir():  # "" is not the folder that one is in
        yield Dossier(name)
        return
    repository = _Repository(name, home)
    commit = repository.commit()
    with TemporaryDirectory(prefix="standpunkt-") as folder:
        try:
            for path, content in repository.files(commit):
                target = Path(folder, path)
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(content)
            yield Dossier(folder)
        except StandpunktError as error:
            if folder not in str(error):
                raise
            place = f"{name}:{repository.prefix}"
            text = str(error).replace(folder + os.sep, place).replace(folder, place)
            raise DossierError(text) from None


class _Repository:
    """The repository that a dossier lies in, asked for one revision."""

    def __init__(self, revision: str, home: Path) -> None:
        """Take the revision's name, and the folder of the dossier."""
        self._revision = revision
        self._home = home
        git = shutil.which("git")
        if git is None:
            raise RevisionError(
                f"there is no folder {revision!r}, and to read a revision git has to be installed"
            )
        self._git = git
        place = self._ask("rev-parse", "--show-prefix")
        if place.returncode:
            raise RevisionError(
                f"there is no folder {revision!r}, and {str(home)!r} has no revisions: "
                f"{_said(place)}"
            )
        # The folder of the dossier, from the top of the repository and with a slash at its end.
        self.prefix = os.fsdecode(place.stdout).removesuffix("\n")

    def commit(self) -> str:
        """Give the identifier of the commit; raises `RevisionError`."""
        # Without the option a name with a hyphen at its beginning would be an option itself.
        found = self._ask(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{self._revision}^{{commit}}"
        )
        if not found.returncode:
            return found.stdout.decode().strip()
        raise RevisionError(
            f"{self._revision!r} is neither a folder nor a revision of the repository of "
            f"{str(self._home)!r}{self._way_out()}"
        )

    def files(self, commit: str) -> Iterator[tuple[PurePosixPath, bytes]]:
        """Give the files of the dossier's parts: path from its folder, content."""
        parts = [f"{self.prefix}{part}/" for part in get_args(Part)]
        listed = self._told("ls-tree", "-z", "--full-tree", commit, *parts)
        entries = [entry.split(b"\t", 1) for entry in listed.split(b"\0") if entry]
        blobs = [
            (kind.split()[2], PurePosixPath(os.fsdecode(path).removeprefix(self.prefix)))
            for kind, path in entries
            if kind.split()[1] == b"blob"
        ]
        names = b"".join(name + b"\n" for name, _ in blobs)
        content = self._told("cat-file", "--batch", stdin=names)
        for _, path in blobs:
            # Each is `<name> <type> <size>`, a line end, so many bytes, and a line end.
            head, _, content = content.partition(b"\n")
            if head.endswith(b" missing"):
                raise RevisionError(f"git has no content of {self._revision}:{self.prefix}{path}")
            size = int(head.split()[2])
            yield path, content[:size]
            content = content[size + 1 :]

    def _way_out(self) -> str:
        kinds = ("refs/heads", "refs/tags", "refs/remotes")
        listed = self._told("for-each-ref", "--format=%(refname:short)", *kinds)
        names = listed.decode("utf-8", "replace").split()
        if near := suggest(self._revision, names):
            return near
        if self._told("rev-parse", "--is-shallow-repository").strip() == b"true":
            return "; the clone is shallow: 'git fetch --unshallow' gets the older ones"
        more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
        return f"; there is {', '.join(names[:_FEW])}{more}" if names else "; there is none"

    def _told(self, *arguments: str, stdin: bytes = b"") -> bytes:
        answer = self._ask(*arguments, stdin=stdin)
        if answer.returncode:
            raise RevisionError(f"cannot read revision {self._revision!r}: {_said(answer)}")
        return answer.stdout

    def _ask(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        environment = {name: text for name, text in os.environ.items() if name not in _PLACE}
        return subprocess.run(  # noqa: S603  git itself, and no shell reads the name of a revision
            [self._git, "-C", str(self._home), *arguments],
            input=stdin,
            capture_output=True,
            env={**environment, "LC_ALL": "C"},
            check=False,
        )


def _said(answer: subprocess.CompletedProcess[bytes]) -> str:
    """Give the first line of what git complains about."""
    lines = answer.stderr.decode("utf-8", "replace").splitlines()
    return next(chain(lines, ["git says nothing"])).removeprefix("fatal: ")
