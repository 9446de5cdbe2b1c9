"""What one value is, as far as a change of the text must know: a number or an array, of which shape and type."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

Sort = Literal["array", "int", "float", "bool", "other"]


@dataclass(frozen=True)
class Kind:
    """What something is: an array with its shape and type (`f`, `i`, `b`), or a number."""

    sort: Sort
    shape: tuple[int, ...] = ()
    dtype: str = ""

    @property
    def is_array(self) -> bool:
        return self.sort == "array"

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole number, or an array of such."""
        return self.sort == "int" or self.dtype == "i"

    @property
    def rank(self) -> int:
        return len(self.shape)

    def is_like(self, other: "Kind") -> bool:
        """Whether one may stand where the other does: of one sort, rank and type."""
        return (self.sort, self.rank, self.dtype) == (other.sort, other.rank, other.dtype)


OTHER = Kind("other")


def kind_of(value: Any) -> Kind:
    """The kind of a value, or of the words for one that was not given out."""
    if isinstance(value, bool):
        return Kind("bool")
    if isinstance(value, int):
        return Kind("int")
    if isinstance(value, float):
        return Kind("float")
    if isinstance(value, np.ndarray):
        letter = {"u": "i", "i": "i", "b": "b", "f": "f"}.get(value.dtype.kind, "o")
        if value.shape == ():
            return Kind({"i": "int", "b": "bool"}.get(letter, "float"))  # type: ignore[arg-type]
        return Kind("array", value.shape, letter)
    if isinstance(value, str) and value.startswith("array "):
        _, dtype, *sizes = value.split()
        letter = "f" if dtype.startswith("float") else "b" if dtype == "bool" else "i" if "int" in dtype else "o"
        return Kind("array", tuple(int(size) for size in sizes if size.isdigit()), letter)
    return OTHER
