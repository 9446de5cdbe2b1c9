"""The usual small sets by their names, where their files are at hand: digits, Iris, Fashion-MNIST, CIFAR-10.

A set's files are looked for in a folder of its name below `$GRADER_DATA_DIR` or the cache folder; digits and Iris are
also taken from an installed scikit-learn, whose files are read without importing it.
"""

import csv
import gzip
import io
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from grader.datasets.dataset import Dataset, DatasetError
from grader.datasets.files import SETS, search_path, sha256_of
from grader.datasets.tables import load_tables

NAMES = ("digits", "iris", "fashion-mnist", "cifar-10")
_IDX = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")
*_CIFAR_TRAIN, _CIFAR_TEST = SETS["cifar-10"].members
_CIFAR_RECORD = 1 + 3 * 32 * 32
_WANTED = {
    "digits": "digits.csv or digits.csv.gz (64 numbers and the label in each row)",
    "iris": "iris.csv (four numbers and the species in each row)",
    "fashion-mnist": "its four IDX files (gzipped or not)",
    "cifar-10": "the .bin files of its binary version",
}


def load_named(name: str, n_train: int, n_test: int) -> Dataset:
    """A set by its name.

    Raises:
        DatasetError: its files are not at hand, or are not what they must be.
    """
    folder, files = _at_hand(name)
    if folder is None:
        raise DatasetError(f"the data set {name} is not on this machine: {_what_to_put_where(name)}")
    if name == "cifar-10":
        return _cifar(folder, n_train, n_test)
    if name == "fashion-mnist":
        train, test = "+".join(files[:2]), "+".join(files[2:])
        return load_tables(folder, train, test, n_train=n_train, n_test=n_test, name="Fashion-MNIST")
    return _table(folder, files[0], name, n_train, n_test)


def describe_named() -> list[str]:
    """A line for each set: where its files are and whether they are the published ones, or what to put where."""
    lines = []
    for name in NAMES:
        folder, files = _at_hand(name)
        lines.append(
            f"{name}: {_what_to_put_where(name)}" if folder is None else f"{name}: {_told(name, folder, files)}"
        )
    return lines


def _told(name: str, folder: Path, files: list[str]) -> str:
    """Where a set is, and whether its files are the published ones where that can be told."""
    published = {file.filename: file.sha256 for file in SETS[name].files}
    if not all(file in published for file in files):
        return f"in {folder}"
    differing = [file for file in files if sha256_of(folder / file) != published[file]]
    verdict = f"not as published: {', '.join(differing)}" if differing else "checksums verified"
    return f"in {folder}, {verdict}"


def _at_hand(name: str) -> tuple[Path | None, list[str]]:
    """The first folder that has a set's files, and which these are."""
    for folder in _folders(name):
        if name == "cifar-10":
            files = [file for file in (_CIFAR_TEST,) if (folder / file).is_file()]
        elif name == "fashion-mnist":
            files = _idx_files(folder)
        else:
            files = [file for file in (f"{name}.csv", f"{name}.csv.gz") if (folder / file).is_file()]
        if files:
            return folder, files
    return None, []


def _what_to_put_where(name: str) -> str:
    """In one's own folders alone: nobody is told to write into an installed package."""
    places = " or ".join(str(folder / name) for folder in search_path())
    return f"run `grade data fetch {name}`, or put {_WANTED[name]} into {places}"


def _folders(name: str) -> Iterator[Path]:
    for folder in search_path():
        yield folder / name
    if SETS[name].is_in_scikit_learn:
        yield from scikit_learn_data()


def scikit_learn_data() -> Iterator[Path]:
    """Where an installed scikit-learn has its small sets; it is not imported."""
    found = find_spec("sklearn")
    for place in (found.submodule_search_locations or ()) if found else ():
        yield Path(place) / "datasets" / "data"


def _idx_files(folder: Path) -> list[str]:
    found = [next((f for f in (name, f"{name}.gz") if (folder / f).is_file()), None) for name in _IDX]
    return [file for file in found if file is not None] if None not in found else []


def _table(folder: Path, file: str, name: str, n_train: int, n_test: int) -> Dataset:
    """A table whose first row may be scikit-learn's: how many samples and features, and the classes' names."""
    data = (folder / file).read_bytes()
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if rows and rows[0] and rows[0][0].strip() == str(len(rows) - 1):
        return _from_text("\n".join(",".join(row) for row in rows[1:]), name, n_train, n_test)
    return load_tables(folder, file, None, n_train=n_train, n_test=n_test, name=name)


def _from_text(text: str, name: str, n_train: int, n_test: int) -> Dataset:
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / f"{name}.csv").write_text(text, "utf-8")
        return load_tables(Path(scratch), f"{name}.csv", None, n_train=n_train, n_test=n_test, name=name)


def _cifar(folder: Path, n_train: int, n_test: int) -> Dataset:
    train = [_records(folder / name) for name in _CIFAR_TRAIN if (folder / name).is_file()]
    if not train:
        raise DatasetError(f"{folder} has {_CIFAR_TEST}, but none of {', '.join(_CIFAR_TRAIN)}")
    records, test = np.concatenate(train), _records(folder / _CIFAR_TEST)
    rng = np.random.default_rng(0)  # the same ones for everybody
    records, test = records[rng.permutation(len(records))[:n_train]], test[rng.permutation(len(test))[:n_test]]
    title = f"CIFAR-10: {len(records):,} training and {len(test):,} test images"
    X_train, y_train = _images(records)
    X_test, y_test = _images(test)
    return Dataset("cifar-10", title, str(folder), False, X_train, y_train, X_test, y_test)


def _records(path: Path) -> NDArray[np.uint8]:
    data = np.fromfile(path, np.uint8)
    if not len(data) or len(data) % _CIFAR_RECORD or data[::_CIFAR_RECORD].max() > 9:
        raise DatasetError(f"{path.name} is no file of CIFAR-10's binary version")
    return data.reshape(-1, _CIFAR_RECORD)


def _images(records: NDArray[np.uint8]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    return records[:, 1:] / 255.0, records[:, 0].astype(np.int64)
