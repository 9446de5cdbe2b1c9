"""Data to train on: MNIST from this machine (or digits drawn in its place), other sets by name, files of a course.

What is named here is loaded when it is first used: who grades with one set needs nothing of the others.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.datasets.dataset import Dataset
    from grader.datasets.digits import draw_digits
    from grader.datasets.errors import DatasetError, FetchAttempt, FetchError
    from grader.datasets.fetch import FetchProgress, fetch_set
    from grader.datasets.files import (
        FileStatus,
        MnistFiles,
        MnistStatus,
        PublishedFile,
        cache_directory,
        describe_mnist,
        find_mnist,
    )
    from grader.datasets.mnist import load_mnist
    from grader.datasets.named import describe_named, load_named
    from grader.datasets.published import SETS, PublishedSet
    from grader.datasets.tables import load_tables

_HOMES = {
    "SETS": "published",
    "Dataset": "dataset",
    "DatasetError": "errors",
    "FetchAttempt": "errors",
    "FetchError": "errors",
    "FetchProgress": "fetch",
    "FileStatus": "files",
    "MnistFiles": "files",
    "MnistStatus": "files",
    "PublishedFile": "files",
    "PublishedSet": "published",
    "cache_directory": "files",
    "describe_mnist": "files",
    "describe_named": "named",
    "draw_digits": "digits",
    "fetch_set": "fetch",
    "find_mnist": "files",
    "load_mnist": "mnist",
    "load_named": "named",
    "load_tables": "tables",
}

__all__ = [
    "SETS",
    "Dataset",
    "DatasetError",
    "FetchAttempt",
    "FetchError",
    "FetchProgress",
    "FileStatus",
    "MnistFiles",
    "MnistStatus",
    "PublishedFile",
    "PublishedSet",
    "cache_directory",
    "describe_mnist",
    "describe_named",
    "draw_digits",
    "fetch_set",
    "find_mnist",
    "load_mnist",
    "load_named",
    "load_tables",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
