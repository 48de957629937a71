"""What leads nowhere is taken out, its words stay, and the user is told."""

from exporter.article import (
    Article,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    Link,
    List,
    Metadata,
    NoteRef,
    Paragraph,
    Reading,
    Resource,
    Strong,
    Sup,
    Table,
    Text,
)
from exporter.notices import NoticeCode
from exporter.resolve import resolve

METADATA = Metadata("عنوان")
PICTURE = Resource("", "image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg"/>')


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


def test_a_picture_that_is_none_is_taken_out() -> None:
    figure = Figure(Image("here", "رسم"), (Text("شرح"),))
    resources = {"here": Resource("https://example.org/p.png", "image/png", b"...")}
    reading = resolve(Reading(Article(METADATA, (figure,), resources=resources)))
    assert reading.article.resources == {}
    assert reading.article.body == (Paragraph((Text("شرح"),)),)
    assert {notice.code for notice in reading.notices} == {NoticeCode.RESOURCE_MISSING}
    assert "no PNG" in reading.notices[0].sentence()


def test_what_is_there_stays_as_it_is() -> None:
    figure = Figure(Image("here", "رسم"), (Text("شرح"),))
    reading = Reading(Article(METADATA, (figure,), resources={"here": PICTURE}))
    assert resolve(reading) == reading


# --- notes ----------------------------------------------------------------------------------


def noted(*body: Paragraph | Heading | Table, **notes: str | tuple[Inline, ...]) -> Reading:
    """An article with these notes, resolved."""
    blocks = {
        key: (Paragraph((Text(note),) if isinstance(note, str) else note),)
        for key, note in notes.items()
    }
    return resolve(Reading(Article(METADATA, body, blocks)))


def test_notes_are_in_the_order_of_their_first_calls() -> None:
    row = ((Text("خلية"), NoteRef("cell")),)
    head = ((Strong((NoteRef("head"),)),),)
    body = (
        Paragraph((NoteRef("b"), Emphasis((NoteRef("a"),)), NoteRef("b"))),
        Table((row,), head, (NoteRef("caption"),)),
    )
    reading = noted(*body, a="أ", b="ب", cell="ج", caption="د", head="ه")
    assert list(reading.article.notes) == ["b", "a", "caption", "head", "cell"]
    assert reading.notices == ()
    assert reading.article.body == body


def test_a_note_nobody_calls_goes_and_its_words_are_told() -> None:
    reading = noted(Paragraph((NoteRef("a"),)), a="حاشية", b="لا يحيل إليها شيء")
    assert list(reading.article.notes) == ["a"]
    (notice,) = reading.notices
    assert (notice.code, notice.text) == (NoticeCode.NOTE_UNCALLED, "لا يحيل إليها شيء")


def test_a_note_calls_no_note() -> None:
    calling = (Text("انظر"), Sup((NoteRef("b"),)), NoteRef("a"))
    reading = noted(Paragraph((NoteRef("a"), NoteRef("b"))), a=calling, b=(NoteRef("a"), Text("ب")))
    assert reading.article.notes == {
        "a": (Paragraph((Text("انظر"),)),),
        "b": (Paragraph((Text("ب"),)),),
    }
    assert [(notice.code, notice.text) for notice in reading.notices] == [
        (NoticeCode.NOTE_NESTED, "b"),
        (NoticeCode.NOTE_NESTED, "a"),
        (NoticeCode.NOTE_NESTED, "a"),
    ]


def test_a_note_called_in_a_note_alone_is_told_whole() -> None:
    reading = noted(Paragraph((NoteRef("a"),)), a=(Text("انظر"), NoteRef("b")), b="تتمة")
    assert [(notice.code, notice.text) for notice in reading.notices] == [
        (NoticeCode.NOTE_NESTED, "b"),
        (NoticeCode.NOTE_UNCALLED, "تتمة"),
    ]


def test_a_call_in_a_link_stands_behind_it() -> None:
    address = "https://example.org/"
    link = Link((Text("كلمة"), Sup((NoteRef("a"),)), Text(" أخرى")), address)
    bare = Link((NoteRef("a"),), address)
    reading = noted(Paragraph((Emphasis((link, Text("."))), bare)), a="حاشية")
    assert reading.article.body == (
        Paragraph(
            (
                Emphasis((Link((Text("كلمة"), Text(" أخرى")), address), NoteRef("a"), Text("."))),
                Link((Text(address),), address),
                NoteRef("a"),
            )
        ),
    )
