"""Styles and lengths found at once are those that WeasyPrint computes, to the last byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import pipeline, themes, transforms
from exporter.choices import Settings
from exporter.notices import NoticeCode
from exporter.publication import Cover, Publication
from exporter.typesetting import line_places, long_documents, percentages, styles
from exporter.typesetting.hooks import Hook, fits
from exporter.writers import pdf
from tests.typesetting.layout import ALL, engine
from tests.typesetting.layout import pdf as drawn

OURS = (*styles.HOOKS, *percentages.HOOKS, *line_places.HOOKS, long_documents.HOOKS[0])
STOCK = tuple(hook for hook in ALL if hook not in OURS)


@pytest.mark.parametrize("theme", ["naskh", "sahafa"])
def test_every_sample_is_the_file_that_weasyprint_s_own_styles_make(
    seeds: tuple[Path, ...], theme: str
) -> None:
    different = []
    for article in (reading.article for path in seeds for reading in pipeline.read(str(path))):
        ready = transforms.transform(article)
        whole = Publication(ready.metadata, (ready,), Cover())
        looks = themes.load(theme, Settings())
        ours, stock = (pdf.write(whole, looks, engine(hooks)).data for hooks in (ALL, STOCK))
        if ours != stock:
            different.append(article.metadata.title)
    assert different == []


PAGE = "@page { size: 300px 400px; margin: 5% 20px } html { font: 16px Amiri } "
RULES = {
    "percentages": "p { margin: 0 10%; padding: 2% 5px; width: 60%; min-height: 10% }",
    "sums": "div { text-indent: calc(10% + 3px); padding-inline: calc(1em + 2%) }",
    "box sizing": "p { box-sizing: border-box; width: 120px; padding: 9px; border: 3px solid }",
    "logical sides": "p { margin-inline: 3em 1em; padding-left: 9px; border-block-end: solid }",
    "collapsed borders": "table { border-collapse: collapse; padding: 9px } td { border: solid }",
    "variables": ":root { --gap: 7px } p { margin: var(--gap); color: var(--none, red) }",
    "decoration": "div { text-decoration: underline red } b { text-decoration: overline }",
    "floats": "b { float: left; width: 25% } i { position: absolute; top: 10%; right: 5% }",
    "first letter and line": "p::first-line { color: red } p::first-letter { font-size: 2em }",
    "columns and flex": "div { columns: 2; column-rule: 1px solid } p { display: flex }",
    "footnotes": "i { float: footnote } @page { @footnote { padding: 3% } }",
    "before and after": "p::before { content: open-quote; color: red } b::after { content: '،' }",
    "markers": "li::marker { color: red } ::marker { color: blue; font-size: 80% }",
    "calls of footnotes": "i { float: footnote } ::footnote-call { content: '(' counter(footnote) }"
    " i::footnote-marker { content: '*'; color: red }",
    "anchors of pseudo-elements": "b::before { content: 'x'; -weasy-anchor: 'here' }"
    " td::after { content: target-counter('#here', page) }",
    "rules for any element": "* { margin: 1px } *::before { content: '' } i::after { color: red }",
    "pages": "p, li { break-before: page } @page :right { padding: 2px } @page :first { margin: 9px"
    " } @page { @bottom-center { content: counter(page) '/' counter(pages) } }"
    " @page :left { margin: 8px; @top-left { content: 'يسار' } }"
    " @page :nth(3) { @bottom-center { color: red } }",
    "a line beside a float": "b { float: right; height: 3em } p { margin: 1em -1em; padding: 1em }",
    "inherit": "div { border: 2px solid; width: 50% } p { border: inherit; width: inherit }",
}
BODY = (
    "<div><p>كتب <b>الكاتب</b> سطرًا <i>وحاشية</i> ثم وقف.</p><p>وعاد فقرأ ما كتب.</p></div>"
    "<ul><li>خامس</li></ul><table><tr><td>أول</td><td>ثانٍ</td></tr><tr><td>ثالث</td><td>رابع</td></tr></table>"
)


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
def test_a_page_with_any_rules_is_the_same_file(rules: str) -> None:
    ours, stock = (drawn(BODY, css=PAGE + rules, hooks=hooks) for hooks in (ALL, STOCK))
    assert ours == stock


def test_the_hooks_fit() -> None:
    assert NoticeCode.HOOK_FALLBACK not in {notice.code for notice in pipeline.engine().notices}


def test_a_hook_is_left_out_where_a_function_that_it_retells_is_another() -> None:
    hook = styles.HOOKS[0]
    other = tuple((name, "another") for name, _ in hook.retold)
    assert fits(hook)
    assert not fits(Hook(hook.module, hook.function, hook.digest, hook.make, other))
