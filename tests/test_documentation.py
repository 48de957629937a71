"""The documents say what the program does: nothing is left out of them, their examples run."""

import re
import shlex
import shutil
import unicodedata
from pathlib import Path

import pytest

from exporter import fonts, readers, themes, writers
from exporter.arabic.boilerplate import BoilerplateClass
from exporter.arabic.normalisation.rules import Rule
from exporter.article_json import from_json
from exporter.choices import Settings
from exporter.cli.options import OPTIONS, SHELLS, Command, Option
from exporter.cli.parser import parse
from exporter.config import VARIABLE, Kind, load
from exporter.messages import sentence
from exporter.notices import NoticeCode
from exporter.readers.text.labels import Label
from exporter.readers.text.rules import RULES
from tests.conftest import REPOSITORY

README = REPOSITORY / "README.md"
_PACKAGE = REPOSITORY / "exporter"
USAGE = REPOSITORY / "docs" / "usage.md"
NORMALISATION = REPOSITORY / "docs" / "normalisation.md"
READING = REPOSITORY / "docs" / "reading.md"
DOCUMENTS = (
    # By name: somebody's own articles may lie beside them.
    *(REPOSITORY / name for name in ("CHANGELOG.md", "CONTRIBUTING.md", "README.md")),
    *sorted(REPOSITORY.glob("*/README.md")),
    *sorted((REPOSITORY / "docs").rglob("*.md")),
)
_ENGLISH, _ARABIC = README.read_text(encoding="utf-8").split('<div dir="rtl" lang="ar">')


def examples(document: Path, language: str) -> list[str]:
    """Return the blocks of code in a language."""
    text = document.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def by_name(document: Path) -> str:
    return document.relative_to(REPOSITORY).as_posix()


@pytest.mark.parametrize("part", [_ENGLISH, _ARABIC], ids=["English", "Arabic"])
@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_both_parts_of_the_readme_have_every_option_in_a_table(part: str, option: Option) -> None:
    rows = [line for line in part.splitlines() if line.startswith("|")]
    for name in filter(None, (option.flag, option.short)):
        assert any(re.search(rf"(?<![\w-]){name}(?![\w-])", row) for row in rows)


def test_the_option_tables_of_the_readme_have_every_choice() -> None:
    for option in OPTIONS:
        (row,) = [line for line in _ENGLISH.splitlines() if re.match(rf"\|.*`{option.flag}`", line)]
        for choice in option.choices:
            assert f"`{choice}`" in row


@pytest.mark.parametrize("command", Command)
def test_the_readme_shows_every_command(command: Command) -> None:
    assert f"exporter {command}" in "\n".join(examples(README, "sh"))


@pytest.mark.parametrize("shell", SHELLS)
def test_the_usage_shows_the_completion_of_every_shell(shell: str) -> None:
    assert f"exporter completion {shell}" in "\n".join(examples(USAGE, "sh"))


def test_the_usage_has_every_notice_and_no_other() -> None:
    section = USAGE.read_text(encoding="utf-8").partition("### Notices")[2].partition("###")[0]
    assert re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE) == list(NoticeCode)


@pytest.mark.parametrize("ending", [one for one in readers.READERS if one])
def test_the_ending_of_every_reader_is_documented(ending: str) -> None:
    for text in (_ENGLISH, USAGE.read_text(encoding="utf-8")):
        assert f"`{ending}`" in text


def test_every_theme_font_and_format_is_documented() -> None:
    families = [family.name for family in fonts.families()]
    for name in (*themes.theme_names(), *families, *writers.WRITERS):
        assert f"`{name}`" in _ENGLISH
        assert f'<code dir="ltr">{name}</code>' in _ARABIC


def test_the_usage_has_the_page_defaults_of_the_theme() -> None:
    text = USAGE.read_text(encoding="utf-8")
    for page in ("a4", "a5", "letter", "eink6", "eink8", "eink10"):
        theme = themes.load(themes.DEFAULT_THEME, Settings(page=page))
        width, height = theme.page
        margins = ", ".join(f"{margin:g}" for margin in theme.margins)
        size = f"{width:g} × {height:g}"
        assert f"| `{page}` | {size} | {margins} | {theme.font_size:g} |" in text


def test_the_usage_names_the_variable_of_the_configuration_file() -> None:
    assert f"| `{VARIABLE}` |" in USAGE.read_text(encoding="utf-8")


def test_the_account_of_reading_has_the_rules_in_their_order() -> None:
    rows = re.findall(r"^\| \d+ \| `(\w+)`", READING.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [rule.__name__ for rule in RULES]


def test_the_account_of_normalisation_has_the_rules_in_their_order() -> None:
    text = NORMALISATION.read_text(encoding="utf-8")
    _, rules, stays = re.split(r"^## The rules|^And by rule", text, flags=re.MULTILINE)
    assert re.findall(r"^\| `([a-z-]+)` \|", rules, re.MULTILINE) == list(Rule)
    assert set(re.findall(r"^\| `([a-z-]+)` \|", stays, re.MULTILINE)) == set(Rule)


@pytest.mark.parametrize("label", [*Label, *BoilerplateClass])
def test_the_account_of_reading_has_every_label(label: Label | BoilerplateClass) -> None:
    assert f"`{label}`" in READING.read_text(encoding="utf-8")


def test_the_account_of_alreq_names_tests_that_there_are() -> None:
    text = (REPOSITORY / "docs" / "alreq.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| ")]
    files = (REPOSITORY / "tests").rglob("test_*.py")
    sources = "".join(path.read_text(encoding="utf-8") for path in files)
    tests = set(re.findall(r"^def (test_\w+)\(", sources, re.MULTILINE))
    claims = [row for row in rows if not set(row[1]) <= {" ", "-"} and row[-2].strip() != "test"]
    assert len(claims) > 30
    for row in claims:
        found = re.findall(r"`(test_\w+)`", row[-2])
        assert found or row[2].strip().startswith("not done"), row[1]
        assert set(found) <= tests, found


# --- examples -------------------------------------------------------------------------------


def commands_in(document: Path) -> list[list[str]]:
    """Return the words of every use of the command in the shell examples of a document."""
    text = "\n".join(examples(document, "sh"))
    bare = re.sub(r'^eval "\$\((.*)\)"', r"\1", text, flags=re.MULTILINE)
    statements = [re.sub(r" > .*", "", one) for one in re.split(r"\n| \| ", bare)]
    split = [shlex.split(one, comments=True) for one in statements]
    return [part[1:] for part in split if part and part[0] == "exporter"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=by_name)
def test_the_commands_of_the_examples_are_understood(document: Path) -> None:
    for words in commands_in(document):
        assert parse(words, sentence).command == words[0]


def test_the_examples_hold_commands_at_all() -> None:
    assert len(commands_in(README)) > 10


@pytest.mark.parametrize("document", [README, USAGE], ids=by_name)
def test_the_configuration_files_of_the_examples_are_valid(document: Path, tmp_path: Path) -> None:
    found = examples(document, "toml")
    assert found
    kinds: dict[str, Kind] = {option.name: option.kind for option in OPTIONS if option.in_file}
    for number, example in enumerate(found):
        path = tmp_path / f"{number}.toml"
        path.write_text(example, encoding="utf-8")
        assert load(path, options=kinds)


@pytest.mark.parametrize(
    "example", [one for document in (README, USAGE) for one in examples(document, "python")]
)
def test_the_python_examples_run(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(REPOSITORY / "seeds" / "essay.txt", tmp_path / "article.txt")
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "example", "exec"), {})  # noqa: S102 - it is our own text


def test_the_example_of_the_format_is_an_article() -> None:
    (example,) = examples(REPOSITORY / "docs" / "article-json.md", "json")
    reading = from_json(example)
    assert reading.article.metadata.creators[0].name == "هند السالم"
    assert reading.notices == ()


# --- links and characters -------------------------------------------------------------------


def anchors_of(document: Path) -> set[str]:
    """Return the anchors of a document's headings, as code hosts make them."""
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=by_name)
def test_links_between_the_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        assert file.exists(), target
        assert not anchor or anchor in anchors_of(file), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=by_name)
def test_the_documents_hold_no_invisible_characters(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert not {one for one in text if unicodedata.category(one) in {"Cf", "Co", "Cs"}}


def test_every_picture_is_shown_and_small() -> None:
    pictures = list((REPOSITORY / "docs" / "pictures").iterdir())
    shown = "".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    assert pictures
    assert {
        picture.name for picture in pictures if f"pictures/{picture.name})" not in shown
    } == set()
    assert all(picture.stat().st_size < 150_000 for picture in pictures)


def test_the_architecture_names_every_module() -> None:
    text = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    top = {path.name for path in _PACKAGE.glob("*.py")}
    packages = {f"{path.parent.name}/" for path in _PACKAGE.glob("*/__init__.py")}
    inside = {
        path.name
        for name in ("batches", "cli", "typesetting", "writers")
        for path in (_PACKAGE / name).glob("*.py")
    }
    plain = {"__init__.py", "main.py", "parser.py", "completion.py"}
    assert {name for name in top | packages | inside - plain if f"{name}`" not in text} == set()
