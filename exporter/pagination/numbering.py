"""Numbering: which link on a page leads to the next page of the same article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from exporter.patterns import compiled

# Parameters and parts of paths in which sites count the pages of an article. Pages of comments
# (`cpage`, `comment-page-2`) are not among them.
_PARAMETERS = frozenset(
    ["page", "p", "pg", "pn", "paged", "pageno", "pagenum", "pagenumber", "page_no", "currentpage"]
)
_PATH_FORMS = (
    compiled(r"(?P<stem>.+?)/(?:page[/-]?|p)?(?P<number>\d{1,2})(?P<end>/?)", re.IGNORECASE),
    compiled(
        r"(?P<stem>.+?)[-_,.](?:page[-_]?|p)?(?P<number>\d{1,2})(?P<end>\.[a-z]{3,5})",
        re.IGNORECASE,
    ),
)
_ENDING = compiled(r"\.(?:html?|php|aspx?)\Z", re.IGNORECASE)

# What a link to the next page says: Arabic, Persian, Urdu, English, French.
_NEXT = compiled(
    r"(?:الصفحة\s+)?(?:التالية|التالي|القادمة)(?:\s+صفحة)?|اقرأ\s+الصفحة\s+التالية|صفحه\s+بعدی?|صفحهٔ\s+بعد|"
    r"بعدی|اگلا\s+صفحہ|next(?:\s+page)?|page\s+suivante|suivante?"
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def next_page(url: str, links: Iterable[tuple[str, str]]) -> str:
    """Return the address of the page after the one at an address, empty where there is none.

    `links` are the addresses on it with their words. The next page's address differs from this
    one in nothing but the number of the page.
    """
    here = dict(_places(url))
    candidates: list[tuple[int, str]] = []
    for target, words in links:
        bare = urlunsplit(urlsplit(target)._replace(fragment=""))
        for stem, number in _places(bare):
            current = here.get(stem)
            if current is None or bare == url:
                continue
            if number == current + 1 and _leads_on(words, number):
                candidates.append((int(stem != _plain(url)), bare))
            # Some count from zero: their second page is number 1.
            elif stem == _plain(url) and number == 1 and _says_next(words):
                candidates.append((2, bare))
    return min(candidates, default=(0, ""), key=lambda one: one[0])[1]


def _leads_on(words: str, number: int) -> bool:
    return _says_next(words) or words.translate(_DIGITS).strip(" .()[]-") == str(number)


def _says_next(words: str) -> bool:
    bare = re.sub(r"[^\w\s]", " ", words.lower())
    return _NEXT.fullmatch(" ".join(bare.split())) is not None


def _plain(url: str) -> str:
    """Return an address without fragment, ending and closing slash."""
    parts = urlsplit(url)
    path = _ENDING.sub("", parts.path.rstrip("/"))
    scheme = "http" if parts.scheme == "https" else parts.scheme
    return urlunsplit((scheme, parts.netloc.lower(), path, parts.query, ""))


def _places(url: str) -> Iterator[tuple[str, int]]:
    """Yield what an address may be: page 1 of itself, or a numbered page of a shorter one."""
    yield _plain(url), 1
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    for index, (name, value) in enumerate(query):
        if name.lower() in _PARAMETERS and value.isdecimal() and len(value) < 3:
            rest = urlencode([*query[:index], *query[index + 1 :]])
            yield _plain(urlunsplit(parts._replace(query=rest))), int(value)
    for form in _PATH_FORMS:
        if found := form.fullmatch(parts.path):
            path = found["stem"] + (found["end"] if found["end"] != "/" else "")
            yield _plain(urlunsplit(parts._replace(path=path))), int(found["number"])
