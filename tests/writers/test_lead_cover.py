"""The cover with the lead picture: the picture is seen, the title is read, the file is small."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image as Pillow

from exporter import pipeline, themes
from exporter.article import Article, Figure, Image, Resource
from exporter.choices import Settings
from exporter.notices import NoticeCode
from exporter.publication import Cover, CoverKind, single
from exporter.writers import cover
from exporter.writers.lead_cover import PICTURE_HEIGHT, lead_of
from tests.writers.book import ARTICLE, PLAIN, paragraph, written

LEAD = Cover(CoverKind.LEAD)


def noise(size: tuple[int, int], kind: str = "JPEG") -> bytes:
    """A picture as hard to make small as any: a photograph of gravel."""
    out = io.BytesIO()
    Pillow.effect_noise(size, 90).convert("RGB").save(out, kind)
    return out.getvalue()


def flat(size: tuple[int, int], colour: str, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def with_picture(data: bytes, media_type: str = "image/png") -> Article:
    body = (paragraph("نص"), Figure(Image("lead", "صورة")))
    return replace(PLAIN, body=body, resources={"lead": Resource("lead", media_type, data)})


def drawn(article: Article) -> Resource:
    theme = themes.load("naskh", Settings())
    made = cover.cover_of(single(article, cover=LEAD), theme, pipeline.engine())
    assert made is not None
    return made


def test_the_picture_fills_the_upper_part_and_the_title_stands_under_it() -> None:
    made = drawn(with_picture(flat((900, 600), "#cc2200")))
    picture = Pillow.open(io.BytesIO(made.data)).convert("RGB")
    assert (picture.size, made.media_type) == ((1600, 2560), "image/jpeg")
    for place in ((20, 20), (1580, 20), (800, PICTURE_HEIGHT - 30)):
        red, green, blue = picture.getpixel(place)  # type: ignore[misc]
        assert red > 180
        assert max(green, blue) < 90
    title = picture.crop((200, 1700, 1400, 2130)).convert("L")
    assert title.point(lambda value: 255 if value < 120 else 0).getbbox() is not None


@pytest.mark.parametrize("size", [(3000, 2000), (600, 2400)])
def test_a_cover_of_the_hardest_picture_is_small(size: tuple[int, int]) -> None:
    assert len(drawn(with_picture(noise(size), "image/jpeg")).data) <= 120_000


def test_the_same_article_has_the_same_cover() -> None:
    article = with_picture(flat((900, 600), "#335577"))
    assert drawn(article) == drawn(article)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [(flat((60, 30), "#fff"), "image/png"), (b"<svg/>", "image/svg+xml"), (b"broken", "image/png")],
    ids=["icon", "drawing", "broken"],
)
def test_what_can_lead_no_cover_leaves_the_drawn_one_with_a_notice(
    data: bytes, media_type: str
) -> None:
    article = with_picture(data, media_type)
    assert lead_of(single(article, cover=LEAD)) is None
    assert drawn(article).media_type == "image/png"
    if media_type != "image/svg+xml":
        notices = written(article, cover=LEAD).notices
        assert [notice.code for notice in notices] == [NoticeCode.COVER_LEAD_MISSING]


def test_with_a_picture_there_is_no_notice() -> None:
    assert written(with_picture(flat((900, 600), "#335577")), cover=LEAD).notices == ()
    assert written(ARTICLE, cover=LEAD).notices  # its picture is an icon
