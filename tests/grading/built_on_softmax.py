"""A small assignment whose functions are built on one: that one wrong, the others can still be right."""

from pathlib import Path

CONTRACT = '''
def softmax(z):
    """Row by row, (n, k)."""

def scores(W, X):
    """The softmax of X·W, (n, k)."""

def labels(W, X):
    """The most probable class of each sample, (n,)."""

def loss(W, X, y):
    """Mean of −log of the true class's probability."""

def slope(W, X, y):
    """The gradient of the loss in W."""

def handed_on(z):
    """The same as softmax."""
'''
SOLUTION = """
import numpy as np

def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def scores(W, X):
    return softmax(X @ W)

def labels(W, X):
    return scores(W, X).argmax(axis=1)

def loss(W, X, y):
    return float(-np.log(scores(W, X)[np.arange(len(y)), y]).mean())

def slope(W, X, y):
    p = scores(W, X)
    p[np.arange(len(y)), y] -= 1
    return X.T @ p / len(y)

def handed_on(z):
    return softmax(z)
"""
CHECKS = """
from grader.checks import check, expect

def drawn(rng):
    return rng.normal(size=(3, 4)), rng.normal(size=(5, 3)), rng.integers(0, 4, size=5)

@check("softmax", points=10, title="Rows")
def rows(student, solution, rng):
    z = rng.normal(size=(5, 4))
    expect(student.softmax(z), "softmax(z)").close_to(solution.softmax(z))

@check("handed_on", points=1, title="Rows, handed on")
def handed(student, solution, rng):
    z = rng.normal(size=(5, 4))
    expect(student.handed_on(z), "handed_on(z)").close_to(solution.handed_on(z))

@check("scores", points=10, title="Scores")
def scores(student, solution, rng):
    W, X, y = drawn(rng)
    expect(student.scores(W, X), "scores").close_to(solution.scores(W, X))

@check("labels", points=10, title="Labels")
def labels(student, solution, rng):
    for _ in range(3):
        W, X, y = drawn(rng)
        expect(student.labels(W, X), "labels").close_to(solution.labels(W, X))

@check("loss", points=10, title="Loss")
def loss(student, solution, rng):
    W, X, y = drawn(rng)
    expect(student.loss(W, X, y), "loss").close_to(solution.loss(W, X, y))

@check("slope", points=10, title="Slope")
def slope(student, solution, rng):
    W, X, y = drawn(rng)
    expect(student.slope(W, X, y), "slope").close_to(solution.slope(W, X, y))
"""
TERMS = """
title = "Small"
summary = "A classifier."
version = "1.0"
points = 51
"""
WRONG_SOFTMAX = "def softmax(z):\n    return np.exp(z) / np.exp(z).sum(axis=0)\n"


def write_assignment(folder: Path) -> Path:
    folder.mkdir()
    files = {"contract.py": CONTRACT, "solution.py": SOLUTION, "checks.py": CHECKS, "assignment.toml": TERMS}
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder
