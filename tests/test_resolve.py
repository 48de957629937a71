"""What leads nowhere is taken out, its words stay, and the user is told."""

from exporter.article import (
    Article,
    Figure,
    Image,
    List,
    Metadata,
    NoteRef,
    Paragraph,
    Reading,
    Resource,
    Strong,
    Text,
)
from exporter.notices import NoticeCode
from exporter.resolve import resolve

METADATA = Metadata("عنوان")
PICTURE = Resource("https://example.org/p.png", "image/png", b"...")


def test_a_figure_without_its_picture_keeps_caption_and_credit() -> None:
    figure = Figure(Image("gone", "ميناء"), (Text("شرح"),), (Text("تصوير فلان"),))
    reading = resolve(Reading(Article(METADATA, (List(((figure,),)),))))
    assert reading.article.body == (
        List(((Paragraph((Text("شرح"),)), Paragraph((Text("تصوير فلان"),))),)),
    )
    (notice,) = reading.notices
    assert (notice.code, notice.text) == (NoticeCode.RESOURCE_MISSING, "ميناء")


def test_a_picture_in_a_line_leaves_its_alternative_text() -> None:
    body = (Paragraph((Text("قبل "), Image("gone", "رسم"), Text(" بعد"))),)
    reading = resolve(Reading(Article(METADATA, body)))
    assert reading.article.body == (Paragraph((Text("قبل "), Text("رسم"), Text(" بعد"))),)


def test_a_call_without_a_note_goes() -> None:
    body = (Paragraph((Strong((Text("نص"), NoteRef("gone"), NoteRef("here"))),)),)
    notes = {"here": (Paragraph((Text("حاشية"),)),)}
    reading = resolve(Reading(Article(METADATA, body, notes)))
    assert reading.article.body == (Paragraph((Strong((Text("نص"), NoteRef("here"))),)),)
    assert [notice.code for notice in reading.notices] == [NoticeCode.NOTE_MISSING]


def test_what_is_there_stays_as_it_is() -> None:
    figure = Figure(Image("here", "رسم"), (Text("شرح"),))
    reading = Reading(Article(METADATA, (figure,), resources={"here": PICTURE}))
    assert resolve(reading) == reading
