"""Boilerplate: what a site says around its articles, recognised on one line by its wording.

The tables hold general wording and never a site's name. Whether a line that matches is dropped
is decided by its context, in the reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from exporter.arabic.folding import fold, fold_words


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
# Whole lines, in folded words: ar; fa; ur; he; en.
_WHOLE: tuple[tuple[BoilerplateClass, str], ...] = (
    (
        _C.NAVIGATION,
        (
            "الرئيسية|الصفحة الرئيسية|آخر الأخبار|كل الأخبار|أخر الأخبار|المزيد|عرض المزيد|"
            "عاجل|القائمة|"
            "قائمة|القائمة القائمة|من نحن|اتصل بنا|اتصلوا بنا|سياسة الخصوصية|"
            "بيان الخصوصية|أعلن معنا|"
            "للإعلان معنا|تسجيل الدخول|تسجيل|دخول|بحث|ابحث|البحث عن|شريط الأحداث|"
            "النسخة الرقمية|خدماتنا|"
            "خريطة الموقع|شروط الاستخدام|الشروط والأحكام|تخطى قائمة التنقل|تخطي إلى المحتوى|"
            "انتقل إلى المحتوى|الأرشيف|أرشيف|تصنيفات|التصنيفات|غير مصنف|"
            "هيئة التحرير|النشرة البريدية|"
            "الطقس|مواقيت الصلاة|بودكاست|كاريكاتير|ألبوم الصور|المقالات|تدوينة سابقة|تدوينة لاحقة|"
            "الصفحات|السابق|التالي|المقال السابق|المقال التالي|قائمة طعام|وضع مظلم|الوضع المظلم|"
            "صفحه اصلی|خانه|درباره ما|تماس با ما|آرشیو|آخرین اخبار|تبلیغات|پیوندها|"
            "جستجو|جستجو برای|"
            "نسخه دسکتاپ نسخه موبایل|فهرست|دسته ها|دسته بندی نشده|ورود|نقشه سایت|"
            "صفحۂ اول|مواد پر جائیں|سیکشن|سب دیکھیں|تلاش|محفوظات|زمرے|متفرق|استعمال کے ضوابط|"
            "پرائیویسی پالیسی|"
            "ראשי|דף הבית|חיפוש|צור קשר|אודות|תפריט|קטגוריות|ארכיון|כללי|התחבר|"
            "home|menu|search|about us|contact us|privacy policy|terms of use|login|log in|sign in|"
            "advertise with us|rss|pdf|skip to content|archives|categories|uncategorized"
        ),
    ),
    (
        _C.SHARE,
        (
            "شارك|مشاركة|مشاركه|شاركها|شارك المقال|شارك الخبر|شارك هذا الخبر|شارك هذا المقال|"
            "مشاركة الخبر|"
            "مشاركه الخبر|مشاركة المقال|شارك على|انسخ الرابط|نسخ الرابط|طباعة|اطبع|إرسال|ارسال|"
            "أرسل لصديق|حفظ|فيسبوك|تويتر|واتساب|تيليجرام|تلغرام|لينكد إن|بينتيريست|"
            "إنستغرام|انستجرام|"
            "اشتراک گذاری|اشتراک در|ارسال به دوستان|نسخه چاپی|نسخه چاپی ارسال به دوستان|لینک کوتاه|"
            "کپی لینک|share|share this|print|email|copy link|facebook|twitter|whatsapp|telegram|"
            "short url copy|short url|שתף|שיתוף|הדפסה|شیئر کریں|شیئر"
        ),
    ),
    (
        _C.READ_ALSO,
        (
            "اقرأ أيضا|إقرأ أيضا|اقرؤوا أيضا|اقرأوا أيضا|اقرأ المزيد|شاهد أيضا|"
            "شاهدوا أيضا|انظر أيضا|"
            "طالع أيضا|للمزيد|لقراءة المزيد|مواضيع قد تهمك|قد يهمك أيضا|قد يهمك|قد يعجبك أيضا|"
            "ربما يعجبك|بیشتر بخوانید|بیشتر بخوانيد|همچنین بخوانید|مزید پڑھیں|یہ بھی پڑھیں|קראו גם|"
            "קרא גם|עוד בנושא|read also|read more|see also"
        ),
    ),
    (
        _C.FOLLOW_US,
        (
            "تابعنا|تابعونا|تابعنا على|تابعونا على|تابعنا عبر|تابعونا عبر|اشترك الآن|"
            "انضم إلى ملايين المتابعين|follow us|ما را دنبال کنید|ہمیں فالو کریں|עקבו אחרינו"
        ),
    ),
    (
        _C.TAGS,
        (
            "وسوم|الكلمات الدالة|كلمات دالة|الوسوم|الكلمات المفتاحية|كلمات مفتاحية|"
            "كلمات دلالية|كلمات البحث|برچسب ها|tags"
        ),
    ),
    (_C.SOURCE, "المصدر|مصدر الخبر|منبع|source|מקור"),
    (
        _C.RELATED,
        (
            "مقالات ذات صلة|مواضيع ذات صلة|أخبار ذات صلة|مواضيع ذات علاقة|"
            "أخبار متعلقة|مقالات متعلقة|"
            "الموضوعات المتعلقة|موضوعات متعلقة|مواد ذات صلة|ذات صلة|مقالات مشابهة|مواضيع مشابهة|"
            "المزيد من المقالات|المزيد من الأخبار|المزيد حول هذه القصة|الأخبار الرئيسية|اخترنا لكم|"
            "اخترنا لك|مقالات مختارة|أخبار أخرى|مواضيع ساخنة اخرى|مقالات أخرى|الأكثر قراءة|"
            "الأكثر مشاهدة|"
            "الأكثر تصفحا|الأكثر تعليقا|أكثر تعليق|الأكثر تداولا|أحدث التدوينات|أحدث المقالات|"
            "أحدث التعليقات|أحدث الأخبار|آخر المقالات|مطالب مرتبط|اخبار مرتبط|"
            "پربازدید ها|پربازدیدترین|"
            "پربیننده ترین ها|"
            "اسی بارے میں|متعلقہ عنوانات|اہم خبریں|فیچر اور تجزیے|تازہ ترین|"
            "سب سے زیادہ پڑھی جانے والی|"
            "related articles|related posts|related|most read|trending|recent posts|פוסטים אחרונים|"
            "כתבות נוספות|نوشته های تازه|آخرین دیدگاه ها|recent comments"
        ),
    ),
    (
        _C.COMMENTS,
        (
            "اترك تعليقا|اترك تعليقك|اترك ردا|اترك رد|أضف تعليق|اضف تعليق|أضف تعليقا|أضف تعليقك|"
            "إضافة تعليق|إضافة تعليق جديد|اكتب تعليقك|شارك برأيك|اضف تعليقا واقرأ تعليقات القراء|"
            "لا توجد تعليقات|لا توجد تعليقات على الخبر|لا يوجد تعليقات|تعليق واحد|"
            "تعليقات|التعليقات|"
            "تعليق|تعليقك|إلغاء الرد|إلغاء الرد إرسال التعليق|إرسال التعليق|أرسل التعليق|"
            "التعليقات مغلقة|البريد الإلكتروني|البريد الالكتروني|الاسم|الموقع|الموقع الإلكتروني|"
            "لن يتم نشر عنوان بريدك الإلكتروني|الحقول الإلزامية مشار إليها بـ|"
            "لن يتم نشر عنوان بريدك الإلكتروني الحقول الإلزامية مشار إليها بـ|"
            "يجب أنت تكون مسجل الدخول لتضيف تعليق|شكرا لك تعليقك يحتاج مراجعة الإدارة قبل نشره|"
            "تم أضافة تعليقك سوف يظهر بعد المراجعة|"
            "احفظ اسمي بريدي الإلكتروني والموقع الإلكتروني في هذا المتصفح "
            "لاستخدامها المرة المقبلة في "
            "تعليقي|"
            "نظر شما|ارسال نظر|نظر|نظرات|دیدگاه|دیدگاه ها|بدون دیدگاه|لغو پاسخ|نوشتن دیدگاه|"
            "فرستادن دیدگاه|پاسخ دهید|پاسخ دادن|نام|ایمیل|وبسایت|دیدگاه ها بسته شده اند|"
            "نشانی ایمیل شما منتشر نخواهد شد|دیدگاه شما در انتظار بررسی است|"
            "تبصرہ|تبصرہ چھوڑیں|کوئی تبصرہ نہیں|ویب سائٹ|"
            "כתיבת תגובה|להגיב|אין תגובות|תגובה אחת|סגור לתגובות|לבטל|התגובה שלך|תגובות אחרונות|"
            "האימייל לא יוצג באתר|"
            "leave a reply|leave a comment|comments|no comments|cancel reply|post comment|"
            "your email address will not be published|comments are closed|"
            "please enable javascript to view the comments powered by disqus"
        ),
    ),
    (_C.COPYRIGHT, "جميع الحقوق محفوظة|الحقوق محفوظة|حقوق النشر محفوظة|all rights reserved"),
    (
        _C.BACK_TO_TOP,
        (
            "زر الذهاب إلى الأعلى|الذهاب إلى الأعلى|العودة إلى الأعلى|"
            "العودة للأعلى|إلى الأعلى|أعلى|"
            "أعلى الصفحة|back to top|to top|بازگشت به بالا|بالای صفحه"
        ),
    ),
    (
        _C.META,
        (
            "استمع|استمع للمقال|استمع إلى المقال|إعلان|إعلانات|اعلان|advertisement|آگهی|"
            "اشتہار|كود الخبر|کد خبر|استطلاع الرأي"
        ),
    ),
)
_KINDS = {fold_words(phrase): kind for kind, phrases in _WHOLE for phrase in phrases.split("|")}

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
    (_C.READ_ALSO, r"(?:بيشتر بخوانيد|همچنين بخوانيد|مزيد پڑهيں|read also|see also)\s*[:|]"),
    (_C.FOLLOW_US, rf"(?:تابع|تابعوا|تابعنا|تابعونا|اشترك|اشتركوا|انضم|انضموا)\b.*(?:{_NETWORK})"),
    (_C.FOLLOW_US, rf"(?:لمتابعه|لمتابعتنا|للاشتراك|حمل|حملوا)\b.*(?:{_NETWORK})"),
    (_C.TAGS, r"(?:وسوم|الوسوم|كلمات (?:دلاليه|مفتاحيه)|الكلمات المفتاحيه|برچسب ها|tags)\s*[:]"),
    (_C.SOURCE, r"(?:المصدر|مصدر الخبر|منبع|source)\s*[:]\s*\S"),
    (_C.SHARE, rf"(?:شارك|شاركوا|شاركها|مشاركه|انشر)\s+(?:علي|عبر|في)\s+(?:{_NETWORK})\s*$"),
    (_C.SHARE, r"(?:شارك|شاركوا|مشاركه)\s+(?:هذ[اه]\s+)?(?:الخبر|المقال|الموضوع|الصفحه|القصه)\b"),
    (_C.COMMENTS, r"(?:اترك|اضف|اكتب)\s+(?:تعليقا|تعليقك|تعليق|ردا|رد)\b"),
    (_C.COMMENTS, r"لن يتم نشر عنوان بريدك"),
    (_C.COMMENTS, r"الحقول الالزاميه مشار"),
    (_C.COMMENTS, r"(?:احفظ|حفظ) اسمي.*(?:المتصفح|تعليقي)"),
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
    (_C.COPYRIGHT, r".{0,40}all rights reserved"),
    (_C.META, r"(?:كد خبر(?:نگار)?|كود الخبر|رقم الخبر)\s*[:]?\s*\d+"),
    (_C.META, r"(?:التعليق علي الصوره|صدر الصوره|مصدر الصوره)\s*،"),
)
# How long it takes to read: `3 دقائق قراءة`, `مدة القراءة: خمس دقائق`, `4 min read`.
_MINUTES = r"(?:دقيقه|دقيقتان|دقيقتين|دقايق|minutes?|mins?)"
_READING_TIME = re.compile(
    rf"(?:\w+\s+)?{_MINUTES}\s+(?:للقراءه|قراءه|من القراءه|مطالعه|read)"
    rf"|(?:مده|وقت|زمن|زمان)\s+(?:القراءه|مطالعه)(?:\s+المتوقع)?\s*:?\s*(?:\w+\s+){{0,2}}{_MINUTES}"
    rf"|(?:القراءه|قراءه|يقرا|تقرا)\s+(?:في|خلال)\s*:?\s*(?:\w+\s+)?{_MINUTES}"
)
_STARTS = tuple((kind, re.compile(pattern)) for kind, pattern in _OPENINGS)
# A sum to prove that the reader is no machine: `واحد × 3 =`, `٥ + ستة =`.
_CAPTCHA = re.compile(r"[\w ]{1,16}\s*[×x*+−–-]\s*[\w ]{1,16}\s*=\s*\??\W*")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}")
_NETWORKS = re.compile(_NETWORK + "|لينكد|rss|linkedin|pinterest")
_MOST_WORDS_OF_SHARING = 12

# The way to a page through the sections of its site: `الرئيسية > أخبار > ثقافة`.
_STEP = re.compile(r"\s*[>›]\s*|\s+[»/|\\<‹«←→]\s+")
_ARROW = re.compile(r"[>›]|\s»\s")
_MOST_WORDS_OF_A_STEP = 4
_HOME = frozenset(
    map(fold_words, "الرئيسية|الصفحة الرئيسية|البداية|خانه|صفحه اصلی|صفحۂ اول|ראשי|home".split("|"))
)
_SECTIONS = frozenset(
    map(
        fold_words,
        (
            "أخبار|الأخبار|سياسة|السياسة|اقتصاد|الاقتصاد|رياضة|الرياضة|ثقافة|الثقافة|ثقافة وفن|"
            "ثقافة وفنون|فن|فنون|منوعات|مقالات|رأي|الرأي|آراء|تقارير|تحقيقات|حوارات|علوم|تكنولوجيا|"
            "علوم وتكنولوجيا|تقنية|صحة|مجتمع|محليات|عربي|دولي|العالم|سفر|كتب|ملفات|مدونات|فيديو"
        ).split("|"),
    )
)
_LONGEST = 160


def boilerplate_of(line: str) -> Boilerplate | None:
    """Return what a line is by its wording alone, or None when nothing in it says so.

    Lines over 160 characters never match: a site's own phrases are short.
    """
    if len(line) > _LONGEST:
        return None
    if kind := _KINDS.get(fold_words(line)):
        return Boilerplate(kind, Extent.WHOLE)
    folded = fold(line).strip(" *•-–—|#>»«")
    if "=" in line and _CAPTCHA.fullmatch(folded):
        return Boilerplate(_C.CAPTCHA, Extent.WHOLE)
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
