"""WeasyPrint comes quickly, brings what a document needs, and is the same WeasyPrint."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from exporter.typesetting import loading

EXPORT = """
import sys
from exporter import fonts, pipeline
if {stock}:
    import weasyprint
from exporter.cli import main
main(["export", "seeds/technical.txt", "--to", "pdf", "--name", "a", "-o", {folder!r}])
heavy = ("fontTools", "PIL.ImageCms", "pycparser", "pypdfium2", "importlib.metadata")
print([name for name in heavy if name in sys.modules])
"""
REPOSITORY = Path(__file__).resolve().parents[2]


def run(folder: Path, code: str, **values: object) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code.format(folder=str(folder), **values)],
        cwd=REPOSITORY,
        env={"HOME": str(folder), "SOURCE_DATE_EPOCH": "0", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1]


def test_an_export_loads_nothing_that_it_has_no_use_for(tmp_path: Path) -> None:
    run(tmp_path, EXPORT, stock=False)  # keeps the declarations
    assert run(tmp_path, EXPORT, stock=False) == "[]"


def test_a_file_is_the_same_with_the_hosts_own_weasyprint_and_with_an_empty_cache(
    tmp_path: Path,
) -> None:
    found = set()
    for stock, home in ((False, "one"), (False, "one"), (True, "one"), (False, "two")):
        folder = tmp_path / home
        folder.mkdir(exist_ok=True)
        run(folder, EXPORT, stock=stock)
        found.add((folder / "a.pdf").read_bytes())
    assert len(found) == 1


def test_what_comes_later_is_the_library_itself(tmp_path: Path) -> None:
    code = """
from exporter.typesetting.loading import load
load()
import sys, weasyprint, weasyprint.pdf.fonts as used
assert "fontTools" not in sys.modules and "PIL.ImageCms" not in sys.modules
options = used.subset.Options(retain_gids=True)
from fontTools import subset, ttLib
from fontTools.varLib.instancer import instantiateVariableFont
assert isinstance(options, subset.Options) and used.TTLibError is ttLib.TTLibError
assert used.TTFont is ttLib.TTFont and used.instantiateVariableFont is instantiateVariableFont
import PIL.ImageCms, weasyprint.text.ffi as bound
assert weasyprint.text.ffi is bound and bound.ffi.new("char[]", b"a")
print("sound")
"""
    assert run(tmp_path, code.replace("{", "{{").replace("}", "}}")) == "sound"


def test_this_weasyprint_is_the_one_that_is_loaded_quickly() -> None:
    # Otherwise it is loaded in the slow way, which nobody would see.
    sources = loading._sources()
    assert loading._START in sources[loading._FFI]
    assert all(sources.values())
    assert loading._digest(sources) == loading.DIGEST


@pytest.mark.parametrize("name", [loading._FFI, *loading._LATER])
def test_a_weasyprint_with_another_module_is_loaded_as_it_loads_itself(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = {**loading._sources(), name: "import fontTools"}
    done: list[str] = []
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(loading, "_sources", lambda: sources)
    monkeypatch.setattr(loading, "_ffi", lambda _: pytest.fail("it was taken apart"))
    monkeypatch.setattr(loading, "import_module", done.append)
    loading.load()
    assert done == ["weasyprint"]


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["export", "--help"]])
def test_help_loads_no_library(arguments: list[str]) -> None:
    code = f"""
import sys
from exporter.cli import main
main({arguments!r})
print([name for name in ("weasyprint", "jinja2", "lxml", "PIL", "cffi") if name in sys.modules])
"""
    assert run(Path("/nowhere"), code) == "[]"
