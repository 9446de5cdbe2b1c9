"""What functions load that are in files which are not here, by their names and by the names that take what they give.

images, labels = utils.load_dataset()        X_train, X_test, y_train, y_test = prepare_data()
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from ..standins import MissingValue
from .parts import HELD, IMAGES, LABELS
from .samples import Samples

_LOADING = re.compile(r"(load|get|read|fetch|import|prepare|make)\w*(data|mnist|digit|images|set)|mnist", re.IGNORECASE)
_LIBRARIES = frozenset(["torch", "torchvision", "tensorflow", "jax", "cupy", "theano", "sklearn", "datasets", "tf"])


def loading(samples: Samples) -> None:
    """Let what is unpacked of such a call be images in rows, and their labels as the text goes on with them."""

    def given(name: str, names: list[str]) -> list[Any] | None:
        called = name.split("(")[0]
        if not name.endswith((")", "]")) or name.split(".")[0] in _LIBRARIES or not samples.says_digits:
            return None
        are_labels = [LABELS.search(one) is not None for one in names]
        are_images = [IMAGES.search(one) is not None for one in names]
        if not _LOADING.search(called.split(".")[-1]) or not any(are_labels) or not any(are_images):
            return None
        if not all(one or other for one, other in zip(are_labels, are_images)):
            return None
        samples.note(called + "()")
        return [_part(samples, one, is_of_labels) for one, is_of_labels in zip(names, are_labels)]

    MissingValue.loads = staticmethod(given)


def _part(samples: Samples, name: str, is_of_labels: bool) -> Any:
    images, labels = samples.test if HELD.search(name) else samples.train
    if is_of_labels:
        return labels.astype(int) if samples.codes_labels else np.eye(10)[labels]
    rows = images.reshape(len(images), -1)
    return rows.astype(int) if samples.scales_images else rows / 255
