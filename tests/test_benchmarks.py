"""The harness of `python -m benchmarks`: what it measures, what it concludes, what it writes."""

import math
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import marked, page
from benchmarks.contest import Contender, Contest, Place
from benchmarks.contests import CONTESTS
from benchmarks.measure import Taken, run
from benchmarks.results import Results, disagreements, log_linear, slope
from benchmarks.rounds import Most, hold
from benchmarks.targets import compare, floor, ours, targets

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results.json"


def program(text: str) -> list[str]:
    """Give the command of a small program."""
    return [sys.executable, "-c", text]


@pytest.fixture
def results() -> Results:
    """Give results of three sizes, in which all take n seconds and ours half as much again."""
    about = {
        "date": "2031-05-04",
        "machine": "a machine",
        "versions": {"Python": "3.11"},
        "asked": {"limit": 60, "runs": 1},
    }
    made = Results(about)
    for size in (1_000, 10_000, 100_000):
        made.sizes[size] = {"statements": size, "triples": 40 * size, "files": 3}
        for contest in CONTESTS.values():
            for each in contest.contenders:
                seconds = size / 50_000 * (1.5 if each.name == ours(contest.name) else 1)
                parts = {"who-advocates": seconds} if contest.name == "questions" else {}
                taken = Taken(seconds, seconds, size * 1000, answer=8, each=parts)
                made.add(contest.name, size, each.name, taken)
    return made


def verdicts(results: Results) -> dict[str, bool | None]:
    """Give which targets are met."""
    return {target.aim: target.is_met for target in targets(results)}


def test_a_process_is_measured() -> None:
    """Time is at least what the program waits, and memory at least what it takes."""
    text = "import time; data = bytearray(80_000_000); time.sleep(0.2); print('7')"
    taken = run(program(text), limit=20, read=int)
    assert taken.answer == 7
    assert taken.seconds > 0.2
    assert taken.memory > 80e6
    assert not taken.is_over
    assert not taken.error


def test_memory_is_that_of_the_program_alone() -> None:
    """What the harness itself has in memory does not count for what it starts."""
    weight = bytearray(200_000_000)
    taken = run(program("pass"), limit=20, read=str)
    assert taken.memory < len(weight) / 2


def test_a_program_is_ended_at_its_limit() -> None:
    """Whoever takes too long is ended, together with what it has started."""
    text = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])"
    taken = run(program(text), limit=0.5, read=str)
    assert taken.is_over
    assert taken.seconds == 0.5


def test_a_failure_says_its_last_line() -> None:
    """A program that fails is no figure, and its message is kept."""
    taken = run(program("raise SystemExit('no such file')"), limit=20, read=str)
    assert taken.error == "no such file"


def test_a_program_may_take_its_own_time() -> None:
    """What is warm is timed inside: JSON with `seconds` on the last line wins over the clock."""
    text = """print('rows'); print('{"seconds": 0.5, "answer": 3, "each": {"a": 0.5}}')"""
    taken = run(program(text), limit=20, read=len)
    assert taken.seconds == 0.5
    assert taken.each == {"a": 0.5}


def test_powers_are_found_again() -> None:
    """The exponent of n² is 2, and that of n log n a little more than 1."""
    sizes = [10.0**power for power in range(3, 7)]
    assert slope((math.log(n), math.log(7 * n**2)) for n in sizes) == pytest.approx(2)
    assert slope([(1.0, 2.0)]) is None
    found = log_linear(sizes)
    assert found is not None
    assert 1.05 < found < 1.15


def test_a_ratio_is_of_pairs(results: Results) -> None:
    """A round in which the machine is slow changes no ratio, as both are slow in it."""
    name, other = ours("read"), floor("read")
    for slow in (2, 30):
        for each in (name, other):
            (first, *_) = results.of("read", 1_000, each)
            results.add("read", 1_000, each, replace(first, seconds=first.seconds * slow))
    assert results.ratio("read", 1_000, name, other) == pytest.approx(1.5)


def test_who_was_ended_gives_a_bound(results: Results) -> None:
    """Against one that was ended at its limit there is a bound, which says so."""
    results.taken["read"][1_000][floor("read")] = [Taken(60, 0, 0, is_over=True)]
    assert compare(results, "read", 1_000, ours("read"), floor("read")) == (0.03 / 60, "<")
    assert compare(results, "read", 1_000, floor("read"), ours("read")) == (60 / 0.03, ">")
    assert results.seconds("read", 1_000, floor("read")) is None


def test_targets_are_met_or_not(results: Results) -> None:
    """A ratio of 1.5 misses 1.3 and meets 2, and linear growth is no worse than n log n."""
    found = verdicts(results)
    load = "Load into a store on disk"
    assert found[f"{load}: at most 1.3 times the bare engine, which checks nothing"] is False
    assert found[f"{load}: at most 1.3 times the bare engine with a check"] is False
    assert found[f"{load}, without the check: at most 1.3 times the bare engine"] is True
    assert found["Validate: at most 2 times the fastest SHACL engine"] is True
    assert found["Validate: grows no worse than n log n"] is True
    assert found["Cold `ask`: rdflib takes at least as long"] is False
    store = "Cold `ask` of a store: the largest takes at most 1.1 times as long as the smallest"
    assert found[store] is False


def test_a_target_that_was_not_measured_is_not_met() -> None:
    """Without figures no aim counts as met, nor as missed."""
    about = {"asked": {"limit": 60, "runs": 1}}
    assert set(verdicts(Results(about)).values()) == {None}


def test_a_lower_bound_can_meet_a_target(results: Results) -> None:
    """Where pySHACL was ended at more than twenty times our time, that aim is met all the same."""
    aim = "Validate: pySHACL takes at least 20 times as long"
    assert verdicts(results)[aim] is False
    results.taken["validate"][1_000]["pySHACL by hand"] = [Taken(60, 0, 0, is_over=True)]
    for size in (10_000, 100_000):
        del results.taken["validate"][size]["pySHACL by hand"]
    assert verdicts(results)[aim] is True


def test_wrong_answers_are_out_of_the_comparison(results: Results) -> None:
    """Whoever is fast and wrong is not the fastest peer, and the page says that it is wrong."""
    fast = Taken(0.0001, 0, 1000, answer=9)
    results.taken["read"][100_000]["Jena arq"] = [fast]
    assert list(disagreements(results, ours("read"), "read")) == [(100_000, "Jena arq")]
    row = next(line for line in page.summary(results).splitlines() if line.startswith("| Parse"))
    assert "rdflib" in row
    assert "Jena arq: gives another answer" in page.page(results)


def test_results_come_back_from_their_file(results: Results, tmp_path: Path) -> None:
    """A page can be written anew from what a run has kept."""
    results.write(tmp_path / "results.json")
    again = Results.read(tmp_path / "results.json")
    assert again == results
    assert page.page(again) == page.page(results)


def test_the_picture_has_a_line_for_each_that_was_measured(results: Results) -> None:
    """The picture is XML, with ours in each drawing, and readable on a dark background."""
    text = page.picture(results)
    lines = [each for each in ET.fromstring(text).iter() if each.tag.endswith("polyline")]  # noqa: S314  our own
    assert {"ours", "floor", "peer0"} <= {each.get("class") for each in lines}
    assert "prefers-color-scheme: dark" in text


def test_there_is_one_of_each_role(results: Results) -> None:
    """Each contest has Standpunkt first and one floor, and no two have the same name."""
    assert results.sizes
    for contest in CONTESTS.values():
        roles = [each.role for each in contest.contenders]
        names = [each.name for each in contest.contenders]
        assert roles[0] == "ours"
        assert roles.count("floor") == 1
        assert len(set(names)) == len(names)


def test_commands_name_the_same_files(tmp_path: Path) -> None:
    """All that read a dossier are given all its files, or its folder."""
    (tmp_path / "work").mkdir()
    place = Place(ROOT, tmp_path / "work")
    assert len(place.facts) == 3
    contenders: list[Contender] = [
        each for contest in CONTESTS.values() for each in contest.contenders if each.is_there
    ]
    for each in contenders:
        words = {str(word) for word in each.command(place)}
        given = {str(ROOT), str(place.store)} & words or {
            str(path) for path in place.facts
        } <= words
        assert given or "empty.py" in " ".join(words) or str(place.text) in words, each.name


def contest_of(**programs: str) -> Contest:
    """Give a contest of small programs: the first is ours, the others are peers."""

    def contender(name: str, text: str) -> Contender:
        role = "peer" if name != next(iter(programs)) else "ours"
        return Contender(name, role, lambda _: [sys.executable, "-c", text], lambda *_: None)

    return Contest(
        "small",
        "Small",
        "small programs",
        tuple(map(contender, *zip(*programs.items(), strict=True))),
    )


def test_all_take_turns(results: Results, tmp_path: Path) -> None:
    """There are as many rounds as asked for, and who has failed is not in the next."""
    contest = contest_of(good="pass", bad="raise SystemExit('broken')")
    hold(results, contest, 100, Place(ROOT, tmp_path), Most(rounds=3, seconds=20))
    assert len(results.of("small", 100, "good")) == 3
    assert [one.error for one in results.of("small", 100, "bad")] == ["broken"]


def test_a_slow_peer_is_not_asked_for_more(results: Results, tmp_path: Path) -> None:
    """A peer that would be ended at the next size is out; Standpunkt is measured all the same."""
    contest = contest_of(ours="import time; time.sleep(0.2)", slow="import time; time.sleep(0.2)")
    for size in (100, 1_000, 10_000):
        hold(results, contest, size, Place(ROOT, tmp_path), Most(rounds=1, seconds=1))
    assert len(results.of("small", 10_000, "ours")) == 1
    assert len(results.of("small", 1_000, "slow")) == 1
    assert results.of("small", 10_000, "slow") == []


def test_the_readme_has_the_table_of_the_page() -> None:
    """The README's table of ratios is that of docs/benchmarks.md, which is what was measured."""
    table = page.read(ROOT / "docs" / "benchmarks.md")
    assert page.read(ROOT / "README.md") == table
    assert table == page.summary(Results.read(RESULTS)), "run: python -m benchmarks --page"


def test_the_page_is_what_the_figures_say() -> None:
    """Page and picture are written from the figures, and not by hand."""
    results = Results.read(RESULTS)
    assert page.PAGE.read_text("utf-8") == page.page(results), "run: python -m benchmarks --page"
    assert page.PICTURE.read_text("utf-8") == page.picture(results)


def test_what_was_measured_is_not_lost_with_a_page_that_has_no_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page is left as it was, the figures are printed, and one line says why."""
    path = tmp_path / "page.md"
    path.write_text("no markers\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="is left as it was: the page has no '<!-- x: begin -->'"):
        marked.hand_over("figures", "x", path)
    assert capsys.readouterr().out == "figures\n"
    assert path.read_text(encoding="utf-8") == "no markers\n"
    path.write_text("a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb\n", encoding="utf-8")
    marked.hand_over("figures\n", "x", path)
    text = path.read_text(encoding="utf-8")
    assert text == "a\n<!-- x: begin -->\nfigures\n<!-- x: end -->\nb\n"
    assert marked.taken_out(text, "x") == "figures\n"
