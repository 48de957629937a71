"""The letters that mark the items of a list: abjad, alphabet, and those of other scripts."""

from __future__ import annotations

from exporter.article import ListKind

# The fifth is joined to a tatweel, as it is written: alone it looks like the digit ٥.
_HEH = "ه\N{ARABIC TATWEEL}"
_LATIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
_HEBREW = "א ב ג ד ה ו ז ח ט י כ ל מ נ ס ע פ צ ק ר ש ת"
_ARABIC = {
    ListKind.LETTERED: f"أ ب ج د {_HEH} و ز ح ط ي ك ل م ن س ع ف ص ق ر ش ت ث خ ذ ض ظ غ",
    ListKind.ALPHABETICAL: f"أ ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن {_HEH} و ي",
}
_PERSIAN = {
    ListKind.LETTERED: f"ا ب ج د {_HEH} و ز ح ط ی ک ل م ن س ع ف ص ق ر ش ت ث خ ذ ض ظ غ",
    ListKind.ALPHABETICAL: (
        f"ا ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و {_HEH} ی"
    ),
}
_ARABIC_SCRIPT = frozenset({"ar", "ckb", "ps", "ug", "ur"})


def letters_of(kind: ListKind, *, language: str) -> tuple[str, ...]:
    """Return the letters that mark the items of such a list in an article of a language."""
    match language.lower().split("-")[0]:
        case "fa":
            letters = _PERSIAN[kind]
        case "he" | "yi":
            letters = _HEBREW
        case primary if primary in _ARABIC_SCRIPT:
            letters = _ARABIC[kind]
        case _:
            letters = _LATIN
    return tuple(letters.split())


def letter(number: int, letters: tuple[str, ...]) -> str:
    """Return the mark of the item with this number from 1; after the last letter they double.

    CSS Counter Styles §3.1.4 (`alphabetic`). A number below 1 has none: the result is empty.
    """
    marks = []
    while number > 0:
        number, place = divmod(number - 1, len(letters))
        marks.append(letters[place])
    return "".join(reversed(marks))
