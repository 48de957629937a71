"""Direction as markup, over whole articles."""

import pytest

from exporter.article import (
    Article,
    Direction,
    Heading,
    Isolate,
    Link,
    List,
    Metadata,
    Paragraph,
    Strong,
    Sub,
    Sup,
    Text,
    Verse,
    VerseLine,
    inline_text,
)
from exporter.transforms import transform
from exporter.transforms.direction import isolate_inlines, order_article, order_inlines

DATE = Isolate((Text("2024-05-12"),), Direction.LTR)


def test_patterns_are_isolated_in_every_kind_of_block_and_in_notes() -> None:
    words = (Text("في 2024-05-12"),)
    verse = Verse((VerseLine((words, words)),))
    body = (Heading(words), Paragraph((Strong(words),)), List(((Paragraph(words),),)), verse)
    article = transform(Article(Metadata("عنوان"), body, {"n": (Paragraph(words),)}))
    isolated = (Text("في "), DATE)
    assert article.body == (
        Heading(isolated),
        Paragraph((Strong(isolated),)),
        List(((Paragraph(isolated),),)),
        Verse((VerseLine((isolated, isolated)),)),
    )
    assert article.notes == {"n": (Paragraph(isolated),)}


def test_a_link_s_own_address_does_not_become_a_link_in_a_link() -> None:
    link = Link((Text("https://example.org/a"),), "https://example.org/b")
    article = transform(Article(Metadata("عنوان"), (Paragraph((link,)),)))
    shown = Isolate((Text("https://example.org/a"),), Direction.LTR)
    assert article.body == (Paragraph((Link((shown,), "https://example.org/b"),)),)


@pytest.mark.parametrize(("language", "wrapped"), [("ar", "Foo"), ("en", "سلام")])
def test_runs_are_those_against_the_article_s_own_direction(language: str, wrapped: str) -> None:
    body = (Paragraph((Text("سلام Foo سلام") if language == "ar" else Text("Foo سلام Foo"),)),)
    (paragraph,) = order_article(Article(Metadata("عنوان", language=language), body)).body
    assert isinstance(paragraph, Paragraph)
    runs = [inline_text((part,)) for part in paragraph.inlines if isinstance(part, Isolate)]
    assert runs == [wrapped]


def test_a_text_of_book_length_is_parted_at_spaces_and_nothing_is_lost() -> None:
    text = "كلمة " * 50_000
    pieces = order_inlines((Text(text),), direction=Direction.RTL)
    assert inline_text(pieces) == text
    assert len(pieces) > 10
    for piece in pieces[:-1]:
        assert isinstance(piece, Isolate)
        assert piece.direction is Direction.RTL
        assert inline_text((piece,)).endswith(" ")
        assert len(inline_text((piece,))) < 6_000


def test_a_formula_across_a_superscript_is_left_in_one_run() -> None:
    formula = (
        Text("فهي E = mc"),
        Sup((Text("2"),)),
        Text(" + (λ"),
        Sub((Text("0"),)),
        Text(" − λ)."),
    )
    assert isolate_inlines(formula) == formula
