"""Heading levels have no gaps."""

import pytest

from exporter.article import Article, Heading, Metadata, Paragraph, Quote, Text
from exporter.transforms.headings import level_headings


@pytest.mark.parametrize(
    ("given", "levelled"),
    [
        ([2, 3, 4, 2], [2, 3, 4, 2]),
        ([4, 4, 4], [2, 2, 2]),
        ([2, 4, 4, 3, 2], [2, 3, 3, 3, 2]),
        ([3, 2, 6, 4], [2, 2, 3, 3]),
    ],
)
def test_gaps_are_closed(given: list[int], levelled: list[int]) -> None:
    body = tuple(Heading((Text("عنوان"),), level) for level in given)
    found = level_headings(Article(Metadata("عنوان"), body)).body
    assert [block.level for block in found if isinstance(block, Heading)] == levelled


def test_a_heading_in_a_quotation_counts_and_one_without_words_does_not() -> None:
    inside = Quote((Heading((Text("داخل"),), 5),))
    body = (Heading((Text("عنوان"),), 2), Heading((Text(" "),), 4), inside)
    assert level_headings(Article(Metadata("عنوان"), body)).body == (
        Heading((Text("عنوان"),), 2),
        Paragraph((Text(" "),)),
        Quote((Heading((Text("داخل"),), 3),)),
    )
