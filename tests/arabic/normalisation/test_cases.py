"""What each rule of normalisation changes, and what it leaves alone, case by case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from exporter.arabic.normalisation.passages import applied, masked
from exporter.arabic.normalisation.rewriting import edits_of
from exporter.arabic.normalisation.rules import Rule, rules_of

_FILE = Path(__file__).with_name("cases.txt")
_ARROW = " ⇒ "


@dataclass(frozen=True, slots=True)
class Case:
    rule: Rule
    language: str
    before: str
    after: str


def cases() -> Iterator[Case]:
    rule = Rule.QUOTES
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            rule = Rule(line.removeprefix("## "))
        elif line and not line.startswith("#"):
            language, colon, rest = line.partition(": ")
            is_named = bool(colon) and language.isascii()
            text = (rest if is_named else line).replace("⍽", "\N{NO-BREAK SPACE}")
            before, _, after = text.partition(_ARROW)
            yield Case(rule, language if is_named else "ar", before, after or before)


@pytest.mark.parametrize("case", tuple(cases()), ids=lambda case: f"{case.rule}: {case.before}")
def test_a_rule_changes_this_and_nothing_more(case: Case) -> None:
    edits = edits_of(case.rule, masked(case.before), language=case.language)
    assert applied(case.before, edits) == case.after
    assert edits_of(case.rule, masked(case.after), language=case.language) == ()


def test_every_rule_has_cases_that_change_and_such_that_stay() -> None:
    found = list(cases())
    for rule in Rule:
        own = [case.before == case.after for case in found if case.rule is rule]
        assert any(own)
        assert not all(own)


@pytest.mark.parametrize("rule", Rule)
def test_what_is_recited_stays_as_it_is(rule: Rule) -> None:
    for text in (
        'قال تعالى ﴿إنّ  "هــذا" , - وذلك ... ﻻ ریب﴾ صدق',
        'قال {إِنَّ هَـذَا " الْقُرْآنَ  ,يَهْدِي ...} صدق',
        "قرأ ٱلۡكِتَٰبُ لَا رَيۡبَۛ فِيهِۛ صدق",
    ):
        assert edits_of(rule, masked(text), language="ar") == ()


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ((), set(Rule)),
        (("all",), set(Rule)),
        (("none",), set()),
        (("no-quotes", "no-dashes"), set(Rule) - {Rule.QUOTES, Rule.DASHES}),
        (("quotes", "dashes"), {Rule.QUOTES, Rule.DASHES}),
        (("none", "tatweel"), {Rule.TATWEEL}),
        (("all", "no-spaces"), set(Rule) - {Rule.SPACES}),
    ],
)
def test_rules_are_chosen_by_name(words: tuple[str, ...], rules: set[Rule]) -> None:
    assert rules_of(words) == rules


@pytest.mark.parametrize("word", ["no-", "quote", "no-all", "-quotes"])
def test_a_word_that_is_no_rule_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match=word):
        rules_of((word,))
