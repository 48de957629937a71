"""Where in a left-to-right text the clusters of its line are that are drawn from left to right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from exporter.arabic.fribidi import embedding_levels
from exporter.article import Direction
from exporter.typesetting.exact_text.clusters import Cluster


def starts_of(clusters: Sequence[Cluster], text: str) -> list[int]:
    """Return with which character of a text each cluster begins.

    Right-to-left words within it are drawn from their last letter. Where the clusters are in
    another order, as around marks of direction that are no text, each begins where it is drawn.
    """
    order: Sequence[int] = range(len(text))
    if any(cluster.rtl for cluster in clusters):
        shown = _shown(text)
        drawn = "".join(cluster.text for cluster in clusters)
        order = shown if drawn == "".join(text[place] for place in shown) else order
    starts, end = [], 0
    for cluster in clusters:
        begin, end = end, end + len(cluster.text)
        starts.append(min(order[begin:end], default=begin))
    return starts


def levels_of(starts: Sequence[int], text: str) -> list[int]:
    """Return the embedding levels of the clusters that begin with these characters of a text."""
    levels = embedding_levels(text, Direction.LTR)
    return [levels[start] if start < len(levels) else 0 for start in starts]


def logical(cluster: Cluster) -> str:
    """Return the text of a cluster in the order in which it is read."""
    return cluster.text[::-1] if cluster.rtl else cluster.text


def _shown(text: str) -> list[int]:
    """Return the places of a text's characters from left to right (UAX #9 rule L2)."""
    levels = embedding_levels(text, Direction.LTR)
    order = [*range(len(text))]
    for level in range(max(levels, default=0), 0, -1):
        order = [*_with_runs_turned(order, [one >= level for one in levels])]
    return order


def _with_runs_turned(order: Sequence[int], is_turned: Sequence[bool]) -> Iterator[int]:
    for turned, members in groupby(order, is_turned.__getitem__):
        run = [*members]
        yield from reversed(run) if turned else run
