"""The wheel works where the checkout is not: it brings its templates and fonts and exports."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.slow

SEED = REPOSITORY / "seeds" / "essay.txt"


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that is meant to succeed, without a way back to the checkout."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "EXPORTER"))}
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=environment,
        capture_output=True,
        check=False,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(project: Path, target: str, folder: Path) -> Path:
    """Build the wheel or the sdist of a project offline, with the installed build backend."""
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder, cwd=project)
    (built,) = folder.iterdir()
    return built


def contents(wheel: Path) -> dict[str, int]:
    """Return the checksum of each file in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return {entry.filename: entry.CRC for entry in archive.infolist()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(REPOSITORY, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def unpacked_sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sdist = build(REPOSITORY, "sdist", tmp_path_factory.mktemp("sdist"))
    folder = tmp_path_factory.mktemp("unpacked")
    run("tar", "-xzf", sdist, "-C", folder, cwd=folder)  # tarfile's filters are newer than 3.11.2
    (project,) = folder.iterdir()
    return project


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed(wheel, tmp_path_factory.mktemp("elsewhere") / "venv")


def installed(wheel: Path, folder: Path) -> Path:
    """Make an environment with the wheel, which sees the dependencies that are installed here."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=folder)
    # A line of a .pth file adds a folder without running the .pth files in it, among them the one
    # that leads to the checkout.
    site_packages = run(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder
    )
    dependencies = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    Path(site_packages.strip(), "dependencies.pth").write_text("\n".join(dependencies))
    return folder


def test_the_wheel_holds_the_package_and_its_assets_once(wheel: Path) -> None:
    names = contents(wheel).keys()
    assert {
        "exporter/__main__.py",
        "exporter/fonts/fonts.toml",
        "exporter/fonts/amiri/OFL.txt",
    } <= names
    assert any(name.startswith("exporter/templates/naskh/") for name in names)
    tops = {name.split("/")[0] for name in names}
    assert tops == {"exporter", "arabic_exporter-0.1.0.dist-info"}


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    package = {
        f"exporter/{path.relative_to(base)}"
        for base, folder in (
            (REPOSITORY / "exporter", REPOSITORY / "exporter"),
            (REPOSITORY, REPOSITORY / "templates"),
            (REPOSITORY, REPOSITORY / "fonts"),
        )
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert contents(wheel).keys() >= package


def test_the_sdist_is_enough_to_test_and_to_build_from(unpacked_sdist: Path) -> None:
    for name in ("LICENSE", "README.md", "templates", "fonts", "seeds", "tests", "requirements"):
        assert (unpacked_sdist / name).exists(), name
    assert (unpacked_sdist / "scripts" / "test").stat().st_mode & 0o100


def test_a_wheel_from_the_sdist_is_the_same(
    wheel: Path, unpacked_sdist: Path, tmp_path: Path
) -> None:
    assert contents(build(unpacked_sdist, "wheel", tmp_path)) == contents(wheel)


def test_the_package_is_the_installed_one(environment: Path, tmp_path: Path) -> None:
    place = run(
        environment / "bin" / "python", "-c", "import exporter; print(exporter.__file__)",
        cwd=tmp_path,
    )  # fmt: skip
    assert Path(place.strip()).is_relative_to(environment)


def test_the_installed_command_exports_a_sample(environment: Path, tmp_path: Path) -> None:
    command = environment / "bin" / "exporter"
    out = tmp_path / "out"
    run(command, "export", SEED, "-o", out, "--name", "sample", "--to", "pdf,epub", cwd=tmp_path)
    assert (out / "sample.pdf").read_bytes().startswith(b"%PDF-")
    assert zipfile.is_zipfile(out / "sample.epub")
    assert sorted(path.name for path in out.iterdir()) == ["sample.epub", "sample.pdf"]
