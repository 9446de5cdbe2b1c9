"""The arrays that stand for data sets, and the list of what was handed out."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

#: how what is said of a table begins of which nothing is known, and after which nothing is said of the data
UNKNOWN = "a table of which nothing is known"
ROWS = 400
MEASUREMENTS = 8  # of such a table, if nothing tells how many a file counts on
PICTURES = "images in files"
_OF_DIGITS = ("mnist", "digit", "image", "pixel", "handwrit", "number", "emnist", "fashion")
#: files that hold labels alone, or inputs: `logisticY.csv` beside `logisticX.csv`, `y_train.csv`
_LABELS_ALONE = re.compile(r"(^|[_\W]|(?<=[a-z])(?=Y))[yY]([_\W]|$)|(?i:labels?|targets?|outputs|\bout(?=\.))([_\W]|$)")
_INPUTS_ALONE = re.compile(r"(^|[_\W]|(?<=[a-z])(?=X))[xX]([_\W]|$)|(?i:features|inputs|\bin(?=\.))([_\W]|$)")
#: names of inputs alone, as modules and functions hold them
INPUTS = re.compile(r"^x($|[_\dA-Z])|_x$|^x(train|test|val)|inputs?$|images?$|features$|data_x", re.IGNORECASE)
_PARTS_OF_ANY = ("train", "test")  # of digits only where there is a line of names, as in the best known table


def in_small_letters(name: str) -> str:
    """A name that is written in capitals alone, `TRAIN_LABELS`, as others are."""
    return name.lower() if name.isupper() and len(name) > 1 else name


class Samples:
    """Handwritten digits that came with the request, and small sets that are made here.

    `used` tells what was asked for, and what was given: (asked, given).
    """

    def __init__(self, images: Any, labels: Any, test_images: Any, test_labels: Any, given: str) -> None:
        self.train = (images, labels)
        self.test = (test_images, test_labels)
        self.given = given
        self.used: dict[tuple[str, str], None] = {}
        self.says_digits = True  # whether the text may be about images: else `train.csv` is any table
        self.columns: list[str] = []  # that the text asks of tables, by their names
        self.argument = "train.csv"  # what stands for a file that the command line names
        self.measurements = MEASUREMENTS
        self.rows_of_tables = 0  # that the text takes of a table at least
        self.sides = (0, 0)  # of an image in a file: (height, width); 0 if nothing tells
        self.separator = ""  # by which the text takes lines apart; "" if nothing tells
        self.has_measurements = False  # whether the text tells how many columns a table has: then it is none of digits
        self.has_kinds_first = False  # whether the text takes the first column for them
        self.kind_column = 0  # that the text compares with names; 0 if it compares none
        self.kind_names: list[str] = []
        self.has_signs = False  # whether what the text compares them with is −1 or 1
        self.codes_labels = False  # whether the text makes labels one-hot by itself
        self.takes_columns = False  # whether it takes columns of what it has: `data[:, -1]`
        self.gives_functions = False  # whether functions of modules that are not here may be given
        self.of_modules: list[str] = []  # arrays that the text takes from modules: `data.X`
        self.has_tables = False  # whether it asks arrays for what tables have: `X.values`
        self.starred: list[str] = []  # names that nothing but `from module import *` can give
        self.scales_images = False  # whether it divides pixels by itself

    def is_of_digits(self, name: str, has_names: bool = True) -> bool:
        """Whether a table may be that of images and labels, by its name, and by whether it has names of columns."""
        words = (*_OF_DIGITS, *(_PARTS_OF_ANY if has_names and self.says_digits else ()))
        return not self.has_measurements and any(word in name.lower() for word in words)

    @property
    def unknown(self) -> str:
        """What `unknown_table` gives, in words."""
        return "%s: %d rows of %d measurements, in 2 kinds" % (UNKNOWN, self.rows_of_tables or ROWS, self.measurements)

    def unknown_parts(self) -> tuple[Any, Any]:
        """Measurements of nothing in particular, and their kinds."""
        inputs, kinds = features(self.rows_of_tables or ROWS, self.measurements, 2)
        return np.round(inputs, 4), 2 * kinds - 1 if self.has_signs else kinds

    def unknown_table(self, name: str = "") -> Any:
        """The same as a table: the kinds stand in the last column, or in the first; or one of both, as `name` tells."""
        inputs, kinds = self.unknown_parts()
        if self.is_alone(name):
            return kinds[:, None] if _LABELS_ALONE.search(name) else inputs
        return np.column_stack([kinds, inputs] if self.has_kinds_first else [inputs, kinds])

    @staticmethod
    def is_alone(name: str) -> bool:
        """Whether a file holds labels without inputs, or the reverse, by its name."""
        return (_LABELS_ALONE.search(name) is None) != (_INPUTS_ALONE.search(name) is None)

    def unknown_lines(self, name: str = "") -> list[list[Any]]:
        """The same as a text has it: the kinds stand where the text compares them with names, and have these."""
        if self.is_alone(name):
            return list(self.unknown_table(name).tolist())
        usual = [-1, 1] if self.has_signs else [0, 1]
        names = ([*self.kind_names, "none"])[: max(2, len(self.kind_names))] if self.kind_names else usual
        at = self.kind_column if 0 < self.kind_column < self.measurements else self.measurements
        at, (inputs, kinds) = 0 if self.has_kinds_first else at, self.unknown_parts()
        return [[*row[:at], names[max(kind, 0) % len(names)], *row[at:]] for row, kind in zip(inputs.tolist(), kinds)]

    def note(self, asked: str, given: str = "") -> None:
        if len(self.used) < 50:
            self.used[asked[:120], given or self.given] = None

    def table(self, is_test: bool) -> Any:
        """Label and 784 pixels a row, as in the CSV files."""
        images, labels = self.test if is_test else self.train
        return np.column_stack([labels, images.reshape(len(images), -1)]).astype(np.int64)

    def three(self) -> tuple[Any, Any, Any]:
        """Training, validation and test set of `mnist.pkl.gz`: floats in [0, 1], and labels."""
        train, test = [
            (i.reshape(len(i), -1).astype(np.float32) / 255, y.astype(np.int64)) for i, y in (self.train, self.test)
        ]
        return train, test, test

    @property
    def given_small(self) -> str:
        """What `digits` gives, in words."""
        count = min(1797, len(self.train[0]) + len(self.test[0]))
        return "{:,} images of {}, made smaller to 8 x 8 pixels".format(count, self.given.rpartition(" of ")[2])

    def digits(self) -> tuple[Any, Any]:
        """8 x 8 pixels from 0 to 16, as `load_digits` gives them."""
        images, labels = [np.concatenate(parts)[:1797] for parts in zip(self.train, self.test)]
        small = images[:, 2:26, 2:26].reshape(-1, 8, 3, 8, 3).mean((2, 4)) / 255 * 16
        return np.round(small), labels.astype(np.int64)


def iris() -> tuple[Any, Any]:
    """Three kinds of flowers, 50 each, drawn with the means and spreads of the published measurements."""
    rng = np.random.RandomState(0)
    means = np.array([[5.01, 3.43, 1.46, 0.25], [5.94, 2.77, 4.26, 1.33], [6.59, 2.97, 5.55, 2.03]])
    spreads = np.array([[0.35, 0.38, 0.17, 0.11], [0.52, 0.31, 0.47, 0.20], [0.64, 0.32, 0.55, 0.27]])
    kinds = np.repeat(np.arange(3), 50)
    return np.round(means[kinds] + spreads[kinds] * rng.randn(150, 4), 1).clip(0.1), kinds


def moons(n_samples: Any = 100, shuffle: bool = True, noise: Any = None, random_state: Any = None, **rest: Any) -> Any:
    rng = np.random.RandomState(random_state if isinstance(random_state, int) else 0)
    n = int(np.sum(n_samples))
    half = n // 2
    upper, lower = np.linspace(0, np.pi, half), np.linspace(0, np.pi, n - half)
    points = np.vstack(
        [np.column_stack([np.cos(upper), np.sin(upper)]), np.column_stack([1 - np.cos(lower), 0.5 - np.sin(lower)])]
    )
    return _mixed(points, np.repeat([0, 1], [half, n - half]), rng, shuffle, noise)


def spirals(samples: int = 100, classes: int = 3) -> Any:
    """The arms of a spiral, as courses draw them: (points, kinds)."""
    radius = np.tile(np.linspace(0, 1, samples), classes)
    kinds = np.repeat(np.arange(classes, dtype=np.uint8), samples)
    angle = 2.5 * (4 * kinds + np.tile(np.linspace(0, 4, samples), classes))
    angle = angle + 0.5 * np.random.RandomState(0).randn(len(kinds))
    return radius[:, None] * np.column_stack([np.sin(angle), np.cos(angle)]), kinds


def stripes(samples: int = 100, classes: int = 3) -> Any:
    """Clouds beside one another: (points, kinds)."""
    kinds = np.repeat(np.arange(classes, dtype=np.uint8), samples)
    return 0.1 * np.random.RandomState(0).randn(len(kinds), 2) + np.column_stack([kinds / 3, 0.5 + 0 * kinds]), kinds


def wave(samples: int = 1000) -> Any:
    x = np.arange(samples).reshape(-1, 1) / samples
    return x, np.sin(2 * np.pi * x)


def circles(n_samples: Any = 100, shuffle: bool = True, noise: Any = None, random_state: Any = None,
            factor: float = 0.8, **rest: Any) -> Any:  # fmt: skip
    rng = np.random.RandomState(random_state if isinstance(random_state, int) else 0)
    n = int(np.sum(n_samples))
    labels = np.repeat([0, 1], [n - n // 2, n // 2])
    angles = np.concatenate([np.linspace(0, 2 * np.pi, n - n // 2, False), np.linspace(0, 2 * np.pi, n // 2, False)])
    radius = np.where(labels == 1, factor, 1.0)
    points = radius[:, None] * np.column_stack([np.cos(angles), np.sin(angles)])
    return _mixed(points, labels, rng, shuffle, noise)


def blobs(n_samples: Any = 100, n_features: int = 2, centers: Any = None, cluster_std: float = 1.0,
          random_state: Any = None, **rest: Any) -> Any:  # fmt: skip
    rng = np.random.RandomState(random_state if isinstance(random_state, int) else 0)
    places = rng.uniform(-10, 10, (centers if isinstance(centers, int) else 3, n_features))
    places = places if centers is None or isinstance(centers, int) else np.asarray(centers, float)
    labels = np.arange(int(n_samples)) % len(places)
    rng.shuffle(labels)
    return places[labels] + cluster_std * rng.randn(len(labels), places.shape[1]), labels


def quantiles(mean: Any = None, cov: float = 1.0, n_samples: int = 100, n_features: int = 2, n_classes: int = 3,
              random_state: Any = None, **rest: Any) -> Any:  # fmt: skip
    """Shells about a centre, each with as many samples: `make_gaussian_quantiles`."""
    rng = np.random.RandomState(random_state if isinstance(random_state, int) else 0)
    points = np.sqrt(cov) * rng.randn(n_samples, n_features)
    rank = np.argsort(np.argsort((points * points).sum(1)))
    return points + (0.0 if mean is None else np.asarray(mean)), rank * n_classes // n_samples


def classification(n_samples: int = 100, n_features: int = 20, n_classes: int = 2, random_state: Any = None,
                   **rest: Any) -> Any:  # fmt: skip
    rng = np.random.RandomState(random_state if isinstance(random_state, int) else 0)
    labels = rng.randint(0, n_classes, n_samples)
    return rng.randn(n_samples, n_features) + rng.randn(n_classes, n_features)[labels], labels


def regression(n_samples: int = 100, n_features: int = 100, noise: float = 0.0, n_targets: int = 1,
               random_state: Any = None, **rest: Any) -> Any:  # fmt: skip
    rng = np.random.RandomState(random_state if isinstance(random_state, int) else 0)
    inputs = rng.randn(n_samples, n_features)
    targets = inputs @ (100 * rng.rand(n_features, n_targets)) + noise * rng.randn(n_samples, n_targets)
    return inputs, targets[:, 0] if n_targets == 1 else targets


def features(samples: int, columns: int, kinds: int) -> Any:
    """Measurements in a number of kinds, for sets that only need to have the right shape."""
    return classification(samples, columns, kinds, random_state=0)


def houses(rows: int, columns: int) -> Any:
    """Measurements of very different sizes, and prices about 22."""
    rng = np.random.RandomState(0)
    inputs = rng.gamma(2.0, 1.0, (rows, columns)) * 10.0 ** rng.randint(-1, 3, columns)
    prices = 22 + 4 * (inputs - inputs.mean(0)) / inputs.std(0) @ rng.randn(columns) / np.sqrt(columns)
    return inputs, np.round(np.clip(prices + rng.randn(rows), 5, 50), 1)


def pictures(samples: int, seed: int) -> Any:
    """Colour pictures of 32 x 32 pixels whose brightness tells which of ten kinds they are, and labels in a column."""
    rng = np.random.RandomState(seed)
    labels = rng.randint(0, 10, (samples, 1))
    levels = 60 + 120 * labels[:, :, None, None] / 10
    return np.clip(rng.normal(levels, 40, (samples, 32, 32, 3)), 0, 255).astype(np.uint8), labels.astype(np.uint8)


def _mixed(points: Any, labels: Any, rng: Any, shuffle: bool, noise: Any) -> Any:
    order = rng.permutation(len(points)) if shuffle else np.arange(len(points))
    return points[order] + (noise or 0.0) * rng.randn(*points.shape), labels[order]
