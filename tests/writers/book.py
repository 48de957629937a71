"""The book that the tests of the e-book look at: every shape of content, and ways to open it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from lxml import etree
from PIL import Image as Pillow

from exporter import pipeline, themes
from exporter.article import (
    Article,
    Aside,
    AsideRole,
    Block,
    Code,
    CodeSpan,
    Creator,
    Definition,
    Definitions,
    Direction,
    Emphasis,
    Figure,
    Heading,
    Image,
    Isolate,
    Link,
    List,
    ListKind,
    Metadata,
    NoteRef,
    Paragraph,
    Quote,
    Resource,
    Role,
    Rule,
    Strong,
    Sub,
    Table,
    Text,
    Verse,
    VerseLine,
)
from exporter.choices import Settings
from exporter.publication import Artifact, Cover, CoverKind, Publication, single
from exporter.transforms import transform
from exporter.writers import epub

NAMESPACES = {
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
NO_COVER = Cover(CoverKind.NONE)


def inlines(text: str) -> tuple[Text]:
    return (Text(text),)


def paragraph(text: str) -> Paragraph:
    return Paragraph(inlines(text))


def png() -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (60, 30), "#88aaaa").save(out, "PNG")
    return out.getvalue()


METADATA = Metadata(
    title="كل ما في الكتاب عن C++ و«الأقواس»",
    subtitle="عنوان ثانٍ",
    creators=(
        Creator("سلمى الراوي", file_as="الراوي، سلمى"),
        Creator("خالد زيدان", Role.TRANSLATOR),
    ),
    publisher="مجلة سعف",
    issued="2024-06-12T01:30+03:00",
    language="ar",
    source="https://example.org/article?a=1&b=2",
    description="مقال فيه من كل شيء، ومن الرموز & و<.",
    subjects=("كتب", "حاسوب"),
    rights="الحقوق محفوظة",
    is_part_of="سلسلة سعف",
    group_position="3",
    title_romanised="Kull ma fi al-kitab",
    identifier="urn:uuid:8f0c1d52-5a0e-5c5b-9a51-3d6f2c2a7b91",
)
BODY: tuple[Block, ...] = (
    Paragraph(
        (
            Text("نص فيه "),
            Emphasis(inlines("تأكيد")),
            Text(" وفيه "),
            Strong((Text("تقوية "), Emphasis(inlines("مؤكدة")))),
            Text(" وهامش"),
            NoteRef("first"),
            Text(" و"),
            CodeSpan("x = 1"),
            Text(" و"),
            Link(inlines("رابط"), "https://example.org/?a=1&b=2"),
            Text(" وماء H"),
            Sub(inlines("2")),
            Text("O ولغة C++."),
        )
    ),
    Paragraph(
        (
            Text("قرأ ﴿وَقُل رَّبِّ زِدْنِي عِلْمًا﴾ [طه: ١١٤]\N{ARABIC END OF AYAH} ثم صحيفة "),
            Isolate(inlines("Le Monde"), Direction.LTR, "fr"),
            Text(" ومجلة "),
            Isolate(inlines("گفتگو"), Direction.RTL, "fa"),
            Text("."),
        )
    ),
    Heading((Text("قائمة وهامش"), NoteRef("second"))),
    List(
        ((paragraph("أول"), List(((paragraph("فرع"),),))), (paragraph("ثان"),)),
        ListKind.NUMBERED,
        3,
    ),
    Heading(inlines("تحتها"), 3),
    Quote((paragraph("قول قديم."),), inlines("الجاحظ")),
    List(((paragraph("ألفه"),), (paragraph("باؤه"),)), ListKind.LETTERED),
    List(((paragraph("ثاؤه"),), (paragraph("جيمه"),)), ListKind.ALPHABETICAL, 4),
    Definitions(
        (
            Definition(inlines("مصطلح"), ()),
            Definition(
                (Text("مرادفه"), NoteRef("second")),
                ((paragraph("معناه"),), (paragraph("معنى آخر"), List(((paragraph("فرعه"),),)))),
            ),
        )
    ),
    Heading(inlines("لا تظهر في الفهرس"), 4),
    Table(
        ((inlines("خلية"), inlines("1")),), (inlines("الاسم"), inlines("العدد")), inlines("جدول")
    ),
    Heading(inlines("شعر")),
    Verse((VerseLine((inlines("صدر البيت القديم"), inlines("وعجز البيت القديم"))),)),
    Verse((VerseLine((inlines("سطر"),)), VerseLine((inlines("وسطر آخر"),)))),
    Figure(Image("picture", "مستطيل رمادي"), inlines("شرح"), inlines("تصوير فلان")),
    Code("print('سلام')", "python"),
    Rule(),
    Aside((paragraph("ملاحظة"),), AsideRole.EDITOR_NOTE),
    Aside((paragraph("بارز"),), AsideRole.PULL_QUOTE),
    Aside((paragraph("جانبي"),)),
)
ARTICLE = transform(
    Article(
        METADATA,
        BODY,
        {"first": (paragraph("هامش."), paragraph("فقرة ثانية.")), "second": (paragraph("آخر."),)},
        {"picture": Resource("picture.png", "image/png", png())},
    )
)
ENGLISH = Article(
    Metadata(
        title="A Short History",
        language="en",
        identifier="urn:uuid:0f6d7c6e-8b0a-5d0e-9c55-0d5b6c1f4a01",
    ),
    (Heading(inlines("One")), paragraph("Hello.")),
)
PLAIN = Article(
    Metadata(title="عنوان", identifier="urn:uuid:0f6d7c6e-8b0a-5d0e-9c55-0d5b6c1f4a02"),
    (paragraph("نص."),),
)


ADDRESSES = (
    "https://example.org/article?a=1&b=2#c",
    "http://example.org",
    "https://example.org:8080/مقال/%D9%85",
    "HTTPS://مثال.إختبار/",
    "https://example.org/a|b",
    "https://example.org/%zz",
)
NO_ADDRESSES = (
    "javascript:alert(1)",
    "file:///etc/passwd",
    "كتاب البخلاء، ص 3",
    "doi:10.1000/182",
    "http://[x",
    "https://example.org/a b",
    "https://example.org:99999/",
    "http://a..b/",
    "http:example",
)


def written(
    article: Article | Publication,
    *,
    cover: Cover = NO_COVER,
    font: str = "",
    settings: Settings | None = None,
) -> Artifact:
    publication = article if isinstance(article, Publication) else single(article, cover=cover)
    chosen = settings or Settings(font=font)
    return epub.write(publication, themes.load("naskh", chosen), pipeline.engine())


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def documents(files: dict[str, bytes]) -> dict[str, etree._Element]:
    return {name: etree.fromstring(data) for name, data in files.items() if name.endswith(".xhtml")}


def package(files: dict[str, bytes]) -> etree._Element:
    return etree.fromstring(files["EPUB/content.opf"])


def find(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [str(item) for item in found]


def text_of(element: etree._Element) -> str:
    return str(element.xpath("string()"))


def dated(*, issued: str = "", modified: str = "") -> Article:
    return replace(PLAIN, metadata=replace(PLAIN.metadata, issued=issued, modified=modified))


def body_of(*blocks: Block) -> Article:
    return replace(PLAIN, body=blocks)
