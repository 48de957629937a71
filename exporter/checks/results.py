"""Results: what one judge found, and how it is said to the user."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from exporter.messages import filled, sentence
from exporter.records import dataclass


class State(StrEnum):
    """What came of asking a judge."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not-run"
    NO_CLAIM = "no-claim"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, by the code of its sentence in the catalogue, and what it concerns.

    A judge from outside says it in its own words, under the code `check-said`.
    """

    code: str
    detail: str = ""

    def sentence(self, *, language: str = "en") -> str:
        """Return what is wrong as one sentence for the user."""
        return filled(self.code, {"detail": self.detail}, language=language)

    @property
    def message(self) -> str:
        """The English sentence."""
        return self.sentence()


@dataclass(frozen=True, slots=True)
class Result:
    """What a judge says; of one that was not run, `detail` is how to get it."""

    judge: str
    state: State
    findings: tuple[Finding, ...] = ()
    detail: str = ""


def judged(judge: str, findings: Iterable[Finding]) -> Result:
    """Return the result of a judge that was asked."""
    found = tuple(dict.fromkeys(findings))
    return Result(judge, State.FAILED if found else State.PASSED, found)


def not_run(judge: str, how: str) -> Result:
    """Return the result of a judge that was not asked, or did not answer, and why."""
    return Result(judge, State.NOT_RUN, detail=how)


def has_faults(results: Iterable[Result]) -> bool:
    """Whether any judge found a fault."""
    return any(result.state is State.FAILED for result in results)


_MARKS = {State.PASSED: "+", State.FAILED: "x", State.NOT_RUN: "-", State.NO_CLAIM: "-"}
_MOST_SHOWN = 12


def report(results: Iterable[Result], language: str) -> Iterator[str]:
    """Yield a line for each judge, one for each of its findings, and one for the whole."""
    results = tuple(results)
    for result in results:
        words = sentence(f"check-{result.state}", language=language)
        yield f"{_MARKS[result.state]} {result.judge:<18} {words.format(detail=result.detail)}"
        for finding in result.findings[:_MOST_SHOWN]:
            yield f"    {finding.sentence(language=language)}"
        more = len(result.findings) - _MOST_SHOWN
        if more > 0:
            yield f"    {sentence('check-more', language=language).format(count=more)}"
    whole = "check-bad" if has_faults(results) else "check-good"
    run = [result.judge for result in results if result.state in {State.PASSED, State.FAILED}]
    left = [result.judge for result in results if result.state is State.NOT_RUN]
    yield filled(whole, {"detail": ", ".join(run)}, language=language)
    if left:
        yield filled("check-left", {"detail": ", ".join(left)}, language=language)
