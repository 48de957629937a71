"""The cover: the right size, nothing over its edges, one picture for one publication."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from zlib_ng import zlib_ng

from exporter import fonts, themes
from exporter.article import Article, Creator, Metadata, Paragraph, Text
from exporter.choices import Settings
from exporter.errors import UsageError
from exporter.fonts import Style
from exporter.pipeline import engine
from exporter.publication import Cover, CoverKind, Publication
from exporter.typesetting.engine import Engine
from exporter.writers import cover, cover_picture
from exporter.writers.cover_picture import picture_of

TITLE_BOX = cover.Box(*themes.load("naskh", Settings()).cover_title)
SHORT = "دواة وقصب قديم"
LONG = (
    "هذا عنوان طويل جدا مؤلف من ثلاثين كلمة لا يمكن أن يسعه سطر واحد ولا سطران ولا ثلاثة أسطر بل "
    "يحتاج إلى أسطر كثيرة لكي يظهر كله من غير نقص"
)
VOCALISED = "الثَّعْلَبُ وَالصَّدَى فِي وَادِي الظِّلَالِ الْمُعْشِبِ وَمَا جَرَى بَيْنَهُمَا مِنَ الْحَدِيثِ الْعَجِيبِ"
MIXED = "أسواق C++ ⚖ و«Go» في 2024: ١٥ ✓"
UNBROKEN = "https://example.org/" + "a" * 150
TITLES = {"short": SHORT, "long": LONG, "vocalised": VOCALISED, "unbroken": UNBROKEN}

# The paper between the fillet and the text: no ink may stand there.
MARGINS = ((206, 700, 240, 1800), (1360, 700, 1394, 1800))


def publication_of(
    metadata: Metadata, kind: CoverKind = CoverKind.TYPOGRAPHIC, data: bytes = b""
) -> Publication:
    article = Article(metadata, (Paragraph((Text("نص"),)),))
    return Publication(metadata, (article,), Cover(kind, data))


def titled(title: str) -> Metadata:
    return Metadata(
        title=title,
        creators=(Creator("مازن الورداني"),),
        publisher="مجلة سعف",
        issued="2024-11-14",
        identifier="urn:uuid:8f0c1d52-5a0e-5c5b-9a51-3d6f2c2a7b91",
    )


def drawn(metadata: Metadata, font: str = "") -> bytes:
    theme = themes.load("naskh", Settings(font=font))
    return cover.draw(publication_of(metadata), theme, engine()).data


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """The bounds of what is not paper inside the box."""
    part = image.crop(box).convert("L").point(lambda value: 255 if value < 200 else 0)
    return part.getbbox()


@pytest.mark.parametrize("font", ["Amiri", "Noto Naskh Arabic"])
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())
def test_a_title_of_any_length_stays_inside_its_place(title: str, font: str) -> None:
    data = drawn(titled(title), font)
    image = picture(data)
    assert Image.open(io.BytesIO(data)).format == "PNG"
    assert image.size == (1600, 2560)
    assert len(data) < 120_000
    assert ink(image, (260, 700, 1340, 1560)) is not None
    assert [ink(image, margin) for margin in MARGINS] == [None, None]
    # Between the title and the names, and between the names and the ornament under them.
    assert ink(image, (210, 1575, 1390, 1595)) is None
    assert ink(image, (210, 1785, 1390, 1815)) is None


def test_the_marks_of_a_vocalised_title_are_whole() -> None:
    bare, vocalised = "نص", "نُصٍّ"
    box = (260, 700, 1340, 1560)
    height = {}
    for title in (bare, vocalised):
        bounds = ink(picture(drawn(titled(title))), box)
        assert bounds
        height[title] = bounds[3] - bounds[1]
    bold = fonts.family("Amiri").face(700, Style.NORMAL)
    size = cover.fit(bare, bold, TITLE_BOX).size
    # Damma stands on the noon and shadda on the sad, kasratan below: half an em more in all.
    assert height[vocalised] > height[bare] + 0.3 * size


def test_a_longer_title_is_set_smaller_and_loses_no_word() -> None:
    bold = fonts.family("Amiri").face(700, Style.NORMAL)
    short, long = (cover.fit(title, bold, TITLE_BOX) for title in (SHORT, LONG))
    assert short.size > 1.5 * long.size
    assert " ".join(long.lines) == LONG


def test_no_line_of_a_title_ends_with_a_particle() -> None:
    bold = fonts.family("Amiri").face(700, Style.NORMAL)
    title = "ما جرى في الطريق إلى المدينة من حديث عن الماء مع الرفاق"
    lines = cover.fit(title, bold, TITLE_BOX).lines
    assert len(lines) > 2
    assert not {line.split()[-1] for line in lines} & {"في", "إلى", "من", "عن", "مع"}


def test_an_endless_title_ends_in_an_ellipsis() -> None:
    bold = fonts.family("Amiri").face(700, Style.NORMAL)
    endless = cover.fit("كلمة " * 1000, bold, TITLE_BOX)
    assert endless.lines[-1].endswith("كلمة…")
    assert endless.size > 20


def test_the_same_publication_has_the_same_cover_and_another_may_have_another_palette() -> None:
    metadata = titled(SHORT)
    assert drawn(metadata) == drawn(metadata)
    grounds = set()
    for number in range(12):
        chosen = cover.palette_of(f"urn:uuid:{number}")
        grounds.add(chosen.ground)
        assert chosen == cover.palette_of(f"urn:uuid:{number}")
    assert len(grounds) > 3


def test_a_left_to_right_name_in_the_title_keeps_its_order() -> None:
    # UAX #9 alone takes `C++` after Arabic to the page as `++C`. The title's left end is the tall
    # letter of the one and a sign of the other.
    name, turned = (picture(drawn(titled(title))) for title in ("لغة C++", "لغة ++C"))
    tall, low = (_ink_height(one.crop((520, 960, 640, 1240))) for one in (name, turned))
    assert tall > 1.2 * low > 0


def _ink_height(part: Image.Image) -> int:
    box = part.convert("L").point(lambda value: 255 * (value < 128)).getbbox()
    return box[3] - box[1] if box else 0


def test_bare_metadata_makes_a_cover_too() -> None:
    assert picture(drawn(Metadata(title="كلمة"))).size == (1600, 2560)


# --- the user's own picture -----------------------------------------------------------------


def encoded(size: tuple[int, int], kind: str, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_a_modest_picture_of_the_users_is_taken_as_it_is(kind: str, media_type: str) -> None:
    data = encoded((600, 900), kind)
    kept = cover.check(data, subject="cover.bin")
    assert (kept.data, kept.media_type) == (data, media_type)


@pytest.mark.parametrize(("size", "mode"), [((4000, 3000), "RGB"), ((600, 900), "CMYK")])
def test_a_picture_too_large_or_made_for_print_is_converted(
    size: tuple[int, int], mode: str
) -> None:
    kept = cover.check(encoded(size, "JPEG", mode), subject="cover.jpg")
    image = Image.open(io.BytesIO(kept.data))
    assert kept.media_type == "image/jpeg"
    assert image.mode == "RGB"
    assert image.width <= 1600
    assert image.height <= 2560


@pytest.mark.parametrize(
    "data",
    [b"", b"not a picture", encoded((9, 9), "GIF"), encoded((600, 900), "PNG")[:60]],
    ids=["empty", "text", "gif", "cut short"],
)
def test_what_is_no_picture_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(UsageError, match=r"غلاف\.png.*JPEG or PNG"):
        cover.check(data, subject="غلاف.png")


def test_a_publication_may_have_no_cover() -> None:
    theme = themes.load("naskh", Settings())
    publication = publication_of(titled(SHORT), CoverKind.NONE)
    assert cover.cover_of(publication, theme, engine()) is None


def test_a_publication_may_bring_its_cover() -> None:
    theme = themes.load("naskh", Settings())
    data = encoded((600, 900), "PNG")
    brought = cover.cover_of(publication_of(titled(SHORT), CoverKind.FILE, data), theme, engine())
    assert brought is not None
    assert brought.data == data


# --- what is kept of it ---------------------------------------------------------------------


def test_what_is_kept_of_other_covers_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cover_picture._ground_of.cache_clear()
    first = drawn(titled(SHORT))
    files = list((tmp_path / "arabic-exporter" / "covers").iterdir())
    assert len(files) == 1
    cover_picture._ground_of.cache_clear()
    from_disk = drawn(titled(SHORT))
    files[0].write_bytes(files[0].read_bytes()[:-1] + b"?")
    cover_picture._ground_of.cache_clear()
    drawn(titled(LONG))
    assert first == from_disk == drawn(titled(SHORT))


def test_a_ground_that_other_code_or_another_zlib_made_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def kept_after_a_cover() -> int:
        cover_picture._source.cache_clear()
        cover_picture._ground_of.cache_clear()
        drawn(titled(SHORT))
        return len(list((tmp_path / "arabic-exporter" / "covers").iterdir()))

    assert kept_after_a_cover() == kept_after_a_cover() == 1
    changed = tmp_path / "cover_picture.py"
    changed.write_bytes(Path(cover_picture.__file__).read_bytes() + b"# another line")
    with monkeypatch.context() as patch:
        patch.setattr(cover_picture, "__file__", str(changed))
        assert kept_after_a_cover() == 2
        patch.setattr(zlib_ng, "ZLIBNG_VERSION", "another")
        assert kept_after_a_cover() == 3
    assert kept_after_a_cover() == 3


@pytest.mark.parametrize("name", ["naskh", "sahafa", "kabir", "bahth"])
@pytest.mark.parametrize("title", [VOCALISED, MIXED], ids=["marks", "mixed"])
def test_a_cover_over_a_kept_ground_looks_as_one_drawn_whole(
    name: str, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme, publication = themes.load(name, Settings()), publication_of(titled(title))

    def made() -> Image.Image:
        return picture(cover.draw(publication, theme, engine()).data)

    made()  # its ground takes a PDF, the words none
    with monkeypatch.context() as patch:
        patch.setattr(Engine, "render_pdf", None)
        parted = made()
    monkeypatch.setattr(cover_picture, "_BEFORE_GROUND", re.compile("(?!)"))
    whole = made()
    apart = ImageChops.difference(parted, whole).convert("L").histogram()
    # Other shades along the edges of letters and stars, and nothing else.
    assert sum(apart[48:]) < 2000
    assert sum(apart[96:]) < 300


@pytest.mark.parametrize(
    "rule",
    ["border-top: 9px solid", "background: red", "text-decoration: underline", "opacity: .5"],
)
def test_what_a_theme_draws_among_the_words_is_on_the_cover(rule: str) -> None:
    css = f".title {{ {rule} }} body {{ font: 99px Amiri }} svg {{ position: absolute; inset: 0 }}"
    page = "@page { size: 400px 400px; margin: 0 }"
    ground = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"></svg>'
    html = f'<html dir="rtl"><body>{ground}<div class="title">كتاب</div></body></html>'
    ruled = picture(picture_of(html, css=page + css, engine=engine()))
    bare = picture(picture_of(html, css=page + css.replace(rule, ""), engine=engine()))
    assert ImageChops.difference(ruled, bare).getbbox()


def test_words_that_a_theme_sets_in_the_margins_are_on_the_cover() -> None:
    ground = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"></svg>'
    html = f'<html dir="rtl"><body>{ground}<div>كتاب</div></body></html>'
    bare, headed = (
        picture(picture_of(html, css=f"@page {{ size: 400px; {rules} }}", engine=engine()))
        for rules in ("margin: 90px", 'margin: 90px; @top-center { content: "مجلة" }')
    )
    assert ink(headed, (0, 0, 400, 90))
    assert not ink(bare, (0, 0, 400, 90))
