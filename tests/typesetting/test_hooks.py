"""Hooks change our engine's WeasyPrint, and nobody else's."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf
import pytest
import weasyprint
import weasyprint.layout.inline
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.line_break import line_size

from exporter import fonts
from exporter.article import Direction
from exporter.errors import WriteError
from exporter.kept import code_of
from exporter.notices import NoticeCode
from exporter.typesetting.engine import HOOKS, Engine, _complaints
from exporter.typesetting.hooks import Function, Hook, Hooks, _quick_source, is_active

CSS = """
@page { size: 300px 400px; margin: 20px }
html { font: 16px Amiri }
body { margin: 0 } p { margin: 0; text-align: justify }
"""
PAGE = '<html lang="ar" dir="rtl"><body>{}</body></html>'
PROSE = "وقال الكاتب، وهو يكتب، ونحن نقرأ، ومن يقرأ يكتب، ومن يكتب يقرأ، وهكذا دواليك. " * 4


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine([face.path for family in fonts.families() for face in family.faces])


def lines(engine: Engine, body: str, *, css: str = CSS) -> Iterator[list[boxes.TextBox]]:
    """The texts of each line of the first page."""
    document = engine.lay_out(PAGE.format(body), css=css, resources={})
    for box in document.pages[0]._page_box.descendants():
        if isinstance(box, boxes.LineBox):
            yield [text for text in box.descendants() if isinstance(text, boxes.TextBox)]


def drawn_width(text: boxes.TextBox) -> float:
    text.pango_layout.reactivate(text.style)
    line, _ = text.pango_layout.get_first_line()
    width, _ = line_size(line, text.style)
    text.pango_layout.deactivate()
    return float(width)


def test_every_hook_fits_the_pinned_weasyprint(engine: Engine) -> None:
    assert engine.notices == ()


def test_hooks_are_made_without_python_s_slow_look_for_a_source(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for hook in HOOKS:
        assert _quick_source(hook.stock) == inspect.getsource(hook.stock)
    monkeypatch.setattr(inspect, "getsource", lambda one: pytest.fail(f"looked for {one}"))
    assert Hooks(HOOKS).notices == ()


def test_a_justified_line_is_drawn_as_wide_as_its_column(engine: Engine) -> None:
    *full, _last = lines(engine, f"<p>{PROSE}</p>")
    assert len(full) > 4
    for texts in full:
        assert sum(map(drawn_width, texts)) == pytest.approx(260, abs=0.05)


@pytest.mark.parametrize("size", range(11, 19))
def test_a_line_that_ends_in_a_space_before_a_run_reaches_both_margins(
    engine: Engine, size: int
) -> None:
    run = '<span dir="ltr">Chrome</span>'
    body = f"<p>{f'نص قبل {run} وبعده كلام '.join(['ها'] * 9)}</p>"
    css = CSS.replace("16px", f"{size}px")
    *full, _last = lines(engine, body, css=css)
    assert any(len(texts) > 2 for texts in full)
    for texts in full:
        places = sorted((text.position_x, text.width) for text in texts if text.text)
        right = 20.0
        for position, width in places:
            assert position == pytest.approx(right, abs=0.05)
            right = position + width
        assert right == pytest.approx(280, abs=0.05)


def test_a_link_has_one_annotation_however_many_runs_it_holds(engine: Engine) -> None:
    link = '<p><a href="https://example.org/">نص <span dir="ltr">Foo</span> آخر</a></p>'
    document = engine.lay_out(PAGE.format(link), css=CSS, resources={})
    assert [target for _, target, *_ in document.pages[0].links] == ["https://example.org/"]


def test_weasyprint_is_stock_before_and_after(engine: Engine) -> None:
    stock = {hook: hook.stock for hook in HOOKS}
    engine.render_pdf(PAGE.format(f"<p>{PROSE}</p>"), css=CSS)
    assert {hook: hook.stock for hook in HOOKS} == stock
    assert weasyprint.layout.inline.justify_line.__module__ == "weasyprint.layout.inline"


def test_another_thread_sees_stock_weasyprint_while_we_work() -> None:
    calls: list[str] = []
    hook = next(hook for hook in HOOKS if hook.function == "justify_line")
    hooks = Hooks([Hook(hook.module, hook.function, hook.digest, _recording(calls))])

    def elsewhere() -> None:
        weasyprint.HTML(string=PAGE.format(f"<p>{PROSE}</p>")).render(
            stylesheets=[weasyprint.CSS(string=CSS)]
        )

    with hooks.applied():
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        assert calls == []
        elsewhere()
    assert calls


def _recording(calls: list[str]) -> Callable[[Function], Function]:
    def make(stock: Function) -> Function:
        def justify_line(*args: object) -> object:
            calls.append("ours")
            return stock(*args)

        return justify_line

    return make


def test_the_engine_that_works_inside_another_has_its_own_hooks() -> None:
    hook = next(hook for hook in HOOKS if hook.function == "justify_line")
    outer: list[str] = []
    inner: list[str] = []
    first = Hooks([Hook(hook.module, hook.function, hook.digest, _recording(outer))])
    second = Hooks([Hook(hook.module, hook.function, hook.digest, _recording(inner))])
    with first.applied(), second.applied():
        weasyprint.HTML(string=PAGE.format(f"<p>{PROSE}</p>")).render(
            stylesheets=[weasyprint.CSS(string=CSS)]
        )
    assert inner
    assert not outer
    assert weasyprint.layout.inline.justify_line is hook.stock


def test_hooks_are_there_while_the_pages_are_drawn(engine: Engine) -> None:
    seen: list[bool] = []
    metadata = DocumentMetadata(title="عنوان", lang="ar")
    generate = metadata.generate_rdf_metadata

    def look(*arguments: object) -> object:
        seen.append(is_active())
        return generate(*arguments)

    metadata.generate_rdf_metadata = look
    engine.typeset(
        PAGE.format("<p>نص</p>"),
        css=CSS,
        resources={},
        metadata=metadata,
        identifier="urn:uuid:0",
        direction=Direction.RTL,
    )
    assert seen == [True]
    assert not is_active()


def test_another_thread_s_complaints_are_not_ours(engine: Engine) -> None:
    def elsewhere() -> None:
        weasyprint.CSS(string="p { no-such-property: 1 }")

    threads = [threading.Thread(target=elsewhere) for _ in range(8)]
    with engine._hooks.applied(), _complaints() as complaints:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert complaints == []


@pytest.mark.parametrize("size", range(11, 21))
def test_no_line_ends_while_its_next_word_would_fit(engine: Engine, size: int) -> None:
    """The first word of a line is never alone on it, with room for the next."""
    css = CSS.replace("16px", f"{size}px")
    texts = [
        "".join(text.text for text in line)
        for line in lines(engine, f"<p>{PROSE}</p><p>{PROSE.replace('وهو', 'UPS')}</p>", css=css)
    ]
    assert len(texts) > 8
    assert all(" " in text.strip() for text in texts if not text.endswith("."))


def test_a_hook_that_does_not_fit_is_left_out_with_a_notice() -> None:
    fitting = HOOKS[0]
    changed = Hook(fitting.module, fitting.function, "another digest", fitting.make)
    hooks = Hooks([changed])
    (notice,) = hooks.notices
    assert notice.code is NoticeCode.HOOK_FALLBACK
    assert notice.detail == f"{fitting.module}.{fitting.function}"
    with hooks.applied():
        assert changed.stock is fitting.stock


def test_what_a_style_sheet_is_blamed_for_is_said_at_every_use(engine: Engine) -> None:
    css = f"{CSS} p {{ no-such-property: 1 }}"
    for _ in range(2):
        with pytest.raises(WriteError, match="no-such-property"):
            engine.render_pdf(PAGE.format("<p>نص</p>"), css=css)


def test_a_cover_needs_no_harfbuzz_subset(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("weasyprint.pdf.fonts.harfbuzz_subset", None)
    assert engine.render_pdf(PAGE.format("<p>نص</p>"), css=CSS).startswith(b"%PDF")


def test_the_system_s_fonts_are_not_seen(engine: Engine) -> None:
    body = "<p style='font-family: DejaVu Sans, sans-serif'>نص Text 漢</p>"
    with pytest.raises(WriteError, match="notdef"):
        engine.render_pdf(PAGE.format(body), css=CSS)
    pdf = engine.render_pdf(PAGE.format(body.replace("漢", "")), css=CSS)
    with pymupdf.open(stream=pdf) as document:
        names = {font[3].partition("+")[2] for font in document[0].get_fonts()}
    assert names <= {family.name.replace(" ", "-") for family in fonts.families()}


def test_a_function_that_was_edited_before_is_kept_as_it_was_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    source = "def doubled(number):\n    return 2 * number\n"
    first = code_of(source, "<doubled>")
    assert len(list((tmp_path / "arabic-exporter" / "functions").iterdir())) == 1
    again = code_of(source, "<doubled>")
    assert again == first == compile(source, "<doubled>", "exec")
    assert code_of(source.replace("2", "3"), "<doubled>") != first
