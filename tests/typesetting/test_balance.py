"""Titles stand in lines of about the same length, as many as before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from weasyprint.formatting_structure import boxes

from exporter.article import Article
from exporter.typesetting import balance
from tests.writers.page import METADATA, PROSE, p
from tests.writers.paper import laid_out

LONG = "حكاية الورق الطويلة من بلاد الصين إلى مطابع القاهرة القديمة اليوم"


def lines_of_title(title: str, **settings: object) -> list[tuple[str, float]]:
    """The words of each line and its width."""
    article = Article(replace(METADATA, title=title), (p(PROSE),))
    (heading,) = (
        box
        for box in laid_out(article, **settings).pages[0]._page_box.descendants()
        if isinstance(box, boxes.BlockBox) and box.element_tag == "h1"
    )
    found = []
    for line in heading.children:
        texts = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
        found.append(("".join(box.text for box in texts), sum(box.width for box in texts)))
    return found


@pytest.mark.parametrize("page", ["a5", "a4", "90x130mm"])
@pytest.mark.parametrize("words", range(4, 11))
def test_no_line_of_a_title_is_a_word_left_over(
    words: int, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = " ".join(LONG.split()[:words])
    balanced = lines_of_title(title, page=page)
    monkeypatch.setattr(balance, "_is_asked_for", lambda _style: False)
    greedy = lines_of_title(title, page=page)
    assert len(balanced) == len(greedy)
    assert " ".join(text.strip() for text, _ in balanced) == title
    widths = [width for _, width in balanced]
    assert max(widths) <= max(width for _, width in greedy) + 0.01
    if len(balanced) > 1:
        assert len(balanced[-1][0].split()) > 1
        assert min(widths) > 0.6 * max(widths)


@pytest.mark.parametrize("theme", ["naskh", "kabir", "sahafa"])
def test_a_title_with_words_of_another_direction_is_balanced_too(
    theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "حكاية Google Chrome الطويلة من بلاد الصين إلى مطابع القاهرة 2024 القديمة"
    balanced = [width for _, width in lines_of_title(title, page="a5", theme=theme)]
    monkeypatch.setattr(balance, "_is_asked_for", lambda _style: False)
    greedy = [width for _, width in lines_of_title(title, page="a5", theme=theme)]
    assert len(balanced) == len(greedy) > 1
    assert min(balanced) / max(balanced) > min(greedy) / max(greedy)
    assert min(balanced) > 0.6 * max(balanced)
