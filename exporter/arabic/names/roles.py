"""Roles: the words that open a byline and what each says that the person did (MARC relators)."""

from __future__ import annotations

import re

from exporter.arabic.folding import fold
from exporter.article import Role
from exporter.patterns import compiled

# Longest first within each; the ones that are also verbs of prose count only when a short line
# follows.
_OPENINGS: tuple[tuple[str, Role], ...] = (
    ("بقلم|الكاتب|الكاتبه|المولف|تاليف|اعداد|اعدها|اعده|شعر|قصيده|كلمات|بقلم الكاتب", Role.AUTHOR),
    ("قصه|روايه|نص|مقال|خاطره|يكتبها|يكتبه|كتبها لكم|سلسله يكتبها|متابعات|رصد", Role.AUTHOR),
    ("كتب|كتبت|كتبه|كتبها|تقرير|تحقيق|متابعه|نويسنده|نوشته|به قلم|گزارش", Role.AUTHOR),
    ("كتابه|بواسطه|من قبل|مرسله بواسطه|نشر بواسطه|خبرنگار|نگارنده|par|posted by", Role.AUTHOR),
    ("by|written by|author|words by|text by|מאת|כתב|כתבה|نووسيني|نووسەر", Role.AUTHOR),
    ("ترجمه|ترجمها|ترجمته|ترجمتها|نقله الي العربيه|نقلها الي العربيه|مترجم", Role.TRANSLATOR),
    ("تعريب|عربه|عربها|نقلها عن|مترجمه|translated by|translation|תרגום|תרגם", Role.TRANSLATOR),
    (
        "تحرير|حرره|حررها|المحرر|مراجعه|مراجعه طبيه|راجعه|راجعها|مراجعه وتحرير|edited by|ويرايش",
        Role.EDITOR,
    ),
    ("ويراستار|עריכה|ערך|editor", Role.EDITOR),
    ("تدقيق|تدقيق لغوي|تصحيح لغوي|دققه|دققها|proofread by", Role.PROOFREADER),
    ("تصوير|عدسه|المصور|صور|photos by|photography|photo by|عكس|عكاس|צילום|צילם", Role.PHOTOGRAPHER),
    ("رسوم|رسم|ريشه|رسوم توضيحيه|illustrated by|illustration|איורים|איור", Role.ILLUSTRATOR),
    ("جمع|جمعه|جمعها|تجميع|compiled by|گردآوري|گردآورنده", Role.COMPILER),
    (
        "حوار|حاوره|حاورها|حاورته|حاورتها|اجري الحوار|اجرت الحوار|مقابله|اجري المقابله",
        Role.INTERVIEWER,
    ),
    (
        "حاورهم|اجري اللقاء|لقاء|گفت وگو|گفت و گو|interview by|interviewed by|گفتگو|מראיין",
        Role.INTERVIEWER,
    ),
)
ROLES = {fold(word): role for words, role in _OPENINGS for word in words.split("|")}
# Compared as written, with the yeh of Urdu: there it is who wrote, in Arabic who edited.
_AUTHOR_IN_URDU = frozenset(("تحریر", "از قلم"))
_VERBS = frozenset("كتب كتبت كتبه كتبها ترجمها ترجمته حرره حررها حاوره حاورها by".split())
_SURE = frozenset("بقلم written photos photo translated edited illustrated".split()) | {"به قلم"}
_WORDS = "|".join(sorted(ROLES, key=lambda word: (-len(word), word)))
OPENING = compiled(rf"(?P<roles>(?:{_WORDS})(?:\s+و\s?(?:{_WORDS}))*)(?P<colon>\s*[:/]\s*|\s+)")
"""What opens a byline, in aligned text; the colon tells more than a space does."""

PART = compiled(rf"\s*[|–—-]\s*(?=(?:{_WORDS})\s*[:])")
"""What parts two bylines in one line."""


def aligned(text: str) -> str:
    """Return text folded letter by letter, so that places in it are places in the text."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded
    return "".join(one if len(one := fold(letter)) == 1 else letter for letter in text)


def roles_of(opening: str, *, written: str) -> tuple[Role, ...]:
    """Return the roles that the words of an opening give, folded and as written."""
    if written in _AUTHOR_IN_URDU:
        return (Role.AUTHOR,)
    if opening in ROLES:
        return (ROLES[opening],)
    words = re.split(r"\s+و\s?", opening)
    return tuple(dict.fromkeys(ROLES.get(word, ROLES[words[0]]) for word in words))


def is_sure(opening: str) -> bool:
    """Say whether a byline's opening without a colon is followed by nothing but names."""
    return opening in _SURE or opening.split(maxsplit=1)[0] in _SURE


def is_verb(opening: str) -> bool:
    """Say whether a byline's opening without a colon may be followed by a name."""
    return opening.split(maxsplit=1)[0] in _VERBS
