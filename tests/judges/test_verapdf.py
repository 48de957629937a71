"""veraPDF accepts a PDF/UA file and names the rule that each change to it breaks."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
import weasyprint

from exporter.assets import fonts_folder
from tests.judges import verapdf as judge

pytestmark = [pytest.mark.judge, pytest.mark.slow]

FONT = (fonts_folder() / "amiri" / "Amiri-Regular.ttf").as_uri()
PAGE = f"""<html lang="ar" dir="rtl"><head><title>عنوان</title><style>
@font-face {{ font-family: Amiri; src: url({FONT}) }} body {{ font-family: Amiri }}
</style></head><body><h1>عنوان</h1><p>نص قصير.</p></body></html>"""


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def without_marking(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def without_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def without_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


def without_shown_title(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


# ISO 14289-1, the clause and veraPDF's number of the test in it.
CHANGES: dict[Callable[[pikepdf.Pdf], None], tuple[str, int]] = {
    without_language: ("7.2", 34),
    without_marking: ("6.2", 1),
    without_structure: ("7.1", 11),
    without_metadata: ("7.1", 8),
    without_shown_title: ("7.1", 10),
}


def test_it_names_the_broken_rule(tmp_path: Path, verapdf: judge.Validate) -> None:
    sound, damaged = tmp_path / "sound.pdf", tmp_path / "damaged.pdf"
    weasyprint.HTML(string=PAGE).write_pdf(sound, pdf_variant="pdf/ua-1")
    damaged.write_bytes(sound.read_bytes()[:200])
    for change in CHANGES:
        with pikepdf.open(sound) as pdf:
            change(pdf)
            pdf.save(tmp_path / f"{change.__name__}.pdf")
    changed = [tmp_path / f"{change.__name__}.pdf" for change in CHANGES]

    found = verapdf([sound, damaged, *changed], "ua1")

    assert found[sound] == ()
    assert [rule.clause for rule in found[damaged]] == ["parse"]
    for path, rule in zip(changed, CHANGES.values(), strict=True):
        assert rule in {(failed.clause, failed.test) for failed in found[path]}, path.stem


def test_flavours_differ(tmp_path: Path, verapdf: judge.Validate) -> None:
    pdf = tmp_path / "accessible.pdf"
    weasyprint.HTML(string=PAGE).write_pdf(pdf, pdf_variant="pdf/ua-1")
    assert verapdf([pdf], "3a")[pdf]
