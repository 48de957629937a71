"""The `.article.json` format: exact for the program, lenient for people, clear when wrong."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.article import (
    DEEPEST,
    Article,
    Aside,
    AsideRole,
    Block,
    Code,
    CodeSpan,
    Creator,
    Definition,
    Definitions,
    Direction,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    Isolate,
    LineBreak,
    Link,
    List,
    ListKind,
    Metadata,
    NoteRef,
    Paragraph,
    Quote,
    Reading,
    Resource,
    Role,
    Rule,
    Strong,
    Sub,
    Sup,
    Table,
    Text,
    Verse,
    VerseLine,
)
from exporter.article_json import from_json, readings_from_json, to_json
from exporter.errors import ReadError
from exporter.messages import LANGUAGES
from exporter.notices import Notice, NoticeCode
from exporter.readers.article_json import read
from exporter.readers.options import ReadingOptions
from exporter.sources import Source

NOTES = ("1", "حاشية")

words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from("\n\t ،ابتثَّ"),
    max_size=8,
)
names = words.filter(bool)
runs = st.builds(Text, words) | st.builds(CodeSpan, words) | st.builds(LineBreak)
leaves = runs | st.builds(NoteRef, st.sampled_from(NOTES)) | st.builds(Image, words, words)


def inside(inlines: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    """Give the inlines that hold other inlines."""
    children = st.lists(inlines, max_size=3).map(tuple)
    return st.one_of(
        *(st.builds(node, children) for node in (Emphasis, Strong, Sub, Sup)),
        st.builds(Link, children, words.map("https://example.org/{}".format)),
        st.builds(Isolate, children, st.sampled_from(Direction), words),
    )


inline_lists = st.lists(st.recursive(leaves, inside, max_leaves=4), max_size=3).map(tuple)
rows = st.lists(inline_lists, max_size=3).map(tuple)
verse_lines = st.lists(st.builds(VerseLine, st.lists(inline_lists, max_size=2).map(tuple)))
simple_blocks = st.one_of(
    st.builds(Heading, inline_lists, st.integers(2, 6)),
    st.builds(Paragraph, inline_lists),
    st.builds(Verse, verse_lines.map(tuple)),
    st.builds(Figure, st.builds(Image, words, words), inline_lists, inline_lists),
    st.builds(Table, st.lists(rows, max_size=2).map(tuple), rows, inline_lists),
    st.builds(Code, words, words),
    st.builds(Rule),
)


def around(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    """Give the blocks that hold other blocks."""
    children = st.lists(blocks, max_size=3).map(tuple)
    items = st.lists(children, max_size=3).map(tuple)
    return st.one_of(
        st.builds(List, items, st.sampled_from(ListKind), st.integers(-5, 2000)),
        st.builds(
            Definitions, st.lists(st.builds(Definition, inline_lists, items), max_size=2).map(tuple)
        ),
        st.builds(Quote, children, inline_lists),
        st.builds(Aside, children, st.sampled_from(AsideRole)),
    )


bodies = st.lists(st.recursive(simple_blocks, around, max_leaves=4), max_size=4).map(tuple)
dates = st.sampled_from(["", "2024", "2024-05", "2024-05-14", "2024-05-14T10:20:30+03:00"])
metadata = st.builds(
    Metadata,
    title=words,
    subtitle=words,
    creators=st.lists(st.builds(Creator, names, st.sampled_from(Role), words), max_size=2).map(
        tuple
    ),
    publisher=words,
    issued=dates,
    modified=dates,
    language=st.sampled_from(["ar", "fa", "en"]),
    source=words,
    description=words,
    subjects=st.lists(words, max_size=2).map(tuple),
    rights=words,
    is_part_of=words,
    identifier=words,
    title_romanised=words,
    subtitle_romanised=words,
    group_position=st.sampled_from(["", "3", "2.1"]),
)
resources = st.dictionaries(words, st.builds(Resource, words, words, st.binary()), max_size=2)
readings = st.builds(
    Reading,
    st.builds(
        Article,
        metadata,
        bodies,
        notes=st.fixed_dictionaries(dict.fromkeys(NOTES, bodies)),
        resources=resources,
    ),
    st.lists(st.builds(Notice, st.sampled_from(NoticeCode), words, words, words), max_size=2).map(
        tuple
    ),
)


@settings(max_examples=150, deadline=None)
@given(readings)
def test_any_reading_comes_back_exactly(reading: Reading) -> None:
    text = to_json(reading)
    assert "\n" not in text
    assert from_json(text) == reading


PLAIN = (Text("كلام"),)
EVERY_INLINE: tuple[Inline, ...] = (
    Text("نص"),
    Emphasis(PLAIN),
    Strong(PLAIN),
    Link(PLAIN, "https://example.org/"),
    CodeSpan("x = 1"),
    Isolate((Text("PDF"),), Direction.LTR, "en"),
    NoteRef("1"),
    Image("a.png", "صورة"),
    LineBreak(),
    Sub(PLAIN),
    Sup(PLAIN),
)
EVERY_BLOCK: tuple[Block, ...] = (
    Heading(PLAIN, 3),
    Paragraph(EVERY_INLINE),
    List(((Paragraph(PLAIN),), (Paragraph(EVERY_INLINE), Rule())), ListKind.NUMBERED, 3),
    Definitions(
        (
            Definition(EVERY_INLINE, ((Paragraph(PLAIN),), (Paragraph(EVERY_INLINE), Rule()))),
            Definition(PLAIN, ()),
        )
    ),
    Quote((Paragraph(PLAIN),), PLAIN),
    Verse((VerseLine((PLAIN, PLAIN)), VerseLine((EVERY_INLINE,)))),
    Figure(Image("a.png", "صورة"), PLAIN, EVERY_INLINE),
    Table(((PLAIN, EVERY_INLINE),), (PLAIN, PLAIN), PLAIN),
    Code("if x:\n    y\n", "python"),
    Rule(),
    Aside((Paragraph(PLAIN),), AsideRole.PULL_QUOTE),
)


def test_every_kind_of_node_comes_back_exactly() -> None:
    assert {type(inline) for inline in EVERY_INLINE} == set(get_args(Inline))
    assert {type(block) for block in EVERY_BLOCK} == set(get_args(Block))
    article = Article(Metadata("عنوان"), EVERY_BLOCK, notes={"1": (Paragraph(PLAIN),)})
    assert from_json(to_json(Reading(article))) == Reading(article)


def test_the_line_of_the_date_comes_back_and_is_left_out_when_there_is_none() -> None:
    paragraph = (Paragraph((Text("نص"),)),)
    without = Reading(Article(Metadata("عنوان", issued="2019-02-08"), paragraph))
    assert "date_line" not in to_json(without)
    metadata = Metadata("عنوان", issued="2019-02-08", date_line="الجمعة 8 فيفري 2019")
    assert from_json(to_json(Reading(Article(metadata, paragraph)))).article.metadata == metadata


def test_the_keys_are_those_of_the_design() -> None:
    line = VerseLine(((Text("صدر"),), (Text("عجز"),)))
    article = Article(
        Metadata("عنوان", creators=(Creator("ليلى"),), issued="2025-05-14"),
        (
            Heading((Text("فرعي"),)),
            Paragraph((Text("قال "), Strong((Text("كلمة"),)))),
            List(((Paragraph((Text("أول"),)),), (Paragraph((Text("ثان"),)),))),
            Verse((line, line)),
        ),
    )
    notice = Notice(NoticeCode.BOILERPLATE_DROPPED, location="line 3", text="شارك", detail="share")
    data = json.loads(to_json(Reading(article, (notice,))))
    assert list(data) == ["metadata", "body", "notes", "resources", "notices"]
    assert data["metadata"]["creators"] == [{"name": "ليلى", "role": "aut"}]
    assert data["metadata"]["issued"] == "2025-05-14"
    assert data["metadata"]["language"] == "ar"
    heading, paragraph, listed, verse = data["body"]
    assert heading == {"type": "heading", "text": "فرعي", "level": 2}
    assert paragraph["text"] == "قال كلمة"
    assert [inline["type"] for inline in paragraph["inlines"]] == ["text", "strong"]
    assert listed["items"] == ["أول", "ثان"]
    assert verse == {"type": "verse", "text": "صدر\tعجز\nصدر\tعجز"}
    assert data["notices"][0]["code"] == "boilerplate-dropped"
    assert "شارك" in data["notices"][0]["message"]


HANDWRITTEN = """
{
  "metadata": {"title": "عنوان", "creators": ["ليلى", {"name": "هند", "role": "trl"}]},
  "body": [
    "فقرة بلا أقواس",
    {"type": "paragraph", "text": "سطر\\nوسطر"},
    {"type": "list", "items": ["أول", "ثان"]},
    {"type": "verse", "text": "صدر\\tعجز\\nشطر"},
    {"type": "quote", "text": "قول"},
    {"type": "table", "rows": [["أ", "ب"]]},
    {"type": "figure", "image": "a.png", "caption": "صورة"},
    {"type": "paragraph", "inlines": ["قال ", {"type": "strong", "text": "كلمة"}]}
  ],
  "notes": {"1": "حاشية"}
}
"""


def test_what_people_write_by_hand_is_enough() -> None:
    article = from_json(HANDWRITTEN).article
    assert article.metadata.creators == (Creator("ليلى"), Creator("هند", Role.TRANSLATOR))
    assert article.metadata.language == "ar"
    assert article.body == (
        Paragraph((Text("فقرة بلا أقواس"),)),
        Paragraph((Text("سطر"), LineBreak(), Text("وسطر"))),
        List(((Paragraph((Text("أول"),)),), (Paragraph((Text("ثان"),)),))),
        Verse((VerseLine(((Text("صدر"),), (Text("عجز"),))), VerseLine(((Text("شطر"),),)))),
        Quote((Paragraph((Text("قول"),)),)),
        Table((((Text("أ"),), (Text("ب"),)),)),
        Figure(Image("a.png", ""), (Text("صورة"),)),
        Paragraph((Text("قال "), Strong((Text("كلمة"),)))),
    )
    assert article.notes == {"1": (Paragraph((Text("حاشية"),)),)}


def one(block: str, *, metadata: str = '{"title": "ع"}') -> str:
    """Return an article whose fourth block is the one to look at."""
    return f'{{"metadata": {metadata}, "body": ["أ", "ب", "ج", {block}]}}'


WRONG = {
    "level": (one('{"type":"heading","text":"ع","level":"two"}'), "body[3].level"),
    "level-range": (one('{"type":"heading","text":"ع","level":9}'), "body[3].level"),
    "level-true": (one('{"type":"heading","text":"ع","level":true}'), "body[3].level"),
    "type": (one('{"type":"table of contents"}'), "body[3].type"),
    "type-list": (one('{"type":[]}'), "body[3].type"),
    "no-type": (one('{"text":"ع"}'), "body[3]"),
    "no-text": (one('{"type":"paragraph"}'), "body[3]"),
    "number": (one("7"), "body[3]"),
    "inline": (one('{"type":"paragraph","inlines":[{"type":"blink"}]}'), "body[3].inlines[0].type"),
    "surrogate": (one('"\\ud800"'), "body[3]"),
    "script": (
        one('{"type":"paragraph","inlines":[{"type":"link","href":"javascript:x","text":"ع"}]}'),
        "body[3].inlines[0].href",
    ),
    "urn": (
        one('{"type":"paragraph","inlines":[{"type":"link","href":"urn:x","text":"ع"}]}'),
        "body[3].inlines[0].href",
    ),
    "no-note": (
        one('{"type":"paragraph","inlines":[{"type":"note-ref","note":"9"}]}'),
        "body[3].inlines[0]",
    ),
    "two-texts": (one('{"type":"paragraph","text":"ع","inlines":["غ"]}'), "body[3].text"),
    "two-items": (one('{"type":"list","items":["ع"],"children":[["غ"]]}'), "body[3].items"),
    "date": (one('"ع"', metadata='{"title":"ع","issued":"12/05/2024"}'), "metadata.issued"),
    "position": (
        one('"ع"', metadata='{"title":"ع","group_position":"الثالث"}'),
        "metadata.group_position",
    ),
    "role": (
        one('"ع"', metadata='{"title":"ع","creators":[{"name":"ع","role":"x"}]}'),
        "metadata.creators[0].role",
    ),
    "no-title": (one('"ع"', metadata="{}"), "metadata.title"),
    "no-body": ('{"metadata": {"title": "ع"}}', "body"),
    "other-format": ('{"title": "ع", "text": "ع"}', "metadata"),
    "array": ("[1]", "the top"),
    "data": (
        '{"metadata":{"title":"ع"},"body":[],"resources":[{"key":"a","media_type":"b","data":"ع"}]}',
        "resources[0].data",
    ),
    "deep-value": (one('{"type":' + "[" * 400 + "]" * 400 + "}"), "body[3].type"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_value_is_named_by_its_path(case: str) -> None:
    text, path = WRONG[case]
    with pytest.raises(ReadError) as caught:
        from_json(text, subject="مقال.json")
    sentence = str(caught.value)
    assert sentence.startswith(f"مقال.json: {path} must ")
    assert len(sentence) < 400


@pytest.mark.parametrize(
    "text", ["{", '{"metadata": }', "مقال", '{"a": 1' + "0" * 5000, "{" * 100_000]
)
def test_broken_json_is_one_sentence(text: str) -> None:
    with pytest.raises(ReadError, match="not valid JSON"):
        from_json(text)


def nested(levels: int, kind: str) -> str:
    """Return a block or an inline with as many levels of blocks and inlines in all."""
    if kind == "list":
        inner, around = '["ن"]', ('[{"type":"list","children":[', "]}]")
    else:
        inner, around = '["ن"]', (f'[{{"type":"{kind}","children":', "}]")
    levels -= 0 if kind in {"list", "quote"} else 1
    deep = around[0] * levels + inner + around[1] * levels
    return deep[1:-1] if kind in {"list", "quote"} else f'{{"type":"paragraph","inlines":{deep}}}'


@pytest.mark.parametrize("kind", ["quote", "list", "emphasis"])
def test_what_is_nested_too_deeply_is_refused(kind: str) -> None:
    assert len(from_json(one(nested(DEEPEST, kind))).article.body) == 4
    for levels in (DEEPEST + 1, 100, 1_000, 100_000):
        with pytest.raises(ReadError) as caught:
            from_json(one(nested(levels, kind)), subject="مقال.json")
        assert caught.value.code == "json-deep"
        for language in LANGUAGES:
            sentence = caught.value.sentence(language=language)
            assert ("body[3]" in sentence) or levels >= 1_000
            assert str(DEEPEST) in sentence
            assert len(sentence) < 200


def test_an_empty_language_is_arabic() -> None:
    metadata = from_json(one('"ع"', metadata='{"title":"ع","language":""}')).article.metadata
    assert metadata.language == "ar"


def test_an_unknown_key_is_kept_as_a_notice() -> None:
    reading = from_json(one('{"type":"paragraph","text":"ع","colour":"red"}'))
    (notice,) = reading.notices
    assert (notice.code, notice.location) == (NoticeCode.KEY_IGNORED, "body[3].colour")
    assert from_json(to_json(reading)) == reading


def test_control_characters_are_removed_with_a_notice() -> None:
    reading = from_json(one(r'"a\u0000\u000bb"'))
    assert reading.article.body[3] == Paragraph((Text("ab"),))
    (notice,) = reading.notices
    assert (notice.code, notice.detail) == (NoticeCode.CONTROL_REMOVED, "U+0000, U+000B")


def test_several_objects_are_several_articles() -> None:
    lines = "\n".join(one(f'"{number}"') for number in range(3))
    found = list(readings_from_json(lines + "\n", subject="a.jsonl"))
    assert [reading.article.body[3] for reading in found] == [
        Paragraph((Text(str(number)),)) for number in range(3)
    ]
    with pytest.raises(
        ReadError, match=r"a\.jsonl, line 4: body\[3\] must be an object, and is 7;"
    ):
        list(readings_from_json(lines + "\n" + one("7"), subject="a.jsonl"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_reader_knows_the_encodings_of_json(encoding: str) -> None:
    source = Source("a.json", "a.json", one('"ع"').encode(encoding))
    (reading,) = read(source, ReadingOptions())
    assert reading.article.metadata.title == "ع"


@pytest.mark.parametrize(
    ("data", "words_of_it"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b'"\xd8"', "UTF-8"),
        (one('"ع"').encode("cp1256"), "UTF-8"),
        (b'{"metadata":{"title":"x"},"body":[]}', "no text"),
    ],
)
def test_the_reader_refuses_what_is_no_article(data: bytes, words_of_it: str) -> None:
    with pytest.raises(ReadError, match=words_of_it) as caught:
        list(read(Source("دخل.json", "دخل.json", data), ReadingOptions()))
    assert str(caught.value).startswith("دخل.json: ")
