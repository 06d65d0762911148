"""Writes what a run has measured: docs/benchmarks.md, its picture, and the table of README.md."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from string import Template

from benchmarks import chart, marked, peers
from benchmarks.contest import Contender, Contest
from benchmarks.contests import CONTESTS
from benchmarks.results import Results, disagreements, log_linear
from benchmarks.serving import SERVERS, Server
from benchmarks.targets import FITTED_FROM, compare, floor, ours, targets

PAGE = peers.TOP / "docs" / "benchmarks.md"
PICTURE = peers.TOP / "docs" / "benchmarks.svg"
README = peers.TOP / "README.md"

_NAME = "benchmarks"
_TITLES = {"sparql": "SPARQL served", "pages": "Pages served"}
_DRAWN = ("read", "load", "infer", "validate", "questions", "export")
_COUNTED = ("statements", "triples", "files")
_PEERS = 4
_SERVED = "requests a second, of eight clients on the same machine that ask for a few seconds"
_TEMPLATE = Path(__file__).with_suffix(".md")
_MARKS = {"ours": "**{}**", "floor": "{} (floor)", "peer": "{}", "engine": "{}"}
_PRECISE = 20
_TIMES = "\N{MULTIPLICATION SIGN}"


def write(results: Results) -> None:
    """Write the page and the picture, and put the table of ratios into the README."""
    PAGE.write_text(page(results), encoding="utf-8", newline="")
    PICTURE.write_text(picture(results), encoding="utf-8", newline="")
    text = README.read_text(encoding="utf-8")
    README.write_text(marked.put(text, _NAME, summary(results)), encoding="utf-8", newline="")


def summary(results: Results) -> str:
    """Give the table of ratios: each contest at the largest corpus at which there is one."""
    rows = []
    for name, contest in CONTESTS.items():
        for size in reversed(results.measured(name)):
            found = compare(results, name, size, ours(name), floor(name))
            if found:
                statements = f"{results.sizes[size]['statements']:,}"
                peer = _fastest(results, contest, size)
                rows.append((contest.title, statements, _times(*found), peer))
                break
    head = ("", "statements", "Standpunkt / bare engine", "fastest peer / Standpunkt")
    return _table(head, rows, "---:") + "\n"


def _fastest(results: Results, contest: Contest, size: int) -> str:
    """Say which peer comes next, and how many times as long it takes as Standpunkt."""
    wrong = set(disagreements(results, ours(contest.name), contest.name))
    times = {
        each.name: found
        for each in contest.contenders
        if each.role == "peer" and (size, each.name) not in wrong
        if (found := compare(results, contest.name, size, each.name, ours(contest.name)))
        if found[0] >= 1 or found[1] != ">"  # that it takes more than less time says nothing
    }
    if not times:
        return ""
    name = min(times, key=lambda each: times[each])
    return f"{name.removesuffix(' by hand')} {_times(*times[name])}"


def _times(ratio: float, sign: str) -> str:
    return f"{_TIMES} {sign}{ratio:.2f}" if ratio < _PRECISE else f"{_TIMES} {sign}{ratio:.0f}"


def _largest(results: Results, contest: str) -> int | None:
    sizes = reversed(results.measured(contest))
    return next((size for size in sizes if results.seconds(contest, size, ours(contest))), None)


def page(results: Results) -> str:
    """Write the page."""
    about = results.about
    sections = [
        _section(results, contest.title, contest.measured, name, contest.contenders)
        for name, contest in CONTESTS.items()
    ]
    sections += [
        _section(results, _TITLES[name], _SERVED, name, servers)
        for name, servers in SERVERS.items()
    ]
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        date=about["date"],
        machine=about["machine"],
        note=f"{about['note']}\n" if about.get("note") else "",
        limit=f"{about['asked']['limit']:g}",
        runs=about["asked"]["runs"],
        fitted=f"{FITTED_FROM:,}",
        summary=summary(results),
        targets=_table(
            ("aim", "measured", ""),
            [(each.aim, each.measured, each.verdict) for each in targets(results)],
        ),
        loglinear=_loglinear(results),
        exponents=_table(("", "Standpunkt", "bare engine"), _exponents(results), "---:"),
        corpora=_table(
            ("asked for", "statements", "triples", "files"),
            [
                tuple(f"{each:,}" for each in (size, *map(counts.get, _COUNTED)))
                for size, counts in sorted(results.sizes.items())
            ],
            "---:",
        ),
        sections="".join(sections),
        questions=_table(
            ("", "rows", "Standpunkt", "bare engine"), _each_question(results), "---:"
        ),
        missing="".join(f"- {line}.\n" for line in about.get("missing", ())),
        versions=_table(("", "version"), about["versions"].items()),
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], alignment: str = "---") -> str:
    lines = [f"| {' | '.join(head)} |", f"| --- |{f' {alignment} |' * (len(head) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _section(
    results: Results,
    title: str,
    measured: str,
    name: str,
    contenders: Sequence[Contender | Server],
) -> str:
    """Write the section of a contest, or nothing where it was not held."""
    sizes = results.measured(name)
    if not sizes:
        return ""
    wrong = {each for _, each in disagreements(results, contenders[0].name, name)}
    rows, notes = [], []
    for each in contenders:
        cells = [_cell(results, name, size, each.name, rate=name in SERVERS) for size in sizes]
        memories = [results.memory(name, size, each.name) for size in reversed(sizes)]
        memory = next((f"{it / 1e6:,.0f} MB" for it in memories if it), "")
        if any(cells):
            rows.append((_MARKS[each.role].format(each.name), *cells, memory))
            said = (each.note, _difference(each) if each.name in wrong else "")
            notes += [f"- {each.name}: {text}." for text in said if text]
    head = ("statements", *(f"{size:,}" for size in sizes), "memory")
    listed = "\n".join(["", "", *notes]) if notes else ""
    sentence = f"{measured[0].upper()}{measured[1:]}."
    return f"\n## {title}\n\n{sentence}\n\n{_table(head, rows, '---:')}{listed}\n"


def _difference(contender: Contender | Server) -> str:
    given = contender.differs if isinstance(contender, Contender) else ""
    return given or "gives another answer, and is out of the comparison"


def _cell(results: Results, contest: str, size: int, name: str, *, rate: bool) -> str:
    seconds = results.seconds(contest, size, name)
    if seconds:
        return f"{1 / seconds:,.0f} /s" if rate else duration(seconds)
    limit = results.limit(contest, size, name)
    if limit:
        return f"> {limit:g} s"
    return "fails" if any(one.error for one in results.of(contest, size, name)) else ""


def _each_question(results: Results) -> Iterator[Sequence[str]]:
    """Give a row for each saved question, the slowest first."""
    name = "questions"
    size = _largest(results, name)
    if size is None:
        return
    mine, bare = (results.of(name, size, each) for each in (ours(name), floor(name)))
    each = {title: min(one.each[title] for one in mine) for title in mine[0].each}
    for title in sorted(each, key=lambda title: -each[title]):
        answer = mine[0].answer
        rows = answer.get(title) if isinstance(answer, dict) else None
        least = min((one.each[title] for one in bare if title in one.each), default=None)
        yield (
            f"`{title}`",
            "" if rows is None else f"{rows:,}",
            duration(each[title]),
            "" if least is None else duration(least),
        )


def _exponents(results: Results) -> Iterator[Sequence[str]]:
    for name, contest in CONTESTS.items():
        pair = (ours(name), floor(name))
        found = [results.exponent(name, each, FITTED_FROM) for each in pair]
        if found[0] is not None:
            yield contest.title, *("" if each is None else f"{each:.2f}" for each in found)


def _loglinear(results: Results) -> str:
    found = log_linear(
        counts["triples"] for size, counts in results.sizes.items() if size >= FITTED_FROM
    )
    return "a little more than 1" if found is None else f"{found:.2f}"


def picture(results: Results) -> str:
    """Draw seconds against triples."""
    drawings = {}
    for name in _DRAWN:
        lines = []
        number = 0
        for each in CONTESTS[name].contenders:
            kind = each.role
            if kind == "ours" and each.name != ours(name):
                continue
            if kind == "peer":
                kind = f"peer{number % _PEERS}"
                number += 1
            points = [
                (float(results.sizes[size]["triples"]), seconds)
                for size in results.measured(name)
                if (seconds := results.seconds(name, size, each.name))
            ]
            if points:
                lines.append(chart.Line(each.name, kind, points))
        if lines:
            drawings[CONTESTS[name].title] = lines
    return chart.draw(drawings)


def duration(seconds: float) -> str:
    """Write seconds with the unit that suits them.

    >>> [duration(each) for each in (0.00012, 0.25, 3.14159, 1234.5)]
    ['0.12 ms', '250 ms', '3.14 s', '1,234 s']
    """
    if seconds < 0.01:  # noqa: PLR2004  two digits are enough
        return f"{seconds * 1000:.2f} ms"
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.2f} s" if seconds < 100 else f"{seconds:,.0f} s"  # noqa: PLR2004


def read(path: Path) -> str:
    """Give the table that a file has between its markers."""
    return marked.taken_out(path.read_text(encoding="utf-8"), _NAME)
