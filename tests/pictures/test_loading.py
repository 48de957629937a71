"""A reference leads to a picture on the web, in itself, or beside the article, and nowhere else."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from urllib.parse import quote

import pytest

from exporter.errors import FetchError, PictureError
from exporter.fetching import Fetched
from exporter.pictures import loading
from exporter.pictures.loading import Loader, shown


class Web:
    """A web that gives each address back as its content."""

    def fetch(self, url: str) -> Fetched:
        return Fetched(f"{url}#", url.encode(), "image/png")


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The folder of a page that was saved whole; above it is a file that is nobody's business."""
    folder = tmp_path / "articles"
    files = folder / "مقال_files"
    files.mkdir(parents=True)
    (files / "صورة 1.jpg").write_bytes(b"one")
    (files / "100%25.jpg").write_bytes(b"odd")
    (folder / "a.png").write_bytes(b"two")
    (tmp_path / "secret.png").write_bytes(b"secret")
    return folder


@pytest.mark.parametrize(
    ("reference", "data"),
    [
        ("a.png", b"two"),
        ("./a.png", b"two"),
        ("مقال_files/../a.png", b"two"),
        ("مقال_files/صورة 1.jpg", b"one"),
        (quote("مقال_files/صورة 1.jpg"), b"one"),
        (quote("./مقال_files/صورة 1.jpg") + "?v=2#x", b"one"),
        ("مقال_files/100%25.jpg", b"odd"),
    ],
)
def test_a_file_beside_the_article(reference: str, data: bytes, saved: Path) -> None:
    assert Loader(folder=str(saved)).load(reference).data == data


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("b.png", "picture-not-found"),
        ("مقال_files", "picture-not-found"),
        ("", "picture-not-found"),
        ("a\0b", "picture-not-found"),
        ("x" * 5000, "picture-not-found"),
        ("../secret.png", "picture-outside"),
        ("%2e%2e/secret.png", "picture-outside"),
        ("مقال_files/../../secret.png", "picture-outside"),
        ("..\\secret.png", "picture-outside"),
        ("/etc/passwd", "picture-outside"),
        ("%2Fetc%2Fpasswd", "picture-outside"),
        ("file:///etc/passwd", "picture-scheme"),
        ("FILE:/etc/passwd", "picture-scheme"),
        ("C:\\secret.png", "picture-scheme"),
        ("javascript:alert(1)", "picture-scheme"),
        ("blob:https://example.org/1", "picture-scheme"),
    ],
)
def test_what_is_not_beside_the_article(reference: str, code: str, saved: Path) -> None:
    with pytest.raises(PictureError) as caught:
        Loader(folder=str(saved)).load(reference)
    assert caught.value.code == code
    assert caught.value.sentence(language="ar").startswith(reference)


def test_no_symbolic_link_leads_out_of_the_folder(saved: Path) -> None:
    (saved / "out.png").symlink_to("../secret.png")
    (saved / "up").symlink_to("..", target_is_directory=True)
    (saved / "in.png").symlink_to("a.png")
    loader = Loader(folder=str(saved))
    assert loader.load("in.png").data == b"two"
    for reference in ("out.png", "up/secret.png"):
        with pytest.raises(PictureError) as caught:
            loader.load(reference)
        assert caught.value.code == "picture-outside"


def test_what_is_no_file_is_not_waited_for(saved: Path) -> None:
    os.mkfifo(saved / "pipe.png")
    with pytest.raises(PictureError) as caught:
        Loader(folder=str(saved)).load("pipe.png")
    assert caught.value.code == "picture-not-found"


def test_a_folder_that_is_named_from_here(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(saved)
    assert Loader(folder=".").load("a.png").data == b"two"


def test_a_file_that_is_too_large(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "LARGEST_FILE", 2)
    with pytest.raises(PictureError) as caught:
        Loader(folder=str(saved)).load("a.png")
    assert caught.value.code == "picture-too-large"


def test_a_file_that_cant_be_read(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, _mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(PictureError, match="no permission"):
        Loader(folder=str(saved)).load("a.png")


def test_standard_input_has_no_files_beside_it(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(saved)
    with pytest.raises(PictureError):
        Loader().load("a.png")


# --- the web --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("https://a.org/x.png", "https://a.org/x.png"),
        ("HTTP://a.org/x.png", "HTTP://a.org/x.png"),
        ("//a.org/x.png", "https://a.org/x.png"),
    ],
)
def test_an_address_is_fetched(reference: str, url: str, saved: Path) -> None:
    resource = Loader(folder=str(saved), fetcher=Web()).load(reference)
    assert (resource.source, resource.media_type, resource.data) == (
        f"{url}#",
        "image/png",
        url.encode(),
    )


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("a.png", "https://b.org/c/a.png"),
        ("/a.png", "https://b.org/a.png"),
        ("../../../etc/passwd", "https://b.org/etc/passwd"),
        ("?x", "https://b.org/c/d?x"),
    ],
)
def test_of_a_page_that_was_fetched_nothing_is_a_file(reference: str, url: str) -> None:
    assert Loader(url="https://b.org/c/d", fetcher=Web()).load(reference).data == url.encode()


def test_without_a_network_nothing_is_fetched() -> None:
    with pytest.raises(FetchError):
        Loader().load("https://a.org/x.png")


# --- data: ----------------------------------------------------------------------------------

PACKED = base64.b64encode(b"\xffpicture").decode()


@pytest.mark.parametrize(
    "url",
    [
        f"data:image/png;base64,{PACKED}",
        f"DATA:image/png;charset=x;BASE64,{quote(PACKED)}",
        f"data:image/png;base64,{PACKED.rstrip('=')}",
        f"data:image/png;base64,{PACKED[:4]}\n {PACKED[4:]}",
        "data:image/png,%FFpicture",
    ],
)
def test_a_picture_that_an_address_holds(url: str) -> None:
    resource = Loader().load(url)
    assert (resource.media_type, resource.data) == ("image/png", b"\xffpicture")


@pytest.mark.parametrize("url", ["data:", "data:image/png;base64", "data:,", "data:;base64,@@@@"])
def test_damaged_data(url: str) -> None:
    with pytest.raises(PictureError) as caught:
        Loader().load(url)
    assert caught.value.code == "picture-data"


def test_a_long_address_is_shown_short() -> None:
    assert len(shown("data:image/png;base64," + "A" * 10_000)) < 70
    assert shown("https://a.org/" + "a" * 100) == "https://a.org/" + "a" * 100
