"""Papers: which headings open an abstract or the references, and which words number themselves."""

from __future__ import annotations

from exporter.arabic.folding import fold, fold_words
from exporter.patterns import compiled

_ABSTRACT = frozenset(
    map(
        fold_words,
        (
            *("ملخص", "الملخص", "ملخص البحث", "ملخص الدراسة", "ملخص المقال", "الملخص بالعربية"),
            *("مستخلص", "المستخلص", "مستخلص البحث", "مستخلص الدراسة", "چکیده", "خلاصہ", "תקציר"),
            *("پوختە", "abstract", "summary", "ملخص بالإنجليزية", "الملخص بالإنجليزية"),
        ),
    )
)
_REFERENCES = frozenset(
    map(
        fold_words,
        (
            *("المراجع", "مراجع", "المصادر", "مصادر", "المصادر والمراجع", "المراجع والمصادر"),
            *("قائمة المراجع", "قائمة المصادر", "قائمة المصادر والمراجع", "ثبت المراجع"),
            *("ثبت المصادر والمراجع", "مراجع البحث", "مراجع الدراسة", "منابع", "فهرست منابع"),
            *("کتابیات", "مآخذ", "سەرچاوەکان", "מקורות", "ביבליוגרפיה", "references"),
            *("bibliography", "works cited"),
        ),
    )
)
_BESIDE = frozenset(
    map(
        fold_words,
        (
            *("شكر وتقدير", "شكر وعرفان", "ملحق", "الملحق", "ملاحق", "الملاحق", "الهوامش"),
            *("الكلمات المفتاحية", "كلمات مفتاحية", "الكلمات الدالة", "تضارب المصالح"),
            *("keywords", "acknowledgements", "acknowledgments", "appendix", "notes"),
        ),
    )
)
_COUNTED = (
    r"(?:اولا|ثانيا|ثالثا|رابعا|خامسا|سادسا|سابعا|ثامنا|تاسعا|عاشرا|"
    r"(?:ال)?(?:فصل|باب|مبحث|مطلب|محور|قسم|بخش)\s+(?:ال)?\w+)\b"
)
_NUMBER = r"[\[(]?(?:\d+(?:[-./]\d+)*|[a-zابجدهوزحطي]|[ivx]+)\s*[-–—.):/\]]"
_NUMBERED = compiled(rf"\s*(?:{_COUNTED}|{_NUMBER}|\d+(?:[-./]\d+)*\s)")
_LABELLED = compiled(
    r"\s*(?:(?:ال)?(?:شكل|رسم|صوره|جدول)|نمودار|תרשים|איור|טבלה|figure|fig\.|table)\s*"
    r"(?:رقم)?\s*[(\[:]?\s*(?:\d+|[a-z]\b)"
)


def is_abstract(heading: str) -> bool:
    """Say whether a heading stands over an abstract."""
    return fold_words(heading) in _ABSTRACT


def is_references(heading: str) -> bool:
    """Say whether a heading stands over a list of references."""
    return fold_words(heading) in _REFERENCES


def is_counted(heading: str) -> bool:
    """Say whether a heading is one of the text's own sections, which papers number."""
    return not (is_abstract(heading) or is_references(heading) or fold_words(heading) in _BESIDE)


def is_numbered(heading: str) -> bool:
    """Say whether a heading has a number of its author's: `1-2`, `أ.`, `ثانيًا:`, `المبحث الأول`."""
    return bool(_NUMBERED.match(fold(heading)))


def is_labelled(caption: str) -> bool:
    """Say whether a caption has its author's own label: `الشكل 3`, `جدول (2)`."""
    return bool(_LABELLED.match(fold(caption)))
