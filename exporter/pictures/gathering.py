"""Gathering: the pictures that an article calls, each once, prepared and under a stable key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from hashlib import sha256

from exporter.article import Resource
from exporter.errors import FetchError, PictureError
from exporter.notices import Notice, NoticeCode
from exporter.pictures.choice import Images
from exporter.pictures.loading import Loader, shown
from exporter.records import dataclass

_KEY_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Pictures:
    """How the pictures of a source are had, and what the user wants of them."""

    loader: Loader = field(default_factory=Loader)
    images: Images = Images.EMBED


@dataclass(frozen=True, slots=True)
class Gathered:
    """Pictures by key, the key of each reference that leads to one, and what went wrong."""

    resources: Mapping[str, Resource]
    keys: Mapping[str, str]
    notices: tuple[Notice, ...] = ()


def gather(references: Iterable[str], own: Mapping[str, Resource], pictures: Pictures) -> Gathered:
    """Return the pictures that references lead to.

    A reference that is a key of the article's own resources stays that key; the key of one that
    was loaded comes from its content. Two that are the same picture share the first one's key. A
    reference that leads nowhere has no key, and a Notice says why.
    """
    if pictures.images is Images.NONE:
        return Gathered({}, {})
    resources: dict[str, Resource] = {}
    keys: dict[str, str] = {}
    by_content: dict[bytes, str] = {}
    notices: list[Notice] = []
    for reference in dict.fromkeys((*own, *references)):
        try:
            picture, changes = _picture(reference, own, pictures)
        except (FetchError, PictureError) as error:
            notices.append(_missing(reference, error))
            continue
        notices.extend(changes)
        key = reference if reference in own else _key(picture)
        keys[reference] = by_content.setdefault(picture.data, key)
        resources.setdefault(keys[reference], picture)
    return Gathered(resources, keys, tuple(notices))


def _picture(
    reference: str, own: Mapping[str, Resource], pictures: Pictures
) -> tuple[Resource, tuple[Notice, ...]]:
    from exporter.pictures.preparing import prepared  # only articles with pictures need Pillow

    resource = own.get(reference) or pictures.loader.load(reference)
    subject = resource.source or shown(reference)
    done = prepared(resource, images=pictures.images, subject=subject)
    return done.resource, done.notices


def _key(picture: Resource) -> str:
    return f"picture-{sha256(picture.data).hexdigest()[:_KEY_LENGTH]}"


def _missing(reference: str, error: FetchError | PictureError) -> Notice:
    """Return the Notice of a picture that isn't there; its detail is the error's own."""
    detail = f"{error.code} {error.detail}".strip()
    text = error.subject or shown(reference)
    return Notice(NoticeCode.RESOURCE_MISSING, text=text, detail=detail)
