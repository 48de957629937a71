"""Lists: marked lines → the lists that they are, nested by indentation and by what they continue.

Letters stay in their lines: a list of the article is numbered or bulleted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from exporter.arabic.folding import fold
from exporter.patterns import compiled
from exporter.readers.text.features import Ending, ending_of
from exporter.readers.text.labels import Label, Marks
from exporter.readers.text.lines import Document, Line
from exporter.records import dataclass

_BULLET = compiled(r"(?P<mark>[•·▪◦●■‣►✓○])\ufe0f?\s*|(?P<dash>[-–—*ـ])\s+(?=\S)")
# A picture that opens each line of a post: `✅`, `🔹`, `👈🏽`; no flag, which says something.
_PICTURE = compiled(
    r"(?P<sign>[\u2190-\u21ff\u25a0-\u27bf\u2900-\u2bff\U0001f300-\U0001faff])"
    r"[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*\s*(?=[^\W_]|[*_«“\"(])"
)
_NUMBER = compiled(
    r"(?:\(?(?P<number>[\d٠-٩۰-۹]{1,3})\s?(?:[.)–-]|/(?:[\d٠-٩۰-۹]{1,3}(?=\s))?|\s-)|(?P<keycap>\d)\ufe0f?\u20e3)"
    r"\s*(?=[^\d٠-٩۰-۹\s])"
)
_LETTER = compiled(r"\(?(?P<letter>[أابجدهوزحطيa-h])ـ?\s?[-–.)/](?!\w)\s*(?=\S)")
NUMBER, LETTER = "1", "أ"
_ALPHABETS = ("ابجدهوزحطي", "abcdefgh")
_SURE, _DASHES = "•▪◦●■‣►✓○", "-–—ـ"
_LEAST_INDENT, _MOST_LEVELS = 2, 9


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line is marked with: its character, NUMBER or LETTER, and its place from 1.

    `kind` is empty for a line without a mark, `rest` is the text after the mark.
    """

    kind: str
    place: int
    rest: str


def marker(text: str) -> Mark:
    """Return the mark of a list item that a line opens with."""
    if found := _BULLET.match(text):
        return Mark(found["mark"] or found["dash"], 0, text[found.end() :])
    if found := _NUMBER.match(text):
        return Mark(NUMBER, int(found["number"] or found["keycap"]), text[found.end() :])
    if found := _PICTURE.match(text):
        return Mark(found["sign"], 0, text[found.end() :])
    if found := _LETTER.match(text):
        letter = fold(found["letter"])
        alphabet = next(one for one in _ALPHABETS if letter in one)
        return Mark(LETTER, alphabet.index(letter) + 1, text[found.end() :])
    return Mark("", 0, text)


@dataclass(slots=True)
class Item:
    """An item of a list that is being built, with the lists inside it."""

    line: Line
    mark: Mark
    inner: list[Level] = field(default_factory=list)


@dataclass(slots=True)
class Level:
    """A list that is being built: its items are marked alike and stand equally far in."""

    indent: int
    items: list[Item]

    @property
    def kind(self) -> str:
        """The mark of the items."""
        return self.items[0].mark.kind

    def is_continued_by(self, mark: Mark) -> bool:
        """Say whether a mark is the one that comes after the last item's."""
        in_order = mark.kind not in (NUMBER, LETTER) or mark.place == self.items[-1].mark.place + 1
        return mark.kind == self.kind and in_order

    def lines(self) -> int:
        """Return the number of lines in the list and in those inside it."""
        return sum(1 + sum(level.lines() for level in item.inner) for item in self.items)


def levels(lines: Sequence[Line]) -> Iterator[Level]:
    """Yield the outer lists that marked lines make.

    A line further in opens a list inside the item before it; so does another mark after a colon,
    or between a number and the next one.
    """
    marks = [marker(line.text) for line in lines]
    stack: list[Level] = []
    for line, mark, number in zip(lines, marks, _next_numbers(marks), strict=True):
        item = Item(line, mark)
        if stack and _opens_inside(stack, item):
            _push(stack, item)
        elif level := _continued(stack, item):
            level.items.append(item)
        elif stack and _belongs_inside(stack[-1], mark, next_number=number):
            _push(stack, item)
        else:
            yield from stack[:1]
            stack = [Level(line.indent, [item])]
    yield from stack[:1]


def _next_numbers(marks: Sequence[Mark]) -> list[int]:
    """Return the number after each mark, 0 where none follows."""
    numbers, following = [0] * len(marks), 0
    for at in reversed(range(len(marks))):
        numbers[at] = following
        following = marks[at].place if marks[at].kind == NUMBER else following
    return numbers


def _push(stack: list[Level], item: Item) -> None:
    level = Level(item.line.indent, [item])
    stack[-1].items[-1].inner.append(level)
    stack.append(level)


def _opens_inside(stack: list[Level], item: Item) -> bool:
    is_further_in = item.line.indent >= stack[-1].indent + _LEAST_INDENT
    counts_on = item.mark.place > 0 and stack[-1].is_continued_by(item.mark)
    return is_further_in and not counts_on and len(stack) < _MOST_LEVELS


def _continued(stack: list[Level], item: Item) -> Level | None:
    """Return the innermost list that the item continues, those inside it closed."""
    for depth in reversed(range(len(stack))):
        is_out = item.line.indent <= stack[depth].indent - _LEAST_INDENT and depth > 0
        if not is_out and stack[depth].is_continued_by(item.mark):
            del stack[depth + 1 :]
            return stack[depth]
    return None


def _belongs_inside(level: Level, mark: Mark, *, next_number: int) -> bool:
    last = level.items[-1].mark
    is_counted_on = last.kind == NUMBER != mark.kind and next_number == last.place + 1
    return is_counted_on or ending_of(last.rest) is Ending.COLON


def lists(document: Document, marks: Marks) -> Marks:
    """Mark runs of two or more marked lines; dashes that part speakers are dialogue."""
    new: dict[int, Label] = {}
    for run in _marked_runs(document, marks):
        start = run[0]
        for level in levels([document.lines[at] for at in run]):
            part = range(start, start + level.lines())
            start = part.stop
            if level.kind in _DASHES and _is_talk(level, len(part)):
                new |= dict.fromkeys(part, Label.DIALOGUE)
            elif len(part) > 1 or level.kind in _SURE:
                new |= dict.fromkeys(part, Label.LIST_ITEM)
    return new


def _marked_runs(document: Document, marks: Marks) -> Iterator[list[int]]:
    run: list[int] = []
    for at in range(len(document)):
        if at not in marks and marker(document.text(at)).kind:
            run.append(at)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_talk(level: Level, lines: int) -> bool:
    texts = [item.mark.rest for item in level.items]
    is_asked = any(text.rstrip('"»” .').endswith(("؟", "?", "!")) for text in texts)
    return lines == 1 or (is_asked and lines == len(level.items))
