"""Notes on the page of their call, whatever calls them: captions, sidebars, cells, quotations."""

from __future__ import annotations

import io
import random
from collections import defaultdict
from dataclasses import dataclass, field

import pytest
from PIL import Image as Pillow
from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

from exporter.article import (
    Article,
    Aside,
    Block,
    Blocks,
    Figure,
    Image,
    Inline,
    Inlines,
    List,
    NoteRef,
    Paragraph,
    Quote,
    Resource,
    Table,
    Text,
)
from tests.writers.page import METADATA, p
from tests.writers.paper import laid_out

WORDS = ("كتاب", "قلم", "مدينة", "بيت", "طريق", "شجرة", "سماء", "حكاية")


def drawn(height: int) -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (400, height), "#777777").save(out, "PNG")
    return out.getvalue()


@dataclass(slots=True)
class Writer:
    """Writes the blocks of an article by chance, the same ones every time."""

    chance: random.Random
    longest: int
    notes: dict[str, Blocks] = field(default_factory=dict)
    pictures: dict[str, Resource] = field(default_factory=dict)

    def words(self, least: int, most: int) -> str:
        count = self.chance.randint(least, most)
        return " ".join(self.chance.choice(WORDS) for _ in range(count))

    def noted(self, most: int, *, often: float) -> Inlines:
        """Some words, with the call of a note after some of them."""
        inlines: list[Inline] = []
        for _ in range(self.chance.randint(1, 3)):
            inlines.append(Text(f"{self.words(1, most)} "))
            if self.chance.random() < often:
                key = f"note-{len(self.notes)}"
                self.notes[key] = (p(self.words(2, self.longest)),)
                inlines += [NoteRef(key), Text(" ")]
        return tuple(inlines)

    def paragraphs(self, most: int) -> Blocks:
        count = self.chance.randint(1, most)
        return tuple(Paragraph(self.noted(30, often=0.3)) for _ in range(count))

    def table(self, columns: int) -> Table:
        rows = range(self.chance.randint(2, 6))
        return Table(
            rows=tuple(tuple(self.noted(2, often=0.15) for _ in range(columns)) for _ in rows),
            header=((Text("عمود"),),) * columns,
            caption=self.noted(4, often=0.6),
        )

    def figure(self) -> Figure:
        key = f"picture-{len(self.pictures)}"
        height = self.chance.randint(60, 400)
        self.pictures[key] = Resource(key, "image/png", drawn(height))
        return Figure(Image(key, "صورة"), self.noted(8, often=0.6))

    def block(self) -> Block:
        match self.chance.randrange(10):
            case 0:
                return self.figure()
            case 1:
                return Aside(self.paragraphs(3))
            case 2:
                return self.table(2)
            case 3:
                return self.table(7)  # across all columns
            case 4:
                return Quote(self.paragraphs(2), self.noted(2, often=0.3))
            case 5:
                return List(tuple(self.paragraphs(1) for _ in range(4)))
            case _:
                return Paragraph(self.noted(30, often=0.2))


def written(seed: int, *, longest: int) -> Article:
    writer = Writer(random.Random(seed), longest)  # noqa: S311 - the same pages every time
    body: list[Block] = [writer.figure()] if seed % 2 else []
    body += [writer.block() for _ in range(14)]
    return Article(METADATA, tuple(body), writer.notes, writer.pictures)


def pages_of(document: Document, pseudo: str) -> dict[int, list[int]]:
    """The pages that each note is on, or its call."""
    found: dict[int, list[int]] = defaultdict(list)
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants():
            if isinstance(box, boxes.InlineBox) and box.element_tag == f"span::{pseudo}":
                found[id(box.element)].append(number)
    return found


def room_above_notes(page: boxes.PageBox) -> float:
    """How far above the notes of a page, or its foot, the last line of the text ends."""
    foot: float = page.content_box_y() + page.height
    ends = [0.0]
    for part in page.children:
        if isinstance(part, boxes.FootnoteAreaBox):
            foot = part.position_y if part.children else foot
        elif not isinstance(part, boxes.MarginBox):
            ends += [
                box.position_y + box.height
                for box in part.descendants()
                if isinstance(box, boxes.LineBox)
            ]
    return foot - max(ends)


@pytest.mark.parametrize(
    ("theme", "page", "longest"),
    [("sahafa", "a4", 30), ("sahafa", "letter", 60), ("naskh", "a5", 30), ("kabir", "eink6", 7)],
)
@pytest.mark.parametrize("seed", range(6))
def test_every_note_is_on_the_page_of_its_call(
    seed: int, theme: str, page: str, longest: int
) -> None:
    article = written(seed, longest=longest)
    document = laid_out(article, theme=theme, page=page)
    calls = pages_of(document, "footnote-call")
    assert len(calls) == len(article.notes), "nothing is lost"
    assert pages_of(document, "footnote-marker") == calls
    assert all(room_above_notes(page._page_box) > -3 for page in document.pages)


def test_columns_whose_notes_find_no_room_go_to_the_next_page() -> None:
    document = laid_out(written(17, longest=60), theme="sahafa", page="letter")
    assert pages_of(document, "footnote-marker") == pages_of(document, "footnote-call")


def test_a_page_keeps_its_columns_where_a_sidebar_finds_no_room_in_the_next() -> None:
    notes = {f"note-{number}": (p("حاشية " * 30),) for number in range(5)}
    sidebar = Aside(tuple(p("كلمة " * 50, NoteRef(key)) for key in notes))
    body: Blocks = (*(p("كلمة " * 80) for _ in range(3)), sidebar, p("كلمة " * 60))
    document = laid_out(Article(METADATA, body, notes), theme="sahafa", page="a4")
    first = document.pages[0]._page_box
    assert room_above_notes(first) < first.height / 2
