"""Vocalised text: whether the vowels are written, which takes room above and below the letters."""

from __future__ import annotations

from exporter.patterns import compiled

# Arabic and Quranic marks (The Unicode Standard §9.2): tanwin to sukun and beyond, the dagger alif,
# the signs of recitation; the letters of the script.
_MARK = compiled("[\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]")
_LETTER = compiled("[\u0620-\u064a\u066e-\u06d3]")
_FEWEST_LETTERS = 8
_LEAST_SHARE = 0.4


# A quotation from the Qur'an that may be longer than a line.
_AYAH = compiled("﴿([^﴿﴾]{60,})﴾")


def is_vocalised(text: str) -> bool:
    """Whether most letters that could have a mark have one, or those of a long ayah in the text."""
    return any(map(_is_dense, (text, *_AYAH.findall(text))))


def _is_dense(text: str) -> bool:
    marks = len(_MARK.findall(text))
    if marks < _LEAST_SHARE * _FEWEST_LETTERS:
        return False
    letters = len(_LETTER.findall(text))
    return letters >= _FEWEST_LETTERS and marks >= _LEAST_SHARE * letters
