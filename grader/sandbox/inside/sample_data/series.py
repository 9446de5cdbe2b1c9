"""A column of a table, as pandas gives it: what people do with one before it becomes an array."""

from __future__ import annotations

from typing import Any, Iterator

import numpy as np

from .columns import Columns, Texts, by_rank, is_missing, narrowed, plain, reduced


class Row(tuple):  # type: ignore[type-arg]
    """A row of a table, whose columns are attributes as well."""

    names: Any = ()

    def __getattr__(self, name: str) -> Any:
        if name in self.names:
            return self[self.names.index(name)]
        raise AttributeError(name)


class Series:
    """A column.

    Attributes:
        is_made: whether it was made because it was asked for: it holds whatever texts it is compared with.
    """

    is_made = False
    is_table = True  # its numbers are in `_data`

    def __init__(self, data: Any, name: Any = None, index: Any = None, is_made: bool = False, **rest: Any) -> None:
        self._data = narrowed(np.asarray(data))
        self.name = name
        self.index = np.arange(len(self._data)) if index is None else index
        self.is_made = is_made

    values = property(lambda self: self._data)
    shape = property(lambda self: self._data.shape)
    size = property(lambda self: self._data.size)
    ndim = property(lambda self: self._data.ndim)
    dtype = property(lambda self: self._data.dtype)
    empty = property(lambda self: not self._data.size)
    iloc = property(lambda self: self)
    loc = ix = property(lambda self: self)
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

    def __array_wrap__(self, array: Any, context: Any = None, return_scalar: bool = False) -> Any:
        """What a function of one argument gives stays a column: `np.log(column)`."""
        return type(self)._of(self, array) if context is not None and len(context[1]) == 1 else array

    def __len__(self) -> int:
        return len(self._data)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._data)

    def __contains__(self, one: Any) -> bool:
        return one in list(self.index)

    def items(self) -> Iterator[Any]:
        return iter(zip(self.index, self._data.tolist()))

    iteritems = items

    def keys(self) -> Any:
        return self.index

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):  # of the means of a table's columns, or of a row
            return self._data[list(self.index).index(key)]
        key = np.asarray(key) if isinstance(key, (Series, list)) else key
        found = self._data[key]
        if not isinstance(found, np.ndarray):
            return found
        return Series(found, self.name, np.asarray(self.index)[key], is_made=self.is_made)

    def __setitem__(self, key: Any, value: Any) -> None:
        key = np.asarray(key) if isinstance(key, (Series, list)) else key
        if self._data.dtype != object:
            self._data = self._data.astype(np.result_type(self._data, np.asarray(value)))
        self._data[key] = np.asarray(value)

    def __getattr__(self, name: str) -> Any:
        index = self.__dict__.get("index")
        if name == "str":
            return Texts(self)
        if not name.startswith("_") and isinstance(index, Columns) and name in index:
            return self[name]
        raise AttributeError(name)

    def astype(self, dtype: Any, **rest: Any) -> Any:
        kind = {"category": object, "int": int, "float": float, "str": str}.get(dtype, dtype)
        return type(self)._of(self, self._data.astype(kind))

    def map(self, mapping: Any, *args: Any, **rest: Any) -> Any:
        values = self._data.tolist()
        if callable(mapping):
            try:
                made = [mapping(one) for one in values]
            except (AttributeError, TypeError):
                if not self.is_made:
                    raise
                made = [mapping(str(one)) for one in values]
            return Series(np.array(made), self.name)
        if self.is_made and not any(one in mapping for one in values):
            values = by_rank(self._data, list(mapping))
        nothing = float("nan")
        return Series(np.array([mapping.get(one, nothing) for one in values]), self.name)

    def apply(self, function: Any, *args: Any, **rest: Any) -> Any:
        return self.map(function)

    def replace(self, old: Any, new: Any = None, inplace: bool = False, **rest: Any) -> Any:
        if isinstance(old, dict):
            pairs = {key: to for key, to in old.items() if not isinstance(to, dict)}
            for inner in old.values():
                pairs.update(inner if isinstance(inner, dict) else {})
        else:
            olds = old if isinstance(old, list) else [old]
            pairs = dict(zip(olds, new if isinstance(new, list) else [new] * len(olds)))
        flat = self._data.ravel().tolist()
        replaced = [pairs.get(one, one) if isinstance(one, (str, int, float)) else one for one in flat]
        made = np.empty(len(flat), object)
        made[:] = replaced
        return self._put(made.reshape(self._data.shape), inplace)

    def _put(self, data: Any, inplace: bool) -> Any:
        if not inplace:
            return type(self)._of(self, data)
        self._data = narrowed(data)
        return None

    def copy(self, *args: Any, **rest: Any) -> Any:
        return type(self)._of(self, self._data.copy())

    def fillna(self, value: Any = 0, inplace: bool = False, **rest: Any) -> Any:
        missing = is_missing(self._data)
        if not missing.any() or isinstance(value, dict):
            return self._put(self._data.copy(), inplace)
        return self._put(np.where(missing, np.asarray(value), self._data), inplace)

    def reset_index(self, *args: Any, inplace: bool = False, **rest: Any) -> Any:
        return self._put(self._data.copy(), inplace)

    dropna = ffill = bfill = rename_axis = sort_index = reset_index

    def isnull(self) -> Any:
        return type(self)._of(self, is_missing(self._data))

    isna = isnull

    def notnull(self) -> Any:
        return type(self)._of(self, ~is_missing(self._data))

    notna = notnull

    def isin(self, those: Any) -> Any:
        return type(self)._of(self, np.isin(self._data, list(those)))

    def shift(self, periods: int = 1, **rest: Any) -> Any:
        moved = np.roll(self._data.astype(float), periods, 0)
        moved[slice(0, periods) if periods > 0 else slice(periods or len(moved), None)] = np.nan
        return type(self)._of(self, moved)

    def diff(self, periods: int = 1, **rest: Any) -> Any:
        return self - self.shift(periods)

    def pct_change(self, periods: int = 1, **rest: Any) -> Any:
        return self / self.shift(periods) - 1

    def reindex(self, order: Any = None, **rest: Any) -> Any:
        return self[np.asarray(order)] if order is not None else self.copy()

    def between(self, low: Any, high: Any, **rest: Any) -> Series:
        return Series((self._data >= low) & (self._data <= high), self.name)

    def clip(self, lower: Any = None, upper: Any = None, **rest: Any) -> Any:
        return type(self)._of(self, np.clip(self._data, lower, upper))

    def round(self, decimals: int = 0, **rest: Any) -> Any:
        return type(self)._of(self, np.round(self._data.astype(float), decimals))

    def abs(self) -> Any:
        return type(self)._of(self, np.abs(self._data))

    def rename(self, *args: Any, **rest: Any) -> Any:
        return Series(self._data, args[0] if args and isinstance(args[0], str) else self.name)

    def sort_values(self, by: Any = None, ascending: Any = True, **rest: Any) -> Any:
        order = np.argsort(self._data, kind="stable")
        return self[order if ascending is not False else order[::-1]]

    def head(self, n: int = 5) -> Any:
        return self[:n]

    def tail(self, n: int = 5) -> Any:
        return self[-n:]

    def sample(self, n: Any = None, frac: Any = None, random_state: Any = None, **rest: Any) -> Any:
        count = int(n if n is not None else (frac or 1) * len(self._data))
        rng = np.random.RandomState(random_state if isinstance(random_state, int) else 0)
        return self[rng.permutation(len(self._data))[:count]]

    def unique(self) -> Any:
        return np.unique(self._data)

    def nunique(self, *args: Any, **rest: Any) -> Any:
        return len(np.unique(self._data))

    def mode(self, *args: Any, **rest: Any) -> Series:
        kinds, counts = np.unique(self._data, return_counts=True)
        return Series(kinds[counts == counts.max()], self.name)

    def value_counts(self, normalize: bool = False, **rest: Any) -> Series:
        kinds, counts = np.unique(self._data, return_counts=True)
        order = np.argsort(-counts, kind="stable")
        return Series(counts[order] / (counts.sum() if normalize else 1), self.name, Columns(kinds[order].tolist()))

    def quantile(self, q: Any = 0.5, **rest: Any) -> Any:
        return np.quantile(self._data.astype(float), q)

    def count(self, *args: Any, **rest: Any) -> Any:
        return len(self._data)

    def idxmax(self, *args: Any, **rest: Any) -> Any:
        return self.index[int(np.argmax(self._data))]

    def argmax(self, *args: Any, **rest: Any) -> int:
        return int(np.argmax(self._data))

    def reshape(self, *shape: Any) -> Any:
        return self._data.reshape(*shape)

    def ravel(self, *args: Any) -> Any:
        return self._data.ravel()

    flatten = ravel

    def describe(self, *args: Any, **rest: Any) -> Any:
        return "a column of %d" % len(self._data)

    dt = property(lambda self: Dates(self))

    @property
    def cat(self) -> Any:
        codes = np.unique(self._data.astype(str), return_inverse=True)[1]
        return type("Categories", (), {"codes": Series(codes), "categories": np.unique(self._data.astype(str))})

    def _reduced(self, name: Any, axis: Any) -> Any:
        return reduced(self._data, name, None)

    @classmethod
    def _of(cls, like: Any, data: Any) -> Any:
        return Series(data, like.name, like.index if len(like.index) == len(data) else None)

    __hash__ = None  # type: ignore[assignment]


class Dates:
    """What dates are asked for: their years, months, days of the week …"""

    def __init__(self, column: Series) -> None:
        self.column = column

    def __getattr__(self, name: str) -> Any:
        ask = _OF_DATES.get(name) or (lambda one: getattr(one, name))
        made = [ask(one) for one in np.asarray(self.column._data, "M8[s]").tolist()]
        return Series(np.array(made), self.column.name, self.column.index)


_OF_DATES: dict[str, Any] = {
    **dict.fromkeys(("dayofweek", "weekday"), lambda one: one.weekday()),
    "dayofyear": lambda one: one.timetuple().tm_yday,
}


def as_dates(values: Any, *args: Any, **rest: Any) -> Any:
    """`to_datetime`: of texts that are none, one day after the other."""
    data = np.asarray(values)
    try:
        made = data.astype("M8[s]") if data.dtype.kind != "f" else None
    except ValueError:
        made = None
    if made is None:
        made = np.datetime64("2015-01-01", "s") + np.arange(data.size).reshape(data.shape) * np.timedelta64(1, "D")
    return Series(made, getattr(values, "name", None)) if np.ndim(made) else made


def _reduction(name: str) -> Any:
    return lambda self, axis=0, *args, **rest: self._reduced(name, axis)


def _operator(name: str) -> Any:
    def operate(self: Any, *other: Any) -> Any:
        if other and isinstance(other[0], str) and self.is_made and self._data.dtype != object:
            equal = np.asarray(by_rank(self._data, [0, 1])) == 1  # a text that one of two kinds has
            return Series(~equal if name == "ne" else equal, self.name)
        data = self._data
        if name in ("and", "or", "xor", "invert") and data.dtype == object:
            data = data.astype(bool)
        found = getattr(data, "__%s__" % name)(*[plain(one) for one in other])
        return found if name == "matmul" else type(self)._of(self, found)

    return operate


def _define_operators() -> None:
    for name in ("sum", "mean", "std", "max", "min", "median", "var", "any", "all", "prod"):
        setattr(Series, name, _reduction(name))
    for name in ("add", "sub", "mul", "truediv", "radd", "rsub", "rmul", "rtruediv", "pow", "rpow", "neg", "pos", "abs",
                 "eq", "ne", "lt", "le", "gt", "ge", "and", "or", "xor", "invert", "mod", "floordiv",
                 "matmul"):  # fmt: skip
        setattr(Series, "__%s__" % name, _operator(name))
    for name in ("add", "sub", "mul", "truediv", "eq", "ne", "lt", "le", "gt", "ge", "pow"):
        plain_name = {"truediv": "div"}.get(name, name)
        setattr(Series, plain_name, lambda self, other, *a, _own="__%s__" % name, **k: getattr(self, _own)(other))
    Series.divide, Series.multiply, Series.subtract = Series.div, Series.mul, Series.sub  # type: ignore[attr-defined]
    Series.dot = _operator("matmul")  # type: ignore[attr-defined]


_define_operators()
