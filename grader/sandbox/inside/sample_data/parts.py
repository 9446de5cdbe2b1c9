"""Arrays that are asked for by a name, of a file that is not here: `data["X_train"]`, `np.load("labels.npy")`."""

from __future__ import annotations

import re
import sys
from typing import Any, Iterator

import numpy as np

from ..standins import unpacked_names
from .samples import Samples, pictures

LABELS = re.compile(
    r"^y|^t($|[_\W\d]|(?-i:[A-Z]))|label|target|class|_y($|\W)|^t(train|test|val)|(^|_)outputs?$", re.IGNORECASE
)
IMAGES = re.compile(r"^x($|[_\dA-Z])|image|img|data|feature|input|pixel|_x$|^x(train|test|val)", re.IGNORECASE)
HELD = re.compile(r"test|val|dev|eval|(^|_)te($|_)", re.IGNORECASE)
#: what arrays are that were saved without names, one after the other
_BY_NUMBER = {"arr_0": "x_train", "arr_1": "y_train", "arr_2": "x_test", "arr_3": "y_test"}
_OF_PICTURES = re.compile(r"cifar|data_batch|test_batch", re.IGNORECASE)


def part(samples: Samples, name: str, file: str) -> Any:
    """The inputs or labels of such a name: pictures of CIFAR's batches, images of digits, or measurements."""
    is_held = HELD.search(name) is not None or HELD.search(file) is not None
    if _OF_PICTURES.search(file):
        samples.note(file, "pictures drawn at random in ten kinds")
        number = int((re.findall(r"\d+$", file) or ["0"])[0])
        x, labels = pictures(len(samples.test[0]), number)
        images = x.transpose(0, 3, 1, 2).reshape(len(x), -1)
    elif samples.says_digits and not samples.has_measurements:
        samples.note(file)
        images, labels = samples.test if is_held else samples.train
        images, labels = images.copy(), labels.copy()
    else:
        samples.note(file, samples.unknown)
        images, labels = samples.unknown_parts()
    if not LABELS.search(name):
        return images
    return labels.ravel().tolist() if _OF_PICTURES.search(file) else labels


def flat_part(samples: Samples, name: str) -> Any:
    """Images in rows, or their labels as the text goes on with them, where a name tells which; None if it does not."""
    images, labels = samples.test if HELD.search(name) else samples.train
    if LABELS.search(name):
        return labels.astype(int) if samples.codes_labels else np.eye(10)[labels]
    rows = images.reshape(len(images), -1)
    return None if not IMAGES.search(name) else rows.astype(int) if samples.scales_images else rows / 255


class Parts(dict):  # type: ignore[type-arg]
    """What is read from a file: a dict that makes what it is asked for, or the three sets of `mnist.pkl.gz`."""

    files = property(lambda self: list(self))
    f = property(lambda self: self)

    def __init__(self, samples: Samples, file: str, known: Any = (), sets: Any = ()) -> None:
        super().__init__(known)
        self.samples, self.file, self.sets = samples, file, sets

    def __missing__(self, key: Any) -> Any:
        if isinstance(key, (int, slice)):
            return self.sets[key]
        name = key.decode("latin-1") if isinstance(key, bytes) else str(key)
        name = _BY_NUMBER.get(name, name)
        if not isinstance(key, (str, bytes)) or not (LABELS.search(name) or IMAGES.search(name)):
            self.samples.note(self.file, "arrays of other names")
            raise KeyError(key)
        self[key] = part(self.samples, name, self.file)
        return self[key]

    def __iter__(self) -> Iterator[Any]:
        names, count = unpacked_names(sys._getframe(1))
        labels = [LABELS.search(name) is not None for name in names]
        if (
            count == len(names) == 2 != len(self.sets)
            and any(labels)
            and not all(labels)
            and not any(map(HELD.search, names))
        ):
            return iter([part(self.samples, name, self.file) for name in names])  # `X, y = pickle.load(file)`
        if self.sets and count > len(self.sets):  # what nothing is known of by its name is of no use, perhaps
            return iter([flat_part(self.samples, name) for name in names] + [None] * (count - len(names)))
        return iter(self.sets) if self.sets else super().__iter__()

    def __len__(self) -> int:
        return len(self.sets) or super().__len__()

    def get(self, key: Any, default: Any = None) -> Any:
        return self[key]

    def close(self) -> None:
        pass

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *details: Any) -> None:
        pass
