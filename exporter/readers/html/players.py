"""Players: the films, sounds and frames in a text, which neither paper nor an e-book can hold."""

from __future__ import annotations

from exporter.readers.html.dom import Element, get, tag

PLAYERS = frozenset(("iframe", "video", "audio", "embed", "object", "amp-video", "amp-iframe"))

_TINY = frozenset(("0", "1", "0px", "1px"))


def named(element: Element) -> str:
    """Return what a reader misses: the title of a player, else its address; empty for a pixel.

    Frames of a pixel count visits, and show nothing.
    """
    if {get(element, "width"), get(element, "height")} & _TINY:
        return ""
    addresses = (get(element, name) for name in ("src", "data-src", "data"))
    sources = (get(child, "src") for child in element if tag(child) == "source")
    known = (get(element, "title"), get(element, "aria-label"), *addresses, *sources)
    return next((words for words in map(str.strip, known) if words), "")
