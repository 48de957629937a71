"""The extractors return the text of a PDF, and the rate says how much of it is wrong."""

from pathlib import Path

import pymupdf
import pytest

from tests.judges import text

SENTENCE = "Twelve brave knights, quickly: 1990-1995."


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("text") / "two-pages.pdf"
    with pymupdf.open() as document:
        for line in (SENTENCE, "Second page."):
            document.new_page().insert_text((72, 72), line)
        document.save(path)
    return path


@pytest.mark.usefixtures("pdftotext")
@pytest.mark.parametrize("name", text.EXTRACTORS)
def test_all_pages_come_back(pdf: Path, name: str) -> None:
    found = text.EXTRACTORS[name](pdf)
    assert found.split() == [*SENTENCE.split(), "Second", "page."]


@pytest.mark.usefixtures("pdftotext")
@pytest.mark.parametrize("name", text.EXTRACTORS)
def test_a_picture_of_text_has_none(pdf: Path, tmp_path: Path, name: str) -> None:
    picture = tmp_path / "picture.pdf"
    with pymupdf.open(pdf) as source, pymupdf.open() as target:
        target.new_page().insert_image(pymupdf.Rect(0, 0, 595, 842), pixmap=source[0].get_pixmap())
        target.save(picture)
    assert text.character_error_rate(SENTENCE, text.EXTRACTORS[name](picture)) == 1


def test_the_rate_counts_characters_and_their_order() -> None:
    assert text.character_error_rate("قال محمد", "قال\n محمد") == 0
    assert text.character_error_rate("قال محمد", "قال محمود") == pytest.approx(1 / 7)
    assert text.character_error_rate("قال محمد", "دمحم لاق") > 0.5
    assert text.character_error_rate("abc", "") == 1


def test_nothing_expected_has_no_rate() -> None:
    with pytest.raises(ValueError, match="expected"):
        text.character_error_rate(" ", "text")
