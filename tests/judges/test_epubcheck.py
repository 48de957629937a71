"""epubcheck accepts a small sound EPUB and reports each fault put into it."""

import zipfile
from pathlib import Path

import pytest

from tests.judges import epubcheck as judge

pytestmark = [pytest.mark.judge, pytest.mark.slow]

CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" dir="rtl">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:5a3e2b1c-8d0f-5c3e-9a41-1f2e3d4c5b6a</dc:identifier>
<dc:title>كتاب</dc:title><dc:language>ar</dc:language>
<meta property="dcterms:modified">2025-01-01T00:00:00Z</meta></metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/></manifest>
<spine page-progression-direction="rtl"><itemref idref="nav"/></spine></package>"""
NAV = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 lang="ar" dir="rtl"><head><title>كتاب</title><link rel="stylesheet" href="style.css"/></head>
<body><nav epub:type="toc"><ol><li><a href="nav.xhtml">كتاب</a></li></ol></nav></body></html>"""
SOUND = {
    "META-INF/container.xml": CONTAINER,
    "book.opf": PACKAGE,
    "nav.xhtml": NAV,
    "style.css": "p { margin: 0 }",
}

# What is replaced in which file, and the finding it must lead to.
FAULTS = {
    "direction in CSS": ("style.css", "margin: 0", "direction: rtl", ("CSS-001", "ERROR")),
    "a tag left open": ("nav.xhtml", "</nav>", "", ("RSC-016", "FATAL")),
    "no language": ("book.opf", "<dc:language>ar</dc:language>", "", ("RSC-005", "ERROR")),
    "a link to nothing": ("nav.xhtml", 'a href="nav', 'a href="lost', ("RSC-007", "ERROR")),
    "an empty title": ("nav.xhtml", "<title>كتاب", "<title>", ("RSC-005", "ERROR")),
    "a date in words": (
        "book.opf",
        "</dc:title>",
        "</dc:title><dc:date>مايو</dc:date>",
        ("OPF-053", "WARNING"),
    ),
}


def write_epub(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def test_it_finds_what_is_wrong_and_nothing_else(tmp_path: Path, epubcheck: judge.Check) -> None:
    sound = write_epub(tmp_path / "sound.epub", SOUND)
    broken = {}
    for number, (fault, (name, old, new, finding)) in enumerate(FAULTS.items()):
        assert old in SOUND[name]
        files = SOUND | {name: SOUND[name].replace(old, new)}
        broken[fault] = (write_epub(tmp_path / f"{number}.epub", files), finding)

    found = epubcheck([sound, *(path for path, _ in broken.values())])

    assert found[sound] == ()
    for fault, (path, finding) in broken.items():
        assert finding in {(message.id, message.severity) for message in found[path]}, fault
