"""What leads nowhere is taken out, its words stay, and the user is told."""

import re

from exporter.article import (
    Article,
    Block,
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
    Quote,
    Reading,
    Resource,
    Strong,
    Sup,
    Table,
    Text,
)
from exporter.errors import FetchError
from exporter.fetching import Fetched
from exporter.notices import Notice, NoticeCode
from exporter.pictures.choice import Images
from exporter.pictures.gathering import Pictures
from exporter.pictures.loading import Loader
from exporter.resolve import resolve
from tests.pictures.samples import SVG, drawn, file, moving

METADATA = Metadata("عنوان")
PICTURE = Resource("", "image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg"/>')


class Web:
    """A web with pictures at some addresses, which counts how often it is asked."""

    def __init__(self, **pages: bytes) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def fetch(self, url: str) -> Fetched:
        self.asked.append(url)
        name = url.rpartition("/")[2]
        if name not in self.pages:
            raise FetchError("fetch-missing", subject=url, detail="404")
        return Fetched(url, self.pages[name], "image/webp")


def pictured(*blocks: Block, web: Web | None = None, images: Images = Images.EMBED) -> Reading:
    """The blocks as an article, resolved."""
    loader = Loader(fetcher=web or Web())
    return resolve(Reading(Article(METADATA, blocks)), pictures=Pictures(loader, images))


SENTENCE = Paragraph((Text("جملة من المقال."),))


def test_a_figure_without_its_picture_goes_with_caption_and_credit() -> None:
    # It would be read as a sentence of the article, if not as its first.
    figure = Figure(Image("gone", "ميناء"), (Text("شرح"),), (Text("تصوير فلان"),))
    reading = pictured(figure, SENTENCE, List(((SENTENCE,), (figure,))), Quote((figure,)))
    assert reading.article.body == (SENTENCE, List(((SENTENCE,),)))
    missing, *dropped = reading.notices
    assert (missing.code, missing.text) == (NoticeCode.RESOURCE_MISSING, "gone")
    assert dropped == [Notice(NoticeCode.CAPTION_DROPPED, text="شرح — تصوير فلان")] * 3


def test_a_caption_that_is_a_text_of_its_own_stays() -> None:
    words, credit = (Text("كلمة " * 24 + "أخيرة."),), (Text("تصوير فلان"),)
    reading = pictured(SENTENCE, Figure(Image("gone", ""), words, credit))
    assert reading.article.body == (SENTENCE, Paragraph(words), Paragraph(credit))


def test_of_an_article_of_pictures_alone_the_captions_stay() -> None:
    captions = [(Text("المركب عند الفجر"),), (Text("المركب عند الغروب"),)]
    reading = pictured(*(Figure(Image("gone", ""), caption) for caption in captions))
    assert reading.article.body == tuple(map(Paragraph, captions))


def test_a_list_of_pictures_alone_keeps_its_captions() -> None:
    caption = (Text("المركب عند الفجر"),)
    reading = pictured(List(((Figure(Image("gone", ""), caption),),)))
    assert reading.article.body == (List(((Paragraph(caption),),)),)


def test_what_was_empty_before_stays() -> None:
    assert pictured(Quote(()), List(((),))).article.body == (Quote(()), List(((),)))


def test_a_picture_in_a_line_leaves_its_alternative_text() -> None:
    reading = pictured(Paragraph((Text("قبل "), Image("gone", "رسم"), Text(" بعد"))))
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
    (notice,) = reading.notices
    assert (notice.code, notice.text) == (NoticeCode.RESOURCE_MISSING, "https://example.org/p.png")
    assert "this is no picture" in notice.sentence()


def test_what_is_there_stays_as_it_is() -> None:
    figure = Figure(Image("here", "رسم"), (Text("شرح"),))
    reading = Reading(Article(METADATA, (figure,), resources={"here": PICTURE}))
    assert resolve(reading) == reading


def test_a_reference_becomes_the_key_of_a_resource() -> None:
    url = "https://example.org/a"
    reading = pictured(Figure(Image(url, "رسم")), web=Web(a=file("PNG")))
    ((key, resource),) = reading.article.resources.items()
    assert resource == Resource(url, "image/png", file("PNG"))
    assert reading.article.body == (Figure(Image(key, "رسم")),)
    assert re.fullmatch(r"picture-[0-9a-f]{16}", key)
    assert resolve(reading) == reading  # as `read --json | export -` does


def test_pictures_everywhere_in_an_article_are_brought() -> None:
    web = Web(
        **{name: file("PNG", drawn(size=(9, number))) for number, name in enumerate("abcde", 1)}
    )
    url = "https://example.org/{}".format
    body = (
        Quote((Figure(Image(url("a"), ""), (Image(url("b"), "ب"),)),)),
        Table((((Image(url("c"), ""),),),)),
        Paragraph((Emphasis((Image(url("d"), ""), NoteRef("1"))),)),
    )
    notes = {"1": (Figure(Image(url("e"), "")),)}
    pictures = Pictures(Loader(fetcher=web))
    reading = resolve(Reading(Article(METADATA, body, notes)), pictures=pictures)
    assert reading.notices == ()
    assert len(reading.article.resources) == 5
    assert sorted(web.asked) == [url(name) for name in "abcde"]


def test_the_same_picture_is_there_once() -> None:
    web = Web(a=file("PNG"), b=file("PNG"))
    first, second = (f"https://example.org/{name}" for name in "ab")
    figures = tuple(Figure(Image(url, "رسم")) for url in (first, second, first))
    reading = pictured(*figures, web=web)
    assert len(reading.article.resources) == 1
    assert len(set(reading.article.body)) == 1
    assert web.asked == [first, second]


def test_a_picture_that_cant_be_had_is_told_once_and_in_the_language_of_the_user() -> None:
    figure = Figure(Image("https://example.org/gone", "رسم"), (Text("شرح"),))
    reading = pictured(figure, figure, web=Web())
    assert reading.article.body == (Paragraph((Text("شرح"),)),) * 2
    (notice,) = reading.notices
    assert notice.detail == "fetch-missing 404"
    assert "https://example.org/gone: there is nothing at this address" in notice.sentence()
    arabic = notice.sentence(language="ar")
    assert "لا شيء في هذا العنوان" in arabic
    assert "(HTTP 404)" in arabic
    assert "{" not in arabic


def test_a_reason_in_words_is_shown_as_it_is() -> None:
    notice = Notice(NoticeCode.RESOURCE_MISSING, text="a", detail="it was eaten")
    assert notice.sentence().endswith("a: it was eaten")


def test_without_pictures_what_is_in_a_line_stays_and_nothing_is_fetched() -> None:
    web = Web(a=file("PNG"))
    image = Image("https://example.org/a", "رسم")
    body = (Figure(image, (Text("شرح"),)), Paragraph((Text("قبل "), image)))
    reading = pictured(*body, web=web, images=Images.NONE)
    assert reading.article.body == (Paragraph((Text("قبل "), Text("رسم"))),)
    assert (reading.article.resources, reading.notices, web.asked) == ({}, (), [])


def test_a_drawing_that_was_cleaned_and_a_moving_picture_are_told() -> None:
    drawing = SVG.format("<script>x</script>").encode()
    figures = (Figure(Image(f"https://example.org/{name}", "رسم")) for name in "ab")
    reading = pictured(*figures, web=Web(a=drawing, b=moving("GIF")))
    assert [notice.code for notice in reading.notices] == [
        NoticeCode.DRAWING_CLEANED,
        NoticeCode.PICTURE_STILL,
    ]


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
