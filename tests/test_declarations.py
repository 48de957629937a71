"""Declarations for cffi: those that are kept do what freshly parsed ones do."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.declarations import declared

DECLARATIONS = """
    typedef struct { int width; char name[4]; } thing;
    typedef enum { NONE, SOME = 5 } amount;
    double sqrt(double);
    size_t strlen(const char *);
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "arabic-exporter" / "declarations"


def test_kept_declarations_are_those_that_were_parsed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = declared(DECLARATIONS)
    assert len(list(folder.iterdir())) == 1
    monkeypatch.setattr("exporter.declarations._parsed", lambda _: pytest.fail("parsed again"))
    kept = declared(DECLARATIONS)
    for ffi in (parsed, kept):
        library = ffi.dlopen(None)
        assert library.strlen(b"abc") == 3
        assert library.SOME == 5
        assert ffi.sizeof("thing") == 8
        assert ffi.new("thing *", {"width": 7}).width == 7


def test_damaged_declarations_are_parsed_again(folder: Path) -> None:
    declared(DECLARATIONS)
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes().replace(b"strlen", b"sprint"))
    assert declared(DECLARATIONS).dlopen(None).strlen(b"abcd") == 4
