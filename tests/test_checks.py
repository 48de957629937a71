"""`exporter check`: a sound file passes, and each fault put into one is said in plain words."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pikepdf
import pymupdf
import pytest

import exporter
from exporter import checks, pipeline, themes
from exporter.article import Article
from exporter.checks import book, judges, paper, verapdf
from exporter.checks.results import Finding, Result, State, has_faults, report
from exporter.checks.text import faults
from exporter.choices import Device, Settings
from exporter.cli import main
from exporter.errors import SourceError, UsageError
from exporter.messages import LANGUAGES, catalogue
from exporter.publication import Cover
from tests.conftest import require_judges
from tests.judges import ace, javascript
from tests.judges.browser import FOLDER
from tests.writers.book import ARTICLE, ENGLISH, NO_COVER, PLAIN, paragraph, unpacked, written

CHAPTER = "EPUB/text/article-001.xhtml"
PACKAGE = "EPUB/content.opf"
LONG = replace(
    ARTICLE,
    body=(
        *ARTICLE.body,
        *(paragraph("في البيت القديم على التل عاش الرجل مع الكتب.") for _ in range(9)),
    ),
)


@pytest.fixture(scope="module")
def sound() -> dict[str, bytes]:
    return unpacked(written(LONG, cover=Cover()).data)


@pytest.fixture(scope="module")
def sound_pdf() -> bytes:
    return pdf_of(LONG)


def pdf_of(article: Article) -> bytes:
    theme = themes.load("naskh", Settings())
    (made,) = pipeline.publish(article, theme, formats=["pdf"], cover=NO_COVER)
    return made.data


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def codes(result: Result) -> set[str]:
    return {finding.code for finding in result.findings}


# --- e-books --------------------------------------------------------------------------------


@pytest.mark.parametrize("device", Device)
def test_our_own_books_have_nothing_wrong(device: Device) -> None:
    made = written(LONG, cover=Cover(), settings=Settings(device=device)).data
    assert book.check(made) == Result("exporter", State.PASSED)


def test_an_english_book_goes_the_other_way() -> None:
    assert book.check(written(ENGLISH, cover=Cover()).data).findings == ()


# The file, what is replaced there by what, and the finding that must be made.
FAULTS = {
    "the wrong side": (PACKAGE, b' page-progression-direction="rtl"', b"", "check-spine-direction"),
    "a page of no side": (CHAPTER, b' dir="rtl"', b"", "check-page-direction"),
    "no language": (PACKAGE, b"<dc:language>ar</dc:language>", b"", "check-no-language"),
    "a page without": (CHAPTER, b' lang="ar" xml:lang="ar"', b"", "check-page-language"),
    "no title": (PACKAGE, b"<dc:title ", b"<dc:subject ", "check-no-title"),
    "no contents": (PACKAGE, b' properties="nav"', b"", "check-no-nav"),
    "no contents of old": (PACKAGE, b"application/x-dtbncx+xml", b"text/plain", "check-no-ncx"),
    "a lost font": (
        "EPUB/styles/book.css",
        b"Amiri-Regular.ttf",
        b"Lost.ttf",
        "check-font-missing",
    ),
    "no package": ("META-INF/container.xml", b"content.opf", b"lost.opf", "check-unreadable"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_book_is_found_and_no_other(name: str, sound: dict[str, bytes]) -> None:
    file, old, new, code = FAULTS[name]
    assert old in sound[file]
    broken = sound | {file: sound[file].replace(old, new)}
    if name == "no title":
        broken[file] = broken[file].replace(b"</dc:title>", b"</dc:subject>")
    assert codes(book.check(packed(broken))) == {code}


def test_a_book_without_its_cover_named_is_found(sound: dict[str, bytes]) -> None:
    package = sound[PACKAGE].replace(b' properties="cover-image"', b"")
    package = package.replace(b'<meta name="cover" content="cover-image"/>', b"")
    assert codes(book.check(packed(sound | {PACKAGE: package}))) == {"check-no-cover"}


def test_what_is_no_book_is_unreadable() -> None:
    assert codes(book.check(b"no book")) == {"check-unreadable"}
    assert codes(book.check(packed({"a": b""}))) == {"check-unreadable"}


# --- texts ----------------------------------------------------------------------------------

SENTENCE = "في البيت القديم على التل عاش الرجل مع الكتب والأقلام في الهدوء " * 4


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (SENTENCE, set()),
        ("\n".join(line[::-1] for line in SENTENCE.splitlines()), {"check-text-reversed"}),
        ("\ufe8d\ufedf\ufedc\ufe98\ufe8e\ufe8f", {"check-presentation-forms"}),
        ("قال ﷺ و﴿آية﴾ وﷲ", set()),
        ("12 … 3", {"check-no-text"}),
        ("", {"check-no-text"}),
    ],
    ids=["sound", "turned", "drawn", "ligatures", "digits", "empty"],
)
def test_a_text_is_told_from_one_made_for_a_display(text: str, found: set[str]) -> None:
    assert {finding.code for finding in faults(text)} == found


# --- PDF ------------------------------------------------------------------------------------


def test_our_own_pdf_has_nothing_wrong(sound_pdf: bytes) -> None:
    assert paper.check(sound_pdf) == Result("exporter", State.PASSED)


@pytest.mark.parametrize("phrase", ["Google Chrome OS", "T430"])
def test_a_pdf_with_a_latin_phrase_need_not_say_how_it_turns(phrase: str) -> None:
    body = tuple(paragraph(f"{SENTENCE} {phrase} {SENTENCE}") for _ in range(2))
    assert paper.check(pdf_of(replace(LONG, body=body))) == Result("exporter", State.PASSED)


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def without_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def without_direction(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences.Direction


def without_title(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (without_language, "check-no-language"),
        (without_tags, "check-not-tagged"),
        (without_title, "check-no-title"),
    ],
)
def test_a_fault_of_a_pdf_is_found_and_no_other(
    change: Callable[[pikepdf.Pdf], None], code: str, sound_pdf: bytes
) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sound_pdf)) as pdf:
        change(pdf)
        pdf.save(out)
    assert codes(paper.check(out.getvalue())) == {code}


def test_an_arabic_pdf_that_does_not_say_how_it_turns_is_found() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of(replace(PLAIN, body=(paragraph(SENTENCE),))))) as pdf:
        without_direction(pdf)
        pdf.save(out)
    assert codes(paper.check(out.getvalue())) == {"check-pdf-direction"}


def test_a_font_that_is_not_in_the_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "plain.pdf"
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), "Hello", fontname="helv")
        document.save(path)
    found = paper.check(path.read_bytes())
    assert Finding("check-font-not-embedded", "Helvetica") in found.findings
    assert "check-pdf-direction" not in codes(found)


def test_what_is_no_pdf_is_unreadable() -> None:
    assert codes(paper.check(b"no pdf")) == {"check-unreadable"}


# --- the command ----------------------------------------------------------------------------


def test_the_command_says_it_in_plain_words_and_by_its_exit_code(
    tmp_path: Path,
    sound: dict[str, bytes],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(judges, "JUDGES", {".epub": (), ".pdf": ()})
    good, bad = tmp_path / "جيد.epub", tmp_path / "bad.epub"
    good.write_bytes(packed(sound))
    package = sound[PACKAGE].replace(b' page-progression-direction="rtl"', b"")
    bad.write_bytes(packed(sound | {PACKAGE: package}))
    assert main(["check", str(good)]) == 0
    assert "Nothing wrong was found" in capsys.readouterr().out
    assert main(["check", str(good), str(bad)]) == 1
    said = capsys.readouterr().out
    assert "readers open it from the wrong side" in said
    assert f"\n\n{bad}\n" in said
    assert said.startswith(f"{good}\n")
    monkeypatch.setenv("LC_ALL", "ar_EG.UTF-8")
    assert main(["check", str(bad)]) == 1
    assert "من الجهة الخطأ" in capsys.readouterr().out


def test_python_has_it_too(
    tmp_path: Path, sound: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bad.epub"
    package = sound[PACKAGE].replace(b"<dc:language>ar</dc:language>", b"")
    path.write_bytes(packed(sound | {PACKAGE: package}))
    monkeypatch.setattr(judges, "JUDGES", {".epub": ()})
    own = exporter.check(str(path))[0]
    assert (own.judge, own.state) == ("exporter", "failed")
    assert [finding.message for finding in own.findings] == [
        "It does not say its language, so screen readers and fonts can't know it."
    ]


def test_other_files_and_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"book\.mobi.*\.epub, \.pdf"):
        checks.check(tmp_path / "book.mobi")
    with pytest.raises(SourceError, match="no such file"):
        checks.check(tmp_path / "lost.epub")
    assert main(["check"]) == 2
    assert main(["check", str(tmp_path / "lost.epub")]) == 1


def test_a_file_of_another_kind_does_not_keep_the_next_from_its_verdict(
    tmp_path: Path,
    sound: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(judges, "JUDGES", {".epub": (), ".pdf": ()})
    path = tmp_path / "a.epub"
    path.write_bytes(packed(sound))
    assert main(["check", str(tmp_path / "b.txt"), str(path)]) == 2
    assert str(path) in capsys.readouterr().out


def test_judges_that_are_missing_are_named_and_decide_nothing(
    tmp_path: Path, sound: dict[str, bytes], sound_pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_args, **_named: None)
    for name, data in (("a.epub", packed(sound)), ("a.pdf", sound_pdf)):
        path = tmp_path / name
        path.write_bytes(data)
        results = checks.check(path)
        assert {result.state for result in results[1:]} == {State.NOT_RUN}
        assert not has_faults(results)
        said = "\n".join(report(results, "en"))
        for result in results[1:]:
            assert result.judge in said.splitlines()[-1]


def test_an_odd_answer_of_a_judge_leaves_the_others_their_say(
    tmp_path: Path, sound_pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(*_: object) -> NoReturn:
        raise ValueError("not enough values to unpack")

    monkeypatch.setattr(verapdf, "validate_each", odd)
    path = tmp_path / "a.pdf"
    path.write_bytes(sound_pdf)
    results = {result.judge: result for result in checks.check(path)}
    assert results["PDF/UA-1"].state is State.NOT_RUN
    assert {"exporter", "qpdf"} <= results.keys()


def test_many_findings_are_counted() -> None:
    result = Result("x", State.FAILED, tuple(Finding("check-said", str(n)) for n in range(20)))
    assert "    and 8 more" in list(report([result], "en"))


def test_every_finding_has_its_sentence_in_each_language() -> None:
    sources = Path(checks.__file__).parent.glob("*.py")
    named = {
        word
        for path in sources
        for word in path.read_text(encoding="utf-8").split('"')
        if word.startswith("check-") and "{" not in word
    }
    assert len(named) > 20
    for language in LANGUAGES:
        assert named <= catalogue(language).keys()


@pytest.mark.judge
@pytest.mark.slow
def test_the_judges_of_the_system_are_asked(
    tmp_path: Path, sound: dict[str, bytes], sound_pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = javascript.node()
    require_judges(ace.is_installed() and node is not None, "Ace and its browser")
    assert node
    folders = (FOLDER / "node_modules" / ".bin", node.parent, os.environ["PATH"])
    monkeypatch.setenv("PATH", os.pathsep.join(map(str, folders)))
    good, bad, pdf = (tmp_path / name for name in ("good.epub", "bad.epub", "good.pdf"))
    good.write_bytes(written(LONG, cover=Cover()).data)
    chapter = sound[CHAPTER].replace(b"</p>", b"</p><unknown/>", 1).replace(b" alt=", b" data-x=")
    bad.write_bytes(written(LONG).data)
    with zipfile.ZipFile(bad, "w") as archive:
        for name, data in (sound | {CHAPTER: chapter}).items():
            archive.writestr(name, data)
    pdf.write_bytes(sound_pdf)
    assert [(one.judge, one.state) for one in checks.check(good)] == [
        (name, State.PASSED) for name in ("exporter", "epubcheck", "Ace")
    ]
    states = {one.judge: one.state for one in checks.check(bad)}
    assert states == {"exporter": "passed", "epubcheck": "failed", "Ace": "failed"}
    assert [(one.judge, one.state) for one in checks.check(pdf)] == [
        (name, State.PASSED)
        for name in ("exporter", "PDF/UA-1 (veraPDF)", "PDF/A-3a (veraPDF)", "qpdf", "pdffonts")
    ]
