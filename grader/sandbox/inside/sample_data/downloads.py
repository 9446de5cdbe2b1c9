"""Data that is fetched: by an address, or by packages that fetch it."""

from __future__ import annotations

import gzip
import io
import types
from typing import Any, Iterator

import numpy as np

from .files import Files
from .samples import Samples


class Answer(io.BytesIO):
    """What comes from an address: of `urlopen` it is read, of `requests` it is asked for."""

    status = status_code = code = 200
    ok = True

    content = property(lambda self: self.getvalue())
    text = property(lambda self: self.getvalue().decode("latin-1"))
    raw = property(lambda self: self)

    def raise_for_status(self) -> None:
        pass

    def iter_content(self, chunk_size: Any = None, **rest: Any) -> Iterator[bytes]:
        yield self.getvalue()


def fetch(files: Files) -> Any:
    """`urlopen`, and `requests.get`."""

    def get(url: Any, *args: Any, **rest: Any) -> Answer:
        name = str(getattr(url, "full_url", url))
        plain = name[:-3] if name.endswith(".gz") and not name.endswith(".pkl.gz") else name
        content = files.content(plain)
        return Answer(gzip.compress(content) if name.endswith(".gz") else content)

    return get


class Batches:
    """A part of what TensorFlow's tutorial reads: its images and labels, and batches of them in turn."""

    def __init__(self, images: Any, labels: Any, one_hot: bool) -> None:
        self.images = images.reshape(len(images), -1).astype(np.float32) / 255
        self.labels = np.eye(10)[labels] if one_hot else labels
        self.num_examples = len(images)
        self._at = 0

    def next_batch(self, count: int, *args: Any, **rest: Any) -> tuple[Any, Any]:
        part = np.arange(self._at, self._at + count) % self.num_examples
        self._at = (self._at + count) % self.num_examples
        return self.images[part], self.labels[part]


class TorchBatches:
    """`DataLoader`: batches of what has `__getitem__`, in its order."""

    def __init__(self, dataset: Any, batch_size: int = 1, *args: Any, **rest: Any) -> None:
        self.dataset, self.batch_size = dataset, batch_size

    def __len__(self) -> int:
        return -(-len(self.dataset) // self.batch_size)

    def __iter__(self) -> Iterator[Any]:
        kind = getattr(self.dataset, "kind", np.ndarray)
        for start in range(0, len(self.dataset), self.batch_size):
            pairs = [self.dataset[i] for i in range(start, min(start + self.batch_size, len(self.dataset)))]
            yield [np.array([np.asarray(one) for one in part]).view(kind) for part in zip(*pairs)]


def downloads(samples: Samples, files: Files) -> dict[str, dict[str, Any]]:
    """The modules that fetch data, by their names."""

    def noted(asked: str, given: Any) -> Any:
        samples.note(asked)
        return given

    def read_data_sets(*args: Any, one_hot: bool = False, **rest: Any) -> Any:
        train, test = Batches(*samples.train, one_hot), Batches(*samples.test, one_hot)
        return noted("input_data.read_data_sets()", types.SimpleNamespace(train=train, test=test, validation=test))

    base = "tensorflow.examples"
    return {
        "requests": {"get": fetch(files)},
        "kagglehub": {"dataset_download": lambda *a, **k: "data"},
        "gdown": {"download": lambda url="", output="data.csv", *a, **k: output},
        "emnist": {
            "extract_training_samples": lambda *a: noted("emnist", tuple(one.copy() for one in samples.train)),
            "extract_test_samples": lambda *a: noted("emnist", tuple(one.copy() for one in samples.test)),
        },
        base: {},
        base + ".tutorials": {},
        base + ".tutorials.mnist": {},
        base + ".tutorials.mnist.input_data": {"read_data_sets": read_data_sets},
        "torch": {},
        "torch.utils": {},
        "torch.utils.data": {"DataLoader": TorchBatches},
    }
