"""Modules that come when something of them is asked for, and are then like any other."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from exporter.postponed import postpone

_SLOW = "import time\nrun = globals().get('run', 0) + 1\ntime.sleep(0.05)\nlast = 'there'\n"


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a module that takes a while."""
    (tmp_path / "packed").mkdir()
    (tmp_path / "packed" / "__init__.py").write_text("")
    (tmp_path / "packed" / "slow.py").write_text(_SLOW)
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("packed", "packed.slow"):
        monkeypatch.setitem(sys.modules, name, None)  # so that it goes when the test is over
        del sys.modules[name]
    return "packed.slow"


def test_a_module_runs_when_something_of_it_is_used(module: str) -> None:
    postpone(module)
    import packed.slow  # type: ignore[import-not-found, unused-ignore]
    from packed import slow

    assert "run" not in vars(slow)
    assert packed.slow.last == "there"
    assert type(slow) is ModuleType
    assert not hasattr(slow, "more")


def test_threads_wait_until_it_is_whole(module: str) -> None:
    postpone(module)
    slow = sys.modules[module]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: (slow.last, slow.run), range(8)))
    assert found == [("there", 1)] * 8


def test_what_is_loaded_or_not_there_is_left_alone() -> None:
    before = sys.modules["pathlib"]
    postpone("pathlib", "no_such_module_anywhere")
    assert sys.modules["pathlib"] is before
    assert "no_such_module_anywhere" not in sys.modules


def test_a_module_that_fails_says_so_each_time(module: str, tmp_path: Path) -> None:
    (tmp_path / "packed" / "slow.py").write_text("raise ImportError('no such library')")
    postpone(module)
    for _ in range(2):
        with pytest.raises(ImportError, match="no such library"):
            _ = sys.modules[module].last


def test_an_export_needs_none_of_them(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom exporter.cli import main\n"
        f"main(['export', 'seeds/essay.txt', '-o', {str(tmp_path)!r}, '--quiet'])\n"
        "late = 'bz2 calendar ipaddress ssl subprocess traceback PIL.ExifTags'.split()\n"
        "print([name for name in late if type(sys.modules[name]).__name__ == 'module'])\n"
    )
    command = [sys.executable, "-c", code]
    root = Path(__file__).resolve().parent.parent
    for _ in range(2):  # the first one may have to fill the user's cache
        done = subprocess.run(command, check=True, cwd=root, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"
