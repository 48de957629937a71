"""An article in several pages is read whole, and nothing that only looks like its next page."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from exporter.article import (
    Article,
    Figure,
    Heading,
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
from exporter.errors import FetchError
from exporter.fetching import Fetched
from exporter.notices import Notice, NoticeCode
from exporter.pagination import MOST_PAGES, joined, pages_of
from exporter.pagination.numbering import next_page
from exporter.sources import Source

HOST = "https://news.example.org"


# --- which link leads on --------------------------------------------------------------------

NEXT = [
    ("/a/story", "/a/story?page=2", "2"),
    ("/a/story", "/a/story?page=2", "٢"),
    ("/a/story", "/a/story?page=2", "[2]"),
    ("/a/story", "/a/story/2", "التالي"),
    ("/a/story/", "/a/story/2/", "الصفحة التالية"),
    ("/a/story/", "/a/story/page/2/", "الصفحة التالية »"),
    ("/a/story", "/a/story/p2", "next"),
    ("/a/story.html", "/a/story-2.html", "Next page"),
    ("/a/story.html", "/a/story_2.html", "صفحه بعد"),
    ("/a/story.html", "/a/story,2.html", "بعدی"),
    ("/a/story.php?id=7", "/a/story.php?id=7&pg=2", "2"),
    ("/a/story?page=2", "/a/story?page=3", "3"),
    ("/a/story/2/", "/a/story/3/", "۳"),
    ("/a/story-2.html", "/a/story-3.html", "التالية"),
    ("/a/story", "/a/story?page=1", "next"),  # counted from zero
    ("/a/story", "/a/story?page=2#text", "2"),
    ("/a/story?page=1", "/a/story?page=2", "2"),
]


@pytest.mark.parametrize(("here", "there", "words"), NEXT)
def test_a_link_to_the_next_page(here: str, there: str, words: str) -> None:
    links = [(HOST + "/", "الرئيسية"), (HOST + there, words), (HOST + "/a/other", "التالي")]
    assert next_page(HOST + here, links) == (HOST + there).partition("#")[0]


@pytest.mark.parametrize(
    ("here", "there", "words"),
    [
        ("/a/story", "/a/other-story", "التالي"),
        ("/a/story", "/a/other-story", "next"),
        ("/a/story", "/a/story?page=3", "3"),
        ("/a/story", "/a/story?page=2", "اقرأ أيضا"),
        ("/a/story", "/a/story?cpage=2", "2"),
        ("/a/story", "/a/story/comment-page-2/", "2"),
        ("/a/story", "/a/story?page=2&sort=new", "2"),
        ("/a/story", "/b/story?page=2", "2"),
        ("/a/story", "/a?page=2", "2"),
        ("/a/story", "/?page=2", "التالي"),
        ("/a/story", "/a/story?page=1", "1"),
        ("/a/story/3/", "/a/story/2/", "2"),
        ("/a/story/3/", "/a/story/3/", "3"),
        ("/news/12345", "/news/12346", "التالي"),
        ("/2024/05/11", "/2024/05/13", "13"),
        ("/a/story", "/a/story?page=two", "2"),
        ("/a/story", "/a/story?page=" + "9" * 500, "2"),
    ],
)
def test_a_link_that_leads_elsewhere(here: str, there: str, words: str) -> None:
    assert next_page(HOST + here, [(HOST + there, words)]) == ""


def test_a_page_of_another_site_is_not_the_next() -> None:
    assert next_page(HOST + "/a", [("https://other.example.org/a?page=2", "2")]) == ""


# --- which pages belong together ------------------------------------------------------------


def page(
    text: str,
    *,
    links: str = "",
    title: str = "حكاية المرفأ القديم",
    head: str = "",
    kind: str = "article",
) -> bytes:
    said = f'<meta property="og:type" content="{kind}">' if kind else ""
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title} | صحيفة</title>{said}{head}"
        f"</head><body><h1>{title}</h1><p>{text}</p>{links}</body></html>"
    ).encode()


class Site:
    """A site whose pages are given by their paths, and may be anything."""

    def __init__(self, pages: Mapping[str, bytes]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def fetch(self, url: str) -> Fetched:
        path = url.removeprefix(HOST)
        self.asked.append(path)
        if path not in self.pages:
            raise FetchError("fetch-missing", subject=url, detail="404")
        return Fetched(url, self.pages[path], "text/html", "utf-8")


def source(data: bytes, path: str = "/a") -> Source:
    url = HOST + path
    return Source(url, "a", data, url=url, media_type="text/html", charset="utf-8")


def link(path: str, words: str) -> str:
    return f'<a href="{path}">{words}</a>'


def test_all_pages_are_followed_in_order() -> None:
    both = link("/a", "1") + link("/a?page=2", "2") + link("/a?page=3", "3")
    site = Site({"/a?page=2": page("ثان", links=both), "/a?page=3": page("ثالث", links=both)})
    pages = pages_of(source(page("أول", links=both)), site)
    assert [one.url for one in pages.further] == [f"{HOST}/a?page=2", f"{HOST}/a?page=3"]
    assert [one.location for one in pages.further] == [f"{HOST}/a"] * 2
    assert pages.notices == ()
    assert site.asked == ["/a?page=2", "/a?page=3"]


def test_a_link_in_the_head_is_enough() -> None:
    head = '<link rel="next" href="a/2/">'
    pages = pages_of(source(page("أول", head=head)), Site({"/a/2/": page("ثان")}))
    assert len(pages.further) == 1


def test_the_title_may_count_the_pages() -> None:
    site = Site({"/a/2": page("ثان", title="حكاية المرفأ القديم - صفحة 2")})
    assert pages_of(source(page("أول", links=link("/a/2", "التالي"))), site).further


NOT_THE_SAME = {
    "another article": page("ثان", title="خبر آخر تماما"),
    "the same text": page("أول"),
    "no page": b"",
}


@pytest.mark.parametrize("case", NOT_THE_SAME)
def test_what_is_no_further_page_ends_it(case: str) -> None:
    site = Site({"/a/2": NOT_THE_SAME[case]})
    pages = pages_of(source(page("أول", links=link("/a/2", "التالي"))), site)
    assert (pages.further, pages.notices) == ((), ())


def test_the_pages_of_a_list_are_not_followed() -> None:
    site = Site({"/a?page=2": page("ثان", kind="website")})
    first = page("أول", links=link("/a?page=2", "2"), kind="website")
    assert pages_of(source(first), site).further == ()
    assert site.asked == []


def test_json_ld_says_article_where_another_tag_says_website() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle"}</script>'
    first = page("أول", links=link("/a?page=2", "2"), kind="website", head=head)
    assert pages_of(source(first), Site({"/a?page=2": page("ثان")})).further


def test_a_page_that_cant_be_had_is_told_and_the_rest_stays() -> None:
    links = link("/a?page=2", "2") + link("/a?page=3", "3")
    site = Site({"/a?page=2": page("ثان", links=links)})
    pages = pages_of(source(page("أول", links=links)), site)
    assert len(pages.further) == 1
    (notice,) = pages.notices
    assert (notice.code, notice.text) == (NoticeCode.PAGE_MISSING, f"{HOST}/a?page=3")
    assert "(HTTP 404)" in notice.sentence()
    assert "لا شيء في هذا العنوان" in notice.sentence(language="ar")


def test_pages_have_an_end() -> None:
    class Endless:
        def fetch(self, url: str) -> Fetched:
            number = int(url.rpartition("=")[2])
            links = link(f"/a?page={number + 1}", "التالي")
            return Fetched(url, page(f"نص {number} آخر", links=links), "text/html", "utf-8")

    pages = pages_of(source(page("أول", links=link("/a?page=2", "التالي"))), Endless())
    assert len(pages.further) == MOST_PAGES - 1
    (notice,) = pages.notices
    assert notice.text == f"{HOST}/a?page={MOST_PAGES + 1}"
    assert "more pages than are followed" in notice.sentence()


def test_pages_in_a_circle_have_an_end() -> None:
    site = Site({"/a?page=2": page("ثان", links=link("/a", "التالي") + link("/a?page=2", "next"))})
    assert len(pages_of(source(page("أول", links=link("/a?page=2", "2"))), site).further) == 1


def test_a_page_that_leads_back_to_the_first_ends_it() -> None:
    class Back:
        def fetch(self, url: str) -> Fetched:
            assert url == f"{HOST}/a?page=2"
            return Fetched(f"{HOST}/a", page("آخر"), "text/html", "utf-8")

    assert pages_of(source(page("أول", links=link("/a?page=2", "2"))), Back()).further == ()


def test_a_file_has_one_page() -> None:
    first = Source("a.html", "a.html", page("أول", links=link("/a?page=2", "2")))
    site = Site({})
    assert pages_of(first, site).further == ()
    assert site.asked == []


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 1000, b"<" * 1000, b"\xff\xfe\xfd", b"<a href='http://['>2"]
)
def test_any_bytes_are_a_page_without_a_next(data: bytes) -> None:
    assert pages_of(source(data), Site({})).further == ()


# --- one article of many pages --------------------------------------------------------------


def reading(
    *blocks: str, title: str = "عنوان", note: str = "", notices: tuple[Notice, ...] = ()
) -> Reading:
    body = tuple(Paragraph((Text(block),)) for block in blocks)
    if not note:
        return Reading(Article(Metadata(title), body), notices)
    calls = (
        Paragraph((Strong((Text("كلمة"), NoteRef("1"))), Image("p", "رسم"))),
        List(((Figure(Image("p", "رسم"), (NoteRef("1"),)),),)),
        Figure(Image("https://a.org/x.png", "")),
    )
    notes = {"1": (Paragraph((Text(note), Image("p", ""))),)}
    resources = {"p": Resource(note, "image/png", note.encode())}
    return Reading(Article(Metadata(title), (*body, *calls), notes, resources), notices)


def test_the_bodies_follow_one_another_under_the_first_title() -> None:
    whole = joined([reading("أ", "ب"), reading("ج", title="عنوان - 2"), reading("د")])
    assert whole.article.metadata.title == "عنوان"
    assert whole.article.body == tuple(Paragraph((Text(one),)) for one in "أبجد")


def test_what_every_page_repeats_stands_there_once() -> None:
    whole = joined([reading("مقدمة", "أ", "خاتمة"), reading("مقدمة", "ب", "خاتمة")])
    assert whole.article.body == tuple(
        Paragraph((Text(one),)) for one in ("مقدمة", "أ", "ب", "خاتمة")
    )


def test_a_page_that_repeats_everything_adds_nothing() -> None:
    assert (
        joined([reading("أ", "ب"), reading("أ", "ب")]).article.body
        == reading("أ", "ب").article.body
    )


def test_notes_and_pictures_of_the_pages_are_kept_apart() -> None:
    article = joined([reading("أ", note="أولى"), reading("ب", note="ثانية")]).article
    assert list(article.notes) == ["1", "page-2-1"]
    assert list(article.resources) == ["p", "page-2-p"]
    assert article.notes["page-2-1"] == (Paragraph((Text("ثانية"), Image("page-2-p", ""))),)
    second = article.body[4:]
    assert second == (
        Paragraph((Strong((Text("كلمة"), NoteRef("page-2-1"))), Image("page-2-p", "رسم"))),
        List(((Figure(Image("page-2-p", "رسم"), (NoteRef("page-2-1"),)),),)),
        Figure(Image("https://a.org/x.png", "")),
    )


def test_the_notices_of_all_pages_stay_each_once() -> None:
    common, own, last = (Notice(NoticeCode.TITLE_GUESSED, text=one) for one in "abc")
    whole = joined(
        [reading("أ", notices=(common,)), reading("ب", notices=(common, own))], notices=(last,)
    )
    assert whole.notices == (common, own, last)


def test_a_heading_between_pages_stays() -> None:
    second = Reading(Article(Metadata("عنوان"), (Heading((Text("فصل"),)),)))
    assert joined([reading("أ"), second]).article.body[1] == Heading((Text("فصل"),))
