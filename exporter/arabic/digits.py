"""Digit families: which one a text uses, and numbers of our own written in one."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from exporter.patterns import compiled


class DigitFamily(StrEnum):
    """A family of decimal digits, named as in `--digits`."""

    ARABIC = "arabic"
    WESTERN = "western"
    PERSIAN = "persian"


_DIGITS = {
    DigitFamily.WESTERN: "0123456789",
    DigitFamily.ARABIC: "٠١٢٣٤٥٦٧٨٩",
    DigitFamily.PERSIAN: "۰۱۲۳۴۵۶۷۸۹",
}
_TO_WESTERN = {
    ord(digit): str(value) for digits in _DIGITS.values() for value, digit in enumerate(digits)
}
# CLDR's default numbering systems: `arabext` for these, `arab` for Arabic; others use `latn`.
_FAMILY_OF_LANGUAGE = {
    "ar": DigitFamily.ARABIC,
    "ckb": DigitFamily.ARABIC,
    "fa": DigitFamily.PERSIAN,
    "ps": DigitFamily.PERSIAN,
    "ur": DigitFamily.PERSIAN,
}
_RUN = compiled(r"\d+")
_NUMBER = compiled(r"[+−-]?[\d.,٫٬\s]*\d\s*[%٪]?")


@lru_cache(maxsize=16)
def family_of(text: str, *, language: str = "ar") -> DigitFamily:
    """Return the family most numbers of the text are written in, else its language's family.

    Each number counts once, however long it is; of two equals the first in `DigitFamily` wins.
    """
    counts = dict.fromkeys(DigitFamily, 0)
    for run in _RUN.finditer(text):
        for family, digits in _DIGITS.items():
            counts[family] += run[0][0] in digits
    if not any(counts.values()):
        return _FAMILY_OF_LANGUAGE.get(language.lower().split("-")[0], DigitFamily.WESTERN)
    return max(DigitFamily, key=counts.__getitem__)


def to_digits(number: int | str, family: DigitFamily) -> str:
    """Return a number, or a text with its digits, in one family; other characters stay."""
    western = str(number).translate(_TO_WESTERN)
    return western.translate(str.maketrans(_DIGITS[DigitFamily.WESTERN], _DIGITS[family]))


def is_number(text: str) -> bool:
    """Whether a text is a number and nothing else, in digits of any family."""
    return bool(_NUMBER.fullmatch(text.strip()))
