"""What counts as a picture is told by its content, and a drawing may not reach outside it."""

import io

import pytest
from PIL import Image

from exporter.article import Resource
from exporter.pictures import checked

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def raster(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_has_the_media_type_of_its_content(form: str) -> None:
    wrong = Resource("a.bin", "application/octet-stream", raster(form))
    assert checked(wrong).media_type == f"image/{form.lower()}"


@pytest.mark.parametrize(
    "data", [b"", b"no picture", raster("PNG")[:40], raster("BMP"), b"<html></html>", b"<svg"]
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^it is "):
        checked(Resource("a.png", "image/png", data))


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0"/>',
        '<use href="#a"/>',
        '<rect fill="url(#g)"/>',
        '<image href="data:image/png;base64,AAAA"/>',
        "<style>rect { fill: red }</style>",
    ],
)
def test_a_drawing_of_its_own_is_kept(inside: str) -> None:
    drawing = Resource("", "image/svg+xml", SVG.format(inside).encode())
    assert checked(drawing) == drawing


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onclick="alert(1)"/>',
        '<image href="file:///etc/passwd"/>',
        '<image xlink:href="https://example.org/a.png"/>',
        '<a href="javascript:alert(1)"/>',
        '<rect style="fill: url(https://example.org/a)"/>',
        "<style>@import 'https://example.org/a.css'</style>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
    ],
)
def test_a_drawing_that_acts_or_reaches_outside_is_refused(inside: str) -> None:
    with pytest.raises(ValueError, match=r"script|outside"):
        checked(Resource("", "image/svg+xml", SVG.format(inside).encode()))


def test_entities_are_refused() -> None:
    data = b'<!DOCTYPE svg [<!ENTITY x "y">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>'
    with pytest.raises(ValueError, match="entities"):
        checked(Resource("", "image/svg+xml", data))
