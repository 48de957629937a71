"""Fonts: families, missing characters, and subsets that shape exactly as the whole face does."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from exporter import fonts
from exporter.errors import UsageError
from exporter.fonts import Face, FontRole, Style

TEXT_FACES = [
    face for family in fonts.families() if family.role is FontRole.TEXT for face in family.faces
]


def shaped(font: hb.Font, word: str) -> list[tuple[object, ...]]:
    """Each glyph of a word: where it comes from, where it stands, and the box of its outline."""
    buffer = hb.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return [
        (
            info.cluster,
            (place.x_advance, place.y_advance, place.x_offset, place.y_offset),
            font.get_glyph_extents(info.codepoint),
        )
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True)
    ]


def opened(data: bytes) -> hb.Font:
    return hb.Font(hb.Face(data))


def table(data: bytes, tag: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", data, 4)
    for entry in range(count):
        name, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * entry)
        if name == tag:
            return data[offset : offset + length]
    raise KeyError(tag)


def test_amiri_has_drawn_italics_and_noto_naskh_has_none() -> None:
    assert fonts.family("Amiri").has_italic
    assert not fonts.family("Noto Naskh Arabic").has_italic


def test_an_unknown_family_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UsageError) as refused:
        fonts.family("Traditional Arabic")
    assert "Traditional Arabic" in str(refused.value)
    assert all(family.name in str(refused.value) for family in fonts.families())


def test_the_nearest_face_keeps_the_style_when_it_can() -> None:
    amiri = fonts.family("Amiri")
    assert amiri.face(700, Style.ITALIC).path.name == "Amiri-BoldItalic.ttf"
    assert amiri.face(600, Style.NORMAL).path.name == "Amiri-Bold.ttf"
    assert fonts.family("Noto Naskh Arabic").face(400, Style.ITALIC).weight == 400


def names_of(font: bytes) -> set[str]:
    table = TTFont(io.BytesIO(font))["name"]
    return {str(record) for record in table.names if record.nameID in {1, 3, 4, 6, 16, 21}}


def test_a_subset_has_another_name_where_the_licence_reserves_the_whole_font_s(
    tmp_path: Path,
) -> None:
    amiri = fonts.family("Amiri").regular
    licence = amiri.path.with_name("OFL.txt").read_text(encoding="utf-8")
    reserving = licence.replace("\n", ", with Reserved Font Name Amiri.\n", 1)
    (tmp_path / "OFL.txt").write_text(reserving, encoding="utf-8")
    copy = Face(tmp_path / amiri.path.name, amiri.weight, amiri.style)
    copy.path.write_bytes(amiri.path.read_bytes())
    free, bound = fonts.subset(amiri, "كتاب"), fonts.subset(copy, "كتاب")
    assert any("Amiri" in name for name in names_of(free))
    assert not any("Amiri" in name for name in names_of(bound))
    assert fonts.subset(copy, "كتاب") == bound
    assert shaped(opened(bound), "كتاب") == shaped(opened(free), "كتاب")
    assert "SIL Open Font License".encode("utf-16-be") in table(bound, b"name")


def test_characters_without_a_glyph_are_named_and_invisible_ones_are_not() -> None:
    text = "سطر\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{NO-BREAK SPACE}\r\n\t漢अ\ufe0f"
    missing = fonts.missing_characters(text, fonts.families())
    assert missing == ("अ", "漢")
    assert fonts.character_name("✓") == "U+2713 CHECK MARK"


def test_a_missing_arabic_number_sign_counts_as_visible() -> None:
    assert fonts.is_drawn("\N{ARABIC END OF AYAH}")
    assert not fonts.is_drawn("\N{RIGHT-TO-LEFT MARK}")


@pytest.mark.parametrize("face", TEXT_FACES, ids=lambda face: face.path.stem)
def test_every_word_of_the_samples_shapes_as_with_the_whole_face(
    face: Face, seeds: tuple[Path, ...]
) -> None:
    texts = (path for path in seeds if path.suffix != ".docx")
    text = "\n".join(path.read_text(encoding="utf-8") for path in texts)
    words = sorted(set(text.split()))
    whole, part = opened(face.path.read_bytes()), opened(fonts.subset(face, text))
    assert len(words) > 1000
    assert [word for word in words if shaped(whole, word) != shaped(part, word)] == []


def test_stretched_and_broken_joins_shape_alike_in_a_subset_that_was_not_asked_for_them() -> None:
    face = fonts.family("Amiri").regular
    whole, part = opened(face.path.read_bytes()), opened(fonts.subset(face, "كتاب"))
    for word in (
        "كتـــاب",
        "كتا\N{ZERO WIDTH JOINER}",
        "ك\N{ZERO WIDTH NON-JOINER}ت",
        "ت\N{NO-BREAK SPACE}ب",
    ):
        assert shaped(whole, word) == shaped(part, word)


def test_a_subset_is_small_and_the_same_every_time() -> None:
    face = fonts.family("Amiri").regular
    part = fonts.subset(face, "كتاب")
    assert len(part) < face.path.stat().st_size / 10
    assert part == fonts.subset(face, reversed("كتابكتاب"))


def test_a_subset_keeps_the_dates_and_the_licence_of_its_face() -> None:
    face = fonts.family("Amiri").regular
    part = fonts.subset(face, "كتاب")
    dates = slice(20, 36)  # head.created and head.modified
    assert table(part, b"head")[dates] == table(face.path.read_bytes(), b"head")[dates]
    assert "SIL Open Font License".encode("utf-16-be") in table(part, b"name")
    assert "Copyright".encode("utf-16-be") in table(part, b"name")


def test_the_width_of_a_line_is_its_shaped_advance() -> None:
    face = fonts.family("Amiri").regular
    assert fonts.width("", face) == 0
    assert fonts.width("كتاب", face) < sum(fonts.width(letter, face) for letter in "كتاب")


def test_a_text_is_measured_in_the_family_that_draws_it() -> None:
    mono, amiri = fonts.family("Noto Sans Mono"), fonts.family("Amiri")
    assert fonts.drawing("دواةٌ وقصب، HTML", (mono, amiri)) is amiri
    assert fonts.drawing("HTML 5", (mono, amiri)) is mono
    assert fonts.drawing("١٢", (mono, amiri)) is mono
