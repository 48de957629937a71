"""Times of day: `12:09 م`, `الساعة 5 مساء`, `20:41:17 GMT`, as the end of an ISO date-time."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.arabic.dates.pieces import Piece
from exporter.arabic.dates.words import AM, NIGHT, NOON, PM

_MOST_MINUTES_OF_AN_OFFSET = 14 * 60


def time_in(pieces: Sequence[Piece]) -> str:
    """Return `T` and the time with its offset; empty for one that no clock shows."""
    (numbers,) = (piece.numbers for piece in pieces if piece.kind in "Tn")
    hour, minute, second = (*numbers, 0, 0)[:3]
    halves = [
        PM if piece.kind == "p" else piece.entry.value for piece in pieces if piece.kind in "hp"
    ]
    if halves:
        hour = _of_24(hour, halves[0])
    offset = _offset(pieces)
    if hour > 23 or minute > 59 or second > 59 or offset is None:
        return ""
    seconds = f":{second:02}" if len(numbers) > 2 else ""
    return f"T{hour:02}:{minute:02}{seconds}{offset}"


def _of_24(hour: int, half: int) -> int:
    """Return the hour of the day of one of twelve; a clock of 24 hours needs no half."""
    if hour > 12:
        return hour
    match half:
        case _ if half == AM:
            return hour % 12
        case _ if half == PM:
            return hour % 12 + 12
        case _ if half == NOON:
            return hour if hour >= NOON else hour + 12
        case _:
            return (hour % 12 + 12) if NIGHT - 12 <= hour < 12 else hour % 12


def _offset(pieces: Sequence[Piece]) -> str | None:
    """Return the offset from UTC, `Z` for none, empty where it isn't told; None for no offset."""
    for piece in pieces:
        if piece.kind == "o":
            return _signed(piece)
    minutes = next((piece.entry.value for piece in pieces if piece.kind == "z"), None)
    if minutes is None:
        return ""
    return _shown(minutes)


def _signed(piece: Piece) -> str | None:
    digits = piece.text[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    total = hours * 60 + minutes
    if minutes > 59 or total > _MOST_MINUTES_OF_AN_OFFSET:
        return None
    return _shown(-total if piece.text[0] == "-" else total)


def _shown(minutes: int) -> str:
    if not minutes:
        return "Z"
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
