"""Pages in the shapes that common site software makes, around texts of our own.

Each shape is a function from a Story to the HTML of a page. What is junk in a page says `LEAK`
somewhere, so that a test sees at once what got through.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """An article, and what its page says of it."""

    language: str
    title: str
    author: str
    day: str
    shown_day: str
    standfirst: str
    paragraphs: tuple[str, ...]
    heading: str
    heading_at: int = 3

    @property
    def body(self) -> tuple[str, ...]:
        """The paragraphs with the sub-heading among them."""
        before, after = self.paragraphs[: self.heading_at], self.paragraphs[self.heading_at :]
        return (*before, self.heading, *after)


ARABIC = Story(
    language="ar",
    title="حدائق السطوح تعود إلى بيوت المدينة القديمة",
    author="سلمى الحداد",
    day="2023-05-12",
    shown_day="12 مايو 2023",
    standfirst="بعد عقود من الهجر صارت السطوح مزارع صغيرة تطعم أصحابها وتبرّد غرفهم في الصيف.",
    paragraphs=(
        "لم يكن سطح البيت عند أم ياسر أكثر من مكان لخزان الماء والأثاث المكسور، حتى جاء ربيع العام "
        "الماضي فرفعت إليه عشرين صندوقًا من الخشب وملأتها بالتراب.",
        "تقول وهي تقطف النعناع إن الزراعة علّمتها الصبر، وإن الجارات اللواتي سخرن منها أول الأمر "
        "يأتين اليوم يسألن عن البذور ومواعيد السقي.",
        "وتقدّر جمعية السطوح الخضراء عدد البيوت التي دخلت التجربة بأربعمئة بيت، وتقول إن حرارة "
        "الغرف تحت السطح المزروع تنخفض أربع درجات في المتوسط.",
        "غير أن الطريق ليست مفروشة بالورد: فالماء شحيح، والسطوح القديمة لا تحتمل كل هذا الثقل من "
        "غير أن يفحصها مهندس قبل أن يوضع فوقها أول صندوق.",
        "ويقترح المهندسون ترابًا خفيفًا يخلط بقشور الأرز وحجر الخفّاف، ويزن نصف ما يزنه تراب "
        "الحقول، ويحفظ من الماء ضعف ما يحفظه.",
        "وحين تغيب الشمس تجلس أم ياسر بين صناديقها وتعدّ ثمار الطماطم واحدة واحدة، ثم تضحك وتقول "
        "إنها لن تنزل إلى السوق هذا الأسبوع.",
    ),
    heading="ماء قليل وسقف قديم",
)
PERSIAN = Story(
    language="fa",
    title="کتابخانه‌ای که با دوچرخه به روستا می‌رود",
    author="نرگس کاظمی",
    day="2022-11-03",
    shown_day="3 نوامبر 2022",
    standfirst="معلم بازنشسته‌ای هر هفته صد کتاب را با دوچرخه به روستاهای کنار رودخانه می‌برد.",
    paragraphs=(
        "هر پنجشنبه پیش از طلوع آفتاب، آقای مرادی صندوق کتاب‌ها را پشت دوچرخه می‌بندد و از جادهٔ "
        "خاکی کنار رودخانه راهی روستاها می‌شود.",
        "او می‌گوید که در سال اول فقط سه کودک منتظرش می‌ماندند، اما امروز بیش از صد خواننده در هفت "
        "روستا دارد که بعضی از آنها مادربزرگ هستند.",
        "کتاب‌ها را مردم شهر می‌بخشند و او هر کدام را پیش از آن که به صندوق برود می‌خواند و در "
        "دفتری کوچک می‌نویسد که برای چه سنی خوب است.",
        "جاده در زمستان گل می‌شود و دوچرخه گاهی تا زانو فرو می‌رود، با این همه او حتی یک هفته هم "
        "سفرش را تعطیل نکرده است و نمی‌خواهد بکند.",
        "شورای روستا اتاقی در اختیار او گذاشته است تا کتاب‌ها در آن بماند و بچه‌ها هر روز هفته "
        "بتوانند بیایند و بخوانند و امانت بگیرند.",
    ),
    heading="زمستان و جادهٔ خاکی",
)
URDU = Story(
    language="ur",
    title="پرانے شہر کی گلیوں میں خطاطی کی نئی درس گاہ",
    author="عائشہ قریشی",
    day="2021-02-20",
    shown_day="20 فروری 2021",
    standfirst="ایک بند پڑے ہوئے مکان میں اب ہر شام پچاس طلبہ قلم تراشنا اور حروف لکھنا سیکھتے ہیں۔",
    paragraphs=(
        "شہر کی فصیل کے اندر ایک تنگ گلی میں وہ مکان ہے جس کے دروازے پر برسوں تالا لگا رہا اور جس "
        "کی چھت پر کبوتروں کے سوا کوئی نہیں آتا تھا۔",
        "استاد رحمت علی نے پچھلے سال یہ مکان کرائے پر لیا، دیواروں پر سفیدی کرائی اور صحن میں چٹائیاں "
        "بچھا کر خطاطی کی درس گاہ کھول دی۔",
        "ان کا کہنا ہے کہ پہلے مہینے صرف چار شاگرد آئے تھے مگر اب جگہ کم پڑ گئی ہے اور نئے آنے والوں "
        "کو اگلے مہینے کا انتظار کرنا پڑتا ہے۔",
        "سبق کی ابتدا قلم تراشنے سے ہوتی ہے، پھر روشنائی بنانا سکھایا جاتا ہے اور اس کے بعد کہیں جا "
        "کر پہلا حرف لکھنے کی اجازت ملتی ہے۔",
        "شاگردوں میں طالب علم بھی ہیں اور دکان دار بھی، اور ایک ریٹائرڈ انجینئر بھی جو کہتے ہیں کہ "
        "انہیں یہاں آ کر سکون ملتا ہے۔",
    ),
    heading="قلم سے حرف تک",
)
HEBREW = Story(
    language="he",
    title="המאפייה השכונתית שחזרה לאפות בתנור אבן",
    author="יעל ברק",
    day="2024-01-09",
    shown_day="9 January 2024",
    standfirst="שלושה שכנים שיפצו תנור בן מאה שנה, והיום עומד לפניו תור ארוך בכל בוקר של חורף.",
    paragraphs=(
        "בשעה חמש בבוקר, כשהרחוב עוד חשוך, מדליקה דינה את האש בתנור האבן שעמד ריק במשך ארבעים שנה "
        "מאחורי הבית הישן שבקצה השכונה.",
        "את התנור מצאו היא ושני שכניה במקרה, כשפינו את המחסן מגרוטאות, והם החליטו לשפץ אותו במו "
        "ידיהם בלי לדעת דבר וחצי דבר על אפייה.",
        "בחודש הראשון נשרפו רוב הכיכרות, מספר יוסי, אבל השכנים קנו גם את השרופות כי ריח הלחם החזיר "
        "להם את הילדות ואת הרחוב שהיה פעם.",
        "הקמח מגיע מטחנה קטנה בצפון, והשאור בן שלוש שנים כבר, והוא נשמר במרתף שבו הטמפרטורה אינה "
        "משתנה כמעט בין הקיץ לחורף.",
        "עכשיו הם מלמדים ילדים לאפות בימי שישי, ואומרים שאין דבר משמח יותר מילד שמחזיק בידיו את "
        "הכיכר הראשונה שלו כשהיא עוד חמה.",
    ),
    heading="קמח, מים וסבלנות",
)

SITE = "مجلة الشرفة"


def _paragraphs(story: Story, *, heading: str = "<h2>{}</h2>") -> list[str]:
    return [
        heading.format(text) if text == story.heading else f"<p>{text}</p>" for text in story.body
    ]


def _menu(number: int = 8) -> str:
    entries = "".join(f'<li><a href="/s{n}">LEAK قسم {n}</a></li>' for n in range(number))
    return f"<ul>{entries}</ul>"


def _cards(number: int = 4) -> str:
    return "".join(
        f'<div class="card"><a href="/n{n}"><img src="/t{n}.jpg" width="300" height="200" alt="">'
        f"<h3>LEAK خبر آخر لا علاقة له بهذا المقال رقم {n}</h3></a>"
        f"<p>LEAK هذا ملخص لخبر آخر من أخبار الموقع لا يخص قارئ هذا المقال في شيء رقم {n}.</p></div>"
        for n in range(number)
    )


_COMMENTS = "".join(
    f"<p>LEAK تعليق: شكرًا للكاتبة على هذا المقال الجميل، وقد جرّبت ذلك بنفسي في بيتنا {n} مرات.</p>"
    for n in range(5)
)


def _head(story: Story, *extra: str, title: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="{story.language}" dir="rtl"><head><meta charset="utf-8">'
        f"<title>{title or f'{story.title} - {SITE}'}</title>{''.join(extra)}</head>"
    )


def _open_graph(story: Story) -> str:
    return (
        f'<meta property="og:title" content="{story.title}">'
        f'<meta property="og:site_name" content="{SITE}">'
        f'<meta property="og:description" content="{story.standfirst}">'
        '<meta property="og:url" content="https://example.org/story">'
    )


def _json_ld(story: Story, **more: object) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": f"{story.day}T08:30:00+03:00",
        "author": {"@type": "Person", "name": story.author},
        "publisher": {"@type": "Organization", "name": SITE},
        **more,
    }
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def wordpress_classic(story: Story) -> str:
    """A classic theme: entry-content, sharing, related posts, comments, widgets."""
    read_also = '<p><strong>اقرأ أيضًا: <a href="/x">LEAK موضوع آخر من الأرشيف</a></strong></p>'
    text = _paragraphs(story)
    text.insert(2, read_also)
    return (
        _head(story, _open_graph(story), _json_ld(story))
        + f'<body class="post-template-default single single-post"><div id="page"><header id="masthead">'
        f'<nav class="main-navigation">{_menu()}</nav></header><div id="content"><main><article '
        f'class="post type-post category-news tag-garden"><header class="entry-header"><h1 class="entry-title">'
        f'{story.title}</h1><div class="entry-meta"><span class="posted-on"><time class="entry-date" '
        f'datetime="{story.day}T08:30:00+03:00">{story.shown_day}</time></span> <span class="byline">'
        f'<a class="url fn n" href="/author/s">{story.author}</a></span></div></header>'
        f'<div class="entry-content">{"".join(text)}<div class="sharedaddy sd-sharing-enabled"><h3>LEAK '
        f'شارك هذا الموضوع:</h3><ul><li><a href="#">LEAK فيس بوك</a></li></ul></div><div id="jp-relatedposts" '
        f'class="jp-relatedposts"><h3>LEAK مرتبط</h3>{_cards(3)}</div></div><footer class="entry-footer">'
        f'<span class="tags-links">LEAK <a rel="tag" href="/t">زراعة</a></span></footer></article>'
        f'<nav class="navigation post-navigation">LEAK <a href="/p">المقال السابق</a></nav><div id="comments">'
        f'<h2>LEAK 5 تعليقات</h2>{_COMMENTS}</div></main><aside id="secondary" class="widget-area">'
        f"{_cards(5)}</aside></div><footer>LEAK جميع الحقوق محفوظة</footer></div></body></html>"
    )


def wordpress_block(story: Story) -> str:
    """A block theme: every element a wp-block, the picture a figure, post terms and comments."""
    return (
        _head(story, _open_graph(story), _json_ld(story, **{"@type": "BlogPosting"}))
        + f'<body><div class="wp-site-blocks"><header class="wp-block-template-part"><nav class='
        f'"wp-block-navigation">{_menu(5)}</nav></header><main class="wp-block-group"><h1 class='
        f'"wp-block-post-title">{story.title}</h1><figure class="wp-block-post-featured-image"><img '
        f'src="/wp-content/uploads/cover.jpg" width="1200" height="800" alt="سطح مزروع"></figure>'
        f'<div class="wp-block-post-date"><time datetime="{story.day}T08:30:00">{story.shown_day}</time>'
        f'</div><div class="entry-content wp-block-post-content is-layout-constrained">'
        f"{''.join(_paragraphs(story, heading='<h2 class=wp-block-heading>{}</h2>'))}</div><div class="
        f'"wp-block-post-terms taxonomy-post_tag">LEAK <a rel="tag" href="/t">زراعة</a></div>'
        f'<div class="wp-block-comments"><h2>LEAK التعليقات</h2>{_COMMENTS}</div></main><footer>'
        f"LEAK {_menu(3)}</footer></div></body></html>"
    )


def blogger(story: Story) -> str:
    """A blog whose paragraphs are parted by two line breaks in one div."""
    text = "<br /><br />\n".join(
        f"<b>{each}</b>" if each == story.heading else each for each in story.body
    )
    return (
        _head(story, title=f"{SITE}: {story.title}")
        + f'<body><div class="navbar section">{_menu(4)}</div><div id="header"><h1 class="title"><a '
        f'href="/">{SITE}</a></h1></div><div class="main"><h2 class="date-header"><span>{story.shown_day}'
        f'</span></h2><div class="post hentry"><h3 class="post-title entry-title">{story.title}</h3>'
        f'<div class="post-body entry-content" id="post-body-1"><div class="separator"><a href='
        f'"https://example.org/s1600/roof.jpg"><img src="https://example.org/s320/roof.jpg" width="320" '
        f'height="213" border="0"></a></div>{text}<div style="clear: both;"></div></div><div class='
        f'"post-footer"><span class="post-author vcard">مرسلة بواسطة <span class="fn">{story.author}'
        f'</span></span><div class="post-share-buttons">LEAK <a href="#">إرسال بالبريد الإلكتروني</a></div>'
        f'</div></div><div class="comments" id="comments">{_COMMENTS}</div></div><div class="sidebar">'
        f'<div class="widget"><h2>LEAK أرشيف المدونة</h2>{_menu(9)}</div></div></body></html>'
    )


def drupal(story: Story) -> str:
    """Fields in divs, Dublin Core in the head, a block of other articles in the middle."""
    text = _paragraphs(story)
    text.insert(3, f'<div class="block block-views related-content">{_cards(2)}</div>')
    return (
        _head(
            story,
            f'<meta name="dcterms.title" content="{story.title}">',
            f'<meta name="dcterms.creator" content="{story.author}">',
            f'<meta name="dcterms.date" content="{story.day}T08:30+03:00">',
            f'<meta name="dcterms.publisher" content="{SITE}">',
            title=f"{story.title} | {SITE}",
        )
        + f'<body class="html node-type-article"><div class="region region-header"><div class="block '
        f'block-menu">{_menu()}</div></div><div class="breadcrumb">LEAK <a href="/">الرئيسية</a> » '
        f'<a href="/n">أخبار</a></div><div id="block-system-main"><div class="node node-article"><h1 '
        f'class="page-header">{story.title}</h1><div class="submitted">{story.author} | {story.shown_day}'
        f'</div><div class="field field-name-body field-type-text-with-summary"><div class="field-items">'
        f'<div class="field-item even" property="content:encoded">{"".join(text)}</div></div></div><div '
        f'class="field field-name-field-tags">LEAK <a rel="tag" href="/t">زراعة</a></div><ul class="links '
        f'inline"><li><a href="/login">LEAK سجل الدخول للتعليق</a></li></ul></div></div><div class="region '
        f'region-sidebar-second">{_cards(4)}</div></body></html>'
    )


def news_cms(story: Story) -> str:
    """A news site: standfirst, lead picture with credit, ad slots, live ticker, read-more boxes."""
    text = _paragraphs(story)
    text.insert(1, '<div class="ad-slot" id="div-gpt-ad-1">LEAK إعلان</div>')
    text.insert(
        3,
        '<aside class="read-more-box"><h4>LEAK اقرأ أيضًا</h4><ul><li><a href="/a">LEAK عنوان خبر ثانٍ'
        '</a></li><li><a href="/b">LEAK عنوان خبر ثالث</a></li></ul></aside>',
    )
    return (
        _head(
            story, _open_graph(story), _json_ld(story, articleSection="مجتمع", keywords=["زراعة"])
        )
        + f'<body><div class="ticker">LEAK عاجل: {_menu(3)}</div><nav>{_menu(12)}</nav><article class='
        f'"story"><header><span class="section-name"><a href="/s">LEAK مجتمع</a></span><h1>{story.title}'
        f'</h1><p class="standfirst">{story.standfirst}</p><div class="byline">بقلم: {story.author}</div>'
        f'<div class="dates"><span>نشر في: {story.shown_day}</span></div><ul class="social-share"><li><a '
        f'href="#">LEAK فيسبوك</a></li><li><a href="#">LEAK إكس</a></li></ul></header><figure class="lead">'
        f'<picture><source type="image/webp" srcset="/i/roof-640.webp 640w"><img src="data:image/gif;base64'
        f',R0lGODlhAQABAAAAACw=" data-src="/i/roof-640.jpg" data-srcset="/i/roof-640.jpg 640w, /i/roof-1200'
        f'.jpg 1200w, /i/roof-2400.jpg 2400w" alt=""></picture><figcaption>سطح بيت مزروع <span class='
        f'"credit">تصوير: هالة نصر</span></figcaption></figure><div class="story-body">{"".join(text)}</div>'
        f'<div class="tags">LEAK <a href="/t">زراعة</a></div></article><section class="most-read"><h2>LEAK '
        f"الأكثر قراءة</h2>{_cards(6)}</section><footer>{_menu(6)}</footer></body></html>"
    )


def amp(story: Story) -> str:
    """An accelerated page: amp-img, amp-ad, no scripts of its own."""
    text = _paragraphs(story)
    text.insert(2, '<amp-ad type="x" width="300" height="250">LEAK</amp-ad>')
    return (
        _head(story, '<link rel="canonical" href="https://example.org/story">', _json_ld(story))
        + f'<body><amp-sidebar id="s">{_menu()}</amp-sidebar><header class="header">LEAK {SITE}</header>'
        f'<main><article><h1>{story.title}</h1><p class="meta">{story.author} — {story.shown_day}</p>'
        f'<amp-img src="https://example.org/roof.jpg" width="1080" height="610" layout="responsive" alt='
        f'"سطح مزروع"></amp-img>{"".join(text)}<amp-social-share type="twitter">LEAK</amp-social-share>'
        f"</article><section class='related-articles'>{_cards(3)}</section></main></body></html>"
    )


def div_soup(story: Story) -> str:
    """No semantics: lines in nested divs with meaningless names, the text in one of them."""
    text = "<br><br>".join(story.body)
    return (
        _head(story, title=f"{story.title} :: {SITE}")
        + f'<body><div id="w1"><div class="c3">{_menu(10)}</div><div class="c9"><div class="x1"><div '
        f'class="t7">{story.title}</div><div class="d2">{story.shown_day}</div><div class="d3">بقلم '
        f'{story.author}</div><div class="z5"><div>{text}</div></div><div class="q4">'
        f'{"".join(f"<a href=/k{n}>LEAK كلمة {n}</a> " for n in range(6))}</div></div><div class="y8">'
        f'{_cards(5)}</div></div><div class="ff">LEAK جميع الحقوق محفوظة © 2023</div></div></body></html>'
    )


def tables_of_2005(story: Story) -> str:
    """A page laid out with tables, fonts and spacers, in upper case, without closing tags."""
    text = "".join(
        f"<P ALIGN=right><FONT SIZE=3 FACE=Arial>"
        f"{f'<B>{each}</B>' if each == story.heading else each}</FONT>"
        for each in story.body
    )
    return (
        f"<HTML><HEAD><META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=utf-8'><TITLE>{SITE} - "
        f"{story.title}</TITLE></HEAD><BODY DIR=RTL><TABLE WIDTH=780 BORDER=0><TR><TD COLSPAN=2>{_menu(7)}"
        f"<TR><TD WIDTH=150 VALIGN=TOP>{_cards(3)}<TD VALIGN=TOP><TABLE><TR><TD><FONT SIZE=5 COLOR=#800000>"
        f"<B>{story.title}</B></FONT><TR><TD><FONT SIZE=2>{story.shown_day}</FONT><TR><TD><FONT SIZE=2>بقلم: "
        f"{story.author}</FONT><TR><TD><IMG SRC=spacer.gif WIDTH=1 HEIGHT=10>{text}<TR><TD ALIGN=center><A "
        f"HREF=print.asp>LEAK طباعة</A> | <A HREF=send.asp>LEAK إرسال</A></TABLE></TABLE>"
        f"<CENTER>LEAK جميع الحقوق محفوظة</CENTER></BODY></HTML>"
    )


def wiki(story: Story) -> str:
    """An encyclopaedia: edit links, a contents box, references that are notes, categories."""
    text = _paragraphs(
        story,
        heading='<div class="mw-heading mw-heading2"><h2 id="a">{}</h2><span class="mw-editsection">'
        '<span>[</span><a href="/edit">LEAK عدل</a><span>]</span></span></div>',
    )
    text[0] = text[0].replace(
        "</p>",
        '<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span>[</span>1<span>]</span></a>'
        "</sup></p>",
    )
    return (
        _head(story, '<link rel="canonical" href="https://example.org/wiki/story">')
        + f'<body class="mediawiki"><div class="vector-header"><nav>{_menu()}</nav></div><main id="content" '
        f'class="mw-body"><h1 id="firstHeading"><span>{story.title}</span></h1><div id="siteSub" class='
        f'"noprint">LEAK من الموسوعة</div><div id="mw-content-text"><div class="mw-content-rtl mw-parser-'
        f'output" lang="{story.language}" dir="rtl">{text[0]}<div id="toc" class="toc"><h2>LEAK المحتويات'
        f'</h2>{_menu(4)}</div>{"".join(text[1:])}<h2>مراجع</h2><div class="reflist"><ol class="references">'
        f'<li id="cite_note-1"><span class="mw-cite-backlink"><b><a href="#cite_ref-1">^</a></b></span> '
        f'<span class="reference-text">كتاب البيوت، ص 12.</span></li></ol></div></div></div><div id="catlinks" '
        f'class="catlinks">LEAK {_menu(3)}</div></main><footer>{_menu(4)}</footer></body></html>'
    )


def newsletter(story: Story) -> str:
    """A newsletter: subtitle, buttons to subscribe inside the text, footnotes at its end."""
    text = _paragraphs(story, heading="<h3>{}</h3>")
    text.insert(
        2,
        '<div class="subscription-widget-wrap"><div class="subscription-widget"><p>LEAK شكرًا للقراءة! '
        "اشترك لتصلك الرسائل الجديدة.</p><form><input><button>LEAK اشترك</button></form></div></div>",
    )
    return (
        _head(
            story,
            _open_graph(story),
            f'<meta name="author" content="{story.author}">',
            title=f"{story.title} - by {story.author}",
        )
        + f'<body><div class="main-menu">{_menu(3)}</div><div class="single-post"><article class='
        f'"typography newsletter-post post"><div class="post-header"><h1 class="post-title">{story.title}'
        f'</h1><h3 class="subtitle">{story.standfirst}</h3><div class="profile-hover-card"><a href="/@s">'
        f'{story.author}</a></div><div><time datetime="{story.day}T08:30:00Z">{story.shown_day}</time></div>'
        f'</div><div class="available-content"><div class="body markup" dir="auto">{"".join(text)}</div></div>'
        f'<div class="post-footer">LEAK <a href="#">شارك</a></div></article><div class="comments-page">'
        f"{_COMMENTS}</div></div></body></html>"
    )


def forum(story: Story) -> str:
    """A blog of a forum: the first post is the article, the others answer it."""
    answers = "".join(
        f'<li class="comment"><div class="comment-author vcard">LEAK قارئ {n}</div><div class="comment-content">'
        f"<p>LEAK موضوع رائع بارك الله فيك، وننتظر منك المزيد من هذه المواضيع المفيدة رقم {n}.</p></div></li>"
        for n in range(12)
    )
    return (
        _head(story, _open_graph(story))
        + f'<body><div id="menu">{_menu()}</div><div class="thread"><h1>{story.title}</h1><div class="post '
        f'first"><div class="postbody"><span class="author">{story.author}</span><span class="date">'
        f'{story.shown_day}</span><div class="content">{"".join(_paragraphs(story))}</div></div></div>'
        f'<ol class="commentlist">{answers}</ol></div></body></html>'
    )


def live_blog(story: Story) -> str:
    """A live page: each paragraph an entry with its hour."""
    entries = "".join(
        f'<div class="live-entry"><span class="entry-time">10:{10 + at}</span>{text}</div>'
        for at, text in enumerate(_paragraphs(story))
    )
    return (
        _head(story, _open_graph(story), _json_ld(story, **{"@type": "LiveBlogPosting"}))
        + f'<body><nav>{_menu()}</nav><main><article><h1>{story.title}</h1><div class="live-blog">{entries}'
        f"</div></article><aside>{_cards(4)}</aside></main></body></html>"
    )


def microdata(story: Story) -> str:
    """schema.org in attributes, the text split by advertisements into several divs."""
    texts = _paragraphs(story, heading="<p><strong>{}</strong></p>")
    halves = "".join(texts[:4]), "".join(texts[4:])
    return (
        _head(story, title=f"{SITE} | {story.title}")
        + f'<body><header>{_menu()}</header><div itemscope itemtype="https://schema.org/NewsArticle"><h1 '
        f'itemprop="headline">{story.title}</h1><meta itemprop="datePublished" content="{story.day}"><span '
        f'itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">'
        f'{story.author}</span></span><div itemprop="articleBody"><div class="part">{halves[0]}</div><div '
        f'class="adsbygoogle">LEAK إعلان</div><div class="part">{halves[1]}</div></div><div class="rating">'
        f"LEAK قيّم المقال</div></div><div class='sidebar'>{_cards(5)}</div></body></html>"
    )


def data_only(story: Story) -> str:
    """A page that scripts fill, whose JSON-LD has the whole text."""
    held = "\n".join(story.body)
    return (
        _head(story, _open_graph(story), _json_ld(story, articleBody=held))
        + '<body><div id="root"></div><noscript>LEAK You need to enable JavaScript.</noscript><script src='
        '"/app.js"></script></body></html>'
    )


SHAPES: Mapping[str, Callable[[Story], str]] = {
    shape.__name__: shape
    for shape in (
        wordpress_classic,
        wordpress_block,
        blogger,
        drupal,
        news_cms,
        amp,
        div_soup,
        tables_of_2005,
        wiki,
        newsletter,
        forum,
        live_blog,
        microdata,
        data_only,
    )
}
STORIES = {story.language: story for story in (ARABIC, PERSIAN, URDU, HEBREW)}
