"""Locating: the element that holds an article's text, where several judges agree that it is.

trafilatura says which lines are the article's; the lines are found again in the page, and the
smallest element that holds nearly all of them is the article's. Where it finds none, prose decides.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy

from lxml import etree

from exporter.patterns import compiled
from exporter.readers.html.dom import Element, get, names, roles, tag
from exporter.readers.html.leaves import Facts, Leaf

_WORD = compiled(r"\w+")
_WORDS_TOGETHER = 3
_LEAST_SHARE, _HELD, _HELD_BY_NAME = 0.6, 0.92, 0.75
_MOST_LEVELS, _LEAST_GAIN = 3, 60
_MOST_LINES_OF_A_CARD, _LONGEST_CARD, _LEAST_LINKED, _MOST_OF_TEXT = 5, 800, 0.15, 0.4
_HOLDERS = frozenset(
    (
        "article blockquote body center dd div figure form html li main section table tbody td tr"
    ).split()
)
_LARGEST, _MOST_ELEMENTS, _DEEPEST = 3_000_000, 60_000, 250
_BODIES = frozenset(
    (
        "article-body articlebody article-content article-text post-content post-body postbody "
        "entry-content story-body storybody body-content content-body field-name-body news-body "
        "newsbody td-post-content post-text article-details mw-parser-output"
    ).split()
)
_OTHERS = frozenset(
    (
        "comment comments respond replies related recommended sidebar widget footer nav menu "
        "navigation breadcrumb newsletter cookie popup modal banner advertisement"
    ).split()
)


def said_by_trafilatura(root: Element, *, letters: int) -> str:
    """Return the text that trafilatura takes for the article's; empty where it finds none.

    It gets no page over 3,000,000 letters, over 60,000 elements, or with 250 inside one another,
    as its time is not linear.
    """
    if letters > _LARGEST or _is_unusual(root):
        return ""
    import trafilatura  # takes a quarter of a second

    # What it says of a page is for its developers: without a handler it would go to the terminal.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())

    try:
        found = trafilatura.extract(
            deepcopy(root), favor_precision=True, include_comments=False, include_tables=True
        )
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError, etree.LxmlError):
        return ""  # a page that it can't read; prose decides
    return found or ""


def _is_unusual(root: Element) -> bool:
    number, depth = 0, 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        number += event == "start"
        if depth > _DEEPEST or number > _MOST_ELEMENTS:
            return True
    return False


def votes(found: Sequence[Leaf], said: Iterable[str]) -> list[bool]:
    """Say for each line whether it is in one of the texts, by every three words in a row."""
    together: set[tuple[str, ...]] = set()
    whole: set[str] = set()
    for text in said:
        for line in text.split("\n"):
            whole.add(" ".join(_WORD.findall(line)))
        together.update(_threes(_WORD.findall(text)))
    return [bool(whole) and _is_said(leaf.text, together, whole) for leaf in found]


def _threes(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(words, words[1:], words[2:], strict=False)


def _is_said(text: str, together: set[tuple[str, ...]], whole: set[str]) -> bool:
    words = _WORD.findall(text)
    threes = list(_threes(words))
    if not threes:
        return " ".join(words) in whole
    return sum(three in together for three in threes) >= _LEAST_SHARE * len(threes)


def by_prose(found: Sequence[Leaf]) -> list[bool]:
    """Say for each line whether it is prose in the element that holds most of it.

    A paragraph counts for its parent, half for the parent of that, and so on; one in a part of
    the page that is called a comment or the like counts for nothing.
    """
    scores: dict[Element, float] = {}
    other: dict[Element, bool] = {}
    every = [leaf.is_prose for leaf in found]
    own = [
        one and not _is_other(leaf.element, other) for leaf, one in zip(found, every, strict=True)
    ]
    prose = own if any(own) else every
    for leaf, is_prose in zip(found, prose, strict=True):
        weight = float(min(len(leaf.text), 1500))
        for element in _up(leaf.element) if is_prose else ():
            scores[element] = scores.get(element, 0.0) + weight
            weight *= 0.6
    if not scores:
        return [False] * len(found)
    best = max(scores, key=scores.__getitem__)
    inside = frozenset(best.iter())
    return [
        is_prose and leaf.element in inside for leaf, is_prose in zip(found, prose, strict=True)
    ]


def _up(element: Element) -> Iterator[Element]:
    for level, each in enumerate((element, *element.iterancestors())):
        if level > 3 or tag(each) in {"body", "html"}:
            return
        yield each


def _is_other(element: Element, known: dict[Element, bool]) -> bool:
    """Say whether an element is in a part of the page beside the article."""
    passed: list[Element] = []
    verdict = False
    for each in (element, *element.iterancestors()):
        if each in known:
            verdict = known[each]
            break
        passed.append(each)
        if tag(each) in {"nav", "footer", "aside"} or _OTHERS & (names(each) | roles(each)):
            verdict = tag(each) not in {"body", "html"}
            break
    known |= dict.fromkeys(passed, verdict)
    return verdict


def without_teasers(
    found: Sequence[Leaf], voted: Sequence[bool], facts: Mapping[Element, Facts]
) -> list[bool]:
    """Return the votes without those for cards: a headline that is a link, and a sentence.

    What holds much of the text is none.
    """
    whole = sum(len(leaf.text) for leaf, vote in zip(found, voted, strict=True) if vote)
    known: dict[Element, bool] = {}
    return [
        vote and not _is_teaser(leaf.element, facts, most=_MOST_OF_TEXT * whole, known=known)
        for leaf, vote in zip(found, voted, strict=True)
    ]


def _is_teaser(
    element: Element, facts: Mapping[Element, Facts], *, most: float, known: dict[Element, bool]
) -> bool:
    for level, each in enumerate((element, *element.iterancestors())):
        if level > 3 or each not in facts:
            return False
        if each not in known:
            inside = facts[each]
            known[each] = (
                0 < inside.links < inside.lines <= _MOST_LINES_OF_A_CARD
                and inside.letters <= min(most, _LONGEST_CARD)
                and inside.linked > _LEAST_LINKED * inside.letters
                and tag(each) not in {"p", "table", "tr", "tbody"}
            )
        if known[each]:
            return True
    return False


def container(body: Element, facts: Mapping[Element, Facts]) -> Element:
    """Return the smallest element that holds nearly all lines that were voted for.

    One that is declared to be an article's body may hold less. Where more lines that were voted
    for than other prose stand around it, the element around is taken.
    """
    whole = facts[body].voted if body in facts else 0
    found = _smallest(body, facts, least=_HELD * whole)
    for element in found.iter():
        if element in facts and facts[element].voted >= _HELD_BY_NAME * whole and _is_body(element):
            found = _smallest(element, facts, least=_HELD * facts[element].voted)
            break
    return _with_the_rest(_block(found), body, facts)


def _smallest(element: Element, facts: Mapping[Element, Facts], *, least: float) -> Element:
    while least:
        inner = next(
            (child for child in element if child in facts and facts[child].voted >= least), None
        )
        if inner is None:
            break
        element = inner
    return element


def _is_body(element: Element) -> bool:
    declared = "articlebody" in get(element, "itemprop").lower().split()
    return declared or not _BODIES.isdisjoint(names(element))


def _block(element: Element) -> Element:
    """Return the element around where it is a line itself."""
    while tag(element) not in _HOLDERS and (parent := element.getparent()) is not None:
        element = parent
    return element


def _with_the_rest(found: Element, body: Element, facts: Mapping[Element, Facts]) -> Element:
    best = found
    for level, around in enumerate(found.iterancestors()):
        if level >= _MOST_LEVELS or around is body or around not in facts:
            break
        gained = facts[around].told - facts[best].told
        cost = facts[around].unvoted - facts[best].unvoted
        if gained > _LEAST_GAIN and gained > 2 * cost:
            best = around
    return best


def declared(body: Element, facts: Mapping[Element, Facts]) -> Element:
    """Return the element that is declared to be an article's; the body where none is.

    A poem or a list has no prose by which it could be found.
    """
    named = [each for each in facts if _is_body(each)]
    mains = [each for each in facts if tag(each) in {"article", "main"} or "main" in roles(each)]
    for candidates in (named, mains):
        if candidates:
            return max(candidates, key=lambda each: facts[each].letters - 2 * facts[each].linked)
    return body
