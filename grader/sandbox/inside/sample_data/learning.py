"""The helpers of sklearn, scipy and keras that stand around a network of one's own."""

from __future__ import annotations

from itertools import combinations, combinations_with_replacement
from typing import Any

import numpy as np


def split(*arrays: Any, test_size: Any = None, train_size: Any = None, random_state: Any = None, shuffle: bool = True,
          **rest: Any) -> list[Any]:  # fmt: skip
    """`train_test_split`."""
    n = len(arrays[0])
    if test_size is None:
        test_size = 0.25 if train_size is None else (1 - train_size if train_size < 1 else n - train_size)
    count = min(int(np.ceil(test_size * n)) if test_size < 1 else int(test_size), n - 1)
    rng = np.random.RandomState(random_state if isinstance(random_state, int) else 0)
    order = rng.permutation(n) if shuffle else np.arange(n)
    train, test = (order[count:], order[:count]) if shuffle else (order[: n - count], order[n - count :])
    return [_rows(array, part) for array in arrays for part in (train, test)]


def shuffled(*arrays: Any, random_state: Any = None, **rest: Any) -> Any:
    order = np.random.RandomState(random_state if isinstance(random_state, int) else 0).permutation(len(arrays[0]))
    mixed = [_rows(array, order) for array in arrays]
    return mixed[0] if len(mixed) == 1 else mixed


def resampled(*arrays: Any, replace: bool = True, n_samples: Any = None, random_state: Any = None, **rest: Any) -> Any:
    """`resample`."""
    count = len(arrays[0])
    rng = np.random.RandomState(random_state if isinstance(random_state, int) else 0)
    wanted = count if n_samples is None else int(n_samples)
    part = rng.randint(0, count, wanted) if replace or wanted > count else rng.permutation(count)[:wanted]
    drawn = [_rows(array, part) for array in arrays]
    return drawn[0] if len(drawn) == 1 else drawn


def _rows(array: Any, part: Any) -> Any:
    return [array[i] for i in part] if isinstance(array, (list, tuple)) else array[part]


class Fitted:
    """Something with `fit` and `transform`."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.options = options

    def fit(self, data: Any, *rest: Any) -> Any:
        return self

    def fit_transform(self, data: Any, *rest: Any) -> Any:
        return self.fit(data).transform(data)


class Standard(Fitted):
    def fit(self, data: Any, *rest: Any) -> Any:
        data = np.asarray(data, float)
        self.mean_, self.scale_ = data.mean(0), data.std(0)
        self.scale_ = np.where(self.scale_ == 0, 1.0, self.scale_)
        return self

    def transform(self, data: Any) -> Any:
        return (np.asarray(data, float) - self.mean_) / self.scale_

    def inverse_transform(self, data: Any) -> Any:
        return np.asarray(data) * self.scale_ + self.mean_


class Range(Standard):
    def fit(self, data: Any, *rest: Any) -> Any:
        data = np.asarray(data, float)
        self.mean_ = data.min(0)
        width = data.max(0) - self.mean_
        self.scale_ = np.where(width == 0, 1.0, width)
        return self


class OneHot(Fitted):
    def fit(self, data: Any, *rest: Any) -> Any:
        self.categories_ = [np.unique(column) for column in np.asarray(data).reshape(len(data), -1).T]
        self.classes_ = self.categories_[0]
        return self

    def transform(self, data: Any) -> Any:
        columns = np.asarray(data).reshape(len(data), -1).T
        made = [(column[:, None] == kinds).astype(float) for column, kinds in zip(columns, self.categories_)]
        return Dense(np.hstack(made))


class Dense(np.ndarray):
    """An array that may be asked to become one, as a sparse matrix is."""

    def __new__(cls, data: Any) -> Any:
        return np.asarray(data).view(cls)

    def toarray(self) -> Any:
        return np.array(self)

    todense = toarray


class Binarizer(OneHot):
    def transform(self, data: Any) -> Any:
        found = np.array(super().transform(data)).astype(int)
        return found[:, 1:] if found.shape[1] == 2 else found


class Labels(Fitted):
    def fit(self, data: Any, *rest: Any) -> Any:
        self.classes_ = np.unique(np.asarray(data))
        return self

    def transform(self, data: Any) -> Any:
        return np.searchsorted(self.classes_, np.asarray(data))

    def inverse_transform(self, data: Any) -> Any:
        return self.classes_[np.asarray(data, int)]


class Ordinal(Fitted):
    def fit(self, data: Any, *rest: Any) -> Any:
        self.categories_ = [np.unique(column) for column in np.asarray(data).reshape(len(data), -1).T]
        return self

    def transform(self, data: Any) -> Any:
        columns = np.asarray(data).reshape(len(data), -1).T
        pairs = zip(columns, self.categories_)
        return np.column_stack([np.searchsorted(kinds, column) for column, kinds in pairs]).astype(float)


class Imputed(Fitted):
    """Nothing is missing in a stand-in."""

    def transform(self, data: Any) -> Any:
        return np.array(data)


class Powers(Fitted):
    """`PolynomialFeatures`: all products of up to `degree` measurements, in the order of scikit-learn."""

    def __init__(
        self, degree: Any = 2, *, interaction_only: bool = False, include_bias: bool = True, **rest: Any
    ) -> None:
        least, most = degree if isinstance(degree, (tuple, list)) else (0 if include_bias else 1, degree)
        self.sizes = range(max(least, 0 if include_bias else 1), most + 1)
        self.choose = combinations if interaction_only else combinations_with_replacement

    def transform(self, data: Any) -> Any:
        data = np.asarray(data, float)
        sets = [one for size in self.sizes for one in self.choose(range(data.shape[1]), size)]
        return np.column_stack([data[:, list(one)].prod(axis=1) for one in sets])


class Rows(Fitted):
    """`Normalizer`: each sample has the length 1."""

    def transform(self, data: Any) -> Any:
        return np.asarray(data, float) / np.maximum(np.linalg.norm(data, axis=1, keepdims=True), 1e-12)


class Principal(Fitted):
    """`PCA`."""

    def __init__(self, n_components: Any = None, **options: Any) -> None:
        self.count = n_components

    def fit(self, data: Any, *rest: Any) -> Any:
        data = np.asarray(data, float)
        self.mean_ = data.mean(0)
        _, sizes, axes = np.linalg.svd(data - self.mean_, full_matrices=False)
        shares = sizes**2 / np.sum(sizes**2)
        count = len(axes) if self.count is None else self.count
        count = int(np.searchsorted(np.cumsum(shares), count) + 1) if isinstance(count, float) else int(count)
        self.components_, self.explained_variance_ratio_ = axes[:count], shares[:count]
        return self

    def transform(self, data: Any) -> Any:
        return (np.asarray(data, float) - self.mean_) @ self.components_.T


class Folds:
    """`KFold`."""

    def __init__(self, n_splits: int = 5, shuffle: bool = False, random_state: Any = None, **rest: Any) -> None:
        self.n_splits, self.shuffle = n_splits, shuffle
        self.seed = random_state if isinstance(random_state, int) else 0

    def split(self, data: Any, *rest: Any) -> Any:
        order = np.random.RandomState(self.seed).permutation(len(data)) if self.shuffle else np.arange(len(data))
        parts = np.array_split(order, self.n_splits)
        for i, part in enumerate(parts):
            yield np.concatenate([*parts[:i], *parts[i + 1 :]]), part

    def get_n_splits(self, *args: Any) -> int:
        return self.n_splits


def log_loss(truth: Any, guess: Any, **rest: Any) -> float:
    """Of labels or one-hot rows, and the shares of the classes; of two classes, that of the second one will do."""
    p, y = np.clip(np.asarray(guess, float), 1e-15, 1 - 1e-15), np.asarray(truth)
    if p.ndim == 1:
        return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
    return float(-np.mean(np.sum((y if y.ndim > 1 else np.eye(p.shape[1])[y.astype(int)]) * np.log(p), axis=1)))


def accuracy(truth: Any, guess: Any, **rest: Any) -> float:
    truth, guess = np.asarray(truth), np.asarray(guess)
    return float(np.mean(np.all((truth == guess).reshape(len(truth), -1), axis=1)))


def categorical(y: Any, num_classes: Any = None, dtype: Any = "float32") -> Any:
    """`to_categorical`."""
    y = np.asarray(y).astype(int)
    y = y[..., 0] if y.ndim > 1 and y.shape[-1] == 1 else y
    return np.eye(int(num_classes or y.max() + 1))[y].astype(dtype)


def correlated(image: Any, kernel: Any, mode: str = "full", *args: Any, **rest: Any) -> Any:
    """The cross-correlation of two tables of numbers, as `scipy.signal.correlate2d` gives it, with zeros outside."""
    image, kernel = np.asarray(image, float), np.asarray(kernel, float)
    if mode == "valid" and image.shape[0] < kernel.shape[0]:
        return correlated(kernel, image, "valid")[::-1, ::-1]
    up, left = kernel.shape[0] - 1, kernel.shape[1] - 1
    if mode != "valid":
        image = np.pad(image, ((up, up), (left, left)))
    rows, columns = image.shape[0] - up, image.shape[1] - left
    found = np.zeros((rows, columns))
    for i in range(kernel.shape[0]):
        for j in range(kernel.shape[1]):
            found += kernel[i, j] * image[i : i + rows, j : j + columns]
    if mode == "same":
        top, side = (up + 1) // 2, (left + 1) // 2
        found = found[top : top + rows - up, side : side + columns - left]
    return found


def convolved(image: Any, kernel: Any, mode: str = "full", *args: Any, **rest: Any) -> Any:
    """The convolution of two tables of numbers, as `scipy.signal.convolve2d` gives it."""
    image, kernel = np.asarray(image, float), np.asarray(kernel, float)
    if mode == "valid" and image.shape[0] < kernel.shape[0]:
        return convolved(kernel, image, "valid")
    return correlated(image, kernel[::-1, ::-1], mode)


def rotated(image: Any, angle: float, *args: Any, cval: float = 0.0, **rest: Any) -> Any:
    """`scipy.ndimage.rotate` of one image in its own frame, each pixel the nearest one."""
    image = np.asarray(image, float)
    rows, columns = image.shape
    i, j = np.indices((rows, columns)).astype(float)
    i, j, turn = i - (rows - 1) / 2, j - (columns - 1) / 2, np.deg2rad(angle)
    u = np.rint(np.cos(turn) * i - np.sin(turn) * j + (rows - 1) / 2).astype(int)
    v = np.rint(np.sin(turn) * i + np.cos(turn) * j + (columns - 1) / 2).astype(int)
    is_inside = (u >= 0) & (u < rows) & (v >= 0) & (v < columns)
    return np.where(is_inside, image[u.clip(0, rows - 1), v.clip(0, columns - 1)], cval)


def moved(image: Any, shift: Any, *args: Any, cval: float = 0.0, **rest: Any) -> Any:
    """`scipy.ndimage.shift` by whole pixels."""
    image = np.asarray(image, float)
    steps = [int(np.rint(one)) for one in np.broadcast_to(shift, image.ndim)]
    found = np.full(image.shape, cval)
    into = tuple(slice(max(0, s), size + min(0, s)) for s, size in zip(steps, image.shape))
    out_of = tuple(slice(max(0, -s), size + min(0, -s)) for s, size in zip(steps, image.shape))
    found[into] = image[out_of]
    return found
