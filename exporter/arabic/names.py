"""Names: the byline lines that credit people, and what looks like a person's name alone."""

from __future__ import annotations

import re

from exporter.arabic.folding import fold, fold_words
from exporter.article import Creator, Role

# The words that open a byline, longest first within each; the ones that are also verbs of prose
# count only when a short line follows.
_OPENINGS: tuple[tuple[str, Role], ...] = (
    ("بقلم|الكاتب|الكاتبه|المولف|تاليف|اعداد|اعدها|اعده|شعر|قصيده|كلمات|بقلم الكاتب", Role.AUTHOR),
    ("كتب|كتبت|كتبه|كتبها|تقرير|تحقيق|متابعه|نويسنده|by|written by|author|מאת", Role.AUTHOR),
    ("ترجمه|ترجمها|ترجمته|ترجمتها|نقله الي العربيه|نقلها الي العربيه|مترجم", Role.TRANSLATOR),
    ("translated by|translation", Role.TRANSLATOR),
    ("تحرير|حرره|حررها|المحرر|edited by", Role.EDITOR),
    ("تصوير|عدسه|المصور|صور|photos by|photography", Role.PHOTOGRAPHER),
    ("حوار|حاوره|حاورها|حاورته|حاورتها|اجري الحوار|اجرت الحوار|مقابله", Role.INTERVIEWER),
)
_ROLES = {word: role for words, role in _OPENINGS for word in words.split("|")}
# Compared as written, with the yeh of Urdu: there it is who wrote, in Arabic who edited.
_AUTHOR_IN_URDU = frozenset(("تحریر",))
_VERBS = frozenset("كتب كتبت كتبه كتبها ترجمها ترجمته حرره حررها حاوره حاورها by".split())
_WORDS = "|".join(sorted(_ROLES, key=lambda word: (-len(word), word)))
_OPENING = re.compile(rf"(?P<roles>(?:{_WORDS})(?:\s+و\s?(?:{_WORDS}))*)(?P<colon>\s*[:/]\s*|\s+)")
_PART = re.compile(rf"\s*[|–—-]\s*(?=(?:{_WORDS})\s*[:])")
_SEPARATOR = re.compile(r"\s*[،,؛;&/+]\s*|\s+(?:و|and)\s+")
_JOINED = re.compile(r"\s+(?=(?P<word>و[^\W\d_]{2}\S*))و")
_LONGEST = 120
_MOST_WORDS = 7

# Given names that begin with the letter waw, which is therefore no "and".
_WITH_WAW = frozenset(
    (
        "وليد وائل وسام وسيم وفاء وجدي وحيد ورده ورد وديع وهيب ولاء وئام ويام وداد وضاح وصال "
        "وجدان وجيه وسن وهبي وهبه وفيق وعد ونيس واصف واثق والي وليم ويليام والتر وداعه وصفي"
    ).split()
)
_GIVEN = frozenset(
    map(
        fold,
        (
            "محمد أحمد محمود مصطفى علي حسن حسين إبراهيم إسماعيل يوسف يونس موسى عيسى داود سليمان "
            "عمر عثمان خالد طارق سعد سعيد سالم سليم سلمان ناصر نصر منصور ماجد مجدي كريم كمال جمال "
            "جميل جابر جعفر جلال حامد حمد حمدي حمزة حازم حاتم رامي رائد رشيد رضا رفيق زياد زيد زكي "
            "زكريا سامي سامر سمير سيف شريف شادي صالح صلاح صبري طه طلال عادل عامر عباس عصام علاء "
            "عماد عمار عمرو غازي غسان فادي فارس فاروق فاضل فؤاد فهد فيصل قاسم لؤي مازن مالك مؤيد "
            "مروان مشعل معاذ منير مهدي مهند نادر نبيل نجيب نزار نعيم نواف هادي هاني هشام هيثم وليد "
            "وائل ياسر ياسين يحيى يعقوب بدر بسام بشار بشير بلال تامر توفيق ثامر أمين أنور "
            "أنس أسامة "
            "أشرف أكرم أيمن أيوب إياد إيهاب باسم بهاء راشد راغب رياض شاكر ضياء عدنان عبدالله عاصم "
            "فاطمة مريم عائشة خديجة زينب سارة هدى منى أمل أسماء إيمان آمال أميرة بسمة تغريد جميلة "
            "حنان دلال دينا رانيا رنا ريم رحاب زهرة سعاد سلمى سلوى سمر سميرة سهام سهى شيماء صفاء "
            "عبير غادة فاتن فرح كوثر لبنى لمى ليلى لينا ماجدة مها منال مي نادية نجلاء نجوى ندى نهى "
            "نوال نورا نور نورة نورهان هالة هبة هناء هند وفاء ياسمين يسرا سماح رشا بثينة "
            "جورج إلياس "
            "أنطوان بيار ميشال جان شربل حسام حسني محسن مختار مدحت مراد معتز مهدى موفق ميادة هيفاء "
            "وجدي زهير زاهر شوقي شعبان رمضان رجب عزت عطية عوض فتحي فوزي قيس كاظم لطفي لمى"
        ).split(),
    )
)
_PLACES = frozenset(
    map(
        fold_words,
        (
            "القاهرة|الإسكندرية|الجيزة|الخرطوم|أم درمان|طرابلس|بنغازي|تونس|صفاقس|الجزائر|وهران|"
            "قسنطينة|الرباط|الدار البيضاء|فاس|مراكش|طنجة|نواكشوط|بيروت|صيدا|دمشق|حلب|حمص|حماة|"
            "اللاذقية|عمان|إربد|القدس|غزة|رام الله|نابلس|الخليل|حيفا|بغداد|البصرة|الموصل|أربيل|"
            "النجف|كركوك|الرياض|جدة|مكة المكرمة|المدينة المنورة|الدمام|الكويت|المنامة|الدوحة|"
            "أبوظبي|أبو ظبي|دبي|الشارقة|مسقط|صنعاء|عدن|تعز|مقديشو|جيبوتي|أنقرة|إسطنبول|طهران|باريس|"
            "لندن|برلين|روما|مدريد|بروكسل|جنيف|فيينا|موسكو|واشنطن|نيويورك|بكين|طوكيو|نيودلهي"
        ).split("|"),
    )
)
_PARTICLES = frozenset(map(fold, "بن ابن بنت أبو أبي آل عبد".split()))
_TITLES = frozenset(map(fold, "د أ م دكتور الدكتور الدكتورة الأستاذ المهندس الشيخ".split()))
# Compared as written: folded, the preposition على would be the name علي.
_NOT_IN_NAMES = frozenset(
    (
        "في من على إلى الى عن مع هل ما لا لم لن كيف لماذا متى أين هذا هذه التي الذي بين بعد قبل "
        "حول عند ضد ثم أو كل غير قال يقول كان"
    ).split()
)


def byline(line: str) -> tuple[Creator, ...]:
    """Return the people whom a byline line credits, with their roles; none for another line.

    `بقلم: X`, `كتب X`, `حوار وتصوير: X`, `ترجمة: X`, several parts parted by dashes, several
    names joined by commas, slashes or waw. Titles before a name stay with it.
    """
    if len(line) > _LONGEST:
        return ()
    creators: list[Creator] = []
    for part in _parts(line.strip(" ()[]|-–—•*")):
        people = _part(part.strip())
        if not people:
            return ()
        creators += people
    return tuple(creators)


def _parts(line: str) -> list[str]:
    cuts = [found.span() for found in _PART.finditer(_aligned(line))]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(line)]
    return [line[start:end] for start, end in zip(starts, ends, strict=True)]


def _part(text: str) -> tuple[Creator, ...]:
    found = _OPENING.match(_aligned(text))
    if not found:
        return ()
    rest, _ = name_and_place(text[found.end() :].strip(" :."))
    if not found["colon"].strip() and not _follows_a_verb(found["roles"], rest):
        return ()
    names = tuple(split_names(rest))
    if not names or any(not _is_plausible(name) for name in names):
        return ()
    if text[: found.end("roles")] in _AUTHOR_IN_URDU:
        return tuple(map(Creator, names))
    words = re.split(r"\s+و\s?", found["roles"])
    roles = dict.fromkeys(_ROLES.get(word, _ROLES[found["roles"].split()[0]]) for word in words)
    return tuple(Creator(name, role) for name in names for role in roles)


def _aligned(text: str) -> str:
    """Return text folded letter by letter, so that places in it are places in the text."""
    return "".join(folded if len(folded := fold(letter)) == 1 else letter for letter in text)


def _follows_a_verb(opening: str, rest: str) -> bool:
    """Say whether the words after an opening without a colon can only be a name."""
    first = opening.split(maxsplit=1)[0]
    if first in ("بقلم", "written", "photos", "translated"):
        return bool(rest)
    if first not in _VERBS:
        return False
    return looks_like_name(rest) or (first == "by" and len(rest.split()) <= 4)


def _is_plausible(name: str) -> bool:
    words = fold_words(name).split()
    return (
        0 < len(words) <= _MOST_WORDS
        and not any(character.isdigit() for character in name)
        and not _NOT_IN_NAMES.intersection(name.split())
        and not re.search(r"[؟?!«»:]", name)
    )


def split_names(text: str) -> list[str]:
    """Return the names in a list of names, each without its joining waw."""
    names = []
    for chunk in _SEPARATOR.split(text):
        start = 0
        for joint in _JOINED.finditer(chunk):
            word = fold_words(joint["word"])
            if word in _WITH_WAW or start == joint.start():
                continue
            names.append(chunk[start : joint.start()])
            start = joint.end()
        names.append(chunk[start:])
    return [name for name in (name.strip(" .-–—") for name in names) if name]


def looks_like_name(line: str) -> bool:
    """Say whether a whole short line is the name of a person, by given names and particles."""
    words = fold_words(line).split()
    if not 2 <= len(words) <= 6 or re.search(r"[\d؟?!:،,؛«»\"“”…()]", line) or line.endswith("."):
        return False
    while words and words[0] in _TITLES:
        words = words[1:]
    if not 2 <= len(words) <= 5 or _NOT_IN_NAMES.intersection(line.split()):
        return False
    is_given = words[0] in _GIVEN or words[0].startswith("عبدال")
    return is_given or bool(_PARTICLES.intersection(words[:-1]))


def is_place(text: str) -> bool:
    """Say whether a text is the name of a city that datelines open with."""
    return fold_words(text) in _PLACES


_JOINT = re.compile(r"\s*\|\s*|\s+[-–—]\s+")
_MOST_WORDS_OF_A_PLACE = 2


def name_and_place(text: str) -> tuple[str, str]:
    """Return a name and the place that a bar or a dash parts from it; empty without a place."""
    parts = _JOINT.split(text) if len(text) <= _LONGEST else []
    if len(parts) != 2 or not all(parts):
        return text, ""
    first, second = parts
    if is_place(first) and looks_like_name(second):
        return second, first
    is_short = len(second.split()) <= _MOST_WORDS_OF_A_PLACE and not looks_like_name(second)
    if is_place(second) or (looks_like_name(first) and is_short):
        return first, second
    return text, ""


def byline_place(line: str) -> str:
    """Return the place that a byline gives beside its name; empty without one."""
    for part in _parts(line.strip(" ()[]|-–—•*")) if len(line) <= _LONGEST else []:
        found = _OPENING.match(_aligned(part.strip()))
        _, place = name_and_place(part.strip()[found.end() if found else 0 :].strip(" :."))
        if place:
            return place
    return ""
