"""Running heads cost no second layout and change no byte."""

from __future__ import annotations

import pytest
from weasyprint.layout import page as layout

from exporter import pipeline
from exporter.notices import NoticeCode
from tests.writers.page import PROSE, article, make, p


def test_a_page_with_a_running_head_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    stock = layout.remake_page

    def counted(index: int, *args: object) -> object:
        made.append(index)
        return stock(index, *args)

    monkeypatch.setattr(layout, "remake_page", counted)
    artifact = make(article(*[p(PROSE)] * 8), page="a5")
    assert len(made) == len(set(made)) == len(artifact.print_edition.starts)


def test_the_hooks_fit() -> None:
    assert NoticeCode.HOOK_FALLBACK not in {notice.code for notice in pipeline.engine().notices}
