"""Data for a cell whose submission loads some that are not there: digits in the form of MNIST's files."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from grader.datasets import load_mnist
from grader.reading.runs.asked_columns import asked_columns, has_kinds_first, kinds_in, says_images
from grader.reading.runs.asked_modules import asked_of_modules, starred
from grader.sandbox.inside import sample_data

SAMPLE_ROWS = (1_500, 400)  # training and test images where a file loads some

_CODES = re.compile(r"\beye\(|one_?hot|to_categorical|get_dummies|LabelBinarizer|vectori[sz]ed", re.IGNORECASE)
_SCALES = re.compile(r"/=?\s*(np\.float\w*\()?25[56]\b")
_FLOWERS = re.compile(r"[\"']([\w-]*(?:setosa|versicolor|virginica))[\"']", re.IGNORECASE)
_SIGNS = re.compile(r"\bsign\(|\b(else|return)\s*\(?-\s?1\b")
#: what makes signs of 0 and 1 by itself, or of names
_MADE_SIGNS = re.compile(r"where\(|==\s*0\b|\b0\s*:\s*-\s?1|2\s*\*|\[\w+\s*[!=<]=?\s*\w+\]\s*=\s*-|map\(|replace\(")
_OF_TABLES = re.compile(r"\w\.(to_numpy\(|iloc\b|values\b(?!\())")
Adaptation = tuple[Mapping[str, str], Mapping[str, Any]]  # what `Cell.adapt` is given


def samples(
    rows: tuple[int, int] = SAMPLE_ROWS,
    *,
    is_noisy: bool = False,
    is_graded: bool = False,
    files: Mapping[str, Any] | None = None,
    is_other: bool = False,
    sources: Sequence[str] = (),
    **told: Any,
) -> Adaptation:
    """What serves data in a cell.

    Args:
        rows: training and test images.
        is_noisy: no two pieces of an image are alike: under a maximum, equal values have no derivative.
        is_graded: images of the training set alone are given: labels of the test set are not for who is graded.
        files: what files that are not in the submission hold, by name.
        is_other: tables are in the other of their two forms, with a header or not, labels as numbers or one-hot.
        sources: the texts, which tell the columns and kinds that they ask for, and what they do to labels and pixels.
        told: what `Samples` has beside that of tables.
    """
    options = {**_options(*rows, is_noisy, is_graded), "files": dict(files or {}), "is_other": is_other, **told}
    options |= _told_by(tuple(sources))
    options["columns"] = [*options["columns"], *told.get("columns", ())]
    options["codes_labels"] = options["codes_labels"] != is_other
    options["gives_functions"] = not is_graded
    return sources_of(sample_data), options


@lru_cache(maxsize=8)
def _told_by(sources: tuple[str, ...]) -> Mapping[str, Any]:
    """What texts tell of the data that they ask for; a file is run many times, and its text is the same in all."""
    kinds = kinds_in(sources)
    flowers = [name for source in sources for name in _FLOWERS.findall(source)]
    return {
        **({"kind_column": kinds[0], "kind_names": kinds[1]} if kinds else {"kind_names": flowers}),
        "has_kinds_first": has_kinds_first(sources),
        "columns": asked_columns(sources),
        "says_digits": not sources or says_images(sources),
        "codes_labels": any(_CODES.search(source) for source in sources),
        "scales_images": any(_SCALES.search(source) for source in sources),
        "has_signs": any(_SIGNS.search(source) and not _MADE_SIGNS.search(source) for source in sources),
        "of_modules": asked_of_modules(sources),
        "starred": starred(sources),
        "has_tables": any(_OF_TABLES.search(source) for source in sources),
        "takes_columns": any("[:," in source for source in sources),
    }


@lru_cache(maxsize=2)
def sources_of(package: ModuleType) -> Mapping[str, str]:
    """The modules of a package that a cell is adapted with, by name."""
    folder = Path(package.__path__[0])
    return {name: (folder / f"{name}.py").read_text("utf-8") for name in package.MODULES}


@lru_cache(maxsize=4)
def _options(rows: int, test_rows: int, is_noisy: bool, is_graded: bool) -> Mapping[str, Any]:
    data = load_mnist(rows + test_rows, 1) if is_graded else load_mnist(rows, test_rows)
    parts = (data.X_train, data.X_test), (data.y_train, data.y_test)
    if is_graded:
        parts = tuple((part[0][:rows], part[0][rows:]) for part in parts)  # type: ignore[assignment]
    images = [np.round(x * 255).astype(np.uint8).reshape(-1, 28, 28) for x in parts[0]]
    if is_noisy:
        noise = np.random.default_rng(0)
        images = [np.clip(x // 2 + noise.integers(1, 120, x.shape), 0, 255).astype(np.uint8) for x in images]
    labels = [y.astype(np.uint8) for y in parts[1]]
    digits = "drawn digits" if data.is_stand_in else "MNIST"
    return {
        "images": images[0], "labels": labels[0], "test_images": images[1], "test_labels": labels[1],
        "given": f"{rows:,} training and {test_rows:,} test images of {digits}",
    }  # fmt: skip


def served_of(pairs: Any) -> tuple[tuple[str, str], ...]:
    """What a cell says that it was asked for and gave, bounded; nothing of what is no such list."""
    if type(pairs) is not list:
        return ()
    texts = [pair for pair in pairs[:50] if type(pair) is list and [type(text) for text in pair] == [str, str]]
    return tuple((asked[:120], given[:120]) for asked, given in texts)
