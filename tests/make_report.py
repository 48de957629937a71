"""Makes the sample `seeds/report.docx` from the XML of its parts: run it after a change here."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw

from tests.readers.docx.build import docx, item, levels, num, p, picture, r, style

REPORT = Path(__file__).resolve().parent.parent / "seeds" / "report.docx"

_BOLD = "<w:b/><w:bCs/><w:rtl/>"
_DELETED = '<w:del w:id="2" w:author="a"><w:r><w:delText>لم يُبت فيهما، و</w:delText></w:r></w:del>'
_ENGLISH = '<w:lang w:val="en-GB"/>'
_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
    '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:bidi="ar-SA"/></w:rPr>'
    "</w:rPrDefault></w:docDefaults>"
    + style("Title", "Title", '<w:rPr><w:bCs/><w:szCs w:val="44"/></w:rPr>')
    + style("Subtitle", "Subtitle")
    + style(
        "Heading1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:bCs/></w:rPr>'
    )
    + style("Quote", "Quote")
    + style("Caption", "caption")
)
_NUMBERING = (
    levels("decimal", "arabicAbjad") + levels("bullet", key="2") + num("1", "1") + num("2", "2")
)
_FOOTNOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:id="1">'
    + p("<w:r><w:footnoteRef/></w:r>", " قيس المنسوب في الأسبوع الأول من كل شهر.")
    + "</w:footnote>"
)
_CORE = (
    "<dc:title>آبار القرية في سنة جافة</dc:title><dc:creator>ميساء الدرويش</dc:creator>"
    "<dc:subject>مياه</dc:subject><cp:keywords>آبار، زراعة</cp:keywords>"
    "<dc:language>ar</dc:language><dcterms:created>2024-02-11T09:00:00Z</dcterms:created>"
)


def _cell(text: str) -> str:
    return f"<w:tc><w:tcPr/>{p(text)}</w:tc>"


def _row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(map(_cell, cells))}</w:tr>"


def _drawing() -> bytes:
    """Return a picture of a well seen from the side, with the two levels of its water."""
    image = Image.new("P", (360, 180), 0)
    image.putpalette([255, 255, 255, 120, 90, 60, 90, 150, 190, 30, 30, 30])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 60, 359, 179), fill=1)
    draw.rectangle((140, 40, 220, 179), fill=0, outline=3, width=3)
    draw.rectangle((143, 120, 217, 176), fill=2)
    draw.line((130, 90, 230, 90), fill=3, width=2)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def report() -> bytes:
    """Return the sample as a Word file."""
    body = (
        p("آبار القرية في سنة جافة", style="Title")
        + p("تقرير الجولة الثانية", style="Subtitle")
        + p("إعداد: ميساء الدرويش")
        + p("11 فبراير 2024")
        + p(
            "زرنا في هذه الجولة تسع آبار، وقسنا منسوب الماء في كل منها",
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            '<w:footnoteReference w:id="1"/></w:r>',
            "، ثم قابلنا أصحابها. وأهم ما خرجنا به أن ",
            r("المنسوب هبط في سبع منها", _BOLD),
            "، وأن بئرين اثنتين لم يتغير ماؤهما.",
        )
        + p("كيف قسنا؟", style="Heading1")
        + p(
            "استعملنا جهاز ",
            r("Solinst Model 101", _ENGLISH),
            " ووحدته المتر، ودوّنا القراءات في ملف على ",
            f'<w:hyperlink r:id="site">{r("موقع المشروع")}</w:hyperlink>',
            ". أما خطوات القياس فهي:",
        )
        + item("يُغلق المحبس ساعة كاملة قبل القياس.")
        + item("يُقاس المنسوب ثلاث مرات:")
        + item("مرة عند الفجر.", level=1)
        + item("ومرة عند الظهر.", level=1)
        + item("ومرة بعد المغرب.", level=1)
        + item("تُدوّن القراءة الوسطى.")
        + p("ما وجدنا", style="Heading1")
        + p("متوسط المنسوب بالمتر", style="Caption")
        + "<w:tbl><w:tblPr><w:bidiVisual/></w:tblPr>"
        + _row("البئر", "العام الماضي", "هذا العام", properties="<w:tblHeader/>")
        + _row("بئر الساحة", "4.2", "3.1")
        + _row("بئر التوتة", "6.0", "6.0")
        + _row("بئر المدرسة", "5.5", "3.9")
        + "</w:tbl>"
        + p(picture("well", "مقطع في بئر يظهر فيه المنسوبان القديم والجديد"))
        + p("مقطع في بئر الساحة: الخط منسوب العام الماضي", style="Caption")
        + p("كان أبي يقول: البئر التي تعطي كل يوم دلوًا لا تجف.", style="Quote")
        + p("— صاحب بئر التوتة", style="Quote")
        + p("ما نوصي به", style="Heading1")
        + item("تنظيف بئر المدرسة قبل الصيف.", key="2")
        + item("عدّاد ماء لكل بئر تسقي أكثر من بستان.", key="2")
        + p(
            "وقد ",
            f'<w:ins w:id="1" w:author="a">{r("وافق المجلس على البندين، و")}</w:ins>',
            _DELETED,
            "يُنتظر أن يبدأ العمل في الربيع.",
        )
        + "<w:sectPr><w:bidi/></w:sectPr>"
    )
    return docx(
        body,
        styles=_STYLES,
        numbering=_NUMBERING,
        footnotes=_FOOTNOTES,
        core=_CORE,
        media={"well": _drawing()},
        links={"site": "https://example.org/wells"},
    )


if __name__ == "__main__":
    REPORT.write_bytes(report())
