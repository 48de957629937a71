"""Our dataclasses behave as the standard library's, which they are made beside here."""

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from typing import Any

import pytest

from exporter import records

Decorator = Callable[..., Callable[[type], type]]


def point(decorator: Decorator) -> Any:  # noqa: ANN401 - a class that is made here
    class Point:
        """A place."""

        x: int
        y: int = 0
        names: dict[str, int] = field(default_factory=dict)
        note: str = field(default="", repr=False, compare=False)

        def __post_init__(self) -> None:
            if self.x < 0:
                raise ValueError("left of the page")

    return decorator(frozen=True, slots=True)(Point)


def counter(decorator: Decorator) -> Any:  # noqa: ANN401 - a class that is made here
    class Counter:
        seen: list[int] = field(default_factory=list)
        total: int = 0

    return decorator(slots=True)(Counter)


OURS, STANDARD = point(records.dataclass), point(dataclasses.dataclass)


@records.dataclass(frozen=True, slots=True)
class Kept:
    text: str
    size: int = 1


@pytest.mark.parametrize("make", [point, counter])
def test_signature_and_places_in_a_match_are_the_standard_ones(
    make: Callable[[Decorator], Any],
) -> None:
    ours, standard = make(records.dataclass), make(dataclasses.dataclass)
    assert str(inspect.signature(ours)) == str(inspect.signature(standard))
    assert ours.__match_args__ == standard.__match_args__
    assert ours.__slots__ == standard.__slots__
    assert ours.__init__.__qualname__ == standard.__init__.__qualname__


@pytest.mark.parametrize(
    "given", [{"x": 1}, {"x": 1, "y": 2, "note": "a"}, {"x": 3, "names": {"b": 1}}]
)
def test_what_it_says_of_itself_and_equals_is_the_standard(given: dict[str, Any]) -> None:
    ours, standard = OURS(**given), STANDARD(**given)
    assert repr(ours) == repr(standard)
    assert (ours == OURS(x=1)) == (standard == STANDARD(x=1))
    assert ours != standard
    assert dataclasses.asdict(ours) == dataclasses.asdict(standard)


def test_each_instance_has_a_default_of_its_own() -> None:
    counting = counter(records.dataclass)
    first, second = counting(), counting()
    first.seen.append(1)
    first.total += 1
    assert (second.seen, second.total) == ([], 0)
    with pytest.raises(AttributeError):
        first.other = 1
    with pytest.raises(TypeError, match="unhashable"):
        hash(first)


def test_nothing_can_be_changed_in_a_frozen_one() -> None:
    kept = Kept("a")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'text'"):
        kept.text = "b"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'text'"):
        del kept.text


def test_it_is_copied_replaced_pickled_and_hashed() -> None:
    kept = Kept("a", 2)
    assert dataclasses.replace(kept, text="b") == Kept("b", 2)
    assert copy.deepcopy(kept) == kept == pickle.loads(pickle.dumps(kept))  # noqa: S301
    assert hash(kept) == hash(("a", 2))


def test_what_is_checked_is_checked_and_what_is_missing_is_missed() -> None:
    with pytest.raises(ValueError, match="left of the page"):
        OURS(-1)
    with pytest.raises(
        TypeError, match=r"__init__\(\) missing 1 required positional argument: 'x'"
    ):
        OURS()
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        OURS(1, z=2)
