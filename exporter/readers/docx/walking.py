"""What stands in a paragraph of a Word file → runs: text, notes, pictures, fields, links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace

from lxml import etree

from exporter.article import LINK_SCHEMES, Figure, Image, LineBreak, NoteRef, Resource, Text
from exporter.notices import Notice, NoticeCode
from exporter.patterns import compiled
from exporter.readers.docx.package import Element, Package, Part, child, get, named
from exporter.readers.docx.properties import Properties, Style, run_properties
from exporter.readers.docx.runs import Run
from exporter.readers.text.decoding import REMOVED, clean
from exporter.records import dataclass

# Fields whose results belong to a page, not to a text.
_PAGED = frozenset("PAGE NUMPAGES SECTIONPAGES PAGEREF SECTION TOC TOA INDEX TC XE RD".split())
_CODE = frozenset({"html code", "code", "source text", "verbatim char", "html keyboard"})
_ADDRESS = compiled(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
_DROPPED = frozenset({"w:del", "w:moveFrom", "w:rPr", "w:pPr"})
_FROM_SYMBOL = {0xB7: "•", 0xA7: "▪", 0xD8: "➢", 0xFC: "✓", 0xE0: "→", 0xDF: "←", 0xB0: "°"}
_MEDIA_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "emf": "image/emf",
    "wmf": "image/wmf",
}


@dataclass(slots=True)
class Field:
    """A field that is open: what it computes, and whether its result has begun."""

    instruction: str = ""
    has_result: bool = False

    @property
    def is_paged(self) -> bool:
        """Whether its result has no place in a text without pages of its own."""
        return self.instruction.strip().partition(" ")[0].upper() in _PAGED

    @property
    def href(self) -> str:
        """The address of a link outside the document; empty for another field."""
        found = _ADDRESS.match(self.instruction)
        return found[1] if found and found[1].lower().startswith(LINK_SCHEMES) else ""


@dataclass(slots=True)
class Gathered:
    """What a whole document gathers while its paragraphs are read."""

    resources: dict[str, Resource] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    removed: Counter[str] = field(default_factory=Counter)

    def drop(self, text: str) -> None:
        """Note what an article has no place for, once."""
        notice = Notice(NoticeCode.MARKUP_DROPPED, text=text)
        if notice not in self.notices:
            self.notices.append(notice)


@dataclass(slots=True)
class Walker:
    """Reads the paragraphs of one part; fields go on from one paragraph to the next."""

    package: Package
    part: Part
    styles: Mapping[str, Style]
    gathered: Gathered
    fields: list[Field] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    href: str = ""

    @property
    def is_silent(self) -> bool:
        """Whether what is read now is an instruction, or the result of one for the page."""
        return any(not one.has_result or one.is_paged for one in self.fields)

    def paragraph(self, element: Element) -> tuple[list[Run], list[Figure], list[Element]]:
        """Return the runs of a paragraph, its pictures that float, and its boxes of text."""
        self.runs, self.figures, self.boxes = [], [], []
        self._children(element)
        return self.runs, self.figures, self.boxes

    def _children(self, element: Element) -> None:
        for each in element.iterchildren(etree.Element):
            self._content(each)

    def _content(self, element: Element) -> None:
        name = _short(element)
        match name:
            case "w:r":
                self._run(element)
            case "w:hyperlink":
                self._hyperlink(element)
            case "w:fldSimple":
                self.fields.append(Field(get(element, "w:instr"), has_result=True))
                self._children(element)
                self.fields.pop()
            case "m:oMath" | "m:oMathPara":
                self._formula(element)
            case "mc:AlternateContent":
                self._alternative(element, self._content)
            case _:  # w:ins, w:sdt, w:smartTag, w:bdo …: what is in it
                if name not in _DROPPED:
                    self._children(element)

    def _hyperlink(self, element: Element) -> None:
        relation = self.part.relations.get(get(element, "r:id"))
        before = self.href
        if relation and relation.is_outside and relation.target.lower().startswith(LINK_SCHEMES):
            self.href = relation.target
        elif relation and relation.is_outside:
            self.gathered.drop(relation.target)
        self._children(element)
        self.href = before

    def _alternative(self, element: Element, read: Callable[[Element], None]) -> None:
        """Read the first form of what is written in two: for new programs, and for old ones."""
        for each in list(element.iterchildren(etree.Element))[:1]:
            for inner in each.iterchildren(etree.Element):
                read(inner)

    def _formula(self, element: Element) -> None:
        text = "".join(str(one.text or "") for one in element.iter(named("m:t")))
        if text.strip():
            self.gathered.drop(text)
            self._add(Run(Text(text)))

    # --- runs -------------------------------------------------------------------------------

    def _run(self, element: Element) -> None:
        said = child(element, "w:rPr")
        own = run_properties(said)
        style = self.styles.get(get(child(said, "w:rStyle"), "w:val"), Style())
        properties = own.over(style.properties)
        if properties.hidden:
            return
        template = _template(properties, is_code=style.name in _CODE)
        for each in element.iterchildren(etree.Element):
            self._part_of_run(each, template)
        if properties.struck and not self.is_silent:
            text = "".join(str(one.text or "") for one in element.iter(named("w:t")))
            if text.strip():
                self.gathered.drop(f"~~{text.strip()}~~")

    def _part_of_run(self, element: Element, template: Run) -> None:  # noqa: C901, PLR0912 (a table)
        match _short(element):
            case "w:t":
                self._text(str(element.text or ""), template)
            case "w:tab" | "w:ptab":
                self._text("\t", template)
            case "w:br" if get(element, "w:type") in {"", "textWrapping"}:
                self._add(Run(LineBreak()))
            case "w:cr":
                self._add(Run(LineBreak()))
            case "w:noBreakHyphen":
                self._text("-", template)
            case "w:sym":
                self._symbol(element, template)
            case "w:footnoteReference":
                self._add(Run(NoteRef(f"footnote-{get(element, 'w:id')}")))
            case "w:endnoteReference":
                self._add(Run(NoteRef(f"endnote-{get(element, 'w:id')}")))
            case "w:fldChar":
                self._field(get(element, "w:fldCharType"))
            case "w:instrText" if self.fields and not self.fields[-1].has_result:
                self.fields[-1].instruction += str(element.text or "")
            case "w:ruby":
                for base in element.iter(named("w:rubyBase")):
                    self._children(base)
            case "mc:AlternateContent":
                self._alternative(element, lambda inner: self._part_of_run(inner, template))
            case "w:drawing" | "w:pict" | "w:object":
                self._drawing(element)
            case _:
                pass

    def _text(self, text: str, template: Run) -> None:
        self.gathered.removed.update(REMOVED.findall(text))
        cleaned, _ = clean(text)
        if cleaned:
            self._add(replace(template, inline=Text(cleaned.replace("\n", " "))))

    def _symbol(self, element: Element, template: Run) -> None:
        """Read a character of a font of pictures; Word moves its code up by F000."""
        try:
            code = int(get(element, "w:char"), 16) & 0xFFF
        except ValueError:
            return
        if code in _FROM_SYMBOL:
            self._text(_FROM_SYMBOL[code], template)
        else:
            self.gathered.drop(f"{get(element, 'w:font')} {code:02X}")

    def _field(self, kind: str) -> None:
        match kind:
            case "begin":
                self.fields.append(Field())
            case "separate" if self.fields:
                self.fields[-1].has_result = True
                if self.fields[-1].instruction.strip().upper().startswith("TOC"):
                    self.gathered.drop("TOC")
            case "end" if self.fields:
                self.fields.pop()
            case _:
                pass

    def _add(self, run: Run) -> None:
        if not self.is_silent:
            href = next((one.href for one in reversed(self.fields) if one.href), self.href)
            self.runs.append(replace(run, href=href))

    # --- pictures and boxes -----------------------------------------------------------------

    def _drawing(self, element: Element) -> None:
        """Read a picture, in its line or floating, or the boxes of text of a drawing."""
        boxes = [one for one in element.iter(named("w:txbxContent")) if _is_outer(one, element)]
        if self.is_silent:
            return
        self.boxes += boxes
        pictures = tuple(self._pictures(element)) if not boxes else ()
        blips = any(True for _ in element.iter(named("a:blip"), named("v:imagedata")))
        if not boxes and not blips:
            words = " ".join(filter(None, _described(element)))
            self.gathered.drop(words or _short(element))
        floats = any(True for _ in element.iter(named("wp:anchor")))
        for image in pictures:
            if floats:
                self.figures.append(Figure(image))
            else:
                self._add(Run(image))

    def _pictures(self, element: Element) -> Iterator[Image]:
        alt = " ".join(filter(None, _described(element)))
        for blip in element.iter(named("a:blip"), named("v:imagedata")):
            key = get(blip, "r:embed") or get(blip, "r:id")
            relation = self.part.relations.get(key or get(blip, "r:link"))
            if relation is None or relation.is_outside or not self._has(relation.target):
                text = alt or (relation.target if relation else key)
                missing = "it is not in the file"
                notice = Notice(NoticeCode.RESOURCE_MISSING, text=text, detail=missing)
                self.gathered.notices.append(notice)
            else:
                yield Image(self._resource(relation.target), alt)

    def _has(self, name: str) -> bool:
        return name in self.package.archive

    def _resource(self, name: str) -> str:
        key = name.rpartition("/")[2]
        if key not in self.gathered.resources:
            media_type = _MEDIA_TYPES.get(key.rpartition(".")[2].lower(), "")
            data = self.package.archive.read(name)
            self.gathered.resources[key] = Resource(name, media_type, data)
        return key


_SHORT = {
    namespace: prefix
    for prefix, namespace in (
        ("w", named("w:x")[1:-2]),
        ("m", named("m:x")[1:-2]),
        ("mc", named("mc:x")[1:-2]),
    )
}


def _short(element: Element) -> str:
    """Return the name of an element with the prefix that `named` takes."""
    name = etree.QName(element)
    return f"{_SHORT.get(name.namespace or '', '?')}:{name.localname}"


def _template(properties: Properties, *, is_code: bool) -> Run:
    return Run(
        Text(""),
        bold=properties.is_bold,
        italic=properties.is_italic,
        vertical=properties.vertical,
        code=is_code,
        rtl=bool(properties.rtl),
        language=properties.language_cs if properties.rtl else properties.language,
    )


def _described(element: Element) -> Iterable[str]:
    """Yield what a drawing says it shows; a name that Word gave it says nothing."""
    for one in element.iter(named("wp:docPr")):
        yield str(one.get("descr") or one.get("title") or "")
        return
    for one in element.iter(named("v:shape")):
        yield str(one.get("alt") or "")
        return


def _is_outer(box: Element, drawing: Element) -> bool:
    """Say whether a box of text stands in no other one of its drawing."""
    for one in box.iterancestors():
        if one is drawing:
            return True
        if one.tag == named("w:txbxContent"):
            return False
    return True
