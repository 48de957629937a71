"""What a font moves across a space, so that a text is more than its words.

It has to be known before words can stand for a text. Of bundled faces it is (`fonts.toml`), and of
others Pango is asked, text by text (`paragraphs.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from weasyprint.text.ffi import ffi
from weasyprint.text.fonts import get_hb_object_data, get_pango_font_hb_face
from weasyprint.text.line_break import Layout

from exporter.fonts import AcrossSpaces, across_spaces
from exporter.typesetting.exact_text.clusters import columns_of, runs_of
from exporter.typesetting.exact_text.words import Styled, Word

_JOINERS = frozenset("\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}")


def known_of(of: Styled, style: Any) -> AcrossSpaces | None:
    """Return what the font of a style moves across spaces, None where that is not known."""
    # The face is kept, so that no other can have its address.
    faces: dict[int, tuple[Any, AcrossSpaces | None]] = style.font_config.__dict__.setdefault(
        "exporter_faces", {}
    )
    face = get_pango_font_hb_face(of.font)
    address = int(ffi.cast("uintptr_t", face))
    if address not in faces:
        digest = sha256(get_hb_object_data(face)).hexdigest()
        faces[address] = face, across_spaces().get(digest)
    return faces[address][1]


def kerns_of(
    of: Styled, words: Sequence[Word | None], known: AcrossSpaces, style: Any
) -> Mapping[int, int | None]:
    """Return which words are moved by the one before, by their numbers.

    With each is by how much it becomes wider, in Pango units, None where that is not all.
    """
    if not known.after:
        return {}
    kerns, beginnings = {}, known.after | _JOINERS
    for number, word in enumerate(words):
        if not number or not word or word.text[0] not in beginnings:
            continue
        before = words[number - 1]
        if before and _can_meet(before, word, known):
            left, right = before.clusters[0], word.clusters[-1]
            key = (left.text, left.glyphs, right.text, right.glyphs)
            if key not in of.kerns:
                of.kerns[key] = _moved(of, before, word, style)
            if (kern := of.kerns[key]) != _UNMOVED:
                kerns[number] = None if kern == _UNKNOWN else kern
    return kerns


_UNMOVED, _UNKNOWN = "unmoved", "unknown"


def _can_meet(before: Word, after: Word, known: AcrossSpaces) -> bool:
    return not (
        known.before.isdisjoint(before.clusters[0].text)
        or known.after.isdisjoint(after.clusters[-1].text)
    )


def _moved(of: Styled, before: Word, after: Word, style: Any) -> int | str:
    """Return by how much a word becomes wider after another, or what else becomes of it."""
    layout = Layout(style)
    layout.set_text(f"{before.text} {after.text}")
    line, _ = layout.get_first_line()
    together = columns_of(runs_of(line))
    space = ([of.space.number], [of.space.width], [of.space.x], [of.space.y])
    alone = [
        [*right, *between, *left]
        for right, between, left in zip(after.glyphs, space, before.glyphs, strict=True)
    ]
    if [*together] == alone:
        return _UNMOVED
    own = len(after.glyphs[0])
    is_own = all(one[own:] == other[own:] for one, other in zip(together, alone, strict=True))
    if not is_own or together[0] != alone[0]:
        return _UNKNOWN
    return sum(together[1][:own]) - after.width
