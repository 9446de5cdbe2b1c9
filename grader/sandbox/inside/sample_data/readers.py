"""Readers of digits and other data that stand in modules of their own, in the forms that each of them gives."""

from __future__ import annotations

from typing import Any

import numpy as np

from .brought import from_idx as in_idx_file
from .files import Files
from .frames import Frame
from .parts import Parts
from .photographs import Picture
from .samples import Samples, iris
from .tables import published

#: which of the tables that are known has which number there
_OF_UCI = {9: "auto-mpg", 17: "breast", 45: "heart", 109: "wine.data", 186: "winequality", 267: "banknote"}


class Bunch(dict):  # type: ignore[type-arg]
    """What sklearn's loaders give: a dict with attributes."""

    def __getattr__(self, name: str) -> Any:
        if name in self:
            return self[name]
        raise AttributeError(name)


def noted(samples: Samples, asked: str, given: Any) -> Any:
    samples.note(asked)
    return given


def nielsen(samples: Samples) -> Any:
    """Pairs of columns, as the loader of "Neural Networks and Deep Learning" gives them."""
    train, _, test = noted(samples, "mnist_loader.load_data_wrapper()", samples.three())
    columns = [[x.reshape(-1, 1).astype(float) for x in part[0]] for part in (train, test)]
    one_hot = [np.eye(10)[label].reshape(10, 1) for label in train[1]]
    tests = list(zip(columns[1], test[1].tolist()))
    return list(zip(columns[0], one_hot)), tests, list(tests)


def other_readers(samples: Samples, files: Files) -> dict[str, dict[str, Any]]:
    """idx2numpy, python-mnist, `mnist`, h5py."""

    def from_idx(file: Any) -> Any:
        brought = files.brought.unpacked(file) if isinstance(file, str) else None
        if brought is not None:
            return in_idx_file(brought)
        name = str(file).lower()
        images, labels = samples.test if "t10k" in name or "test" in name else samples.train
        return noted(
            samples, str(file).rsplit("/", 1)[-1], (labels if "label" in name or "idx1" in name else images).copy()
        )

    class MNIST:
        """python-mnist's reader: lists of 784 pixels, and labels."""

        def __init__(self, *args: Any, **rest: Any) -> None:
            samples.note("python-mnist")

        def load_training(self) -> Any:
            return samples.train[0].reshape(-1, 784).tolist(), samples.train[1].tolist()

        def load_testing(self) -> Any:
            return samples.test[0].reshape(-1, 784).tolist(), samples.test[1].tolist()

    mnist = {
        "MNIST": MNIST,
        "train_images": lambda *a: noted(samples, "mnist", samples.train[0].copy()),
        "train_labels": lambda *a: samples.train[1].copy(),
        "test_images": lambda *a: samples.test[0].copy(),
        "test_labels": lambda *a: samples.test[1].copy(),
    }

    def h5(file: Any, *args: Any, **rest: Any) -> Any:
        samples.note(str(file).rsplit("/", 1)[-1], "pictures drawn at random in two kinds")
        rng = np.random.RandomState(1 if "test" in str(file) else 0)
        n = 50 if "test" in str(file) else 209
        y = rng.randint(0, 2, n)
        x = np.clip(rng.normal(110 + 40 * y[:, None, None, None], 60, (n, 64, 64, 3)), 0, 255).astype(np.uint8)
        held = {"train_set_x": x, "train_set_y": y, "test_set_x": x, "test_set_y": y}
        return Parts(samples, str(file), {**held, "list_classes": np.array([b"non-cat", b"cat"])})

    def uci(name: Any = None, id: Any = None, **rest: Any) -> Any:  # as the caller names it
        asked = "fetch_ucirepo(%s)" % (id if name is None else repr(str(name)[:40]))
        known = published(_OF_UCI.get(id, str(name)))
        if known is not None:
            samples.note(asked, "a table drawn like the one of this name")
            parts = [Frame(part) for part in known]
        elif id == 53 or "iris" in str(name).lower():
            samples.note(asked, "measurements drawn like those of Iris")
            x, y = iris()
            parts = [Frame(x), Frame(y.reshape(-1, 1), ["class"])]
        else:
            samples.note(asked, samples.unknown)
            inputs, kinds = samples.unknown_parts()
            parts = [Frame(inputs, kinds=kinds), Frame(kinds.reshape(-1, 1), ["class"], kinds=kinds)]
        return Bunch(data=Bunch(features=parts[0], targets=parts[1]))

    readers = {"convert_from_file": from_idx, "convert_from_string": from_idx}
    repositories = {"fetch_ucirepo": uci}
    return {"idx2numpy": readers, "mnist": mnist, "h5py": {"File": h5}, "ucimlrepo": repositories}


def of_the_book(samples: Samples) -> dict[str, Any]:
    """`dataset/mnist.py` of "Deep Learning from Scratch": one row or one image of one channel for each sample."""

    def load_mnist(normalize: bool = True, flatten: bool = True, one_hot_label: bool = False) -> Any:
        samples.note("dataset.mnist.load_mnist()")
        parts = []
        for images, labels in (samples.train, samples.test):
            x = images.astype(np.float32) / 255 if normalize else images.copy()
            x = x.reshape(-1, 784) if flatten else x.reshape(-1, 1, 28, 28)
            parts.append((x, np.eye(10)[labels].astype(np.uint8) if one_hot_label else labels.copy()))
        return tuple(parts)

    return {"load_mnist": load_mnist}


def torchvision(samples: Samples) -> dict[str, dict[str, Any]]:
    class Tensor(np.ndarray):
        """An array that can be asked for its numpy array."""

        def numpy(self) -> Any:
            return np.array(self)

        def float(self) -> Any:
            return self.astype(np.float32)

        def view(self, *shape: Any) -> Any:  # type: ignore[override]
            sizes = shape[0] if len(shape) == 1 and isinstance(shape[0], tuple) else shape
            return self.reshape(sizes) if sizes and isinstance(sizes[0], int) else super().view(*shape)

    class Images:
        """torchvision.datasets.MNIST"""

        kind = Tensor

        def __init__(self, root: Any = None, train: bool = True, transform: Any = None, **rest: Any) -> None:
            images, labels = samples.train if train else samples.test
            samples.note("torchvision.datasets.MNIST")
            self.data, self.targets = images.view(Tensor), labels.astype(np.int64).view(Tensor)
            self.train_data = self.test_data = self.data
            self.train_labels = self.test_labels = self.targets
            self.transform = transform

        def __len__(self) -> int:
            return len(self.data)

        def __getitem__(self, i: int) -> Any:
            image, label = np.asarray(self.data[i]), int(self.targets[i])
            if self.transform is None:
                return Picture(image), label
            is_own = type(self.transform).__name__ == "function"  # else it makes a tensor
            given = self.transform(Picture(image)) if is_own else (image.astype(float)[None] / 255).view(Tensor)
            return given, label

    return {
        "torchvision": {},
        "torchvision.datasets": {"MNIST": Images, "FashionMNIST": Images},
        "torchvision.transforms": {},
    }


def matlab(samples: Samples, file: str) -> dict[str, Any]:
    """The exercises' 20 x 20 digits, whose label for 0 is 10."""
    images, labels = samples.train
    samples.note(file.rsplit("/", 1)[-1])
    if "weight" in file.lower():
        rng = np.random.RandomState(0)
        return {"Theta1": rng.uniform(-0.12, 0.12, (25, 401)), "Theta2": rng.uniform(-0.12, 0.12, (10, 26))}
    if "original" in file.lower():
        return {"data": images.reshape(len(images), -1).T.copy(), "label": labels.reshape(1, -1).astype(float)}
    order = np.argsort(np.where(labels == 0, 10, labels), kind="stable")
    small = images[:, 4:24, 4:24].transpose(0, 2, 1).reshape(len(images), -1) / 255
    known = {"X": small[order], "y": np.where(labels == 0, 10, labels)[order].reshape(-1, 1).astype(np.uint8)}
    return Parts(samples, file, known)
