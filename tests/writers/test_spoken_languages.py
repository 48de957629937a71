"""Words in another script say their language, so that a voice can change for them."""

from __future__ import annotations

import io

import pikepdf
import pytest
from lxml import etree

from exporter.article import Direction, Heading, Isolate, Strong, Text
from exporter.publication import Artifact
from tests.judges.text import words
from tests.writers.page import p, text_of
from tests.writers.test_passages import body, entry, published

SENTENCE = "The quick brown fox jumps over the lazy dog of the house."
ARTICLE = body(
    Heading((Text("عن Google Chrome"),)),
    p("كتب Google ", Strong((Text("Chrome"),)), " OS عن Ελλάδα وعن Что это وעברית، وزار Le Monde."),
    p(
        "وقرأ ",
        Isolate((Text("Guerre et paix"),), Direction.LTR, "fr"),
        " ثم Windows 10، وx + y = 2.",
    ),
    p(SENTENCE),
    p("انظر https://example.org/Google/a و", Isolate((Text("یہ کتاب"),), Direction.RTL, "ur"), "."),
)
SAID = {
    "Google Chrome": "en",
    "Ελλάδα": "el",
    "Что это": "ru",
    "עברית": "he",
    "Le Monde": "und-Latn",
    "Guerre et paix": "fr",
    SENTENCE: "en",
    "یہ کتاب": "ur",
}


@pytest.fixture(scope="module")
def made() -> tuple[Artifact, Artifact]:
    return published(ARTICLE)


def test_words_on_a_screen_say_their_language(made: tuple[Artifact, Artifact]) -> None:
    chapter = etree.fromstring(entry(made[1], "EPUB/text/article-001.xhtml").encode())
    told = {
        "".join(map(str, element.itertext())): element.get("lang")
        for element in chapter.iter()
        if element.get("lang") not in {None, "ar"}
    }
    for text, language in SAID.items():
        assert told[text] == language, text
    assert told["Windows"] == "en"
    assert not [text for text in told if "example.org" in text or text == "x"]


def test_their_elements_turn_nothing_round_on_a_screen(made: tuple[Artifact, Artifact]) -> None:
    """An element with a direction is an isolate: `Windows 10` would come apart."""
    chapter = etree.fromstring(entry(made[1], "EPUB/text/article-001.xhtml").encode())
    (windows,) = (one for one in chapter.iter() if one.text == "Windows" and one.get("lang"))
    assert windows.get("dir") is None


def test_the_tags_of_the_paper_say_the_language_of_words(made: tuple[Artifact, Artifact]) -> None:
    with pikepdf.open(io.BytesIO(made[0].data)) as document:
        told = [
            str(one.Lang)
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/Lang" in one
        ]
    assert {"en", "el", "ru", "he", "und-Latn", "fr", "ur"} <= set(told)


def test_the_text_comes_out_as_before(made: tuple[Artifact, Artifact]) -> None:
    found = words(text_of(made[0]))
    for word in ("Google", "Ελλάδα", "Monde.", "Windows"):
        assert any(word.strip(".") in one for one in found), word
