"""Data to train on: MNIST from this machine (or digits drawn in its place), other sets by name, files of a course."""

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
