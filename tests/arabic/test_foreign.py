"""The language of words in another script: what they tell, and no more."""

from __future__ import annotations

import pytest

from exporter.arabic.foreign import foreign_runs, language_of_words


@pytest.mark.parametrize(
    ("words", "language"),
    [
        *(("Google Chrome OS", "en"), ("The Times of India", "en"), ("UN", "en"), ("GPT-4", "en")),
        *(
            ("Les Misérables", "fr"),
            ("Ministère de la Culture et des Arts", "fr"),
            ("El País", "es"),
        ),
        ("Zeitung für Stadt und Land", "de"),
        *(("Le Monde", "und-Latn"), ("Charles de Gaulle", "und-Latn"), ("Erdoğan", "und-Latn")),
        *(("charta damascena", "und-Latn"), ("resma", "und-Latn"), ("machine learning", "en")),
        *(("λόγος", "el"), ("Ἀλήθεια", "el"), ("שלום", "he")),
        *(("Что это", "ru"), ("Київ", "uk"), ("Москва", "und-Cyrl")),
        # No words: signs, numbers, addresses, code.
        *(("x", ""), ("π", ""), ("2023", ""), ("x = y", ""), ("C++", ""), ("H2O", "")),
        *(("https://example.org/a", ""), ("me@example.org", ""), ("README.md", ""), ("f(n)", "")),
        # In two scripts, or with the text's own.
        *(("Ελλάδα Google", ""), ("كلمة Google", ""), ("كلمة", ""), ("", "")),
    ],
)
def test_words_tell_their_language(words: str, language: str) -> None:
    assert language_of_words(words, "ar") == language


def test_words_in_the_script_of_the_text_are_the_text_s() -> None:
    assert language_of_words("Google", "en") == ""
    assert language_of_words("Google", "fr-FR") == ""
    assert language_of_words("שלום", "he") == ""
    assert language_of_words("Google", "he") == "en"
    assert language_of_words("Google", "ar-Latn") == ""


def test_runs_lose_no_letter_and_take_the_marks_between_their_words() -> None:
    text = "قال Google Chrome: نعم، وΕλλάδα وשלום و(https://a.org/Google) وWindows 10."
    runs = list(foreign_runs(text, "ar"))
    assert "".join(words for words, _ in runs) == text
    assert [run for run in runs if run[1]] == [
        ("Google Chrome", "en"),
        ("Ελλάδα", "el"),
        ("שלום", "he"),
        ("Windows", "en"),
    ]
