"""What travels between the trusted side and a cell."""

from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

#: None, bool, int, float, complex, str, a numeric array or numpy scalar, a list, tuple or dict (keys: strings and
#: integers) of these, a `Handle`; as an argument also `Preloaded`, and any object whose method `__handle__` gives
#: the handle, or the token, that it stands for.
Value: TypeAlias = (
    "bool | int | float | complex | str | NDArray[Any] | np.generic | list[Any] | tuple[Any, ...]"
    " | dict[Any, Any] | Handle | Token | Preloaded | None"
)


@dataclass(frozen=True)
class Handle:
    """An object that stays in its cell; passed as an argument it is that very object again."""

    id: int
    type_name: str

    def method(self, name: str) -> "Method":
        """A target for `Cell.call`: the method `name` of the object."""
        return Method(self, name)


@dataclass(frozen=True)
class Method:
    """The method `name` of the object that `handle` stands for."""

    handle: Handle
    name: str


@dataclass(frozen=True)
class Token:
    """In a cell, the place of an object that a served function gave: only served functions make anything of it."""

    number: int


@dataclass(frozen=True)
class Preloaded:
    """As an argument: a private copy of rows of an array that the sandbox was started with."""

    name: str
    rows: slice = field(default_factory=lambda: slice(None))
