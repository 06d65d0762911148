"""What this project does warm or without a command: `python -m benchmarks.ours TASK FOLDER …`."""

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.by_hand import warm
from standpunkt import Answer, Dossier, ask
from standpunkt.embedded import Embedded
from standpunkt.queries import questions as saved
from standpunkt.store import Store
from standpunkt.transfer import PARTS, content


def read(folder: Path) -> object:
    """Read a dossier into the store that questions are asked of."""
    store = Store.asserted(Dossier(folder))
    answer = store.query("SELECT (COUNT(*) AS ?triples) WHERE { ?s ?p ?o }")
    assert isinstance(answer, Answer)  # noqa: S101  it is a SELECT
    return {"answer": answer.dicts()[0]["triples"]}


def questions(folder: Path) -> object:
    """Ask all saved questions, warm."""
    dossier = Dossier(folder)
    names = {question.name: question.name for question in saved(dossier)}
    return warm(lambda name: len(ask(dossier, name).rows), names)


def load(folder: Path, store: Path) -> object:
    """Load a dossier into a store on disk as `standpunkt load` does, and check nothing."""
    parts = [part for part in PARTS if part != "inferred"]
    Embedded(store).replace(content(Dossier(folder), parts))
    return {}


def main() -> None:
    """Run a task, and write its answer."""
    task, *places = sys.argv[1:]
    tasks: dict[str, Any] = {"read": read, "questions": questions, "load": load}
    sys.stdout.write(json.dumps(tasks[task](*map(Path, places))) + "\n")


if __name__ == "__main__":
    main()
