"""Modules that load data or stand around a network, as far as scripts use them; put in place where they are missing."""

from __future__ import annotations

import builtins
import importlib.abc
import importlib.machinery
import sys
import types
import urllib.request
from typing import Any, Callable, Sequence

import numpy as np

from .. import special_functions
from ..standins import DISPLAY_MODULES, DisplayValue, MissingValue
from .answers import answering, without_windows
from .arguments import answer_arguments
from .columns import Columns, is_missing
from .downloads import downloads, fetch
from .files import Files
from .frames import Frame, dummies
from .learning import (
    Binarizer,
    Folds,
    Imputed,
    Labels,
    Neighbors,
    OneHot,
    Ordinal,
    Principal,
    Range,
    Rows,
    Standard,
    accuracy,
    categorical,
    convolved,
    correlated,
    moved,
    resampled,
    rotated,
    shuffled,
    split,
)
from .optimizing import optimizers
from .photographs import Photographs
from .readers import Bunch, matlab, nielsen, noted, of_the_book, other_readers, torchvision
from .samples import (
    MEASUREMENTS,
    Samples,
    blobs,
    circles,
    classification,
    features,
    houses,
    iris,
    is_of_digits,
    moons,
    pictures,
    quantiles,
    regression,
    spirals,
    stripes,
    wave,
)
from .series import Series
from .tables import CELLS, WINE, known, measured, of_columns
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
        if fullname not in self.contents:
            return None
        root = fullname.split(".")[0]
        if fullname == root and importlib.machinery.PathFinder.find_spec(root) is not None:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: Any) -> types.ModuleType:
        return types.ModuleType(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        vars(module).update(self.contents[module.__name__])
        module.__dict__["__getattr__"] = _anything(module.__name__)


def _anything(name: str) -> Callable[[str], Any]:
    """What a module has besides: its submodules, and stand-ins that can be called and are of no use."""

    def find(attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        try:
            return importlib.import_module("%s.%s" % (name, attribute))
        except ImportError:
            kind = DisplayValue if name.split(".")[0] in DISPLAY_MODULES else MissingValue
            return kind("%s.%s" % (name, attribute))

    return find


def _define(loaders: Loaders) -> None:
    samples, contents = loaders.samples, loaders.contents

    def keras_load(*args: Any, **rest: Any) -> Any:
        samples.note("keras.datasets.mnist.load_data()")
        (x, y), (tx, ty) = samples.train, samples.test
        return (x.copy(), y.copy()), (tx.copy(), ty.copy())

    def boston(*args: Any, **rest: Any) -> Any:
        samples.note("keras.datasets.boston_housing.load_data()", "506 rows of 13 measurements and a price")
        x, y = houses(506, 13)
        return (x[:404], y[:404]), (x[404:], y[404:])

    def cifar(*args: Any, **rest: Any) -> Any:
        samples.note("keras.datasets.cifar10.load_data()", "pictures drawn at random in ten kinds")
        return pictures(500, 0), pictures(100, 1)

    mnist = {"load_data": keras_load}
    for base in ("keras", "tensorflow.keras", "tensorflow.python.keras", "tf_keras"):
        utils = {"to_categorical": categorical, "normalize": lambda x, *a, **k: x / np.linalg.norm(x)}
        contents.update(
            {
                base: {},
                base + ".datasets": {},
                base + ".datasets.mnist": mnist,
                base + ".datasets.fashion_mnist": mnist,
                base + ".datasets.boston_housing": {"load_data": boston},
                base + ".datasets.cifar10": {"load_data": cifar},
                base + ".utils": utils,
                base + ".utils.np_utils": utils,
            }
        )
    contents.update({"tensorflow": {"__version__": "2"}, "tensorflow.python": {}, "extra_keras_datasets": {}})
    contents.update(_sklearn(samples))
    contents["pandas"] = {
        "read_csv": _read_csv(samples, loaders.files),
        "read_table": _read_csv(samples, loaders.files),
        "DataFrame": Frame,
        "Series": Series,
        "read_pickle": lambda path, *a, **k: noted(samples, str(path)[:80], samples.three()),
        "get_dummies": dummies,
        "concat": _concatenated,
        "set_option": lambda *args: None,
        "factorize": _factorized,
        "read_excel": _read_csv(samples, loaders.files),
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
    Frame.from_csv = staticmethod(contents["pandas"]["read_csv"])  # type: ignore[attr-defined]
    contents["mnist_loader"] = {
        "load_data": lambda *a, **k: noted(samples, "mnist_loader", samples.three()),
        "load_data_wrapper": lambda *a, **k: nielsen(samples),
    }
    contents.update(other_readers(samples, loaders.files))
    contents.update(torchvision(samples))
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


def _normalized(x: Any, **rest: Any) -> Any:
    return np.asarray(x) / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-12)


def _read_csv(samples: Samples, files: Files) -> Any:
    def read_csv(path: Any = "", sep: Any = None, header: Any = "infer", names: Any = None, **rest: Any) -> Any:
        frame = _table(samples, files, str(path), sep or rest.get("delimiter"), header, names)
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


def _is_counted(column: Series) -> bool:
    """Whether a column numbers the rows: of a stand-in that has no such column, the first one stays."""
    return column.dtype.kind in "iu" and bool((np.diff(column.values) == 1).all())


def _table(samples: Samples, files: Files, path: str, sep: Any, header: Any, names: Any) -> Frame:
    """The table that stands for a file, by its name or by the columns that the text asks for."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    lower = name.lower()
    if name in files.written:
        return _parsed_csv(files.written[name].decode("utf-8", "replace"), sep, header, names)
    if "iris" in lower:
        samples.note(name, "measurements drawn like those of Iris")
        return _parsed_csv(files.content(name).decode(), ",", None if lower.endswith(".data") else header, names)
    drawn = known(path) or (of_columns(samples.columns) if header is not None and names is None else None)
    if drawn is not None:
        samples.note(name, "a table drawn like the one of this name" if known(path) else
                     "a table drawn like the best known one with the columns that are asked for")  # fmt: skip
        return _parsed_csv(drawn[0], sep or drawn[1], header if drawn[2] else None, names)
    is_digits = is_of_digits(lower, header is not None) and not (samples.columns and header is not None)
    if name and files.is_other == is_digits:

        def flowers() -> Any:
            samples.used.pop((name[:120], samples.unknown), None)
            samples.note(name, "measurements drawn like those of Iris")
            return iris()

        samples.note(name, samples.unknown)
        table = samples.unknown_table()
        columns = (
            names if names is not None else [*["x%d" % i for i in range(samples.measurements)], "y"] if header else None
        )
        if names is not None and len(names) != table.shape[1]:
            table = _as_wide(table, len(names))
        frame = Frame(table, columns, kinds=table[:, -1].astype(int))
        frame.flowers = flowers if names is None else None
        for asked in samples.columns if header is not None and names is None else ():
            frame.has(asked)
        return frame
    table = samples.table("test" in lower)
    samples.note(name)
    labels = ["label", *["pixel%d" % i for i in range(table.shape[1] - 1)]]
    if "test" in lower and "mnist" not in lower and header is not None:
        table, labels = table[:, 1:], labels[1:]  # Kaggle's test set has no labels
    return Frame(table, labels if header is not None else names)


def _as_wide(table: Any, width: int) -> Any:
    """A table of another number of columns, whose last one tells the kinds."""
    inputs, kinds = features(len(table), max(1, width - 1), 2)
    return np.column_stack([np.round(inputs, 4), kinds])[:, -width:]


def _parsed_csv(text: str, sep: Any, header: Any, names: Any) -> Frame:
    rows = [line.split(sep or ",") for line in text.splitlines() if line.strip()]
    columns = names
    if header is not None and names is None:
        columns, rows = [name.strip() for name in rows[0]], rows[1:]
    width = len(rows[0])
    parsed = [_column([row[i] if i < len(row) else "nan" for row in rows]) for i in range(width)]
    is_plain = all(column.dtype != object for column in parsed)
    if is_plain:
        return Frame(np.column_stack(parsed), columns)
    data = np.empty((len(rows), width), object)
    for i, column in enumerate(parsed):
        data[:, i] = column
    return Frame(data, columns)


def _column(texts: list[str]) -> Any:
    for kind in (int, float):
        try:
            return np.array([kind(text) for text in texts])
        except ValueError:
            continue
    return np.array(texts, object)


def _concatenated(frames: Any, axis: Any = 0, **rest: Any) -> Any:
    arrays = [np.asarray(frame).reshape(len(frame), -1) for frame in frames]
    if axis in (1, "columns"):
        names = [name for f in frames for name in (f.columns if isinstance(f, Frame) else [f.name])]
        return Frame(np.hstack(arrays), names)
    return (
        Frame(np.vstack(arrays), frames[0].columns) if isinstance(frames[0], Frame) else Series(np.concatenate(frames))
    )


def _feature_names(x: Any) -> Any:
    return np.array(["feature %d" % i for i in range(x.shape[1])])


def _sklearn(samples: Samples) -> dict[str, dict[str, Any]]:
    def bunch(asked: str, data: Any, target: Any, given: str = "", **more: Any) -> Any:
        def load(*args: Any, return_X_y: bool = False, as_frame: bool = False, **rest: Any) -> Any:
            samples.note(asked, given)
            x, y = data(), target()
            extra = {key: make(x) for key, make in more.items()}
            if as_frame:
                names = [str(one) for one in extra.get("feature_names", range(x.shape[1]))]
                extra["frame"] = Frame(np.column_stack([x, y]), [*names, "target"])
                x, y = Frame(x, names), Series(y, "target")
            return (x, y) if return_X_y else Bunch(data=x, target=y, **extra)

        return load

    def openml(*args: Any, **rest: Any) -> Any:
        name = str(args[0] if args else rest.get("name", "mnist_784"))
        if "iris" in name.lower():
            return bunch("fetch_openml(%r)" % name, lambda: iris()[0], lambda: iris()[1])(**rest)
        images, labels = samples.train
        load = bunch(
            "fetch_openml(%r)" % name,
            lambda: images.reshape(len(images), -1).astype(float),
            lambda: labels.astype(str).astype(object),
        )
        given = load(**rest)
        if rest.get("as_frame") in (True, "auto") or "as_frame" not in rest:
            if isinstance(given, tuple):
                return Frame(given[0]), Series(given[1])
            return Bunch(given, data=Frame(given["data"]), target=Series(given["target"]))
        return given

    def small(asked: str, rows: int, columns: list[Any], kinds: int) -> Any:
        given = "%d rows of %d measurements in %d kinds" % (rows, len(columns), kinds)
        return bunch(
            asked,
            lambda: measured(columns, rows, kinds)[0],
            lambda: measured(columns, rows, kinds)[1],
            given,
            feature_names=_feature_names,
            target_names=lambda x: np.array(["kind %d" % i for i in range(kinds)]),
        )

    def images() -> Any:
        return samples.digits()[0].reshape(-1, 64)

    iris_given = "measurements drawn like those of Iris"

    def price() -> Any:
        return regression(442, 10, 10.0, random_state=0)

    def boston(asked: str, rows: int, columns: int) -> Any:
        given = "%d rows of %d measurements and a price" % (rows, columns)
        return bunch(asked, lambda: houses(rows, columns)[0], lambda: houses(rows, columns)[1], given,
                     feature_names=_feature_names)  # fmt: skip

    datasets: dict[str, Any] = {
        "fetch_openml": openml,
        "fetch_mldata": openml,
        "load_digits": bunch(
            "load_digits()",
            images,
            lambda: samples.digits()[1],
            samples.given_small,
            images=lambda x: x.reshape(-1, 8, 8),
            target_names=lambda x: np.arange(10),
        ),
        "load_iris": bunch(
            "load_iris()",
            lambda: iris()[0],
            lambda: iris()[1],
            iris_given,
            target_names=lambda x: np.array(["setosa", "versicolor", "virginica"]),
            feature_names=lambda x: ["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"],
        ),
        "load_breast_cancer": small("load_breast_cancer()", 569, CELLS, 2),
        "load_wine": small("load_wine()", 178, WINE, 3),
        "load_diabetes": bunch("load_diabetes()", lambda: price()[0], lambda: price()[1], "442 rows drawn at random"),
        "load_boston": boston("load_boston()", 506, 13),
        "fetch_california_housing": boston("fetch_california_housing()", 600, 8),
        "make_moons": moons,
        "make_circles": circles,
        "make_blobs": blobs,
        "make_classification": classification,
        "make_regression": regression,
        "make_gaussian_quantiles": quantiles,
    }
    preprocessing = {
        "StandardScaler": Standard,
        "MinMaxScaler": Range,
        "OneHotEncoder": OneHot,
        "LabelBinarizer": Binarizer,
        "LabelEncoder": Labels,
        "OrdinalEncoder": Ordinal,
        "RobustScaler": Standard,
        "MaxAbsScaler": Range,
        "Normalizer": Rows,
        "normalize": _normalized,
        "label_binarize": lambda y, classes=None, **k: Binarizer().fit(y if classes is None else classes).transform(y),
        "scale": lambda x, **k: Standard().fit_transform(x),
        "minmax_scale": lambda x, **k: Range().fit_transform(x),
    }
    return {
        "sklearn": {},
        "sklearn.datasets": datasets,
        "sklearn.preprocessing": preprocessing,
        "sklearn.model_selection": {"train_test_split": split, "KFold": Folds, "StratifiedKFold": Folds},
        "sklearn.cross_validation": {"train_test_split": split},
        "sklearn.utils": {"shuffle": shuffled, "resample": resampled},
        "sklearn.metrics": {
            "accuracy_score": accuracy,
            "mean_squared_error": lambda y, o, **k: float(np.mean((np.asarray(y) - np.asarray(o)) ** 2)),
            "mean_absolute_error": lambda y, o, **k: float(np.mean(np.abs(np.asarray(y) - np.asarray(o)))),
        },
        "sklearn.decomposition": {"PCA": Principal},
        "sklearn.impute": {"SimpleImputer": Imputed},
        "sklearn.compose": {},
        "sklearn.pipeline": {},
        "sklearn.linear_model": {},
        "sklearn.neural_network": {},
        "sklearn.neighbors": {"NearestNeighbors": Neighbors},
    }


def install(
    namespace: Any,
    images: Any,
    labels: Any,
    test_images: Any,
    test_labels: Any,
    given: str,
    files: Any,
    is_other: bool,
    columns: Any = (),
    measurements: int = MEASUREMENTS,
) -> Any:
    """Serve what is missing in this cell; the returned object's `notes` tell what was served."""
    samples = Samples(images, labels, test_images, test_labels, given)
    samples.columns, samples.measurements = [str(name) for name in columns], int(measurements)
    served = Files(
        samples, {name: bytes(np.asarray(content, np.uint8)) for name, content in dict(files).items()}, is_other
    )
    loaders = Loaders(samples, served)
    sys.meta_path.insert(1, loaders)
    served.install()
    builtins.input = answering(samples)
    answer_arguments(samples)
    without_windows()
    if isinstance(namespace.dialect.builtins, dict):  # an older Python has its own
        namespace.dialect.builtins["open"] = served.open
    urllib.request.urlopen = fetch(served)
    urllib.request.urlretrieve = lambda url, filename=None, *a, **k: (filename, None)  # type: ignore[assignment]
    namespace.values["__grader_samples__"] = lambda: [list(pair) for pair in samples.used]
    return Namespace(notes={})
