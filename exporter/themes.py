"""Themes: a folder of templates, CSS and words, with the settings the user chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Digits(StrEnum):
    """The digit family of everything the program itself numbers or dates."""

    AUTO = "auto"
    ARABIC = "arabic"
    WESTERN = "western"
    PERSIAN = "persian"


class Binding(StrEnum):
    """The edge at which pages are bound; mirrored margins only when there is one."""

    NONE = "none"
    RIGHT = "right"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose about the look; an empty value leaves it to the theme.

    `page` is `a4`, `a5`, `letter` or `WxHmm` (`120x180mm`); `margins` one to four lengths in mm
    in CSS order, block-start, outer/end, block-end, inner/start; `font` a bundled family;
    `font_size` is in points.
    """

    page: str = ""
    margins: tuple[float, ...] = ()
    binding: Binding = Binding.NONE
    font: str = ""
    font_size: float = 0.0
    digits: Digits = Digits.AUTO


@dataclass(frozen=True, slots=True)
class Theme:
    """A loaded theme with everything settled.

    `folders` are the theme's own template folder and those it extends, nearest first; `page` is
    width and height in mm; `margins` block-start, outer, block-end, inner in mm; `font` the text
    family and `fallback` the families tried after it, in order; `words` the theme's own words by
    language, each by key.
    """

    name: str
    folders: tuple[Path, ...]
    page: tuple[float, float]
    margins: tuple[float, float, float, float]
    binding: Binding
    font: str
    font_size: float
    monospace: str
    fallback: tuple[str, ...]
    digits: Digits
    words: Mapping[str, Mapping[str, str]]
