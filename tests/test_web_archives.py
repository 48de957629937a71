"""A page that a browser saved in one file is read with its pictures, and without the network."""

from __future__ import annotations

import plistlib
import zipfile
from email.message import Message
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

import exporter
from exporter import pipeline
from exporter.article import Figure, Reading
from exporter.errors import ReadError
from exporter.notices import NoticeCode
from exporter.web_archives import is_web_archive

ADDRESS = "https://example.org/stories/mill.html"
WORDS = "بدأت الحكاية في قرية صغيرة على ضفة النهر، حيث كان الناس يزرعون القمح ويطحنونه. " * 3
HTML = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><title>حكاية الطاحونة</title></head><body>
<article><h1>حكاية الطاحونة</h1><p>{WORDS}</p>
<figure><img src="https://cdn.example.org/a%20b.jpg?w=9"><figcaption>النهر</figcaption></figure>
<p>{WORDS}</p><figure><img src="طاحونة.jpg"><figcaption>الطاحونة</figcaption></figure><p>{WORDS}</p>
</article></body></html>"""


def picture(colour: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "JPEG")
    return file.getvalue()


def located(part: Message, address: str) -> Message:
    part["Content-Location"] = address
    return part


def archive(html: str = HTML, *, address: str = ADDRESS, charset: str = "utf-8") -> bytes:
    whole = MIMEMultipart("related", type="text/html")
    whole["Snapshot-Content-Location"] = address
    folder = address.rpartition("/")[0]
    whole.attach(located(MIMEText(html, "html", charset), address))
    whole.attach(located(MIMEText("p {}", "css"), "cid:css@mhtml.blink"))
    whole.attach(located(MIMEImage(picture("red")), "https://cdn.example.org/a%20b.jpg?w=9"))
    whole.attach(
        located(MIMEImage(picture("blue")), f"{folder}/%D8%B7%D8%A7%D8%AD%D9%88%D9%86%D8%A9.jpg")
    )
    return whole.as_bytes()


def read(path: Path) -> Reading:
    (reading,) = pipeline.read(str(path))
    return reading


def captions(reading: Reading) -> list[str]:
    article = reading.article
    assert {one.media_type for one in article.resources.values()} == {"image/jpeg"}
    return [
        exporter.article.inline_text(block.caption)
        for block in article.body
        if isinstance(block, Figure)
    ]


def safari(form: plistlib.PlistFormat) -> bytes:
    pictures = {
        "https://cdn.example.org/a%20b.jpg?w=9": picture("red"),
        f"{ADDRESS.rpartition('/')[0]}/%D8%B7%D8%A7%D8%AD%D9%88%D9%86%D8%A9.jpg": picture("blue"),
    }
    page = {
        "WebResourceData": HTML.encode("windows-1256"),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "windows-1256",
        "WebResourceURL": ADDRESS,
    }
    parts = [{"WebResourceURL": url, "WebResourceData": data} for url, data in pictures.items()]
    whole = {"WebMainResource": page, "WebSubresources": parts}
    return plistlib.dumps(whole, fmt=form)


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_a_web_archive_of_safari_is_its_page_with_its_pictures(
    tmp_path: Path, form: plistlib.PlistFormat
) -> None:
    path = tmp_path / "page.webarchive"
    path.write_bytes(safari(form))
    reading = read(path)
    assert reading.article.metadata.title == "حكاية الطاحونة"
    assert reading.article.metadata.source == ADDRESS
    assert captions(reading) == ["النهر", "الطاحونة"]
    assert reading.notices == ()


@pytest.mark.parametrize("name", ["page.mhtml", "page.mht", "page", "page.txt"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_a_web_archive_is_its_page_with_its_pictures(
    tmp_path: Path, name: str, charset: str
) -> None:
    path = tmp_path / name
    path.write_bytes(archive(charset=charset))
    reading = read(path)
    assert reading.article.metadata.title == "حكاية الطاحونة"
    assert reading.article.metadata.source == ADDRESS
    assert captions(reading) == ["النهر", "الطاحونة"]
    assert reading.notices == ()


def test_the_page_may_have_been_a_file(tmp_path: Path) -> None:
    path = tmp_path / "page.mht"
    path.write_bytes(archive(address="file:///C:/Users/x/mill.htm"))
    reading = read(path)
    assert reading.article.metadata.source == ""
    assert captions(reading) == ["النهر", "الطاحونة"]


def test_pictures_may_be_called_by_their_identifiers(tmp_path: Path) -> None:
    html = HTML.replace("https://cdn.example.org/a%20b.jpg?w=9", "cid:river@x")
    whole = MIMEMultipart("related")
    whole.attach(MIMEText(html.replace("طاحونة.jpg", "cid:mill@x"), "html"))
    for identifier, colour in (("river@x", "red"), ("mill@x", "blue")):
        part = MIMEImage(picture(colour))
        part["Content-ID"] = f"<{identifier}>"
        whole.attach(part)
    path = tmp_path / "page.mhtml"
    path.write_bytes(whole.as_bytes())
    assert captions(read(path)) == ["النهر", "الطاحونة"]


def test_it_may_lie_in_an_archive_and_come_in_a_batch(tmp_path: Path) -> None:
    packed = tmp_path / "pages.zip"
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("a/page.mhtml", archive())
    assert captions(read(packed)) == ["النهر", "الطاحونة"]
    (tmp_path / "b.mhtml").write_bytes(archive())
    done = exporter.batch([str(tmp_path), str(packed)], output=str(tmp_path / "out"), jobs=1)
    assert (done.written, done.failures) == (2, ())


def test_what_only_speaks_of_it_is_none() -> None:
    assert not is_web_archive("العنوان: MIME-Version\n\nContent-Type: multipart/related\n".encode())
    assert not is_web_archive(b"Content-Type: text/plain\nMIME-Version: 1.0\n\nmultipart/related")
    assert is_web_archive(b"\r\n" + archive())


def test_one_without_a_page_is_told(tmp_path: Path) -> None:
    whole = MIMEMultipart("related")
    whole.attach(MIMEText("p {}", "css"))
    path = tmp_path / "page.mhtml"
    path.write_bytes(whole.as_bytes())
    with pytest.raises(ReadError) as caught:
        read(path)
    assert caught.value.code == "html-empty"


@pytest.mark.parametrize(
    "data",
    [
        b"bplist00 WebMainResource",
        b"<?xml version='1.0'?><plist><dict><key>WebMainResource</key>",
        plistlib.dumps({"WebMainResource": 7}),
        plistlib.dumps({"WebMainResource": {"WebResourceData": "text"}}),
    ],
)
def test_a_damaged_one_of_safari_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "page.webarchive"
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read(path)
    assert caught.value.code == "html-empty"


def test_a_folder_gives_them(tmp_path: Path) -> None:
    for name in ("a.mht", "b.mhtml"):
        (tmp_path / name).write_bytes(archive())
    (tmp_path / "c.webarchive").write_bytes(safari(plistlib.FMT_BINARY))
    assert [*map(captions, pipeline.read(str(tmp_path)))] == [["النهر", "الطاحونة"]] * 3


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_the_mark_that_a_page_begins_with_is_believed(tmp_path: Path, encoding: str) -> None:
    page = {"WebResourceData": HTML.encode(encoding), "WebResourceURL": ADDRESS}
    path = tmp_path / "page.webarchive"
    path.write_bytes(plistlib.dumps({"WebMainResource": page}, fmt=plistlib.FMT_BINARY))
    reading = read(path)
    assert reading.article.metadata.title == "حكاية الطاحونة"
    assert "\ufeff" not in exporter.article.blocks_text(reading.article.body)
    assert NoticeCode.ENCODING_GUESSED not in {notice.code for notice in reading.notices}
