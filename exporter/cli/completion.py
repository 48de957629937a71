"""Completion scripts for bash, zsh and fish, made from the table of options."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from exporter import fonts, themes
from exporter.cli.options import SHELLS, TAKES_FILES, Command, Option, options_of
from exporter.cli.parser import Say
from exporter.config import Kind


def completion(shell: str, say: Say) -> str:
    """Return the script that teaches a shell of `SHELLS` to complete the command."""
    return _SCRIPTS[shell](say)


def _offers(option: Option) -> tuple[str, ...]:
    """Return the values that an option is known to take."""
    match option.name:
        case "theme":
            return themes.theme_names()
        case "font":
            return tuple(family.name for family in fonts.families())
        case _:
            return option.choices


def _names(option: Option) -> tuple[str, ...]:
    return (option.short, option.flag) if option.short else (option.flag,)


def _takes_value(option: Option) -> bool:
    return option.kind is not Kind.FLAG


# --- bash -----------------------------------------------------------------------------------

_BASH = """\
# bash completion for exporter: eval "$(exporter completion bash)"
_exporter_offer() {
    local word typed=${current//[\\\\\\"\\']/}
    for word in "$@"; do
        [[ $word == "$typed"* ]] || continue
        case $current in
            [\\"\\']*) COMPREPLY+=("$word") ;;
            *) COMPREPLY+=("${word// /\\\\ }") ;;
        esac
    done
}
_exporter() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    if [ "$current" = = ]; then
        current=
    elif [ "$previous" = = ]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
    fi
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        _exporter_offer @COMMANDS@
        return
    fi
    case "${COMP_WORDS[1]} $previous" in
@VALUES@
    esac
    case "${COMP_WORDS[1]} $current" in
@OPTIONS@
        "completion "*) _exporter_offer @SHELLS@ ;;
        "themes "*) _exporter_offer @THEMES@ ;;
    esac
}
# Where nothing is offered, bash completes names of files.
complete -o default -F _exporter exporter"""


def _bash(_say: Say) -> str:
    return _filled(
        _BASH,
        {
            "COMMANDS": " ".join(Command),
            "VALUES": "\n".join(
                _bash_value(command, option)
                for command in Command
                for option in options_of(command)
                if _takes_value(option)
            ),
            "OPTIONS": "\n".join(map(_bash_options, Command)),
            "SHELLS": " ".join(SHELLS),
            "THEMES": " ".join(themes.theme_names()),
        },
    )


def _bash_value(command: Command, option: Option) -> str:
    pattern = "|".join(f'"{command} {name}"' for name in _names(option))
    offers = " ".join(map(_quoted, _offers(option)))
    match option.kind:
        case Kind.PATH if option.metavar == "DIR":
            action = "compopt +o default -o dirnames"
        case Kind.PATH:
            action = f'[ -z "$current" ] || _exporter_offer {offers}' if offers else ":"
        case _:
            action = f"compopt +o default; _exporter_offer {offers}".rstrip()
    return f"        {pattern}) {action}; return ;;"


def _bash_options(command: Command) -> str:
    names = [name for option in options_of(command) for name in _names(option)]
    words = " ".join((*names, "-h", "--help"))
    return f'        "{command} -"*) _exporter_offer {words} ;;'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


# --- zsh ------------------------------------------------------------------------------------

_ZSH = """\
#compdef exporter
# zsh completion for exporter: eval "$(exporter completion zsh)"
_exporter() {
    if (( CURRENT == 2 )); then
        local -a commands=(
@COMMANDS@
        )
        _describe command commands
        return
    fi
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
@CASES@
    esac
}
compdef _exporter exporter"""


def _zsh(say: Say) -> str:
    commands = "\n".join(
        f"            {_quoted(f'{command}:{_brief(say, command)}')}" for command in Command
    )
    cases = "\n".join(_zsh_case(command, say) for command in Command)
    return _filled(_ZSH, {"COMMANDS": commands, "CASES": cases})


def _zsh_case(command: Command, say: Say) -> str:
    specs = [
        _quoted(f"{repeat}{name}[{_brief(say, option.name)}]{_zsh_value(option)}")
        for option in options_of(command)
        for name in _names(option)
        for repeat in (("*",) if option.kind is Kind.REPEATED else ("",))
    ]
    if command in TAKES_FILES:
        specs.append("'*:file:_files'")
    if command is Command.COMPLETION:
        specs.append(_quoted(f"1:shell:({' '.join(SHELLS)})"))
    if command is Command.THEMES:
        specs.append(_quoted(f"1:theme:({' '.join(themes.theme_names())})"))
    return f"        {command}) _arguments {' '.join(specs)} ;;"


def _zsh_value(option: Option) -> str:
    if not _takes_value(option):
        return ""
    offers = " ".join(offer.replace(" ", "\\ ") for offer in _offers(option))
    if option.kind is Kind.PATH:
        action = "_files -/" if option.metavar == "DIR" else "_files"
    else:
        action = f"({offers})" if offers else " "
    return f":{option.metavar}:{action}"


# --- fish -----------------------------------------------------------------------------------


def _fish(say: Say) -> str:
    lines = [
        "# fish completion for exporter: exporter completion fish | source",
        "complete -c exporter -f",
        *(
            "complete -c exporter -n __fish_use_subcommand "
            f"-a {command} -d {_quoted(_brief(say, command))}"
            for command in Command
        ),
    ]
    for command in Command:
        seen = f"-n '__fish_seen_subcommand_from {command}'"
        if command in TAKES_FILES:
            lines.append(f"complete -c exporter {seen} -F")
        if command is Command.COMPLETION:
            lines.append(f"complete -c exporter {seen} -a '{' '.join(SHELLS)}'")
        if command is Command.THEMES:
            lines.append(f"complete -c exporter {seen} -a '{' '.join(themes.theme_names())}'")
        lines += [_fish_option(option, seen, say) for option in options_of(command)]
    return "\n".join(lines)


def _fish_option(option: Option, seen: str, say: Say) -> str:
    short = f" -s {option.short.removeprefix('-')}" if option.short else ""
    offers = " ".join(offer.replace(" ", "\\ ") for offer in _offers(option))
    value = " -x" if _takes_value(option) else ""
    value = " -r -F" if option.kind is Kind.PATH else value
    value += f" -a {_quoted(offers)}" if offers else ""
    brief = _quoted(_brief(say, option.name))
    return f"complete -c exporter {seen}{short} -l {option.name}{value} -d {brief}"


# --------------------------------------------------------------------------------------------


def _brief(say: Say, name: str) -> str:
    """Return the help on something as far as zsh lets it stand in brackets."""
    text = say(f"help-{name}").replace("%%", "%")
    return " ".join(text.translate(str.maketrans("[]:", "() ")).split())


def _filled(template: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        template = template.replace(f"@{name}@", part)
    return template


_SCRIPTS: Mapping[str, Callable[[Say], str]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
