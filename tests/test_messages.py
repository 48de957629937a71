"""The catalogue of messages: whole in every language, and nothing said that isn't in it."""

from __future__ import annotations

import re
from errno import errorcode
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

import exporter
from exporter import themes
from exporter.arabic.normalisation.rules import Rule
from exporter.article import DEEPEST, Block, Role
from exporter.cli.options import OPTIONS, Command, Group
from exporter.errors import ExporterError, ReadError, UsageError
from exporter.messages import LANGUAGES, catalogue, cause, place, sentence
from exporter.notices import Notice, NoticeCode

PACKAGE = Path(exporter.__file__).parent
SOURCES = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
RAISED = {
    (path.name, code)
    for path, text in SOURCES.items()
    for code in re.findall(
        r"(?:Source|Read|Write|Usage|MissingLibrary|)Error\(\s*\"([a-z-]+)\"", text
    )
}


def fields(text: str) -> set[str]:
    """Return the fields of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_languages_have_the_same_sentences_with_the_same_fields() -> None:
    english, arabic = catalogue("en"), catalogue("ar")
    assert english.keys() == arabic.keys()
    differing = [code for code in english if fields(english[code]) != fields(arabic[code])]
    assert differing == []


def test_every_sentence_is_in_its_language() -> None:
    assert [
        code for code, text in catalogue("en").items() if not text.isascii() and has_arabic(text)
    ] == ["help-export-examples"]
    without = {code for code, text in catalogue("ar").items() if text and not has_arabic(text)}
    assert without <= {"help-usage-command", "help-usage-completion", "help-usage-book"}


def has_arabic(text: str) -> bool:
    """Whether there is an Arabic letter in the text."""
    return any(
        "\N{ARABIC LETTER HAMZA}" <= character <= "\N{ARABIC LETTER YEH}" for character in text
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_has_a_sentence(language: str) -> None:
    for code in NoticeCode:
        notice = Notice(code, location="line 3", text="كلام", detail="تفصيل")
        assert fields(sentence(code, language=language)) & {"text", "detail"}
        assert "{" not in notice.sentence(language=language)


def test_every_error_that_is_raised_has_a_sentence() -> None:
    assert len(RAISED) > 25
    assert sorted(code for _, code in RAISED if code not in catalogue("en")) == []
    for _, code in RAISED:
        assert fields(sentence(code)) <= {"subject", "detail"}
        assert "subject" in fields(sentence(code))


def test_everything_the_help_says_has_a_sentence() -> None:
    codes = {f"help-{option.name}" for option in OPTIONS}
    codes |= {f"help-{command}{end}" for command in Command for end in ("", "-examples")}
    codes |= {f"help-usage-{command}" for command in Command}
    codes |= {f"help-group-{group}" for group in Group}
    assert codes - catalogue("en").keys() == set()


def test_the_limits_in_the_sentences_are_those_of_the_program() -> None:
    limits = {
        "page-unknown": (themes._SMALLEST_EDGE, themes._LARGEST_EDGE),
        "margins-wrong": (themes._NARROWEST_COLUMN,),
        "font-size-wrong": (themes._SMALLEST_TYPE, themes._LARGEST_TYPE),
        "json-deep": (DEEPEST,),
    }
    for code, numbers in limits.items():
        for language in LANGUAGES:
            said = re.findall(r"(?<![x\d,])\d+(?![x\d,])", sentence(code, language=language))
            assert [int(number) for number in said] == list(numbers), (code, language)


def test_every_rule_of_normalisation_has_a_name() -> None:
    rules = {code for code in catalogue("en") if code.startswith("rule-")}
    assert rules == {f"rule-{rule}" for rule in Rule}


def test_every_cause_has_a_sentence() -> None:
    texts = [text for path, text in SOURCES.items() if path.parent.name != "messages"]
    used = {
        code
        for text in texts
        for code in re.findall(r"(?:\.wrong|\bcause)\(\s*\"([a-z0-9-]+)\"", text)
        + re.findall(r"\"((?:json|zip)-[a-z]+)\"", text)
    }
    causes = {code.removeprefix("cause-") for code in catalogue("en") if code.startswith("cause-")}
    others = {code for code in catalogue("en") if code in used}  # errors that begin as these do
    assert used - others - {"zip-bomb"} <= causes
    of_system = {code for code in causes if code.startswith("system-")}
    assert {code.removeprefix("system-").upper() for code in of_system} <= set(errorcode.values())
    assert causes - {"top", "found"} - of_system <= used


def test_the_outline_names_every_role() -> None:
    assert {f"role-{role}" for role in Role} <= catalogue("en").keys()


ARABIC: dict[str, tuple[ExporterError | Notice, str]] = {
    "a list": (UsageError("shell-unknown", subject="csh", detail="bash, zsh"), "bash، zsh"),
    "a line": (ReadError("json-no-body", subject="a.jsonl, line 37"), "a.jsonl، السطر 37: "),
    "standard input": (ReadError("empty", subject="-"), "الدخل القياسي: "),
    "a byte": (
        ReadError("encoding-damaged", subject="a", detail="UTF-16-LE, byte 12"),
        "(UTF-16، البايت 12)",
    ),
    "an encoding": (Notice(NoticeCode.ENCODING_GUESSED, detail="utf-16-be"), "بترميز UTF-16."),
    "a wrong value": (
        ReadError("json-shape", subject="a", detail=cause("string", "body[3]", found="7")),
        "ينبغي أن يكون body[3] نصًا بين علامتي اقتباس، وهو الآن 7",
    ),
    "the top of a document": (
        ReadError("json-shape", subject="a", detail=cause("object")),
        "ينبغي أن يكون أعلى المستند كائنًا",
    ),
    "a place in JSON": (
        ReadError("json-syntax", subject="a", detail=cause("json-comma", "3:14")),
        "(تنقص فاصلة لاتينية عند السطر 3، العمود 14)",
    ),
    "a damaged archive": (
        ReadError("archive-damaged", subject="a", detail=cause("zip-sum")),
        "(مجموع تدقيق لا يصح)",
    ),
    "characters": (Notice(NoticeCode.CONTROL_REMOVED, detail="U+0000, U+000B"), "U+0000، U+000B"),
}


@pytest.mark.parametrize("case", ARABIC)
def test_arabic_sentences_hold_no_english_punctuation_nor_words(case: str) -> None:
    said, words = ARABIC[case]
    assert words in said.sentence(language="ar")


@pytest.mark.parametrize(
    ("location", "words"),
    [("line 37", "السطر 37"), ("body[3].level", "body[3].level"), ("", ""), ("line 3.txt",) * 2],
)
def test_a_place_in_arabic(location: str, words: str) -> None:
    assert place(location, language="ar") == words
    assert place(location) == location


def test_the_encodings_in_english() -> None:
    names = {"utf-16-be": "UTF-16", "utf-16-le": "UTF-16", "windows-1256": "Windows-1256"}
    for encoding, name in names.items():
        notice = Notice(NoticeCode.ENCODING_GUESSED, detail=encoding)
        assert notice.message == f"The text is not UTF-8 and was read as {name}."


def test_no_sentence_is_left_over() -> None:
    everything = "\n".join(SOURCES.values())
    codes = {*NoticeCode, *(f"help-{option.name}" for option in OPTIONS)}
    made = re.compile(
        r"(help-|doctor-|check-(passed|failed|not-run|no-claim)$|boilerplate-summary-|config-|"
        r"role-|rule-|report-|cause-)"
    )
    unused = [
        code
        for code in catalogue("en")
        if f'"{code}"' not in everything
        and f"'{code}'" not in everything
        and code not in codes
        and not made.match(code)
    ]
    assert unused == []


def test_the_outline_names_every_kind_of_block() -> None:
    kinds = {f"kind-{block.__name__.lower()}" for block in get_args(Block)}
    assert kinds <= catalogue("en").keys()
