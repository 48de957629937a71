"""A picture comes out in a form that paper and e-readers show, small enough, upright and clean."""

from __future__ import annotations

import random
import zlib
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat, features

from exporter.article import Resource
from exporter.errors import PictureError
from exporter.messages import LANGUAGES
from exporter.notices import NoticeCode
from exporter.pictures import preparing
from exporter.pictures.choice import Images
from exporter.pictures.preparing import LARGEST_BYTES, LARGEST_SIZE, Prepared, prepared
from tests.pictures.samples import (
    drawn,
    file,
    moving,
    noise,
    opened,
    profile,
    turned,
    with_exif,
)


def made(data: bytes, *, images: Images = Images.EMBED, media_type: str = "text/plain") -> Prepared:
    """What comes of a picture, for whose name and media type nobody vouches."""
    return prepared(Resource("a.bin", media_type, data), images=images, subject="a.bin")


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures, from 0 to 255."""
    assert one.size == other.size
    channels = ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean
    return max(channels)


@pytest.mark.parametrize(
    ("kind", "options", "media_type"),
    [
        ("PNG", {}, "image/png"),
        ("JPEG", {}, "image/jpeg"),
        ("GIF", {}, "image/png"),
        ("BMP", {}, "image/png"),
        ("TIFF", {}, "image/png"),
        ("TIFF", {"compression": "tiff_lzw"}, "image/png"),
        ("WEBP", {"lossless": True}, "image/png"),
        ("WEBP", {"quality": 90}, "image/jpeg"),
        ("AVIF", {"quality": 90}, "image/jpeg"),
    ],
)
def test_every_kind_comes_out_as_png_or_jpeg_and_shows_the_same(
    kind: str, options: dict[str, Any], media_type: str
) -> None:
    data = file(kind, **options)
    resource = made(data).resource
    assert resource.media_type == media_type
    assert opened(resource.data).format == media_type.partition("/")[2].upper()
    assert difference(opened(resource.data), drawn()) < 6
    assert made(data).resource == resource


def test_this_pillow_reads_what_is_said_to_be_read() -> None:
    assert all(features.check(one) for one in ("avif", "webp", "jpg", "libtiff", "littlecms2"))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png(mode: str) -> None:
    picture = (
        drawn("L").convert("I").point(lambda one: one * 256) if mode == "I;16" else drawn(mode)
    )
    picture = picture.convert("I;16") if mode == "I;16" else picture
    result = opened(made(file("PNG", picture)).resource.data)
    expected = drawn("L") if mode == "I;16" else drawn(mode)
    assert difference(result, expected) < 2


@pytest.mark.parametrize("data", [file("PNG"), file("JPEG"), file("PNG", drawn("RGBA"))])
def test_a_picture_that_is_fine_stays_as_it_is(data: bytes) -> None:
    assert made(data).resource.data == data
    assert made(data).notices == ()


KINDS = {
    "a photograph": with_exif("JPEG", orientation=6),
    "a WebP": file("WEBP", drawn("RGBA")),
    "an AVIF": file("AVIF"),
    "a GIF": moving("GIF"),
    "CMYK": file("JPEG", drawn("CMYK")),
    "a large one": file("JPEG", drawn(size=(5000, 3000))),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("images", [Images.EMBED, Images.GREY])
def test_what_was_prepared_once_needs_no_more(kind: str, images: Images) -> None:
    once = made(KINDS[kind], images=images)
    again = made(once.resource.data, images=images)
    assert again.resource.data == once.resource.data
    assert again.notices == ()


# --- colours --------------------------------------------------------------------------------


def test_the_colours_of_print_become_those_of_screens() -> None:
    result = opened(made(file("JPEG", drawn("CMYK"), quality=95)).resource.data)
    assert result.mode == "RGB"
    assert difference(result, drawn()) < 12


def test_a_profile_is_applied_and_left_out() -> None:
    """The same numbers mean other colours in another space: L*a*b* is the plainest of them."""
    lab = drawn("RGB").convert("LAB")
    result = opened(made(file("TIFF", lab)).resource.data)
    assert difference(result, drawn()) < 12
    assert "icc_profile" not in result.info


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("data", [profile("sRGB"), b"broken"])
def test_a_profile_of_srgb_or_a_broken_one_goes_without_a_change(kind: str, data: bytes) -> None:
    result = opened(made(file(kind, icc_profile=data)).resource.data)
    assert "icc_profile" not in result.info
    assert difference(result, opened(file(kind))) == 0


def test_a_profile_of_another_space_changes_the_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    monkeypatch.setattr(preparing, "_foreign_profile", lambda _picture: swapped)
    # A profile that is of another space than the picture is no help, and no harm.
    assert difference(opened(made(file("PNG")).resource.data), drawn()) == 0


def test_transparency_stays_where_there_is_any() -> None:
    picture = drawn("RGBA")
    picture.putalpha(128)
    assert opened(made(file("WEBP", picture, lossless=True)).resource.data).mode == "RGBA"
    idle = opened(made(file("WEBP", drawn("RGBA"), lossless=True)).resource.data)
    assert idle.mode == "RGB"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_grey_for_paper_that_has_no_colours(kind: str) -> None:
    result = opened(made(file(kind), images=Images.GREY).resource.data)
    assert result.mode == "L"
    assert difference(result, drawn("L")) < 4


# --- what cameras write ---------------------------------------------------------------------


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright(orientation: int) -> None:
    result = opened(made(turned(orientation)).resource.data)
    assert difference(result, drawn()) < 6
    assert not result.getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_nothing_says_where_a_picture_was_taken(kind: str) -> None:
    data = with_exif(kind)
    assert b"CameraMaker" in data
    result = made(data).resource.data
    assert b"CameraMaker" not in result
    assert b"Exif" not in result
    assert not opened(result).getexif()


def test_a_photograph_is_not_packed_again_to_clean_it() -> None:
    data = with_exif("JPEG")
    result = made(data).resource.data
    assert len(result) < len(data)
    assert difference(opened(result), opened(data)) == 0


@pytest.mark.parametrize("progressive", [False, True])
def test_what_hangs_behind_a_photograph_goes(progressive: bool) -> None:  # noqa: FBT001
    data = file("JPEG", noise((64, 64)), progressive=progressive, comment=b"by hand")
    hidden = data + b"\xff\xd9 a film with the place in it \xff\xd9"
    result = made(hidden).resource.data
    assert b"film" not in result
    assert b"by hand" not in result
    assert difference(opened(result), opened(data)) == 0


# --- measure --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(5000, 2000), (3000, 5000), (100, 9000), (9000, 3)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_large_picture_fits_a_page_of_a4(kind: str, size: tuple[int, int]) -> None:
    width, height = opened(made(file(kind, drawn(size=size))).resource.data).size
    assert width <= LARGEST_SIZE[0]
    assert height <= LARGEST_SIZE[1]
    assert width == LARGEST_SIZE[0] or height == LARGEST_SIZE[1]


def test_a_large_picture_that_lies_on_its_side_fits_when_it_stands() -> None:
    stored = drawn(size=(3508, 2480))
    data = with_exif("JPEG", orientation=6, picture=stored)
    assert opened(made(data).resource.data).size == LARGEST_SIZE


@pytest.mark.parametrize(("mode", "kind"), [("RGB", "JPEG"), ("RGBA", "PNG")])
def test_a_heavy_picture_becomes_light(
    mode: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "LARGEST_BYTES", 20_000)
    result = made(file("PNG", noise((200, 200), mode))).resource.data
    assert len(result) <= 20_000 < LARGEST_BYTES
    assert opened(result).format == kind


def claimed(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds hardly anything."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\0\0\0"
    packed = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(9000, 9000), (20_000, 20_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_not_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(PictureError) as caught:
        made(claimed(*size))
    assert caught.value.code == "picture-pixels"


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_of_a_moving_picture_the_first_one_stays_and_the_user_is_told(kind: str) -> None:
    done = made(moving(kind))
    red, _, blue = opened(done.resource.data).convert("RGB").getpixel((10, 10))  # type: ignore[misc]
    assert red > 200 > blue
    (notice,) = done.notices
    assert (notice.code, notice.text) == (NoticeCode.PICTURE_STILL, "a.bin")


# --- what is no picture ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        file("PNG")[:60],
        file("JPEG")[:400],
        b"<html></html>",
        b"<svg",
        b"%PDF-1.7",
        b"GIF89a",
        claimed(50, 50),
        file("PPM"),
        file("ICO"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(PictureError) as caught:
        made(data, media_type="image/png")
    assert caught.value.code == "picture-kind"
    for language in LANGUAGES:
        assert caught.value.sentence(language=language).startswith("a.bin: ")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF", "TIFF", "BMP"])
def test_any_bytes_are_a_picture_or_an_error(kind: str) -> None:
    chance = random.Random(kind)  # noqa: S311
    whole = with_exif(kind) if kind not in {"GIF", "BMP"} else file(kind)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            result = made(bytes(data)).resource
        except PictureError:
            continue
        assert opened(result.data).format in {"PNG", "JPEG"}
