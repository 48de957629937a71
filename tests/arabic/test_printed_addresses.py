"""Addresses on paper: decoded where people read them, parted where a line may end."""

import pytest

from exporter.arabic.printed_addresses import BREAK, NO_BREAK, breakable, is_shown_by, shown


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("https://example.org/%D9%88%D8%B1%D9%82", "https://example.org/ورق"),
        ("https://example.org/?q=%D9%88%D8%B1%D9%82&n=2", "https://example.org/?q=ورق&n=2"),
        ("https://example.org/caf%C3%A9", "https://example.org/café"),
        ("https://xn--mgbaam7a8h.xn--mgberp4a5d4ar/", "https://امارات.السعودية/"),
        ("https://example.org/漢/ورق", "https://example.org/%E6%BC%A2/ورق"),
        ("mailto:a@example.org", "a@example.org"),
        ("tel:+96611234567", "+96611234567"),
    ],
)
def test_an_address_is_printed_as_people_read_it(address: str, printed: str) -> None:
    assert shown(address) == printed


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a%2Fb%3Fc%20d%25e",  # another address, if it were decoded
        "https://example.org/%D9",  # half a letter
        "https://example.org/%E6%BC%A2",  # a letter that no face has
        "https://example.org/%E2%80%AEcba",  # a mark of direction
        "https://example.org/%C2%A0%E2%80%8B",  # spaces that nobody sees
        "https://xn--80ak6aa92e.com/",  # Cyrillic that looks like a Latin name
        "https://xn--.example.org/",
    ],
)
def test_what_can_t_be_read_safely_stays_encoded(address: str) -> None:
    assert shown(address) == address


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("https://example.org", "https://example.org/"),
        ("www.example.org/ورق", "https://www.example.org/%D9%88%D8%B1%D9%82"),
        ("Example.org", "http://example.org/"),
        ("a@example.org", "mailto:a@example.org"),
    ],
)
def test_words_that_are_the_address_show_it(words: str, address: str) -> None:
    assert is_shown_by(words, address)


@pytest.mark.parametrize("words", ["example.org/long…", "الموقع", "example.org/other", ""])
def test_other_words_don_t(words: str) -> None:
    assert not is_shown_by(words, "https://example.org/long-name")


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("https://example.org/a/b", ["https://example.", "org/", "a/", "b"]),
        (
            "https://example.org/?a=1&b=c_d",
            ["https://example.", "org/?", "a=", "1&", "b=", "c_", "d"],
        ),
        ("https://example.org/one-two", ["https://example.", "org/", "one-", "two"]),
        ("/usr/share/doc", ["/", "usr/", "share/", "doc"]),
        ("https://example.org/...", ["https://example.", "org/..."]),
    ],
)
def test_a_line_may_end_after_a_sign_and_never_inside_the_scheme(
    address: str, parts: list[str]
) -> None:
    assert breakable(address).replace(NO_BREAK, "").split(BREAK) == parts
    assert breakable(address).startswith(f"https://{NO_BREAK}") is address.startswith("https")


def test_a_long_run_of_letters_may_be_parted_anywhere() -> None:
    assert breakable("https://a.b/" + "c7" * 20).count(BREAK) >= 39


def test_the_end_of_a_part_may_end_a_line_when_another_follows() -> None:
    assert breakable("/wiki/", is_last=False).endswith(BREAK)
    assert not breakable("/wiki/").endswith(BREAK)
