"""A small contract, a solution to it, and ways to run checks of it in this process."""

from types import ModuleType

import numpy as np
import pytest

from grader.assignments.contract_file import read_contract
from grader.checks.local import Solution, Variant
from grader.checks.run import CheckSetting
from grader.datasets import Dataset

CONTRACT = '''
from grader.assignments import Opaque


def softmax(z):
    """Rows of probabilities."""


def cost(params, X):
    """A number."""


def forward(params, X) -> tuple[float, Opaque]:
    """A number, and a cache."""


def backward(params, cache) -> dict[str, float]:
    """Gradient of `cost`."""


def Layer_count(params):
    """How many layers there are."""


class Network:
    """A network of one layer."""

    def __init__(self, sizes, scale=(1.0, 2.0)):
        """Made of sizes."""

    def forward(self, X):
        """X @ W, and the number of calls."""

    def copy(self) -> Opaque:
        """Another one."""
'''

SOLUTION = """
import numpy as np


class Cache:
    def __init__(self, X):
        self.X = X


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cost(params, X):
    return float(np.mean((X @ params["W"] + params["b"]) ** 2))


def forward(params, X):
    return cost(params, X), Cache(X)


def backward(params, cache):
    error = cache.X @ params["W"] + params["b"]
    return {"W": 2 * cache.X.T @ error / error.size, "b": 2 * error.sum(axis=0) / error.size}


def Layer_count(params):
    return len(params) // 2


class Network:
    def __init__(self, sizes, scale=(1.0, 2.0)):
        self.W = np.ones(sizes)
        self.sizes = list(sizes)
        self.calls = 0
        self.cache = Cache(None)

    def forward(self, X):
        self.calls += 1
        return X @ self.W

    def copy(self):
        return self
"""


@pytest.fixture(scope="session")
def contract(tmp_path_factory):
    path = tmp_path_factory.mktemp("contract") / "contract.py"
    path.write_text(CONTRACT)
    return read_contract(path)


@pytest.fixture
def module_of():
    """A module of the solution's source and what a test adds to it."""

    def make(more: str = "") -> ModuleType:
        module = ModuleType("solution")
        exec(SOLUTION + more, vars(module))
        return module

    return make


@pytest.fixture
def solution(contract, module_of):
    return Solution(contract, module_of())


@pytest.fixture
def student(contract, module_of):
    """The solution in the student's place, with the functions of a given source in the place of its own."""
    return lambda more="": Variant(contract, module_of(more))


@pytest.fixture
def dataset():
    images, labels = np.zeros((4, 3)), np.zeros(4, np.int64)
    return Dataset("none", "no data", "made here", True, images, labels, images, labels)


@pytest.fixture
def setting(solution, dataset):
    return CheckSetting(solution, 7, dataset)
