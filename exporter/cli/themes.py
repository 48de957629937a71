"""`exporter themes`: the bundled themes in a sentence each, or one theme with all its settings."""

from __future__ import annotations

from collections.abc import Iterator

from exporter import themes
from exporter.choices import Justify, Numbered, Settings
from exporter.cli.console import Console
from exporter.cli.parser import Request
from exporter.messages import filled, listed, sentence
from exporter.themes import Theme

_INDENT = "  "


def show(request: Request, console: Console) -> None:
    """Print the bundled themes, or the theme that the request names (a user's own as `./mine`)."""
    names = request.arguments or themes.theme_names()
    for name in names:
        lines = _details if request.arguments else _brief
        for line in lines(name, console.language):
            console.write(line)


def _brief(name: str, language: str) -> Iterator[str]:
    theme = themes.load(name, Settings())
    page = themes.page_names(name)[0]
    faces = dict.fromkeys((theme.font, theme.heading_font))
    yield f"{theme.name}: {_summary(theme, language)}"
    yield f"{_INDENT}{listed((page, *faces), language=language)}"


def _details(name: str, language: str) -> Iterator[str]:
    theme = themes.load(name, Settings())
    yield f"{theme.name}: {_summary(theme, language)}"
    for code, value in _rows(theme, language):
        if value:
            yield f"{_INDENT}{sentence(code, language=language)} {value}"
    for page in themes.page_names(name):
        settled = themes.load(name, Settings(page=page))
        yield f"{_INDENT}{filled('themes-page', _fields(page, settled), language=language)}"


def _rows(theme: Theme, language: str) -> Iterator[tuple[str, str]]:
    """Yield what goes for every page of a theme, each with the code of its name."""
    yield "themes-folder", str(theme.folders[0])
    yield (
        "themes-extends",
        listed(tuple(folder.name for folder in theme.folders[1:]), language=language),
    )
    yield "themes-text", theme.font
    yield "themes-headings", theme.heading_font
    yield "themes-fallback", listed(theme.fallback, language=language)
    yield "themes-lines", sentence(_LINES[theme.justify], language=language)
    yield "themes-leading", f"{theme.leading:g} em"
    yield (
        "themes-numbered",
        listed(
            tuple(sentence(_NUMBERED[one], language=language) for one in theme.numbered),
            language=language,
        ),
    )
    colours = tuple(f"{use} {colour}" for use, colour in theme.colours.items())
    yield "themes-colours", listed(colours, language=language)


_LINES = {
    Justify.KASHIDA: "themes-kashida",
    Justify.SPACES: "themes-spaces",
    Justify.NONE: "themes-ragged",
}

_NUMBERED = {
    Numbered.HEADINGS: "themes-headings-numbered",
    Numbered.FIGURES: "themes-figures-numbered",
    Numbered.TABLES: "themes-tables-numbered",
}


def _fields(page: str, theme: Theme) -> dict[str, str]:
    return {
        "page": page,
        "width": f"{theme.page[0]:g}",
        "height": f"{theme.page[1]:g}",
        "margins": ",".join(f"{margin:g}" for margin in theme.margins),
        "size": f"{theme.font_size:g}",
        "columns": str(theme.columns),
    }


def _summary(theme: Theme, language: str) -> str:
    return theme.summary.get(language) or next(iter(theme.summary.values()), "")
