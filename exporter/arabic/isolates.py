"""Patterns that readers expect whole: URLs, e-mail, versions, `C++`, ISO dates, times, phones.

UAX #9 would turn their parts round after an Arabic letter (`2024-05-12` shows as 12-05-2024), so
each becomes a left-to-right isolate, together with the Latin words beside it: `Python 3.11.2` is
one name. Ranges and scores (`1990-1995`, `2-1`) are not among them: they are read right to left,
as the standard orders them.
"""

from __future__ import annotations

from collections.abc import Iterator

from exporter.arabic.addresses import uri_of
from exporter.article import Direction, Inline, Isolate, Link, Text
from exporter.patterns import compiled
from exporter.records import dataclass

_DIGIT = "[0-9\u0660-\u0669\u06f0-\u06f9]"
# Neither a Latin letter nor a digit may touch the pattern's ends: it would be part of a longer one.
# Nor may a number's own separators: `000 3085` is no telephone number in `10,100,000 3085`.
_START = rf"(?<![\w@/.,٬٫+#-])(?<!{_DIGIT})"
_END = rf"(?![\w@]|{_DIGIT})"

# RFC 3987: the path of an address may hold Arabic letters; the sentence's own marks end it.
_URL = r"(?P<url>(?:https?://|www\.)(?:[!-~]|[^\W\d_a-zA-Z])+)"
_PATTERNS = (
    rf"{_START}[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",  # e-mail
    rf"{_START}[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:com|org|net|io|gov|edu|info|dev)"
    r"(?:/[!-~]*)?" + _END,  # a bare host name
    rf"{_START}[@#][A-Za-z_]\w*",  # a handle or hash tag in Latin letters
    rf"{_START}−[0-9]+(?:[.,][0-9]+)?%?{_END}",  # a negative number; with Arabic digits it is R
    "[0-9#*]\ufe0f?\u20e3",  # a keycap, which is one picture
    r"(?<![\w/.~-])~?(?:/[A-Za-z][\w.-]*){2,}/?",  # a path
    # The ending of a file's name, after a particle too: `و.docx`; after a name it is part of that.
    rf"(?:{_START}(?<![\u0600-\u06ff])|(?<=\s[وفبلك])|(?<=\A[وفبلك]))\*?\.[A-Za-z][A-Za-z0-9]{{1,5}}{_END}",
    rf"{_START}(?:C\+\+|[A-Z]#|\.NET|[A-Za-z]\+\+)(?:{_DIGIT}+)?",
    rf"{_START}[A-Za-z_][\w.]*\(\)",  # a function's name
    (
        rf"{_START}[vV]?{_DIGIT}+(?:\.{_DIGIT}+){{2,}}"
        rf"(?:-[A-Za-z0-9.]+)?(?:\+[A-Za-z0-9.]+)?{_END}"
    ),  # 3.11.4, 1.0.0-rc1
    rf"{_START}[vV]{_DIGIT}+(?:\.{_DIGIT}+)*(?:-[A-Za-z][A-Za-z0-9.]*)?{_END}",  # v2, v2.1-beta
    rf"{_START}[-+−]?{_DIGIT}+(?:[.,٫]{_DIGIT}+)? ?°[CFK]{_END}",
    rf"{_START}{_DIGIT}+-[A-Za-z]+{_END}",  # 64-bit
    (
        rf"{_START}{_DIGIT}{{4}}-{_DIGIT}{{2}}-{_DIGIT}{{2}}(?:[T ]{_DIGIT}{{2}}:{_DIGIT}{{2}}"
        rf"(?::{_DIGIT}{{2}})?(?:Z|[+-]{_DIGIT}{{2}}:?{_DIGIT}{{2}})?)?{_END}"
    ),  # ISO 8601
    rf"{_START}{_DIGIT}{{1,2}}:{_DIGIT}{{2}}(?::{_DIGIT}{{2}}(?:[.,]{_DIGIT}+)?)?{_END}",  # time
    (
        rf"{_START}(?:\+|00){_DIGIT}{{1,3}}(?:[ -]?\(?{_DIGIT}{{1,4}}\)?){{2,5}}{_END}"
    ),  # an international telephone number
    rf"{_START}[0٠۰]{_DIGIT}{{1,3}}(?:[ -]{_DIGIT}{{3,8}}){{1,3}}{_END}",
    rf"{_START}\({_DIGIT}{{2,4}}\) ?{_DIGIT}{{3,4}}(?:[ -]{_DIGIT}{{3,4}}){{1,2}}{_END}",
    rf"{_START}{_DIGIT}+(?:-{_DIGIT}{{2,}}){{2,}}{_END}",  # a number in three groups or more
)

# Mathematics written as text: short names, numbers and signs, with one relation or operation at
# least. UAX #9 leaves a bracket, a root or a quantifier before it to the Arabic, on its other side.
_NAME = "[A-Za-z\u0370-\u03ff]{1,4}(?![A-Za-z\u0370-\u03ff])"
_OPERATION = "[=≠≈≡≤≥<>+−±×÷·∈∉⊂⊆∪∩→⇒⇔∧∨^]"
_BEFORE_TERM = r"[|(\[{√∛∜∑∏∫∂∇∀∃¬]"
_AFTER_TERM = "[)\\]}!′%²³¹⁰-⁹₀-₉⁺⁻₊₋]"
_TERM = rf"(?:{_NAME}|[0-9]+(?![0-9])|(?<=[0-9])[.,](?=[0-9])|[∞ℕℤℚℝℂ]|{_AFTER_TERM})"
_OPERAND = rf"(?:{_NAME}|[0-9∞ℕℤℚℝℂ]|{_BEFORE_TERM})"
_TOKEN = rf"(?:{_TERM}|{_OPERATION}|{_BEFORE_TERM}|(?<![0-9]),|(?<=[0-9]),(?![0-9])|[/_*-])"
# Without a name, it is one by a relation, a root or a power of ten; `5 - 3` may be a range or a
# score, and `20 × 30` a size, which Arabic has from right to left.
_SURE = rf"(?:[=≠≈≡≤≥] ?[−+-]?{_OPERAND}|[√∛∜∑∏∫]|[×·] ?10[⁻⁺⁰¹²³⁴-⁹])"
_FORMULA = (
    # From its beginning on only, so that a long run of brackets is looked at once.
    r"(?<![\w@/.,+#|()\[\]{}*=<>^-])"
    rf"(?=(?:{_TOKEN} ?){{0,40}}?{_OPERATION} ?[−+-]?{_OPERAND})"
    rf"(?=(?:{_TOKEN} ?){{0,40}}?(?:{_NAME}|{_SURE}))"
    rf"(?:{_BEFORE_TERM}|[−+-](?=[^ ])|{_TERM})(?: ?{_TOKEN}){{0,60}}(?: ?{_TERM})(?![\w@])"
)
_ROOT = rf"(?<![\w(])[√∛∜][0-9]+(?:[.,][0-9]+)?{_END}"
# What any of them may begin with: the letters of Arabic need no closer look.
_FIRST = (
    "[A-Za-z0-9\u0370-\u03ff\u0660-\u0669\u06f0-\u06f9_.,+@#~/(*|\\[{)\\]}!%−√∛∜∑∏∫∂∇∀∃¬∞ℕℤℚℝℂ"
    "′²³¹⁰-⁹₀-₉⁺⁻₊₋-]"
)
_PATTERN = f"{_URL}|(?a:{'|'.join(_PATTERNS)}|(?P<formula>{_FORMULA})|{_ROOT})"
_ISOLATED = compiled(f"(?={_FIRST})(?:{_PATTERN})")

# Another inline and nothing but signs before it.
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
_PART = compiled(rf"[^\w{OBJECT}]*{OBJECT}")

# No line ends between a number and a sign for what it counts (`٢٥ كم`, `١٤٤٥ هـ`, `٨ ص`), nor
# between the sign of a page or a part and its number (`ص ٢٥`). A range is not one of them: in an
# isolate of its own it would be turned round.
_NUMBER = rf"{_DIGIT}{{1,12}}(?:[.,٫٬]{_DIGIT}{{1,12}}){{0,4}}"
_COUNTED = (
    r"(?:هـ|ه|ق\.م|ب\.م|م[²³2]?|كم[²³2]?|كلم|سم[²³2]?|مم|ملم|كغم?|كجم|غم?|جم|ملغم?|مل|ص|[%٪‰])\.?"
)
_COUNTING = r"(?:ص|ج|ط|مج|ت)\.?"
_WITH_A_NUMBER = (
    rf"(?<![^\s(\[«])(?:{_COUNTING} )?{_NUMBER} {_COUNTED}(?![^\s.,،؛:؟!)\]»…])"
    rf"|(?<![^\s(\[«]){_COUNTING} {_NUMBER}(?![^\s،؛؟!)\]»…])"
)
# The sign at the end of a verse of the Qur'an stands with the verse's last word.
_END_OF_AYAH = rf"(?<!\S)\S+\s+\N{{ARABIC END OF AYAH}}{_DIGIT}*"
_TOGETHER = compiled(f"({_END_OF_AYAH}|{_WITH_A_NUMBER})")
# What each of them has: most texts need no closer look.
_COUNTED_ON = compiled(rf"{_DIGIT}|\N{{ARABIC END OF AYAH}}")

# A title or a name in quotation marks or brackets that ends in a mark of its own, `«Jeopardy!»`:
# UAX #9 has that mark in the Arabic, on its other side. No address and no formula.
_INSIDE = r'[^\u0590-\u08ff\ufb1d-\ufefc«»“”‹›"()\[\]@/=\n]'
_QUOTED = compiled(
    r"""(?:(?<=[«“‹"(\[])|(?<=(?<!\w)'))[¿¡]?[A-Za-z0-9\u00c0-\u024f]"""
    rf"""{_INSIDE}{{0,200}}(?<=[!?.…])(?=[»”›")\]]|'(?!\w))"""
)
_LATIN_LETTER = compiled("[A-Za-z\u00c0-\u024f]")
_ARABIC_LETTER = compiled("[\u0620-\u064a]")

_SENTENCE_PUNCTUATION = ".,;:!?'\")]}>"
# A Latin word beside a pattern, and only a space between: UAX #9 has them in one run, and so do we.
_WORD_BEFORE = compiled(r"(?<![A-Za-z0-9@/._+#-])[A-Za-z][!-~]{0,80} \Z")
_WORD_AFTER = compiled(r" [A-Za-z][A-Za-z0-9'+#.-]{0,80}(?<![.'-])(?![A-Za-z0-9@])")


def isolate_patterns(text: str) -> Iterator[Inline]:
    """Yield the text as inlines, its patterns left-to-right isolates and its URLs links.

    A word with the end of an ayah after it is a right-to-left isolate, and so is a number with the
    sign of what it counts: no line parts them.
    """
    parts = _TOGETHER.split(text) if _COUNTED_ON.search(text) else [text]
    for number, part in enumerate(parts):
        if number % 2:
            yield Isolate(tuple(_isolated(part)), Direction.RTL)
        elif _ARABIC_LETTER.search(part):
            yield from _with_quoted(part)
        else:
            yield from _isolated(part)


def _with_quoted(text: str) -> Iterator[Inline]:
    done = 0
    for match in _QUOTED.finditer(text):
        if _LATIN_LETTER.search(match[0]):
            yield from _isolated(text[done : match.start()])
            yield Isolate(tuple(_isolated(match[0])), Direction.LTR)
            done = match.end()
    yield from _isolated(text[done:])


def _isolated(text: str) -> Iterator[Inline]:
    done = 0
    for run in _runs(text):
        if text[done : run.start]:
            yield Text(text[done : run.start])
        parts = tuple(_parts(text, run))
        is_address_alone = run.urls == ((run.start, run.end),)
        yield parts[0] if is_address_alone else Isolate(parts, Direction.LTR)
        done = run.end
    if text[done:]:
        yield Text(text[done:])


def is_kept_together(text: str) -> bool:
    """Say whether no line parts a text: a number and its sign, a word and the end of an ayah."""
    return bool(_TOGETHER.fullmatch(text))


def pattern_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the patterns stand in the text, each with the Latin words beside it."""
    return ((run.start, run.end) for run in _runs(text))


@dataclass(frozen=True, slots=True)
class _Run:
    """What is isolated together, and where the URLs in it are."""

    start: int
    end: int
    urls: tuple[tuple[int, int], ...]


def _runs(text: str) -> Iterator[_Run]:
    """Yield the patterns with the words beside them; those that only a space parts are one run."""
    run = _Run(-1, -1, ())
    for match in _ISOLATED.finditer(text):
        found = _without_punctuation(match.group())
        start, end = match.start(), match.start() + len(found)
        if match["formula"]:
            if _is_bracketed(found):
                start, end = start + 1, end - found.endswith(")")
            if not _is_whole(text, start, end):
                continue
        urls = ((start, end),) if match["url"] else ()
        first, last = _with_latin_words(text, start, end, since=max(run.end, 0))
        if run.end >= 0 and text[run.end : first] in {"", " "}:
            run = _Run(run.start, max(last, run.end), run.urls + urls)
            continue
        if run.end >= 0:
            yield run
        run = _Run(first, last, urls)
    if run.end >= 0:
        yield run


def _parts(text: str, run: _Run) -> Iterator[Inline]:
    done = run.start
    for start, end in run.urls:
        if text[done:start]:
            yield Text(text[done:start])
        yield _link(text[start:end])
        done = end
    if text[done : run.end]:
        yield Text(text[done : run.end])


def _with_latin_words(text: str, start: int, end: int, *, since: int) -> tuple[int, int]:
    while before := _WORD_BEFORE.search(text, max(since, start - 82), start):
        start = before.start()
    while after := _WORD_AFTER.match(text, end):
        end = after.end()
    return start, end


def _link(url: str) -> Inline:
    """Return a link with the address shown; what can be no address is shown alone."""
    shown = Isolate((Text(url),), Direction.LTR)
    try:
        href = uri_of(url if "://" in url else f"https://{url}")
    except ValueError:
        return shown
    return Link((shown,), href)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a formula is all in this text: `mc` before a superscript is a part of one."""
    formula = text[start:end]
    is_balanced = all(formula.count(a) == formula.count(b) for a, b in ("()", "[]", "{}"))
    return is_balanced and not (_PART.match(text[end:]) or _PART.match(text[:start][::-1]))


def _is_bracketed(formula: str) -> bool:
    """Whether a formula's first bracket is the sentence's: closed by its last one, or by none."""
    depth = 0
    for place, character in enumerate(formula):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return place == len(formula) - 1 and formula.startswith("(")
    return True


def _without_punctuation(found: str) -> str:
    """Leave a sentence's own punctuation outside; a closing bracket stays if it was opened."""
    end = len(found)
    open_brackets = found.count("(") - found.count(")")
    while end > 1 and found[end - 1] in _SENTENCE_PUNCTUATION:
        if found[end - 1] == ")":
            if open_brackets >= 0:
                break
            open_brackets += 1
        end -= 1
    return found[:end]
