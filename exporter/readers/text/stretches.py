"""Stretches: the runs of lines in which prose outweighs what a site puts around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exporter.arabic.boilerplate import BoilerplateClass, is_of_site, site_terms
from exporter.arabic.verse import hemistichs
from exporter.patterns import compiled
from exporter.readers.text.features import Ending, Features, is_labelled
from exporter.records import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of lines and the sum of their weights, less where a site speaks of itself."""

    lines: range
    weight: float


def stretches(texts: Sequence[str], features: Sequence[Features]) -> tuple[Stretch, ...]:
    """Return the run of lines with the greatest weight, and the greatest before and after it.

    Prose counts for a line, short lines count against it, a site's own lines more so. A page may
    hold more prose about its rules than its article has: who asks chooses among the three.
    """
    weights = [_weight(text, feature) for text, feature in zip(texts, features, strict=True)]
    for at in range(1, len(weights) - 1):
        if features[at].words == 1 and features[at - 1].is_prose and features[at + 1].is_prose:
            weights[at] = max(weights[at], _SHORT)  # a word over a paragraph, as a sub-heading is
    best = _greatest(weights, range(len(weights)))
    around = (range(best.lines.start), range(best.lines.stop, len(weights)))
    others = (_greatest(weights, part) for part in around if best.lines)
    found = (best, *(other for other in others if other.lines))
    return tuple(_discounted(stretch, texts) for stretch in found)


_OF_SITE, _MOSTLY, _SHORT = 0.25, 0.6, -0.4


def _discounted(stretch: Stretch, texts: Sequence[str]) -> Stretch:
    told = sum(1 for at in stretch.lines if site_terms(texts[at]))
    is_told_throughout = len(stretch.lines) > 1 and told > _MOSTLY * len(stretch.lines)
    return replace(stretch, weight=stretch.weight * _OF_SITE) if is_told_throughout else stretch


def _greatest(weights: Sequence[float], part: range) -> Stretch:
    """Return the run with the greatest sum, in one pass; empty where no weight is positive."""
    best, best_sum, start, running = range(0), 0.0, part.start, 0.0
    for at in part:
        if running <= 0:
            start, running = at, 0.0
        running += weights[at]
        if running > best_sum:
            best, best_sum = range(start, at + 1), running
    return Stretch(best, best_sum)


# An article seldom goes on after these.
_HALVES = 2
_SENTENCES_OF_SITES = (BoilerplateClass.COMMENTS, BoilerplateClass.COPYRIGHT)
_AFTER_ARTICLES = (BoilerplateClass.RELATED, BoilerplateClass.COMMENTS)
LISTED = compiled(r"[•·▪●■◦*–—-]\s|\(?[\d٠-٩۰-۹]{1,3}\s?[.)–-]")


def _weight(text: str, feature: Features) -> float:
    if feature.boilerplate and feature.is_prose:
        return -1.0 if feature.boilerplate.kind in _SENTENCES_OF_SITES else 0.5
    if feature.boilerplate:
        return -4.0 if feature.boilerplate.kind in _AFTER_ARTICLES else -2.0
    if feature.is_prose:
        weight = 2.0 + min(feature.words / 10, 8.0)
        return weight * _OF_SITE if is_of_site(text) else weight
    if len(hemistichs(text)) == _HALVES:
        return 1.5
    closed = feature.ending in (Ending.SENTENCE, Ending.CALL, Ending.COLON)
    if closed and feature.words >= 3:
        return 0.5
    if feature.repeats == 1 and (LISTED.match(text) or is_labelled(text)):
        return -0.1
    return _SHORT
