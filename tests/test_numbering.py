"""Papers: what gets numbers, keywords after the abstract, references."""

from __future__ import annotations

import re

import pymupdf
import pytest

from exporter import publication, themes
from exporter.article import (
    Article,
    Block,
    Figure,
    Heading,
    Image,
    Metadata,
    Paragraph,
    Text,
    inline_text,
)
from exporter.choices import Settings
from exporter.numbering import numbered
from tests.test_bundled_themes import PLAIN, made, member, printed, text_of


def test_a_paper_numbers_headings_figures_and_tables() -> None:
    pdf, epub = made("paper", "bahth")
    text = text_of(pdf)
    for words in (
        *("١. مقدمة", "٢-١. العيّنة", "٢-٣. خطوات التجربة", "٤-٢. حدود البحث", "٥. خاتمة"),
        *("الجدول ١: متوسط السرعة", "الشكل ١: سرعة القراءة"),
    ):
        assert words in re.sub(r"\s+", " ", text)
    with pymupdf.open(stream=pdf.data) as document:
        outline = [" ".join(title.split()) for _, title, _ in document.get_toc()]
    assert outline[1:6] == [
        "الملخّص",
        "١. مقدمة",
        "٢. الطريقة",
        "٢-١. العيّنة",
        "٢-٢. النصوص والأدوات",
    ]
    assert outline[-1] == "المراجع"
    assert "٢-١.\N{NO-BREAK SPACE}العيّنة" in member(epub, "nav.xhtml")


def test_the_other_themes_number_nothing() -> None:
    pdf = printed("paper", "naskh")
    assert "الجدول ١" not in text_of(pdf)
    assert "١. مقدمة" not in text_of(pdf)


def test_keywords_follow_the_abstract_and_references_hang() -> None:
    for page in (member(made("paper", "bahth")[1], "article-001.xhtml"),):
        abstract, _, rest = page.partition('<div class="section abstract">')[2].partition("</div>")
        assert abstract.index("الملخّص") < abstract.index("الكلمات المفتاحية:")
        assert '<div class="section references">' in rest
    pdf = printed("paper", "bahth", "a5")
    with pymupdf.open(stream=pdf.data) as document:
        page = next(page for page in document if page.search_for("الحلواني"))
        first = page.search_for("الحلواني")[0]
        second = page.search_for("الطفولة")[0]
        before = page.search_for("مجلة")[0]
    assert second.y0 > first.y0 + 5
    assert before.x1 < first.x1 - 12


def test_the_standfirst_of_an_article_is_the_abstract_of_a_paper() -> None:
    page = member(made("saved-page", "bahth")[1], "article-001.xhtml")
    assert "ملخّص:" in page
    assert "standfirst" not in page


def paper(*body: Block, language: str = "ar") -> tuple[str, ...]:
    """The texts of headings and captions as a paper numbers them."""
    metadata = Metadata("بحث", language=language, identifier="urn:uuid:1")
    article = Article(metadata, (*body, Paragraph((Text("نص ١٢"),))))
    bound = numbered(publication.single(article, cover=PLAIN), themes.load("bahth", Settings()))
    return tuple(
        inline_text(block.inlines if isinstance(block, Heading) else block.caption)
        for block in bound.articles[0].body
        if isinstance(block, (Heading, Figure))
    )


def heading(text: str, level: int = 2) -> Heading:
    return Heading((Text(text),), level)


@pytest.mark.parametrize(
    "own",
    ["1. مقدمة", "أولًا: مقدمة", "المبحث الأول: النشأة", "٢-١ العيّنة", "أ) مقدمة", "II. Method"],
)
def test_headings_that_their_author_numbered_stay_as_they_are(own: str) -> None:
    assert paper(heading(own), heading("خاتمة")) == (own, "خاتمة")


def test_a_number_counts_anew_under_each_heading_above_it() -> None:
    body = [heading("أصل"), heading("فرع", 3), heading("ورقة", 4), heading("فرع", 3)]
    found = paper(*body, heading("أصل آخر"), heading("فرع", 3), heading("المراجع"))
    numbers = [text.partition("\N{NO-BREAK SPACE}")[0] for text in found]
    assert numbers == ["١.", "١-١.", "١-١-١.", "١-٢.", "٢.", "٢-١.", "المراجع"]


def test_a_caption_that_its_author_numbered_stays_as_it_is() -> None:
    picture = Image("p", "صورة")
    for own in ("الشكل 3: السرعة", "شكل (٢) السرعة"):
        assert paper(Figure(picture, (Text(own),))) == (own,)
    assert paper(Figure(picture, (Text("شكل البيت القديم"),))) == (
        "الشكل\N{NO-BREAK SPACE}١: شكل البيت القديم",
    )
    assert paper(Figure(picture)) == ("",)


def test_labels_are_in_the_words_and_digits_of_the_language() -> None:
    for language, label in (
        ("fa", "شکل\N{NO-BREAK SPACE}۱: "),
        ("en", "Figure\N{NO-BREAK SPACE}1: "),
    ):
        article = Article(
            Metadata("t", language=language, identifier="urn:uuid:1"),
            (Figure(Image("p", ""), (Text("x"),)),),
        )
        bound = numbered(publication.single(article, cover=PLAIN), themes.load("bahth", Settings()))
        (figure,) = bound.articles[0].body
        assert isinstance(figure, Figure)
        assert inline_text(figure.caption) == f"{label}x"
