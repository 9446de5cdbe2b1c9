"""The few things that people do with a table that pandas has read before it becomes arrays."""

from __future__ import annotations

from typing import Any, Iterator

import numpy as np


def _narrowed(data: Any) -> Any:
    """Numbers that stood beside texts, as the numbers that their own columns hold."""
    if data.dtype != object or not data.size:
        return data
    kinds = {type(one) for one in data.ravel().tolist()}
    return data.astype(int) if kinds == {int} else data.astype(float) if kinds <= {int, float} else data


class Series:
    """A column."""

    def __init__(self, data: Any, name: Any = None) -> None:
        self._data = _narrowed(np.asarray(data))
        self.name = name

    values = property(lambda self: self._data)
    shape = property(lambda self: self._data.shape)
    size = property(lambda self: self._data.size)
    dtype = property(lambda self: self._data.dtype)
    iloc = property(lambda self: self)
    loc = ix = property(lambda self: self)
    index = property(lambda self: np.arange(len(self._data)))
    T = property(lambda self: self)

    def to_numpy(self, dtype: Any = None, **rest: Any) -> Any:
        return self._data.astype(dtype) if dtype is not None else self._data.copy()

    def as_matrix(self, columns: Any = None) -> Any:
        """As older pandas gave an array."""
        return (self if columns is None else self[list(columns)])._data.copy()

    get_values = as_matrix

    def tolist(self) -> list[Any]:
        found: list[Any] = self._data.tolist()
        return found

    to_list = tolist

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return np.array(self._data, dtype)

    def __len__(self) -> int:
        return len(self._data)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._data)

    def __getitem__(self, key: Any) -> Any:
        found = self._data[np.asarray(key) if isinstance(key, (Series, list)) else key]
        return Series(found, self.name) if isinstance(found, np.ndarray) else found

    def astype(self, dtype: Any) -> Series:
        kind = {"category": object, "int": int, "float": float, "str": str}.get(dtype, dtype)
        return Series(self._data.astype(kind), self.name)

    def map(self, mapping: Any) -> Series:
        apply = mapping if callable(mapping) else mapping.__getitem__
        return Series(np.array([apply(one) for one in self._data.tolist()]), self.name)

    apply = map

    def replace(self, old: Any, new: Any = None, **rest: Any) -> Series:
        pairs = old if isinstance(old, dict) else dict(zip(*[x if isinstance(x, list) else [x] for x in (old, new)]))
        return Series(np.array([pairs.get(one, one) for one in self._data.tolist()]), self.name)

    def _itself(self, *args: Any, **rest: Any) -> Any:
        return self

    fillna = dropna = copy = reset_index = _itself

    def isnull(self) -> Series:
        return Series(np.zeros(self._data.shape, bool), self.name)

    isna = isnull

    def unique(self) -> Any:
        return np.unique(self._data)

    def nunique(self) -> int:
        return len(np.unique(self._data))

    def value_counts(self, **rest: Any) -> Series:
        return Series(np.sort(np.unique(self._data, return_counts=True)[1])[::-1])

    def reshape(self, *shape: Any) -> Any:
        return self._data.reshape(*shape)

    def ravel(self) -> Any:
        return self._data.ravel()

    @property
    def cat(self) -> Any:
        codes = np.unique(self._data.astype(str), return_inverse=True)[1]
        return type("Categories", (), {"codes": Series(codes), "categories": np.unique(self._data.astype(str))})

    @classmethod
    def _of(cls, like: Any, data: Any) -> Any:
        return Series(data, like.name)

    __hash__ = None  # type: ignore[assignment]


def _reduced(name: str) -> Any:
    return lambda self, *args, **rest: getattr(self._data, name)()


def _operator(name: str) -> Any:
    def operate(self: Any, *other: Any) -> Any:
        return type(self)._of(self, getattr(self._data, name)(*map(np.asarray, other)))

    return operate


def _define_operators() -> None:
    for name in ("sum", "mean", "std", "max", "min"):
        setattr(Series, name, _reduced(name))
    for name in ("add", "sub", "mul", "truediv", "radd", "rsub", "rmul", "rtruediv", "pow", "neg", "eq", "ne", "lt",
                 "le", "gt", "ge"):  # fmt: skip
        setattr(Series, "__%s__" % name, _operator("__%s__" % name))


_define_operators()


#: What a column is called that is to be told from the others.
TARGETS = frozenset([
    "target", "label", "labels", "class", "y", "outcome", "species", "quality", "diagnosis", "survived", "output",
    "result", "exited", "price", "sales", "medv", "purchased", "approved", "loan_status", "default", "type", "category",
])  # fmt: skip


class Frame(Series):
    """A table. With `kinds`, it has whatever column is asked for: the kinds, or measurements of them."""

    kinds: Any = None
    is_of_flowers = False
    flowers: Any = None  # of a table of which nothing is known: what gives Iris, once its columns are asked for

    def __init__(self, data: Any, columns: Any = None, kinds: Any = None, **rest: Any) -> None:
        if isinstance(data, dict):
            columns, data = list(data), np.column_stack([np.asarray(column) for column in data.values()])
        super().__init__(data)
        if self._data.ndim == 1:
            self._data = self._data.reshape(-1, 1)
        self.columns = Columns(range(self._data.shape[1]) if columns is None else columns)
        self.kinds = kinds

    def _make(self, name: str) -> None:
        """The column of a table of which nothing is known but that it is asked for."""
        lower = name.lower()
        is_of_flower = self.flowers is not None and lower.startswith(("sepal", "petal"))
        if is_of_flower and not self.is_of_flowers:
            self._data, self.kinds = self.flowers()
            self.columns, self.is_of_flowers = Columns(range(4)), True
        is_told = lower in TARGETS
        drawn = self.kinds if is_told else self.kinds + np.random.RandomState(len(self.columns)).randn(len(self.kinds))
        if is_of_flower:
            drawn = self._data[:, 2 * lower.startswith("petal") + ("wid" in lower)]
        self._data = np.column_stack([self._data, drawn])
        self.columns = Columns([*self.columns, name])

    T = property(lambda self: Frame(self._data.T))
    iloc = loc = ix = property(lambda self: Positions(self))

    @classmethod
    def _of(cls, like: Any, data: Any) -> Any:
        return Frame(data, like.columns)

    def __getitem__(self, key: Any) -> Any:
        for name in (key if isinstance(key, list) else [key]) if self.kinds is not None else ():
            if isinstance(name, str) and name not in self.columns:
                self._make(name)
        if isinstance(key, str) or (isinstance(key, int) and key in self.columns):
            found = self._data[:, self.columns.index(key)]
            is_kind = self.kinds is not None and str(key).lower() in TARGETS
            return Series(found.astype(int) if is_kind else found, key)
        if isinstance(key, list) and key and all(one in self.columns for one in key):
            return Frame(self._data[:, [self.columns.index(one) for one in key]], key)
        if isinstance(key, tuple) and len(key) == 2:
            rows, cols = key
            if isinstance(cols, str) or (isinstance(cols, list) and cols and isinstance(cols[0], str)):
                return Frame(self._data[rows], self.columns)[cols]
            found = self._data[rows, cols] if not isinstance(rows, list) else self._data[rows][:, cols]
            return Frame(found) if getattr(found, "ndim", 0) == 2 else Series(found) if np.ndim(found) else found
        found = self._data[np.asarray(key) if isinstance(key, Series) else key]
        return Frame(found, self.columns) if found.ndim == 2 else Series(found)

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_") and name in self.__dict__.get("columns", ()):
            return self[name]
        raise AttributeError(name)

    def __setitem__(self, key: Any, value: Any) -> None:
        value = np.asarray(value)
        if key in self.columns:
            self._data = self._data.astype(np.result_type(self._data, value))
            self._data[:, self.columns.index(key)] = value
        else:
            self._data = np.column_stack([self._data, np.broadcast_to(value, len(self._data))])
            self.columns = Columns([*self.columns, key])

    def drop(self, labels: Any = None, axis: Any = 0, columns: Any = None, inplace: bool = False, **rest: Any) -> Any:
        gone = columns if columns is not None else labels if axis in (1, "columns") else []
        gone = [gone] if isinstance(gone, (str, int)) else list(gone)
        stay = [i for i, name in enumerate(self.columns) if name not in gone]
        left = Frame(self._data[:, stay], [self.columns[i] for i in stay], kinds=self.kinds)
        if not inplace:
            return left
        self._data, self.columns = left._data, left.columns
        return None

    def pop(self, name: Any) -> Series:
        column: Series = self[name]
        self.drop(columns=name, inplace=True)
        return column

    def head(self, n: int = 5) -> Frame:
        return Frame(self._data[:n], self.columns)

    def sample(self, n: Any = None, frac: Any = None, random_state: Any = None, **rest: Any) -> Frame:
        count = int(n if n is not None else (frac or 1) * len(self._data))
        rng = np.random.RandomState(random_state if isinstance(random_state, int) else 0)
        return Frame(self._data[rng.permutation(len(self._data))[:count]], self.columns)

    def tail(self, n: int = 5) -> Frame:
        return Frame(self._data[-n:], self.columns)

    set_index = drop_duplicates = Series._itself

    def isnull(self) -> Frame:
        return Frame(np.zeros(self._data.shape, bool), self.columns)

    isna = isnull

    def describe(self, *args: Any, **rest: Any) -> str:
        return "a table of %d rows and %d columns" % self._data.shape

    def info(self, *args: Any, **rest: Any) -> None:
        print(self.describe())

    __repr__ = describe


class Positions:
    """`iloc` and `loc` of a table whose rows are numbered: a number is a row, not the column of that name."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, tuple):
            return self.frame[key]
        found = self.frame._data[np.asarray(key) if isinstance(key, (Series, list)) else key]
        return Frame(found, self.frame.columns) if found.ndim == 2 else Series(found)

    def __setitem__(self, key: Any, value: Any) -> None:
        rows, column = key if isinstance(key, tuple) else (key, slice(None))
        rows = np.asarray(rows) if isinstance(rows, (Series, list)) else rows
        place = self.frame.columns.index(column) if isinstance(column, str) else column
        self.frame._data[rows, place] = np.asarray(value)


class Columns(list):  # type: ignore[type-arg]
    """Names of columns."""

    def tolist(self) -> list[Any]:
        return list(self)

    def __getitem__(self, key: Any) -> Any:
        found = list.__getitem__(self, key)
        return Columns(found) if isinstance(found, list) else found


def dummies(data: Any, **rest: Any) -> Frame:
    """One column for each value."""
    kinds, codes = np.unique(np.asarray(data).ravel(), return_inverse=True)
    return Frame(np.eye(len(kinds), dtype=np.uint8)[codes], list(kinds))
