"""Rules for lines told by their form: code, verse, dialogue, quotations, notes, rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from exporter.arabic.folding import fold, fold_words
from exporter.arabic.verse import STARS, hemistichs
from exporter.patterns import compiled
from exporter.readers.text.features import Ending, is_labelled
from exporter.readers.text.labels import Label, Marks, unmarked
from exporter.readers.text.lines import Document
from exporter.readers.text.lists import marker

_FENCE = compiled(r"(?P<fence>`{3,40}|~{3,40})[ \t]{0,9}(?P<language>[\w+#.-]{0,40})")
_RTL_LETTER = compiled(r"[\u0590-\u08FF]")
_LTR_LETTER = compiled(r"[A-Za-z]")


def fences(document: Document, marks: Marks) -> Marks:
    """Mark what stands between two fences as code.

    A fence closes one of its own character that is no longer (CommonMark §4.5).
    """
    new: dict[int, Label] = {}
    candidates = unmarked(document, marks)
    for first, last in fenced([(at, document.text(at)) for at in candidates]):
        new |= dict.fromkeys(range(first + 1, last), Label.CODE)
        new |= {first: Label.FENCE, last: Label.FENCE}
    return new


def fenced(texts: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Yield where the opening and the closing fence of each block of code stand."""
    opening, mark = -1, ""
    for at, text in texts:
        found = _FENCE.fullmatch(text)
        if not found:
            continue
        if opening < 0:
            opening, mark = at, found["fence"]
        elif found["fence"].startswith(mark) and not found["language"]:
            yield opening, at
            opening = -1


def is_left_to_right(text: str) -> bool:
    """Whether most letters of a text run from left to right, as those of code do."""
    return len(_LTR_LETTER.findall(text)) > len(_RTL_LETTER.findall(text))


def fence_language(text: str) -> str:
    """Return the language that an opening fence names; empty without one."""
    found = _FENCE.fullmatch(text)
    return found["language"] if found else ""


def indented_code(document: Document, marks: Marks) -> Marks:
    """Mark lines indented by four as code, unless their letters are mostly right to left.

    Each stretch without blank lines is judged by itself; under an item of a list its own marked
    lines are no code.
    """
    margin = min((line.indent for line in document.lines), default=0)
    new: dict[int, Label] = {}
    run: list[int] = []
    for at in [*unmarked(document, marks), len(document)]:
        is_indented = at < len(document) and document.lines[at].indent >= margin + 4
        if run and not (is_indented and not document.lines[at].blank_before):
            is_code = is_left_to_right("\n".join(map(document.text, run)))
            if is_code and not _are_inner_items(document, run[0]):
                new |= dict.fromkeys(run, Label.CODE)
            run = []
        if is_indented:
            run.append(at)
    return new


# An assignment, a call, a command, a path, a flag.
_CODE = compiled(
    r"[;{}|\\]|\w\s*[-+*/]?=\s*\S|\w\(|\[\]|<[/\w]|\$\s?\w|(?:^|\s)--?\w|(?:^|\s)~?/\w+/|"
    r"^(?:import|from|def|class|return|function|sudo|pip|npm|git|apt|echo|cd|select|const|let|var|#!)\b",
    re.IGNORECASE,
)
_HALF = 0.5


def bare_code(document: Document, marks: Marks) -> Marks:
    """Mark lines of code among those of a right-to-left text, with the Latin lines beside them."""
    lines = [at for at in range(len(document)) if _RTL_LETTER.search(document.text(at))]
    if len(lines) < _HALF * len(document):
        return {}
    new: dict[int, Label] = {}
    run: list[int] = []
    free = set(unmarked(document, marks))
    for at in range(len(document) + 1):
        if at in free and _is_latin(document.text(at)):
            run.append(at)
            continue
        told = sum(1 for each in run if _CODE.search(document.text(each)))
        if told >= _HALF * len(run) and run and _stands_in_text(document, run):
            new |= dict.fromkeys(run, Label.CODE)
        run = []
    return new


def _is_latin(text: str) -> bool:
    return bool(_LTR_LETTER.search(text)) and not _RTL_LETTER.search(text)


def _stands_in_text(document: Document, run: list[int]) -> bool:
    """Say whether code is among an article's lines: under one that leads to it, or in prose."""
    above = run[0] - 1
    leads = above >= 0 and document.features[above].ending is Ending.COLON
    return leads or run[0] in document.prose


def _are_inner_items(document: Document, at: int) -> bool:
    """Say whether a marked line stands right under another marked line."""
    follows = at > 0 and not document.lines[at].blank_before
    return follows and all(marker(document.text(each)).kind for each in (at - 1, at))


_BREAK = compiled(r"(?:\*\s?){3,40}|[-–—_=ـ~]{3,120}|(?:-\s){2,40}-|⁂|(?:•\s?){3,40}")


def thematic_breaks(document: Document, marks: Marks) -> Marks:
    """Mark lines of nothing but asterisks or dashes."""
    candidates = unmarked(document, marks)
    return {at: Label.RULE for at in candidates if _BREAK.fullmatch(document.text(at))}


# --- verse ----------------------------------------------------------------------------------

_POET = compiled(r"\(?(?:شعر|قصيده|للشاعر|الشاعر|poem by)(?:\s*[:/]\s*|\s+)\w")
_HEAD, _MOST_WORDS_OF_A_BYLINE = 8, 7


def verse(document: Document, marks: Marks) -> Marks:
    """Mark consecutive lines of two hemistichs.

    One alone is verse in a poem, or where two asterisks or more part it under a title.
    """
    is_poem = any(_is_poets_line(document, at) for at in range(min(_HEAD, len(document))))
    new: dict[int, Label] = {}
    run: list[int] = []
    for at in [*range(len(document)), len(document)]:
        if at < len(document) and at not in marks and _is_verse(document, at):
            run.append(at)
            continue
        if len(run) > 1 or (run and run[0] and _is_verse_alone(document, run[0], is_poem=is_poem)):
            new |= dict.fromkeys(run, Label.VERSE)
        run = []
    return new


def _is_verse_alone(document: Document, at: int, *, is_poem: bool) -> bool:
    halves = STARS.split(document.text(at))
    is_parted = len(halves) == 2 and min(len(half.split()) for half in halves) >= 3
    return is_parted and (is_poem or "**" in document.text(at) or "٭٭" in document.text(at))


def _is_poets_line(document: Document, at: int) -> bool:
    is_short = document.features[at].words <= _MOST_WORDS_OF_A_BYLINE
    return is_short and bool(_POET.match(fold(document.text(at))))


def _is_verse(document: Document, at: int) -> bool:
    return len(hemistichs(document.text(at))) == 2


_FEWEST_LINES, _MOST_WORDS_OF_A_LINE, _FEW = 6, 9, 0.2


def free_verse(document: Document, marks: Marks) -> Marks:
    """Mark the lines of a text without prose that is parted into stanzas, or said to be a poem."""
    lines = [at for at in unmarked(document, marks) if at > document.title]
    if len(lines) < _FEWEST_LINES or any(document.features[at].is_prose for at in lines):
        return {}
    told = sum(1 for at in lines if _is_no_verse(document, at))
    long = sum(1 for at in lines if document.features[at].words > _MOST_WORDS_OF_A_LINE)
    if max(told, long) > _FEW * len(lines):
        return {}
    gaps = [document.lines[at].blank_before for at in lines[1:]]
    usual = min(gaps)
    are_stanzas = 0 < sum(1 for gap in gaps if gap > usual) <= len(lines) // 2
    is_poem = any(_is_poets_line(document, at) for at in range(min(_HEAD, len(document))))
    is_told = is_poem or document.is_page or are_stanzas
    return dict.fromkeys(lines, Label.VERSE) if is_told else {}


def _is_no_verse(document: Document, at: int) -> bool:
    """Say whether a line is an item, a fact, or a site's."""
    text, feature = document.text(at), document.features[at]
    return bool(marker(text).kind or feature.boilerplate or is_labelled(text))


# --- dialogue -------------------------------------------------------------------------------

_SPEAKER = compiled(
    r"(?P<speaker>[^\s::،,.؟?!\"«“][^:،,.؟?!\"«“]{0,34})[:]\s+(?=\S)|(?P<letter>[سج])\s*[::/–-]\s+"
)
_SPEECH = frozenset(
    "قال قالت وقال وقالت اضاف واضاف اضافت وتابع تابع واوضح اوضح يقول وعن اما".split()
)


def speaker(text: str) -> str:
    """Return the words that name a turn's speaker with their colon; empty without them."""
    found = _SPEAKER.match(text)
    if not found:
        return ""
    words = fold_words(found[0]).split()
    is_speech = bool(words) and words[0] in _SPEECH
    return "" if len(words) > 4 or is_speech else found[0].rstrip()


_QUESTION = compiled(r"[*٭•◆■]\s*(?P<question>\S.{0,400}[؟?])[»”\"]?")
_FEWEST_QUESTIONS = 2


def question(text: str) -> str:
    """Return the question of an interview's line that an asterisk opens; empty for another one."""
    found = _QUESTION.fullmatch(text)
    return found["question"] if found else ""


def dialogue(document: Document, marks: Marks) -> Marks:
    """Mark the turns of two speakers or more who each speak at least twice, and starred questions.

    Questions are an interview's where one is not right under another: those are a list.
    """
    free = list(unmarked(document, marks))
    asked = {at for at in free if question(document.text(at))}
    apart = [at for at in free if at in asked and not asked & {at - 1, at + 1}]
    new = dict.fromkeys(apart if len(apart) >= _FEWEST_QUESTIONS else (), Label.DIALOGUE)
    turns = {at: speaker(document.text(at)) for at in free}
    counts = Counter(name for name in turns.values() if name)
    speakers = {name for name, number in counts.items() if number > 1}
    if len(speakers) > 1:
        new |= {at: Label.DIALOGUE for at, name in turns.items() if name in speakers}
    return new


# --- quotations and notes -------------------------------------------------------------------

_QUOTED = compiled(r"«[^«»]+»[.!؟]?|“[^“”]+”[.!؟]?|\"[^\"]+\"[.!؟]?|”[^“”]+“[.!؟]?")
_ATTRIBUTION = compiled(r"[—–ـ-]\s*\S.{0,60}")
_LEAST_WORDS, _MOST_WORDS_OF_A_NAME = 3, 5


def quotations(document: Document, marks: Marks) -> Marks:
    """Mark lines that stand alone in quotation marks, and the name under one."""
    new: dict[int, Label] = {}
    for at in unmarked(document, marks):
        if not _stands_alone(document, at) or document.features[at].words <= _LEAST_WORDS:
            continue
        if _QUOTED.fullmatch(document.text(at)):
            new[at] = Label.QUOTATION
            if at + 1 < len(document) and _is_attribution(document, at + 1):
                new[at + 1] = Label.ATTRIBUTION
    return new


def _stands_alone(document: Document, at: int) -> bool:
    is_parted = document.lines[at].blank_before > 0
    follows = at + 1 < len(document)
    return is_parted and (
        not follows or document.lines[at + 1].blank_before > 0 or _is_attribution(document, at + 1)
    )


def _is_attribution(document: Document, at: int) -> bool:
    line, feature = document.lines[at], document.features[at]
    if line.blank_before or not _ATTRIBUTION.fullmatch(line.text):
        return False
    words = fold_words(line.text).split()
    is_sentence = feature.ending is not Ending.NONE and len(words) > _MOST_WORDS_OF_A_NAME
    return not is_sentence and not (words and words[0] in _SPEECH)


_WORDS_OF_A_PULL_QUOTE, _FIRST_WORDS, _MOST, _SEARCHED = range(5, 31), 5, 50, 200_000


def pull_quotes(document: Document, marks: Marks) -> Marks:
    """Mark lines that only say again what a paragraph of the text says, word for word."""
    free = list(unmarked(document, marks))
    text = "\n".join(fold_words(document.text(at)) for at in free if document.features[at].is_prose)
    text = text[:_SEARCHED]
    words = text.split()
    openings = set(zip(*(words[start:] for start in range(_FIRST_WORDS)), strict=False))
    candidates = (
        at
        for at in free
        if not document.features[at].is_prose
        and document.features[at].words in _WORDS_OF_A_PULL_QUOTE
        and document.features[at].repeats == 1
        and tuple(fold_words(document.text(at)).split()[:_FIRST_WORDS]) in openings
    )
    said = (at for at in islice(candidates, _MOST) if fold_words(document.text(at)) in text)
    return dict.fromkeys(said, Label.PULL_QUOTE)


_NOTE_OPENING = compiled(r"\(?(?:ملاحظه|تنويه|ملحوظه) (?:من )?(?:المحرر|التحرير|هيئه التحرير)")


def editor_notes(document: Document, marks: Marks) -> Marks:
    """Mark lines wholly in square brackets, and those that call themselves an editor's note."""
    return {
        at: Label.EDITOR_NOTE
        for at in unmarked(document, marks)
        if document.features[at].words >= _LEAST_WORDS and _is_note(document.text(at))
    }


def _is_note(text: str) -> bool:
    bracketed = text.startswith("[") and text.rstrip(".").endswith("]") and "]" not in text[1:-2]
    return bracketed or bool(_NOTE_OPENING.match(fold(text[:60])))
