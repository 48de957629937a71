"""Bytes to text: the encodings that are read, those that are refused, and what is cleaned off."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.errors import ReadError
from exporter.notices import NoticeCode
from exporter.readers.text.decoding import decode
from exporter.sources import Source

ARABIC = "عودة اللقلق\n\nعاد اللقلق هذا الربيع إلى الأبراج القديمة، وقال السكان إنهم سمعوا صوته."
PERSIAN = "بازگشت لک لک\n\nلک لک امسال به برج های قدیمی شهر برگشت و مردم صدای او را شنیدند."


def _source(data: bytes) -> Source:
    return Source("article.txt", "article.txt", data)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ARABIC.encode(), "utf-8"),
        (BOM_UTF8 + ARABIC.encode(), "utf-8"),
        (BOM_UTF16_LE + ARABIC.encode("utf-16-le"), "utf-16-le"),
        (BOM_UTF16_BE + ARABIC.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_certain_encodings(data: bytes, encoding: str) -> None:
    decoded = decode(_source(data))
    assert (decoded.text, decoded.encoding, decoded.notices) == (ARABIC, encoding, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "windows-1256"])
def test_guessed_encodings(encoding: str) -> None:
    decoded = decode(_source(ARABIC.encode(encoding)))
    assert decoded.text == ARABIC
    (notice,) = decoded.notices
    assert (notice.code, notice.detail) == (NoticeCode.ENCODING_GUESSED, encoding)


def test_persian_in_windows_1256() -> None:
    text = PERSIAN.replace("ی", "ي")
    assert decode(_source(text.encode("windows-1256"))).text == text


def _misread(text: str, encoding: str) -> str:
    """What a program shows that takes UTF-8 for an encoding of one byte a letter."""
    return "".join(
        chr(byte)
        if encoding == "windows-1252" and byte in _LEFT_OPEN
        else bytes((byte,)).decode(encoding)
        for byte in text.encode()
    )


# Of windows-1252; browsers and editors show the control characters of these bytes.
_LEFT_OPEN = b"\x81\x8d\x8f\x90\x9d"


@pytest.mark.parametrize("text", [ARABIC, PERSIAN])
@pytest.mark.parametrize("encoding", ["windows-1256", "windows-1252"])
def test_a_text_that_was_misread_and_saved_has_its_letters_again(text: str, encoding: str) -> None:
    decoded = decode(_source(_misread(text, encoding).encode()))
    assert decoded.text == text
    (notice,) = decoded.notices
    assert (notice.code, notice.detail) == (NoticeCode.ENCODING_REPAIRED, encoding)


@pytest.mark.parametrize("text", ["طظ عغ غعظط ظظ ططع غغ عطظ", "ØÙ ÛÚ ØØ ÙÙ ÚØ", ARABIC])
def test_a_text_that_only_looks_misread_stays(text: str) -> None:
    decoded = decode(_source(text.encode()))
    assert (decoded.text, decoded.notices) == (text, ())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "binary"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0\0stream" + bytes(range(256)) * 4, "binary"),
        (
            b"PK\x03\x04\x14\0\0\0\x08\0"
            + b"".join(sha256(bytes([at])).digest() for at in range(99)),
            "binary",
        ),
        (BOM_UTF16_LE + b"\0\xd8\0\xd8a", "encoding-damaged"),
        (ARABIC.encode().replace("ل".encode(), b"\xd9"), "encoding-damaged"),
        (ARABIC.encode()[:12] + b"\xd8\xff\xff", "encoding-damaged"),
        (
            "Привет, это обычный русский текст для проверки".encode("windows-1251"),
            "encoding-unknown",
        ),
        ("Un été à la forêt, où l'élève rêva".encode("latin-1"), "encoding-unknown"),
        (ARABIC.encode("utf-32"), "binary"),
    ],
)
def test_anything_else_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode(_source(data))
    assert caught.value.code == code
    assert str(caught.value).startswith("article.txt: ")


@pytest.mark.parametrize(
    ("data", "number"),
    [
        (ARABIC.encode()[:40] + b"\xd8" + ARABIC.encode()[40:], "1"),
        (ARABIC.encode()[:-5] + b"\xff\xff.", "2"),
        (ARABIC.encode()[1:], "1"),
        (ARABIC.encode() + "ن".encode()[:1], "1"),
        (BOM_UTF16_LE + ARABIC.encode("utf-16-le") + b"\0", "1"),
    ],
)
def test_a_few_damaged_bytes_are_told_and_the_rest_is_read(data: bytes, number: str) -> None:
    decoded = decode(_source(data))
    assert decoded.text.count("\N{REPLACEMENT CHARACTER}") == int(number)
    assert decoded.text[30:50] in ARABIC
    assert [(one.code, one.detail) for one in decoded.notices] == [
        (NoticeCode.BYTES_DAMAGED, number)
    ]


def test_direction_and_control_characters_go_with_a_notice() -> None:
    dirty = (
        "\N{RIGHT-TO-LEFT MARK}سطر\N{LEFT-TO-RIGHT MARK} \N{RIGHT-TO-LEFT EMBEDDING}أول"
        "\N{POP DIRECTIONAL FORMATTING}\N{ZERO WIDTH NO-BREAK SPACE}\x07"
        "\N{FIRST STRONG ISOLATE}x\N{POP DIRECTIONAL ISOLATE}"
    )
    decoded = decode(_source(dirty.encode()))
    assert decoded.text == "سطر أولx"
    (notice,) = decoded.notices
    assert notice.code is NoticeCode.CONTROL_REMOVED
    assert notice.detail == "8"
    assert "U+200F × 1" in notice.text


def test_joiners_stay() -> None:
    text = "می\N{ZERO WIDTH NON-JOINER}روم ه\N{ZERO WIDTH JOINER}"
    decoded = decode(_source(text.encode()))
    assert (decoded.text, decoded.notices) == (text, ())


def test_spaces_line_ends_and_composition_are_made_one() -> None:
    text = "سطر\N{NO-BREAK SPACE}أول\r\nثان\rثالث\N{LINE SEPARATOR}ا\N{ARABIC HAMZA ABOVE}خر"
    decoded = decode(_source(text.encode()))
    assert (decoded.text, decoded.notices) == ("سطر أول\nثان\nثالث\nأخر", ())


@given(st.binary(max_size=300))
def test_any_bytes_are_a_clean_text_or_a_clear_error(data: bytes) -> None:
    with suppress(ReadError):
        text = decode(_source(data)).text
        assert not set(text) & set("\r\0\N{RIGHT-TO-LEFT MARK}\N{NO-BREAK SPACE}")
