"""The order of a batch: all that decides what is made of an article, as it is sent to workers."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from pathlib import Path

from exporter import clock, themes
from exporter.choices import Settings
from exporter.corrections import Corrections
from exporter.fetching import OFFLINE
from exporter.network.access import NetworkOnUse, Pacing
from exporter.publication import Cover
from exporter.readers.options import ReadingOptions
from exporter.records import dataclass
from exporter.theme_folders import is_path
from exporter.version import __version__

SECONDS, MEGABYTES = 120, 1000
"""What an article may take at most, where the user says nothing else."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one article may take: seconds, and megabytes of the process that makes it."""

    seconds: float = SECONDS
    megabytes: int = MEGABYTES


@dataclass(frozen=True, slots=True)
class Order:
    """How each article is read and made.

    `theme` is a name or an absolute path; `built` is SOURCE_DATE_EPOCH as it is set; `moment` is
    when links are read, from which `قبل ساعتين` counts; `version` is that of the program which
    gives the order, as workers of another one would make other bytes.
    """

    options: ReadingOptions
    corrections: Corrections
    theme: str
    settings: Settings
    formats: tuple[str, ...]
    cover: Cover
    limits: Limits = Limits()
    built: str = ""
    moment: str = ""
    version: str = __version__
    key: str = ""

    @property
    def digest(self) -> str:
        """The same for orders that make the same bytes of the same article."""
        # Neither the fetcher (how something is had) nor what is wanted shows in an article.
        options = replace(self.options, fetcher=OFFLINE, since="", limit=0)
        shown = replace(self, options=options, limits=Limits(), moment="", key="")
        summary = sha256(_stable(shown).encode())
        for path, data in _files(self):
            summary.update(f"{path} {sha256(data).hexdigest()}\n".encode())
        return summary.hexdigest()


def _stable(value: object) -> str:
    """Return a value as text that is the same in every process: a set has no order of its own."""
    if is_dataclass(value) and not isinstance(value, type):
        return _stable({one.name: getattr(value, one.name) for one in fields(value)})
    match value:
        case bytes():
            return sha256(value).hexdigest()
        case Mapping():
            return f"{{{', '.join(f'{key}: {_stable(one)}' for key, one in value.items())}}}"
        case frozenset() | set():
            return f"{{{', '.join(sorted(map(_stable, value)))}}}"
        case tuple() | list():
            return f"({', '.join(map(_stable, value))})"
        case str() | int() | float() | None:
            return repr(value)
        case _ if value is OFFLINE:
            return "offline"
        case _:
            raise TypeError(f"nothing tells {type(value).__name__} from another")


def order_of(
    *,
    options: ReadingOptions,
    corrections: Corrections,
    theme: str,
    settings: Settings,
    formats: tuple[str, ...],
    cover: Cover,
    limits: Limits = Limits(),
    moment: str = "",
) -> Order:
    """Return an order with the clock of this process, once it is known that it can be done.

    Raises UsageError for a theme, a font or a page that isn't there.
    """
    name = theme or themes.DEFAULT_THEME
    themes.load(name, settings)
    fetcher = options.fetcher
    if isinstance(fetcher, NetworkOnUse):
        fetcher = NetworkOnUse(replace(fetcher.access, pacing=Pacing.USER))
    if settings.font_dir:
        folder = Path(settings.font_dir).expanduser().absolute()
        settings = replace(settings, font_dir=str(folder))
    built = clock.build_date(os.environ)
    order = Order(
        options=replace(options, fetcher=fetcher, now=options.now or built),
        corrections=corrections,
        theme=str(Path(name).expanduser().resolve()) if is_path(name) else name,
        settings=settings,
        formats=formats,
        cover=cover,
        limits=limits,
        built=os.environ.get(clock.VARIABLE, ""),
        moment=moment,
    )
    return replace(order, key=sha256(pickle.dumps(order)).hexdigest())


def _files(order: Order) -> Iterator[tuple[str, bytes]]:
    """Yield what is in folders of the user's own that an order names: a theme, fonts.

    A bundled theme and the bundled fonts belong to the version.
    """
    folders: list[Path] = []
    if is_path(order.theme):
        folders += themes.load(order.theme, Settings()).folders
    if order.settings.font_dir:
        folders.append(Path(order.settings.font_dir))
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(folder).as_posix(), path.read_bytes()
