"""A drawing stays one, and can neither act, nor reach outside, nor grow beyond measure."""

from __future__ import annotations

import base64
import random
import re
import time

import pytest
from lxml import etree

from exporter.article import Resource
from exporter.errors import PictureError
from exporter.notices import NoticeCode
from exporter.pictures import drawings
from exporter.pictures.preparing import Prepared, prepared
from tests.pictures.samples import SVG, file, opened, with_exif


def made(inside: str, *, frame: str = SVG) -> Prepared:
    data = frame.replace("{}", inside).encode()
    return prepared(Resource("a.svg", "image/svg+xml", data), subject="a.svg")


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0"/>',
        '<use href="#a"/><g id="a"/>',
        '<use xlink:href="#a"/>',
        '<rect fill="url(#g)" style="stroke: url( \'#h\' )"/>',
        "<style>rect { fill: red } .a { fill: url(#g) }</style>",
        '<text x="0" y="9" xml:lang="ar" xml:space="preserve">نص <tspan>هنا</tspan></text>',
        "<!-- by hand --><rect/>",
    ],
)
def test_a_drawing_of_its_own_stays_as_it_is(inside: str) -> None:
    done = made(inside)
    assert done.resource.data == SVG.format(inside).encode()
    assert done.resource.media_type == "image/svg+xml"
    told = [NoticeCode.DRAWING_LETTERED] if "نص" in inside else []
    assert [notice.code for notice in done.notices] == told


HOSTILE = {
    "<script>alert(1)</script>": "<script>",
    "<script href='https://e.org/a.js'/>": "<script>",
    '<rect onclick="alert(1)"/>': "onclick",
    '<rect onLoad="alert(1)"/>': "onload",
    '<image href="file:///etc/passwd"/>': "file:",
    '<image xlink:href="https://e.org/a.png"/>': "https:",
    '<image href="a.png"/>': "href",
    '<image href="data:text/html,x"/>': "data:",
    '<image href="data:image/svg+xml,%3Csvg/%3E"/>': "data:",
    '<image href="data:image/png;base64,AAAA"/>': "data:",
    '<use href="https://e.org/a.svg#a"/>': "https:",
    '<feImage href="https://e.org/a.png"/>': "https:",
    '<rect style="fill: url(https://e.org/a)"/>': "url()",
    '<rect fill="URL( &quot;https://e.org/a&quot; )"/>': "url()",
    '<rect style="fill: u\\72l(https://e.org/a)"/>': "url()",
    '<rect fill="image-set(&quot;https://e.org/a&quot; 1x)"/>': "url()",
    "<style>@import 'https://e.org/a.css'; rect { fill: red }</style>": "url()",
    "<style>@font-face { src: url(https://e.org/a.ttf) }</style>": "url()",
    "<style>@\\69mport 'https://e.org/a.css'</style>": "url()",
    "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>": "<foreignObject>",
    '<a href="#b"><set attributeName="href" to="javascript:alert(1)"/></a>': "<set>",
    '<animate attributeName="href" values="https://e.org/"/>': "<animate>",
    "<style>@im@import 'x';port 'https://e.org/a.css'; rect { fill: red }</style>": "url()",
    "<style>rect { fill: uurl(x)rl(https://e.org/a</style>": "url()",
    '<rect style="fill: url(https://e.org/a"/>': "url()",
    '<g xml:base="https://e.org/"/>': "base",
}


@pytest.mark.parametrize("inside", HOSTILE)
def test_what_acts_or_reaches_outside_is_taken_out_and_told(inside: str) -> None:
    done = made(f'<path d="M1 1h9"/>{inside}<text>بعده</text>')
    text = done.resource.data.decode()
    for trace in ("e.org", "alert", "passwd", "javascript", "@import", "html,x", "xhtml"):
        assert trace not in text
    root = etree.fromstring(done.resource.data)
    assert root[0].tag.endswith("path")
    assert root[-1].text == "بعده"
    notice, lettered = done.notices
    assert notice.code == NoticeCode.DRAWING_CLEANED
    assert lettered.code == NoticeCode.DRAWING_LETTERED
    assert HOSTILE[inside] in notice.detail
    assert "a.svg" in notice.sentence(language="ar")
    assert prepared(done.resource).resource == done.resource


@pytest.mark.parametrize(
    "inside",
    [
        '<a href="https://e.org/"><rect/></a>',
        '<sodipodi:namedview xmlns:sodipodi="http://e.org/x"><a/></sodipodi:namedview>',
        '<rect xmlns:ink="http://e.org/x" ink:label="x"/>',
        "<?xml-stylesheet href='https://e.org/a.css'?><rect/>",
    ],
)
def test_what_shows_nothing_goes_without_a_word(inside: str) -> None:
    done = made(inside)
    assert done.notices == ()
    assert not re.search(rb"""(?:href|label)=|stylesheet|namedview""", done.resource.data)


def test_a_link_in_a_drawing_leaves_what_it_holds() -> None:
    root = etree.fromstring(made('<a href="https://e.org/"><rect/></a>').resource.data)
    assert [etree.QName(one).localname for one in root.iter()] == ["svg", "g", "rect"]


@pytest.mark.parametrize(
    "head",
    [
        '<?xml-stylesheet href="https://e.org/a.css"?>',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/g/svg11.dtd">',
    ],
)
def test_what_stands_before_a_drawing_goes(head: str) -> None:
    done = made("<rect/>", frame=head + SVG)
    assert done.resource.data.startswith(b"<svg")
    assert done.notices == ()


def test_a_picture_inside_a_drawing_is_made_fit_too() -> None:
    inner = base64.b64encode(with_exif("WEBP")).decode()
    done = made(f'<image href="data:image/webp;base64,{inner}" width="9"/>')
    assert done.notices == ()
    found = re.search(rb'href="data:image/jpeg;base64,([^"]+)"', done.resource.data)
    assert found
    assert not opened(base64.b64decode(found[1])).getexif()


def test_a_fit_picture_inside_a_drawing_stays() -> None:
    inner = base64.b64encode(file("PNG")).decode()
    inside = f'<image href="data:image/png;base64,{inner}"/>'
    assert made(inside).resource.data == SVG.format(inside).encode()


# --- bombs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE svg [<!ENTITY x "y">]>',
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ENTITY a "lol">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + "]>",
    ],
)
def test_entities_are_refused(head: str) -> None:
    with pytest.raises(PictureError) as caught:
        made("<text>&x;&j;</text>", frame=head + SVG)
    assert caught.value.code in {"picture-entities", "picture-kind"}


def test_references_that_double_are_refused() -> None:
    levels = "".join(
        f'<g id="a{n}"><use href="#a{n + 1}"/><use href="#a{n + 1}"/></g>' for n in range(60)
    )
    begun = time.monotonic()
    with pytest.raises(PictureError) as caught:
        made(levels + '<g id="a60"><rect/></g><use href="#a0"/>')
    assert caught.value.code == "picture-growth"
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g><use href="#a"/>',
        '<pattern id="p"><rect fill="url(#p)"/></pattern><rect fill="url(#p)"/>',
    ],
)
def test_references_in_a_circle_are_refused(inside: str) -> None:
    with pytest.raises(PictureError) as caught:
        made(inside)
    assert caught.value.code == "picture-growth"


def test_a_chart_with_thousands_of_marks_is_no_bomb() -> None:
    marks = '<use href="#m"/>' * 20_000
    assert made(f'<defs><g id="m"><path/><path/></g></defs>{marks}').notices == ()


def test_nested_beyond_measure() -> None:
    with pytest.raises(PictureError):
        made("<g>" * 5000 + "</g>" * 5000)


def test_a_drawing_that_is_too_large() -> None:
    with pytest.raises(PictureError, match="larger than 5 MB"):
        made(f"<desc>{'x' * drawings.LARGEST_DRAWING}</desc>")


@pytest.mark.parametrize("data", [b"<svg/>", b"<html/>", b"<", b"\xef\xbb\xbf<!DOCTYPE html><p>x"])
def test_what_is_no_drawing(data: bytes) -> None:
    with pytest.raises(PictureError) as caught:
        prepared(Resource("", "image/svg+xml", data), subject="x")
    assert caught.value.code == "picture-kind"


def test_other_encodings() -> None:
    data = ('<?xml version="1.0" encoding="utf-16"?>' + SVG.format("<script>x</script>")).encode(
        "utf-16"
    )
    done = prepared(Resource("", "image/svg+xml", data), subject="x")
    assert b"script" not in done.resource.data


def test_any_bytes_are_a_drawing_or_an_error() -> None:
    chance = random.Random(1)  # noqa: S311
    whole = SVG.format("".join(HOSTILE)).encode()
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            result = prepared(Resource("", "image/svg+xml", bytes(data)), subject="x").resource.data
        except PictureError:
            continue
        assert not re.search(rb"<script|<foreignObject|\son\w+=|href=\"(?:file|http)", result)


@pytest.mark.parametrize(
    ("inside", "is_told"),
    [
        ("<text>قمح</text>", True),
        ("<text>a<tspan>قمح</tspan></text>", True),
        ("<text>wheat</text><title>قمح</title>", False),
    ],
)
def test_words_that_paper_cannot_join_are_told(inside: str, *, is_told: bool) -> None:
    codes = [notice.code for notice in made(f'<path d="M1 1h9"/>{inside}').notices]
    assert codes == [NoticeCode.DRAWING_LETTERED] * is_told
