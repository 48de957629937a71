"""What the rules for a site's own lines share: a phrase is a signal, its place decides."""

from __future__ import annotations

from exporter.arabic.boilerplate import BoilerplateClass, Extent
from exporter.readers.text.lines import Document


def kind_of(document: Document, at: int) -> BoilerplateClass | None:
    """Return the class of a line's wording, None for wording that is no site's."""
    found = document.features[at].boilerplate
    return found.kind if found else None


def is_whole(document: Document, at: int) -> bool:
    """Say whether all of a line is a phrase of sites."""
    found = document.features[at].boilerplate
    return bool(found and found.extent is Extent.WHOLE)
