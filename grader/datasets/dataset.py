"""The data that a network is trained and tested on, and what can go wrong with them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Dataset:
    """Labelled samples, one per row: images of MNIST, or what a course has. The arrays are read-only.

    Attributes:
        name: short identifier, ``"mnist"`` or ``"drawn-digits"``.
        title: one line for the report; says plainly when the data are not MNIST and why.
        source: where the data come from: a folder, or the generator.
        is_stand_in: whether drawn digits replace MNIST.
        X_train: (n_train, d) float64; of images pixel intensities in [0, 1], row-major (28 × 28 of MNIST).
        y_train: (n_train,) int64, classes from 0.
        X_test: (n_test, d) float64.
        y_test: (n_test,) int64.
    """

    name: str
    title: str
    source: str
    is_stand_in: bool
    X_train: NDArray[np.float64]
    y_train: NDArray[np.int64]
    X_test: NDArray[np.float64]
    y_test: NDArray[np.int64]

    def __post_init__(self) -> None:
        for array in (self.X_train, self.y_train, self.X_test, self.y_test):
            array.setflags(write=False)


class DatasetError(Exception):
    """A data set could not be read or stored. The message is one clear sentence for the user."""


@dataclass(frozen=True)
class FetchAttempt:
    """One address that was tried, and why it did not deliver."""

    url: str
    reason: str


class FetchError(DatasetError):
    """No mirror delivered ``filename``. ``attempts`` lists what was tried, in that order."""

    def __init__(self, filename: str, attempts: tuple[FetchAttempt, ...], remedy: str) -> None:
        self.filename = filename
        self.attempts = attempts
        tried = "\n".join(f"  {attempt.url}: {attempt.reason}" for attempt in attempts)
        super().__init__(f"{filename} could not be fetched. Tried:\n{tried or '  no mirror'}\n{remedy}")
