"""Bytes to text: the encodings that scraped Arabic comes in, and what is cleaned off the text."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Callable, Mapping

from exporter.arabic.folding import HARAKAT, TATWEEL, nfc
from exporter.errors import ReadError
from exporter.notices import Notice, NoticeCode
from exporter.patterns import compiled
from exporter.records import dataclass
from exporter.sources import Source


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with its lines parted by newlines, and what was guessed or removed on the way."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


# The most frequent pairs of letters make 69 % of the pairs of Arabic news, 42 % of Persian, and
# none to 15 % of what other bytes look like as Windows-1256.
_PAIRS = frozenset(
    (
        "أم أن أو إل إن اء ائ اب ات اج اح اد ار اس اع اف اق ال ام ان اي با بد بر بع بل بي تا تح "
        "تر تع تق تم ته تو تي جا جم حا حد حي خا خل دا دة در دم دو دي را رب رة رك رو ري زي سا سب "
        "ست سع سي شر طا عا عب عة عد عر عل عم عن عي فا فر في قا قد قي كا كر كو كي لأ لإ لا لب لة "
        "لت لج لح لد لذ لر لس لش لع لف لق لك لل لم لن له لو لى لي ما مة مت مح مد مر مس مع مل من "
        "مو مي نا نت نه ني ها هم وأ وا وب وت ود ور وس وع وق ول وم ون وي يا ية يت يد ير يس يع يق "
        "يل يم ين يه يو می که را به از این"
    ).split()
)
_LEAST_PAIRS, _FEWEST_PAIRS = 0.33, 4
# The first wins where both are as likely: ISO 8859-6 has no letters of Persian.
_ARABIC_ENCODINGS = ("windows-1256", "iso-8859-6")
_WORD = compiled(r"[^\W\d_]+")
_ARABIC_LETTER = compiled(r"[\u0621-\u064A\u066E-\u06D3]")
_ARABIC_WORD = compiled(r"[\u0621-\u064A\u066E-\u06D3]+")
_SAMPLE = 100_000

# What the bytes D8 to DB are in the encodings that UTF-8 is taken for.
_READ_WRONGLY = {"windows-1256": "طظعغ", "windows-1252": "ØÙÚÛ"}
_LEAST_OPENINGS = 0.2

# What a text in UTF-16 is expected to be made of.
_EXPECTED = compiled(
    r"[\t\n\r -~\u00A0-\u024F\u0590-\u077F\u08A0-\u08FF\u2000-\u206F\u20A0-\u20BF\u2100-\u214F"
    r"\uFB1D-\uFDFF\uFE70-\uFEFF]"
)
_CONTROL = compiled(r"[\x00-\x08\x0E-\x1A\x1C-\x1F\x7F]")
_MOST_CONTROLS, _FEW_CONTROLS = 0.01, 4
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_FEW_DAMAGED, _MOST_DAMAGED, _DAMAGED_OF_FEW = 2, 0.02, 0.2


def decode(source: Source) -> Decoded:
    """Return the text of a source, in NFC, without control and direction characters.

    UTF-8 and UTF-16 with a byte order mark, UTF-8 without, then UTF-16 without, Windows-1256 and
    ISO 8859-6 where they give plausible text, with a Notice; so has UTF-8 that was once read in a
    wrong encoding, and text in which a few bytes are damaged. Raises ReadError for anything else.
    """
    text, encoding, notices = _decode(source)
    cleaned, removed = clean(text)
    return Decoded(cleaned, encoding, (*notices, *removed))


def _decode(source: Source) -> tuple[str, str, tuple[Notice, ...]]:
    data = source.data
    for mark, encoding in (
        (BOM_UTF8, "utf-8"),
        (BOM_UTF16_LE, "utf-16-le"),
        (BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _marked(source, data[len(mark) :], encoding=encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guess(source, error)
    if not is_binary(text):
        return _sound(text)
    # The bytes of Arabic in UTF-16 are all below 0x80 and so pass as UTF-8.
    return _guess(source, None)


def _sound(text: str) -> tuple[str, str, tuple[Notice, ...]]:
    text, wrong = read_again(text)
    notices = (Notice(NoticeCode.ENCODING_REPAIRED, detail=wrong),) if wrong else ()
    return text, "utf-8", notices


def read_again(text: str, *, sample: Callable[[str], str] = str) -> tuple[str, str]:
    """Return a text that was read in a wrong encoding and saved so as it was meant, and which.

    Of UTF-8 that was read with one byte a letter, almost every other letter is that of a byte which
    opens an Arabic one (D8 to DB). Any other text is returned as it is, with no encoding.
    """
    letters = sample(text)[:_SAMPLE]
    for encoding, openings in _READ_WRONGLY.items():
        if sum(map(letters.count, openings)) <= _LEAST_OPENINGS * len(letters):
            continue
        meant = _attempt(_bytes_of(text, encoding), encoding="utf-8")
        if meant and is_plausible(sample(meant)):
            return meant, encoding
    return text, ""


def _bytes_of(text: str, encoding: str) -> bytes:
    """Return the bytes that a text was read from; none where they can't be had again.

    What windows-1252 leaves open is read as the control character of the byte (Encoding Standard).
    """
    try:
        return b"".join(
            bytes((ord(letter),)) if "\x80" <= letter <= "\x9f" else letter.encode(encoding)
            for letter in text
        )
    except UnicodeEncodeError:
        return b""


def _marked(source: Source, data: bytes, *, encoding: str) -> tuple[str, str, tuple[Notice, ...]]:
    notices: tuple[Notice, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text, notices = _mended(source, error)
    if is_binary(text):
        raise ReadError("binary", subject=source.location)
    return text, encoding, notices


def _mended(source: Source, error: UnicodeDecodeError) -> tuple[str, tuple[Notice, ...]]:
    text, damaged = mended(error.object, encoding=error.encoding)
    if not text:
        detail = f"{error.encoding.upper()}, byte {error.start}"
        raise ReadError("encoding-damaged", subject=source.location, detail=detail) from error
    line = text.count("\n", 0, text.index(_REPLACEMENT)) + 1
    return text, (Notice(NoticeCode.BYTES_DAMAGED, f"line {line}", detail=str(damaged)),)


def mended(data: bytes, *, encoding: str) -> tuple[str, int]:
    """Return bytes as text, U+FFFD in the place of damaged ones, and how many of these there are.

    Where more than a few are damaged, as in text of another encoding, the text is empty.
    """
    text = data.decode(encoding, errors="replace")
    damaged = text.count(_REPLACEMENT)
    foreign = sum(not letter.isascii() for letter in text)
    is_little = damaged <= max(_FEW_DAMAGED, _MOST_DAMAGED * foreign)
    return (text if is_little and damaged <= _DAMAGED_OF_FEW * foreign else ""), damaged


def _guess(source: Source, error: UnicodeDecodeError | None) -> tuple[str, str, tuple[Notice, ...]]:
    data = source.data
    text, encoding = likeliest(data)
    if encoding:
        return text, encoding, (Notice(NoticeCode.ENCODING_GUESSED, detail=encoding),)
    if error is None or is_binary(data.decode("latin-1")):
        raise ReadError("binary", subject=source.location) from error
    if not _is_mostly_utf8(data):
        raise ReadError("encoding-unknown", subject=source.location) from error
    text, notices = _mended(source, error)
    return text, "utf-8", notices


def likeliest(data: bytes, *, sample: Callable[[str], str] = str) -> tuple[str, str]:
    """Return bytes as the text that they most likely are, and its encoding; both may be empty.

    Of the encodings for Arabic with one byte a letter, the one in which the letters follow one
    another best. `sample` gives the part of a text that is judged.
    """
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _attempt(data, encoding=encoding)
        if text and not is_binary(text) and _is_expected(sample(text)):
            return text, encoding
    found = [(_attempt(data, encoding=encoding), encoding) for encoding in _ARABIC_ENCODINGS]
    texts = [(text, encoding) for text, encoding in found if text and not is_binary(text)]
    best = max(texts, key=lambda pair: _share_of_pairs(sample(pair[0])), default=("", ""))
    return best if is_plausible(sample(best[0])) else ("", "")


def _attempt(data: bytes, *, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def is_binary(text: str) -> bool:
    """Say whether a text has more control characters than a text has."""
    sample = text[:_SAMPLE]
    controls = len(_CONTROL.findall(sample))
    return "\0" in sample or controls > max(_FEW_CONTROLS, _MOST_CONTROLS * len(sample))


def _is_mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    strange = sum(not character.isascii() for character in text)
    return strange > 0 and text.count(_REPLACEMENT) < strange / 2


def _is_expected(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_EXPECTED.findall(sample)) >= 0.95 * len(sample)


def is_plausible(text: str) -> bool:
    """Say whether the Arabic letters of a text follow one another as in Arabic or Persian."""
    return _share_of_pairs(text) >= _LEAST_PAIRS


def _share_of_pairs(text: str) -> float:
    """Return the share of frequent pairs of letters, 0 for a text with hardly an Arabic word."""
    bare = text[:_SAMPLE].translate(dict.fromkeys(map(ord, HARAKAT + TATWEEL)))
    words = _WORD.findall(bare)
    arabic = [word for word in words if _ARABIC_WORD.fullmatch(word)]
    mixed = sum(1 for word in words if _ARABIC_LETTER.search(word)) - len(arabic)
    pairs = [word[at : at + 2] for word in arabic for at in range(len(word) - 1)]
    if len(pairs) < _FEWEST_PAIRS or mixed > 0.1 * len(arabic):
        return 0.0
    return sum(pair in _PAIRS for pair in pairs) / len(pairs)


# --- cleaning -------------------------------------------------------------------------------

_LINE_END = compiled(r"\r\n?|[\v\f\x1C-\x1E\x85\u2028\u2029]")
# UAX #9: in the Article, direction is a node. Soft hyphens and zero width spaces go too; ZWNJ
# and ZWJ stay, they are spelling.
_FORMAT = frozenset(
    chr(code)
    for code in (
        0x00AD,
        0x061C,
        0x200B,
        *range(0x200E, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
    )
)
_CONTROLS = frozenset(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))) - {"\t", "\n"}
REMOVED = compiled("[" + re.escape("".join(sorted(_FORMAT | _CONTROLS))) + "]")
"""What is removed from a text: control and direction characters."""
_SPACES = dict.fromkeys(
    [0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000],
    " ",
)


def clean(text: str) -> tuple[str, tuple[Notice, ...]]:
    """Return a text in NFC without control and direction characters, and a Notice of those."""
    lines = _LINE_END.sub("\n", text)
    removed = Counter(REMOVED.findall(lines))
    cleaned = nfc(REMOVED.sub("", lines).translate(_SPACES))
    return cleaned, removal(removed)


def removal(removed: Mapping[str, int]) -> tuple[Notice, ...]:
    """Return the notice that says how many of which characters were removed, if any."""
    if not removed:
        return ()
    names = ", ".join(f"U+{ord(c):04X} × {removed[c]}" for c in sorted(removed))
    number = sum(removed.values())
    return (Notice(NoticeCode.CONTROL_REMOVED, text=names, detail=str(number)),)
