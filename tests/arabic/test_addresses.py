"""Addresses as URIs."""

import pytest

from exporter.arabic.addresses import uri_of


@pytest.mark.parametrize(
    ("address", "uri"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        ("https://example.org/%D8%A7", "https://example.org/%D8%A7"),
        ("https://example.org/القدس", "https://example.org/%D8%A7%D9%84%D9%82%D8%AF%D8%B3"),
        (
            "https://api.example.com/users/{id}/posts",
            "https://api.example.com/users/%7Bid%7D/posts",
        ),
        ('https://example.org/a|b^c[0]"d\\e', "https://example.org/a%7Cb%5Ec%5B0%5D%22d%5Ce"),
        ("https://example.org/50%zz", "https://example.org/50%25zz"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("http://[2001:db8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
        ("mailto:editor@example.org", "mailto:editor@example.org"),
        ("tel:+966 50", "tel:+966%2050"),
    ],
)
def test_an_address_becomes_a_uri(address: str, uri: str) -> None:
    assert uri_of(address) == uri
    assert uri_of(uri) == uri


@pytest.mark.parametrize(
    "address",
    [
        "https://",
        "http:///path",
        "https://[::1",
        "https://a.b:99999/",
        "https://{x}/",
        "http://a..b/",
    ],
)
def test_what_has_no_host_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        uri_of(address)
