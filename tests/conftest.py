"""Fixtures for all tests: the judges, the samples, and the optional folder of private test data."""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis
import pytest

from tests.golden import Golden
from tests.judges import epubcheck as epubcheck_judge
from tests.judges import verapdf as verapdf_judge

REPOSITORY = Path(__file__).resolve().parent.parent

# The same examples in every run: a test that fails for one person fails for the next one too.
hypothesis.settings.register_profile("exporter", deadline=None, derandomize=True)
hypothesis.settings.load_profile("exporter")


def samples() -> tuple[Path, ...]:
    """Return the samples of one article each, of every kind of input, in order of name."""
    found = sorted((REPOSITORY / "seeds").iterdir())
    kinds = {".txt", ".html", ".md", ".docx"}
    return tuple(path for path in found if path.suffix in kinds and path.name != "README.md")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files anew; look at the diff"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Take nothing from the cache of who runs the tests, and leave nothing there.

    No fixture is early enough: importing the tests loads WeasyPrint, with what is kept for it. The
    workers of a run share its folder.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        folder = TemporaryDirectory(prefix="exporter-tests-")
        config.add_cleanup(folder.cleanup)
        os.environ["XDG_CACHE_HOME"] = folder.name


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """The golden files in the folder `golden` beside the test."""
    folder = request.path.parent / "golden"
    return Golden(folder, updating=bool(request.config.getoption("--update-golden")))


def require_program(name: str) -> None:
    """Skip the test where a program is missing, but fail it in CI: nothing passes unrun there."""
    if shutil.which(name) is None:
        verdict = pytest.fail if os.environ.get("CI") else pytest.skip
        verdict(f"{name} is not installed: scripts/setup dev installs it")


def require_judges(are_installed: bool, what: str) -> None:  # noqa: FBT001 (what was found)
    """Skip the test where the judges that are set up apart are missing, but fail it in CI."""
    if not are_installed:
        verdict = pytest.fail if os.environ.get("CI") else pytest.skip
        verdict(f"{what} are not installed: scripts/setup judges installs them")


@pytest.fixture(scope="session")
def epubcheck() -> epubcheck_judge.Check:
    """epubcheck's findings on each of many EPUB files."""
    require_program("javac")
    return epubcheck_judge.check


@pytest.fixture(scope="session")
def verapdf() -> verapdf_judge.Validate:
    """The rules of a flavour that each of many PDF files breaks, as veraPDF sees it."""
    require_program("javac")
    return verapdf_judge.validate


@pytest.fixture(scope="session")
def pdftotext() -> None:
    """Says that a test runs poppler's `pdftotext`."""
    require_program("pdftotext")


@pytest.fixture(scope="session")
def seeds() -> tuple[Path, ...]:
    """The sample articles of `seeds/`, in order of name."""
    return samples()


@pytest.fixture(scope="session")
def private_data() -> Path:
    """An optional folder of private test data: EXPORTER_TEST_DATA, else one beside the checkout.

    Its texts belong to others, so they are not in this repository; without it a test is skipped.
    """
    named = os.environ.get("EXPORTER_TEST_DATA")
    beside = sorted(REPOSITORY.parent.glob("*/seeds/000_*.txt"))
    folder = Path(named) if named else beside[0].parent.parent if beside else None
    if folder is None or not folder.is_dir():
        pytest.skip("the private test data is not here")
    return folder
