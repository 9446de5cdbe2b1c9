"""What is in modules that are not here: data, by the names that load and take them, and functions of one meaning.

images, labels = utils.load_dataset()        X_train, X_test, y_train, y_test = prepare_data()
from data import X, labels                   inputs, outputs, train_x, train_y = data.prepared()
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from ..special_functions import expit, softmax
from ..standins import MissingValue
from .frames import Frame
from .parts import HELD, IMAGES, LABELS, flat_part
from .samples import UNKNOWN, Samples, in_small_letters
from .series import Series

ROWS = 100  # of what comes from a module: many a file goes through it sample by sample
_LOADING = re.compile(r"(load|get|read|fetch|import|prepare|make)\w*(data|mnist|digit|images|set)|mnist", re.IGNORECASE)
_OF_DATA = re.compile(r"data|mnist|(^|[._])(load|util|help|prepro)", re.IGNORECASE)
_WIDTH = re.compile(r"^(n|num|d)?_?(x|in|inputs?|features?)_?(size|dim|nodes?|units|count|shape|n)?$", re.IGNORECASE)
_KINDS = re.compile(r"^(n|num|d)?_?(y|out|outputs?|class(es)?)_?(size|dim|nodes?|units|count|n)?$", re.IGNORECASE)
_WHOLE = re.compile(r"^(train|test|valid)\w*(data|set)$|^(data|set)\w*(train|test|valid)\w*$", re.IGNORECASE)
_LIBRARIES = frozenset(["torch", "torchvision", "tensorflow", "jax", "cupy", "theano", "sklearn", "datasets", "tf"])


def _are_parts(names: list[str]) -> bool:
    """Whether names tell what is inputs, and what labels, and there are both."""
    are_labels = [LABELS.search(one) is not None for one in names]
    are_inputs = [IMAGES.search(one) is not None for one in names]
    return any(are_labels) and any(are_inputs) and all(map(lambda *one: any(one), are_labels, are_inputs))


def _by_names(samples: Samples, names: list[str], called: str) -> list[Any] | None:
    """Parts of data, and their sizes, by the names that take them; None where none takes inputs, or none labels.

    What a name tells nothing of is None.
    """
    are_parts = [one if LABELS.search(one) or IMAGES.search(one) else "" for one in names]
    sizes = [_KINDS.search(one) or _WIDTH.search(one) if "size" in one or "dim" in one else None for one in names]
    parts = [one for one, size in zip(are_parts, sizes) if one and not size]
    if not _are_parts(parts) or not _OF_DATA.search(called):
        return None
    width, kinds = (784, 10) if samples.says_digits else (samples.measurements, 1)
    return [
        (kinds if _KINDS.search(one) else width) if size else _array(samples, one, called) if part else None
        for one, part, size in zip(names, are_parts, sizes)
    ]


def _array(samples: Samples, name: str, asked: str) -> Any:
    """Inputs in rows, or labels, of such a name: of images, or of a table of which nothing is known."""
    if samples.says_digits:
        samples.note(asked)
        return flat_part(samples, name)
    inputs, kinds = (part[:ROWS] for part in samples.unknown_parts())
    given = "%s: %d rows of %d measurements, in 2 kinds"
    samples.note(asked, given % (UNKNOWN, len(kinds), inputs.shape[1]))
    is_of_labels = LABELS.search(name) is not None
    part = kinds if is_of_labels and samples.has_tables else kinds.reshape(-1, 1) if is_of_labels else inputs
    part = part[: len(part) // 4].copy() if HELD.search(name) else part.copy()
    return part if not samples.has_tables else Series(part) if is_of_labels else Frame(part)


def loading(samples: Samples) -> None:
    """Let what is unpacked of such a call be images in rows, and their labels as the text goes on with them."""

    def given(name: str, names: list[str]) -> list[Any] | None:
        called = name.split("(")[0]
        if not name.endswith((")", "]")) or name.split(".")[0] in _LIBRARIES or "(…)" in name:
            return None
        if samples.takes_columns and len(names) > 1 and all(_WHOLE.search(one) for one in names):
            samples.note(called + "()", samples.unknown)
            table = samples.unknown_table()  # inputs and kinds together, in as many parts
            return [table[k :: len(names)] for k in range(len(names))]
        if samples.says_digits and _LOADING.search(called.split(".")[-1]) and _are_parts(names):
            samples.note(called + "()")
            return [flat_part(samples, one) for one in names]
        return _by_names(samples, names, called + "()")

    def function(name: str) -> Any:
        root, _, called = name.split(".")[0], *name.rpartition(".")[1:]
        if name in samples.of_modules and root not in _LIBRARIES:
            return _array(samples, in_small_letters(called), name)
        if root in _LIBRARIES or called not in FORMULAS:
            return None
        samples.note(name + "()", "the function of this name, by its formula")
        return FORMULAS[called]

    MissingValue.loads = staticmethod(given)
    MissingValue.starred = staticmethod(lambda module: list(samples.starred))
    MissingValue.gives = staticmethod(function) if samples.gives_functions else None


FORMULAS = {"sigmoid": expit, "relu": lambda x: np.maximum(0, x), "tanh": lambda x: np.tanh(x)}
#: `common/functions.py` of "Deep Learning from Scratch"
OF_THE_BOOK = {
    "__given__": "the functions of the book that it belongs to, by their formulas",
    **FORMULAS,
    "identity_function": lambda x: x,
    "softmax": lambda x: softmax(x, axis=-1),
    "sigmoid_grad": lambda x: (1.0 - expit(x)) * expit(x),
}


def of_courses(samples: Samples) -> dict[str, dict[str, Any]]:
    """Modules that courses and a book give out beside their exercises, as far as a network is made with them."""

    def flower(*args: Any, **rest: Any) -> Any:
        samples.note("planar_utils.load_planar_dataset()", "400 points drawn like its flower, in columns")
        rng, kinds = np.random.RandomState(1), np.repeat([0, 1], 200)
        angle = np.tile(np.linspace(0, 3.12, 200), 2) + 3.12 * kinds + 0.2 * rng.randn(400)
        radius = 4 * np.sin(4 * angle) + 0.2 * rng.randn(400)
        return radius * np.stack([np.sin(angle), np.cos(angle)]), kinds.reshape(1, 400)

    return {
        "common.functions": OF_THE_BOOK,
        "planar_utils": {"load_planar_dataset": flower, "sigmoid": expit},
        "data_prep": _admissions(),
    }


def _admissions() -> dict[str, Any]:
    """Who is admitted to a school, by two marks and one of four ranks: the table of an exercise, in two parts."""
    rng, kinds = np.random.RandomState(0), np.arange(400) % 4
    marks = rng.randn(400, 2)
    admitted = (marks.sum(1) - 0.6 * kinds + 0.8 * rng.randn(400) > -0.2).astype(int)
    table, names = np.hstack([marks, np.eye(4)[kinds]]), ["gre", "gpa", "rank_1", "rank_2", "rank_3", "rank_4"]
    parts = {"features": Frame(table[:360], names), "targets": Series(admitted[:360])}
    parts.update({"features_test": Frame(table[360:], names), "targets_test": Series(admitted[360:])})
    return {"__given__": "400 rows drawn like its table: two marks, and which of four ranks", **parts}
