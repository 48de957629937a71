"""Themes: a folder of templates, CSS and words, loaded with the settings the user chose."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from exporter.arabic.normalisation.rules import Rule
from exporter.choices import (
    Binding,
    BookFonts,
    Calendars,
    Device,
    Digits,
    Justify,
    Links,
    Numbered,
    Numerals,
    Settings,
    SourceNote,
)
from exporter.errors import UsageError
from exporter.font_folders import check_embeddable, check_text, families_in, only
from exporter.font_library import Library, beside
from exporter.fonts import FontFamily, characters_of
from exporter.patterns import compiled
from exporter.printing import Printing
from exporter.records import dataclass
from exporter.theme_folders import ThemeFolders, bundled_names, find

DEFAULT_THEME = "naskh"

# The folder in a theme's own for the fonts that it brings.
_FONTS = "fonts"

# The smallest and largest edge of a page, and the narrowest column that still holds a line, in mm.
_SMALLEST_EDGE, _LARGEST_EDGE, _NARROWEST_COLUMN = 60.0, 1200.0, 40.0
# The least height of the margins above and below, in em of the running head and of the text.
_HEAD, _FOLIO = 2.1, 2.05
_SMALLEST_TYPE, _LARGEST_TYPE = 6.0, 72.0
_MM_PER_POINT = 25.4 / 72
_PAGE_SIZE = compiled(r"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)mm", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Theme:
    """A loaded theme with everything settled.

    `summary` says in a sentence what it looks like, by language; `folders` are the theme's own
    template folder and those it extends, nearest first; `page` is width and height in mm; `margins`
    block-start, outer, block-end, inner in mm; `columns` how many columns the text has, with
    `column_gap` mm between; `font` the text family, `heading_font` that of titles and headings, and
    `fallback` the families tried after them, in order; `least_leading` the height of a line in em
    in a family that needs no more, `running_title` the size of the running head and
    `dense_table` that of a table with too many words for its page, in em of the text;
    `colours` are those of paper, by their use; `numbered` is what gets numbers; `cover_title` the
    width, height and largest type of the title on a drawn cover, in pixels of 1600 × 2560; `device`
    and `fonts` are those of the e-book, `printing` is for the PDF; `words` the theme's own words by
    language, each by key; `library` the families there are;
    `languages` the text family of articles and passages by language.
    """

    name: str
    summary: Mapping[str, str]
    folders: tuple[Path, ...]
    page: tuple[float, float]
    margins: tuple[float, float, float, float]
    binding: Binding
    columns: int
    column_gap: float
    font: str
    heading_font: str
    font_size: float
    least_leading: float
    running_title: float
    dense_table: float
    monospace: str
    fallback: tuple[str, ...]
    colours: Mapping[str, str]
    digits: Digits
    calendar: Calendars
    numerals: Numerals
    justify: Justify
    numbered: tuple[Numbered, ...]
    cover_title: tuple[float, float, float]
    device: Device
    fonts: BookFonts
    normalise: frozenset[Rule]
    printing: Printing
    links: Links
    source_note: SourceNote
    words: Mapping[str, Mapping[str, str]]
    library: Library
    languages: Mapping[str, str]

    @property
    def families(self) -> tuple[str, ...]:
        """Every family this theme may draw with: the text's, the fallbacks, that of headings."""
        return tuple(dict.fromkeys((self.font, *self.fallback, self.monospace, self.heading_font)))

    @property
    def heading_families(self) -> tuple[str, ...]:
        """The families of titles and headings: their own, then those of the text."""
        return tuple(dict.fromkeys((self.heading_font, *self.families)))

    @property
    def type_area(self) -> float:
        """The width between the margins, in points."""
        return (self.page[0] - self.margins[1] - self.margins[3]) / _MM_PER_POINT

    @property
    def measure(self) -> float:
        """The width of a column, in points."""
        gaps = (self.columns - 1) * self.column_gap / _MM_PER_POINT
        return (self.type_area - gaps) / self.columns

    @property
    def text(self) -> FontFamily:
        """The text family."""
        return self.library.family(self.font)

    @property
    def leading(self) -> float:
        """The height of a line, in em."""
        return max(self.least_leading, self.text.leading)

    @property
    def chain(self) -> tuple[FontFamily, ...]:
        """The families by which a text is drawn, in the order in which they are tried."""
        return self.library.chain(self.families)


@dataclass(frozen=True, slots=True)
class _PageDefaults:
    size: tuple[float, float]
    margins: tuple[float, float, float, float]
    font_size: float


def theme_names() -> tuple[str, ...]:
    """Return the names of the bundled themes."""
    return bundled_names()


def page_names(name: str) -> tuple[str, ...]:
    """Return the names of a theme's pages, its default one first; raises UsageError as `load`."""
    table = find(name).table
    return tuple(dict.fromkeys((table["default-page"], *table["pages"])))


def load(name: str, settings: Settings) -> Theme:
    """Return the theme with the user's settings in it.

    `name` is that of a bundled theme, or the path of a folder (`./my-theme`). Raises UsageError
    for a theme that isn't there or can't be used, for an unknown font or page, for margins that
    leave no column, and for a value that is no name or no number.
    """
    _check_kinds(settings)
    found = find(name)
    try:
        return _settled(found, settings)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise UsageError("theme-unreadable", subject=found.name, detail=repr(error)) from error


def _check_kinds(settings: Settings) -> None:
    """Refuse a value of another kind, so that a theme is blamed for its own faults alone."""
    names: dict[str, object] = {
        name: getattr(settings, name) for name in ("page", "font", "font_dir")
    }
    numbers: list[tuple[str, object]] = [("font_size", settings.font_size)]
    numbers += [("margins", margin) for margin in settings.margins]
    wrong = [given for given in names.items() if not isinstance(given[1], str)]
    wrong += [given for given in numbers if not isinstance(given[1], int | float)]
    for name, value in wrong:
        raise UsageError("setting-kind", subject=name, detail=repr(value))


def _settled(found: ThemeFolders, settings: Settings) -> Theme:
    table = found.table
    if "en" not in found.words:
        raise LookupError("no words in English, which stand for those of every other language")
    page = settings.page or table["default-page"]
    defaults = _page_defaults(table, page)
    font_size = _font_size(settings.font_size or defaults.font_size)
    text, library = _library(found, settings)
    margins = _margins(settings, defaults)
    if not settings.margins and page.lower() not in table["pages"]:
        margins = _with_room(margins, head=float(table["running-title"]), font_size=font_size)
    width = defaults.size[0] - margins[1] - margins[3]
    theme = Theme(
        name=found.name,
        summary=_summary(table.get("summary", "")),
        folders=found.folders,
        page=defaults.size,
        margins=margins,
        binding=settings.binding,
        columns=_columns(table["columns"], width=width, font_size=font_size),
        column_gap=float(table["columns"]["gap"]),
        font=text.name,
        heading_font=library.family(_heading_font(table, settings) or text.name).name,
        font_size=font_size,
        least_leading=float(table["leading"]),
        running_title=float(table["running-title"]),
        dense_table=float(table["dense-table"]),
        monospace=library.family(table["monospace"]).name,
        fallback=tuple(library.family(one).name for one in table["fallback"]),
        colours=table["colours"],
        digits=settings.digits,
        calendar=settings.calendar,
        numerals=settings.numerals,
        justify=_justify(table, settings, text),
        numbered=tuple(map(Numbered, table.get("numbered", ()))),
        cover_title=_three(table["cover-title"]),
        device=settings.device,
        fonts=settings.fonts,
        normalise=settings.normalise,
        printing=settings.printing,
        links=settings.links or Links(table.get("links", Links.NOTES)),
        source_note=settings.source_note or _source_note(table, page),
        words=found.words,
        library=library,
        languages=_languages(table, settings, text),
    )
    for family in theme.chain:
        if family in library.own:
            check_embeddable(family)
    return theme


def _library(found: ThemeFolders, settings: Settings) -> tuple[FontFamily, Library]:
    """Return the text family, and all that the theme may draw with: its own and the user's too."""
    folder = Path(settings.font_dir).expanduser()
    brought = families_in(folder) if settings.font_dir else ()
    folders = [one / _FONTS for one in found.folders if (one / _FONTS).is_dir()]
    own = (*brought, *(family for one in folders for family in families_in(one)))
    name = settings.font or (only(brought, folder=folder) if brought else found.table["font"])
    text = Library(own).text_family(name)
    if text in own:
        check_text(text)
    library = beside(text, own=own)
    return text, library


def _languages(table: Mapping[str, Any], settings: Settings, text: FontFamily) -> Mapping[str, str]:
    """Return the theme's families by language: where a user chose one, there are none."""
    if settings.font or settings.font_dir:
        return {}
    return {"ar": text.name, **table.get("languages", {})}


def _source_note(table: Mapping[str, Any], page: str) -> SourceNote:
    """Return the theme's note of the source; on a screen, whose links work, it has no code."""
    note = SourceNote(table.get("source-note", SourceNote.QR))
    is_screen = bool(table["pages"].get(page.lower(), {}).get("screen"))
    return SourceNote.TEXT if is_screen and note is SourceNote.QR else note


def _summary(said: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"en": said} if isinstance(said, str) else said


def _justify(table: Mapping[str, Any], settings: Settings, text: FontFamily) -> Justify:
    """Return how lines are filled; a family without a tatweel has nothing to stretch words with."""
    wanted = settings.justify or Justify(table.get("justify", Justify.SPACES))
    has_tatweel = "\N{ARABIC TATWEEL}" in characters_of(text.regular)
    return wanted if has_tatweel or wanted is not Justify.KASHIDA else Justify.SPACES


def _three(lengths: Sequence[float]) -> tuple[float, float, float]:
    one, two, three = map(float, lengths)
    return one, two, three


def _heading_font(table: Mapping[str, Any], settings: Settings) -> str:
    """Return the theme's family for headings: where a user chose a family, there is none."""
    chosen = settings.font or settings.font_dir
    return "" if chosen else str(table.get("heading-font", ""))


def _columns(table: Mapping[str, Any], *, width: float, font_size: float) -> int:
    """Return how many columns fit a width in mm, none narrower than the theme wants them."""
    narrowest = float(table["narrowest"]) * font_size * _MM_PER_POINT
    gap, most = float(table["gap"]), int(table["most"])
    return max(1, min(most, int((width + gap) // (narrowest + gap))))


def words_of(theme: Theme, language: str) -> Mapping[str, str]:
    """Return the theme's words in a language, in English those that it doesn't have there."""
    primary = language.lower().split("-")[0]
    return {**theme.words["en"], **theme.words.get(primary, {})}


def _page_defaults(table: Mapping[str, Any], page: str) -> _PageDefaults:
    named = {
        name: _PageDefaults(tuple(entry["size"]), tuple(entry["margins"]), entry["font-size"])
        for name, entry in table["pages"].items()
    }
    if page.lower() in named:
        return named[page.lower()]
    match = _PAGE_SIZE.fullmatch(page)
    width, height = (float(edge) for edge in match.groups()) if match else (0.0, 0.0)
    if not all(_SMALLEST_EDGE <= edge <= _LARGEST_EDGE for edge in (width, height)):
        raise UsageError("page-unknown", subject=page, detail=", ".join(named))
    papers = [named[name] for name, entry in table["pages"].items() if not entry.get("screen")]
    nearest = min(papers or named.values(), key=lambda entry: abs(entry.size[0] - width))
    across, along = width / nearest.size[0], height / nearest.size[1]
    top, outer, bottom, inner = nearest.margins
    margins = (top * along, outer * across, bottom * along, inner * across)
    return _PageDefaults((width, height), margins, nearest.font_size)


def _margins(settings: Settings, defaults: _PageDefaults) -> tuple[float, float, float, float]:
    """Fill in one to four margins as CSS does, and check that a column remains."""
    match settings.margins:
        case ():
            return defaults.margins
        case (every,):
            margins = (every, every, every, every)
        case (block, inline):
            margins = (block, inline, block, inline)
        case (top, inline, bottom):
            margins = (top, inline, bottom, inline)
        case (top, outer, bottom, inner):
            margins = (top, outer, bottom, inner)
        case _:
            raise UsageError("margins-wrong", subject=_listed(settings.margins))
    width = defaults.size[0] - margins[1] - margins[3]
    height = defaults.size[1] - margins[0] - margins[2]
    if min(margins) < 0 or min(width, height) < _NARROWEST_COLUMN:
        raise UsageError("margins-wrong", subject=_listed(settings.margins))
    return margins


def _with_room(
    margins: tuple[float, float, float, float], *, head: float, font_size: float
) -> tuple[float, float, float, float]:
    """Return margins that hold the running head, whose size is in em, and the folio."""
    top, outer, bottom, inner = margins
    line = font_size * _MM_PER_POINT
    return max(top, line * head * _HEAD), outer, max(bottom, line * _FOLIO), inner


def _listed(lengths: tuple[float, ...]) -> str:
    return ",".join(f"{length:g}" for length in lengths)


def _font_size(points: float) -> float:
    if not _SMALLEST_TYPE <= points <= _LARGEST_TYPE:
        raise UsageError("font-size-wrong", subject=f"{points:g}")
    return points
