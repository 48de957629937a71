"""What holds for every text: what is right stays, and no letter or digit is lost."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from exporter.arabic.normalisation.rules import Rule
from exporter.article import (
    Article,
    Emphasis,
    Inline,
    Metadata,
    Paragraph,
    Reading,
    Text,
    block_text,
)
from exporter.transforms.normalisation import normalise

_WORDS = (
    "قال من في على الله العربیة الکتاب جـــريدة هـ ـها ﻻ ﷺ ١٢٣ 250 2024-05-12 C++ Word Google "
    "https://example.org/ا?q=1 رَحۡمَـٰن مُدُنٌ د. ثم كان كه اين را".split()
)
_SIGNS = tuple("\"'“”„«»‘’,;?.،؛؟!:…-–—()[]{}﴿﴾<>/%_ \u00a0\n")
_LIKE = str.maketrans("ىیکہھي", "ييكههي")
_ANY_RULES = st.frozensets(st.sampled_from(list(Rule)))
_TEXTS = st.lists(st.one_of(st.sampled_from(_WORDS), st.sampled_from(_SIGNS)), max_size=24)


def normalised(
    parts: list[str], rules: frozenset[Rule], *, language: str = "ar"
) -> tuple[str, str]:
    """Return the text of a paragraph of these parts, each second one in an inline, twice over."""
    inlines: tuple[Inline, ...] = tuple(
        Emphasis((Text(part),)) if number % 2 else Text(part) for number, part in enumerate(parts)
    )
    article = Article(Metadata("عنوان", language=language), (Paragraph(inlines),))
    once = normalise(Reading(article), rules).article
    twice = normalise(Reading(once), rules).article
    return block_text(once.body[0]), block_text(twice.body[0])


@given(_TEXTS, st.sampled_from(["ar", "fa"]))
@settings(max_examples=600, deadline=None)
@example(["قال", " , ", "-", " ", '"', "نعم", '"'], "ar")
@example(["'", "قال", "'", "”", "قال", '"', "قال", "'"], "ar")
def test_what_was_put_right_stays(parts: list[str], language: str) -> None:
    once, twice = normalised(parts, frozenset(Rule), language=language)
    assert once == twice


@given(_TEXTS, _ANY_RULES)
@settings(max_examples=400, deadline=None)
def test_letters_and_digits_are_kept(parts: list[str], rules: frozenset[Rule]) -> None:
    once, _ = normalised(parts, rules)
    assert skeleton(once) == skeleton("".join(parts))


def skeleton(text: str) -> str:
    """Return the letters, marks and digits of a text, those that look alike made one."""
    plain = unicodedata.normalize("NFKC", text).translate(_LIKE).replace("ـ", "")
    return re.sub(r"[^\w\u064b-\u065f\u0670]|_", "", plain)


@given(_TEXTS)
@settings(max_examples=200, deadline=None)
def test_without_rules_nothing_changes(parts: list[str]) -> None:
    once, _ = normalised(parts, frozenset())
    assert once == "".join(parts)
