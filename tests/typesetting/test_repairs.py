"""What WeasyPrint has wrong from right to left is right, and nothing else changes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise

import pytest
from weasyprint.document import Document, Page
from weasyprint.formatting_structure import boxes

from exporter.typesetting import (
    figures,
    footnotes,
    justification,
    line_breaking,
    lines,
    text_indent,
)
from exporter.typesetting.hooks import Hook
from tests.typesetting.layout import ALL, CSS, drawn, edges, lay_out, pdf, texts
from tests.typesetting.layout import lines as lines_of

WORDS = "في هذا النص كلمات كثيرة لا معنى لها وإنما تملأ الصفحة حتى تمتد الأسطر فيها. "
FLOATS = (
    '<div style="float:left;width:60px;height:70px"></div>'
    '<div style="float:right;width:50px;height:30px"></div>'
)
# Pages on which a hook has nothing to do, though it is asked.
IDLE = {
    lines.ONCE: f"<p>{WORDS * 4}{FLOATS}{WORDS * 4}<b style='font-size:40px'>كبير</b></p>{FLOATS}"
    f"<p>{WORDS}<span style='display:inline-block;width:80px'>{WORDS}</span>{WORDS * 3}</p>",
    lines.ABOVE: f"<p>{WORDS * 9}</p>",
    footnotes.AREA: f"<p>{WORDS * 30}</p>",
    footnotes.REPORT: f"<div style='columns: 2'><p>{WORDS * 30}</p></div>",
    footnotes.LINES: f"<p>{WORDS * 30}</p><p>{WORDS * 3}</p>",
    figures.HOOK: f"<p>{WORDS * 3}</p><div style='break-inside:avoid'>{WORDS * 30}</div>",
    **dict.fromkeys(line_breaking.STARTS, f"<p><b>{WORDS * 9}</b>{WORDS}<b>{WORDS}</b></p>"),
    text_indent.HOOK: f"<p>{WORDS * 9}</p><ul><li>{WORDS}</ul>",
}


@pytest.mark.parametrize("hook", IDLE, ids=lambda hook: hook.function)
def test_a_page_without_the_fault_is_the_same_with_the_hook_and_without(hook: Hook) -> None:
    others = tuple(one for one in ALL if one is not hook)
    assert pdf(IDLE[hook]) == pdf(IDLE[hook], hooks=others)


@pytest.mark.parametrize("hook", ALL, ids=lambda hook: hook.function)
def test_a_left_to_right_page_is_the_same_with_the_hook_and_without(hook: Hook) -> None:
    body = f"<h1>A title</h1><p>{'Some words of plain English prose. ' * 30}</p>{FLOATS}" * 2
    css = f"{CSS} p {{ text-indent: 1em }} html {{ --kashida: prose }}"
    others = tuple(one for one in ALL if one is not hook)
    ours = pdf(body, css=css, direction="ltr")
    assert ours == pdf(body, css=css, direction="ltr", hooks=others)


def test_a_page_that_asks_for_no_kashida_is_the_same_without_the_line_above() -> None:
    hooks = (justification.HOOK, lines.ONCE)
    body = f"<p>{WORDS * 9}</p>"
    assert pdf(body, hooks=hooks) == pdf(body, hooks=(*hooks, lines.ABOVE))


@pytest.mark.parametrize("alignment", ["justify", "start", "right", "center"])
def test_a_paragraph_is_indented_where_it_begins(alignment: str) -> None:
    css = f"{CSS} p {{ text-align: {alignment}; text-indent: 40px }}"
    first, second, *_ = lines_of(lay_out(f"<p>{WORDS * 3}</p>", css=css))
    left, right = edges(first)
    assert left >= 20 - 0.05
    if alignment == "center":
        assert left - 20 == pytest.approx(280 - 40 - right, abs=0.1)
    else:
        assert right == pytest.approx(240, abs=0.05)
        assert edges(second)[1] == pytest.approx(280, abs=0.05)


@pytest.mark.parametrize("alignment", ["justify", "start"])
@pytest.mark.parametrize("phrase", [WORDS, f"في هذا <b>{WORDS}</b>{WORDS}"])
def test_an_english_line_that_ends_within_an_arabic_phrase_stays_in_its_column(
    alignment: str, phrase: str
) -> None:
    css = f"{CSS} p {{ text-align: {alignment} }}"
    for before in range(1, 12):
        body = f"<p>{'word ' * before}<span dir='rtl'>{phrase}</span>"
        *full, last = lines_of(lay_out(body, css=css, direction="ltr"))
        assert full
        for line in (*full, last):
            parts = sorted((text.position_x, text.width) for text in texts(line))
            assert edges(line)[0] == pytest.approx(20, abs=0.05)
            assert edges(line)[1] <= 280.05
            for (left, width), (following, _) in pairwise(parts):
                assert left + width == pytest.approx(following, abs=0.05)


def test_a_description_is_indented_on_the_side_of_its_term() -> None:
    body = "<dl><dt>مصطلح</dt><dd>شرح</dd></dl>"
    term, description = (edges(line) for line in lines_of(lay_out(body)))
    assert term[1] - description[1] == pytest.approx(40)
    term, description = (edges(line) for line in lines_of(lay_out(body, direction="ltr")))
    assert description[0] - term[0] == pytest.approx(40)


@pytest.mark.parametrize("tag", ["b", "a href='https://example.org/'", "i><b"])
def test_no_word_in_bold_or_in_a_link_is_cut_where_it_fits_on_a_line(tag: str) -> None:
    """Nor is a line longer than its column; one that is longer alone is cut as before."""
    css = f"{CSS} [dir=ltr], b, a {{ overflow-wrap: anywhere }}"
    names = "كلمة <span dir='ltr'>Encyclopaedia Britannica</span> وغيرها "
    for before in range(1, 12):
        document = lay_out(f"<p><{tag}>{'كلمة ' * before}{names * 6}", css=css)
        for line in lines_of(document):
            assert edges(line)[0] >= 20 - 0.05
            words = " ".join(text.text for text in texts(line)).split()
            latin = {word for word in words if word.isascii()}
            assert latin <= {"Encyclopaedia", "Britannica"}
    long = lay_out(f"<p><{tag}>{'كلمة ' * 3}<span dir='ltr'>{'x' * 90}</span>", css=css)
    assert all(edges(line)[0] >= 20 - 0.05 for line in lines_of(long))


def test_lists_in_lists_step_in_from_the_right() -> None:
    body = "<ul><li>أ<ol><li>ب<ul><li>ج</ul></ol></ul>"
    rights = [edges(line)[1] for line in lines_of(lay_out(body))]
    assert rights == pytest.approx([240, 200, 160])


def test_leaders_run_from_the_title_on_the_right_to_the_number_on_the_left() -> None:
    css = CSS + "p { text-align: start } p::after { content: leader('.') '12' }"
    (line,) = lines_of(lay_out("<p>عنوان</p>", css=css))
    title, *dots, number = texts(line)
    assert title.position_x + title.width == pytest.approx(280)
    assert number.position_x == pytest.approx(20)
    assert len(dots) > 20
    assert all(number.position_x < dot.position_x < title.position_x for dot in dots)


# --- footnotes --------------------------------------------------------------------------------


def noted(seed: int) -> str:
    """Paragraphs of any length with notes of any length."""
    chance = random.Random(seed)  # noqa: S311 - the same pages every time
    paragraphs = []
    for _ in range(14):
        words = [
            "كلمة"
            if chance.random() > 0.02
            else f"كلمة<span class=note>حاشية {'كلام ' * chance.randint(3, 40)}</span>"
            for _ in range(chance.randint(15, 90))
        ]
        paragraphs.append(f"<p>{' '.join(words)}</p>")
    return "".join(paragraphs)


def texts_of(page: Page) -> Iterator[str]:
    """What each line of a page says."""
    for box in page._page_box.descendants():
        if isinstance(box, boxes.LineBox):
            yield drawn(box)


def pages_of(document: Document, pseudo: str) -> list[int]:
    return [
        number
        for number, page in enumerate(document.pages)
        for box in page._page_box.descendants()
        if isinstance(box, boxes.InlineBox) and box.element_tag.endswith(f"::{pseudo}")
    ]


@pytest.mark.parametrize(
    "area",
    [
        "",
        "border-top: .5pt solid; padding-top: 2pt; margin-top: 6pt",
        "padding-top: 3mm",
        "margin-top: 1em",
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_every_note_is_on_the_page_of_its_call(seed: int, area: str) -> None:
    css = f"""
    @page {{ size: 300px 420px; margin: 30px; @footnote {{ {area} }} }}
    html {{ font: 15px Amiri }} p {{ margin: 0; text-align: justify; orphans: 2; widows: 2 }}
    .note {{ float: footnote; footnote-policy: line; font-size: .8em }}
    """
    body = noted(seed)
    document = lay_out(body, css=css)
    calls, notes = pages_of(document, "footnote-call"), pages_of(document, "footnote-marker")
    assert len(calls) == body.count("class=note")
    assert notes == calls


@pytest.mark.parametrize("count", range(8, 12))
def test_a_page_is_full_though_a_line_went_to_the_next_page_with_its_note(count: int) -> None:
    css = """
    @page { size: 300px 400px; margin: 20px; @footnote { margin-top: 36px } }
    html { font: 16px/30px Amiri } body, p { margin: 0 }
    .note { float: footnote; footnote-policy: line }
    .note::footnote-call { line-height: 0; vertical-align: baseline }
    """
    section = f"<div>{'<p>سطر</p>' * count}<p>كلمة<span class=note>حاشية</span><br>كلام</p></div>"
    document = lay_out(f"<p>سطر</p>{section}", css=css)
    first, last = (list(texts_of(page)) for page in document.pages)
    assert len(first) == 1 + count
    assert last[-1].endswith("حاشية")


def test_notes_that_columns_have_no_room_for_go_to_further_pages() -> None:
    css = f"""{CSS}
    @page {{ @footnote {{ margin-top: 36px }} }} .note {{ float: footnote }}
    div {{ columns: 2 }} .wide {{ column-span: all }}
    """
    noted = f"{WORDS}<span class=note>{'حاشية ' * 60}</span>"
    body = f"<div><p>{noted * 2}</p><p class=wide>{noted}</p><p>{noted}</p></div>"
    assert len(pages_of(lay_out(body, css=css), "footnote-marker")) == 4


def test_the_area_of_notes_may_be_limited() -> None:
    """A note over the limit goes to the next page, as the style sheet wants it."""
    css = f"{CSS} @page {{ @footnote {{ max-height: 30px }} }} span {{ float: footnote }}"
    body = f"<p>كلمة<span>{'حاشية ' * 40}</span> كلمة<span>أخرى</span> كلمة</p>"
    document = lay_out(body, css=css)
    assert len(document.pages) > 1
    assert "أخرى" not in "".join(drawn(line) for line in lines_of(document) if line.element is None)
