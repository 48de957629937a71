"""The doctor: what is there, what is missing, and the packages to install."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError
from importlib.util import find_spec
from pathlib import Path

import pytest

from exporter import assets, checks, doctor
from exporter.arabic import fribidi
from exporter.cli import main
from exporter.doctor import Finding, State

ROOT = Path(__file__).parent.parent

WITHOUT_PANGO = """
import _cffi_backend, sys
class FFI:
    real = _cffi_backend.FFI
    def __init__(self, *args, **declarations):
        self.ffi = self.real(*args, **declarations)
    def __getattr__(self, name):
        return getattr(self.ffi, name)
    def dlopen(self, name, flags=0):
        if "pango" in name:
            raise OSError(f"cannot load library {name!r}")
        return self.ffi.dlopen(name, flags)
_cffi_backend.FFI = FFI
from exporter.cli import main
raise SystemExit(main(sys.argv[1:]))
"""


def states() -> dict[str, State]:
    """Return what the doctor finds, by name."""
    return {finding.name: finding.state for finding in doctor.examine()}


def test_this_machine_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    for name in ("Python", "weasyprint", "Pango", "FriBidi", "fonts", "Amiri", "naskh", "qpdf"):
        assert name in out


def test_a_missing_library_is_named_with_its_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def load(name: str) -> object:
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", load)
    assert main(["doctor"]) == 1
    (line,) = [line for line in capsys.readouterr().out.splitlines() if " PangoFT2 " in line]
    assert line.startswith("x ")
    assert "Debian/Ubuntu: libpangoft2-1.0-0; Fedora: pango; Homebrew: pango" in line


def test_what_only_judges_is_not_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    found = states()
    assert found["java"] is found["qpdf"] is found["Ace"] is State.MISSING_OPTIONAL
    assert State.MISSING not in found.values()


def test_every_judge_that_check_asks_is_looked_for(tmp_path: Path) -> None:
    asked = set()
    for name, start in (("a.epub", b"PK\x03\x04"), ("a.pdf", b"%PDF-1.7")):
        path = tmp_path / name
        path.write_bytes(start)
        asked |= {result.judge for result in checks.check(path)}
    assert len(asked) > 4
    assert asked - {"exporter"} <= states().keys()


def test_damaged_fonts_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "fonts"
    shutil.copytree(assets.fonts_folder(), folder)
    monkeypatch.setattr(assets, "fonts_folder", lambda: folder)
    assert states()["fonts"] is State.FOUND
    (folder / "amiri" / "Amiri-Bold.ttf").write_bytes(b"x")
    (found,) = [finding for finding in doctor.examine() if finding.name == "fonts"]
    assert found == Finding("fonts", State.MISSING, f"{folder}: Amiri-Bold.ttf")
    (folder / "fonts.toml").unlink()
    assert states()["fonts"] is State.MISSING


def test_missing_templates_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "templates_folder", lambda: tmp_path)
    assert states()["themes"] is State.MISSING


def test_the_packages_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {line.split("=")[0].split(">")[0].strip() for line in project["dependencies"]}
    assert set(doctor.PACKAGES) == names


def test_the_libraries_are_loaded_by_the_names_of_those_who_use_them() -> None:
    spec = find_spec("weasyprint")
    assert spec
    assert spec.origin
    loader = (Path(spec.origin).parent / "text" / "ffi.py").read_text(encoding="utf-8")
    for library in doctor.LIBRARIES:
        known = repr(fribidi.LIBRARY_NAMES) if library.name == "FriBidi" else loader
        assert all(f"'{name}'" in known for name in library.files), library.name


def test_without_pango_the_command_says_what_to_install(tmp_path: Path) -> None:
    article = tmp_path / "مقال.txt"
    article.write_text("عنوان المقال\n\nهذه فقرة أولى من كلام طويل في المقال.\n", encoding="utf-8")
    command = [sys.executable, "-c", WITHOUT_PANGO, "export", str(article), "-o", str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert ended.returncode == 1
    assert ended.stdout == ""
    (line,) = ended.stderr.splitlines()
    assert "Pango" in line
    assert "libpango-1.0-0 libpangoft2-1.0-0" in line
    assert [path.name for path in tmp_path.iterdir()] == ["مقال.txt"]


def test_what_only_some_batches_need_is_named_with_its_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def version(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(doctor, "version", version)
    found = {finding.name: finding for finding in doctor.examine()}
    for name, extra in doctor.EXTRAS.items():
        assert found[name].state is State.MISSING_OPTIONAL
        assert f"arabic-exporter[{extra}]" in found[name].detail
