"""What this project does warm or without a command: `python -m benchmarks.ours TASK FOLDER`."""

import json
import sys
from pathlib import Path

from benchmarks.by_hand import warm
from standpunkt import Answer, Dossier, ask
from standpunkt.queries import questions as saved
from standpunkt.store import Store


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


def main() -> None:
    """Run a task, and write its answer."""
    task, folder = sys.argv[1:]
    sys.stdout.write(json.dumps({"read": read, "questions": questions}[task](Path(folder))) + "\n")


if __name__ == "__main__":
    main()
