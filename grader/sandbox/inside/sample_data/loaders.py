"""Modules that load data or stand around a network, as far as scripts use them; put in place where they are missing."""

from __future__ import annotations

import builtins
import importlib.abc
import importlib.machinery
import sys
import types
from typing import Any, Callable, Sequence

import numpy as np

from .. import special_functions
from ..standins import DISPLAY_MODULES, DisplayValue, MissingValue
from .animations import animating
from .answers import Piped, answering, without_debugger, without_windows
from .arguments import answer_arguments
from .columns import Columns, is_missing
from .csv_files import csv_reader, excel_reader, workbook
from .downloads import downloads, fetch
from .files import Files
from .frames import Frame, dummies
from .learning import categorical, convolved, correlated, moved, rotated
from .loading import loading, of_courses
from .optimizing import optimizers
from .photographs import Photographs
from .readers import matlab, nielsen, noted, of_the_book, other_readers, torchvision
from .samples import Samples, houses, pictures, spirals, stripes, wave
from .scikit_learn import scikit_learn
from .series import Series, as_dates
from .widgets import widgets

Namespace = types.SimpleNamespace


class Loaders(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports what is listed here and nowhere installed."""

    def __init__(self, samples: Samples, files: Files) -> None:
        self.samples, self.files = samples, files
        self.contents: dict[str, dict[str, Any]] = {}
        self.defaults: dict[str, Any] = {}
        _define(self)

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: Any = None) -> Any:
        if fullname == "urllib.request":
            return self._fetching(importlib.machinery.PathFinder.find_spec(fullname, path))
        root = fullname.split(".")[0]
        if fullname not in self.contents and not self._is_of_a_stand_in(fullname, root):
            return None
        if fullname == root and importlib.machinery.PathFinder.find_spec(root) is not None:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def _fetching(self, spec: Any) -> Any:
        """The library's own module, which takes longer to import than many a run, with what fetches replaced."""
        execute = spec.loader.exec_module

        def exec_module(module: Any) -> None:
            execute(module)
            module.urlopen = fetch(self.files)
            module.urlretrieve = lambda url, filename=None, *a, **k: (filename, None)

        spec.loader.exec_module = exec_module
        return spec

    def _is_of_a_stand_in(self, fullname: str, root: str) -> bool:
        """Whether it is a submodule, of which nothing is known, of a module that is given here."""
        spec = getattr(sys.modules.get(root), "__spec__", None)
        return fullname != root and spec is not None and spec.loader is self

    def create_module(self, spec: Any) -> types.ModuleType:
        return types.ModuleType(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        vars(module).update(self.contents.get(module.__name__, {}))
        if hasattr(module, "__given__"):
            self.samples.note(module.__name__, module.__given__)
        module.__dict__["__getattr__"] = _anything(module.__name__, self.contents)


def _anything(name: str, contents: dict[str, dict[str, Any]]) -> Callable[[str], Any]:
    """What a module has besides: its submodules, and stand-ins that can be called and are of no use."""

    def find(attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        fullname = "%s.%s" % (name, attribute)
        if fullname in contents:
            return importlib.import_module(fullname)
        kind = DisplayValue if name.split(".")[0] in DISPLAY_MODULES else MissingValue
        return kind(fullname)

    return find


def _define(loaders: Loaders) -> None:
    samples, contents = loaders.samples, loaders.contents

    def keras_images(name: str) -> dict[str, Any]:
        def load(*args: Any, **rest: Any) -> Any:
            samples.note("keras.datasets.%s.load_data()" % name)
            (x, y), (tx, ty) = samples.train, samples.test
            return (x.copy(), y.copy()), (tx.copy(), ty.copy())

        return {"load_data": load}

    def boston(*args: Any, **rest: Any) -> Any:
        samples.note("keras.datasets.boston_housing.load_data()", "506 rows of 13 measurements and a price")
        x, y = houses(506, 13)
        return (x[:404], y[:404]), (x[404:], y[404:])

    def cifar(*args: Any, **rest: Any) -> Any:
        samples.note("keras.datasets.cifar10.load_data()", "pictures drawn at random in ten kinds")
        return pictures(500, 0), pictures(100, 1)

    for base in ("keras", "keras.api", "tensorflow.keras", "tensorflow.python.keras", "tf_keras"):
        utils = {"to_categorical": categorical, "normalize": lambda x, *a, **k: x / np.linalg.norm(x)}
        contents.update(
            {
                base: {},
                base + ".datasets": {},
                base + ".datasets.mnist": keras_images("mnist"),
                base + ".datasets.fashion_mnist": keras_images("fashion_mnist"),
                base + ".datasets.boston_housing": {"load_data": boston},
                base + ".datasets.cifar10": {"load_data": cifar},
                base + ".utils": utils,
                base + ".utils.np_utils": utils,
            }
        )
    contents.update({"tensorflow": {"__version__": "2"}, "tensorflow.python": {}, "extra_keras_datasets": {}})
    contents.update(scikit_learn(samples))
    read_excel = excel_reader(csv_reader(samples, loaders.files))
    contents["pandas"] = {
        "read_csv": csv_reader(samples, loaders.files),
        "read_table": csv_reader(samples, loaders.files),
        "DataFrame": Frame,
        "Series": Series,
        "read_pickle": lambda path, *a, **k: noted(samples, str(path)[:80], samples.three()),
        "get_dummies": dummies,
        "concat": _concatenated,
        "set_option": lambda *args: None,
        "factorize": _factorized,
        "read_excel": read_excel,
        "read_json": lambda path, *a, **k: read_excel(path),
        "ExcelFile": workbook(read_excel),
        "to_datetime": as_dates,
        "unique": lambda values: np.unique(np.asarray(values)),
        "isnull": lambda values: is_missing(np.asarray(values)),
        "isna": lambda values: is_missing(np.asarray(values)),
        "notnull": lambda values: ~is_missing(np.asarray(values)),
        "to_numeric": lambda values, *a, **k: values,
        "Categorical": lambda values, *a, **k: Series(np.asarray(values)).cat,
        "cut": _cut,
        "qcut": _cut,
        "Index": Columns,
    }
    contents["pandas.core"] = {}
    read_named = csv_reader(samples, loaders.files)
    contents["seaborn"] = {"load_dataset": lambda name="", *a, **k: read_named("%s.csv" % name)}
    Frame.from_csv = staticmethod(contents["pandas"]["read_csv"])  # type: ignore[attr-defined]
    contents["mnist_loader"] = {
        "load_data": lambda *a, **k: noted(samples, "mnist_loader", samples.three()),
        "load_data_wrapper": lambda *a, **k: nielsen(samples),
    }
    contents.update(other_readers(samples, loaders.files))
    contents.update(torchvision(samples))
    contents.update(of_courses(samples))
    contents["dataset.mnist"] = of_the_book(samples)  # `dataset` itself may be anybody's
    contents.update(downloads(samples, loaders.files))
    contents["streamlit"] = widgets(lambda name: MissingValue("streamlit.%s" % name))
    contents["nnfs"] = {"init": lambda *a, **k: np.random.seed(0)}
    contents["nnfs.datasets"] = {"spiral_data": spirals, "vertical_data": stripes, "sine_data": wave}
    contents.update(Photographs(samples).modules())
    contents["scipy"] = {}
    contents["scipy.special"] = dict(special_functions.FUNCTIONS)
    contents["scipy.misc"] = dict(special_functions.ONCE_IN_MISC)
    contents["scipy.signal"] = {"correlate2d": correlated, "convolve2d": convolved}
    images: dict[str, Any] = {"rotate": rotated, "shift": moved}
    contents["scipy.ndimage"] = contents["scipy.ndimage.interpolation"] = images
    contents["scipy.optimize"] = optimizers(samples)
    contents["scipy.io"] = {"loadmat": lambda file, *a, **k: matlab(samples, str(file))}


def _factorized(values: Any) -> Any:
    kinds, codes = np.unique(np.asarray(values), return_inverse=True)
    return codes, kinds


def _cut(values: Any, bins: Any, labels: Any = None, **rest: Any) -> Series:
    """`cut` and `qcut`: the number of the part that each value falls into, or its label."""
    data = np.asarray(values, float)
    count = int(bins) if np.ndim(bins) == 0 else len(bins) - 1
    edges = np.linspace(data.min(), data.max(), count + 1) if np.ndim(bins) == 0 else np.asarray(bins, float)
    part = np.clip(np.searchsorted(edges, data, side="left") - 1, 0, count - 1)
    return Series(part if labels is None or labels is False else np.asarray(list(labels))[part])


def _concatenated(frames: Any, axis: Any = 0, **rest: Any) -> Any:
    arrays = [np.asarray(frame).reshape(len(frame), -1) for frame in frames]
    if axis in (1, "columns"):
        names = [name for f in frames for name in (f.columns if isinstance(f, Frame) else [f.name])]
        return Frame(np.hstack(arrays), names)
    return (
        Frame(np.vstack(arrays), frames[0].columns) if isinstance(frames[0], Frame) else Series(np.concatenate(frames))
    )


def install(
    namespace: Any,
    images: Any,
    labels: Any,
    test_images: Any,
    test_labels: Any,
    given: str,
    files: Any,
    is_other: bool,
    **told: Any,
) -> Any:
    """Serve what is missing in this cell; the returned object's `notes` tell what was served.

    Args:
        told: what else the text tells of its data, as `Samples` has it.
    """
    samples = Samples(images, labels, test_images, test_labels, given)
    vars(samples).update(told)
    served = Files(
        samples, {name: bytes(np.asarray(content, np.uint8)) for name, content in dict(files).items()}, is_other
    )
    samples.argument = "train.txt" if served.any_text is not None else samples.argument
    loaders = Loaders(samples, served)
    sys.meta_path.insert(1, loaders)
    served.install()
    builtins.input = answering(samples)
    sys.stdin = Piped(samples)
    answer_arguments(samples)
    without_windows(samples)
    without_debugger()
    animating(samples)
    loading(samples)
    if isinstance(namespace.dialect.builtins, dict):  # an older Python has its own
        served.is_python_2 = True
        namespace.dialect.builtins["open"] = served.open
        namespace.dialect.builtins["input"] = builtins.input
    namespace.values["__grader_samples__"] = lambda: [list(pair) for pair in samples.used]
    return Namespace(notes={})
