"""The options of the command, in one table: for the parser, the config file and completion."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from exporter.arabic.normalisation.rules import choices
from exporter.config import Kind
from exporter.printing import NO_STANDARD, Ink, Standard
from exporter.records import dataclass


class Command(StrEnum):
    """What the program can be told to do."""

    EXPORT = "export"
    BOOK = "book"
    READ = "read"
    BATCH = "batch"
    CHECK = "check"
    THEMES = "themes"
    DOCTOR = "doctor"
    COMPLETION = "completion"


EXPORT = (Command.EXPORT,)
READ = (Command.READ,)
BOTH = (Command.EXPORT, Command.READ)
BOOK = (Command.BOOK,)
BATCH = (Command.BATCH,)
WRITING = (*EXPORT, *BOOK, *BATCH)
READING = (*BOTH, *BOOK, *BATCH)
CORRECTED = (*BOTH, *BATCH)


class Group(StrEnum):
    """The groups of options in the help; the heading of each is in the catalogue."""

    BOOK = "book"
    OUTPUT = "output"
    BATCH = "batch"
    LOOK = "look"
    PRINT = "print"
    INPUT = "input"
    NETWORK = "network"
    CORRECTION = "correction"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Option:
    """An option; its help is the catalogue's `help-NAME`.

    `choices` is what help and completion offer; themes and fonts may be more. `in_file` says
    whether the config file may hold it.
    """

    name: str
    kind: Kind
    commands: tuple[Command, ...]
    group: Group
    metavar: str = ""
    short: str = ""
    choices: tuple[str, ...] = ()
    in_file: bool = True

    @property
    def flag(self) -> str:
        """The option as it is typed."""
        return f"--{self.name}"


_PAGES = ("a4", "a5", "letter", "eink6", "eink8", "eink10")

OPTIONS = (
    Option("title", Kind.TEXT, BOOK, Group.BOOK, "TEXT"),
    Option("subtitle", Kind.TEXT, BOOK, Group.BOOK, "TEXT"),
    Option("editor", Kind.REPEATED, BOOK, Group.BOOK, "NAME"),
    Option("author", Kind.REPEATED, BOOK, Group.BOOK, "NAME"),
    Option("publisher", Kind.TEXT, BOOK, Group.BOOK, "NAME"),
    Option("date", Kind.TEXT, BOOK, Group.BOOK, "DATE"),
    Option("language", Kind.TEXT, BOOK, Group.BOOK, "TAG"),
    Option("series", Kind.TEXT, BOOK, Group.BOOK, "NAME"),
    Option("number", Kind.NUMBER, BOOK, Group.BOOK, "N"),
    Option("description", Kind.TEXT, BOOK, Group.BOOK, "TEXT"),
    Option("rights", Kind.TEXT, BOOK, Group.BOOK, "TEXT"),
    Option("identifier", Kind.TEXT, BOOK, Group.BOOK, "URN"),
    Option(
        "order",
        Kind.TEXT,
        BOOK,
        Group.BOOK,
        "HOW",
        choices=("given", "oldest", "newest", "title", "author"),
    ),
    Option(
        "group-by",
        Kind.TEXT,
        BOOK,
        Group.BOOK,
        "WHAT",
        choices=("none", "source", "month", "subject"),
    ),
    Option("start", Kind.TEXT, BOOK, Group.BOOK, "WHERE", choices=("page", "recto", "run-on")),
    Option("index", Kind.LIST, BOOK, Group.BOOK, "OF", choices=("authors", "subjects")),
    Option("jobs", Kind.NUMBER, BOOK, Group.PROGRAM, "N", short="-j"),
    Option("output", Kind.PATH, WRITING, Group.OUTPUT, "DIR", short="-o"),
    Option("name", Kind.TEXT, (*EXPORT, *BOOK), Group.OUTPUT, "STEM"),
    Option("to", Kind.LIST, WRITING, Group.OUTPUT, "FORMATS", choices=("pdf", "epub", "pdf,epub")),
    Option("cover", Kind.PATH, WRITING, Group.OUTPUT, "FILE", choices=("none", "lead")),
    Option(
        "device",
        Kind.TEXT,
        WRITING,
        Group.OUTPUT,
        "READER",
        choices=("generic", "kobo", "kindle", "pocketbook", "koreader", "apple"),
    ),
    Option("fonts", Kind.TEXT, WRITING, Group.OUTPUT, "HOW", choices=("embed", "none")),
    Option("json", Kind.FLAG, READ, Group.OUTPUT, in_file=False),
    Option("jobs", Kind.NUMBER, BATCH, Group.BATCH, "N", short="-j"),
    Option("changed", Kind.FLAG, BATCH, Group.BATCH, in_file=False),
    Option("anew", Kind.FLAG, BATCH, Group.BATCH, in_file=False),
    Option("time-limit", Kind.NUMBER, BATCH, Group.BATCH, "SECONDS"),
    Option("memory-limit", Kind.NUMBER, BATCH, Group.BATCH, "MB"),
    Option("journal", Kind.PATH, BATCH, Group.BATCH, "DIR"),
    Option("scheduler", Kind.TEXT, BATCH, Group.BATCH, "ADDRESS"),
    Option("theme", Kind.TEXT, WRITING, Group.LOOK, "THEME"),
    Option("page", Kind.TEXT, WRITING, Group.LOOK, "SIZE", choices=_PAGES),
    Option("margins", Kind.LIST, WRITING, Group.LOOK, "MM"),
    Option("binding", Kind.TEXT, WRITING, Group.LOOK, "EDGE", choices=("none", "right", "left")),
    Option("font", Kind.TEXT, WRITING, Group.LOOK, "NAME"),
    Option("font-dir", Kind.PATH, WRITING, Group.LOOK, "DIR"),
    Option("font-size", Kind.NUMBER, WRITING, Group.LOOK, "PT"),
    Option(
        "digits",
        Kind.TEXT,
        WRITING,
        Group.LOOK,
        "FAMILY",
        choices=("auto", "arabic", "western", "persian"),
    ),
    Option(
        "calendar",
        Kind.TEXT,
        WRITING,
        Group.LOOK,
        "CALENDAR",
        choices=("auto", "gregorian", "hijri", "both"),
    ),
    Option(
        "input-format",
        Kind.TEXT,
        READING,
        Group.INPUT,
        "FORMAT",
        choices=("text", "html", "markdown", "docx", "feed", "article-json"),
    ),
    Option("limit", Kind.NUMBER, READING, Group.INPUT, "N"),
    Option("since", Kind.TEXT, READING, Group.INPUT, "DATE"),
    Option("images", Kind.TEXT, READING, Group.NETWORK, "HOW", choices=("embed", "grey", "none")),
    Option("cookies", Kind.PATH, READING, Group.NETWORK, "FILE"),
    Option("offline", Kind.FLAG, READING, Group.NETWORK),
    Option("cache", Kind.FLAG, READING, Group.NETWORK),
    Option("allow-private", Kind.FLAG, READING, Group.NETWORK),
    Option("numerals", Kind.TEXT, WRITING, Group.LOOK, "KIND", choices=("digits", "abjad")),
    Option("justify", Kind.TEXT, WRITING, Group.LOOK, "HOW", choices=("kashida", "spaces", "none")),
    Option("links", Kind.TEXT, WRITING, Group.LOOK, "HOW", choices=("notes", "inline", "none")),
    Option("source-note", Kind.TEXT, WRITING, Group.LOOK, "WHAT", choices=("qr", "text", "none")),
    Option("normalise", Kind.LIST, WRITING, Group.LOOK, "RULES", choices=choices()),
    Option(
        "pdf-standard",
        Kind.LIST,
        WRITING,
        Group.PRINT,
        "STANDARDS",
        choices=(*Standard, NO_STANDARD),
    ),
    Option("output-profile", Kind.PATH, WRITING, Group.PRINT, "FILE"),
    Option("ink", Kind.TEXT, WRITING, Group.PRINT, "INK", choices=tuple(Ink)),
    Option("bleed", Kind.NUMBER, WRITING, Group.PRINT, "MM"),
    Option("crop-marks", Kind.FLAG, WRITING, Group.PRINT),
    Option("page-multiple", Kind.NUMBER, WRITING, Group.PRINT, "N"),
    Option("title", Kind.TEXT, BOTH, Group.CORRECTION, "TEXT"),
    Option("author", Kind.REPEATED, CORRECTED, Group.CORRECTION, "NAME"),
    Option("publisher", Kind.TEXT, CORRECTED, Group.CORRECTION, "NAME"),
    Option("date", Kind.TEXT, CORRECTED, Group.CORRECTION, "DATE"),
    Option("language", Kind.TEXT, CORRECTED, Group.CORRECTION, "TAG"),
    Option("keep-everything", Kind.FLAG, READING, Group.CORRECTION),
    Option("config", Kind.PATH, READING, Group.PROGRAM, "FILE", in_file=False),
    Option("verbose", Kind.FLAG, READING, Group.PROGRAM, short="-v"),
    Option("quiet", Kind.FLAG, READING, Group.PROGRAM, short="-q"),
)
"""Every option with a value or a meaning of its own; `--help` and `--version` are argparse's."""

SHELLS = ("bash", "zsh", "fish")
"""The shells that completion is written for."""

TAKES_SOURCES = READING
"""The commands whose arguments are sources."""

TAKES_FILES = (*TAKES_SOURCES, Command.CHECK)
"""The commands whose arguments are files, as completion offers them."""


def options_of(command: Command) -> Iterator[Option]:
    """Yield the options of a command, in the order of its help."""
    return (option for option in OPTIONS if command in option.commands)
