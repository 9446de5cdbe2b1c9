"""What networks take from `scipy.special`, where scipy is not there."""

from __future__ import annotations

import math
from typing import Any

import numpy as np


def expit(x: Any, *args: Any, **rest: Any) -> Any:
    e = np.exp(-np.abs(np.asarray(x, float)))
    return np.where(np.asarray(x) < 0, e / (1.0 + e), 1.0 / (1.0 + e))[()]


def erf(x: Any, *args: Any, **rest: Any) -> Any:
    return np.vectorize(math.erf, otypes=[float])(x)[()]


def logsumexp(a: Any, axis: Any = None, b: Any = None, keepdims: bool = False, **rest: Any) -> Any:
    top = np.max(a, axis=axis, keepdims=True)
    weighted = np.exp(a - top) if b is None else b * np.exp(a - top)
    found = np.log(np.sum(weighted, axis=axis, keepdims=True)) + top
    return found if keepdims else np.squeeze(found, axis=axis) if axis is not None else found.reshape(())[()]


def softmax(x: Any, axis: Any = None) -> Any:
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


def log_softmax(x: Any, axis: Any = None) -> Any:
    return x - logsumexp(x, axis=axis, keepdims=True)


def xlogy(x: Any, y: Any, *args: Any, **rest: Any) -> Any:
    return np.where(np.asarray(x) == 0, 0.0, x * np.log(np.where(np.asarray(x) == 0, 1.0, y)))[()]


FUNCTIONS = {function.__name__: function for function in (expit, erf, logsumexp, softmax, log_softmax, xlogy)}
ONCE_IN_MISC = {"logsumexp": logsumexp}  # up to scipy 1.2
