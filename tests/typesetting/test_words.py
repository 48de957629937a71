"""Lines put together of words are Pango's own lines, to the last byte of the PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from exporter import pipeline, themes, transforms
from exporter.article import Article, Metadata, Paragraph, Text
from exporter.choices import Justify, Settings
from exporter.publication import Cover, Publication
from exporter.typesetting import line_breaking
from exporter.typesetting.exact_text import forms, paragraphs, words
from exporter.writers import pdf

Unmade = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def unmade(monkeypatch: pytest.MonkeyPatch) -> Unmade:
    """A context in which Pango shapes every line."""

    @contextmanager
    def shaped_by_pango() -> Iterator[None]:
        with monkeypatch.context() as patch:
            patch.setattr(words, "_styled", lambda _: None)
            yield

    return shaped_by_pango


PLAIN = Settings()


def set_in(publication: Publication, settings: Settings = PLAIN) -> bytes:
    return pdf.write(publication, themes.load("naskh", settings), pipeline.engine()).data


def bound(*articles: Article) -> Publication:
    ready = tuple(transforms.transform(article) for article in articles)
    return Publication(ready[0].metadata, ready, Cover())


def articles_of(paths: Sequence[Path]) -> list[Article]:
    return [reading.article for path in paths for reading in pipeline.read(str(path))]


SETTINGS = (
    PLAIN,
    Settings(font="Vazirmatn", page="100x150mm"),
)


@pytest.mark.parametrize("settings", SETTINGS, ids=["plain", "narrow"])
def test_every_sample_is_the_same_file(
    seeds: tuple[Path, ...], unmade: Unmade, settings: Settings
) -> None:
    different = []
    for article in articles_of(seeds):
        fast = set_in(bound(article), settings)
        with unmade():
            if set_in(bound(article), settings) != fast:
                different.append(article.metadata.title)
    assert different == []


@pytest.mark.long
@pytest.mark.parametrize(
    "settings", [PLAIN, Settings(font="Noto Nastaliq Urdu")], ids=["amiri", "nastaliq"]
)
def test_a_book_of_a_hundred_articles_is_the_same_file(
    seeds: tuple[Path, ...], unmade: Unmade, settings: Settings
) -> None:
    articles = articles_of(seeds)
    hundred = bound(*(articles[number % len(articles)] for number in range(100)))
    fast = set_in(hundred, settings)
    with unmade():
        assert set_in(hundred, settings) == fast


AWKWARD = (
    "قال، وهو يمشي ، و قال ، وهو . وقال ؛ ثم « قال » ( وهو ) ، و",
    "١٩٩٠-١٩٩٥ و١/٢ و١٢٫٥٪ و ٥٠ ٪ عام ٢٠٢٤، ٣ و ٤ و ٥",
    "2024 و1990-1995 و50% و1,5 و 3 . 4 ثم 12:30 و$5 و#7",
    "عام 178هـ/794م و1439هـ-2018م و12/5هـ و(5هـ/3م)، English 178هـ/794م و 3م/4",
    "كلمةٌ مُشَكَّلَةٌ تَمَامًا بِكُلِّ حَرَكَاتِهَا وَشَدَّاتِهَا؛ أَلَمْ تَرَ؟",
    "می^روم به خانه^ها و کتاب^هایی ۱۲۳۴٫۵".replace("^", "\N{ZERO WIDTH NON-JOINER}"),
    "و و و و و و و و و و و و و و و و و و و و و و و و و و و و و و و و و و و و و",
    "بسم الله الرحمن الرحيم ﷽ ثم ﷺ و√ و→ و☆ بعد كلمات تمامًا",
    "نصٌّ فيه^مسافة لا تنكسر^، وكلمـــات مطوّلـــة، وشرطة–متوسطة وأخرى—طويلة".replace(
        "^", "\N{NO-BREAK SPACE}"
    ),
    "كلمة-بكلمة واو/أو حتى…وهكذا... ثم [١] و(٢) و{٣} و\"قول\" و'آخر'",
    "العربية English ثم עברית ثم Русский ثم 中文 وغيرها من اللغات في سطر واحد",
    "َ بداية بحركة ُ ووسط ِ ونهاية ّ",
    "طويلةجداجداجداجداجداجداجداجداجداجداجداجداجداجداجداجداجداجداجداجداجداجداجداجداجدا كلمة",
)


@pytest.mark.parametrize("font", ["Amiri", "Noto Nastaliq Urdu"])
def test_awkward_texts_are_the_same_file(unmade: Unmade, font: str) -> None:
    def texts() -> Iterator[str]:
        for text in AWKWARD:
            for times in (1, 5):
                yield " ".join([text] * times)
            yield " ".join(AWKWARD[:3]) + " " + text

    body = tuple(Paragraph((Text(text),)) for text in texts())
    article = Article(Metadata(title="نص", language="ar", identifier="urn:uuid:1"), body)
    for justify in Justify:
        settings = Settings(page="100x150mm", font=font, justify=justify)
        fast = set_in(bound(article), settings)
        with unmade():
            assert set_in(bound(article), settings) == fast


def test_most_lines_are_put_together_of_words(
    seeds: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Otherwise everything is as it was, only slower.
    told = []

    def counted(*args: object) -> object:
        found = first_line(*args)
        told.append(found is not None)
        return found

    first_line: Callable[..., object] = paragraphs.first_line
    monkeypatch.setattr(line_breaking, "first_line", counted)
    essay = next(path for path in seeds if path.stem == "essay")
    set_in(bound(*articles_of((essay,))))
    assert sum(told) > 0.7 * len(told)


def test_the_file_does_not_depend_on_what_was_set_before(seeds: tuple[Path, ...]) -> None:
    articles = articles_of(seeds[:3])
    fonts = pipeline.engine()._fonts
    alone = []
    for article in articles:
        fonts.__dict__.pop("exporter_words", None)
        alone.append(set_in(bound(article)))
    fonts.__dict__.pop("exporter_words", None)
    assert [set_in(bound(article)) for article in (*articles, *articles)] == alone * 2
    assert set_in(bound(replace(articles[0]))) == alone[0]


@pytest.mark.parametrize("limit", ["_MOST_WORDS", "_MOST_STYLES"])
def test_a_process_that_has_no_more_room_for_words_makes_the_same_file(
    seeds: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    articles = articles_of(seeds[:3])
    roomy = [set_in(bound(article)) for article in articles]
    fonts = pipeline.engine()._fonts
    fonts.__dict__.pop("exporter_words", None)
    monkeypatch.setattr(words, limit, {"_MOST_WORDS": 40, "_MOST_STYLES": 1}[limit])
    assert [set_in(bound(article)) for article in articles] == roomy
    fonts.__dict__.pop("exporter_words", None)


def test_a_process_that_has_no_more_room_for_forms_makes_the_same_file(
    seeds: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Of a form that was forgotten there are two, which have to have the same codes.
    articles = articles_of(seeds[:3])
    roomy = [set_in(bound(article)) for article in articles]
    fonts = pipeline.engine()._fonts
    fonts.__dict__.pop("exporter_words", None)
    for name in ("_form", "_space", "whole_space", "thin"):
        monkeypatch.setattr(forms, name, getattr(forms, name).__wrapped__)
    assert [set_in(bound(article)) for article in (*articles, *articles)] == roomy * 2
    fonts.__dict__.pop("exporter_words", None)


def test_the_words_that_are_kept_are_counted_over_all_styles(
    seeds: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    essay = bound(*articles_of([path for path in seeds if path.stem == "essay"]))
    looks = [Settings(font_size=size) for size in (11, 12, 13)]
    fonts = pipeline.engine()._fonts

    def most_kept(settings: Settings) -> int:
        set_in(essay, settings)
        return sum(len(styled.kept) for styled in fonts.exporter_words.values())

    fonts.__dict__.pop("exporter_words", None)
    of_one = most_kept(looks[0])
    fonts.__dict__.pop("exporter_words", None)
    monkeypatch.setattr(words, "_MOST_WORDS", of_one)
    of_a_paragraph = 200
    assert max(map(most_kept, looks)) < of_one + of_a_paragraph
    fonts.__dict__.pop("exporter_words", None)
