"""What readers expect whole is isolated, and nothing else is."""

import pytest

from exporter.arabic.isolates import isolate_patterns
from exporter.article import Direction, Isolate, Link, Text, inline_text


def isolated(text: str) -> list[str]:
    inlines = tuple(isolate_patterns(text))
    assert inline_text(inlines) == text
    return [inline_text((part,)) for part in inlines if not isinstance(part, Text)]


@pytest.mark.parametrize(
    "whole",
    [
        "https://example.org/a?b=1&c=2#d",
        "http://library.local:8080/books/",
        "www.example.org/ar",
        "example.com",
        "example.org/path",
        "editor@example.org",
        "first.last+tag@mail.example.co.uk",
        "@arabic_type",
        "#Ramadan2024",
        "C++",
        "C++17",
        "C#",
        ".NET",
        ".docx",
        "*.epub",
        "len()",
        "os.path.join()",
        "3.11.4",
        "v2",
        "v3.0-beta2",
        "1.0.0-rc1",
        "192.168.1.10",
        "2024-05-12",
        "2024-05-12T14:30:00Z",
        "٢٠٢٤-٠٥-١٢",
        "14:30",
        "٩:٤٥",
        "10:30:15",
        "+966 50 123 4567",
        "+1 202-555-0147",
        "00962 6 555 1234",
        "050-1234567",
        "555-123-4567",
        "52 °C",
        "64-bit",
        "-5 °C",
        "920-000-123",
        "(011) 465-1234",
        "1-800-555-0199",
        "٠٥٠-١٢٣٤٥٦٧",
        "10:30:45.123",
        "1.2.3-beta.4+build5",
        "1234-5678-9012",
        "/usr/local/bin",
        "−5",
        "−12.5%",
        "E = mc²",
        "(a + b)² = a² + 2ab + b²",
        "∑ x_i = n(n+1)/2",
        "∀x ∈ ℝ, x² ≥ 0",
        "2H₂ + O₂ → 2H₂O",
        "f(x) = sin(x)",
        "|x| < 5",
        "π × r²",
        "https://ar.wikipedia.org/wiki/اللغة_العربية",
        "Python 3.11.2",
        "Node.js v20.1.0",
        "C++ Builder",
        "Visit www.example.org today",
    ],
)
@pytest.mark.parametrize("sentence", ["انظر {} ثم عد", "و{}", "({})", "«{}»، ثم", "{}."])
def test_a_pattern_is_isolated_whole(whole: str, sentence: str) -> None:
    assert isolated(sentence.format(whole)) == [whole]


@pytest.mark.parametrize(
    "text",
    [
        "من 1990-1995",
        "فاز 2-1",
        "فاز ٢-١",
        "بنسبة 3.5%",
        "في 12/05/2024",
        "أعوام 2001 2002 2003",
        "نحو 1,250.00 دولار",
        "نظام Google Chrome OS",
        "الفصل 2: البداية",
        "٥٠٪ من الناس",
        "القاهرة 10,100,000 3085",
        "معدل 1/2 و3/4",
    ],
)
def test_what_the_standard_orders_is_left_to_it(text: str) -> None:
    assert isolated(text) == []


def test_a_sentence_keeps_its_own_punctuation() -> None:
    assert isolated("زوروا https://example.org/a. ثم https://example.org/b، وعودوا") == [
        "https://example.org/a",
        "https://example.org/b",
    ]


def test_a_bracket_that_the_address_opened_is_its_own() -> None:
    assert isolated("(انظر https://example.org/a_(b))") == ["https://example.org/a_(b)"]


def test_an_address_becomes_a_link() -> None:
    (_, link) = isolate_patterns("زوروا www.example.org")
    shown = Isolate((Text("www.example.org"),), Direction.LTR)
    assert link == Link((shown,), "https://www.example.org")


def test_a_long_line_takes_linear_time() -> None:
    assert isolated("a-" * 200_000) == []
    assert isolated("1-" * 200_000) == []
    assert isolated("a.b@" * 100_000 + " سلام") is not None
    assert isolated("1" * 200_000) == []
    assert len(isolated("word " * 40_000 + "3.1.4")) == 1
    assert len(isolated("3.1.4 word " * 20_000)) == 1
    assert len(isolated("(" * 100_000 + "3.1.4" + ")" * 100_000)) == 1


@pytest.mark.parametrize(
    "formula",
    [
        "√2 ≈ 1.414",
        "2 + 2 = 4",
        "3.14 ≠ 22/7",
        "1.5 × 10⁻³",
        "10 ≥ 5",
        "π ≈ 3.14",
        "50 - 30 = 20",
        "√2",
    ],
)
def test_mathematics_in_western_digits_is_isolated_whole(formula: str) -> None:
    parts = list(isolate_patterns(f"نعلم أن {formula} في كل حال"))
    isolates = [one for one in parts if isinstance(one, Isolate)]
    assert [(inline_text((one,)), one.direction) for one in isolates] == [(formula, Direction.LTR)]


@pytest.mark.parametrize(
    "text",
    [
        "5 - 3",
        "5 − 3",
        "5 + 3",
        "1990-1995",
        "2-1",
        "20 × 30",
        "12/5/2024",
        "10 = عشرة",
        "٥ = ٣",
        "= 5",
    ],
)
def test_ranges_scores_sizes_and_dates_stay_as_the_standard_orders_them(text: str) -> None:
    assert list(isolate_patterns(f"نعلم أن {text} في كل حال")) == [
        Text(f"نعلم أن {text} في كل حال")
    ]


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("في «Jeopardy!» ثم", ["Jeopardy!"]),
        ('قال "Who’s there?" ثم (etc.)', ["Who’s there?", "etc."]),
        ("[¿Qué?] و“Émile…”", ["¿Qué?", "Émile…"]),
        ("قالت 'Not worth it!!!' ثم", ["Not worth it!!!"]),
        ("قال: I can't! وهو 'rock'n'roll' ثم", []),
        ("«Google» و(2.5.) و(ص 3.)", []),
        ("انظر (https://a.example/c.)", ["https://a.example/c"]),
        ("He said (oh no!)", []),
    ],
)
def test_a_quoted_title_is_isolated_with_the_mark_that_it_ends_in(
    text: str, wholes: list[str]
) -> None:
    assert isolated(text) == wholes


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("سار ٢٥ كم ثم توقف", ["٢٥ كم"]),
        ("في عام ١٤٤٥ هـ (٢٠٢٤ م)، وكان", ["١٤٤٥ هـ", "٢٠٢٤ م"]),
        ("الجاحظ (ت ٢٥٥ هـ)", ["ت ٢٥٥ هـ"]),
        ("انظر ج ٣، ص ٢٥، وما بعدها", ["ج ٣", "ص ٢٥"]),
        ("بلغ 1,200.5 كم² وزاد 12.5 %", ["1,200.5 كم²", "12.5 %"]),
    ],
)
def test_a_number_stays_with_the_sign_of_what_it_counts(text: str, whole: list[str]) -> None:
    assert isolated(text) == whole
    found = [one for one in isolate_patterns(text) if isinstance(one, Isolate)]
    assert {one.direction for one in found} == {Direction.RTL}


@pytest.mark.parametrize(
    "text", ["من 1990-1995 م كان", "ص ٢٥–٣٠", "رأى ٣ مرات", "٥ من الكتب", "قال ص ثم ٣"]
)
def test_ranges_and_words_after_numbers_are_not_isolated(text: str) -> None:
    assert isolated(text) == []


def test_the_ending_of_a_name_is_isolated_after_a_particle_and_not_after_the_name() -> None:
    assert isolated("يقرأ .pdf و.docx و*.epub معا") == [".pdf", ".docx", "*.epub"]
    assert isolated("الملف تقرير.pdf هنا") == []
