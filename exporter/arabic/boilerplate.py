"""Boilerplate: what a site says around its articles, recognised on one line by its wording.

The phrases of whole lines are in boilerplate.toml, the openings here; they are general wording
and never a site's name. Whether a line that matches is dropped is decided by its context, in the
reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from exporter.arabic.folding import fold, fold_words, folded_phrases
from exporter.patterns import compiled
from exporter.records import dataclass
from exporter.tables import parsed


class BoilerplateClass(StrEnum):
    """What kind of a site's own line it is."""

    NAVIGATION = "navigation"
    SHARE = "share"
    READ_ALSO = "read-also"
    FOLLOW_US = "follow-us"
    TAGS = "tags"
    SOURCE = "source"
    RELATED = "related"
    COMMENTS = "comments"
    CAPTCHA = "captcha"
    CONTACT = "contact"
    COPYRIGHT = "copyright"
    BACK_TO_TOP = "back-to-top"
    META = "meta"


class Extent(StrEnum):
    """How much of the line the wording covers: all of it, or its opening words."""

    WHOLE = "whole"
    OPENING = "opening"


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """The class of a line that a site wrote, and how much of it says so."""

    kind: BoilerplateClass
    extent: Extent


_C = BoilerplateClass
_NUMBER_AROUND = compiled(r"^(?:\d+\s+)+|(?:\s+\d+)+$")


def _phrases(kind: str) -> Iterator[str]:
    """Yield the phrases of a class, in folded words, from all languages."""
    for listed in _CATALOGUE[kind].values():
        yield from folded_phrases(listed)


_CATALOGUE = parsed((Path(__file__).with_suffix(".toml")).read_text(encoding="utf-8"))
_KINDS = {
    phrase: kind for kind in BoilerplateClass if kind in _CATALOGUE for phrase in _phrases(kind)
}
_SECTIONS = frozenset(_phrases("sections"))

# Openings of a line that goes on: patterns on folded text, anchored at its start.
_NETWORK = (
    "فيسبوك|فيس بوك|تويتر|تلغرام|تلجرام|تيليجرام|تليجرام|تيليغرام|واتساب|واتس اب|انستغرام|انستجرام|"
    "انستقرام|يوتيوب|غوغل نيوز|جوجل نيوز|اخبار غوغل|تيك توك|سناب شات|telegram|facebook|twitter|"
    "google news|whatsapp|instagram|youtube|التواصل الاجتماعي|متصفحك|تطبيق"
)
_AL = r"(?:ايضا|ايضاً|كذلك)"
_OPENINGS: tuple[tuple[BoilerplateClass, str], ...] = (
    (_C.READ_ALSO, rf"(?:ا?قر[اء]|اقراوا|شاهد|شاهدوا|انظر|طالع|اطلع)\s+{_AL}\s*(?:[:|.…-]|\W*$)"),
    (_C.READ_ALSO, rf"(?:{_AL}|للمزيد|المزيد|لقراءه المزيد|قد يهمك(?: {_AL})?)\s*[:|]\s*\S"),
    (
        _C.READ_ALSO,
        r"(?:lire aussi|a lire aussi|à lire aussi|voir aussi|קראו גם|קרא גם|ראו גם)\s*[:|]",
    ),
    (_C.READ_ALSO, r"(?:يه بهي پڑهي[ںے]+|مزيد پڑهي[ںے]+|يه بهي ديكهي[ںے]+)\s*[:|]"),
    (_C.READ_ALSO, r"(?:بيشتر بخوانيد|همچنين بخوانيد|مزيد پڑهيں|read also|see also)\s*[:|]"),
    (
        _C.FOLLOW_US,
        rf"(?:للمزيد )?(?:تابع|تابعوا|تابعنا|تابعونا|اشترك|اشتركوا|انضم|انضموا)\b.*(?:{_NETWORK})",
    ),
    (
        _C.FOLLOW_US,
        (
            r"(?:اشترك|اشتركوا|اشتركي|سجل|انضم|انضموا)\s+(?:الان\s+)?(?:مجانا\s+)?(?:في|ب|الي)\s*"
            r"(?:ال)?(?:نشره|رساله|قائمه|قناه|خدمه|نشرتنا|قناتنا|رسالتنا)"
        ),
    ),
    (_C.FOLLOW_US, rf"(?:لمتابعه|لمتابعتنا|للاشتراك|حمل|حملوا)\b.*(?:{_NETWORK})"),
    (
        _C.FOLLOW_US,
        r"(?:(?:للمزيد |ل)?(?:تابع|انضم|اشترك|متابع)\w{0,4}|رابط|قنا[هت]\w{0,2})\b.*t\.me/",
    ),
    (_C.TAGS, r"(?:وسوم|الوسوم|كلمات (?:دلاليه|مفتاحيه)|الكلمات المفتاحيه|برچسب ها|tags)\s*[:]"),
    (_C.SOURCE, r"(?:المصدر|مصدر الخبر|منبع|source)\s*[:]\s*\S"),
    (_C.SHARE, rf"(?:شارك|شاركوا|شاركها|مشاركه|انشر)\s+(?:علي|عبر|في)\s+(?:{_NETWORK})\s*$"),
    (_C.SHARE, r"(?:شارك|شاركوا|مشاركه)\s+(?:هذ[اه]\s+)?(?:الخبر|المقال|الموضوع|الصفحه|القصه)\b"),
    (_C.COMMENTS, r"(?:اترك|اضف|اكتب)\s+(?:تعليقا|تعليقك|تعليق|ردا|رد)\b"),
    (_C.COMMENTS, r"لن يتم نشر عنوان بريدك"),
    (_C.COMMENTS, r"الحقول الالزاميه مشار"),
    (_C.COMMENTS, r"(?:احفظ|حفظ) اسمي.*(?:المتصفح|تعليقي)"),
    (
        _C.COMMENTS,
        r"(?:الاراء|المقالات|التعليقات|المواد|المشاركات)\s.{0,40}(?:لا تعبر|تعبر عن راي)",
    ),
    (_C.COMMENTS, r"(?:اراء الكتاب|ما ينشر)\s.{0,30}لا (?:تعبر|يعبر)"),
    (_C.COMMENTS, r"بروتوكول نشر التعليقات"),
    (_C.COMMENTS, r"تعليقك يحتوي علي رابط"),
    (_C.COMMENTS, r"شما در حال پاسخ به نظر"),
    (_C.CONTACT, r"للتواصل(?: مع (?:الكاتب|الكاتبه|المحرر))?\s*[:].*(?:@|\d{4})"),
    (_C.CONTACT, r"للتواصل(?: مع (?:الكاتب|الكاتبه))?\s+ارسل\s+(?:رساله|sms)"),
    (_C.COPYRIGHT, r"(?:©|\(c\)|copyright)"),
    (_C.COPYRIGHT, r"(?:جميع |كافه |كل )?(?:الحقوق|حقوق النشر|حقوق الطبع) محفوظه"),
    (_C.COPYRIGHT, r"(?:تمام|تمامي|كليه)? ?حقوق .{0,60}محفوظ"),
    (_C.NAVIGATION, r"(?:previous|next|السابق|التالي|المقال السابق|المقال التالي)\s*:"),
    (_C.META, r"-->|<!--"),
    (
        _C.TAGS,
        (
            r"(?:هذه (?:المقاله|التدوينه)|هذا (?:المقال|الموضوع)) (?:كتبت|كتب|نشرت|نشر) في "
            r"(?:ال)?(?:تصنيف|قسم)"
        ),
    ),
    (_C.META, r"(?:list \d+ of \d+|مده الاستماع|مده الفيديو|اندازه متن|published on)\b"),
    (
        _C.META,
        (
            r"(?:المشاهدات|عدد المشاهدات|مشاهدات|عدد القراءات|القراءات|شناسه|شناسه خبر|"
            r"تعداد بازديد)\s*:?\s*[\d.,]+"
        ),
    ),
    (_C.META, r"(?:انتهاي|پايان) پيام\s*/"),
    (_C.COPYRIGHT, r".{0,40}all rights reserved"),
    (_C.META, r"(?:كد خبر(?:نگار)?|كود الخبر|رقم الخبر)\s*[:]?\s*\d+"),
    (_C.META, r"(?:التعليق علي الصوره|صدر الصوره|مصدر الصوره)\s*،"),
)
# How long it takes to read: `3 دقائق قراءة`, `مدة القراءة: خمس دقائق`, `4 min read`.
_MINUTES = r"(?:دقيقه|دقيقتان|دقيقتين|دقايق|minutes?|mins?)"
_READING_TIME = compiled(
    rf"(?:\w+\s+)?{_MINUTES}\s+(?:للقراءه|قراءه|من القراءه|مطالعه|read)"
    rf"|(?:مده|وقت|زمن|زمان)\s+(?:القراءه|مطالعه)(?:\s+المتوقع)?\s*:?\s*(?:\w+\s+){{0,2}}{_MINUTES}"
    rf"|(?:القراءه|قراءه|يقرا|تقرا)\s+(?:في|خلال)\s*:?\s*(?:\w+\s+)?{_MINUTES}"
)
# Signs that open a message to followers: `🔴 للمزيد تابعونا`, `👈 انضم`, `✅ اشترك`.
_SIGNS = compiled(r"\A(?:[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]\s*)+")
_STARTS = tuple((kind, compiled(pattern)) for kind, pattern in _OPENINGS)
# A sum to prove that the reader is no machine: `واحد × 3 =`, `٥ + ستة =`.
_CAPTCHA = compiled(r"[\w ]{1,16}\s*[×x*+−–-]\s*[\w ]{1,16}\s*=\s*\??\W*")
_HASH_TAGS = compiled(r"(?:#[^\W\d]\w{1,60}\s*){1,30}")
_EMAIL = compiled(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}")
_NETWORKS = compiled(_NETWORK + "|لينكد|rss|linkedin|pinterest")
_MOST_WORDS_OF_SHARING = 12

# The way to a page through the sections of its site: `الرئيسية > أخبار > ثقافة`.
_STEP = compiled(r"\s*[>›]\s*|\s+[»/|\\<‹«←→]\s+")
_ARROW = compiled(r"[>›]|\s»\s")
_MOST_WORDS_OF_A_STEP = 4
_HOME = frozenset(
    folded_phrases("الرئيسية|الصفحة الرئيسية|البداية|خانه|صفحه اصلی|صفحۂ اول|ראשי|home")
)
_LONGEST = 160
_LONGEST_SECTION, _LONGEST_SITE_SENTENCE = 30, 600


def boilerplate_of(line: str) -> Boilerplate | None:
    """Return what a line is by its wording alone, or None when nothing in it says so.

    Lines over 160 characters never match: a site's own phrases are short.
    """
    if len(line) > _LONGEST:
        return None
    words = fold_words(line)
    if kind := _KINDS.get(words) or _KINDS.get(_NUMBER_AROUND.sub("", words)):
        return Boilerplate(kind, Extent.WHOLE)
    folded = _SIGNS.sub("", fold(line)).strip(" *•-–—|#>»«")
    if "=" in line and _CAPTCHA.fullmatch(folded):
        return Boilerplate(_C.CAPTCHA, Extent.WHOLE)
    if line.startswith("#") and _HASH_TAGS.fullmatch(line):
        return Boilerplate(_C.TAGS, Extent.WHOLE)
    if _EMAIL.fullmatch(line.strip()):
        return Boilerplate(_C.CONTACT, Extent.WHOLE)
    if _READING_TIME.fullmatch(folded):
        return Boilerplate(_C.META, Extent.WHOLE)
    if len(set(_NETWORKS.findall(folded))) > 2 and len(folded.split()) <= _MOST_WORDS_OF_SHARING:
        return Boilerplate(_C.SHARE, Extent.WHOLE)
    for kind, pattern in _STARTS:
        if pattern.match(folded):
            return Boilerplate(kind, Extent.OPENING)
    return None


def is_section(line: str) -> bool:
    """Say whether a whole line is the name of a section that sites have (`اقتصاد`, `ورزشی`)."""
    return len(line) <= _LONGEST_SECTION and fold_words(line) in _SECTIONS


# Words of a site about itself and its readers: accounts, comments, rules, newsletters.
_SITE_TERM = compiled(
    r"\b(?:[وفبلك]|ال|لل|بال|وال)*(?P<term>"
    r"تعليق(?:ات|اتكم|ك|كم)?|مستخدم(?:ين|ون|و)?|موقعنا|حساب(?:ك|كم|ات)|بريد(?:ك|كم)|"
    r"مشرف(?:ين|ون)|كلمه المرور|كلمه السر|خصوصيه|ملفات تعريف الارتباط|كوكيز|نشره البريديه|"
    r"اشتراك|اشترك|متصفح(?:ك)?|"
    r"حقوق|محفوظه|نشر|اقتباس|اعاده|حظر|زوار|قراء|اداره الموقع|اراء|وجهه نظر|تعبر|مسووليه|مسوول|"
    r"شروط الاستخدام|صحيفه الكترونيه|موقع الكتروني|تابعه ل|تاسست|انطلقت|"
    r"كاربر(?:ان|ي)?|ديدگاه(?:ها)?|نظرات|سايت|رمز عبور|خبرنامه|ذكر منبع|بلامانع|بلا مانع|"
    r"مطالب|كليه حقوق|"
    r"תגובו?ת|משתמש(?:ים)?|האתר|סיסמה|דוא ל|פרטיות|זכויות|"
    r"تبصر[هے]|ويب سائٹ|صارف(?:ين)?|پاليسي|"
    r"cookies?|comments?|users?|password|privacy|subscribe|copyright"
    r")\b"
)
_STEM, _FEWEST_TERMS, _TERMS_OF_A_LONG_LINE, _LONG_LINE = 4, 2, 3, 25


def is_of_site(line: str) -> bool:
    """Say whether a sentence sounds like a site's about itself: its rules, accounts, comments.

    An article about such things sounds the same: a signal, never a verdict.
    """
    is_long = line.count(" ", 0, _LONGEST_SITE_SENTENCE) >= _LONG_LINE
    return site_terms(line) >= (_TERMS_OF_A_LONG_LINE if is_long else _FEWEST_TERMS)


def site_terms(line: str) -> int:
    """Return the number of different words in a line that sites use of themselves."""
    folded = fold_words(line[:_LONGEST_SITE_SENTENCE])
    return len({found["term"][:_STEM] for found in _SITE_TERM.finditer(folded)})


def is_trail(line: str) -> bool:
    """Say whether a line is a trail of breadcrumbs: short steps from a site's home or sections.

    With arrows, three steps are enough.
    """
    if len(line) > _LONGEST:
        return False
    steps = [fold_words(step) for step in _STEP.split(line.strip()) if step.strip()]
    if len(steps) < 2 or any(len(step.split()) > _MOST_WORDS_OF_A_STEP for step in steps[:-1]):
        return False
    if steps[0] in _HOME:
        return True
    is_short = len(steps[-1].split()) <= _MOST_WORDS_OF_A_STEP
    sections = sum(1 for step in steps if step in _SECTIONS)
    return is_short and (sections > 1 or bool(_ARROW.search(line) and (sections or len(steps) > 2)))
