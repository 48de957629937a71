"""Pages in the shapes of common site software: their article, whole, and nothing of the site."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from exporter.article import Figure, Metadata, Paragraph, Reading, blocks_text, walk
from exporter.readers.html import read
from exporter.readers.options import Boilerplate, ReadingOptions
from exporter.sources import Source
from tests.readers.html import pages
from tests.readers.html.pages import ARABIC, SHAPES, SITE, STORIES

# An encyclopaedia has no author and no date.
UNSIGNED = {"wiki"}
every_shape = pytest.mark.parametrize("shape", SHAPES)
every_story = pytest.mark.parametrize("language", STORIES)


def read_page(html: str, *, options: ReadingOptions = ReadingOptions()) -> Reading:
    (reading,) = read(Source("page.html", "page.html", html.encode()), options)
    return reading


def words(reading: Reading) -> Counter[str]:
    blocks = [block for block in reading.article.body if not isinstance(block, Figure)]
    return Counter(blocks_text(blocks).split())


@every_story
@every_shape
def test_the_article_is_there_whole_and_nothing_else(shape: str, language: str) -> None:
    story = STORIES[language]
    reading = read_page(SHAPES[shape](story))
    expected = Counter(" ".join(story.body).split())
    found = words(reading)
    assert expected - found == Counter()
    # A live page keeps the hour of each entry.
    assert all(word.startswith("10:") for word in found - expected)
    assert "LEAK" not in str(reading.article)


@every_story
@every_shape
def test_the_metadata_are_the_story_s(shape: str, language: str) -> None:
    story = STORIES[language]
    metadata = read_page(SHAPES[shape](story)).article.metadata
    assert metadata.title == story.title
    assert metadata.language == language
    if shape not in UNSIGNED:
        assert [creator.name for creator in metadata.creators] == [story.author]
        assert metadata.issued[:10] == story.day


@every_shape
def test_the_sub_heading_is_a_heading_where_the_page_shows_one(shape: str) -> None:
    body = read_page(SHAPES[shape](ARABIC)).article.body
    kinds = {type(block).__name__ for block in body if blocks_text([block]) == ARABIC.heading}
    assert kinds == {"Heading"}


def test_what_was_left_out_of_the_body_is_told() -> None:
    reading = read_page(pages.wordpress_classic(ARABIC))
    dropped = [notice.text for notice in reading.notices]
    assert any("موضوع آخر من الأرشيف" in text for text in dropped)
    assert any("شارك هذا الموضوع" in text for text in dropped)


def test_what_was_left_out_stays_if_everything_is_kept() -> None:
    options = ReadingOptions(boilerplate=Boilerplate.KEEP)
    reading = read_page(pages.wordpress_classic(ARABIC), options=options)
    assert "موضوع آخر من الأرشيف" in blocks_text(reading.article.body)


def test_the_standfirst_publisher_and_section_of_a_news_page() -> None:
    metadata = read_page(pages.news_cms(ARABIC)).article.metadata
    assert metadata.description == ARABIC.standfirst
    assert metadata.publisher == SITE
    assert metadata.subjects == ("مجتمع", "زراعة")
    assert metadata.source == "https://example.org/story"


def test_the_picture_on_top_comes_at_its_best_size_with_caption_and_credit() -> None:
    figure = read_page(pages.news_cms(ARABIC)).article.body[0]
    assert isinstance(figure, Figure)
    assert figure.image.resource == "https://example.org/i/roof-1200.jpg"
    assert blocks_text([figure]) == "سطح بيت مزروع\nتصوير: هالة نصر"


def test_a_picture_that_links_to_its_large_file_comes_from_there() -> None:
    figure = read_page(pages.blogger(ARABIC)).article.body[0]
    assert isinstance(figure, Figure)
    assert figure.image.resource == "https://example.org/s1600/roof.jpg"


def test_the_references_of_an_encyclopaedia_are_notes() -> None:
    article = read_page(pages.wiki(ARABIC)).article
    assert blocks_text(article.notes["note-1"]) == "كتاب البيوت، ص 12."
    assert "كتاب البيوت" not in blocks_text(article.body)
    assert "مراجع" not in blocks_text(article.body)


# --- titles ---------------------------------------------------------------------------------


def page(*, head: str = "", heading: str = "", body: str = "") -> str:
    text = "".join(f"<p>{each}</p>" for each in ARABIC.paragraphs)
    return f"<html lang=ar><head>{head}</head><body>{heading}<article>{text}{body}</article></body></html>"


def metadata_of(html: str) -> Metadata:
    return read_page(html).article.metadata


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        (
            "<title>عودة الحدائق إلى السطوح | دار الخبر</title>",
            "<h1>عودة الحدائق إلى السطوح</h1>",
            "",
        ),
        ("<title>دار الخبر - عودة الحدائق إلى السطوح</title>", "<a href='/'>دار الخبر</a>", ""),
        (
            "<title>عودة الحدائق إلى السطوح – دار الخبر</title>"
            "<meta property='og:site_name' content='دار الخبر'>",
            "",
            "",
        ),
        (
            "<title>عودة الحدائق إلى السطوح - دار الخبر</title>"
            "<meta property='og:title' content='عودة الحدائق إلى السطوح'>",
            "",
            "",
        ),
        # Without evidence nothing is cut: what follows the dash may be the author's.
        (
            "<title>عودة الحدائق إلى السطوح - قصة حي</title>",
            "",
            "عودة الحدائق إلى السطوح - قصة حي",
        ),
        (
            "<title>عودة الحدائق إلى السطوح</title>",
            "<h1><span class=kicker>تحقيق</span> عودة الحدائق إلى السطوح</h1>",
            "",
        ),
        (
            "<title>دار الخبر</title>",
            "<h1>عودة الحدائق إلى السطوح</h1><a href='/'>دار الخبر</a>",
            "",
        ),
    ],
)
def test_the_name_of_the_site_is_cut_from_the_title_by_evidence(
    head: str, heading: str, title: str
) -> None:
    assert metadata_of(page(head=head, heading=heading)).title == title or "عودة الحدائق إلى السطوح"


# --- metadata -------------------------------------------------------------------------------


def test_json_ld_in_a_graph_is_found_by_the_page_s_headline() -> None:
    graph = {
        "@graph": [
            {"@type": "NewsArticle", "headline": "خبر آخر تمامًا", "datePublished": "2001-01-01"},
            {"@type": "Person", "@id": "#p", "name": "ليلى الورد"},
            {
                "@type": ["Article", "Thing"],
                "headline": "عودة الحدائق",
                "author": {"@id": "#p"},
                "datePublished": "2023-05-12",
            },
        ]
    }
    head = (
        "<meta property='og:title' content='عودة الحدائق'><script type='application/ld+json'>"
        f"{json.dumps(graph)}</script>"
    )
    metadata = metadata_of(page(head=head))
    assert metadata.issued == "2023-05-12"
    assert [creator.name for creator in metadata.creators] == ["ليلى الورد"]


@pytest.mark.parametrize(
    "broken",
    [
        '{"@type":"Article","headline":"عودة الحدائق","datePublished":"2023-05-12",}',
        '{"@type":"Article","headline":"عودة\nالحدائق","datePublished":"2023-05-12"}',
        '<!-- {"@type":"Article","headline":"عودة الحدائق","datePublished":"2023-05-12"} -->',
        '{"@type":"Article","headline":"عودة الحدائق","description":"قال "نعم"","datePublished":"2023-05-12"}',
    ],
)
def test_broken_json_ld_is_read_as_far_as_it_can_be(broken: str) -> None:
    head = f"<script type='application/ld+json'>{broken}</script>"
    metadata = metadata_of(page(head=head))
    assert (metadata.title, metadata.issued) == ("عودة الحدائق", "2023-05-12")


def test_an_agency_that_signs_is_no_person() -> None:
    data = {
        "@type": "NewsArticle",
        "headline": "عودة",
        "author": {"@type": "Organization", "name": "رويترز"},
    }
    metadata = metadata_of(
        page(head=f"<script type='application/ld+json'>{json.dumps(data)}</script>")
    )
    assert metadata.creators == ()
    assert metadata.publisher == "رويترز"


def test_the_account_that_published_is_no_author() -> None:
    data = {
        "@type": "BlogPosting",
        "headline": "عودة",
        "author": {"@type": "Person", "name": "admin"},
    }
    head = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    metadata = metadata_of(page(head=head, body="<p class=byline>بقلم: سلمى الحداد</p>"))
    assert [creator.name for creator in metadata.creators] == ["سلمى الحداد"]


def test_a_description_that_is_cut_from_the_text_is_none() -> None:
    cut = ARABIC.paragraphs[0][:90]
    head = f"<meta property='og:description' content='{cut}...'>"
    assert metadata_of(page(head=head)).description == ""


def test_a_language_is_believed_only_where_the_text_can_be_in_it() -> None:
    html = page().replace("lang=ar", "lang=en-US")
    assert metadata_of(html).language == "ar"


# --- pages without an article -----------------------------------------------------------------


def test_a_paragraph_that_is_only_a_link_between_others_is_another_article_s_headline() -> None:
    link = "<p><a href='https://example.org/2'>عنوان مقال آخر تمامًا عن البحر</a></p>"
    text = page(body=f"{link}<p>{ARABIC.paragraphs[0]}</p>")
    reading = read_page(text)
    assert "عن البحر" not in blocks_text(reading.article.body)
    assert any("عن البحر" in notice.text for notice in reading.notices)


def test_a_link_that_a_line_announces_stays() -> None:
    link = "<p>ومن أراد المزيد فليقرأ:</p><p><a href='https://example.org/2'>دليل الزراعة على السطوح</a></p>"
    text = page(body=f"{link}<p>{ARABIC.paragraphs[0]}</p>")
    assert "دليل الزراعة على السطوح" in blocks_text(read_page(text).article.body)


def test_a_part_of_the_article_in_a_part_with_a_site_s_name_stays() -> None:
    """Names of classes are a signal: what holds much of the text is the article's."""
    text = "".join(f"<p>{each}</p>" for each in ARABIC.paragraphs)
    html = f"<html><body><div class='widget related sidebar'><div class='comments'>{text}</div></div></body></html>"
    found = [block for block in walk(read_page(html).article.body) if isinstance(block, Paragraph)]
    assert len(found) == len(ARABIC.paragraphs)


@pytest.mark.parametrize(
    "line",
    [
        '<div class="byline"><a>نورة الشهري</a> <time datetime="2024-05-01">أمس</time></div>',
        '<div class="byline"><a rel="author">نورة الشهري</a> <time>1 مايو 2024</time></div>',
        '<span class="author">كتبت: نورة الشهري</span> <span>22 شوال 1445هـ / 1 مايو 2024</span>',
        "<p>بقلم: نورة الشهري الأربعاء 1 مايو 2024</p>",
    ],
)
def test_a_date_beside_a_name_is_none_of_it(line: str) -> None:
    text = "".join(f"<p>{words}</p>" for words in ARABIC.paragraphs)
    html = f"<title>رحلة</title><body><article><h1>رحلة</h1>{line}{text}</article></body>"
    reading = read_page(html)
    metadata = reading.article.metadata
    assert [one.name for one in metadata.creators] == ["نورة الشهري"]
    assert metadata.issued == "2024-05-01"
    assert len(reading.article.body) == len(ARABIC.paragraphs)


def test_a_label_of_sites_over_a_list_that_the_article_keeps_stays() -> None:
    text = "".join(f"<p>{words}</p>" for words in ARABIC.paragraphs)
    items = "<ol><li>الشيخ والبحر لهمنغواي</li><li>المسخ لكافكا</li></ol>"
    html = f"<title>كتب</title><body><article><h1>كتب</h1>{text}<p>اخترنا لكم:</p>{items}{text}</article>"
    assert "اخترنا لكم:\n" in blocks_text(read_page(html).article.body)
