"""What modules on a daily line take from `typing`, without loading it.

A type checker sees the names of `typing`. At run time, loading those and compiling the code of each named
tuple took a seventh of `spinetrack log 4 sit 35`. A test holds `NamedTuple` to the other one.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, Final, Generic, Literal, NamedTuple, Self, TypeVar, cast
else:
    from collections import _tuplegetter as getter
    from types import GenericAlias

    Any = object

    class Final:
        """Stand for the word of an annotation that takes others in brackets."""

        __class_getitem__ = classmethod(GenericAlias)

    class Literal(Final):
        """Stand for one of the given values."""

    class Generic(Final):
        """Stand for the base of a class that is of some type."""

    def TypeVar(name: str, **_: object) -> object:  # noqa: N802
        """Stand for any type; its bounds are what a type checker asks."""
        return name

    def cast(_: object, value: Any) -> Any:
        """Return `value` as it is."""
        return value

    class Record(tuple):
        """What every named tuple can do."""

        __slots__ = ()
        _fields: tuple[str, ...] = ()
        _field_defaults: Mapping[str, object] = {}

        def __new__(cls, /, *values: object, **named: object) -> Self:
            """Make one of values in order, of values by name, or of both."""
            if named or len(values) != len(cls._fields):
                values = cls._all_of(values, named)
            return tuple.__new__(cls, values)

        @classmethod
        def _all_of(cls, values: tuple[object, ...], named: Mapping[str, object]) -> tuple[object, ...]:
            rest = cls._fields[len(values) :]
            known = {**cls._field_defaults, **named}
            missing = [name for name in rest if name not in known]
            unknown = [name for name in named if name not in rest]
            if missing or unknown or len(values) > len(cls._fields):
                told = f"missing {missing}, not known {unknown}, {len(values)} of {len(cls._fields)} in order"
                raise TypeError(f"{cls.__name__}: {told}")
            return (*values, *[known[name] for name in rest])

        @classmethod
        def _make(cls, values: Iterable[object]) -> Self:
            return cls(*values)

        def _replace(self, /, **changes: object) -> Self:
            new = tuple.__new__(type(self), map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"{type(self).__name__} has no {list(changes)}")
            return new

        def _asdict(self) -> dict[str, object]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            said = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({said})"

        def __getnewargs__(self) -> tuple[object, ...]:
            return tuple(self)

    class _Maker(type):
        """Turn the body of a class whose base is `NamedTuple` into a tuple with names."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> type:
            if not bases:
                return type.__new__(cls, name, bases, body)
            fields = tuple(_annotations(body))
            body["_field_defaults"] = {field: body.pop(field) for field in fields if field in body}
            body["_fields"] = body["__match_args__"] = fields
            body["__slots__"] = ()
            for at, field in enumerate(fields):
                body[field] = getter(at, "")
            return type(name, (Record,), body)

    def _annotations(body: dict[str, Any]) -> Mapping[str, object]:
        """Return name to type of what a class body annotates."""
        if "__annotations__" in body:
            return body["__annotations__"]
        later = body.get("__annotate_func__")  # how Python 3.14 keeps them
        return later(1) if later else {}

    class NamedTuple(metaclass=_Maker):
        """Stand at the head of a class whose annotated names are the fields of a tuple."""


__all__ = ["TYPE_CHECKING", "Any", "Final", "Generic", "Literal", "NamedTuple", "TypeVar", "cast"]
