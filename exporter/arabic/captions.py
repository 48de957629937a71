"""Captions: what is written under a picture, told by the credit of a photographer or an agency."""

from __future__ import annotations

from exporter.arabic.folding import fold
from exporter.patterns import compiled

_AGENCY = (
    r"رويترز|ا\s?ف\s?ب|فرانس برس|الفرنسيه|اسوشيتد ?برس|ا\s?ب|د\s?ب\s?ا|الاناضول|غيتي|جيتي|وكالات|"
    r"الاوروبيه|شينخوا|ايسنا|ارنا|مهر|تسنيم|getty(?: images)?|reuters|afp|epa|ap"
)
_CREDIT = compiled(
    rf"^(?:©|\(c\))|\S.*\S\s*\((?:{_AGENCY})\)\s*\.?$|(?:^|\s)(?:{_AGENCY})\s*/\s*\S+|"
    r"(?:^|[\s(.-])(?:تصوير|عدسه|المصور|الصوره|صوره|عكس|عكاس|فوٹو|فوتو|تصوير كا ذريعه|צילום|קרדיט|"
    r"photo|photos|photograph|image|credit)\s*[:]\s*\S|"
    r"(?:صوره ارشيفيه|صوره من الارشيف|\((?:ارشيف|ارشيفيه|الارشيف|ارشيو)\)|"
    r"عكس\s*[:-]?\s*(?:ارشيو|تزييني))\W*$"
)
_LONGEST, _FEWEST_WORDS, _MOST_WORDS = 240, 3, 35


def is_credited(text: str) -> bool:
    """Say whether a line credits a picture: `تصوير: …`, `(رويترز)` at its end, `© …`."""
    is_short = len(text) <= _LONGEST and _FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS
    return is_short and bool(_CREDIT.search(fold(text)))


_BARE_CREDIT = compiled(r"^(?:©|\(c\)).{1,60}$")


def is_bare_credit(text: str) -> bool:
    """Say whether a line is a credit without a caption: `© Reuters / Sami Haddad`."""
    return bool(_BARE_CREDIT.match(fold(text)))
