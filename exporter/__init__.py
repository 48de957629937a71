"""Arabic articles as handsome PDFs and valid EPUBs: the public API, and nothing else.

    for reading in exporter.read("article.txt"):
        exporter.export(reading, output="books", page="a5")

Importing it changes nothing in the program that does: WeasyPrint is loaded by the first export,
and another user of it in the same process finds it as it was. The nodes of an article's body are in
`exporter.article`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from exporter.version import __version__

if TYPE_CHECKING:
    from exporter.api import check, export, read
    from exporter.article import Article, Creator, Metadata, Reading, Role
    from exporter.batch_api import batch
    from exporter.batches.report import Batch, Failure
    from exporter.book_api import book
    from exporter.bookmaking import BookExport
    from exporter.checks.results import Result
    from exporter.errors import ExporterError
    from exporter.notices import Notice, NoticeCode
    from exporter.pipeline import Export
    from exporter.publication import Cover, CoverKind

__all__ = [
    "Article",
    "Batch",
    "BookExport",
    "Cover",
    "CoverKind",
    "Creator",
    "Export",
    "ExporterError",
    "Failure",
    "Metadata",
    "Notice",
    "NoticeCode",
    "Reading",
    "Result",
    "Role",
    "__version__",
    "batch",
    "book",
    "check",
    "export",
    "read",
]

# Loaded on use: the command imports this package before it knows whether it needs any of them.
_HOMES = {
    "Article": "exporter.article",
    "Batch": "exporter.batches.report",
    "BookExport": "exporter.bookmaking",
    "Cover": "exporter.publication",
    "CoverKind": "exporter.publication",
    "Creator": "exporter.article",
    "Export": "exporter.pipeline",
    "ExporterError": "exporter.errors",
    "Failure": "exporter.batches.report",
    "Metadata": "exporter.article",
    "Notice": "exporter.notices",
    "NoticeCode": "exporter.notices",
    "Reading": "exporter.article",
    "Result": "exporter.checks.results",
    "Role": "exporter.article",
    "batch": "exporter.batch_api",
    "book": "exporter.book_api",
    "check": "exporter.api",
    "export": "exporter.api",
    "read": "exporter.api",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'exporter' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
