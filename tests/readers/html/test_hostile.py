"""Hostile and huge pages: nothing runs or is read, and time is bounded."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.article import Article, Figure, Link, blocks_text, walk
from exporter.article_json import to_json
from exporter.article_json.reading import readings_from_json
from exporter.errors import ExporterError, ReadError
from exporter.readers.html import fragment, read
from exporter.readers.options import ReadingOptions
from exporter.sources import Source
from exporter.transforms.mapping import runs_of
from tests.readers.html.pages import ARABIC, SHAPES, news_cms

SENTENCE = f"<p>{ARABIC.paragraphs[0]} <a href='/x'>رابط</a>.</p>"


def article_of(html: str | bytes) -> Article:
    data = html.encode() if isinstance(html, str) else html
    (reading,) = read(Source("p.html", "p.html", data), ReadingOptions())
    return reading.article


def article_or_error(data: bytes) -> Article | None:
    """Return the article of a page, None where it is refused; anything else is a failure."""
    try:
        return article_of(data)
    except ExporterError:
        return None


def page(body: str, *, head: str = "") -> str:
    return f"<html><head>{head}</head><body><h1>عنوان</h1><article>{SENTENCE * 3}{body}</article></body></html>"


# --- nothing runs, nothing is read -------------------------------------------------------------

HOSTILE = """
<script>LEAK</script><style>@import "file:///etc/passwd"; p { background: url(LEAK) }</style>
<img src="file:///etc/passwd" alt=""><img src="/etc/passwd" alt=""><img src="..%2f..%2fetc/passwd" alt="">
<img src="%2Fetc%2Fpasswd" alt=""><img src="C:\\LEAK.png" alt=""><img src="javascript:LEAK" onerror="LEAK">
<img src="data:text/html,LEAK"><a href="javascript:LEAK">نص</a><a href=" java\tscript:LEAK">نص</a>
<a href="vbscript:LEAK" onclick="LEAK">نص</a><a href="data:text/html;base64,LEAK">نص</a>
<iframe src="file:///LEAK" srcdoc="&lt;p&gt;LEAK"></iframe><object data="file:///LEAK">LEAK</object>
<embed src="LEAK"><link rel="stylesheet" href="file:///LEAK"><meta http-equiv="refresh" content="0;url=LEAK">
<svg onload="LEAK"><script>LEAK</script><foreignObject><p>LEAK</p></foreignObject></svg>
<form action="file:///LEAK"><input value="LEAK"><button>LEAK</button></form>
<template>LEAK</template><applet code="LEAK">LEAK</applet><math><annotation-xml encoding="text/html">x</annotation-xml></math>
"""


def test_nothing_in_a_page_leads_to_a_script_or_a_file() -> None:
    article = article_of(page(HOSTILE))
    assert "LEAK" not in to_json_text(article)
    pictures = [b.image.resource for b in walk(article.body) if isinstance(b, Figure)]
    assert not any("passwd" in address for address in pictures)


def to_json_text(article: Article) -> str:
    from exporter.article import Reading

    return to_json(Reading(article))


def test_entities_are_not_expanded_and_no_file_is_read() -> None:
    dtd = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "LEAKLEAK"><!ENTITY b "&a;&a;&a;&a;">'
        '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
    )
    article = article_of(dtd + page("<p>قبل &b; &c; بعد.</p>"))
    assert "LEAK" not in blocks_text(article.body)
    assert "root:" not in blocks_text(article.body)


def test_every_link_and_picture_has_an_address_that_it_may_have() -> None:
    schemes = [
        "",
        "http:",
        "https:",
        "ftp:",
        "file:",
        "javascript:",
        "data:",
        "HTTP:",
        "//",
        "\t",
        "\\\\",
    ]
    tails = [
        "",
        "//",
        "///",
        "x",
        "//[",
        "//a b",
        "//h:99999999/",
        "//ü.example/é",
        "#",
        "?",
        "%",
        "%zz",
    ]
    html = "".join(
        f'<p>م<a href="{s}{t}">ن</a><img src="{s}{t}" alt="ص"></p>' for s in schemes for t in tails
    )
    for base in ("", "https://example.org/"):
        found = fragment(html, base=base)
        for inlines in runs_of(found.blocks):
            links = [one for one in inlines if isinstance(one, Link)]
            assert all(one.href.lower().startswith(("http", "ftp:")) for one in links)
        images = [b.image for b in walk(found.blocks) if isinstance(b, Figure)]
        assert not any(one.resource.startswith(("file", "java", "/")) for one in images)


# --- bounds ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>بند" * 900,
        "<div>" * 1500 + SENTENCE,
        "<table><tr><td>" * 600 + "x",
        "<blockquote>" * 900 + "x",
        "<b><i><u><a href='/x'>" * 400 + "x",
        ("<tr>" + "<td>خلية</td>" * 50 + "</tr>").join(["<table>", *[""] * 400, "</table>"]),
        "<table><tr>" + "<td colspan=1000 rowspan=65000>x</td>" * 500,
        "<a href='#n'>1</a> " * 5000 + "<p id=n>حاشية",
        "سطر<br>" * 20000,
        '<p class="' + "a-b " * 20000 + '">x',
        "<img srcset='" + "a.jpg 1w, " * 20000 + "'>",
        "<figure>" * 500 + "<img src=a.jpg><figcaption>x",
        "<!--" * 20000,
        "<source " * 20000,
    ],
    ids=lambda body: body[:12],
)
def test_time_and_depth_are_bounded(body: str) -> None:
    started = time.process_time()
    article = article_of(page(body))
    text = to_json_text(article)  # which refuses what stands too deeply inside one another
    assert list(readings_from_json(text, subject="p"))
    assert ARABIC.paragraphs[0] in blocks_text(article.body)
    assert time.process_time() - started < 20


def test_elements_that_stand_too_deeply_are_a_clear_error() -> None:
    with pytest.raises(ReadError) as caught:
        article_of(page("<ul><li>بند" * 5000))
    assert caught.value.code == "html-deep"


@pytest.mark.parametrize(
    "data",
    [
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">' + '{"a":' * 100_000 + "</script>",
        '<script type="application/ld+json">"headline":"' + "\\" * 100_000 + "</script>",
        "<title>" + "أ - ب | " * 20_000 + "</title>",
        "<meta property='og:title' content='" + "&amp;" * 50_000 + "'>",
    ],
)
def test_hostile_data_in_the_head_is_passed_over(data: str) -> None:
    started = time.process_time()
    assert ARABIC.paragraphs[0] in blocks_text(article_of(page("", head=data)).body)
    assert time.process_time() - started < 10


@pytest.mark.slow
def test_a_page_of_20_megabytes_takes_seconds() -> None:
    html = page(SENTENCE * (19_500_000 // len(SENTENCE.encode())))
    started = time.process_time()
    assert len(article_of(html).body) > 60_000
    assert time.process_time() - started < 90


@pytest.mark.slow
def test_a_table_of_50_000_cells_takes_seconds() -> None:
    row = "<tr>" + "<td>خلية</td>" * 50 + "</tr>"
    started = time.process_time()
    assert len(blocks_text(article_of(page(f"<table>{row * 1000}</table>")).body)) > 200_000
    assert time.process_time() - started < 30


# --- what needs a browser ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        '<html><body><div id="root"></div><script src="/app.js"></script></body></html>',
        "<html><body><noscript>You need to enable JavaScript to run this app.</noscript>"
        '<div id="app"></div><script src="/static/main.js"></script></body></html>',
        "<html><body><p>جارٍ التحميل…</p><script>" + "x();" * 100 + "</script></body></html>",
    ],
)
def test_a_page_that_is_empty_without_scripts_says_so(html: str) -> None:
    with pytest.raises(ReadError) as caught:
        article_of(html)
    assert caught.value.code == "html-needs-javascript"
    assert "JavaScript" in str(caught.value)


@pytest.mark.parametrize("html", ["", " ", "<!-- x -->", "<html></html>", "<p></p>"])
def test_a_page_without_anything_is_a_clear_error(html: str) -> None:
    with pytest.raises(ReadError) as caught:
        article_of(html)
    assert caught.value.code == "html-empty"


def test_what_stands_in_noscript_is_read_where_it_is_the_article() -> None:
    text = "".join(f"<p>{each}</p>" for each in ARABIC.paragraphs)
    html = f"<html><body><div id=app></div><noscript>{text}</noscript><script src=a.js></script></body></html>"
    assert ARABIC.paragraphs[-1] in blocks_text(article_of(html).body)


def test_a_picture_in_noscript_stands_for_the_one_that_a_script_would_bring() -> None:
    html = page(
        '<p>نص قبلها.</p><figure><img class="lazy" src="data:image/gif;base64,R0lGOD"><noscript>'
        '<img src="https://example.org/a.jpg" alt="جسر"></noscript></figure>' + SENTENCE
    )
    figures = [b for b in walk(article_of(html).body) if isinstance(b, Figure)]
    assert [figure.image.resource for figure in figures] == ["https://example.org/a.jpg"]


# --- fuzz -------------------------------------------------------------------------------------

TAGS = "p div span a b i ul ol li table tr td th blockquote figure img figcaption pre code sup h2 br dl dt dd".split()


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from([*TAGS, *(f"/{t}" for t in TAGS), "نص. ", "كلام ", "&amp;"]), max_size=60
    )
)
def test_any_order_of_tags_makes_blocks_that_can_be_stored(parts: list[str]) -> None:
    html = "".join(f"<{part}>" if part.strip("/") in TAGS else part for part in parts)
    found = fragment(html)
    text = to_json_text(Article(metadata=article_of(page("")).metadata, body=found.blocks))
    assert text


@settings(max_examples=100)
@given(st.binary(max_size=400))
def test_any_bytes_make_an_article_or_a_clear_error(data: bytes) -> None:
    article_or_error(data)


@pytest.mark.long
def test_thousands_of_mutated_pages_make_an_article_or_a_clear_error() -> None:
    chance = random.Random(20250514)  # noqa: S311
    sources = [shape(ARABIC) for shape in SHAPES.values()]
    for _ in range(5000):
        data = _mutated(chance.choice(sources).encode(), chance)
        article = article_or_error(data)
        assert article is None or to_json_text(article)


def _mutated(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few parts cut out, doubled, moved or replaced."""
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(max(1, len(data)))
        part = data[start : start + chance.choice((1, 2, 10, 300, 3000))]
        new = chance.choice(
            (
                b"",
                part * 2,
                b"<",
                b">",
                b'"',
                b"\0",
                b"</div>",
                b"<table>",
                bytes([chance.randrange(256)]),
            )
        )
        data = data[:start] + new + data[start + len(part) :]
    return data


def test_a_page_is_read_the_same_twice() -> None:
    assert article_of(news_cms(ARABIC)) == article_of(news_cms(ARABIC))
