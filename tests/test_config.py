"""The configuration file: where it is found, what it says, and what it may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import config
from exporter.cli.options import OPTIONS, Command
from exporter.cli.parser import Request
from exporter.cli.settings import merged
from exporter.config import Kind
from exporter.errors import UsageError

KINDS = {option.name: option.kind for option in OPTIONS if option.in_file}


def written(path: Path, text: str) -> Path:
    """Write a file with the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    here, home, xdg = tmp_path / "here", tmp_path / "home", tmp_path / "xdg"
    here.mkdir()
    environment = {"HOME": str(home)}
    assert config.find("", environment=environment, here=here) is None
    in_home = written(home / ".config" / "exporter" / "config.toml", "")
    assert config.find("", environment=environment, here=here) == in_home
    in_xdg = written(xdg / "exporter" / "config.toml", "")
    environment["XDG_CONFIG_HOME"] = str(xdg)
    assert config.find("", environment=environment, here=here) == in_xdg
    local = written(here / "exporter.toml", "")
    assert config.find("", environment=environment, here=here) == local
    environment["EXPORTER_CONFIG"] = str(tmp_path / "named.toml")
    assert config.find("", environment=environment, here=here) == tmp_path / "named.toml"
    assert config.find("x.toml", environment=environment, here=here) == Path("x.toml")


def test_the_values_are_those_of_the_command_line(tmp_path: Path) -> None:
    path = written(
        tmp_path / "exporter.toml",
        'page = "a5"\nmargins = [20, 15.5]\nfont-size = 12\nauthor = ["ليلى", "هند"]\n'
        'to = "epub"\noutput = "books"\ncover = "none"\nkeep-everything = true\n',
    )
    assert config.load(path, options=KINDS) == {
        "page": ("a5",),
        "margins": ("20", "15.5"),
        "font-size": ("12",),
        "author": ("ليلى", "هند"),
        "to": ("epub",),
        "output": (str(tmp_path / "books"),),
        "cover": ("none",),
        "keep-everything": ("true",),
    }


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "exporter.toml"
    path.write_bytes(b'\xef\xbb\xbfpage = "a5"\r\n')
    assert config.load(path, options=KINDS) == {"page": ("a5",)}


def test_the_command_line_wins(tmp_path: Path) -> None:
    path = written(tmp_path / "c.toml", 'page = "a5"\nquiet = true\nkeep-everything = true')
    given = {
        "config": (str(path),),
        "page": ("a4",),
        "verbose": ("true",),
        "keep-everything": ("false",),
    }
    values = merged(Request(Command.EXPORT, ("a.txt",), given), environment={})
    assert values["page"] == ("a4",)
    assert values["keep-everything"] == ("false",)
    assert "quiet" not in values


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pages = 'a5'", "pages"),
        ("config = 'x.toml'", "config"),
        ("json = true", "json"),
        ("page = 5", "page must be a string"),
        ("page = ['a5']", "page must be a string"),
        ("font-size = '12'", "font-size must be a number"),
        ("font-size = true", "font-size must be a number"),
        ("keep-everything = 'yes'", "keep-everything must be true or false"),
        ("author = [1]", "author must be a string or an array of strings"),
        ("margins = [[1]]", "margins must be a string, a number or an array"),
        ("[page]\nsize = 'a5'", "page must be a string"),
        ("page = a5", "line 1"),
        ("page = 'a5'\npage = 'a4'", "Cannot overwrite"),
    ],
)
def test_what_is_wrong_is_named_with_the_file(tmp_path: Path, text: str, words: str) -> None:
    path = written(tmp_path / "exporter.toml", text)
    with pytest.raises(UsageError) as caught:
        config.load(path, options=KINDS)
    assert str(path) in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize("data", [None, b"page = '\xff'"])
def test_a_file_that_cant_be_read_is_named(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "c.toml"
    if data:
        path.write_bytes(data)
    with pytest.raises(UsageError) as caught:
        config.load(path, options=KINDS)
    assert str(path) in str(caught.value)


def test_every_option_has_a_kind_that_the_file_knows() -> None:
    assert set(KINDS.values()) <= set(Kind)
    assert {"page", "theme", "to", "author", "keep-everything"} <= KINDS.keys()
