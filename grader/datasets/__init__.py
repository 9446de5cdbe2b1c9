"""Data to train on: MNIST from this machine (or digits drawn in its place), other sets by name, files of a course.

What is named here is loaded when it is first used: who grades with one set needs nothing of the others.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.datasets.dataset import Dataset as Dataset
    from grader.datasets.dataset import DatasetError as DatasetError
    from grader.datasets.digits import draw_digits as draw_digits
    from grader.datasets.fetch import FetchProgress as FetchProgress
    from grader.datasets.fetch import fetch_set as fetch_set
    from grader.datasets.files import describe_mnist as describe_mnist
    from grader.datasets.files import find_mnist as find_mnist
    from grader.datasets.mnist import load_mnist as load_mnist
    from grader.datasets.named import describe_named as describe_named
    from grader.datasets.named import load_named as load_named
    from grader.datasets.tables import load_tables as load_tables

_HOMES = {
    "Dataset": "dataset",
    "DatasetError": "dataset",
    "FetchProgress": "fetch",
    "describe_mnist": "files",
    "describe_named": "named",
    "draw_digits": "digits",
    "fetch_set": "fetch",
    "find_mnist": "files",
    "load_mnist": "mnist",
    "load_named": "named",
    "load_tables": "tables",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
