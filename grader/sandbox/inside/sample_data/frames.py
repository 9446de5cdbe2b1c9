"""The things that people do with a table that pandas has read before it becomes arrays."""

from __future__ import annotations

import re
from typing import Any, Iterator

import numpy as np

from .columns import MADE_OF_NAMES, Columns, by_rank, is_missing, narrowed, reduced
from .series import Row, Series

#: what tells the rows of a table apart, and stands before what was measured
MANY_KINDS = 20  # different values, with which a column that is drawn is none of kinds
_NUMBERING = re.compile(r"^(date|time|day|id|index|no|name)\b|date$|_id$|unnamed")
_COUNTING = re.compile(r"^(id|index|no)$|_id$|unnamed")


class Frame(Series):
    """A table. With `kinds`, it has whatever column is asked for: the kinds, or measurements of them."""

    kinds: Any = None
    is_of_flowers = False
    left_out: Any = None  # a column that such a table is without, but for who asks for it: its name, and what it holds
    flowers: Any = None  # of a table of which nothing is known: what gives Iris, once its columns are asked for

    def __init__(
        self, data: Any = None, columns: Any = None, kinds: Any = None, index: Any = None, **rest: Any
    ) -> None:
        if isinstance(data, list) and data and isinstance(data[0], dict):
            data = {key: [row.get(key) for row in data] for key in data[0]}
        if isinstance(data, dict):
            data = {key: data[key] for key in columns} if columns is not None else data
            columns = list(data)
            parts = [narrowed(np.asarray(column)) for column in data.values()]
            is_mixed = len({part.dtype.kind in "biuf" for part in parts}) > 1
            data = np.column_stack([part.astype(object) if is_mixed else part for part in parts])
        super().__init__(np.asarray(np.zeros((0, 0)) if data is None else data))
        if self._data.ndim == 1:
            self._data = self._data.reshape(-1, 1)
        self.columns = Columns(range(self._data.shape[1]) if columns is None else columns)
        self.kinds = kinds
        self.index = np.arange(len(self._data)) if index is None or len(index) != len(self._data) else index

    def _make(self, name: str) -> None:
        """The column of a table of which nothing is known but that it is asked for."""
        lower = name.lower()
        is_of_flower = self.flowers is not None and lower.startswith(("sepal", "petal"))
        if is_of_flower and not self.is_of_flowers:
            self._data, self.kinds = self.flowers()
            self.columns, self.is_of_flowers = Columns(range(4)), True
            self.index = np.arange(len(self._data))
        is_told = re.split(r"[\W_]+", lower.strip())[-1] in MADE_OF_NAMES or lower in MADE_OF_NAMES
        noise = np.random.RandomState(len(self.columns)).randn(len(self.kinds))
        drawn = self.kinds if is_told else np.abs(self.kinds + noise) + 0.1
        if is_of_flower:
            place = 2 * lower.startswith("petal") + ("wid" in lower)
            drawn = self._data[:, place]
            if self.columns[place] == place:  # it has no name yet
                self.columns[place] = name
                return
        is_first = _NUMBERING.search(lower) is not None
        drawn = np.arange(1, len(drawn) + 1) if _COUNTING.search(lower) else drawn
        self._data = np.column_stack([drawn, self._data] if is_first else [self._data, drawn])
        self.columns = Columns([name, *self.columns] if is_first else [*self.columns, name])

    def has(self, name: str) -> bool:
        """Whether it has a column, or makes one now."""
        if name not in self.columns and self.kinds is not None:
            self._make(name)
        return name in self.columns

    def _name(self, names: Any) -> None:
        """Of a table of which nothing is known, as many columns as there are names: its kinds are the last one."""
        made, width = Columns(names), self._data.shape[1]
        if self.kinds is not None and 0 < len(made) != width:
            more = np.random.RandomState(0).randn(len(self._data), max(0, len(made) - width))
            self._data = np.column_stack([self._data[:, : min(width, len(made)) - 1], more, self.kinds])
        vars(self)["_columns"] = made

    columns = property(lambda self: self._columns, _name)
    T = property(lambda self: self.transpose())
    transpose = lambda self, *args: Frame(self._data.T, list(self.index), index=Columns(self.columns))  # noqa: E731
    iloc = loc = ix = iat = at = property(lambda self: Positions(self))
    dtypes = property(lambda self: Series([self[name].dtype for name in self.columns], index=self.columns))

    def _reduced(self, name: Any, axis: Any) -> Any:
        is_plain = self._data.dtype != object
        table = self._data if is_plain else self._numbers()
        if axis in (1, "columns"):
            return Series(reduced(table, name, 1))
        return Series(reduced(table, name, 0), index=Columns(self.columns if is_plain else self._number_columns()))

    @classmethod
    def _of(cls, like: Any, data: Any) -> Any:
        is_alike = np.ndim(data) == 2 and np.shape(data)[1] == len(like.columns)
        return Frame(data, like.columns if is_alike else None, kinds=like.kinds, index=like.index)

    def _number_columns(self) -> list[Any]:
        return [name for name in self.columns if self[name].dtype != object]

    def _numbers(self) -> Any:
        return np.column_stack([self[name]._data.astype(float) for name in self._number_columns()])

    def _rows(self, rows: Any) -> Frame:
        kinds = None if self.kinds is None else np.asarray(self.kinds)[rows]
        return Frame(self._data[rows], self.columns, kinds=kinds, index=np.asarray(self.index)[rows])

    def _column(self, name: Any) -> Series:
        if self.left_out is not None and name == self.left_out[0] and name not in self.columns:
            return Series(self.left_out[1], name, self.index)
        found = self._data[:, self.columns.index(name)]
        is_kind = self.kinds is not None and str(name).lower() in MADE_OF_NAMES
        whole = is_kind and found.dtype != object and not np.isnan(found).any()
        return Series(found.astype(int) if whole else found, name, self.index, is_made=self.kinds is not None)

    def __getitem__(self, key: Any) -> Any:
        key = list(key) if isinstance(key, (Columns, list)) or type(key).__name__ == "Index" else key
        for name in (key if isinstance(key, list) else [key]) if self.kinds is not None else ():
            if isinstance(name, str):
                self.has(name)
        if isinstance(key, str) or (isinstance(key, (int, np.integer)) and key in self.columns):
            return self._column(key)
        if isinstance(key, np.ndarray) and key.dtype.kind in "US":
            key = key.tolist()
        if isinstance(key, list) and (not key or all(isinstance(one, str) for one in key) or self._are_names(key)):
            places = [self.columns.index(one) for one in key]
            return Frame(self._data[:, places], key, kinds=self.kinds, index=self.index)
        if isinstance(key, tuple) and len(key) == 2:
            return self._part(*key)
        rows = key._data.astype(bool).ravel() if isinstance(key, Series) else key
        found = self._data[np.asarray(rows) if isinstance(rows, list) else rows]
        if found.ndim == 2:
            return self._rows(np.asarray(rows) if isinstance(rows, list) else rows)
        return Series(found, index=self.columns)

    def _are_names(self, key: list[Any]) -> bool:
        return all(not isinstance(one, (bool, np.bool_)) and one in self.columns for one in key)

    def _part(self, rows: Any, cols: Any) -> Any:
        """Rows and columns together, as `iloc` and `loc` take them."""
        rows = rows._data if isinstance(rows, Series) else rows
        cols = list(cols) if isinstance(cols, Columns) else cols
        if isinstance(cols, slice) and isinstance(cols.start or cols.stop, str):
            first = self.columns.index(cols.start) if cols.start is not None else 0
            last = self.columns.index(cols.stop) + 1 if cols.stop is not None else None
            cols = slice(first, last)
        if isinstance(cols, str) or (isinstance(cols, list) and cols and isinstance(cols[0], str)):
            whole = self[cols]
            if isinstance(rows, (int, np.integer)) and isinstance(whole, Frame):
                return Series(whole._data[rows], index=whole.columns)
            return whole._rows(rows) if isinstance(whole, Frame) else whole[rows]
        if isinstance(cols, np.ndarray) and cols.dtype == bool:
            cols = np.flatnonzero(cols).tolist()
        found = self._data[rows, cols] if not isinstance(rows, (list, np.ndarray)) else self._data[rows][:, cols]
        names = np.array([*self.columns, None], object)[:-1][cols]
        if getattr(found, "ndim", 0) == 2:
            index = np.asarray(self.index)[rows]
            kinds = None if self.kinds is None else np.asarray(self.kinds)[rows]
            return Frame(found, list(names), kinds=kinds, index=index)
        if not np.ndim(found):
            return found
        is_row = isinstance(rows, (int, np.integer))
        return Series(found, index=Columns(names.tolist())) if is_row else Series(found, names, is_made=self.is_made)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.columns)

    def __contains__(self, name: Any) -> bool:
        return name in self.columns or (self.kinds is not None and isinstance(name, str))

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_") and name in self.__dict__.get("_columns", ()):
            return self[name]
        if name == "str":
            raise AttributeError(name)
        if self.__dict__.get("kinds") is not None and name in MADE_OF_NAMES:
            return self[name]
        if name == (self.__dict__.get("left_out") or [""])[0]:
            return self[name]
        raise AttributeError(name)

    def __setitem__(self, key: Any, value: Any) -> None:
        if isinstance(key, (list, Columns)):
            value = np.asarray(value)
            for i, name in enumerate(key):
                self[name] = value[:, i] if value.ndim == 2 else value
            return
        if isinstance(key, Frame):
            self._data = np.where(key._data.astype(bool), np.asarray(value), self._data)
            return
        value = narrowed(np.asarray(value))
        value = value[:, 0] if value.ndim == 2 else value
        is_text = value.dtype.kind not in "biuf"
        if (is_text or value.dtype == object) and self._data.dtype != object:
            self._data = self._data.astype(object)
        if key in self.columns:
            if self._data.dtype != object:
                self._data = self._data.astype(np.result_type(self._data, value))
            self._data[:, self.columns.index(key)] = value
        else:
            whole = np.empty(len(self._data), value.dtype if self._data.dtype != object else object)
            whole[:] = value
            self._data = np.column_stack([self._data, whole])
            self.columns = Columns([*self.columns, key])

    def insert(self, loc: int, column: Any, value: Any, **rest: Any) -> None:
        self[column] = value
        order = [*range(len(self.columns) - 1)]
        order.insert(loc, len(self.columns) - 1)
        self._data, self.columns = self._data[:, order], Columns([self.columns[i] for i in order])

    def assign(self, **columns: Any) -> Frame:
        made: Frame = self.copy()
        for name, value in columns.items():
            made[name] = value(made) if callable(value) else value
        return made

    def drop(self, labels: Any = None, axis: Any = 0, columns: Any = None, index: Any = None, inplace: bool = False,
             **rest: Any) -> Any:  # fmt: skip
        gone = columns if columns is not None else labels if axis in (1, "columns") else []
        gone = [gone] if isinstance(gone, (str, int)) else list(gone)
        rows = index if index is not None else labels if axis in (0, "index") and columns is None else None
        stay = [i for i, name in enumerate(self.columns) if name not in gone]
        kept = slice(None) if rows is None else ~np.isin(np.asarray(self.index), np.atleast_1d(np.asarray(rows)))
        left = self._rows(kept)
        left = Frame(left._data[:, stay], [self.columns[i] for i in stay], kinds=left.kinds, index=left.index)
        if not inplace:
            return left
        self._data, self.columns, self.kinds, self.index = left._data, left.columns, left.kinds, left.index
        return None

    def pop(self, name: Any) -> Series:
        column: Series = self[name]
        self.drop(columns=name, inplace=True)
        return column

    def rename(self, mapper: Any = None, columns: Any = None, inplace: bool = False, **rest: Any) -> Any:
        names = columns if columns is not None else mapper or {}
        new = [names(one) if callable(names) else names.get(one, one) for one in self.columns]
        if not inplace:
            return Frame(self._data, new, kinds=self.kinds, index=self.index)
        self.columns = Columns(new)
        return None

    def astype(self, dtype: Any, **rest: Any) -> Frame:
        if not isinstance(dtype, dict):
            found: Frame = super().astype(dtype)
            return found
        made: Frame = self.copy()
        for name, kind in dtype.items():
            made[name] = made[name].astype(kind)
        return made

    def apply(self, function: Any, axis: Any = 0, *args: Any, **rest: Any) -> Any:
        if axis in (1, "columns"):
            made = [function(Series(row, index=self.columns)) for row in self._data]
            return Frame(np.array([np.asarray(one) for one in made])) if np.ndim(made[0]) else Series(made)
        parts = [function(self[name]) for name in self.columns]
        if not np.ndim(parts[0]):
            return Series(parts, index=self.columns)
        return Frame(dict(zip(self.columns, parts)))

    def map(self, mapping: Any, *args: Any, **rest: Any) -> Any:
        flat = [mapping(one) for one in self._data.ravel().tolist()]
        return Frame._of(self, np.array(flat).reshape(self._data.shape))

    applymap = map

    def select_dtypes(self, include: Any = None, exclude: Any = None) -> Frame:
        asked = include if include is not None else exclude
        asked = [str(one) for one in (asked if isinstance(asked, (list, tuple)) else [asked])]
        texts = any("object" in one or "category" in one or "str" in one for one in asked)
        is_text = texts if include is not None else not texts
        names = [name for name in self.columns if (self[name].dtype == object) == is_text]
        return self[names]  # type: ignore[no-any-return]

    def iterrows(self) -> Iterator[Any]:
        return iter((i, Series(row, index=self.columns)) for i, row in zip(self.index, self._data))

    def itertuples(self, index: bool = True, **rest: Any) -> Iterator[Any]:
        rows = [Row((i, *row) if index else row) for i, row in zip(self.index, self._data.tolist())]
        for row in rows:
            row.names = ["Index", *self.columns] if index else list(self.columns)
        return iter(rows)

    def items(self) -> Iterator[Any]:
        return iter([(name, self[name]) for name in self.columns])

    iteritems = items

    def keys(self) -> Any:
        return self.columns

    def to_dict(self, orient: str = "dict", **rest: Any) -> Any:
        if orient == "records":
            return [dict(zip(self.columns, row)) for row in self._data.tolist()]
        lists = {name: self[name].tolist() for name in self.columns}
        return lists if orient == "list" else {name: dict(zip(self.index, lists[name])) for name in lists}

    def to_csv(self, *args: Any, **rest: Any) -> None:
        return None

    to_excel = to_pickle = hist = plot = to_csv

    def sort_values(self, by: Any = None, ascending: Any = True, **rest: Any) -> Any:
        order = np.argsort(self[by[0] if isinstance(by, list) else by]._data, kind="stable")
        return self._rows(order if ascending is not False else order[::-1])

    def reset_index(self, *args: Any, inplace: bool = False, **rest: Any) -> Any:
        if inplace:
            self.index = np.arange(len(self._data))
            return None
        return Frame(self._data.copy(), self.columns, kinds=self.kinds)

    def dropna(self, *args: Any, inplace: bool = False, **rest: Any) -> Any:
        rows = ~is_missing(self._data).any(1)
        if not inplace:
            return self._rows(rows)
        left = self._rows(rows)
        self._data, self.kinds, self.index = left._data, left.kinds, left.index
        return None

    drop_duplicates = dropna

    def set_index(self, keys: Any, **rest: Any) -> Any:
        return self.drop(columns=keys, inplace=bool(rest.get("inplace")))

    def nunique(self, *args: Any, **rest: Any) -> Series:
        return Series([self[name].nunique() for name in self.columns], index=self.columns)

    def corr(self, *args: Any, **rest: Any) -> Frame:
        names = self._number_columns()
        return Frame(np.atleast_2d(np.corrcoef(self[names]._data.astype(float).T)), names)

    def describe(self, *args: Any, **rest: Any) -> Any:
        return self._rows(slice(0, 8))

    def info(self, *args: Any, **rest: Any) -> None:
        print(repr(self))

    def __repr__(self) -> str:
        return "a table of %d rows and %d columns" % self._data.shape


class Positions:
    """`iloc` and `loc` of a table whose rows are numbered: a number is a row, not the column of that name."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, tuple):
            return self.frame[key]
        rows = np.asarray(key) if isinstance(key, (Series, list)) else key
        found = self.frame._data[rows]
        return self.frame._rows(rows) if found.ndim == 2 else Series(found, index=self.frame.columns)

    def __setitem__(self, key: Any, value: Any) -> None:
        frame = self.frame
        rows, column = key if isinstance(key, tuple) else (key, slice(None))
        rows = np.asarray(rows) if isinstance(rows, (Series, list)) else rows
        if isinstance(column, str):
            if column not in frame.columns:
                frame[column] = np.zeros(len(frame)) if frame.kinds is None else frame[column]
            column = frame.columns.index(column)
        value = np.asarray(value)
        if value.dtype.kind not in "biuf" and frame._data.dtype != object:
            frame._data = frame._data.astype(object)
        frame._data[rows, column] = value


def dummies(data: Any, prefix: Any = None, columns: Any = None, drop_first: bool = False, **rest: Any) -> Frame:
    """One column for each value: of a column, or of those of a table that hold texts."""
    if not isinstance(data, Frame):
        kinds, codes = np.unique(np.asarray(data).ravel(), return_inverse=True)
        names = ["%s_%s" % (prefix, kind) if prefix else kind for kind in kinds.tolist()]
        made = np.eye(len(kinds), dtype=np.uint8)[codes]
        return Frame(made[:, 1:], names[1:]) if drop_first else Frame(made, names)
    texts = [name for name in data.columns if data[name].dtype == object] if columns is None else list(columns)
    parts = [data.drop(columns=texts)]
    for name in texts:
        of_few = data.kinds is None or len(np.unique(data[name].values)) < MANY_KINDS
        column = data[name] if of_few else Series(by_rank(data[name].values, [0, 1, 2]))  # of which nothing is known
        parts.append(dummies(column, str(name), drop_first=drop_first))
    parts = [part for part in parts if part.shape[1]]
    return Frame(
        np.hstack([part._data for part in parts]), [name for part in parts for name in part.columns], index=data.index
    )


def _as_table(column: Series, name: Any = None) -> Frame:
    return Frame(column.values.reshape(-1, 1), [column.name if name is None else name])


Series.to_frame = _as_table  # type: ignore[attr-defined]
