"""The PDF for printers and archives: its standards, its sheets, its inks."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image as Pillow
from PIL import ImageCms

import exporter
from exporter import pipeline, themes
from exporter.article import Article, Figure, Image, Resource
from exporter.checks.claims import Claim, claims
from exporter.choices import Settings
from exporter.errors import UsageError, WriteError
from exporter.printing import (
    Ink,
    Marks,
    OutputProfile,
    Printing,
    Standard,
    profile_of,
    standards_of,
)
from exporter.publication import Artifact, Cover
from exporter.typesetting import profiles
from tests.judges.verapdf import validate_each
from tests.writers.page import METADATA, PROSE, article, make, p
from tests.writers.press import press_profile
from tests.writers.test_pdf_content import rich

MM = 72 / 25.4
PRESS = OutputProfile(press_profile(), "Four inks on test paper", "CMYK")
EVERYTHING = (Standard.UA_1, Standard.A_2A, Standard.X_4)


def printed(made: Article | None = None, **printing: object) -> Artifact:
    return make(made or rich(), printing=Printing(**printing))  # type: ignore[arg-type]


Open = Callable[[Artifact], pikepdf.Pdf]


@pytest.fixture
def opened() -> Iterator[Open]:
    files: list[pikepdf.Pdf] = []

    def open_artifact(artifact: Artifact) -> pikepdf.Pdf:
        files.append(pikepdf.open(io.BytesIO(artifact.data)))
        return files[-1]

    yield open_artifact
    for file in files:
        file.close()


def operations(pdf: pikepdf.Pdf) -> set[str]:
    """The operators in all the pages and drawings of a PDF."""
    streams = [*pdf.pages, *(one for one in pdf.objects if is_form(one))]
    return {str(one.operator) for stream in streams for one in pikepdf.parse_content_stream(stream)}


def is_form(one: pikepdf.Object) -> bool:
    return isinstance(one, pikepdf.Stream) and one.get("/Subtype") == pikepdf.Name.Form


# --- standards ------------------------------------------------------------------------------


def test_one_file_claims_both_standards_unless_others_are_asked_for() -> None:
    assert claims(printed().data) == (Claim("PDF/UA-1", "ua1"), Claim("PDF/A-3a", "3a"))


@pytest.mark.parametrize("level", ["2a", "2b", "2u", "3a", "3b", "3u"])
def test_the_part_and_level_of_pdf_a_are_those_asked_for(level: str) -> None:
    data = printed(standards=standards_of([f"a-{level}"])).data
    assert claims(data) == (Claim(f"PDF/A-{level}", level),)


def test_without_a_standard_nothing_is_claimed_and_the_tags_stay(opened: Open) -> None:
    made = printed(standards=standards_of(["none"]))
    assert claims(made.data) == ()
    root = opened(made).Root
    assert "/OutputIntents" not in root
    assert root.MarkInfo.Marked


def test_a_packed_claim_is_found() -> None:
    with pikepdf.open(io.BytesIO(printed().data)) as pdf:
        packed = zlib.compress(pdf.Root.Metadata.read_bytes())
    head = b"<</Subtype /XML /Type /Metadata /Filter /FlateDecode>>\nstream\n"
    data = b"1 0 obj\n" + head + packed + b"\nendstream\nendobj\n"
    assert claims(data) == (Claim("PDF/UA-1", "ua1"), Claim("PDF/A-3a", "3a"))


@pytest.mark.judge
@pytest.mark.slow
@pytest.mark.usefixtures("verapdf")
def test_every_claim_is_true(tmp_path: Path) -> None:
    """With the profile of a press, with one ink, with bleed and marks, and for each level."""
    levels = ("2b", "2u", "3b", "3u")
    ways: dict[str, dict[str, Any]] = {
        "press": {"standards": EVERYTHING, "profile": PRESS},
        "black": {"standards": EVERYTHING, "ink": Ink.BLACK},
        "sheets": {"bleed": 3.0, "marks": Marks.CROP, "pages": 4},
        **{
            level: {"standards": standards_of([f"a-{level}"])} for level in ("2b", "2u", "3b", "3u")
        },
    }
    files = {name: tmp_path / f"{name}.pdf" for name in ways}
    for name, file in files.items():
        file.write_bytes(printed(**ways[name]).data)
    wanted = {
        "ua1": ["press", "black", "sheets"],
        "2a": ["press", "black"],
        "3a": ["sheets"],
        **{level: [level] for level in levels},
    }
    found = validate_each(list(files.values()), list(wanted))
    assert {
        flavour: [name for name in names if found[flavour][files[name]]]
        for flavour, names in wanted.items()
    } == {flavour: [] for flavour in wanted}


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"standards": (Standard.A_2A, Standard.A_3A)}, "pdf-standards-two"),
        ({"standards": (Standard.X_4,)}, "output-profile-missing"),
        ({"profile": PRESS}, "output-profile-idle"),
        (
            {"standards": (Standard.X_4,), "profile": OutputProfile(b"", "x", "GRAY")},
            "output-profile-grey",
        ),
        ({"bleed": 31.0}, "bleed-wrong"),
        ({"bleed": -1.0}, "bleed-wrong"),
        ({"pages": 0}, "page-multiple-wrong"),
    ],
)
def test_what_does_not_go_together_is_refused(wanted: dict[str, object], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        Printing(**wanted)  # type: ignore[arg-type]
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("words", "code"),
    [(["none", "ua-1"], "pdf-standard-none"), (["a-1b"], "choice-unknown")],
)
def test_words_that_name_no_standard_are_refused(words: list[str], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        standards_of(words)
    assert caught.value.code == code


@pytest.mark.parametrize("data", [b"", b"no profile", profiles.srgb(), press_profile()[:200]])
def test_only_the_profile_of_a_press_is_taken(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "press.icc"
    with pytest.raises(UsageError, match="can't be read"):
        profile_of(str(path))
    path.write_bytes(data)
    with pytest.raises(UsageError, match="no ICC profile of a press"):
        profile_of(str(path))


def test_the_press_is_named_by_its_profile(tmp_path: Path, opened: Open) -> None:
    path = tmp_path / "press.icc"
    path.write_bytes(press_profile())
    profile = profile_of(str(path))
    pdf = opened(printed(standards=EVERYTHING, profile=profile))
    archive, press = pdf.Root.OutputIntents
    assert (str(archive.S), str(press.S)) == ("/GTS_PDFA1", "/GTS_PDFX")
    assert archive.DestOutputProfile.objgen == press.DestOutputProfile.objgen
    assert press.DestOutputProfile.read_bytes() == press_profile()
    assert str(press.OutputConditionIdentifier) == "Custom"
    assert str(press.Info) == "Four inks on test paper"


def test_a_file_for_the_press_has_what_pdf_x_4_asks_for(opened: Open) -> None:
    made = printed(standards=(Standard.X_4,), profile=PRESS, bleed=3.0)
    pdf = opened(made)
    assert made.data.startswith(b"%PDF-1.6")
    assert pdf.docinfo["/Trapped"] == "/False"
    assert claims(made.data) == (Claim("PDF/X-4"),)
    xmp = pdf.Root.Metadata.read_bytes().decode()
    for name in ("GTS_PDFXVersion", "MetadataDate", "CreateDate", "ModifyDate", "DocumentID"):
        assert f":{name}>" in xmp or f":{name}=" in xmp
    assert all("/Annots" not in page for page in pdf.pages)
    assert not any("/OBJR" in str(one.get("/K", "")) for one in dictionaries(pdf))
    assert not {"rg", "RG", "k", "K"} & operations(pdf)
    for image in images(pdf):
        assert image.ColorSpace == "/DeviceGray" or image.ColorSpace[0] == "/ICCBased"


def test_an_undated_article_is_no_file_for_the_press() -> None:
    with pytest.raises(WriteError, match="wants a date"):
        printed(article(issued=""), standards=(Standard.X_4,), ink=Ink.BLACK)


def dictionaries(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]


def images(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
    return [one for one in streams if one.get("/Subtype") == pikepdf.Name.Image]


# --- sheets ---------------------------------------------------------------------------------


def test_the_bleed_is_around_the_page_and_the_marks_around_the_bleed(opened: Open) -> None:
    for bleed, marks, edge in (
        (3.0, Marks.NONE, 3.0),
        (3.0, Marks.CROP, 8.0),
        (5.0, Marks.CROP, 10.0),
    ):
        for page in opened(printed(bleed=bleed, marks=marks)).pages:
            trim = [0, 0, 210 * MM, 297 * MM]
            assert numbers(page.TrimBox) == pytest.approx(trim, abs=0.1)
            assert numbers(page.BleedBox) == pytest.approx(wider(trim, bleed * MM), abs=0.1)
            assert numbers(page.MediaBox) == pytest.approx(wider(trim, edge * MM), abs=0.1)
            assert "/ArtBox" not in page


def numbers(box: pikepdf.Object) -> list[float]:
    return [float(number) for number in box]


def wider(box: list[float], by: float) -> list[float]:
    return [box[0] - by, box[1] - by, box[2] + by, box[3] + by]


def picture(artifact: Artifact, *, page: int = 0) -> Pillow.Image:
    with pypdfium2.PdfDocument(artifact.data) as document:
        drawn: Pillow.Image = document[page].render(scale=2).to_pil()
    return drawn


def test_the_marks_point_at_the_corners_and_stay_out_of_the_bleed() -> None:
    marked = picture(printed(article(), bleed=3.0, marks=Marks.CROP)).convert("L")
    width, _ = marked.size
    edge, bleed = round(8 * MM * 2), round(3 * MM * 2)
    dark = marked.point(lambda value: 255 * (value < 160))
    strip = dark.crop((0, 0, width, edge - bleed - 2)).getbbox()
    assert strip is not None
    assert strip[0] == pytest.approx(edge, abs=2)
    assert strip[2] == pytest.approx(width - edge, abs=2)
    between = dark.crop((edge - bleed + 2, edge - bleed + 2, width - edge + bleed - 2, edge - 2))
    assert between.getbbox() is None


def test_marks_are_artifacts_of_the_page(opened: Open) -> None:
    content = opened(printed(marks=Marks.CROP)).pages[0]
    kinds = [
        str(one.operands[1].get("/Type", ""))
        for one in pikepdf.parse_content_stream(content)
        if str(one.operator) == "BDC"
    ]
    assert kinds[-1] == "/Page"


@pytest.mark.parametrize("multiple", [1, 2, 4, 8])
def test_blank_pages_fill_up_the_last_sheet(multiple: int, opened: Open) -> None:
    made = printed(article(p(PROSE * 12)), pages=multiple)
    plain = opened(printed(article(p(PROSE * 12))))
    pdf = opened(made)
    assert len(pdf.pages) % multiple == 0
    assert 0 <= len(pdf.pages) - len(plain.pages) < multiple
    for number, page in enumerate(pdf.pages):
        if number >= len(plain.pages):
            assert picture(made, page=number).convert("L").getextrema() == (255, 255)
            assert page.MediaBox == plain.pages[0].MediaBox


def test_the_pages_themselves_are_the_same_with_marks_and_without() -> None:
    plain = picture(printed(article()))
    edge = round(8 * MM * 2)
    marked = picture(printed(article(), marks=Marks.CROP))
    left = (marked.width - plain.width) // 2
    assert left == pytest.approx(edge, abs=1)
    cut = marked.crop((left, left, left + plain.width, left + plain.height)).convert("L")
    ink = [
        one.convert("L").point(lambda value: 255 * (value < 128)).getbbox() for one in (plain, cut)
    ]
    assert ink[0] == pytest.approx(ink[1], abs=2)


# --- inks -----------------------------------------------------------------------------------

GRADIENT = """<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><defs>
<linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="0.4" stop-color="#ff0"/>
<stop offset="1" stop-color="blue"/></linearGradient></defs>
<rect width="90" height="60" fill="url(#g)"/><circle cx="45" cy="75" r="12" fill="#0a0"/></svg>"""


def colourful() -> Article:
    """A drawing with a gradient and pictures in every mode of Pillow's that a PNG may have."""
    resources = {"drawing": Resource("d.svg", "image/svg+xml", GRADIENT.encode())}
    for mode, colour in (
        ("RGB", (200, 30, 30)),
        ("RGBA", (30, 200, 30, 120)),
        ("P", 1),
        ("1", 1),
        ("L", 90),
        ("LA", (90, 120)),
    ):
        out = io.BytesIO()
        made = Pillow.new(mode, (8, 8), colour)
        if mode == "P":
            made.putpalette([0, 0, 0, 30, 30, 220])
        made.save(out, "PNG")
        resources[mode] = Resource(f"{mode}.png", "image/png", out.getvalue())
    figures = tuple(Figure(Image(key, key)) for key in resources)
    return Article(METADATA, (p("نص"), *figures), resources=resources)


def test_black_ink_alone_leaves_no_colour(opened: Open) -> None:
    made = printed(colourful(), ink=Ink.BLACK)
    assert made.notices == ()
    pdf = opened(made)
    assert not {"rg", "RG", "k", "K", "scn", "SCN"} & operations(pdf) - {"scn"}
    assert {str(image.ColorSpace) for image in images(pdf)} == {"/DeviceGray"}
    assert len(images(pdf)) >= 6
    for page in range(len(pdf.pages)):
        red, green, blue = picture(made, page=page).convert("RGB").split()
        assert red.tobytes() == green.tobytes() == blue.tobytes()


def test_colours_are_there_without_it() -> None:
    red, _, blue = picture(printed(colourful())).convert("RGB").split()
    assert red.tobytes() != blue.tobytes()


def test_words_in_black_ink_are_whole_black(opened: Open) -> None:
    shown, grey = set(), 0.0
    for page in opened(printed(article(), ink=Ink.BLACK)).pages:
        for one in pikepdf.parse_content_stream(page):
            if str(one.operator) == "g":
                grey = float(one.operands[0])
            elif str(one.operator) == "TJ":
                shown.add(grey)
    assert shown == {0.0}


def test_a_dark_ground_in_black_ink_keeps_its_grey(tmp_path: Path) -> None:
    folder = tmp_path / "dark"
    folder.mkdir()
    (folder / "theme.toml").write_text('summary = "dark"\nextends = "naskh"\n')
    css = "@page { background: #600 } h1 { color: white }"
    (folder / "print.css").write_text(
        '{% extends "naskh:print.css" %}{% block extra %}' + css + "{% endblock %}"
    )
    theme = themes.load(str(folder), Settings(printing=Printing(ink=Ink.BLACK)))
    (made,) = pipeline.publish(article(), theme, formats=["pdf"], cover=Cover())
    shown = picture(made).convert("L")
    assert shown.getpixel((5, 5)) == pytest.approx(0.299 * 0x66, abs=1)
    assert shown.getextrema() == (0, 255), "black letters, and a white title"


def test_a_press_keeps_the_colours_that_are_none_of_grey(opened: Open) -> None:
    made = printed(colourful(), standards=(Standard.X_4,), profile=PRESS)
    assert made.notices == ()
    red, _, blue = picture(made).convert("RGB").split()
    assert red.tobytes() != blue.tobytes()
    assert not {"rg", "RG"} & operations(opened(made))


@pytest.mark.parametrize(
    "printing", [{}, {"ink": Ink.BLACK}, {"bleed": 3.0, "marks": Marks.CROP, "pages": 4}]
)
def test_the_same_bytes_each_time(printing: dict[str, Any]) -> None:
    assert printed(**printing).data == printed(**printing).data


# --- profiles -------------------------------------------------------------------------------


def test_our_profile_of_srgb_is_small_and_gives_the_colours_of_others() -> None:
    data = profiles.srgb()
    assert len(data) < 500
    ours = ImageCms.ImageCmsProfile(io.BytesIO(data))
    colours = Pillow.linear_gradient("L").resize((64, 64))
    for mixed in (
        Pillow.merge("RGB", (colours, colours.rotate(90), colours.rotate(180))),
        Pillow.merge("RGB", (colours, colours, colours)),
    ):
        turned = ImageCms.profileToProfile(mixed, ours, ImageCms.createProfile("sRGB"))
        assert turned is not None
        pairs = zip(mixed.tobytes(), turned.tobytes(), strict=True)
        assert max(abs(before - after) for before, after in pairs) <= 1


def test_our_press_prints_the_middle_darker_by_a_fifth() -> None:
    grey = ImageCms.ImageCmsProfile(io.BytesIO(profiles.grey_print()))
    tint = Pillow.new("L", (1, 1), 127)
    lab = ImageCms.profileToProfile(tint, grey, ImageCms.createProfile("LAB"), outputMode="LAB")
    assert lab is not None
    (light, *_) = lab.tobytes()
    assert light / 2.55 == pytest.approx(61.7, abs=1)  # L* of 30 % of the light


# --- the command and Python -----------------------------------------------------------------


def test_the_words_of_python_are_those_of_the_command(tmp_path: Path) -> None:
    profile = tmp_path / "press.icc"
    profile.write_bytes(press_profile())
    (made,) = exporter.export(
        rich(),
        output=tmp_path,
        to="pdf",
        pdf_standard="x-4, ua-1",
        output_profile=profile,
        bleed=3,
        crop_marks=True,
        page_multiple=4,
    )
    data = made.paths[0].read_bytes()
    assert [claim.standard for claim in claims(data)] == ["PDF/UA-1", "PDF/X-4"]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 4
        assert re.match(r"\S+", str(pdf.pages[0].BleedBox))
    with pytest.raises(UsageError, match="--ink black"):
        exporter.export(rich(), output=tmp_path, to="pdf", pdf_standard="x-4")
