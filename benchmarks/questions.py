"""Time the saved questions, warm, and write the table of what they cost.

    python -m benchmarks.questions [--write docs/scaling.md] [--rounds N] [STATEMENTS STATEMENTS]

A question is asked of the store in memory with its defaults, and all of its rows are read; the time
is that of the processor, the least of some rounds. The exponent is that of the time between the two
sizes: 1 where twice the dossier takes twice the time.
"""

import argparse
import math
import platform
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import marked
from benchmarks.corpus import corpus
from standpunkt import Answer, Dossier
from standpunkt.question import Question, questions
from standpunkt.store import Store

SIZES = (1_000, 10_000)
# The least that is worth a row, in milliseconds: ten times as much is too long without a reason,
# and takes a dossier that is ten times as large.
LEAST = 10.0
# Why a question takes as long as it does; the plans are those of Oxigraph 0.5.
REASONS = {
    "actors-in-both-articles": "It counts the articles of every actor, by every passage.",
    "allies-and-opponents": "Its rows are pairs, which grow faster than the dossier.",
    "demands-and-conditions": "It lists all.",
    "disputed-positions": "It finds both sides of every position, and then those that have two.",
    "figures": "It lists all.",
    "laws": "It lists all.",
    "memberships": "It lists all.",
    "office-holders": "It lists all.",
    "outside-knowledge": "It lists all.",
    "overview": "It counts the nodes of every class.",
    "positions-of-actor": "It lists all of one who is often quoted.",
    "predictions": "It lists all.",
    "quotations": "It lists all.",
    "shifts-of-position": "It compares what every actor says in one article and in others.",
    "statements-by-actor": "It lists all of one who is often quoted.",
    "timeline": "It lists all, out of all statements.",
    "who-says-so": "It lists all, and looks up the name of every speaker.",
    "wikidata-items": "It lists all.",
}

Figures = tuple[int, float]


def main() -> None:
    """Measure all questions at both sizes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--write", type=Path, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="STATEMENTS")
    options = parser.parse_args()
    if len(options.sizes) != len(SIZES):
        parser.error("two sizes are compared")
    text = "\n".join(lines(options.sizes, options.rounds))
    marked.hand_over(text, "benchmarks.questions", options.write)


def lines(sizes: Sequence[int], rounds: int) -> Iterator[str]:
    """Give the table in Markdown, the reasons, and of what these figures are."""
    small, large = (measured(size, rounds) for size in sizes)
    heads = ["question", *(f"{what} of {size:,}" for size in sizes for what in ("rows", "ms"))]
    yield f"| {' | '.join([*heads, 'ms per 1,000 rows', 'exponent'])} |"
    yield f"| --- |{' ---: |' * 6}"
    slow = []
    names = sorted(large, key=lambda name: -large[name][1])
    for name in names:
        (few, quick), (many, long) = small[name], large[name]
        if long < LEAST:
            continue
        exponent = math.log(long / quick) / math.log(sizes[1] / sizes[0])
        cells = [f"{few:,}", f"{quick:.0f}", f"{many:,}", f"{long:.0f}"]
        each = f"{1_000 * long / max(many, 1):,.0f}"
        yield f"| `{name}` | {' | '.join(cells)} | {each} | {exponent:.1f} |"
        slow.append(f"- `{name}`: {REASONS.get(name, 'The reason is not known.')}")
    yield ""
    quick_ones = sum(long < LEAST for _, long in large.values())
    yield f"The other {quick_ones} questions take less than {LEAST:.0f} ms."
    if slow:
        yield "Why these take longer:"
        yield ""
        yield from slow
    yield ""
    today, command = datetime.now(UTC).date(), "`python -m benchmarks.questions`"
    engine = f"pyoxigraph {version('pyoxigraph')}"
    yield f"Measured on {today} with Python {platform.python_version()}, {engine}, by {command}."


def measured(statements: int, rounds: int) -> dict[str, Figures]:
    """Give for each question how many rows it has in a corpus, and the milliseconds it takes."""
    dossier = Dossier(corpus(statements))
    store = Store.asserted(dossier)
    return {each.name: taken(each, store, rounds) for each in questions(Dossier.shipped())}


def taken(question: Question, store: Store, rounds: int) -> Figures:
    """Ask a question some times, and give its rows and the least milliseconds."""
    least, rows = math.inf, 0
    for _ in range(rounds):
        begin = time.process_time()
        answer = store.query(question.text)
        least = min(least, time.process_time() - begin)
        rows = len(answer.rows) if isinstance(answer, Answer) else 1
    return rows, 1_000 * least


if __name__ == "__main__":
    main()
