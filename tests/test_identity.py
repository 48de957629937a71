"""Identifiers: fixed for good, by the source's URL, else by title, creator and text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exporter.article import (
    Article,
    Creator,
    Figure,
    Image,
    Metadata,
    Paragraph,
    Reading,
    Resource,
    Text,
)
from exporter.identity import canonical_url, identify, normalise
from exporter.pipeline import settle
from tests.writers.book import png

ARTICLE = Article(
    Metadata(title="طريق الملح", creators=(Creator("ليلى الزيتوني"),)),
    (Paragraph((Text("كانت القوافل تخرج من الواحة."),)),),
)


def _identifier(article: Article) -> str:
    return identify(article).metadata.identifier


def _with(**changes: object) -> Article:
    return replace(ARTICLE, metadata=replace(ARTICLE.metadata, **changes))  # type: ignore[arg-type]


def test_these_never_change() -> None:
    """An e-reader would see new books if one of these did."""
    assert _identifier(ARTICLE) == "urn:uuid:deefea54-c1c0-5384-a906-c4189e22561c"
    assert (
        _identifier(_with(source="https://example.org/salt"))
        == "urn:uuid:d2665b4b-1461-5675-b9f1-9b01123b548c"
    )


def test_an_identifier_stays() -> None:
    assert _identifier(_with(identifier="urn:isbn:9780000000002")) == "urn:isbn:9780000000002"


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "طَريقُ  المِلح"},
        {"title": "طريـق الملح "},
        {"language": "fa"},
        {"publisher": "مجلة الواحة"},
        {"creators": (Creator("ليلى الزيتوني"), Creator("علي"))},
    ],
)
def test_the_same_article(changes: dict[str, object]) -> None:
    assert _identifier(_with(**changes)) == _identifier(ARTICLE)


@pytest.mark.parametrize("changes", [{"title": "طريق الماء"}, {"creators": ()}])
def test_another_article(changes: dict[str, object]) -> None:
    assert _identifier(_with(**changes)) != _identifier(ARTICLE)


def test_another_text_is_another_article() -> None:
    assert _identifier(replace(ARTICLE, body=())) != _identifier(ARTICLE)


def test_the_source_decides_before_the_text() -> None:
    one = _with(source="https://example.org/salt")
    assert _identifier(one) == _identifier(replace(one, body=()))


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/salt?id=7",
        "HTTPS://Example.ORG:443/salt?id=7#top",
        "https://example.org/salt?utm_source=x&id=7&fbclid=y",
    ],
)
def test_canonical_url(url: str) -> None:
    assert canonical_url(url) == "https://example.org/salt?id=7"


@pytest.mark.parametrize("source", ["http://[x", "https://a]b/c", "http://a\N{ACCOUNT OF}b/"])
def test_an_address_without_a_host_counts_as_none(source: str) -> None:
    assert _identifier(_with(source=source)) == _identifier(ARTICLE)


def test_a_picture_that_is_missing_changes_nothing() -> None:
    picture = Image("a.png", "قافلة")
    body = (Figure(picture, (Text("الواحة"),)), Paragraph((Text("انظر "), picture)))
    whole = replace(ARTICLE, body=body, resources={"a.png": Resource("a.png", "image/png", png())})
    settled = [settle(Reading(one)).article for one in (whole, replace(whole, resources={}))]
    assert settled[0].body != settled[1].body
    assert settled[0].metadata == settled[1].metadata


def test_the_path_keeps_its_case_and_an_empty_one_is_a_slash() -> None:
    assert canonical_url("http://example.org") == "http://example.org/"
    assert canonical_url("http://example.org/A") == "http://example.org/A"


def test_normalise() -> None:
    assert normalise(" المِلْـحُ\n\tAnd ") == "الملح and"
