"""The last letter of an Arabic word written with Persian yeh, which has dots nowhere: ي or ى."""

from __future__ import annotations

from exporter.patterns import compiled

_MARKS = compiled("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
# Words that end in alef maqsura, without what may be joined before them.
_MAQSURA = frozenset(
    """
    على إلى الى حتى متى لدى سوى بلى إحدى احدى مدى هدى رؤى قرى خطى ذرى فتى غنى لظى أذى ندى صدى
    دجى ضحى كرى رحى عمى أخرى كبرى صغرى عظمى وسطى فضلى شورى أعلى أدنى أقصى أسمى أغنى أقوى أغلى
    أحلى أرقى أدهى أنقى أزكى أوفى أشهى أتقى أعمى أوعى مستشفى مغزى مقهى منتدى ملتقى مسعى مرمى
    مجرى ملهى مأوى مثوى مشفى منفى مصطفى مرتضى مجتبى مقتضى مبتغى مستثنى مشترى محتوى مستدعى مرعى
    مشتهى موسيقى مكتفى قتلى جرحى مرضى موتى صرعى غرقى هلكى حمقى شتى يتامى نصارى حيارى سكارى ندامى
    قدامى كسالى أسارى ثكالى فتوى دعوى شكوى جدوى عدوى نجوى بلوى سلوى طوبى حبلى أنثى قربى ليلى
    لبنى عيسى موسى كسرى فتاوى دعاوى شكاوى قضى كوى أتى عصى أبدى أوصى أحصى أخفى أضفى أرسى أملى
    أفتى أمسى أضحى أغرى أوحى أثنى أدلى أعفى أهدى أسدى أنشى أذكى أردى غطى نحى عزى زكى تولى تخطى
    تسنى تردى تأنى تنامى تبارى تشافى انتهى اكتفى اشترى التقى ارتقى اختفى احتوى انقضى اعتلى ارتدى
    اكتسى اقتضى افترى انتمى استوى انحنى اهتدى انتقى احتمى ادعى اقتنى امتطى انبرى انزوى انطوى
    اصطفى اعتنى احتسى انثنى اجتبى ابتغى استثنى استولى استعصى استلقى استغنى استسقى استقوى استبقى
    استهوى استرضى استوفى استقصى يرى ترى نرى أرى يبقى تبقى يسعى تسعى يتلقى تتلقى يخشى تخشى يرعى
    ترعى يرضى ترضى ينسى تنسى يتولى تتولى يتبنى تتبنى يتمنى تتمنى يتخطى تتخطى يتعدى تتعدى يتحدى
    تتحدى يتسنى يحظى تحظى يطغى تطغى يتخلى تتخلى يتصدى تتصدى يتجلى تتجلى يتماشى تتماشى يتلاشى
    تتلاشى يتنامى تتنامى تحيى يشقى يغشى يهوى يفنى يتأتى يتغنى نلقى نبقى نسعى ننسى مزدرى مفترى
    مستقى ملغى معطى مبقى مصفى منقى مغطى موصى مزكى معلى رجعى عقبى ضيزى سدى سكنى عسى قصوى فوضى
    أفعى رعى يراعى مراعى مولى مفدى أتمنى نتمنى أمضى يتنحى تنحى أخشى أسعى تساوى تتساوى يتساوى
    تهادى يتهادى تتحرى يتحرى تحرى تهاوى تتهاوى يتهاوى نشامى جمادى مرأى تباهى يتباهى تتباهى يتبقى
    تتبقى منحى احتفى ممشى ارتأى عانى أعشى نتولى نتلقى نتخلى اعترى تراءى تبدى تفشى يتفشى تتفشى
    تقاضى يتقاضى تتقاضى تعاطى يتعاطى تتعاطى تشظى توخى يتوخى
    """.split()
)
# Words that are one thing with ي and another with ى: both are left to the reader, to whom the
# Persian letter looks like the second.
_EITHER = frozenset(
    """
    أبى أجرى أدى أسرى أعطى ألغى ألقى أنهى أنى أولى أيامى استدعى بشرى بقى بكى بنى تأتى تبنى تجرى
    تجلى تحدى تحلى تخفى تخلى تداعى تدعى تدنى تراضى ترقى تسمى تصدى تعافى تعالى تعدى تعطى تغنى
    تفادى تقصى تقوى تلاقى تلقى تمادى تمنى توالى توفى جرى جوى حسنى حكى حلى حمى خلى درى ذكرى رأى
    ربى رقى رمى روى سرى سعى سفلى سلمى سمى شفى صلى طغى طوى عدى علا عنى قسى قوى كفى لبى مبنى مثلى
    مثنى مدعى مربى مرسى مستوى مسمى مشى مصلى مضى معفى معنى مقوى منتهى منحنى منى نفى نمى نهى نوى
    هوى والى ولى يتعافى يتوفى يجرى يحيى يدعى يسرى يسمى يعطى يعنى يقوى يلقى يمنى ينهى
    """.split()
)


def final_yeh(word: str) -> str:
    """Return the letter that ends an Arabic word which was written with a Persian yeh there.

    It is the Persian one itself where the word alone does not tell.
    """
    letters = _MARKS.sub("", word).replace("ک", "ك")
    stem = letters[:-1].replace("ی", "ي") + "ى"
    stems = _stems(stem)
    if any(one in _EITHER for one in stems):
        return "ی"
    return "ى" if any(one in _MAQSURA for one in stems) else "ي"


def _stems(word: str) -> tuple[str, ...]:
    """Return the word itself and what is left of it without conjunction, preposition, article."""
    stems = [word]
    for prefix in ("و", "ف", "س"):
        stems += [one[1:] for one in tuple(stems) if one.startswith(prefix)]
    for prefix in ("ب", "ك", "ل"):
        stems += [one[1:] for one in tuple(stems) if one.startswith(prefix)]
    for prefix in ("ال", "لل"):
        stems += [one[2:] for one in tuple(stems) if one.startswith(prefix)]
    stems += [one[1:] for one in tuple(stems) if one.startswith("ل")]
    stems += [f"ا{one[1:]}" for one in tuple(stems) if one.startswith(("أ", "إ"))]
    return tuple(stems)
