"""The rows of an answer with why each of them holds."""

import json
from collections.abc import Mapping
from pathlib import Path

from standpunkt import claims, proof_json, proofs, render
from standpunkt.answer import Answer
from standpunkt.cli import terminal
from standpunkt.cli.reporting import interruptible
from standpunkt.dossier import Dossier
from standpunkt.errors import QueryError
from standpunkt.explanation import Explanation
from standpunkt.ground import Grounds
from standpunkt.question import Question
from standpunkt.store import Result
from standpunkt.wording import Wording

_ROW = {"de": "Zeile", "en": "row"}
_NOTHING = {"de": "behauptet nichts", "en": "claims nothing"}


def write(
    dossier: Dossier,
    question: Question,
    result: Result,
    parameters: Mapping[str, str],
    form: str,
    *,
    wording: Wording,
    articles: Path | None,
    output: Path | None,
) -> None:
    """Write a table and below it a proof for each row, or JSON with `rows` and `why`.

    Rows with the same reason share it. Raises `QueryError` where the question gives no rows or
    declares no claim, and what `claims.explain` does.
    """
    if not isinstance(result, Answer):
        raise QueryError(f"the question {question.name!r} has no rows that could be proven")
    explained = interruptible(lambda: claims.explain(dossier, question, result, parameters))
    grounds = Grounds(dossier, articles)
    page = terminal.page(output)
    written = render.rows(result, form, wording, page=page)
    if form == "json":
        why = [each and proof_json.to_object(each, wording, grounds) for each in explained]
        listed = json.dumps(why, ensure_ascii=False, indent=2)
        terminal.write(f'{{"rows": {written.rstrip()},\n"why": {listed}}}\n', output)
        return
    for reason, numbers in _by_reason(explained).items():
        head = f"{_ROW[wording.language]} {', '.join(map(str, numbers))}"
        if reason is None:
            written += f"\n{head}: {_NOTHING[wording.language]}\n"
        else:
            written += f"\n{page.bold(head)}\n{proofs.to_text(reason, wording, grounds, page)}"
    terminal.write(written, output)
    if not result.rows:
        terminal.note("no rows")


def _by_reason(explained: list[Explanation | None]) -> dict[Explanation | None, list[int]]:
    """Give the numbers of the rows for each reason, counted from 1."""
    numbers: dict[Explanation | None, list[int]] = {}
    for number, reason in enumerate(explained, start=1):
        numbers.setdefault(reason, []).append(number)
    return numbers
