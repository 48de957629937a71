"""How long an article takes: our command and API next to other programs, in one run.

    python -m benchmarks.speed             # prints the table
    python -m benchmarks.speed --write     # into docs/performance.md, with the profile

Others may be at work on the same machine, so that processor time is compared and not the clock's,
the least of several runs of each, in turn.
"""

from __future__ import annotations

import argparse
import html
import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from unittest.mock import patch

from benchmarks.flame import flame_graph, sampled, summary, timed
from benchmarks.peers import first_line
from exporter import pipeline, publication, rendering, themes, transforms
from exporter.article import Heading, Paragraph, block_text
from exporter.assets import fonts_folder
from exporter.choices import Settings
from exporter.font_library import Library, files
from exporter.publication import Cover, CoverKind, Publication
from exporter.typesetting import engine as engine_module
from exporter.typesetting.engine import Engine
from exporter.version import __version__
from exporter.writers import epub, pdf

_ROOT = Path(__file__).resolve().parent.parent
_ARTICLE = _ROOT / "seeds" / "essay.txt"
_OURS = Path(sys.executable).with_name("exporter")
_THEME = "naskh"
_COMMAND = "python -m benchmarks.speed --write"
_START, _END = "<!-- figures -->", "<!-- end of figures -->"

# --- whole processes ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process and those it waited for took, in seconds."""

    processor: float
    clock: float

    def least(self, other: Cost) -> Cost:
        """Return the smaller of each figure."""
        return Cost(min(self.processor, other.processor), min(self.clock, other.clock))


_ENVIRONMENT = {
    # With the code of modules compiled, as users have it, also where developers switch that off.
    "PYTHONDONTWRITEBYTECODE": "",
    # Browsers inside other programs: without a screen, and as root, who can have no sandbox.
    "QT_QPA_PLATFORM": "offscreen",
    "QTWEBENGINE_DISABLE_SANDBOX": "1",
    "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox",
    "PUPPETEER_EXECUTABLE_PATH": shutil.which("chromium") or "",
}


@dataclass(frozen=True, slots=True)
class Program:
    """A command that makes an output of the article, for a row of the table."""

    name: str
    output: str
    command: Sequence[str]
    folder: Path


def run(program: Program) -> Cost:
    """Run a command to its end; raises CalledProcessError when it fails."""
    start = time.monotonic()
    quiet = subprocess.DEVNULL
    environment = {**os.environ, **_ENVIRONMENT}
    process = subprocess.Popen(
        program.command, stdout=quiet, stderr=quiet, cwd=program.folder, env=environment
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, program.command)
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - start)


def measured(programs: Sequence[Program], *, times: int) -> Mapping[Program, Cost]:
    """Return the least cost of each; they run in turn, so that all see the same machine."""
    costs: dict[Program, Cost] = {}
    failed: set[Program] = set()
    for turn in range(times + 1):
        for program in programs:
            if program in failed:
                continue
            try:
                cost = run(program)
            except (subprocess.CalledProcessError, OSError) as error:
                print(f"{program.name} left out: {error}", file=sys.stderr)
                failed.add(program)
                continue
            if turn:  # the first one fills caches
                costs[program] = costs[program].least(cost) if program in costs else cost
    return costs


# --- the same text for all ------------------------------------------------------------------


def _texts() -> tuple[str, Sequence[tuple[str, str]]]:
    """Return the title and the blocks of the article, each `h` or `p` with its text."""
    (reading,) = pipeline.read(str(_ARTICLE))
    body = reading.article.body
    blocks = [
        ("h" if isinstance(block, Heading) else "p", block_text(block))
        for block in body
        if isinstance(block, (Heading, Paragraph))
    ]
    return reading.article.metadata.title, blocks


def _html(title: str, blocks: Sequence[tuple[str, str]]) -> str:
    tags = {"h": "h2", "p": "p"}
    body = "\n".join(f"<{tags[kind]}>{html.escape(text)}</{tags[kind]}>" for kind, text in blocks)
    face = (fonts_folder() / "amiri" / "Amiri-Regular.ttf").as_uri()
    return (
        '<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title><style>"
        f"@font-face {{ font-family: Amiri; src: url('{face}') }}"
        "@page { size: A5; margin: 20mm 18mm } body { font: 12.5pt/1.7 Amiri }"
        "p { text-align: justify }</style></head>"
        f"<body><article><h1>{html.escape(title)}</h1>\n{body}</article></body></html>"
    )


def _markdown(title: str, blocks: Sequence[tuple[str, str]]) -> str:
    body = "\n\n".join(f"## {text}" if kind == "h" else text for kind, text in blocks)
    return f'---\ntitle: "{title}"\nlang: ar\ndir: rtl\n---\n\n{body}\n'


def _typst(title: str, blocks: Sequence[tuple[str, str]]) -> str:
    marks = str.maketrans({mark: f"\\{mark}" for mark in "\\#$*_`<>@[]~=/-+"})
    lines = [f"= {title}"]
    lines += [f"== {text}" if kind == "h" else text.translate(marks) for kind, text in blocks]
    return (
        '#set page("a5", margin: (x: 18mm, y: 20mm))\n'
        '#set text(font: "Amiri", size: 12.5pt, lang: "ar", dir: rtl)\n#set par(justify: true)\n'
    ) + "\n\n".join(lines)


def _latex(title: str, blocks: Sequence[tuple[str, str]]) -> str:
    body = "\n\n".join(f"\\section*{{{text}}}" if kind == "h" else text for kind, text in blocks)
    font = fonts_folder() / "amiri"
    return (
        "\\documentclass[12pt,a5paper]{article}\n\\usepackage{polyglossia}\n"
        "\\setmainlanguage{arabic}\n"
        f"\\newfontfamily\\arabicfont[Script=Arabic,Path={font}/]{{Amiri-Regular.ttf}}\n"
        f"\\title{{{title}}}\n\\begin{{document}}\n\\maketitle\n"
        f"{body.replace('%', chr(92) + '%')}\n\\end{{document}}\n"
    )


def programs_in(folder: Path) -> Sequence[Program]:
    """Return our command and the others that are installed, with their input in the folder."""
    title, blocks = _texts()
    inputs = {
        "page.html": _html(title, blocks),
        "page.md": _markdown(title, blocks),
        "page.typ": _typst(title, blocks),
        "page.tex": _latex(title, blocks),
    }
    for name, text in inputs.items():
        (folder / name).write_text(text, encoding="utf-8")
    ours = [str(_OURS), "export", str(_ARTICLE), "--page", "a5", "-o", "out"]
    weasyprint = str(Path(sys.executable).with_name("weasyprint"))
    chromium = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    candidates = (
        ("arabic-exporter", "PDF + EPUB", ours),
        ("arabic-exporter", "PDF", [*ours, "--to", "pdf"]),
        ("arabic-exporter", "EPUB", [*ours, "--to", "epub"]),
        ("arabic-exporter", "--help", [str(_OURS), "--help"]),
        ("WeasyPrint's command", "PDF", [weasyprint, "page.html", "w.pdf"]),
        ("Typst", "PDF", _typst_command()),
        ("Chromium", "PDF", ["chromium", *chromium, "--print-to-pdf=c.pdf", "page.html"]),
        ("XeLaTeX", "PDF", ["xelatex", "-interaction=batchmode", "page.tex"]),
        ("calibre", "PDF", ["ebook-convert", "page.html", "k.pdf"]),
        ("percollate", "PDF", ["percollate", "pdf", "--no-sandbox", "page.html", "-o", "p.pdf"]),
        ("pandoc", "EPUB", ["pandoc", "page.md", "-o", "d.epub"]),
        ("calibre", "EPUB", ["ebook-convert", "page.html", "k.epub"]),
        ("percollate", "EPUB", ["percollate", "epub", "page.html", "-o", "p.epub"]),
    )
    return [
        Program(name, output, tuple(command), folder)
        for name, output, command in candidates
        if command and shutil.which(command[0])
    ]


def _typst_command() -> Sequence[str]:
    if shutil.which("typst"):
        return ("typst", "compile", f"--font-path={fonts_folder()}", "page.typ", "t.pdf")
    if find_spec("typst"):
        call = f"typst.compile('page.typ', output='t.pdf', font_paths=[{str(fonts_folder())!r}])"
        return (sys.executable, "-c", f"import typst; {call}")
    return ()


# --- one process ----------------------------------------------------------------------------


def warm(*, times: int) -> Mapping[str, float]:
    """Return seconds of processor time for what a process does that has done it before."""
    (reading,) = pipeline.read(str(_ARTICLE))
    theme = themes.load(_THEME, Settings(page="a5"))
    bound = publication.single(transforms.transform(reading.article), cover=Cover(), built="")
    engine = pipeline.engine()
    with patch.object(engine_module, "HOOKS", ()):
        stock = Engine(files(Library().faces))
    both = partial(_both, theme=theme)
    works: Mapping[str, Callable[[], object]] = {
        "PDF": lambda: pdf.write(bound, theme, engine),
        "PDF by stock WeasyPrint": lambda: _stock(bound, theme, stock),
        "EPUB": lambda: epub.write(bound, theme, engine),
        "text to PDF and EPUB": lambda: both(_ARTICLE),
        "all samples to PDF and EPUB, each": lambda: [both(path) for path in _samples()],
    }
    for work in works.values():
        work()
    seconds = {name: timed(work, times=times) for name, work in works.items()}
    seconds["all samples to PDF and EPUB, each"] /= len(_samples())
    return seconds


def _samples() -> Sequence[Path]:
    return [
        path for path in sorted((_ROOT / "seeds").iterdir()) if path.suffix in {".txt", ".docx"}
    ]


def _both(path: Path, theme: themes.Theme) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for reading in pipeline.read(str(path)):
            pipeline.export(
                reading, theme, formats=("pdf", "epub"), cover=Cover(), folder=Path(folder)
            )


def _stock(bound: Publication, theme: themes.Theme, engine: Engine) -> None:
    document = engine.lay_out(
        rendering.render_paper(bound, theme),
        css=rendering.render_stylesheet("print.css", theme, bound),
        resources={},
    )
    document.write_pdf(pdf_variant="pdf/ua-1")


def long_books(counts: Sequence[int]) -> Mapping[int, tuple[float, float]]:
    """Return for so many articles the seconds an article takes in one PDF, and in one EPUB."""
    theme = themes.load(_THEME, Settings(page="a5"))
    engine = pipeline.engine()
    articles = [
        transforms.transform(reading.article)
        for path in _samples()
        for reading in pipeline.read(str(path))
    ]
    found = {}
    for count in counts:
        chosen = tuple(articles[number % len(articles)] for number in range(count))
        metadata = replace(chosen[0].metadata, title="كتاب", subtitle="")
        book = Publication(metadata, chosen, Cover(CoverKind.NONE))
        paper = timed(partial(pdf.write, book, theme, engine), times=1)
        screen = timed(partial(epub.write, book, theme, engine), times=1)
        found[count] = (paper / count, screen / count)
    return found


# --- the document ---------------------------------------------------------------------------

# Parts of the profile: a stack belongs to the first of them that has its innermost function.
PARTS: Mapping[str, tuple[str, ...]] = {
    "shaping by Pango": ("line_break.py", "weasyprint.text"),
    "words, lines and kashidas": (
        "exporter.typesetting.exact_text.words",
        "exporter.typesetting.exact_text.paragraphs",
        "exporter.typesetting.justification",
        "exporter.typesetting.kashida",
    ),
    "drawing": ("exporter.typesetting.exact_text.drawing", "weasyprint.draw"),
    "fonts": ("exporter.typesetting.exact_text.embedding", "weasyprint.pdf.fonts"),
    "tags, links and the file": ("weasyprint.pdf", "weasyprint.anchors", "__init__.py PDF"),
    "layout of boxes and pages": ("weasyprint.layout", "weasyprint.formatting_structure"),
    "style sheets": ("weasyprint.css", "weasyprint.html"),
    "parsing of XHTML": ("parser.py", "tokenizer.py", "inputstream.py", "treebuilder.py"),
    "templates": ("exporter.rendering", "exporter.article_view", "environment.py"),
}


def profile(*, times: int) -> tuple[str, Mapping[str, float]]:
    """Return the flame graph of an article's PDF in a warm process, and the shares of its parts."""
    (reading,) = pipeline.read(str(_ARTICLE))
    theme = themes.load(_THEME, Settings(page="a5"))
    bound = publication.single(transforms.transform(reading.article), cover=Cover(), built="")
    engine = pipeline.engine()
    pdf.write(bound, theme, engine)
    stacks = sampled(lambda: [pdf.write(bound, theme, engine) for _ in range(times)])
    title = "An article to PDF, in a process that has done it before: share of the time"
    return flame_graph(stacks, title=title), summary(stacks, parts=PARTS)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def processes_table(costs: Mapping[Program, Cost]) -> str:
    """Return the table of whole processes, each next to ours for the same output."""
    ours = {
        program.output: cost.processor
        for program, cost in costs.items()
        if program.name == "arabic-exporter"
    }
    rows = [
        [
            program.name,
            program.output,
            f"{cost.processor:.2f}",
            f"{cost.processor / ours[program.output]:.1f}",
            f"{cost.clock:.2f}",
        ]
        for program, cost in costs.items()
        if program.output in ours
    ]
    return _table(["program", "output", "processor, s", "× ours", "clock, s"], rows)


def figures(*, times: int, counts: Sequence[int]) -> tuple[str, str]:
    """Return all tables, and the flame graph."""
    with tempfile.TemporaryDirectory() as folder:
        costs = measured(programs_in(Path(folder)), times=times)
    seconds = warm(times=3 * times)
    stock = seconds["PDF by stock WeasyPrint"]
    books = long_books(counts)
    graph, shares = profile(times=10 * times)
    rate = 1 / seconds["all samples to PDF and EPUB, each"]
    parts = (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} with `{_COMMAND}`: {_machine()}.",
        "### One article, the whole process\n\n" + processes_table(costs),
        "### One article, in a process that has done it before\n\n"
        + _table(
            ["work", "processor, ms", "of stock"],
            [
                [name, f"{1000 * taken:.0f}", f"{taken / stock:.2f}" if "PDF" in name else ""]
                for name, taken in seconds.items()
            ],
        )
        + f"\n\nThat is {rate:.1f} articles a second and core, to both formats.",
        "### Many articles in one file, each\n\n"
        + _table(
            ["articles", "PDF, ms", "EPUB, ms"],
            [
                [str(count), f"{1000 * paper:.0f}", f"{1000 * screen:.1f}"]
                for count, (paper, screen) in books.items()
            ],
        ),
        "### Where the rest goes\n\n"
        + _table(
            ["part of an article's PDF", "%"],
            [[name, f"{share:.0f}"] for name, share in shares.items()],
        ),
    )
    return "\n\n".join(parts), graph


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = [
        f"arabic-exporter {__version__}",
        f"WeasyPrint {importlib.metadata.version('weasyprint')}",
        *(_named(name, first_line([name, flag])) for name, flag in _VERSIONS if shutil.which(name)),
        *([f"Typst {importlib.metadata.version('typst')}"] if find_spec("typst") else ()),
    ]
    return (
        f"{platform.machine()} with {cores} cores, Python {platform.python_version()}, "
        f"{'; '.join(versions)}"
    )


def _named(name: str, version: str) -> str:
    """Return what a program says of its version, with its name where that is a bare number."""
    return f"{name} {version}" if version[:1].isdigit() else version


_VERSIONS = (
    ("typst", "--version"),
    ("chromium", "--version"),
    ("xelatex", "--version"),
    ("ebook-convert", "--version"),
    ("pandoc", "--version"),
    ("percollate", "--version"),
)


def main() -> None:
    """Print the figures, or write them into the document."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    parser.add_argument("--times", type=int, default=5, help="runs of each, the least counts")
    parser.add_argument("--books", type=int, nargs="*", default=[1, 10, 100])
    chosen = parser.parse_args()
    text, graph = figures(times=chosen.times, counts=chosen.books)
    print(text)
    if chosen.write:
        document = _ROOT / "docs" / "performance.md"
        before, _, rest = document.read_text(encoding="utf-8").partition(_START)
        after = rest.partition(_END)[2]
        document.write_text(f"{before}{_START}\n\n{text}\n\n{_END}{after}", encoding="utf-8")
        (_ROOT / "docs" / "pictures" / "profile.svg").write_text(graph, encoding="utf-8")


if __name__ == "__main__":
    main()
