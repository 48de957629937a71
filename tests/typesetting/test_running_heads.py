"""Running heads cost no second layout and change no byte."""

from __future__ import annotations

import pytest
from weasyprint.layout import page as layout

from exporter import pipeline, themes
from exporter.choices import Settings
from exporter.notices import NoticeCode
from exporter.publication import Cover, CoverKind, Publication
from exporter.transforms import transform
from exporter.typesetting import running_heads
from exporter.writers import pdf
from tests.typesetting.layout import ALL, engine
from tests.writers.page import METADATA, PROSE, article, make, p


def test_a_page_with_a_running_head_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    stock = layout.remake_page

    def counted(index: int, *args: object) -> object:
        made.append(index)
        return stock(index, *args)

    monkeypatch.setattr(layout, "remake_page", counted)
    artifact = make(article(*[p(PROSE)] * 8), page="a5")
    assert len(made) == len(set(made)) == len(artifact.print_edition.starts)


def test_the_file_is_the_one_that_is_made_in_two_layouts() -> None:
    whole = Publication(METADATA, (transform(article(*[p(PROSE)] * 8)),), Cover(CoverKind.NONE))
    theme = themes.load("naskh", Settings(page="a5"))
    stock = tuple(hook for hook in ALL if hook not in running_heads.HOOKS)
    once, twice = (pdf.write(whole, theme, engine(hooks)).data for hooks in (ALL, stock))
    assert once == twice


def test_the_hooks_fit() -> None:
    assert NoticeCode.HOOK_FALLBACK not in {notice.code for notice in pipeline.engine().notices}
