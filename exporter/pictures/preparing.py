"""Preparing: a picture of any kind to one that paper and every e-reader show, of bounded size."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from PIL import Image, ImageCms, ImageFile, ImageOps

from exporter.article import Resource
from exporter.errors import PictureError
from exporter.notices import Notice, NoticeCode
from exporter.pictures import drawings
from exporter.pictures.choice import Images
from exporter.pictures.metadata import has_other_chunks, without_segments
from exporter.records import dataclass

LARGEST_SIZE = (2480, 3508)
"""Width and height in pixels that fill a page of A4 at 300 dots an inch."""

MOST_PIXELS = 64_000_000
"""The most pixels that are unpacked: a small file can claim to hold any number of them."""

LARGEST_BYTES = 2_000_000
"""The most bytes of a picture in the output."""

SVG = "image/svg+xml"

_MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}
# MPO, several pictures in one file of a camera, is opened as JPEG.
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "TIFF", "BMP")
_PHOTOGRAPHS = frozenset({"JPEG", "MPO", "AVIF", "WEBP"})
_ORIENTATION = 0x0112  # EXIF 2.32 §4.6.4
_QUALITIES = (88, 80, 70, 60)
_SHRINK = 0.75


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture that both outputs can show, and what it lost on the way."""

    resource: Resource
    notices: tuple[Notice, ...] = ()


def prepared(resource: Resource, *, images: Images = Images.EMBED, subject: str = "") -> Prepared:
    """Return the picture in a form that both outputs show; `subject` names it in messages.

    What it is, its content tells, not its media type. It comes out as PNG, JPEG or SVG, in sRGB
    or grey, upright, without a camera's metadata, within `LARGEST_SIZE` and `LARGEST_BYTES`. One
    that is all of this stays as it is, byte for byte. Raises PictureError for what is no picture.
    """
    if drawings.is_drawing(resource.data, resource.media_type):
        return _prepared_drawing(resource, images, subject)
    with _guarded(subject):
        picture = Image.open(io.BytesIO(resource.data), formats=_FORMATS)
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise PictureError("picture-pixels", subject=subject, detail=f"{width} × {height}")
        kind = picture.format or ""
        several = kind != "MPO" and getattr(picture, "is_animated", False)
        data = _as_it_is(resource.data, picture, images)
        if data is None:
            kind, data = _remade(picture, images, is_photograph=_is_photograph(kind, resource.data))
    notices = (Notice(NoticeCode.PICTURE_STILL, text=subject),) if several else ()
    return Prepared(replace(resource, media_type=_MEDIA_TYPES[kind], data=data), notices)


def in_grey(resource: Resource) -> Resource:
    """Return a prepared picture in greys of 8 bits, as black ink prints them."""
    grey = prepared(resource, images=Images.GREY).resource
    if grey.media_type == SVG:
        return grey
    with _guarded(""):
        picture = Image.open(io.BytesIO(grey.data), formats=_FORMATS)
        has_mask = "transparency" in picture.info
        if picture.mode in {"L", "LA"} and not has_mask:
            return grey
        shown = picture.convert("RGBA").convert("LA") if has_mask else picture.convert("L")
        return replace(grey, media_type="image/png", data=_saved(shown, "PNG"))


def _prepared_drawing(resource: Resource, images: Images, subject: str) -> Prepared:
    embedded = partial(_embedded, images=images)
    cleaned = drawings.cleaned(resource.data, subject=subject, embedded=embedded)
    notices: list[Notice] = []
    if cleaned.lost:
        detail = ", ".join(cleaned.lost)
        notices.append(Notice(NoticeCode.DRAWING_CLEANED, text=subject, detail=detail))
    if cleaned.is_lettered:
        notices.append(Notice(NoticeCode.DRAWING_LETTERED, text=subject))
    return Prepared(replace(resource, media_type=SVG, data=cleaned.data), tuple(notices))


def _embedded(resource: Resource, *, images: Images) -> Resource:
    """Return a picture inside a drawing, prepared; a drawing inside a drawing is none."""
    if drawings.is_drawing(resource.data, resource.media_type):
        raise PictureError("picture-kind", subject="")
    return prepared(resource, images=images).resource


@contextmanager
def _guarded(subject: str) -> Iterator[None]:
    """Turn whatever Pillow says of a broken picture into a PictureError."""
    # WeasyPrint sets this for the whole process; then Pillow fills up what is cut off.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a broken tag of EXIF is no matter
            yield
    # Pillow raises what its decoders come across: struct.error, SyntaxError, IndexError …
    except PictureError:
        raise
    except Image.DecompressionBombError as error:
        raise PictureError("picture-pixels", subject=subject, detail="> 10⁸") from error
    except Exception as error:
        raise PictureError("picture-kind", subject=subject) from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _is_photograph(kind: str, data: bytes) -> bool:
    """Whether the picture has lost details by compression already: JPEG loses few more."""
    # The chunk of a lossless WebP (RFC 9649 §2.6).
    return kind in _PHOTOGRAPHS and not (kind == "WEBP" and b"VP8L" in data[:64])


# --- what needs no change -------------------------------------------------------------------


def _as_it_is(data: bytes, picture: Image.Image, images: Images) -> bytes | None:
    """Return the file of a picture that needs no change, None for another one.

    A photograph only loses what the camera wrote beside it: packing it again would blur it.
    """
    modes = {"1", "L", "LA"} if images is Images.GREY else {"1", "L", "LA", "P", "RGB", "RGBA"}
    fits = all(size <= most for size, most in zip(picture.size, LARGEST_SIZE, strict=True))
    if not fits or picture.mode not in modes or len(data) > LARGEST_BYTES:
        return None
    if picture.getexif().get(_ORIENTATION, 1) != 1 or _foreign_profile(picture) is not None:
        return None
    match picture.format:
        case "PNG":
            picture.load()
            return None if has_other_chunks(data) else data
        case "JPEG":
            picture.load()
            bare = without_segments(data)
            return bare if bare == data or _is_sound(bare) else None
        case _:
            return None


def _is_sound(data: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError):
        return False
    return True


# --- what is made anew ----------------------------------------------------------------------


def _remade(picture: Image.Image, images: Images, *, is_photograph: bool) -> tuple[str, bytes]:
    """Return format and file of a picture that is turned, scaled and converted."""
    orientation = picture.getexif().get(_ORIENTATION, 1)
    box = LARGEST_SIZE[::-1] if orientation >= 5 else LARGEST_SIZE
    # Lets a decoder of JPEG unpack no more than is needed; other decoders do nothing.
    picture.draft(None, (box[0] * 2, box[1] * 2))
    profile = _foreign_profile(picture)
    turned = picture if orientation == 1 else ImageOps.exif_transpose(picture)
    upright = _in_known_mode(turned)
    upright.thumbnail(LARGEST_SIZE, Image.Resampling.LANCZOS)
    shown = _without_idle_alpha(_in_srgb(upright, profile))
    if images is Images.GREY:
        shown = shown.convert("LA" if shown.mode in {"LA", "RGBA"} else "L")
    return _packed(shown, is_photograph=is_photograph)


def _in_known_mode(picture: Image.Image) -> Image.Image:
    """Return the picture in L, LA, RGB, RGBA or CMYK."""
    if picture.mode in {"L", "LA", "RGB", "RGBA", "CMYK"}:
        return picture
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode.startswith(("I", "F")):  # 16 bits a pixel, as in a scan
        scaled = picture.convert("F").point(lambda value: value / 256)
        return scaled.convert("L")
    has_alpha = picture.mode in {"PA", "RGBa", "La"} or "transparency" in picture.info
    return picture.convert("RGBA" if has_alpha else "RGB")


def _foreign_profile(picture: Image.Image) -> ImageCms.ImageCmsProfile | None:
    """Return the colour profile of a picture, None when it is sRGB, grey, broken or not there."""
    data = picture.info.get("icc_profile")
    if not data or picture.mode in {"1", "L", "LA"}:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        description = ImageCms.getProfileDescription(profile)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    is_srgb = description.strip().lower().startswith(("srgb", "c2"))
    return None if is_srgb else profile


def _in_srgb(picture: Image.Image, profile: ImageCms.ImageCmsProfile | None) -> Image.Image:
    """Return the picture in the colours that outputs without a profile are taken to have."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile is not None:
        srgb = ImageCms.createProfile("sRGB")
        try:
            done = ImageCms.profileToProfile(picture, profile, srgb, outputMode=mode)
        except (ImageCms.PyCMSError, ValueError):  # of another space than the picture
            done = None
        if done is not None:
            return done
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def _without_idle_alpha(picture: Image.Image) -> Image.Image:
    if picture.mode not in {"LA", "RGBA"}:
        return picture
    (lowest, _) = picture.getchannel("A").getextrema()
    return picture.convert(picture.mode[:-1]) if lowest == 255 else picture


def _packed(picture: Image.Image, *, is_photograph: bool) -> tuple[str, bytes]:
    """Return the file of a picture within `LARGEST_BYTES`: PNG, or JPEG for a photograph."""
    has_alpha = picture.mode in {"LA", "RGBA"}
    while True:
        if has_alpha or not is_photograph:
            data = _saved(picture, "PNG", compress_level=6)
            if len(data) <= LARGEST_BYTES:
                return "PNG", data
        if not has_alpha:
            for quality in _QUALITIES:
                data = _saved(picture, "JPEG", quality=quality, optimize=True)
                if len(data) <= LARGEST_BYTES:
                    return "JPEG", data
        size = (round(picture.width * _SHRINK) or 1, round(picture.height * _SHRINK) or 1)
        picture = picture.resize(size, Image.Resampling.LANCZOS)


def _saved(picture: Image.Image, kind: str, **options: int) -> bytes:
    out = io.BytesIO()
    bare = picture.copy()
    bare.info = {}  # no profile, no resolution, no comment
    bare.save(out, kind, **options)
    return out.getvalue()
