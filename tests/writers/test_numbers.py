"""Tables, and the numbers of lists and notes, on paper."""

from __future__ import annotations

import pymupdf
import pytest
from weasyprint.formatting_structure import boxes

from exporter.article import Article, List, ListKind, NoteRef, Table, Text
from exporter.choices import Digits, Numerals
from tests.writers.page import METADATA, make, p, pdfium_text
from tests.writers.paper import laid_out, of_class, texts


def cells(*texts_: str) -> tuple[tuple[Text], ...]:
    return tuple((Text(text),) for text in texts_)


def table(rows: int) -> Article:
    """A table with a column of numbers between two of words."""
    header = cells("الاسم", "العدد", "البلد")
    body = tuple(cells(f"اسم {number}", str(7**number), "بلد") for number in range(rows))
    return Article(METADATA, (p("جدول:"), Table(body, header)))


def test_the_header_is_repeated_on_the_next_page() -> None:
    with pymupdf.open(stream=make(table(40), page="a5").data) as document:
        pages = [page.get_text() for page in document]
    assert len(pages) > 1
    assert all("العدد" in page for page in pages)


def test_columns_run_from_right_to_left() -> None:
    document = laid_out(table(3), page="a5")
    rows = [
        [cell.position_x for cell in box.children]
        for page in document.pages
        for box in page._page_box.descendants()
        if isinstance(box, boxes.TableRowBox)
    ]
    assert len(rows) >= 4
    assert all(row == sorted(row, reverse=True) and len(row) == 3 for row in rows)


def test_numbers_line_up_at_their_units() -> None:
    document = laid_out(table(9), page="a5")
    found = [box for _, box in of_class(document, "numeric") if isinstance(box, boxes.TableCellBox)]
    assert len(found) == 9
    edges = [text.position_x + text.width for box in found for text in texts(box)]
    assert edges == pytest.approx([edges[0]] * 9, abs=0.05)
    widths = {len(text.text): text.width for box in found for text in texts(box)}
    assert max(widths.values()) / max(widths) == pytest.approx(widths[1], abs=0.05)


def listed(start: int = 1) -> Article:
    nested = List(((p("داخلي"),), (p("آخر"),)), ListKind.NUMBERED)
    numbered = List(
        ((p("سطر"), nested), (p("سطر ثان", NoteRef("a")),)), ListKind.NUMBERED, start=start
    )
    notes = {"a": (p("نص الحاشية"),), "b": (p("حاشية أخرى"),)}
    return Article(METADATA, (numbered, p("وهنا", NoteRef("b"))), notes=notes)


def markers(article: Article, **settings: object) -> list[str]:
    """The labels of lists and notes, in the order of the page."""
    document = laid_out(article, **settings)
    return [
        "".join(text.text for text in texts(box)).strip()
        for page in document.pages
        for box in page._page_box.descendants(placeholders=True)
        if (box.element_tag or "").endswith(("::marker", "::footnote-marker", "::footnote-call"))
        and isinstance(box, (boxes.InlineBox, boxes.BlockBox))
        and texts(box)
    ]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"digits": Digits.ARABIC}, ["٤.", "١.", "٢.", "٥.", "(١)", "(٢)", "(١)", "(٢)"]),
        ({"digits": Digits.WESTERN}, ["4.", "1.", "2.", "5.", "(1)", "(2)", "(1)", "(2)"]),
        ({"numerals": Numerals.ABJAD}, ["د.", "أ.", "ب.", "هـ.", "(أ)", "(ب)", "(أ)", "(ب)"]),
    ],
    ids=["Arabic digits", "Western digits", "abjad"],
)
def test_lists_and_notes_are_numbered_as_asked(
    settings: dict[str, object], expected: list[str]
) -> None:
    assert markers(listed(start=4), **settings) == expected


def test_abjad_goes_on_in_digits_after_its_last_letter() -> None:
    long = List(tuple((p("بند"),) for _ in range(30)), ListKind.NUMBERED)
    found = markers(Article(METADATA, (long,)), numerals=Numerals.ABJAD, digits=Digits.ARABIC)
    assert found[26:] == ["ظ.", "غ.", "٢٩.", "٣٠."]


def test_a_folio_is_a_number_still() -> None:
    body = tuple(p("كلام كثير يملأ الصفحة حتى آخرها. " * 30) for _ in range(4))
    artifact = make(
        Article(METADATA, body), page="a5", numerals=Numerals.ABJAD, digits=Digits.ARABIC
    )
    assert "٢" in pdfium_text(artifact)
