"""An article without a title is called by its first words."""

from exporter.article import Article, Heading, Metadata, Paragraph, Reading, Text
from exporter.notices import NoticeCode
from exporter.titles import titled

BODY = (
    Heading((Text("فصل:"),)),
    Paragraph((Text("كلمات كثيرة تكفي لأن يكون منها عنوان، وفوق ذلك أيضًا."),)),
)


def test_the_first_words_are_the_title() -> None:
    reading = titled(Reading(Article(Metadata(" "), BODY)))
    assert reading.article.metadata.title == "فصل: كلمات كثيرة تكفي لأن يكون منها عنوان"
    assert reading.article.body == BODY
    (notice,) = reading.notices
    assert notice.code is NoticeCode.TITLE_GUESSED
    assert notice.text == reading.article.metadata.title


def test_a_title_stays() -> None:
    reading = Reading(Article(Metadata("عنوان"), BODY))
    assert titled(reading) == reading
