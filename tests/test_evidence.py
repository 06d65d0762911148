"""Each sentence is covered, and each span stands in the article where the dossier says."""

import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest

from conftest import PREFIXES, Run
from standpunkt import Dossier
from standpunkt.errors import DossierError
from standpunkt.evidence import coverage, verify
from standpunkt.namespaces import ID

TEXT = "Die Brücke kommt. „Baut sie“, ruft Brook.\nMehr morgen. 🌉"
SENTENCES = ["Die Brücke kommt.", "„Baut sie“, ruft Brook.", "Mehr morgen."]
WORDS = "Baut sie"


def sha256(text: str) -> str:
    """Give the SHA-256 of a text's UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def articles(folder: Path, tmp_path: Path) -> Path:
    """Give a folder with an article of three sentences, which the tiny dossier knows."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "bridge.txt").write_text(TEXT, encoding="utf-8", newline="")
    facts = [
        PREFIXES,
        'id:article-y a spk:Article ; spk:file "bridge.txt" ;',
        f'    spk:sha256 "{sha256(TEXT)}" .',
    ]
    for number, sentence in enumerate(SENTENCES, start=1):
        start = TEXT.index(sentence)
        facts += [
            f"id:passage-y-{number} a spk:Passage ; spk:inArticle id:article-y ;",
            f"    spk:number {number} ; spk:start {start} ; spk:end {start + len(sentence)} ;",
            f'    spk:sha256 "{sha256(sentence)}" .',
        ]
    start = TEXT.index(WORDS)
    facts += [
        f'id:quotation-y a spk:Quotation ; spk:words "{WORDS}"@de ; spk:evidence id:passage-y-2 ;',
        f'    spk:start {start} ; spk:end {start + len(WORDS)} ; spk:sha256 "{sha256(WORDS)}" .',
        "id:event-y a spk:Event ; spk:evidence id:passage-y-1 .",
        'id:passage-y-3 spk:carriesNoFact "nur ein Ausblick"@de .',
    ]
    (folder / "graph" / "y.ttl").write_text("\n".join(facts), encoding="utf-8")
    return texts


def faults(folder: Path, texts: Path) -> dict[str, str]:
    """Give what is wrong, by local name of the node."""
    found = verify(Dossier(folder), texts)
    return {fault.node.value.removeprefix(ID): fault.message["en"] for fault in found.faults}


def change(folder: Path, old: str, new: str) -> None:
    """Change the facts on the article."""
    path = folder / "graph" / "y.ttl"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_every_span_stands_where_it_says(folder: Path, articles: Path) -> None:
    """Offsets count characters, umlauts and curly quotes as one each."""
    found = verify(Dossier(folder), articles)
    assert (found.checked, found.faults) == (4, [])


def test_a_span_that_moved_is_named_with_its_place(folder: Path, articles: Path) -> None:
    """Nothing is moved: the place is for the curator to judge."""
    (articles / "bridge.txt").write_text(f"Neu: {TEXT}", encoding="utf-8", newline="")
    found = faults(folder, articles)
    assert found["article-y"] == "its file is not the text that the dossier knows"
    assert found["passage-y-1"] == "the text at 0 to 17 is another; what is meant stands at 5 to 22"
    assert (
        found["quotation-y"] == "the text at 19 to 27 is another; what is meant stands at 24 to 32"
    )


def test_windows_line_ends_are_named(folder: Path, articles: Path) -> None:
    """They are the likeliest reason for a text that is not the one known."""
    windows = TEXT.replace("\n", "\r\n")
    (articles / "bridge.txt").write_text(windows, encoding="utf-8", newline="")
    assert faults(folder, articles) == {
        "article-y": "its file is not the text that the dossier knows; it has Windows line ends",
        "passage-y-3": "the text at 42 to 54 is another; what is meant stands at 43 to 55",
    }


@pytest.mark.parametrize(
    ("old", "new", "node", "message"),
    [
        ("spk:start 0", "spk:start -1", "passage-y-1", "is not in the article"),
        ("spk:end 17", "spk:end 0", "passage-y-1", "is not in the article"),
        ("spk:end 17", "spk:end 9999", "passage-y-1", "is not in the article"),
        (sha256(SENTENCES[0]), "0" * 64, "passage-y-1", "is not in the article"),
        (f'"{WORDS}"@de', '"Lasst sie"@de', "quotation-y", "are others than spk:words has"),
    ],
)
def test_a_wrong_span_is_a_fault(  # noqa: PLR0913, PLR0917  one for each part of a case
    folder: Path, articles: Path, old: str, new: str, node: str, message: str
) -> None:
    """Offsets outside the text or the wrong way round, hashes and words of others."""
    change(folder, old, new)
    found = faults(folder, articles)
    assert found.keys() == {node}
    assert message in found[node]


def test_an_end_behind_the_text_is_a_fault(folder: Path, articles: Path) -> None:
    """The last span may not run on into nothing, although its text is the right one."""
    (articles / "bridge.txt").write_text(TEXT.removesuffix(" 🌉"), encoding="utf-8", newline="")
    assert "passage-y-3" not in faults(folder, articles)
    change(folder, "spk:end 54", "spk:end 55")
    assert faults(folder, articles)["passage-y-3"].startswith("the text at 42 to 55 is another")


def test_a_missing_article_is_a_fault(folder: Path, articles: Path) -> None:
    """The others are checked all the same."""
    (articles / "bridge.txt").unlink()
    assert "no such file" in faults(folder, articles)["article-y"].casefold()


def test_another_encoding_is_a_fault(folder: Path, articles: Path) -> None:
    """Latin-1 is not guessed at."""
    (articles / "bridge.txt").write_bytes("Die Brücke".encode("latin-1"))
    assert "is not in UTF-8: see byte 6" in faults(folder, articles)["article-y"]


def test_a_file_elsewhere_is_not_read(folder: Path, articles: Path) -> None:
    """A dossier of somebody else cannot have any file read."""
    change(folder, '"bridge.txt"', '"../bridge.txt"')
    assert faults(folder, articles)["article-y"] == "spk:file names no file in the folder"


def test_a_missing_folder_is_one_line(folder: Path) -> None:
    """It is quoted."""
    with pytest.raises(DossierError, match="there is no folder 'no' with the texts"):
        verify(Dossier(folder), Path("no"))


def test_coverage_goes_sentence_by_sentence(folder: Path, articles: Path) -> None:
    """A sentence has its facts, a note or nothing; a fact without evidence is listed."""
    assert articles.is_dir()
    change(
        folder, "id:event-y a spk:Event ; spk:evidence id:passage-y-1 .", "id:event-y a spk:Event ."
    )
    found = coverage(Dossier(folder))
    sentences = next(each for each in found.articles.values() if each)
    assert [each.number for each in sentences] == [1, 2, 3]
    assert [len(each.facts) for each in sentences] == [0, 1, 0]
    assert [each.number for each in found.uncovered] == [1]
    assert ID + "event-y" in [node.value for node in found.without_evidence]


SEAL = sha256(
    f"{sha256(TEXT)}\n"
    f"0 17 {sha256(SENTENCES[0])}\n"
    f"18 41 {sha256(SENTENCES[1])}\n"
    f"19 27 {sha256(WORDS)}\n"
    f"42 54 {sha256(SENTENCES[2])}\n"
)


def enter_seal(folder: Path, seal: str) -> None:
    """Put a seal on the article."""
    change(
        folder, "id:article-y a spk:Article ;", f'id:article-y a spk:Article ; spk:seal "{seal}" ;'
    )


def test_a_seal_is_that_of_the_spans(folder: Path, articles: Path) -> None:
    """The article's hash, then each span in the order of the text; without a seal none breaks."""
    assert articles.is_dir()
    assert coverage(Dossier(folder)).broken_seals == []
    enter_seal(folder, SEAL)
    assert coverage(Dossier(folder)).broken_seals == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (sha256(TEXT), "0" * 64),
        (sha256(SENTENCES[1]), "0" * 64),
        ("spk:start 18", "spk:start 17"),
        ("spk:end 54", "spk:end 55"),
        ("spk:end 27", "spk:end 26"),
        ("id:passage-y-3 a spk:Passage ;", "id:passage-y-3"),
    ],
)
def test_whoever_has_no_article_sees_that_a_span_changed(
    run: Run, folder: Path, articles: Path, old: str, new: str
) -> None:
    """The line names the seal that is to be entered once the spans are checked again."""
    assert articles.is_dir()
    enter_seal(folder, SEAL)
    change(folder, old, new)
    (broken,) = coverage(Dossier(folder)).broken_seals
    assert broken.node.value == ID + "article-y"
    assert broken.message["en"] in run("evidence", "--dossier", folder).stdout
    found = json.loads(run("evidence", "--dossier", folder, "--format", "json").stdout)
    assert [seal["message"] for seal in found["brokenSeals"]] == [broken.message["en"]]
    change(folder, SEAL, broken.message["en"].split("'")[1])
    assert coverage(Dossier(folder)).broken_seals == []


def test_a_broken_seal_is_the_answer_no(run: Run, tmp_path: Path) -> None:
    """Exit code 1, also where nothing else is wrong."""
    shipped = Dossier.shipped().folder
    for part in ("ontology", "graph"):
        shutil.copytree(shipped / part, tmp_path / part)
    assert run("evidence", "--dossier", tmp_path).exit_code == 0
    path = tmp_path / "graph" / "articles.ttl"
    text = path.read_text("utf-8")
    assert text.count("spk:end 148 ;") == 1
    path.write_text(text.replace("spk:end 148 ;", "spk:end 147 ;"), "utf-8")
    assert run("evidence", "--dossier", tmp_path).exit_code == 1


def test_the_command_ends_with_figures(run: Run, folder: Path, articles: Path) -> None:
    """One line sums up, in either language; JSON has the same."""
    english = run("evidence", "--dossier", folder, "--articles", articles)
    assert english.stdout.splitlines()[-1].endswith("4 spans checked, 0 faults")
    german = run("evidence", "--dossier", folder, "--lang", "de")
    assert "3 Sätze, 2 mit Fakten, 1 mit Anmerkung, 0 mit nichts" in german.stdout
    found = json.loads(run("evidence", "--dossier", folder, "--format", "json").stdout)
    assert [len(s["facts"]) for a in found["articles"] for s in a["sentences"]] == [1, 1, 0]


def test_a_fault_is_the_answer_no(run: Run, folder: Path, articles: Path) -> None:
    """Exit code 1 for a span that does not hold, 2 for a folder that is not there."""
    (articles / "bridge.txt").write_text("x", encoding="utf-8")
    assert run("evidence", "--dossier", folder, "--articles", articles).exit_code == 1
    missing = run("evidence", "--dossier", folder, "--articles", "no")
    assert missing.exit_code == 2
    assert missing.stderr == ("error: there is no folder 'no' with the texts of the articles\n")


def test_the_shipped_dossier_is_covered() -> None:
    """Every sentence of both articles carries facts or a note, and the seals hold."""
    found = coverage(Dossier.shipped())
    assert [len(sentences) for sentences in found.articles.values()] == [21, 41]
    assert (found.uncovered, found.without_evidence, found.broken_seals) == ([], [], [])
    assert found.holds


def test_the_shipped_dossier_stands_in_the_articles() -> None:
    """Every passage and quotation has the offsets and the hash of the real text."""
    texts = os.environ.get("STANDPUNKT_ARTICLES")
    if not texts:
        pytest.skip("STANDPUNKT_ARTICLES names no folder with the articles")
    found = verify(Dossier.shipped(), Path(texts))
    assert (found.checked, found.faults) == (70, [])


def test_faults_are_told_in_german(run: Run, folder: Path, articles: Path) -> None:
    """What is wrong with a span is in the reader's language."""
    article = articles / "bridge.txt"
    article.write_text(f"Neu. {TEXT}", encoding="utf-8", newline="")
    found = run("evidence", "--dossier", folder, "--articles", articles, "--lang", "de").stdout
    assert "die Datei ist nicht der Text, den das Dossier kennt" in found
    assert "der Text bei 0 bis 17 ist ein anderer; was gemeint ist, steht bei 5 bis 22" in found
