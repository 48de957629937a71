"""Tables on paper: words stay whole where there is room, and no table is wider than its page."""

from __future__ import annotations

import pytest
from weasyprint.formatting_structure import boxes

from exporter.article import Article, Block, CodeSpan, Inlines, List, Metadata, Table, Text
from tests.writers.page import METADATA, PROSE, p
from tests.writers.paper import laid_out


def row(*cells: str) -> tuple[Inlines, ...]:
    return tuple(
        (CodeSpan(cell[1:-1]),) if cell.startswith("`") else (Text(cell),) for cell in cells
    )


def lines_of_cells(table: Table, **settings: object) -> tuple[list[list[str]], bool]:
    """The lines of each cell, and whether the table stays between the margins."""
    document = laid_out(Article(METADATA, (p(PROSE), table)), **settings)
    cells, stays = [], True
    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.TableCellBox):
                lines = [one for one in box.descendants() if isinstance(one, boxes.LineBox)]
                cells.append([_text(line) for line in lines])
            if isinstance(box, boxes.TableBox):
                left = page._page_box.content_box_x()
                stays &= box.position_x >= left - 0.01
                stays &= box.position_x + box.width <= left + page._page_box.width + 0.01
    return cells, stays


def _text(line: boxes.LineBox) -> str:
    return "".join(one.text for one in line.descendants() if isinstance(one, boxes.TextBox)).strip()


@pytest.mark.parametrize("page", ["a5", "a4"])
def test_the_name_of_a_file_beside_a_long_cell_stays_on_one_line(page: str) -> None:
    table = Table((row("`news.txt`", PROSE * 3, PROSE * 3),), row("ملف", "شكله", "ما فيه"))
    cells, stays = lines_of_cells(table, page=page)
    assert stays
    assert ["ملف"] in cells
    assert ["news.txt"] in cells


def test_an_address_too_long_for_its_column_is_broken_and_no_other_word() -> None:
    address = "https://example.org/" + "a" * 90
    cells, stays = lines_of_cells(Table((row("`report.md`", f"`{address}`", PROSE),)), page="a5")
    assert stays
    assert ["report.md"] in cells
    (broken,) = (cell for cell in cells if len(cell) > 1 and cell[0].startswith("http"))
    assert "".join(broken) == address


def test_numbers_of_many_columns_are_never_cut() -> None:
    numbers = [f"{number},847.50" for number in range(1, 6)]
    cells, stays = lines_of_cells(Table((row("القرية", *numbers),)), page="a5")
    assert stays
    assert all([number] in cells for number in numbers)


@pytest.mark.parametrize("page", ["a5", "eink6"])
@pytest.mark.parametrize("theme", ["naskh", "sahafa", "bahth"])
def test_a_table_that_has_no_room_is_set_smaller_and_no_arabic_word_is_cut(
    theme: str, page: str
) -> None:
    cells, stays = lines_of_cells(Table((WIDE,)), page=page, theme=theme)
    assert stays
    lines = [line for cell in cells for line in cell]
    assert {word for line in lines for word in line.split()} >= set("ملف الضبط، المحرر".split())
    assert {"12,847.50", "2024-05-12"} <= set(lines)


WIDE = row(
    "`configuration-of-everything.toml`",
    "Markdown",
    "12,847.50",
    "2024-05-12",
    "ملف الضبط، وفيه كل ما يحتاج إليه المحرر حين يبدأ",
)

HEADER = row("الملف", "الشكل", "القيمة", "التاريخ", "ما فيه؟")


@pytest.mark.parametrize("page", ["a5", "eink6"])
def test_in_large_print_a_table_that_has_no_room_is_a_list_of_its_rows(page: str) -> None:
    """Each row a block: the name of a column and what is in it, line by line, large and whole."""
    short = row("`news.txt`", "", "3", "2024-01-01", "نص")
    table = Table((WIDE, short), HEADER, (Text("ملفات"),))
    document = laid_out(Article(METADATA, (p(PROSE), table)), theme="kabir", page=page)
    lines = []
    for sheet in document.pages:
        left, right = sheet._page_box.content_box_x(), sheet._page_box.width
        for box in sheet._page_box.descendants():
            assert not isinstance(box, boxes.TableBox)
            if isinstance(box, boxes.TextBox) and box.element_tag in {"dt", "dd", "span", "code"}:
                assert box.position_x >= left - 0.01
                assert box.position_x + box.width <= left + right + 0.01
                assert box.style["font_size"] >= 18 / 72 * 96 - 0.01
            if isinstance(box, boxes.LineBox) and box.element_tag == "div":
                lines += [_text(box)] if box.element.get("class") is None else []
    said = " ".join(lines)
    assert lines[-4:] == ["الملف: news.txt", "القيمة: 3", "التاريخ: 2024-01-01", "ما فيه؟ نص"]
    assert "القيمة: 12,847.50" in lines
    assert "ما فيه؟ ملف الضبط، وفيه كل ما يحتاج" in said


def test_in_large_print_a_table_whose_words_fit_stays_one() -> None:
    table = Table(
        (row("كانون الثاني", "1,120", "21"),), row("الشهر", "القمح بالكيلوغرام", "أيام العمل")
    )
    cells, stays = lines_of_cells(table, theme="kabir", page="eink6")
    assert len(cells) == 6
    assert stays


def test_a_table_of_four_columns_takes_the_whole_width_of_a_news_page() -> None:
    """No column of text stands beside it, and what is before and after it keeps its distance."""
    table = Table((row("القرية", "1,120", "21", "بدأ"),) * 3)
    article = Article(METADATA, (p(PROSE * 2), table, p(PROSE * 2)))
    page = laid_out(article, theme="sahafa", page="a4").pages[0]
    (drawn,) = (box for box in page._page_box.descendants() if isinstance(box, boxes.TableBox))
    assert drawn.width == pytest.approx(page._page_box.width, abs=1)
    top, bottom = drawn.position_y, drawn.position_y + drawn.height
    lines = [
        box
        for box in page._page_box.descendants()
        if isinstance(box, boxes.LineBox) and box.element_tag == "p"
    ]
    assert any(line.position_y < top for line in lines)
    assert any(line.position_y > bottom for line in lines)
    beside = [
        one for one in lines if top - 6 < one.position_y + one.height and one.position_y < bottom
    ]
    assert beside == []


def test_a_list_takes_no_table_before_it_to_the_next_page() -> None:
    title = Metadata(title=METADATA.title, language="ar")
    table = Table((row("كلام", "كلام"),) * 5, row("عمود", "عمود"))

    def is_on_the_first_page(*body: Block) -> bool:
        document = laid_out(Article(title, body), page="a5")
        first = document.pages[0]._page_box.descendants()
        return any(isinstance(box, boxes.TableBox) for box in first)

    seen = set()
    for count in range(2, 14):
        before = tuple(p("سطر") for _ in range(count))
        alone = is_on_the_first_page(*before, table)
        assert is_on_the_first_page(*before, table, List(((p(PROSE),),) * 2)) is alone
        seen.add(alone)
    assert seen == {True, False}
