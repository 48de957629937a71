"""The YAML in front of a Markdown text, in the words of `.article.json`, as metadata."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field

import yaml

from exporter.arabic.dates import date_line
from exporter.arabic.languages import is_language_tag
from exporter.article import Creator, Metadata, Role
from exporter.errors import ReadError
from exporter.notices import Notice, NoticeCode
from exporter.patterns import compiled
from exporter.records import dataclass

_FENCED = compiled(r"\A---[ \t]*\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_LONGEST = 64_000
_ENTRY = compiled(r"^[^\s#:][^:\n]*:(?:\s|$)", re.MULTILINE)

# The words of `.article.json`, with those that other programs give the same things.
_TERMS = {
    "title": "title",
    "subtitle": "subtitle",
    "publisher": "publisher",
    "source": "source",
    "url": "source",
    "link": "source",
    "description": "description",
    "summary": "description",
    "abstract": "description",
    "rights": "rights",
    "license": "rights",
    "licence": "rights",
    "copyright": "rights",
    "is_part_of": "is_part_of",
    "series": "is_part_of",
    "identifier": "identifier",
    "language": "language",
    "lang": "language",
    "issued": "issued",
    "date": "issued",
    "modified": "modified",
    "updated": "modified",
}
_SUBJECTS = frozenset({"subjects", "tags", "keywords", "categories"})
_ROLES = {
    "creators": Role.AUTHOR,
    "creator": Role.AUTHOR,
    "author": Role.AUTHOR,
    "authors": Role.AUTHOR,
    "translator": Role.TRANSLATOR,
    "translators": Role.TRANSLATOR,
    "editor": Role.EDITOR,
    "editors": Role.EDITOR,
    "photographer": Role.PHOTOGRAPHER,
    "photographers": Role.PHOTOGRAPHER,
    "interviewer": Role.INTERVIEWER,
    "interviewers": Role.INTERVIEWER,
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands in front of a text, the text after it, and the number of lines before that."""

    metadata: Metadata
    text: str
    lines: int = 0
    notices: tuple[Notice, ...] = ()


class _Loader(yaml.BaseLoader):
    """YAML with strings only: no tag makes an object of anything, and nothing is said twice."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):  # a few of them make a gigabyte
            mark = yaml.Mark("", 0, self.line, self.column, None, 0)
            raise yaml.composer.ComposerError(None, None, "an alias (*) is not allowed", mark)
        return super().compose_node(parent, index)


def front_matter(text: str, *, subject: str) -> FrontMatter:
    """Return the metadata in front of a text and the text after it.

    Two rules with no `key:` between them are rules of the text. Raises ReadError for YAML that
    is broken, too long, or has aliases in it.
    """
    found = _FENCED.match(text)
    if not found or not _ENTRY.search(found["yaml"]):
        return FrontMatter(Metadata(title="", language=""), text)
    table = _load(found["yaml"], subject)
    lines = found[0].count("\n")
    reading = _Table(table)
    return FrontMatter(
        reading.metadata(), text[found.end() :], lines=lines, notices=tuple(reading.notices)
    )


def _load(text: str, subject: str) -> Mapping[object, object]:
    if len(text) > _LONGEST:
        raise ReadError("front-matter-wrong", subject=subject, detail=f"over {_LONGEST} characters")
    try:
        table = yaml.load(text, _Loader)  # noqa: S506 - it makes strings, lists and dicts only
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 2}: " if error.problem_mark else ""
        detail = f"{line}{error.problem or error.context}"
        raise ReadError("front-matter-wrong", subject=subject, detail=detail) from error
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        detail = str(error).partition("\n")[0]
        raise ReadError("front-matter-wrong", subject=subject, detail=detail) from error
    if not isinstance(table, dict):
        raise ReadError("front-matter-wrong", subject=subject, detail="line 2: no “key: value”")
    return table


@dataclass(slots=True)
class _Table:
    """The table of a front matter while it is read, with what of it can't be used."""

    entries: Mapping[object, object]
    notices: list[Notice] = field(default_factory=list)

    def metadata(self) -> Metadata:
        terms: dict[str, str] = {}
        creators: list[Creator] = []
        subjects: list[str] = []
        for key, value in self.entries.items():
            name = str(key).strip().lower().replace("-", "_")
            if name in _TERMS:
                self._term(terms, _TERMS[name], value)
            elif name in _ROLES:
                creators += self._creators(str(key), value, role=_ROLES[name])
            elif name in _SUBJECTS:
                subjects += self._strings(str(key), value)
            else:
                self.notices.append(Notice(NoticeCode.KEY_IGNORED, text=str(key)))
        return Metadata(
            **{"title": "", "language": "", **terms},
            creators=tuple(dict.fromkeys(creators)),
            subjects=tuple(dict.fromkeys(subjects)),
        )

    def _term(self, terms: dict[str, str], term: str, value: object) -> None:
        if not isinstance(value, str):
            self._ignore(term, value)
            return
        text = " ".join(value.split())
        if text:
            terms[term] = _CHECKS.get(term, _as_it_is)(text)
            if not terms[term]:
                del terms[term]
                self._ignore(term, value)

    def _creators(self, key: str, value: object, *, role: Role) -> Iterator[Creator]:
        for one in value if isinstance(value, list) else [value]:
            match one:
                case str() if one.strip():
                    yield Creator(" ".join(one.split()), role)
                case {"name": str(name), **others} if name.strip():
                    yield self._creator(name, others, role)
                case "":
                    pass
                case _:
                    self._ignore(key, one)

    def _creator(self, name: str, others: Mapping[object, object], role: Role) -> Creator:
        filed = ""
        for key, value in others.items():
            match key, value:
                case "role", str(word) if word in tuple(Role):
                    role = Role(word)
                case "role", _:
                    self._ignore("role", value)
                case "file_as", str(filed):
                    pass
                case _:
                    self.notices.append(Notice(NoticeCode.KEY_IGNORED, text=str(key)))
        return Creator(" ".join(name.split()), role, filed)

    def _strings(self, key: str, value: object) -> Iterator[str]:
        """Yield the strings of a list, or of one text parted by commas."""
        parts = re.split(r"[,،]", value) if isinstance(value, str) else value
        for part in parts if isinstance(parts, list) else [parts]:
            if isinstance(part, str):
                yield from filter(None, [" ".join(part.split())])
            else:
                self._ignore(key, part)

    def _ignore(self, key: str, value: object) -> None:
        shown = " ".join(str(value).split())[:80]
        self.notices.append(Notice(NoticeCode.VALUE_IGNORED, text=shown, detail=key))


def _as_it_is(text: str) -> str:
    return text


def _date(text: str) -> str:
    """Return a date as ISO 8601, also one as articles write it; empty for none."""
    try:
        return Metadata(title="", issued=text).issued
    except ValueError:
        found = date_line(text)
        return found.issued or found.modified


def _language(text: str) -> str:
    return text if is_language_tag(text) else ""


_CHECKS: Mapping[str, Callable[[str], str]] = {
    "issued": _date,
    "modified": _date,
    "language": _language,
}
