"""A document parsed as XML is the tree that it is as HTML, or is left to the parser of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
import weasyprint

from exporter import pipeline, themes
from exporter.choices import Settings
from exporter.publication import Cover
from exporter.typesetting import well_formed

DOCUMENT = """<!DOCTYPE html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8"/>
<title>عنوان</title>
<style>p > a { color: red }</style>
</head>
<body>
%s
</body>
</html>
"""
ALIKE = {
    "text": "<p>نص &lt;رمز&gt; &amp; <em>تأكيد</em> وذيل</p> ذيل",
    "void elements": '<p>سطر<br/>سطر <img src="a.png" alt="صورة"/></p><hr/>',
    "lines of code": "<pre>\n\nprint(1)\n</pre>",
    "a table": "<table><caption>جدول</caption><tbody><tr><td>١</td></tr></tbody></table>",
    "styles": '<div style="inset-inline: 12px; color: red"><p class="">نص</p></div>',
    "nothing": "",
}
OTHERWISE = {
    "a comment": "<p>نص<!-- تعليق --></p>",
    "what is not well-formed": "<p>نص<br>سطر",
    "a name for a letter": "<p>نص&nbsp;</p>",
    "a row without a group": "<table><tr><td>١</td></tr></table>",
    "a block in a paragraph": "<p>نص<div>كتلة</div></p>",
    "a paragraph in a paragraph": "<p>نص<span><p>نص</p></span></p>",
    "an element closed in its tag": "<div/><p>نص</p>",
    "a void element with an end": "<p>نص<br></br></p>",
    "a line feed in an attribute": '<p title="سطر\nسطر">نص</p>',
    "a prefix": '<p lang="en" xml:lang="en">text</p>',
    "a drawing": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    "entities in a style": "<style>p { content: '&amp;' }</style>",
    "two bodies": "</body><body>",
}


def nodes(element: Element) -> Iterator[tuple[Any, ...]]:
    """Yield what a tree says."""
    yield element.tag, dict(element.attrib), element.text or ""
    for child in element:
        yield from nodes(child)
        yield child.tail or "", "after", child.tag


def as_html(document: str) -> list[tuple[Any, ...]]:
    """Return the tree that the parser of HTML makes."""
    return [*nodes(tinyhtml5.parse(document, namespace_html_elements=False))]


@pytest.mark.parametrize("body", ALIKE.values(), ids=ALIKE)
def test_a_well_formed_document_is_the_same_tree(body: str) -> None:
    root = well_formed.tree_of(DOCUMENT % body)
    assert root is not None
    assert [*nodes(root)] == as_html(DOCUMENT % body)


@pytest.mark.parametrize("body", OTHERWISE.values(), ids=OTHERWISE)
def test_what_html_takes_otherwise_is_left_to_its_parser(body: str) -> None:
    assert well_formed.tree_of(DOCUMENT % body) is None


@pytest.mark.parametrize("theme", ["naskh", "sahafa", "kabir", "bahth"])
def test_every_sample_is_well_formed_and_the_same_tree(
    seeds: tuple[Path, ...], theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents: dict[str, Element | None] = {}
    parsed = well_formed.tree_of

    def tree_of(html: str) -> Element | None:
        documents[html] = parsed(html)
        return parsed(html)

    monkeypatch.setattr(well_formed, "tree_of", tree_of)
    for reading in (reading for path in seeds for reading in pipeline.read(str(path))):
        looks = themes.load(theme, Settings())
        pipeline.produce(reading, looks, formats=("pdf", "epub"), cover=Cover())
    left = [html for html, root in documents.items() if root is None]
    assert [html for html in left if "<svg" not in html] == []  # grounds of covers are drawings
    for html, root in documents.items():
        assert root is None or [*nodes(root)] == as_html(html)


def test_another_program_s_documents_are_parsed_as_ever() -> None:
    pipeline.engine()
    page = weasyprint.HTML(string="<p>نص<br>سطر")
    assert [element.tag for element in page.etree_element.iter()] == [
        *("html", "head", "body", "p", "br"),
    ]
