"""MNIST (Y. LeCun, C. Cortes, C. Burges), or digits drawn here when it is not at hand."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from grader.datasets.dataset import Dataset, DatasetError
from grader.datasets.files import Half, MnistFiles, find_all_mnist
from grader.datasets.idx import read_idx

IMAGE_SHAPE = (28, 28)

# Images are drawn from the first ones of a file, because decompression costs more the further one reads.
# MNIST is stored in mixed order, so its beginning is a fair sample.
_POOL = 10_000

# Where only one half of MNIST is at hand, every fifth image of it is a test image.
_TEST_STRIDE = 5

_Images = NDArray[np.uint8]
_Labels = NDArray[np.uint8]


def load_mnist(n_train: int, n_test: int, *, seed: int = 0, directory: Path | None = None) -> Dataset:
    """Load a sample of MNIST, or of drawn digits if MNIST cannot be had.

    Looks into ``directory`` alone if given, otherwise into ``$GRADER_DATA_DIR`` and the user's cache folder.
    A folder with one half of MNIST will do: every fifth image of that half is then a test image (2,000 of
    10,000), whatever the other arguments are. Never raises because of absent or damaged files: the stand-in
    takes over, and ``title`` says so and why.

    Args:
        n_train: how many training images; fewer if the files have fewer, which ``title`` then shows.
        n_test: how many test images, likewise.
        seed: which images are drawn, and their order.
        directory: where to look instead of the usual places.

    Raises:
        ValueError: ``n_train`` or ``n_test`` is less than 1.
    """
    if n_train < 1 or n_test < 1:
        raise ValueError(f"n_train and n_test must be at least 1, found {n_train} and {n_test}")
    problem = None
    for files in find_all_mnist(directory):
        try:
            return _load(files, n_train, n_test, seed)
        except DatasetError as error:
            problem = problem or f"the MNIST files in {files.directory} cannot be used: {error}"
    return _stand_in(n_train, n_test, seed, problem or "MNIST is not on this machine: run `grade data fetch`")


def _load(files: MnistFiles, n_train: int, n_test: int, seed: int) -> Dataset:
    rng = np.random.default_rng(seed)
    if files.train and files.test:
        train = _read_half(files.train, max(n_train, _POOL))
        test = _read_half(files.test, max(n_test, _POOL))
        extent = "MNIST"
    else:
        half = files.train or files.test
        assert half is not None  # a folder without either half is not found in the first place
        needed = max(_POOL, n_test * _TEST_STRIDE, -(-n_train * _TEST_STRIDE // (_TEST_STRIDE - 1)))
        train, test = _split(*_read_half(half, needed))
        extent = f"MNIST ({'training' if files.train else 'test'} half only, split in two)"
    X_train, y_train = _sample(*train, n_train, rng)
    X_test, y_test = _sample(*test, n_test, rng)
    title = f"{extent}: {len(y_train):,} training and {len(y_test):,} test images"
    return Dataset("mnist", title, str(files.directory), False, X_train, y_train, X_test, y_test)


def _read_half(half: Half, first: int) -> tuple[_Images, _Labels]:
    images, labels = read_idx(half.images, IMAGE_SHAPE, first), read_idx(half.labels, (), first)
    if len(images) != len(labels):
        raise DatasetError(
            f"{half.images.name} has {len(images):,} images, {half.labels.name} has {len(labels):,} labels; "
            "they must be as many"
        )
    if len(images) < _TEST_STRIDE:
        raise DatasetError(f"{half.images.name} has {len(images)} images, too few to train and test with")
    if labels.max() > 9:
        raise DatasetError(f"{half.labels.name} holds the label {labels.max()}; expected digits 0 to 9")
    return images, labels


def _split(images: _Images, labels: _Labels) -> tuple[tuple[_Images, _Labels], tuple[_Images, _Labels]]:
    """Cut one half into training and test images, by position alone so that no image is ever in both."""
    is_test = np.arange(len(labels)) % _TEST_STRIDE == _TEST_STRIDE - 1
    return (images[~is_test], labels[~is_test]), (images[is_test], labels[is_test])


def _sample(
    images: _Images, labels: _Labels, n: int, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    rows = rng.permutation(len(labels))[:n]
    return _intensities(images[rows]), labels[rows].astype(np.int64)


def _intensities(images: _Images) -> NDArray[np.float64]:
    """(n, 28, 28) bytes to (n, 784) floats in [0, 1]."""
    return images.reshape(len(images), -1) / 255.0


def _stand_in(n_train: int, n_test: int, seed: int, reason: str) -> Dataset:
    from grader.datasets.digits import draw_digits  # where MNIST is at hand, nothing is drawn

    images, labels = draw_digits(n_train + n_test, seed=seed)
    X, y = _intensities(images), labels.astype(np.int64)
    return Dataset(
        name="drawn-digits",
        title=f"digits drawn by the grader ({reason})",
        source=f"grader.datasets.draw_digits, seed {seed}",
        is_stand_in=True,
        X_train=X[:n_train],
        y_train=y[:n_train],
        X_test=X[n_train:],
        y_test=y[n_train:],
    )
