"""Regular expressions that were kept are those that Python compiles."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from exporter import patterns

REPOSITORY = Path(__file__).resolve().parent.parent
EXPRESSIONS: tuple[tuple[str | bytes, int], ...] = (
    (r"(?P<day>[\u0660-\u0669]{1,2})\s(?P<month>\w+)|(?<!a)b*?", 0),
    ("[\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER YEH}]+|(ab|ac)", re.IGNORECASE | re.MULTILINE),
    (rb"<(?P<name>[a-z]+)[^>]*>", re.IGNORECASE),
    ("", 0),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(patterns, "_missed", [])
    patterns._known.cache_clear()
    yield tmp_path / "arabic-exporter" / "patterns"
    patterns._known.cache_clear()


def kept(pattern: Any, flags: int) -> re.Pattern[Any]:  # noqa: ANN401 - text or bytes
    """Return an expression as a run has it that finds it kept."""
    patterns.compiled(pattern, flags)
    patterns.remember()
    patterns._known.cache_clear()
    found: re.Pattern[Any] = patterns.compiled(pattern, flags)
    assert not patterns._missed
    return found


@pytest.mark.parametrize(("pattern", "flags"), EXPRESSIONS)
def test_a_kept_expression_is_the_one_that_python_compiles(
    pattern: str | bytes, flags: int
) -> None:
    found, wanted = kept(pattern, flags), re.compile(pattern, flags)
    assert found == wanted  # its code, to the last word
    assert (found.groups, found.groupindex) == (wanted.groups, wanted.groupindex)
    assert (found.flags, repr(found)) == (wanted.flags, repr(wanted))


def test_it_finds_names_and_groups() -> None:
    match = kept(*EXPRESSIONS[0]).fullmatch("\u0661\u0662 month")
    assert match is not None
    assert match.groupdict() == {"day": "\u0661\u0662", "month": "month"}
    assert match.lastgroup == "month"


@pytest.mark.parametrize("damage", [b"", b"\0" * 400])
def test_damaged_ones_are_compiled_again(folder: Path, damage: bytes) -> None:
    kept("a+", 0)
    (file,) = folder.iterdir()
    file.write_bytes(damage)
    patterns._known.cache_clear()
    assert patterns.compiled("a+").fullmatch("aa")
    assert patterns._missed == [("a+", 0)]


def test_an_interpreter_that_compiles_in_another_way_is_left_to_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "_engine", lambda: None)
    assert patterns.compiled("a+").fullmatch("aa")
    patterns.remember()
    assert not folder.exists()


def test_this_interpreter_compiles_in_the_way_that_is_known() -> None:
    # Otherwise nothing is kept, which nobody would see.
    assert patterns._engine() is import_module("_sre")


def test_the_command_compiles_an_expression_once(tmp_path: Path) -> None:
    code = """
from exporter import patterns
from exporter.cli import main
code = main(["read", "seeds/essay.txt"])
print(code, len(patterns._missed))
"""
    command = [sys.executable, "-c", code]
    environment = os.environ | {"HOME": str(tmp_path)}

    def missed() -> str:
        done = subprocess.run(
            command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.splitlines()[-1]

    first = missed()
    assert first.startswith("0 ")
    assert int(first.split()[1]) > 100
    program = [sys.executable, "-m", "exporter", "read", "seeds/essay.txt"]
    subprocess.run(program, cwd=REPOSITORY, env=environment, capture_output=True, check=True)
    assert missed() == "0 0"


_A_LIBRARY = """
import re
FOUND = re.compile("of a library (own)")
class Form:
    FOUND = re.compile(b"of a class", re.ASCII)
def look(word):
    return re.compile(f"{word} of the moment").search("none")
look("text")
"""


def test_what_libraries_compile_is_kept_but_not_what_their_functions_do(tmp_path: Path) -> None:
    (tmp_path / "some_library.py").write_text(_A_LIBRARY)
    code = (
        "import sys; from exporter import patterns; patterns.take_over(); import some_library\n"
        "print(len(patterns._missed), some_library.FOUND.search('of a library own')[1])\n"
        "patterns.remember(); print(sorted(map(str, patterns._known())))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(REPOSITORY)))}
    command = [sys.executable, "-c", code]
    first, second = (
        subprocess.run(command, check=True, env=environment, capture_output=True, text=True).stdout
        for _ in range(2)
    )
    assert first.splitlines()[0].endswith(" own")
    assert second.splitlines() == ["0 own", first.splitlines()[1]]
    assert "of a library" in second
    assert "of a class" in second
    assert "of the moment" not in second
