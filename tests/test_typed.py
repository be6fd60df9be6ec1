"""The lean `NamedTuple` of the daily lines does what the one of `typing` does."""

from __future__ import annotations

import copy
import typing
from typing import Any, get_args

import pytest

from spinetrack import typed

BODY = '''
class Step(NamedTuple):
    """A step."""

    name: str
    dose: float
    note: str | None = None
    done: tuple[int, ...] = ()
    limit = 3

    @property
    def loud(self):
        return self.name.upper()
'''


def made(maker: object) -> Any:  # noqa: ANN401
    space: dict[str, Any] = {"NamedTuple": maker, "__name__": __name__}
    exec(compile(BODY, "step", "exec", dont_inherit=True), space)
    return space["Step"]


LEAN, USUAL = made(typed.NamedTuple), made(typing.NamedTuple)


def test_both_are_the_same_to_look_at() -> None:
    for name in (
        "_fields",
        "_field_defaults",
        "__match_args__",
        "__annotations__",
        "__doc__",
        "__name__",
        "limit",
    ):
        assert getattr(LEAN, name) == getattr(USUAL, name), name
    assert LEAN.__mro__[-2:] == USUAL.__mro__[-2:] == (tuple, object)
    assert not hasattr(LEAN("sit", 1), "__dict__")


@pytest.mark.parametrize(
    ("values", "named"),
    [
        (("sit", 5.0), {}),
        (("sit", 5.0, "x", (1, 2)), {}),
        (("sit",), {"dose": 5.0, "done": (3,)}),
        ((), {"dose": 1, "name": "é"}),
    ],
)
def test_both_make_and_change_the_same(values: tuple[object, ...], named: dict[str, object]) -> None:
    lean, usual = LEAN(*values, **named), USUAL(*values, **named)
    assert lean == usual == tuple(usual)
    assert hash(lean) == hash(usual)
    assert repr(lean) == repr(usual)
    assert (lean.name, lean.dose, lean.note, lean.done, lean.loud) == (*usual, usual.loud)
    assert lean._asdict() == usual._asdict()
    assert lean._replace(note="y", dose=2) == usual._replace(note="y", dose=2)
    assert type(lean._replace(note="y")) is LEAN
    assert LEAN._make(iter(usual)) == usual
    assert copy.deepcopy(lean) == lean
    assert type(copy.copy(lean)) is LEAN
    match lean:
        case LEAN(name, dose):
            assert (name, dose) == usual[:2]


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((), {}),
        (("sit",), {}),
        (("a", 1, "b", (), 5), {}),
        (("a", 1), {"name": "b"}),
        (("a", 1), {"pain": 4}),
    ],
)
def test_both_refuse_the_same(values: tuple[object, ...], named: dict[str, object]) -> None:
    for kind in (LEAN, USUAL):
        with pytest.raises(TypeError):
            kind(*values, **named)
        with pytest.raises(ValueError):
            kind("sit", 1)._replace(pain=4)
        with pytest.raises(AttributeError):
            kind("sit", 1).name = "walk"


def test_what_a_literal_holds_can_be_asked() -> None:
    assert get_args(typed.Literal["pain", "away"]) == ("pain", "away")
    assert get_args(typed.Literal["pain"] | None)[1] is type(None)
