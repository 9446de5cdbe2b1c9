"""What a table's columns are: their names, the kinds of their numbers, their texts."""

from __future__ import annotations

from typing import Any, Callable

import numpy as np

#: What a column is called that is to be told from the others.
MADE_OF_NAMES = frozenset([
    "target", "label", "labels", "class", "y", "outcome", "species", "quality", "diagnosis", "survived", "output",
    "result", "exited", "price", "sales", "medv", "purchased", "approved", "loan_status", "default", "type", "category",
    "churn", "income", "admitted", "attrition", "stroke", "heartdisease", "potability", "is_fraud", "fraud",
])  # fmt: skip


def narrowed(data: Any) -> Any:
    """Numbers that stood beside texts, as the numbers that their own columns hold."""
    if data.dtype.kind in "US":
        return data.astype(object)
    if data.dtype != object or not data.size:
        return data
    kinds = {type(one) for one in data.ravel().tolist()}
    if kinds <= {int, bool}:
        return data.astype(bool if kinds == {bool} else int)
    return data.astype(float) if kinds <= {int, float, bool} else data


def is_missing(data: Any) -> Any:
    """Where nothing stands."""
    if data.dtype.kind == "f":
        return np.isnan(data)
    if data.dtype != object:
        return np.zeros(data.shape, bool)
    flat = [one is None or (isinstance(one, float) and one != one) for one in data.ravel().tolist()]
    return np.array(flat, bool).reshape(data.shape)


def by_rank(data: Any, values: list[Any]) -> list[Any]:
    """Values in as many groups as there are of them, from the lowest numbers up."""
    rank = np.argsort(np.argsort(np.asarray(data, float), kind="stable"))
    return [values[int(one * len(values) / len(rank))] for one in rank]


def plain(thing: Any) -> Any:
    """What a column is reckoned with: an array, or a number or text as it is."""
    return thing if isinstance(thing, (str, int, float)) else np.asarray(thing)


def reduced(data: Any, name: str, axis: Any) -> Any:
    """A mean, a spread, a sum … as pandas takes them: of a sample, not of the whole."""
    if name in ("std", "var"):
        table = data.astype(float)
        return getattr(table, name)(axis, ddof=1) if table.shape[axis or 0] > 1 else np.zeros(table.shape[1:])
    if name == "median":
        return np.median(data.astype(float), axis)
    return getattr(data, name)(axis)


class Columns(list):  # type: ignore[type-arg]
    """Names of columns."""

    values = property(lambda self: np.array(list(self), object))
    size = property(len)
    shape = property(lambda self: (len(self),))
    str = property(lambda self: Texts(self))

    def tolist(self) -> list[Any]:
        return list(self)

    to_list = tolist

    def get_loc(self, name: Any) -> int:
        return self.index(name)

    def drop(self, gone: Any, **rest: Any) -> Columns:
        those = [gone] if isinstance(gone, (str, int)) else list(gone)
        return Columns([one for one in self if one not in those])

    difference = drop

    def map(self, function: Callable[[Any], Any]) -> Columns:
        return Columns([function(one) for one in self])

    def isin(self, those: Any) -> Any:
        return np.array([one in those for one in self], bool)

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, (list, np.ndarray)):
            return Columns(np.array([*self, None], object)[:-1][key].tolist())
        found = list.__getitem__(self, key)
        return Columns(found) if isinstance(found, list) else found

    def __ne__(self, other: Any) -> Any:
        return list(self) != other if isinstance(other, list) else np.array([one != other for one in self], bool)

    def __eq__(self, other: Any) -> Any:
        return list(self) == other if isinstance(other, list) else np.array([one == other for one in self], bool)

    __hash__ = None


class Texts:
    """The methods of texts, on each of a column or of the names of columns."""

    def __init__(self, whole: Any) -> None:
        self.whole = whole

    def _each(self, function: Callable[[str], Any]) -> Any:
        made = [function(str(one)) for one in self.whole]
        if isinstance(self.whole, Columns):
            return Columns(made)
        data = np.empty(len(made), object)
        data[:] = made
        return type(self.whole)(data, self.whole.name)

    def replace(self, old: str, new: str, *args: Any, **rest: Any) -> Any:
        return self._each(lambda text: text.replace(old, new))

    def contains(self, part: str, *args: Any, **rest: Any) -> Any:
        return self._each(lambda text: part in text)

    def len(self) -> Any:
        return self._each(len)

    def __getattr__(self, name: str) -> Any:
        if not hasattr(str, name):
            raise AttributeError(name)
        return lambda *args, **rest: self._each(lambda text: getattr(text, name)(*args))
