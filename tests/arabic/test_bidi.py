"""Runs that UAX #9 turns round stand in one element each, across tags."""

import pytest

from exporter.arabic.bidi import order_runs, paragraph_direction
from exporter.article import (
    CodeSpan,
    Direction,
    Emphasis,
    Inline,
    Inlines,
    Isolate,
    LineBreak,
    Link,
    NoteRef,
    Strong,
    Sub,
    Text,
    inline_text,
)


def outline(inlines: Inlines) -> str:
    """Show the nesting of inlines: `<ltr …>`, `<rtl …>` for isolates, `*…*` for wrappers."""
    return "".join(map(_outline, inlines))


def _outline(inline: Inline) -> str:
    match inline:
        case Isolate(children, direction):
            return f"<{direction} {outline(children)}>"
        case Text(text) | CodeSpan(text):
            return text
        case LineBreak():
            return "/"
        case NoteRef(note):
            return f"[{note}]"
        case Strong() | Emphasis() | Link() | Sub():
            return f"*{outline(inline.children)}*"
        case _:
            raise AssertionError(inline)


def b(*parts: str | Inline) -> Strong:
    return Strong(_inlines(parts))


def _inlines(parts: tuple[str | Inline, ...]) -> Inlines:
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


CASES = {
    "a name alone": (("قال Google إن",), "قال <ltr Google> إن"),
    "a name across tags is one run": (
        ("نظام Google ", b("Chrome"), " OS جيد"),
        "نظام <ltr Google *Chrome* OS> جيد",
    ),
    "a run inside a tag stays inside": (
        ("قرأت ", b("كتاب Python الجديد"), " أمس"),
        "قرأت *كتاب <ltr Python> الجديد* أمس",
    ),
    "a tag that a run leaves is split": (
        ("في ", b("نص Foo"), " Bar هنا"),
        "في *نص *<ltr *Foo* Bar> هنا",
    ),
    "a subscript keeps its formula together": (
        ("الماء H", Sub((Text("2"),)), "O نقي"),
        "الماء <ltr H*2*O> نقي",
    ),
    "a range after Arabic is read right to left": (
        ("عام 1990-1995",),
        "عام <ltr 1990>-<ltr 1995>",
    ),
    "a score in a tag of its own is ordered by its context": (
        ("فاز ", b("2-1")),
        "فاز *<ltr 2>-<ltr 1>*",
    ),
    "brackets round a Latin run stay with the Arabic": (
        ("المصدر (Open Source) حر",),
        "المصدر (<ltr Open Source>) حر",
    ),
    "brackets after a name belong to the name": (
        ("شركة Acme (US) هنا",),
        "شركة <ltr Acme (US)> هنا",
    ),
    "Arabic between Latin runs parts them": (
        ("قال: «the word سلام means peace» ثم",),
        "قال: «<ltr the word> سلام <ltr means peace>» ثم",
    ),
    "a line break ends the paragraph": (
        ("سطر Foo", LineBreak(), "Bar سطر"),
        "سطر <ltr Foo>/<ltr Bar> سطر",
    ),
    "a note's call stays on the reading side of the name": (
        ("قال Foo", NoteRef("1"), " ثم"),
        "قال <ltr Foo>[1] ثم",
    ),
    "an isolate is one neutral to its surroundings": (
        ("في ", Isolate((Text("2024-05-12"),), Direction.LTR), " صدر"),
        "في <ltr 2024-05-12> صدر",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_runs_are_wrapped(case: tuple[tuple[str | Inline, ...], str]) -> None:
    parts, expected = case
    assert outline(order_runs(_inlines(parts), direction=Direction.RTL)) == expected


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_no_character_is_lost_or_moved(case: tuple[tuple[str | Inline, ...], str]) -> None:
    inlines = _inlines(case[0])
    assert inline_text(order_runs(inlines, direction=Direction.RTL)) == inline_text(inlines)


def test_arabic_in_a_left_to_right_paragraph_is_wrapped() -> None:
    ordered = order_runs((Text("He said سلام 12 twice"),), direction=Direction.LTR)
    assert outline(ordered) == "He said <rtl سلام <ltr 12>> twice"


def test_a_split_link_keeps_its_target_in_both_parts() -> None:
    link = Link((Text("نص Foo"),), "https://example.org/")
    ordered = order_runs((link, Text(" Bar")), direction=Direction.RTL)
    first, run = ordered
    assert isinstance(run, Isolate)
    assert first == Link((Text("نص "),), "https://example.org/")
    assert run.children[0] == Link((Text("Foo"),), "https://example.org/")


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("This is a whole sentence in English (or not?).", Direction.LTR),
        ("Google Chrome", Direction.RTL),
        ("Google Chrome OS is what he calls نظام", Direction.RTL),
        ("The word الفصاحة is used in two of the papers.", Direction.LTR),
        ("Ce mot, البيان, est le plus ancien de tous dans le livre.", Direction.LTR),
        ("The Lord of the Rings: The Return of the King فيلم", Direction.RTL),
        ("git commit --amend --no-edit --quiet لتعديل", Direction.RTL),
        ("Harry is the one that he calls صديقه القديم من أيام المدرسة", Direction.RTL),
        ("يقول This is the word of the day in English", Direction.RTL),
        ("نص عربي", Direction.RTL),
    ],
)
def test_a_sentence_in_another_script_has_its_own_direction(
    text: str, direction: Direction
) -> None:
    assert paragraph_direction(text, default=Direction.RTL) is direction
