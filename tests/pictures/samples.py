"""Pictures of every kind, made as the tests need them."""

from __future__ import annotations

import base64
import io
from typing import Any

from PIL import Image, ImageCms, ImageDraw

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def drawn(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> Image.Image:
    """A picture that shows which way is up: red above, blue below, a white corner at the start."""
    picture = Image.new("RGB", size, (200, 30, 30))
    pen = ImageDraw.Draw(picture)
    width, height = size
    pen.rectangle((0, height // 2, width, height), fill=(30, 30, 200))
    pen.rectangle((0, 0, width // 4, height // 4), fill=(255, 255, 255))
    return picture.convert(mode)


def file(kind: str, picture: Image.Image | None = None, **options: Any) -> bytes:  # noqa: ANN401
    """The file of a picture, the drawn one without another."""
    out = io.BytesIO()
    options = {"quality": 95, **options} if kind == "JPEG" else options
    (picture or drawn()).save(out, kind, **options)
    return out.getvalue()


def moving(kind: str) -> bytes:
    """A picture of two frames, the first of which is red."""
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    return file(kind, frames[0], save_all=True, append_images=frames[1:], duration=100)


def with_exif(kind: str, *, orientation: int = 1, picture: Image.Image | None = None) -> bytes:
    """A picture with what a camera writes: how it was held, its name, where it was."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "CameraMaker"
    exif.get_ifd(0x8825)[1] = "N"
    return file(kind, picture, exif=exif.tobytes())


def turned(orientation: int) -> bytes:
    """The drawn picture as a camera stores it that was held in another way."""
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    picture = drawn()
    stored = picture.transpose(undo[orientation]) if orientation in undo else picture
    return with_exif("JPEG", orientation=orientation, picture=stored)


def profile(space: str) -> bytes:
    """A colour profile as pictures carry them."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(space)).tobytes()  # type: ignore[arg-type]


def noise(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """A picture that no compression makes small, the same each time."""
    seed = 12345
    data = bytearray()
    for _ in range(size[0] * size[1] * len(mode)):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        data.append(seed >> 16 & 0xFF)
    return Image.frombytes(mode, size, bytes(data))


def opened(data: bytes) -> Image.Image:
    """The picture in a file, unpacked."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


EDITORS_SVG = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:editor="http://editor.example.org/dtd" width="400" height="200" viewBox="0 0 400 200"
 version="1.1" id="drawing" editor:version="0.92">
<defs><linearGradient id="g"><stop offset="0" stop-color="#0a0"/><stop offset="1" stop-color="#00a"
/></linearGradient></defs><editor:namedview id="view" pagecolor="#ffffff"/>
<metadata><rdf:RDF><dc:format>image/svg+xml</dc:format></rdf:RDF></metadata>
<script>alert(1)</script><a xlink:href="https://example.org/"><rect id="r" x="10" y="10" width="380"
 height="180" style="fill:url(#g);stroke:#000" onclick="alert(2)"/></a>
<image x="20" y="20" width="100" height="100" xlink:href="data:image/png;base64,{}"/>
<use xlink:href="#r" transform="scale(.2)"/></svg>"""


def every_kind() -> dict[str, bytes]:
    """A picture of every kind that is read, by the name of its file."""
    inner = base64.b64encode(file("PNG")).decode()
    clear = drawn("RGBA")
    clear.putalpha(100)
    large = drawn(size=(5000, 3000))
    return {
        "turned.jpg": turned(6),
        "cmyk.jpg": file("JPEG", drawn("CMYK")),
        "large.jpg": file("JPEG", large),
        "tall.png": file("PNG", drawn(size=(300, 6000))),
        "a.webp": file("WEBP"),
        "a.avif": file("AVIF"),
        "a.tiff": file("TIFF"),
        "a.bmp": file("BMP"),
        "a.gif": moving("GIF"),
        "clear.png": file("PNG", clear),
        "palette.png": file("PNG", drawn("P")),
        "grey.png": file("PNG", drawn("LA")),
        "bits.png": file("PNG", drawn("1")),
        "deep.png": file(
            "PNG", drawn("L").convert("I").point(lambda one: one * 257).convert("I;16")
        ),
        "editor.svg": EDITORS_SVG.replace("{}", inner).encode(),
    }
