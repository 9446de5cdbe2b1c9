"""What every cell does, done before the first one is made, so that cells inherit what is slow only the first time.

The interpreter rewrites bytecode that has run a few times into faster forms, and numpy remembers which loop adds two
arrays of floats. A process that is forked has all that, one that is new must earn it for every submission again.
"""

from __future__ import annotations

import builtins
import linecache
import os
import sys
from typing import Any

import numpy as np

from . import decoding, encoding, worker
from .wire import REQUEST_BOUNDS, Bounds, Column

TIMES = 12  # the interpreter begins to rewrite bytecode after eight times
_FILENAME = "<rehearsal>"
_TEXT = """
import numpy as np

def forward(params, X):
    z = X @ params["W"] + params["b"]
    h = np.maximum(z, 0) * (z > 0) + np.tanh(z) / (1.0 + np.exp(-z))
    e = np.exp(h - h.max(axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True), (X, h)

def cost(params, probs, Y):
    n = len(Y)
    picked = probs[np.arange(n), np.argmax(Y, axis=1)]
    loss = -np.sum(Y * np.log(np.clip(probs, 1e-12, None))) / n - np.mean(np.log(picked))
    return loss + 0.5 * sum(np.sum(value ** 2) for key, value in params.items() if key.startswith("W"))

def backward(params, cache, probs, Y):
    X, h = cache
    dz = (probs - Y) / len(Y)
    dz[h <= 0] = 0
    return {"W": X.T.dot(dz) + np.zeros_like(params["W"]), "b": dz.sum(axis=0)}

def train(X, Y, seed):
    rng = np.random.default_rng(seed)
    np.random.seed(seed)
    params = {"W": rng.normal(0, 0.1, (X.shape[1], Y.shape[1])), "b": np.zeros(Y.shape[1])}
    order = np.random.permutation(len(X))
    for i in range(0, len(X), 2):
        rows = order[i : i + 2]
        probs, cache = forward(params, X[rows])
        grads = backward(params, cache, probs, Y[rows])
        for key in params:
            params[key] -= 0.1 * grads[key]
    return params, [float(cost(params, forward(params, X)[0], Y))]
"""


def rehearse() -> None:
    """Answer the requests of a small submission, and leave nothing of it behind."""
    modules, finders, names = set(sys.modules), list(sys.meta_path), set(vars(builtins))
    reading, writing = os.pipe()
    try:
        cell = worker._Worker(reading, writing, {"result_bytes": 1 << 20, "first_handle": 1 << 32}, {})
        for _ in range(TIMES):
            _rehearse_once(cell, reading, writing)
    finally:
        os.close(reading)
        os.close(writing)
        sys.meta_path[:] = finders
        linecache.cache.pop(_FILENAME, None)
        for name in set(sys.modules) - modules:
            del sys.modules[name]
        for name in set(vars(builtins)) - names:
            delattr(builtins, name)


def _rehearse_once(cell: worker._Worker, reading: int, writing: int) -> None:
    X, Y = np.linspace(-1.0, 1.0, 24).reshape(6, 4), np.eye(3)[[0, 1, 2, 0, 1, 2]]
    points = [{"W": np.full((4, 3), 0.1 * i), "b": np.zeros(3)} for i in range(4)]
    probs = np.full((6, 3), 1 / 3)

    def request(operation: str, **arguments: Any) -> None:
        frame = b"".join(encoding.encode([1, operation, arguments], encoding.encode_only, REQUEST_BOUNDS))
        decode = decoding.decode(cell.incoming, REQUEST_BOUNDS)
        os.write(writing, frame)
        cell.answer(*decoding.read_with(decode, lambda view: os.readv(reading, [view])))
        answer = decoding.decode(lambda node: None, Bounds(array_bytes=1 << 20))
        decoding.read_with(answer, lambda view: os.readv(reading, [view]))

    def call(name: str, *args: Any, keep: tuple[int, ...] = ()) -> None:
        request("call", target=name, args=list(args), kwargs={}, seconds=1.0, keep=list(keep), watch=True)

    def call_many(name: str, *argument_lists: Any) -> None:
        request("call_many", target=name, argument_lists=Column(argument_lists), seconds=1.0, keep=[], item=None)

    request("run", source=_TEXT, filename=_FILENAME, seconds=1.0)
    request("names", seconds=1.0)
    call("forward", points[1], X, keep=(1,))
    call("backward", points[1], (X, probs), probs, Y)
    call("train", X, Y, 0)
    call_many("forward", *[(point, X) for point in points])
    call_many("cost", *[(point, probs, Y) for point in points])
