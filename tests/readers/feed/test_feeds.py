"""Feeds: every form of them, the whole text wherever it is, and nothing that does harm."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field

import pytest

from exporter.article import Reading, blocks_text
from exporter.errors import FetchError, ReadError
from exporter.fetching import Fetched
from exporter.notices import NoticeCode
from exporter.readers.feed import read
from exporter.readers.feed.entries import author, date, plain
from exporter.readers.options import Boilerplate, ReadingOptions
from exporter.sources import Source

LONG = "جملة من كلام المقال فيها ألفاظ كثيرة تكفي ليعرف القارئ أنها متن. " * 8
PAGE = f"""<!DOCTYPE html><html lang="ar"><head><title>عنوان الصفحة</title></head><body><article>
<h1>عنوان الصفحة</h1><p>{LONG}</p><p>{LONG}</p><p>{LONG}</p></article></body></html>"""


@dataclass
class Web:
    """A web of one page; it keeps what was asked of it."""

    asked: list[str] = field(default_factory=list)

    def fetch(self, url: str) -> Fetched:
        self.asked.append(url)
        if url.endswith("/gone"):
            raise FetchError("fetch-offline", subject=url)
        return Fetched(url, PAGE.encode(), "text/html", "utf-8")


def readings(text: str, **options: object) -> list[Reading]:
    source = Source("feed.xml", "feed.xml", text.encode())
    return list(read(source, ReadingOptions(**options)))  # type: ignore[arg-type]


def rss(item: str, channel: str = "") -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>دفتر</title>'
        f"<link>https://example.org/</link>{channel}<item>{item}</item></channel></rss>"
    )


RSS_1 = f"""<rdf:RDF xmlns="http://purl.org/rss/1.0/"
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="x"><title>دفتر</title><link>https://example.org/</link></channel>
<item rdf:about="y"><title>عنوان</title><link>https://example.org/a</link>
<description>{LONG}</description><dc:creator>هند السالم</dc:creator>
<dc:date>2024-03-05T10:00:00Z</dc:date>
<dc:subject>ماء</dc:subject></item></rdf:RDF>"""
RSS_2 = rss(
    "<title>عنوان</title><link>https://example.org/a</link><author>a@b.org (هند السالم)</author>"
    "<pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate><category>ماء</category>"
    f"<description>موجز</description><content:encoded><![CDATA[<p>{LONG}</p>]]></content:encoded>"
)
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>دفتر</title>
<link href="https://example.org/feed" rel="self"/><link href="https://example.org/"/>
<entry><title type="html">عنوان</title><link href="/a"/><author><name>هند السالم</name></author>
<published>2024-03-05T10:00:00Z</published><category term="ماء"/>
<content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>{LONG}</x:p></x:div></content>
</entry></feed>""".replace("<entry>", '<entry xml:base="https://example.org/">')
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "دفتر",
        "items": [
            {
                "id": "1",
                "url": "https://example.org/a",
                "title": "عنوان",
                "content_html": f"<p>{LONG}</p>",
                "date_published": "2024-03-05T10:00:00.123Z",
                "authors": [{"name": "هند السالم"}],
                "tags": ["ماء"],
            }
        ],
    }
)


@pytest.mark.parametrize("text", [RSS_1, RSS_2, ATOM, JSON_FEED], ids="rss1 rss2 atom json".split())
def test_every_form_of_a_feed_gives_the_same_article(text: str) -> None:
    (reading,) = readings(text)
    metadata = reading.article.metadata
    assert (metadata.title, metadata.publisher) == ("عنوان", "دفتر")
    assert [creator.name for creator in metadata.creators] == ["هند السالم"]
    assert (metadata.issued, metadata.subjects) == ("2024-03-05T10:00:00Z", ("ماء",))
    assert (metadata.source, metadata.language) == ("https://example.org/a", "ar")
    assert blocks_text(reading.article.body).split() == LONG.split()
    assert reading.notices == ()


SHORT = rss(
    "<title>عنوان</title><link>https://example.org/a</link><dc:creator>هند السالم</dc:creator>"
    "<pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate><description>&lt;p&gt;موجز […]&lt;/p&gt;"
    "</description>"
)


def test_an_entry_that_is_cut_is_read_from_its_page() -> None:
    web = Web()
    (reading,) = readings(SHORT, fetcher=web)
    assert web.asked == ["https://example.org/a"]
    assert LONG.split(maxsplit=1)[0] in blocks_text(reading.article.body)
    assert reading.article.metadata.creators[0].name == "هند السالم"
    assert reading.article.metadata.publisher == "دفتر"


@pytest.mark.parametrize("options", [{}, {"fetcher": Web()}], ids=["offline", "gone"])
def test_without_its_page_the_summary_is_all_and_says_so(options: dict[str, object]) -> None:
    (reading,) = readings(SHORT.replace("org/a<", "org/gone<"), **options)
    assert blocks_text(reading.article.body) == "موجز […]"
    assert [notice.code for notice in reading.notices] == [NoticeCode.SUMMARY_ONLY]


def test_entries_before_a_date_are_not_even_fetched() -> None:
    web = Web()
    assert readings(SHORT, fetcher=web, since="2024-03-06") == []
    assert web.asked == []
    assert len(readings(SHORT, fetcher=web, since="2024-03-05")) == 1
    assert len(readings(SHORT.replace("pubDate", "x"), fetcher=web, since="2030-01-01")) == 1


def test_the_lines_of_a_site_go_with_a_notice_unless_all_is_kept() -> None:
    own = "<p>The post عنوان appeared first on دفتر.</p><p>تابعونا على فيسبوك</p>"
    text = RSS_2.replace("]]>", f"{own}]]>")
    (reading,) = readings(text)
    assert blocks_text(reading.article.body).split() == LONG.split()
    codes = [notice.code for notice in reading.notices]
    assert codes == [NoticeCode.BOILERPLATE_DROPPED] * 2
    (reading,) = readings(text, boilerplate=Boilerplate.KEEP)
    assert "appeared first" in blocks_text(reading.article.body)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<rss><channel><title>x</title></channel></rss>", "feed-empty"),
        ("<html><p>x</p></html>", "feed-wrong"),
        ("", "xml-damaged"),
        ("نص", "xml-damaged"),
        ('{"version": "https://jsonfeed.org/version/1"}', "feed-wrong"),
        ("{", "json-syntax"),
        ("{" + '"a":{' * 100_000, "json-syntax"),
        ('<!DOCTYPE r [<!ENTITY a "x">]><rss><channel><item/></channel></rss>', "xml-entities"),
    ],
)
def test_what_is_no_feed_is_a_clear_error(text: str, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        readings(text)
    assert caught.value.code == code


def test_an_entity_leads_to_no_file() -> None:
    text = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + RSS_2.partition("?>")[2]
    with pytest.raises(ReadError, match="entities"):
        readings(text.replace("عنوان", "&a;"))


def test_a_feed_with_faults_is_read_as_far_as_it_goes() -> None:
    (reading,) = readings(RSS_2.replace("دفتر", "دفتر & co").replace("</channel></rss>", ""))
    assert reading.article.metadata.title == "عنوان"


def test_a_large_feed_takes_seconds() -> None:
    item = RSS_2[RSS_2.index("<item>") : RSS_2.index("</channel>")]
    started = time.monotonic()
    assert len(readings(RSS_2.replace("</channel>", item * 1_200 + "</channel>"))) == 1_000
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("Tue, 05 Mar 2024 10:00:00 +0300", "2024-03-05T10:00:00+03:00"),
        ("2024-03-05T10:00:00.5+03:00", "2024-03-05T10:00:00+03:00"),
        ("2024-03-05", "2024-03-05"),
        ("5 مارس 2024", "2024-03-05"),
        ("Tue, 35 Mar 2024", ""),
        ("", ""),
    ],
)
def test_dates(written: str, iso: str) -> None:
    assert date(written) == iso


def test_names_and_titles() -> None:
    assert author("a@b.org (هند السالم)") == "هند السالم"
    assert author("a@b.org") == ""
    assert plain("قال &lt;b&gt;كذا&lt;/b&gt; &amp;amp; &quot;كذا&quot;") == 'قال كذا & "كذا"'
