"""CSV files as tables: those that a script has written, and stand-ins for those that it has not brought along."""

from __future__ import annotations

import csv
import re
from types import SimpleNamespace
from typing import Any

import numpy as np

from .files import Files
from .frames import Frame
from .samples import Samples, features, iris
from .series import Series
from .tables import known, of_columns


def csv_reader(samples: Samples, files: Files) -> Any:
    def read_csv(path: Any = "", sep: Any = None, header: Any = "infer", names: Any = None, **rest: Any) -> Any:
        skipped = rest.get("skiprows")
        skipped = skipped if isinstance(skipped, int) else 0
        frame = _table(samples, files, str(path), sep or rest.get("delimiter"), header, names, skipped)
        if rest.get("nrows"):
            frame = frame.head(int(rest["nrows"]))
        if rest.get("usecols") is not None and not callable(rest["usecols"]):
            asked = list(rest["usecols"])
            frame = frame[asked] if asked and isinstance(asked[0], str) else frame.iloc[:, asked]
        index = rest.get("index_col")
        if index is not None and index is not False and frame.shape[1] > 1:
            name = index if isinstance(index, str) else frame.columns[index] if isinstance(index, int) else None
            if name in frame.columns and (index != 0 or _is_counted(frame[name])):
                frame = frame.set_index(name)
        return frame

    return read_csv


def excel_reader(read_csv: Any) -> Any:
    """`read_excel`, whose second argument is a sheet, or all of them."""

    def read_excel(book: Any = "", sheet_name: Any = 0, header: Any = 0, names: Any = None, **rest: Any) -> Any:
        table = read_csv(getattr(book, "path", book), None, header, names, **rest)
        return {"Sheet1": table} if sheet_name is None else table

    return read_excel


def workbook(read_excel: Any) -> Any:
    """`ExcelFile`: sheets that are all alike."""
    return lambda path="", *args, **rest: SimpleNamespace(
        path=path, sheet_names=["Sheet1"], parse=lambda *args, **rest: read_excel(path, *args, **rest)
    )


def _is_counted(column: Series) -> bool:
    """Whether a column numbers the rows: of a stand-in that has no such column, the first one stays."""
    return column.dtype.kind in "iu" and bool((np.diff(column.values) == 1).all())


def _table(samples: Samples, files: Files, path: str, sep: Any, header: Any, names: Any, skipped: int) -> Frame:
    """What is in a file, or the table that stands for it, by its name or by the columns that the text asks for.

    Of a file that is there, `skipped` lines are left out; a stand-in has none to be skipped.
    """
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    lower = name.lower()
    kept = files.kept(path) if not path.endswith(".gz") else files.brought.unpacked(path)
    if kept is not None:
        lines = kept.decode("utf-8-sig", "replace").splitlines()
        return _parsed_csv("\n".join(lines[skipped:]), sep, header, names)
    if "iris" in lower:
        samples.note(name, "measurements drawn like those of Iris")
        usual = _parsed_csv(files.content(name).decode(), ",", None if lower.endswith(".data") else header, names)
        has_all = header is None or names is not None or {*samples.columns} <= {*usual.columns}
        return usual if has_all else _asked_of_iris(samples)
    by_name, is_named = known(path, samples.rows_of_tables), header is not None and names is None
    if by_name and by_name[2] and is_named and samples.columns:  # another table may have that name
        by_name = by_name if any(name in by_name[0].partition("\n")[0] for name in samples.columns) else None
    drawn = by_name or (of_columns(samples.columns) if is_named else None)
    if drawn is not None:
        samples.note(name, "a table drawn like the one of this name" if by_name else
                     "a table drawn like the best known one with the columns that are asked for")  # fmt: skip
        has_names = drawn[2] and header is not None and names is None
        text = drawn[0] if has_names or not drawn[2] else drawn[0].partition("\n")[2]
        return _parsed_csv(text, drawn[1], 0 if has_names else None, names)
    is_digits = samples.is_of_digits(lower, header is not None) and not (samples.columns and header is not None)
    if name and files.is_other == is_digits:

        def flowers() -> Any:
            samples.used.pop((name[:120], samples.unknown), None)
            samples.note(name, "measurements drawn like those of Iris")
            return iris()

        samples.note(name, samples.unknown)
        table, columns = samples.unknown_table(name), names
        if names is None and header is not None:
            measured = ["x%d" % i for i in range(samples.measurements)]
            columns = (["y", *measured] if samples.has_kinds_first else [*measured, "y"])[-table.shape[1] :]
        if names is not None and len(names) != table.shape[1]:
            table = _as_wide(table, len(names))
        frame = Frame(table, columns, kinds=samples.unknown_parts()[1])
        frame.flowers = flowers if names is None else None
        for asked in samples.columns if is_named else ():
            frame.has(asked)
        return frame
    table = samples.table("test" in lower)
    samples.note(name)
    labels = ["label", *["pixel%d" % i for i in range(table.shape[1] - 1)]]
    if "test" in lower and "mnist" not in lower and header is not None:
        frame = Frame(table[:, 1:], labels[1:])  # Kaggle's test set has no labels; one's own may have some
        frame.left_out = "label", table[:, 0]
        return frame
    return Frame(table, labels if header is not None else names)


def _asked_of_iris(samples: Samples) -> Frame:
    """Iris with the columns that the text asks for, by the names that it gives them."""
    measurements, kinds = iris()
    frame = Frame(measurements, kinds=kinds)
    frame.flowers, frame.is_of_flowers = iris, True
    for asked in samples.columns:
        frame.has(asked)
    return frame


def _as_wide(table: Any, width: int) -> Any:
    """A table of another number of columns, whose last one tells the kinds."""
    inputs, kinds = features(len(table), max(1, width - 1), 2)
    return np.column_stack([np.round(inputs, 4), kinds])[:, -width:]


def _parsed_csv(text: str, sep: Any, header: Any, names: Any) -> Frame:
    rows = _rows(text, "," if sep is None else str(sep))
    columns = names
    if header is not None and names is None:
        columns, rows = [name.strip() for name in rows[0]], rows[1:]
    elif header not in (None, "infer"):
        rows = rows[1:]  # other names are given for those of the file
    width = len(rows[0])
    parsed = [_column([row[i] if i < len(row) else "nan" for row in rows]) for i in range(width)]
    is_plain = all(column.dtype != object for column in parsed)
    if is_plain:
        return Frame(np.column_stack(parsed), columns)
    data = np.empty((len(rows), width), object)
    for i, column in enumerate(parsed):
        data[:, i] = column
    return Frame(data, columns)


def _rows(text: str, separator: str) -> list[list[str]]:
    if len(separator) != 1:  # a pattern: spaces, however many
        return [re.split(separator, line.strip()) for line in text.splitlines() if line.strip()]
    return [row for row in csv.reader(text.splitlines(), delimiter=separator, skipinitialspace=True) if row]


def _column(texts: list[str]) -> Any:
    for kind in (int, float):
        try:
            return np.array([kind(text or "nan") for text in texts])
        except ValueError:
            continue
    return np.array(texts, object)
