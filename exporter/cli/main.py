"""From the words of a command line to an exit code, without a traceback on any way."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

from exporter import patterns
from exporter.cli.console import Console, interface_language
from exporter.errors import ExporterError

INTERRUPTED = 130
BROKEN_PIPE = 141
"""128 and the number of the signal, as shells have it."""
GARBAGE = (150_000, 20, 20)
"""How seldom garbage is looked for: the process is short, and most of what it makes stays."""
_A_MOMENT = 0.01
"""Seconds: long enough for Python to be out of what dropped the exception."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 done, 1 an input failed, 2 wrong usage."""
    is_the_program = arguments is None
    if is_the_program:
        gc.set_threshold(*GARBAGE)
        patterns.take_over()
        _replace_closed_streams()
    console = Console(interface_language(os.environ))
    if is_the_program:
        _leave_tidily_when_ended(console)
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        code = _guarded(arguments, console)
        if is_the_program:
            patterns.remember()
            # What is left goes with the process: Python needn't look through it for cycles again.
            gc.freeze()
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        _let_go_of_the_streams()
        return BROKEN_PIPE
    except OSError:  # a full disk, which has been said
        _let_go_of_the_streams()
        return 1
    return code


def _guarded(arguments: Sequence[str], console: Console) -> int:
    try:
        _run(arguments, console)
    except SystemExit as end:  # argparse after --help and --version, or a signal
        return end.code if isinstance(end.code, int) else 0
    except KeyboardInterrupt:
        console.done()
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except ExporterError as error:
        console.error(error)
    except Exception as error:  # noqa: BLE001 - no traceback for a user, whatever happens
        console.unexpected(error)
    return console.exit_code


def _run(arguments: Sequence[str], console: Console) -> None:
    from exporter.cli.parser import parse

    request = parse(arguments, console.say)
    # Only now what takes time: --help and --version are over.
    import mimetypes

    # The system's tables would be read while WeasyPrint is loaded, and nothing is looked up there.
    mimetypes.knownfiles.clear()
    from exporter.cli.commands import COMMANDS

    COMMANDS[request.command](request, console)


def _leave_tidily_when_ended(console: Console) -> None:
    """Let signals unwind the stack, so that no half-written file stays behind.

    The console is told too: WeasyPrint catches whatever is raised while it draws a picture. And
    Python drops what is raised while an object is let go: the signal is then sent again.
    """

    def end(number: int, _frame: FrameType | None) -> None:
        console.ended_by = number
        raise SystemExit(128 + number)

    others = sys.unraisablehook

    def dropped(what: sys.UnraisableHookArgs) -> None:
        if not (console.ended_by and issubclass(what.exc_type, SystemExit)):
            others(what)
            return
        import threading  # only now: a start has no need of it

        again = threading.Timer(_A_MOMENT, os.kill, (os.getpid(), console.ended_by))
        again.daemon = True
        again.start()

    sys.unraisablehook = dropped

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is None or signal.getsignal(number) is signal.SIG_IGN:  # a job of `nohup` or `&`
            continue
        with suppress(ValueError):  # not in the main thread
            signal.signal(number, end)


def _replace_closed_streams() -> None:
    """Give the program streams where it was started without, as by `>&-`."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nothing = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - till the end
            setattr(sys, name, nothing)


def _let_go_of_the_streams() -> None:
    """Point the streams at nothing, as Python flushes them once more when it ends."""
    with suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.dup2(nothing, sys.stderr.fileno())
