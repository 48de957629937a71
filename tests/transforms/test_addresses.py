"""The addresses of links as notes of an article on paper."""

import re

import pytest

from exporter.arabic.printed_addresses import NO_BREAK
from exporter.article import (
    Article,
    CodeSpan,
    Direction,
    Heading,
    Image,
    Inline,
    Inlines,
    Isolate,
    Link,
    List,
    Metadata,
    NoteRef,
    Paragraph,
    Strong,
    Text,
    blocks_text,
    inline_text,
)
from exporter.transforms.addresses import address_shown, is_address, with_addresses, with_breaks

FIRST, SECOND = "https://example.org/1", "https://example.org/2"


def link(words: str, href: str = FIRST) -> Link:
    return Link((Text(words),), href)


def called(*inlines: object) -> Inlines:
    article = Article(Metadata("عنوان"), (Paragraph(inlines),))  # type: ignore[arg-type]
    (block,) = with_addresses(article).body
    assert isinstance(block, Paragraph)
    return block.inlines


def test_a_link_calls_the_note_of_its_address_behind_it() -> None:
    inlines = called(Text("زار "), link("الموقع"), Text("، ثم عاد"))
    key = f"address {FIRST}"
    assert inlines == (Text("زار "), link("الموقع"), NoteRef(key), Text("، ثم عاد"))
    assert is_address(key)


def test_links_that_show_their_address_or_a_picture_call_none() -> None:
    inlines = (
        link("https://example.org/1"),
        Link((Isolate((Text("example.org/1"),), Direction.LTR),), FIRST),
        Link((Image("a", "صورة"),), FIRST),
    )
    assert called(*inlines) == inlines


def test_notes_are_in_the_order_of_their_calls_and_one_address_has_one() -> None:
    body = (
        Heading((link("أول"),)),
        Paragraph((Text("نص"), NoteRef("own"), link("ثان", SECOND))),
        List((((Paragraph((Strong((link("أول مرة أخرى"),)),)),)),)),
    )
    article = with_addresses(
        Article(Metadata("عنوان"), body, {"own": (Paragraph((Text("هامش"),)),)})
    )
    assert list(article.notes) == [f"address {FIRST}", "own", f"address {SECOND}"]
    assert blocks_text(article.notes[f"address {FIRST}"]) == FIRST


@pytest.mark.parametrize(
    ("inlines", "expected"),
    [
        ((link("Open"), Text("AI هنا")), "[Open]AI^ هنا"),
        ((Text("و"), link("كتاب"), Text("\N{ARABIC FATHA}هم.")), "و[كتاب]َهم^."),
        ((Strong((link("Harry"),)), Text("’s book")), "*[Harry]*’s^ book"),
        ((link("كتا"), Strong((Text("ب"),)), Text("ي")), "[كتا]*ب*ي^"),
        ((link("Op"), link("en", SECOND), Text("AI")), "[Op]^[en]AI^"),
        ((link("كتاب"), Text("، ثم")), "[كتاب]^، ثم"),
        ((link("كتاب."), Text("ثم")), "[كتاب.]^ثم"),
    ],
)
def test_a_link_around_a_part_of_a_word_calls_its_note_behind_the_word(
    inlines: Inlines, expected: str
) -> None:
    assert outline(called(*inlines)) == expected


def outline(inlines: Inlines) -> str:
    """Show a link as `[…]`, strong words as `*…*` and a call as `^`."""
    return "".join(map(_outline, inlines))


def _outline(inline: Inline) -> str:
    match inline:
        case Link(children):
            return f"[{outline(children)}]"
        case Strong(children):
            return f"*{outline(children)}*"
        case NoteRef():
            return "^"
        case _:
            return inline_text((inline,))


def test_in_a_note_the_address_stands_behind_the_words() -> None:
    notes = {"own": (Paragraph((Text("انظر "), link("الكتاب"), Text("."))),)}
    article = with_addresses(Article(Metadata("عنوان"), (Paragraph((NoteRef("own"),)),), notes))
    assert blocks_text(article.notes["own"]) == f"انظر الكتاب ({FIRST})."
    assert list(article.notes) == ["own"]


def test_a_call_stands_outside_of_a_run_of_another_direction() -> None:
    run = Isolate((Text("see "), link("Paper")), Direction.LTR, "en")
    assert called(run, Text(" وبعدها")) == (run, NoteRef(f"address {FIRST}"), Text(" وبعدها"))


def test_each_arabic_part_of_an_address_has_its_own_direction() -> None:
    shown = address_shown("https://example.org/%D8%A3%D9%88%D9%84/%D8%AB%D8%A7%D9%86_%D9%85?a=1")
    assert shown == Isolate(
        (
            Text("https://example.org/"),
            Isolate((Text("أول"),), Direction.RTL),
            Text("/"),
            Isolate((Text("ثان_م"),), Direction.RTL),
            Text("?a=1"),
        ),
        Direction.LTR,
    )


def test_only_long_addresses_have_places_for_the_end_of_a_line() -> None:
    short = (Isolate((Text("C++/CLI"),), Direction.LTR),)
    words = (Isolate((Text("a long sentence with example.org/a in it"),), Direction.LTR),)
    assert with_breaks(short) == short
    assert with_breaks(words) == words
    (broken,) = with_breaks((Isolate((Text("https://example.org/a/long/one"),), Direction.LTR),))
    assert len(inline_text((broken,))) > len("https://example.org/a/long/one")


@pytest.mark.parametrize("words", ["iconv -f UTF-8", "tar --extract", "-x"])
def test_no_line_ends_after_the_sign_that_a_word_begins_with(words: str) -> None:
    for inline in (Text(words), CodeSpan(words)):
        (held,) = with_breaks((inline,))
        assert inline_text((held,)) == re.sub("(?<![A-Z])-(?=[a-z])", f"-{NO_BREAK}", words)


@pytest.mark.parametrize("words", ["UTF-8", "e-mail", "- أولا", "1990-1995", "2 -3"])
def test_other_hyphens_stay_as_they_are(words: str) -> None:
    assert with_breaks((Text(words),)) == (Text(words),)
