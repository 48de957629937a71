"""A word cut by a tag keeps its joined forms, and only where its letters join."""

import pytest

from exporter.arabic.joins import JOIN, join_across
from exporter.article import (
    Direction,
    Emphasis,
    Inline,
    Inlines,
    Isolate,
    LineBreak,
    Strong,
    Text,
    inline_text,
)


def joined(*parts: str | Inline) -> str:
    inlines: Inlines = tuple(Text(part) if isinstance(part, str) else part for part in parts)
    return inline_text(join_across(inlines)).replace(JOIN, "+")


def b(text: str) -> Strong:
    return Strong((Text(text),))


CASES = {
    "both letters join": (("كت", b("اب")), "كت++اب"),
    "alef does not join what follows": (("كتا", b("ب")), "كتاب"),
    "a space parts words": (("كتاب ", b("جديد")), "كتاب جديد"),
    "marks are looked through": (("كَتَ", b("ب")), "كَتَ++ب"),
    "tatweel joins": (("كتـ", b("اب")), "كتـ++اب"),
    "Latin never joins": (("ب", b("Foo")), "بFoo"),
    "a tag inside a tag": (("ك", Emphasis((b("ت"),)), "اب"), "ك++ت++اب"),
    "a line break parts": (("كت", LineBreak(), b("اب")), "كت\nاب"),
    "an isolate parts": (("كت", Isolate((Text("اب"),), Direction.RTL)), "كتاب"),
    "Persian letters join": (("پی", b("چ")), "پی++چ"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_joiners(case: tuple[tuple[str | Inline, ...], str]) -> None:
    parts, expected = case
    assert joined(*parts) == expected
