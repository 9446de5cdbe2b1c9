"""Files that are not there: what reads them gets a sample in the form that their name promises."""

from __future__ import annotations

import builtins
import gzip
import io
import json
import os
import pickle
import re
import struct
import time
from typing import Any

import numpy as np

from .brought import Brought, as_lines, opened, unpacked
from .file_objects import Unnamed, Unread, Written
from .parts import LABELS, Parts, part
from .samples import Samples, iris, wave
from .tables import known

_OF_WEIGHTS = frozenset(["weights", "weight", "model", "models", "params", "parameters", "checkpoint", "network", "nn"])
_ROWS = 600  # of a text file
_MOST = 1 << 26  # bytes of arrays that are written and kept
_TEXT = re.compile(r"[^.]+|.*\.(txt|text|md|tex|html?|py|c|java|json)", re.IGNORECASE)
_BINARY = re.compile(r"\.(pkl|pickle|gz|npy|npz)$|ubyte", re.IGNORECASE)
_TABLES = (".csv", ".tsv", ".data", ".dat", ".txt")
_OF_RESULTS = re.compile(r"result|out|log|hist|loss|cost|err|acc|pred|save|best|train(ed|ing)_(w|b)|score|report|cache")
_OF_SETTINGS = (".ini", ".cfg", ".conf", ".yaml", ".yml", ".toml", ".json")
_OF_DATA = re.compile(r"data|train|test|label|image|mnist|digit")
_OF_LABELS = re.compile(r"label|target|(^|_)y\d?(_|\.|$)")
#: the name of the text that stands for any, among the files that are given
ANY_TEXT = "*.txt"
TEXT_GIVEN = "short sentences of 24 words"
DICT_GIVEN = "a dict with what it is asked for"


class Files:
    """Replaces `open` and its kin for files that do not exist; what is written stays in memory."""

    def __init__(self, samples: Samples, given: dict[str, bytes], is_other: bool = False) -> None:
        self.samples = samples
        self.is_other = is_other  # tables in the other of the two forms in which they are about: with a header or not
        self.is_python_2 = False
        self.any_text = given.pop(ANY_TEXT, None)  # for a text file of any name
        self.brought = Brought(given)
        self._open, self._load, self._loadtxt = builtins.open, np.load, np.loadtxt
        self._exists = os.path.exists
        self._gzip, self._genfromtxt, self._unpickle = gzip.open, np.genfromtxt, pickle.load
        self._unpack_json = json.load

    def install(self) -> None:
        """Put everything in its place."""
        changes: list[tuple[Any, str, Any]] = [
            (builtins, "open", self.open), (io, "open", self.open), (gzip, "open", self.open_gzip),
            (gzip, "GzipFile", self.open_gzip), (np, "load", self.load), (np, "loadtxt", self.loadtxt),
            (np, "genfromtxt", self.genfromtxt), (np, "save", self.saving(np.save, ".npy")),
            (np, "savez", self.saving(np.savez, ".npz")), (np, "savetxt", self.saving(np.savetxt)),
            (np, "savez_compressed", self.saving(np.savez, ".npz")), (np, "fromfile", self.fromfile),
            (np, "fromstring", _from_string(np.fromstring)),
            (os, "makedirs", _nothing), (os, "mkdir", _nothing), (os, "remove", _nothing), (os, "chdir", _nothing),
            (pickle, "load", self.unpickle), (json, "load", self.unpack_json), (time, "sleep", _nothing),
        ]  # fmt: skip
        for where, name, what in changes:
            setattr(where, name, what)
        self.brought.install(self.may_stand_in)

    def may_stand_in(self, file: Any) -> bool:
        """Whether a table stands for a file: who asks whether it is there would end otherwise."""
        name = os.path.basename(_name(file).replace("\\", "/")).lower()
        return name.endswith(_TABLES) and not _is_of_weights(name) and not _OF_RESULTS.search(name)

    def kept(self, file: Any) -> bytes | None:
        """What was written under a name, or came along with the work; None of a file that is neither."""
        if not isinstance(file, (str, bytes, os.PathLike)):
            return None
        return self.brought.find(file)

    def saving(self, usual: Any, ending: str = "") -> Any:
        """What writes arrays: under their name, to be read again; what cannot be written is left out."""

        def save(file: Any, *args: Any, **rest: Any) -> None:
            is_named = isinstance(file, (str, os.PathLike))
            content = io.BytesIO() if is_named else file
            try:
                usual(content, *args, **rest)
            except (TypeError, ValueError, AttributeError, pickle.PicklingError):
                return
            if is_named and len(content.getvalue()) < _MOST:
                name = _name(file)
                self.brought.keep(name if name.endswith(ending) else name + ending, content.getvalue())

        return save

    def is_missing(self, file: Any) -> bool:
        if not isinstance(file, (str, bytes, os.PathLike)):
            return False
        try:
            return not self._exists(file)
        except (OSError, ValueError):
            return True

    def content(self, file: Any) -> bytes:
        """The bytes that stand for a file; raises FileNotFoundError if its name promises nothing."""
        name = _name(file)
        base = os.path.basename(name.replace("\\", "/"))
        kept = self.kept(name)
        if kept is not None:
            return kept
        lower = base.lower()
        is_test = any(word in lower for word in ("test", "t10k"))
        if "ubyte" in lower or "idx" in lower:
            self.samples.note(base)
            return self.idx(is_test, "idx1" in lower or "label" in lower)
        if lower.endswith((".pkl", ".pickle", ".pkl.gz")) and not _is_of_weights(name):
            self.samples.note(base)
            return pickle.dumps(self.samples.three())
        if "iris" in lower:
            self.samples.note(base, "measurements drawn like those of Iris")
            return _iris_text(lower.endswith(".csv") != self.is_other, self.samples).encode()
        table = known(name, self.samples.rows_of_tables)
        if table is not None:
            self.samples.note(base, "a table drawn like the one of this name")
            return table[0].replace(table[1], self.samples.separator or table[1]).encode()
        separator = self.samples.separator or ("\t" if lower.endswith(".tsv") else ",")
        if self.is_other and lower.endswith((".txt", ".dat")) and not self.samples.has_measurements:
            x, y = wave(200)
            self.samples.note(base, "200 lines of two numbers")
            return "".join("%.6f %.6f\n" % pair for pair in zip(4 * x.ravel() - 2, y.ravel() + 4)).encode()
        if lower.endswith((".csv", ".txt", ".data", ".tsv")) and not self.samples.is_of_digits(lower):
            self.samples.note(base, self.samples.unknown)
            lines = [separator.join(map(str, row)) for row in self.samples.unknown_lines(base)]
            names = separator.join(self._columns())
            # between spaces, or of one column, numbers alone are likelier
            has_names = bool(self.samples.columns) or self.is_other == (
                separator.isspace() or self.samples.is_alone(base)
            )
            return ("\n".join([names, *lines] if has_names else lines) + "\n").encode()
        if lower.endswith((".csv", ".txt", ".data", ".tsv")):
            self.samples.note(base)
            return self.text(is_test, header=("mnist_" not in lower) != self.is_other, separator=separator)
        if lower.endswith(_OF_SETTINGS):
            self.samples.note(base, "nothing")  # what is asked of it stops elsewhere
        raise FileNotFoundError(2, "No such file or directory", name)

    def _columns(self) -> list[str]:
        """Names of the columns of a table of which nothing is known, before all those that the text asks for."""
        asked = [one for one in self.samples.columns if not LABELS.search(one)]
        kinds = next((one for one in self.samples.columns if LABELS.search(one)), "y")
        count = self.samples.measurements
        return [*asked[:count], *["x%d" % i for i in range(len(asked), count)], kinds]

    def idx(self, is_test: bool, is_labels: bool) -> bytes:
        images, labels = self.samples.test if is_test else self.samples.train
        if is_labels:
            return struct.pack(">II", 2049, len(labels)) + bytes(labels.astype(np.uint8).tobytes())
        return struct.pack(">IIII", 2051, *images.shape) + bytes(images.astype(np.uint8).tobytes())

    def text(self, is_test: bool, header: bool, separator: str) -> bytes:
        table = self.samples.table(is_test)[:_ROWS]
        lines = [separator.join(map(str, row)) for row in table.tolist()]
        names = separator.join(["label", *["pixel%d" % i for i in range(table.shape[1] - 1)]])
        return ("\n".join([names, *lines] if header else lines) + "\n").encode()

    # --- what reads --------------------------------------------------------------------------------------

    def open(self, file: Any, mode: str = "r", *args: Any, **rest: Any) -> Any:
        if any(letter in mode for letter in "wax+"):
            return Written(self.brought, file, "b" in mode)
        if not self.is_missing(file):
            return self._open(file, mode, *args, **rest)
        brought = self.brought.find(file)
        if brought is not None:
            return opened(brought, mode)
        if "b" in mode or (self.is_python_2 and _BINARY.search(_name(file))):  # there a text is of bytes
            return self.opened_binary(file)
        if self.any_text is not None and _TEXT.fullmatch(os.path.basename(_name(file))):
            self.samples.note(os.path.basename(_name(file)), TEXT_GIVEN)
            return opened(self.any_text, mode)
        if _name(file).lower().endswith(".json") and not _is_of_weights(_name(file)) and _OF_DATA.search(_name(file)):
            self.samples.note(os.path.basename(_name(file)), DICT_GIVEN)
            return Unread(Parts(self.samples, os.path.basename(_name(file))))
        return io.StringIO(self.content(file).decode("latin-1"))

    def opened_binary(self, file: Any) -> Any:
        """The bytes that stand for a file: of a name that promises no form, whatever it is then read as."""
        path, lower = _name(file).lower(), os.path.basename(_name(file)).lower()
        try:
            whole = Unnamed(self.content(file), {})
            if lower.endswith((".pkl", ".pickle", ".pkl.gz")) and self.kept(file) is None:
                whole.unpickled = Parts(self.samples, lower, sets=self.samples.three())
            return whole
        except FileNotFoundError:
            if _is_of_weights(lower) or not _OF_DATA.search(path):
                raise
            self.samples.note(lower)
            is_test = "test" in path
            is_labels = _OF_LABELS.search(lower) is not None
            found = Unnamed(self.idx(is_test, is_labels), {16: self.idx(is_test, False), 8: self.idx(is_test, True)})
            train, _, test = self.samples.three()
            sets = test if is_test else train if "train" in lower else (train, test, test)
            found.unpickled = Parts(self.samples, lower, sets=sets)
            return found

    def open_gzip(self, filename: Any = None, mode: str = "rb", *args: Any, fileobj: Any = None, **rest: Any) -> Any:
        if fileobj is not None:
            return io.BytesIO(unpacked(fileobj.getvalue())) if isinstance(fileobj, io.BytesIO) else fileobj
        if any(letter in mode for letter in "wax"):
            return self.open(filename, mode)
        if not self.is_missing(filename):
            return self._gzip(filename, mode, *args, **rest)
        kept = self.kept(filename)  # what was fetched may be written as it came
        if kept is not None:
            return opened(unpacked(kept), "t" if "t" in mode else "b")
        return io.StringIO(self.content(filename).decode("latin-1")) if "t" in mode else self.opened_binary(filename)

    def loadtxt(self, fname: Any, dtype: Any = float, comments: Any = "#", delimiter: Any = None, **rest: Any) -> Any:
        if not self.is_missing(fname):
            return self._loadtxt(fname, dtype, comments, delimiter, **rest)
        brought = self.brought.unpacked(fname)
        brought = self.content(fname) if brought is None and _is_of_texts(dtype) else brought
        if brought is not None:
            return self._loadtxt(as_lines(brought), dtype, comments, delimiter, **rest)
        name = os.path.basename(str(fname)).lower()
        is_test = "test" in name
        skipped = rest.get("skiprows") or rest.get("skip_header")
        is_digits = self.samples.is_of_digits(name, bool(skipped) or self.is_other)
        drawn = known(str(fname), self.samples.rows_of_tables)
        if drawn is not None and dtype in (float, int):
            self.samples.note(name, "a table drawn like the one of this name")
            rows = [line.split(drawn[1]) for line in drawn[0].splitlines()[1 if drawn[2] else 0 :]]
            table: Any = np.array([[_number(one) for one in row] for row in rows])
        elif "iris" in name:
            self.samples.note(name, "measurements drawn like those of Iris")
            table = np.column_stack(iris())
        elif name.endswith((".csv", ".txt", ".tsv", ".dat", ".data")) and not (is_digits or self._is_named(name)):
            table = self.samples.unknown_table(os.path.basename(str(fname)))
            self.samples.note(name, self.samples.unknown)
        else:
            table = self._named(name, is_test, dtype, delimiter).astype(dtype if dtype in (int, float) else float)
            self.samples.note(name)
        columns, unpack = rest.get("usecols"), rest.get("unpack")
        table = table if columns is None or table.ndim == 1 else table[:, columns]
        table = table[: rest.get("max_rows") or None]
        return table.T if unpack else table

    def genfromtxt(self, fname: Any, *args: Any, **rest: Any) -> Any:
        if not self.is_missing(fname):
            return self._genfromtxt(fname, *args, **rest)
        brought = self.brought.unpacked(fname)
        if brought is None and (rest.get("names") or _is_of_texts(args[0] if args else rest.get("dtype", float))):
            brought = self.content(fname)
        if brought is not None:
            return self._genfromtxt(as_lines(brought), *args, **rest)
        return self.loadtxt(fname, *args, **rest)

    @staticmethod
    def _is_named(name: str) -> bool:
        return any(word in name for word in ("label", "image")) or name[0] in "xy"

    def _named(self, name: str, is_test: bool, dtype: Any, delimiter: Any) -> Any:
        """Images or labels alone where the name says so; labels that are delimited are as many columns as classes.

        Whether such images are scaled already is not known: those that are do well whatever the text does with them.
        """
        table = self.samples.table(is_test)
        has_labels, has_images = "label" in name or name.startswith("y"), "image" in name or name.startswith("x")
        if has_labels == has_images:
            return table
        if has_images:
            return table[:, 1:] if dtype is int else table[:, 1:] / 255
        return np.eye(10)[table[:, 0]] if (delimiter is not None) != self.is_other else table[:, 0]

    def load(self, file: Any, *args: Any, **rest: Any) -> Any:
        if not self.is_missing(file):
            return self._load(file, *args, **rest)
        brought = self.brought.find(file)
        if brought is not None:
            return self._load(io.BytesIO(brought), *args, **rest)
        if _is_of_weights(str(file)):
            raise FileNotFoundError(2, "No such file or directory", str(file))
        name = os.path.basename(str(file)).lower()
        if name.endswith(".npy"):
            return part(self.samples, name[:-4], name)
        if self.samples.says_digits:
            self.samples.note(name)
        (images, labels), (test_images, test_labels) = self.samples.train, self.samples.test
        columns: dict[str, Any] = {}
        for key, x, y in (("training", images, labels), ("test", test_images, test_labels)):
            columns[key + "_images"], columns[key + "_labels"] = x.reshape(-1, 784, 1) / 255, np.eye(10)[y][:, :, None]
        columns.update({"validation" + key[4:]: part for key, part in columns.items() if key.startswith("test")})
        usual = {"x_train": images, "y_train": labels, "x_test": test_images, "y_test": test_labels}
        return Parts(self.samples, name, {**usual, **columns} if self.samples.says_digits else ())

    def fromfile(
        self, file: Any, dtype: Any = float, count: int = -1, sep: str = "", offset: int = 0, **rest: Any
    ) -> Any:
        content = file.read() if hasattr(file, "read") else self.open(file, "rb").read()
        usable = content[offset : len(content) - (len(content) - offset) % np.dtype(dtype).itemsize]
        found = np.frombuffer(usable, dtype=dtype).copy()
        return found if count < 0 else found[:count]

    def unpack_json(self, file: Any, *args: Any, **rest: Any) -> Any:
        return file.unpickled if isinstance(file, Unread) else self._unpack_json(file, *args, **rest)

    def unpickle(self, file: Any, *args: Any, **rest: Any) -> Any:
        known = getattr(file, "unpickled", None)
        return self._unpickle(file, *args, **rest) if known is None else known


def _from_string(usual: Any) -> Any:
    """`np.fromstring`, which numpy 2.3 has taken from bytes that are no text: idx files were read by it."""

    def from_string(string: Any, dtype: Any = float, count: int = -1, **rest: Any) -> Any:
        is_binary = isinstance(string, (bytes, bytearray)) and not rest.get("sep")
        return np.frombuffer(string, dtype, count).copy() if is_binary else usual(string, dtype, count, **rest)

    return from_string


def _name(file: Any) -> str:
    name = os.fspath(file)
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else name


def _is_of_weights(path: str) -> bool:
    """Whether a file is called like one that keeps what was learned: a script goes on from it where there is one."""
    words = set(re.split(r"[^a-z]+", path.lower()))
    return bool(words & _OF_WEIGHTS) and not words & {"mnist", "data", "dataset", "train", "test"}


def _is_of_texts(dtype: Any) -> bool:
    return dtype is None or np.dtype(dtype).kind not in "biuf"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _nothing(*args: Any, **rest: Any) -> None:
    """In the place of what would write, or wait."""


def _iris_text(has_header: bool, samples: Samples) -> str:
    """The table as it is about: with a header, a number before each row, unless the text takes the fifth column for
    the kinds, and with one where it takes the sixth. The kinds have the names that the text compares them with, where
    these are names of them.
    """
    data, kinds = iris()
    named = [_as_compared(name, samples.kind_names) for name in ("setosa", "versicolor", "virginica")]
    lines = ["%s,%s" % (",".join(map(str, row)), named[kind]) for row, kind in zip(data.tolist(), kinds)]
    is_usual = has_header and samples.kind_column != data.shape[1] and named[0].startswith("Iris-")
    is_numbered = is_usual or samples.kind_column == data.shape[1] + 1
    if is_numbered:
        lines = ["%d,%s" % (i + 1, line) for i, line in enumerate(lines)]
    if has_header:
        names = "SepalLengthCm,SepalWidthCm,PetalLengthCm,PetalWidthCm,Species"
        lines.insert(0, "Id," + names if is_numbered else names)
    return "\n".join(lines) + "\n"


def _as_compared(kind: str, names: list[str]) -> str:
    return next((name for name in names if kind in name.lower()), "Iris-" + kind)
