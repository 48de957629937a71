"""The options of the command, in one table: for the parser, the config file and completion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from exporter.arabic.normalisation.rules import choices
from exporter.config import Kind


class Command(StrEnum):
    """What the program can be told to do."""

    EXPORT = "export"
    READ = "read"
    CHECK = "check"
    THEMES = "themes"
    DOCTOR = "doctor"
    COMPLETION = "completion"


EXPORT = (Command.EXPORT,)
READ = (Command.READ,)
BOTH = (Command.EXPORT, Command.READ)


class Group(StrEnum):
    """The groups of options in the help; the heading of each is in the catalogue."""

    OUTPUT = "output"
    LOOK = "look"
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
    Option("output", Kind.PATH, EXPORT, Group.OUTPUT, "DIR", short="-o"),
    Option("name", Kind.TEXT, EXPORT, Group.OUTPUT, "STEM"),
    Option("to", Kind.LIST, EXPORT, Group.OUTPUT, "FORMATS", choices=("pdf", "epub", "pdf,epub")),
    Option("cover", Kind.PATH, EXPORT, Group.OUTPUT, "FILE", choices=("none", "lead")),
    Option(
        "device",
        Kind.TEXT,
        EXPORT,
        Group.OUTPUT,
        "READER",
        choices=("generic", "kobo", "kindle", "pocketbook", "koreader", "apple"),
    ),
    Option("fonts", Kind.TEXT, EXPORT, Group.OUTPUT, "HOW", choices=("embed", "none")),
    Option("json", Kind.FLAG, READ, Group.OUTPUT, in_file=False),
    Option("theme", Kind.TEXT, EXPORT, Group.LOOK, "THEME"),
    Option("page", Kind.TEXT, EXPORT, Group.LOOK, "SIZE", choices=_PAGES),
    Option("margins", Kind.LIST, EXPORT, Group.LOOK, "MM"),
    Option("binding", Kind.TEXT, EXPORT, Group.LOOK, "EDGE", choices=("none", "right", "left")),
    Option("font", Kind.TEXT, EXPORT, Group.LOOK, "NAME"),
    Option("font-dir", Kind.PATH, EXPORT, Group.LOOK, "DIR"),
    Option("font-size", Kind.NUMBER, EXPORT, Group.LOOK, "PT"),
    Option(
        "digits",
        Kind.TEXT,
        EXPORT,
        Group.LOOK,
        "FAMILY",
        choices=("auto", "arabic", "western", "persian"),
    ),
    Option(
        "calendar",
        Kind.TEXT,
        EXPORT,
        Group.LOOK,
        "CALENDAR",
        choices=("auto", "gregorian", "hijri", "both"),
    ),
    Option(
        "input-format",
        Kind.TEXT,
        BOTH,
        Group.INPUT,
        "FORMAT",
        choices=("text", "html", "markdown", "docx", "feed", "article-json"),
    ),
    Option("limit", Kind.NUMBER, BOTH, Group.INPUT, "N"),
    Option("since", Kind.TEXT, BOTH, Group.INPUT, "DATE"),
    Option("images", Kind.TEXT, BOTH, Group.NETWORK, "HOW", choices=("embed", "grey", "none")),
    Option("cookies", Kind.PATH, BOTH, Group.NETWORK, "FILE"),
    Option("offline", Kind.FLAG, BOTH, Group.NETWORK),
    Option("cache", Kind.FLAG, BOTH, Group.NETWORK),
    Option("allow-private", Kind.FLAG, BOTH, Group.NETWORK),
    Option("numerals", Kind.TEXT, EXPORT, Group.LOOK, "KIND", choices=("digits", "abjad")),
    Option("justify", Kind.TEXT, EXPORT, Group.LOOK, "HOW", choices=("kashida", "spaces", "none")),
    Option("normalise", Kind.LIST, EXPORT, Group.LOOK, "RULES", choices=choices()),
    Option("title", Kind.TEXT, BOTH, Group.CORRECTION, "TEXT"),
    Option("author", Kind.REPEATED, BOTH, Group.CORRECTION, "NAME"),
    Option("publisher", Kind.TEXT, BOTH, Group.CORRECTION, "NAME"),
    Option("date", Kind.TEXT, BOTH, Group.CORRECTION, "DATE"),
    Option("language", Kind.TEXT, BOTH, Group.CORRECTION, "TAG"),
    Option("keep-everything", Kind.FLAG, BOTH, Group.CORRECTION),
    Option("config", Kind.PATH, BOTH, Group.PROGRAM, "FILE", in_file=False),
    Option("verbose", Kind.FLAG, BOTH, Group.PROGRAM, short="-v"),
    Option("quiet", Kind.FLAG, BOTH, Group.PROGRAM, short="-q"),
)
"""Every option with a value or a meaning of its own; `--help` and `--version` are argparse's."""

SHELLS = ("bash", "zsh", "fish")
"""The shells that completion is written for."""

TAKES_SOURCES = BOTH
"""The commands whose arguments are sources."""

TAKES_FILES = (*TAKES_SOURCES, Command.CHECK)
"""The commands whose arguments are files, as completion offers them."""


def options_of(command: Command) -> Iterator[Option]:
    """Yield the options of a command, in the order of its help."""
    return (option for option in OPTIONS if command in option.commands)
