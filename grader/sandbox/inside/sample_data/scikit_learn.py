"""What scripts import from scikit-learn: its data sets, drawn at random, and what prepares data."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from .frames import Frame
from .learning import (
    Binarizer,
    Folds,
    Imputed,
    Labels,
    OneHot,
    Ordinal,
    Powers,
    Principal,
    Range,
    Rows,
    Standard,
    accuracy,
    log_loss,
    resampled,
    shuffled,
    split,
)
from .readers import Bunch
from .samples import Samples, blobs, circles, classification, houses, iris, moons, quantiles, regression
from .series import Series
from .tables import CELLS, WINE, measured


def _normalized(x: Any, **rest: Any) -> Any:
    return np.asarray(x) / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-12)


def _combinations(grid: Any) -> list[dict[str, Any]]:
    grids = [grid] if isinstance(grid, dict) else list(grid)
    return [dict(zip(sorted(one), values)) for one in grids for values in product(*[one[key] for key in sorted(one)])]


def _feature_names(x: Any) -> Any:
    return np.array(["feature %d" % i for i in range(x.shape[1])])


def scikit_learn(samples: Samples) -> dict[str, dict[str, Any]]:
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
        "PolynomialFeatures": Powers,
        "normalize": _normalized,
        "label_binarize": lambda y, classes=None, **k: Binarizer().fit(y if classes is None else classes).transform(y),
        "scale": lambda x, **k: Standard().fit_transform(x),
        "minmax_scale": lambda x, **k: Range().fit_transform(x),
    }
    return {
        "sklearn": {},
        "sklearn.datasets": datasets,
        "sklearn.preprocessing": preprocessing,
        "sklearn.model_selection": {
            "train_test_split": split,
            "KFold": Folds,
            "StratifiedKFold": Folds,
            "ParameterGrid": _combinations,
        },
        "sklearn.cross_validation": {"train_test_split": split},
        "sklearn.utils": {"shuffle": shuffled, "resample": resampled},
        "sklearn.metrics": {
            "accuracy_score": accuracy,
            "mean_squared_error": lambda y, o, **k: float(np.mean((np.asarray(y) - np.asarray(o)) ** 2)),
            "mean_absolute_error": lambda y, o, **k: float(np.mean(np.abs(np.asarray(y) - np.asarray(o)))),
            "r2_score": lambda y, o, **k: float(1 - np.sum((np.asarray(y) - o) ** 2) / np.sum((y - np.mean(y)) ** 2)),
            "log_loss": log_loss,
        },
        "sklearn.decomposition": {"PCA": Principal},
        "sklearn.impute": {"SimpleImputer": Imputed},
        "sklearn.compose": {},
        "sklearn.pipeline": {},
        "sklearn.linear_model": {},
        "sklearn.neural_network": {},
    }
