"""`dataclass` as the standard library has it, in a fraction of its time when a program starts.

The standard one compiles six methods for each class whenever a program starts. Here all classes
share them, and `__init__` is compiled once for all classes of as many fields. What comes out is a
dataclass to `dataclasses.replace`, `fields` and `asdict`, to `match`, `copy` and `pickle`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError
from functools import cache, partial
from operator import attrgetter
from types import FunctionType
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass

__all__ = ["dataclass"]

_Class = TypeVar("_Class")
_Fields = Sequence[Field[Any]]


def _dataclass(
    *, slots: bool = False, frozen: bool = False, eq: bool = True
) -> Callable[[type[_Class]], type[_Class]]:
    """Return a decorator that makes a dataclass of a class with annotated fields."""
    if not slots:
        return dataclasses.dataclass(frozen=frozen, eq=eq)
    return partial(_made, is_frozen=frozen, is_compared=eq)


if not TYPE_CHECKING:  # to type checkers it is the standard library's
    dataclass = _dataclass


def _made(cls: type[_Class], *, is_frozen: bool, is_compared: bool) -> type[_Class]:
    cls.__doc__ = cls.__doc__ or cls.__name__  # else the standard library writes a long one
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    fields = dataclasses.fields(made)  # type: ignore[arg-type]
    methods: dict[str, Any] = {"__init__": _init(made, fields, is_frozen=is_frozen)}
    methods["__repr__"] = _repr
    if is_compared:
        methods |= _comparison([one.name for one in fields if one.compare], is_frozen=is_frozen)
    if is_frozen:
        methods |= _FROZEN
    for name in methods.keys() - vars(cls).keys():
        setattr(made, name, methods[name])
    return made


class _Factory:
    """Stands for a default that is made anew for each instance."""

    def __repr__(self) -> str:
        return "<factory>"


_FACTORY = _Factory()


def _init(cls: type, fields: _Fields, *, is_frozen: bool) -> FunctionType:
    """Return `__init__`: that of a class of the same form, under the names of this one."""
    names = [one.name for one in fields]
    is_made = tuple(map(_is_made, fields))
    form = _form(is_made, is_frozen=is_frozen, has_more=hasattr(cls, "__post_init__"))
    stores = [getattr(cls, name).__set__ for name in names] if is_frozen else []
    function = form(*stores, *(one.default_factory for one in fields if _is_made(one)))
    own = {f"value{number}": name for number, name in enumerate(names)}
    code = function.__code__.replace(
        co_varnames=("self", *names),
        co_names=tuple(own.get(name, name) for name in function.__code__.co_names),
        co_name="__init__",
        co_qualname=f"{cls.__qualname__}.__init__",
    )
    defaults = (_FACTORY if _is_made(one) else one.default for one in fields)
    given = tuple(default for default in defaults if default is not MISSING)
    init = FunctionType(code, function.__globals__, "__init__", given, function.__closure__)
    init.__annotations__ = {**{one.name: one.type for one in fields}, "return": None}
    return init


def _is_made(field: Field[Any]) -> bool:
    return field.default_factory is not MISSING


@cache
def _form(
    is_made: Sequence[bool], *, is_frozen: bool, has_more: bool
) -> Callable[..., FunctionType]:
    """Return what makes an `__init__` for so many fields, of which some are made by a factory."""
    numbers = range(len(is_made))
    values = [
        f"make{number}() if value{number} is _FACTORY else value{number}"
        if is_made[number]
        else f"value{number}"
        for number in numbers
    ]
    lines = [
        f"store{number}(self, {value})" if is_frozen else f"self.value{number} = {value}"
        for number, value in enumerate(values)
    ]
    given = [f"store{number}" for number in numbers if is_frozen]
    given += [f"make{number}" for number in numbers if is_made[number]]
    arguments = ", ".join(("self", *(f"value{number}" for number in numbers)))
    body = "; ".join((*lines, *(["self.__post_init__()"] if has_more else []))) or "pass"
    source = f"def form({', '.join(given)}):\n def init({arguments}): {body}\n return init"
    names: dict[str, Any] = {"_FACTORY": _FACTORY}
    exec(source, names)  # noqa: S102 - made of numbers alone
    form: Callable[..., FunctionType] = names["form"]
    return form


def _repr(self: Any) -> str:  # noqa: ANN401
    shown = [one.name for one in dataclasses.fields(self) if one.repr]
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{type(self).__qualname__}({values})"


def _comparison(names: Sequence[str], *, is_frozen: bool) -> dict[str, Any]:
    if len(names) == 1:
        one = attrgetter(*names)
        values: Callable[[object], tuple[Any, ...]] = lambda self: (one(self),)  # noqa: E731
    else:
        values = attrgetter(*names) if names else lambda _: ()

    def eq(self: object, other: object) -> Any:  # noqa: ANN401 - NotImplemented is another type
        if other.__class__ is self.__class__:
            return values(self) == values(other)
        return NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    return {"__eq__": eq, "__hash__": hashed if is_frozen else None}


def _no_new_value(_self: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_deletion(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:  # noqa: ANN401
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _restore(self: Any, state: Sequence[Any]) -> None:  # noqa: ANN401
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)


_FROZEN = {
    "__setattr__": _no_new_value,
    "__delattr__": _no_deletion,
    "__getstate__": _state,
    "__setstate__": _restore,
}
