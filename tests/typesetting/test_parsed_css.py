"""Style sheets that were parsed in an earlier run do what freshly parsed ones do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from weasyprint import CSS
from weasyprint.html import PH, PH_STYLESHEET, UA, UA_COUNTER_STYLE, UA_STYLESHEET
from weasyprint.pdf.metadata import DocumentMetadata

from exporter import fonts
from exporter.article import Direction
from exporter.typesetting import engine as engine_module
from exporter.typesetting.engine import Engine
from exporter.typesetting.parsed_css import parsed

SHEET = """
@counter-style dots { system: cyclic; symbols: "•"; suffix: " "; }
@page { size: 90mm 60mm; @bottom-center { content: counter(page); } }
p:not(.a) > em, li:nth-child(2n), h1::before { color: #123456; margin: 1px var(--wide) }
p { --wide: 2em; colour: red; text-align: start; list-style: dots }
"""
PAGE = "<html lang='ar' dir='rtl'><body><p>a <em>b</em></p><ul><li>c<li>d</ul></body></html>"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "arabic-exporter" / "sheets"


def plain(held: Any) -> Any:  # noqa: ANN401 - whatever WeasyPrint holds
    """Return what a parsed sheet holds as plain data, a selector's code among it."""
    if isinstance(held, dict):
        return {name: plain(value) for name, value in held.items()}
    if isinstance(held, (list, tuple)):
        return [plain(value) for value in held]
    if callable(held) and hasattr(held, "__code__"):
        return (held.__code__.co_code, held.__code__.co_consts, held.__code__.co_names)
    return plain(vars(held)) if hasattr(held, "__dict__") else repr(held)


def never() -> object:
    raise AssertionError("it was kept")


@pytest.mark.parametrize("css", [UA, PH, SHEET])
def test_a_sheet_that_was_kept_is_the_sheet_that_was_parsed(css: str) -> None:
    def made() -> object:
        counters: dict[str, object] = {}
        return vars(CSS(string=css, counter_style=counters)), counters

    first = plain(parsed(css, made))
    assert len(repr(first)) > 1000
    assert plain(parsed(css, never)) == first


def test_weasyprints_own_sheets_are_those_that_it_parses() -> None:
    counters: dict[str, object] = {}
    for css, sheet in ((UA, UA_STYLESHEET), (PH, PH_STYLESHEET)):
        assert plain(vars(sheet)) == plain(vars(CSS(string=css, counter_style=counters)))
    assert plain(dict(UA_COUNTER_STYLE)) == plain(counters)


def set_page(engine: Engine) -> engine_module.Typeset:
    return engine.typeset(
        PAGE,
        css=SHEET,
        resources={},
        metadata=DocumentMetadata(),
        identifier="a",
        direction=Direction.RTL,
    )


def test_a_page_is_the_same_and_its_complaints_are_made_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [face.path for face in fonts.family("Amiri").faces]
    first = set_page(Engine(files))
    assert len(list(folder.iterdir())) == 1
    monkeypatch.setattr(Engine, "_parsed", lambda *_: pytest.fail("parsed again"))
    again = set_page(Engine(files))
    assert again.pdf == first.pdf
    assert [notice.detail for notice in again.notices] == [
        notice.detail for notice in first.notices
    ]
    assert "colour" in first.notices[0].detail


def test_a_damaged_sheet_is_parsed_again(folder: Path) -> None:
    parsed(SHEET, lambda: "first")
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:-3])
    assert parsed(SHEET, lambda: "second") == "second"


@pytest.mark.parametrize("rule", ["@import 'a.css';", "@FONT-FACE { src: url(a) }"])
def test_what_fetches_something_fetches_it_each_time(rule: str, folder: Path) -> None:
    assert [parsed(rule, lambda: "first"), parsed(rule, lambda: "second")] == ["first", "second"]
    assert not folder.exists()
