"""Word files from the XML of their parts, small and always the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from html import escape

from exporter.readers.docx.package import PREFIXES

NAMESPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in PREFIXES.items())
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = ("styles", "numbering", "footnotes", "endnotes", "settings")


def docx(  # noqa: PLR0913 (the parts of a file)
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    footnotes: str = "",
    endnotes: str = "",
    core: str = "",
    media: Mapping[str, bytes] = {},
    links: Mapping[str, str] = {},
    extra: Mapping[str, str | bytes] = {},
) -> bytes:
    """Return a Word file; `media` and `links` have the keys of their relations."""
    given = {"styles": styles, "numbering": numbering, "footnotes": footnotes, "endnotes": endnotes}
    parts = {name: xml for name, xml in given.items() if xml}
    relations = [(name, name, f"{name}.xml", "") for name in parts]
    relations += [(key, "image", f"media/{key}.png", "") for key in media]
    relations += [(key, "hyperlink", url, "External") for key, url in links.items()]
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(parts),
        "_rels/.rels": _relations(
            [
                ("main", "officeDocument", "word/document.xml", ""),
                *([("core", "core-properties", "docProps/core.xml", "")] if core else []),
            ]
        ),
        "word/document.xml": element("w:document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": _relations(relations),
        **{f"word/{name}.xml": element(f"w:{name}", xml) for name, xml in parts.items()},
        **{f"word/media/{key}.png": data for key, data in media.items()},
        **({"docProps/core.xml": element("cp:coreProperties", core)} if core else {}),
        **extra,
    }
    return zipped(files)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Return an archive without any date of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def element(name: str, inside: str) -> str:
    """Return an XML document whose root has all prefixes."""
    return f"{_HEAD}<{name} {NAMESPACES}>{inside}</{name}>"


def _types(parts: Mapping[str, str]) -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{name}+xml"/>'
        for name in parts
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
        f"{overrides}"
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relations(relations: list[tuple[str, str, str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="{key}" Type="{_kind(kind)}" Target="{escape(target)}"'
        + (f' TargetMode="{mode}"/>' if mode else "/>")
        for key, kind, target, mode in relations
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def _kind(kind: str) -> str:
    if kind == "core-properties":
        return f"{_PACKAGE}/relationships/metadata/core-properties"
    return f"{_OFFICE}/{kind}"


def p(*runs: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph, right to left; a string that is no markup is a run of it."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = "".join(one if one.startswith("<") else r(one) for one in runs)
    return f"<w:p><w:pPr>{named}<w:bidi/>{properties}</w:pPr>{inside}</w:p>"


def r(text: str, properties: str = "<w:rtl/>") -> str:
    """Return a run, in Arabic unless its properties say otherwise."""
    return (
        f"<w:r><w:rPr>{properties}</w:rPr>"
        f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'
    )


def picture(key: str, alt: str, *, anchored: bool = False) -> str:
    """Return a run with a picture, in its line or floating."""
    kind = "anchor" if anchored else "inline"
    return (
        f'<w:r><w:drawing><wp:{kind}><wp:extent cx="3600000" cy="1800000"/>'
        f'<wp:docPr id="1" name="Picture 1" descr="{escape(alt)}"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:nvPicPr><pic:cNvPr id="1" name="Picture 1"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch>'
        '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3600000" cy="1800000"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        f"</a:graphicData></a:graphic></wp:{kind}></w:drawing></w:r>"
    )


def style(key: str, name: str, inside: str = "", *, kind: str = "paragraph") -> str:
    """Return a style."""
    return f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name}"/>{inside}</w:style>'


def levels(*forms: str, key: str = "1", starts: Mapping[int, int] = {}) -> str:
    """Return the definition of a list whose levels have these forms."""
    found = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{starts.get(level, 1)}"/>'
        f'<w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{"•" if form == "bullet" else f"%{level + 1}."}"/></w:lvl>'
        for level, form in enumerate(forms)
    )
    return f'<w:abstractNum w:abstractNumId="{key}">{found}</w:abstractNum>'


def num(key: str, definition: str, override: str = "") -> str:
    """Return a list of a definition."""
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{definition}"/>{override}</w:num>'


def item(text: str, *, key: str = "1", level: int = 0) -> str:
    """Return an item of a list."""
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>'
    return p(text, properties=numbering)
