"""Reading `.article.json`: JSON objects as Readings, lenient on what people write by hand."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping

from exporter.article import Article, Creator, Metadata, Reading, Resource, Role
from exporter.article_json.blocks import read_blocks
from exporter.article_json.syntax import syntax_cause
from exporter.article_json.values import Document, Value
from exporter.errors import ReadError
from exporter.messages import cause
from exporter.notices import Notice, NoticeCode

Members = Mapping[str, Value]

_TERMS = ("title", "subtitle", "publisher", "issued", "modified", "language", "source")
_MORE_TERMS = ("description", "rights", "is_part_of", "identifier", "date_line")
_RARER_TERMS = ("title_romanised", "subtitle_romanised", "group_position")


def from_json(text: str, *, subject: str = "article.json") -> Reading:
    """Return the reading that one JSON object in `.article.json` form describes.

    Only `metadata.title` and `body` are required; a block needs no more than its `text`, `items`
    or `rows`. A key that the format does not have becomes a Notice. Raises ReadError, which names
    `subject` and the path inside it, for anything of another shape.
    """
    readings = tuple(readings_from_json(text, subject=subject))
    if len(readings) != 1:
        raise ReadError(
            "json-syntax", subject=subject, detail=cause("json-objects", str(len(readings)))
        )
    return readings[0]


def readings_from_json(text: str, *, subject: str) -> Iterator[Reading]:
    """Yield the reading of every JSON object in a text: one, or several as in JSON Lines.

    Raises ReadError as `from_json` does, after having yielded those before the wrong one.
    """
    decoder = json.JSONDecoder()
    position, line = _skip_space(text, 0), 1
    if position == len(text):
        raise ReadError("json-empty", subject=subject)
    start = 0
    while position < len(text):
        line, start = line + text.count("\n", start, position), position
        try:
            raw, end = decoder.raw_decode(text, position)
        except RecursionError as error:
            raise ReadError("json-deep", subject=subject, detail="JSON") from error
        except ValueError as error:
            raise ReadError("json-syntax", subject=subject, detail=syntax_cause(error)) from error
        position = _skip_space(text, end)
        alone = line == 1 and position == len(text)
        yield _reading(raw, subject if alone else f"{subject}, line {line}")


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _reading(raw: object, subject: str) -> Reading:
    document = Document(subject)
    top = Value(raw, "", document).members("metadata", "body", "notes", "resources", "notices")
    for key in ("metadata", "body"):
        if key not in top:
            raise Value(None, key, document).wrong("there")
    notes = top["notes"].entries() if "notes" in top else {}
    document.notes = frozenset(notes)
    article = Article(
        _metadata(top["metadata"]),
        read_blocks(top["body"]),
        notes={key: read_blocks(note) for key, note in notes.items()},
        resources=dict(map(_resource, _elements(top, "resources"))),
    )
    notices = tuple(map(_notice, _elements(top, "notices")))
    return Reading(article, (*notices, *dict.fromkeys(document.notices)))


def _elements(members: Members, key: str) -> tuple[Value, ...]:
    return members[key].elements() if key in members else ()


def _text(members: Members, key: str) -> str:
    return members[key].text() if key in members else ""


def _metadata(value: Value) -> Metadata:
    members = value.members(*_TERMS, *_MORE_TERMS, *_RARER_TERMS, "creators", "subjects")
    if "title" not in members:
        raise Value(None, f"{value.path}.title", value.document).wrong("there")
    for key in ("issued", "modified"):
        _check_date(members, key)
    _check_position(members)
    return Metadata(
        title=_text(members, "title"),
        subtitle=_text(members, "subtitle"),
        creators=tuple(map(_creator, _elements(members, "creators"))),
        publisher=_text(members, "publisher"),
        issued=_text(members, "issued"),
        modified=_text(members, "modified"),
        language=_text(members, "language") or "ar",
        source=_text(members, "source"),
        description=_text(members, "description"),
        subjects=tuple(subject.text() for subject in _elements(members, "subjects")),
        rights=_text(members, "rights"),
        is_part_of=_text(members, "is_part_of"),
        identifier=_text(members, "identifier"),
        date_line=_text(members, "date_line"),
        title_romanised=_text(members, "title_romanised"),
        subtitle_romanised=_text(members, "subtitle_romanised"),
        group_position=_text(members, "group_position"),
    )


def _check_date(members: Members, key: str) -> None:
    try:
        Metadata(title="", issued=_text(members, key))
    except ValueError as error:
        raise members[key].wrong("date", extra="2025-05-14") from error


def _check_position(members: Members) -> None:
    try:
        Metadata(title="", group_position=_text(members, "group_position"))
    except ValueError as error:
        raise members["group_position"].wrong("position", extra='"3", "2.1"') from error


def _creator(value: Value) -> Creator:
    if isinstance(value.raw, str):
        return Creator(value.text())
    members = value.members("name", "role", "file_as")
    if not _text(members, "name"):
        raise value.wrong("have", extra="name")
    role = members["role"].choice(Role) if "role" in members else Role.AUTHOR
    return Creator(_text(members, "name"), role, _text(members, "file_as"))


def _resource(value: Value) -> tuple[str, Resource]:
    members = value.members("key", "source", "media_type", "data")
    if not members.keys() >= {"key", "media_type", "data"}:
        raise value.wrong("have", extra="key, media_type, data")
    try:
        data = base64.b64decode(members["data"].text(), validate=True)
    except (ValueError, binascii.Error) as error:
        raise members["data"].wrong("base64") from error
    key, media_type = members["key"].text(), members["media_type"].text()
    return key, Resource(_text(members, "source"), media_type, data)


def _notice(value: Value) -> Notice:
    members = value.members("code", "message", "text", "location", "detail")
    if "code" not in members:
        raise value.wrong("have", extra="code")
    return Notice(
        members["code"].choice(NoticeCode),
        location=_text(members, "location"),
        text=_text(members, "text"),
        detail=_text(members, "detail"),
    )
