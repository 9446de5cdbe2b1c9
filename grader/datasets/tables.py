"""Data of a course, from files of its own: arrays (`.npz`), tables (`.csv`), or a pair of IDX files.

    .npz        X and y, or x_train-like names that end in X/y; never anything pickled
    .csv        a row per sample, the last column (or the one named) is the label; a row of names may come first
    IDX         images and labels in two files, with `+` between their names: "images.idx3-ubyte+labels.idx1-ubyte"

Labels that are no whole numbers are numbered in the order of their spelling.
"""

import csv
import gzip
import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.datasets.dataset import Dataset, DatasetError
from grader.datasets.idx import read_idx

MAX_BYTES = 500 << 20
MAX_IMAGES = 200_000
_TEST_STRIDE = 5  # without a test file every fifth sample is for testing

Table = tuple[NDArray[np.float64], NDArray[Any]]


def load_tables(
    folder: Path,
    train: str,
    test: str | None,
    *,
    label: str | int | None = None,
    sha256: Mapping[str, str] | None = None,
    n_train: int | None = None,
    n_test: int | None = None,
    name: str = "",
) -> Dataset:
    """The data in files below `folder`.

    Args:
        train, test: the files; without a test file every fifth sample of the other is for testing.
        label: the column of a table that has the labels, by its name or its number; the last one if None.
        sha256: checksums that files must have, by their names.
        n_train, n_test: at most so many samples, always the same.

    Raises:
        DatasetError: a file is absent, is not what it must be, or the two do not fit.
    """
    files = [train, *([test] if test else [])]
    paths = [part for file in files for part in file.split("+")]
    for path in paths:
        _demand(folder, path, (sha256 or {}).get(path))
    tables = [_read(folder, file, label) for file in files]
    if len(tables) == 1:
        tables = _split(tables[0], train)
    (X_train, train_labels), (X_test, test_labels) = tables
    if X_train.shape[1:] != X_test.shape[1:]:
        raise DatasetError(
            f"{train} has {X_train.shape[1]} numbers for each sample, {test} has {X_test.shape[1]}; "
            "they must be as many"
        )
    y_train, y_test, classes = _numbered(train_labels, test_labels)
    rng = np.random.default_rng(0)
    rows, test_rows = rng.permutation(len(y_train))[:n_train], rng.permutation(len(y_test))[:n_test]
    title = f"{name or train}: {len(rows):,} training and {len(test_rows):,} test samples, {classes} classes"
    return Dataset(
        name or Path(train).stem,
        title,
        str(folder),
        False,
        X_train[rows],
        y_train[rows],
        X_test[test_rows],
        y_test[test_rows],
    )


def _demand(folder: Path, name: str, checksum: str | None) -> None:
    """The file is there, below the folder, small enough, and the one that was meant."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise DatasetError(f"{name} is not in the folder {folder}; put the file into it")
    if not path.is_file():
        raise DatasetError(f"there is no file {name} in {folder}")
    if path.stat().st_size > MAX_BYTES:
        raise DatasetError(f"{name} has more than {MAX_BYTES >> 20} MB; take a part of it")
    if checksum is not None and (found := hashlib.sha256(path.read_bytes()).hexdigest()) != checksum.lower():
        raise DatasetError(f"{name} is not the file that was meant: its SHA-256 is {found}, not {checksum}")


def _read(folder: Path, file: str, label: str | int | None) -> Table:
    first, *second = [folder / part for part in file.split("+")]
    try:
        if second:
            return _images(first, second[0])
        if first.suffix == ".npz":
            return _arrays(first)
        return _table(first, label)
    except DatasetError:
        raise
    except (OSError, ValueError, zipfile.BadZipFile, KeyError, csv.Error, EOFError) as error:
        raise DatasetError(f"{file} cannot be read: {error}") from error


def _images(images: Path, labels: Path) -> Table:
    with (gzip.open if images.read_bytes()[:2] == b"\x1f\x8b" else Path.open)(images, "rb") as file:
        header = file.read(16)
    sizes = [int.from_bytes(header[4 + 4 * i : 8 + 4 * i], "big") for i in range(header[3] if len(header) > 3 else 0)]
    if not 2 <= len(sizes) <= 3 or not 0 < sizes[0] <= MAX_IMAGES:
        raise DatasetError(f"{images.name} is no IDX file of at most {MAX_IMAGES:,} images")
    pixels, y = read_idx(images, tuple(sizes[1:]), sizes[0]), read_idx(labels, (), sizes[0])
    return _fitting(pixels.reshape(len(pixels), -1) / 255.0, y, images.name)


def _arrays(path: Path) -> Table:
    with np.load(path, allow_pickle=False) as stored:
        names = {name.lower(): name for name in stored.files}
        X = next((names[name] for name in ("x", "x_train", "x_test", "images", "data") if name in names), None)
        y = next((names[name] for name in ("y", "y_train", "y_test", "labels", "target") if name in names), None)
        if X is None or y is None:
            raise DatasetError(f"{path.name} has the arrays {', '.join(stored.files) or 'none'}; expected X and y")
        return _fitting(np.asarray(stored[X]), np.asarray(stored[y]), path.name)


def _table(path: Path, label: str | int | None) -> Table:
    data = path.read_bytes()
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    if not rows:
        raise DatasetError(f"{path.name} is empty")
    header = rows[0] if not any(map(_is_number, rows[0])) else None
    column = _column(label, header, len(rows[0]), path.name)
    body = rows[1:] if header else rows
    if ragged := next((i for i, row in enumerate(body, start=1) if len(row) != len(rows[0])), None):
        raise DatasetError(f"{path.name}: row {ragged} has {len(body[ragged - 1])} cells, expected {len(rows[0])}")
    numbers = [[cell for i, cell in enumerate(row) if i != column] for row in body]
    return _fitting(np.array(numbers, np.float64), np.array([row[column].strip() for row in body]), path.name)


def _column(label: str | int | None, header: Sequence[str] | None, width: int, file: str) -> int:
    if isinstance(label, str):
        names = [name.strip() for name in header or ()]
        if label not in names:
            raise DatasetError(f"{file} has no column {label!r}, only {', '.join(names) or 'columns without names'}")
        return names.index(label)
    column = width - 1 if label is None else label
    if not 0 <= column < width:
        raise DatasetError(f"{file} has {width} columns, numbered from 0; there is none with the number {column}")
    return column


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _fitting(X: NDArray[Any], y: NDArray[Any], file: str) -> Table:
    if X.ndim < 2 or y.ndim != 1 or len(X) != len(y):
        raise DatasetError(f"{file}: X is {X.shape} and y is {y.shape}; expected a row of X for each of the labels y")
    numbers = X.reshape(len(X), -1).astype(np.float64)
    if not np.isfinite(numbers).all():
        raise DatasetError(f"{file}: X has numbers that are not finite")
    return numbers, y


def _split(table: Table, file: str) -> list[Table]:
    X, y = table
    is_test = np.arange(len(y)) % _TEST_STRIDE == _TEST_STRIDE - 1
    if not is_test.any():
        raise DatasetError(f"{file} has {len(y)} samples, too few to train and test with")
    return [(X[~is_test], y[~is_test]), (X[is_test], y[is_test])]


def _numbered(train: NDArray[Any], test: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Labels as numbers of classes, and how many there are."""
    try:
        whole = [labels.astype(np.float64) for labels in (train, test)]
        if all((labels == np.floor(labels)).all() and (labels >= 0).all() for labels in whole):
            y_train, y_test = (labels.astype(np.int64) for labels in whole)
            return y_train, y_test, int(max(y_train.max(), y_test.max())) + 1
    except ValueError:
        pass
    classes = sorted({str(label) for label in (*train, *test)})
    number = {label: i for i, label in enumerate(classes)}
    y_train, y_test = (np.array([number[str(label)] for label in labels], np.int64) for labels in (train, test))
    return y_train, y_test, len(classes)
