"""The parser: words of the command line to a command, its sources and its options' values."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn, assert_never

from exporter.cli.options import SHELLS, TAKES_SOURCES, Command, Group, Option, options_of
from exporter.config import Kind, Values
from exporter.errors import UsageError
from exporter.records import dataclass
from exporter.version import __version__

Say = Callable[[str], str]
"""A code of the catalogue to its sentence in the user's language."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for; `arguments` are sources, or the shell of `completion`."""

    command: Command
    arguments: tuple[str, ...]
    values: Values


def parse(arguments: Sequence[str], say: Say) -> Request:
    """Return the request in the words of a command line.

    Prints and raises SystemExit for `--help` and `--version`; raises UsageError for the rest of
    what isn't a request.
    """
    _check_command(arguments)
    namespace, rest = build_parser(say).parse_known_args(arguments)
    # argparse leaves behind the sources after an option that follows a source.
    unknown = [word for word in rest if word.startswith("-") and word != "-"]
    if unknown:
        subject = unknown[0].partition("=")[0]
        raise UsageError("option-unknown", subject=subject, detail=namespace.command)
    command = Command(namespace.command)
    words = (*getattr(namespace, "arguments", ()), *rest)
    _check_arguments(command, words)
    return Request(command, words, _values(namespace, command))


def _check_command(arguments: Sequence[str]) -> None:
    known = ", ".join(Command)
    word = next(iter(arguments), "")
    if not word:
        raise UsageError("command-missing", subject="exporter", detail=known)
    if not word.startswith("-") and word not in tuple(Command):
        raise UsageError("command-unknown", subject=word, detail=known)
    if word.startswith("-") and word not in {"-h", "--help", "--version"}:
        raise UsageError("command-missing", subject=word, detail=known)


def _check_arguments(command: Command, words: tuple[str, ...]) -> None:
    match command:
        case Command.DOCTOR:
            if words:
                raise UsageError("argument-unknown", subject=words[0], detail=command)
        case Command.THEMES:
            if len(words) > 1:
                raise UsageError("argument-unknown", subject=words[1], detail=command)
        case Command.CHECK:
            if not words:
                raise UsageError("files-missing", subject=f"exporter {command}")
        case Command.COMPLETION:
            _check_shell(words)
        case Command.EXPORT | Command.BOOK | Command.READ | Command.BATCH:
            if not words:
                raise UsageError("sources-missing", subject=f"exporter {command}")
        case _:
            assert_never(command)


def _check_shell(words: tuple[str, ...]) -> None:
    known = ", ".join(SHELLS)
    if not words:
        raise UsageError("shell-missing", subject="exporter completion", detail=known)
    if words[0] not in SHELLS:
        raise UsageError("shell-unknown", subject=words[0], detail=known)
    if len(words) > 1:
        raise UsageError("argument-unknown", subject=words[1], detail=f"completion {words[0]}")


def _values(namespace: argparse.Namespace, command: Command) -> Values:
    given = {option: getattr(namespace, option.name) for option in options_of(command)}
    return {option.name: _as_strings(value) for option, value in given.items() if value is not None}


def _as_strings(value: object) -> tuple[str, ...]:
    match value:
        case bool():
            return ("true" if value else "false",)
        case list():
            return tuple(map(str, value))
        case _:
            return (str(value),)


# --- the parser -----------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """An ArgumentParser whose complaints are UsageErrors."""

    def error(self, message: str) -> NoReturn:
        raise UsageError("command-wrong", subject=self.prog, detail=message)


def build_parser(say: Say) -> argparse.ArgumentParser:
    """Return the parser with its help in the user's language."""
    formatter = _formatter(say)
    parser = _Parser(
        prog="exporter",
        usage=f"exporter {say('help-usage-command')}",
        description=say("help-exporter"),
        epilog=say("help-exporter-examples"),
        formatter_class=formatter,
        add_help=False,
        allow_abbrev=False,
    )
    # Blanks make argparse's column wide enough for every command: it forgets their indent.
    metavar = say("help-name-of-command").ljust(max(map(len, Command)) + 2)
    commands = parser.add_subparsers(dest="command", title=say("help-commands"), metavar=metavar)
    for command in Command:
        child = commands.add_parser(
            command,
            prog=f"exporter {command}",
            usage=f"exporter {command} {say(f'help-usage-{command}')}",
            help=say(f"help-{command}"),
            description=say(f"help-{command}"),
            epilog=say(f"help-{command}-examples"),
            formatter_class=formatter,
            add_help=False,
            allow_abbrev=False,
        )
        _add_arguments(child, command, say)
    _add_help(parser.add_argument_group(say("help-group-program")), say, version=__version__)
    return parser


def _formatter(say: Say) -> type[argparse.HelpFormatter]:
    class Formatter(argparse.RawDescriptionHelpFormatter):
        """A HelpFormatter that says `usage:` in the user's language."""

        def add_usage(  # noqa: PLR0917 - the signature is argparse's
            self,
            usage: str | None,
            actions: Iterable[argparse.Action],
            groups: Iterable[argparse._MutuallyExclusiveGroup],
            prefix: str | None = None,
        ) -> None:
            words = f"{say('help-usage')} " if prefix is None else prefix
            super().add_usage(usage, actions, groups, words)

    return Formatter


def _add_help(group: argparse._ArgumentGroup, say: Say, *, version: str = "") -> None:
    group.add_argument("-h", "--help", action="help", help=say("help-help"))
    if version:
        group.add_argument(
            "--version", action="version", version=f"exporter {version}", help=say("help-version")
        )


def _add_arguments(parser: argparse.ArgumentParser, command: Command, say: Say) -> None:
    if command in TAKES_SOURCES:
        sources = parser.add_argument_group(say("help-group-sources"))
        sources.add_argument(
            "arguments",
            nargs="*",
            metavar=say("help-name-of-source"),
            default=(),
            help=say("help-batch-source" if command is Command.BATCH else "help-source"),
        )
    if command is Command.CHECK:
        files = parser.add_argument_group(say("help-group-sources"))
        files.add_argument(
            "arguments", nargs="*", metavar="FILE", default=(), help=say("help-checked-file")
        )
    if command is Command.THEMES:
        named = parser.add_argument_group(say("help-group-sources"))
        named.add_argument(
            "arguments", nargs="*", metavar="THEME", default=(), help=say("help-theme-name")
        )
    if command is Command.COMPLETION:
        shells = parser.add_argument_group(say("help-group-sources"))
        shells.add_argument(
            "arguments", nargs="*", metavar="SHELL", default=(), help=say("help-shell")
        )
    for group in Group:
        options = [option for option in options_of(command) if option.group is group]
        if options or group is Group.PROGRAM:
            section = parser.add_argument_group(say(f"help-group-{group}"))
            for option in options:
                _add_option(section, option, say)
            if group is Group.PROGRAM:
                _add_help(section, say)


def _add_option(group: argparse._ArgumentGroup, option: Option, say: Say) -> None:
    names = (option.short, option.flag) if option.short else (option.flag,)
    text = say(f"help-{option.name}")
    match option.kind:
        case Kind.FLAG if option.group in {Group.CORRECTION, Group.NETWORK, Group.PRINT}:
            # So that the command line can take back what the config file says.
            group.add_argument(
                *names,
                action=argparse.BooleanOptionalAction,
                dest=option.name,
                default=None,
                help=text,
            )
        case Kind.FLAG:
            group.add_argument(
                *names, action="store_true", dest=option.name, default=None, help=text
            )
        case Kind.REPEATED:
            group.add_argument(
                *names, action="append", dest=option.name, metavar=option.metavar, help=text
            )
        case _:
            group.add_argument(*names, dest=option.name, metavar=option.metavar, help=text)
