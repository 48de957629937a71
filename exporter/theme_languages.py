"""A theme in the language of an article: the family that its readers are used to."""

from __future__ import annotations

from dataclasses import replace

from exporter.font_library import beside
from exporter.themes import Theme


def in_language(theme: Theme, language: str) -> Theme:
    """Return the theme with the text family that it has for a language, if it has one."""
    name = theme.languages.get(language.lower().partition("-")[0], "")
    if not name:
        return theme
    text = theme.library.family(name)
    return replace(
        theme,
        font=text.name,
        heading_font=text.name if theme.heading_font == theme.font else theme.heading_font,
        leading=max(theme.leading, text.leading),
        library=beside(text, own=theme.library.own),
    )
