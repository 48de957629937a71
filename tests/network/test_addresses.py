"""Any text is an address or an error, and goes over the wire as ASCII."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter import links
from exporter.errors import FetchError, SourceError
from exporter.network.addresses import address_of

WORDS = st.lists(
    st.sampled_from(
        [
            *"/:?#[]@.%&= \t\n\0\\",
            *"http https // www. example.org مصر 127.0.0.1 ::1 %2F xn-- ٣".split(),
            "\ud800",
            "a" * 70,
        ]
    ),
    max_size=12,
).map("".join)


@given(st.one_of(WORDS, WORDS.map("https://{}".format), st.text()))
def test_any_text_is_an_address_or_an_error(text: str) -> None:
    try:
        address = address_of(text)
    except FetchError:
        return
    assert address.url.isascii()
    assert not set(address.url) & set(" \t\r\n\0")
    assert address_of(address.url) == address


@given(st.one_of(WORDS, st.text()))
def test_a_link_is_of_http_or_an_error(text: str) -> None:
    with suppress(SourceError):
        assert not links.is_link(text) or links.url_of(text).lower().startswith("http")


@given(WORDS)
def test_a_redirect_leads_to_an_address_or_an_error(text: str) -> None:
    try:
        address = address_of("https://example.org/a/b?c").joined(text)
    except FetchError:
        return
    assert address.url.isascii()


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("http://EXAMPLE.org", "http://example.org/"),
        ("https://example.org:443/a#b", "https://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("http://موقع.مصر/", "http://xn--4gbrim.xn--wgbh1c/"),
        ("https://[2001:DB8::1]:80/", "https://[2001:db8::1]:80/"),
        ("  https://example.org/a b  ", "https://example.org/a%20b"),
        ("https://example.org/%d9%85?q=%20+", "https://example.org/%d9%85?q=%20+"),
    ],
)
def test_how_an_address_is_sent(url: str, sent: str) -> None:
    assert address_of(url).url == sent


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.org/b/article.txt?x=y.z", "article.txt"),
        ("https://a.org/b/%D9%85%D9%82%D8%A7%D9%84/", "مقال"),
        ("https://a.org", ""),
        ("https://a.org/%2e%2e/%2Fetc", "etc"),
    ],
)
def test_what_a_page_is_called(url: str, name: str) -> None:
    assert links.name_of(url) == name
