"""What students hand in to the six assignments: one right notebook and two wrong ones for each.

An answer is given by the name of its cell (nbgrader) or of its question (otter), and takes the place of the stub.
"""
# ruff: noqa: E501 - lines of notebooks, as they are

import json
from collections.abc import Mapping
from typing import Any

from grader.assignments.notebooks import SourceNotebook

Answers = Mapping[str, str]

_RELU = "def relu(z):\n    return z * (z > 0)"
_SOFTMAX = (
    "def softmax(z):\n    shifted = np.exp(z - np.max(z, 1)[:, None])\n    return shifted / np.sum(shifted, 1)[:, None]"
)
_FIT = "A = np.c_[X, np.ones(len(X))]\nw = np.linalg.solve(A.T @ A, A.T @ y)"
_FORWARD = (
    "def forward(params, X):\n    a = np.tanh(np.dot(X, params['W1']))\n"
    "    return np.dot(a, params['W2']), {'X': X, 'a': a}"
)
_BACKWARD = (
    "def backward(params, cache, upstream):\n    a = cache['a']\n    delta = (upstream @ params['W2'].T) * (1 - a * a)\n"
    "    return dict(W1=cache['X'].T @ delta, W2=a.T @ upstream)"
)

# assignment -> (name of the notebook, answers), the right one first
WORK: dict[str, list[tuple[str, Answers]]] = {
    "activations": [
        ("right", {"relu": _RELU, "softmax": _SOFTMAX, "why_subtract": "So that nothing overflows."}),
        (
            "overflows",
            {"relu": _RELU, "softmax": "def softmax(z):\n    e = np.exp(z)\n    return e / e.sum(1, keepdims=True)"},
        ),
        (
            "unwritten_relu_and_not_normalised",
            {"softmax": "def softmax(z):\n    return np.exp(z - z.max(axis=1, keepdims=True))"},
        ),
    ],
    "regression": [
        (
            "right",
            {
                "fit": _FIT,
                "mse": "def mse(predicted, y):\n    return ((y - predicted) ** 2).sum() / len(y)",
                "initial": "def initial(n, scale=0.01):\n    return np.random.randn(n) * scale",
            },
        ),
        (
            "no_intercept",
            {
                "fit": "w = np.linalg.lstsq(X, y, rcond=None)[0]",
                "mse": "def mse(predicted, y):\n    return np.mean(np.abs(predicted - y))",
                "initial": "def initial(n, scale=0.01):\n    return np.random.rand(n) * scale",
            },
        ),
        (
            "stops",
            {
                "fit": "w = np.zeros(3)",
                "mse": "def mse(predicted, y):\n    return np.mean((predicted - z) ** 2)",
                "initial": "def initial(n, scale=0.01):\n    return scale * np.random.randn(n)",
            },
        ),
    ],
    "network": [
        ("right", {"forward": _FORWARD, "backward": _BACKWARD}),
        ("derivative_left_out", {"forward": _FORWARD, "backward": _BACKWARD.replace(" * (1 - a * a)", "")}),
        ("backward_unwritten", {"forward": _FORWARD.replace("np.tanh", "np.sin")}),
    ],
    "arrays": [
        (
            "right",
            {
                "q1": "mean_height = sum(heights) / len(heights)",
                "q2": "def standardized(X):\n    return (X - np.mean(X, 0)) / np.std(X, 0)",
            },
        ),
        (
            "over_everything",
            {"q1": "mean_height = heights.mean()", "q2": "def standardized(X):\n    return (X - X.mean()) / X.std()"},
        ),
        (
            "sum_and_rows",
            {
                "q1": "mean_height = heights.sum()",
                "q2": "def standardized(X):\n    return (X - X.mean(axis=1)) / X.std(axis=1)",
            },
        ),
    ],
    "logistic": [
        (
            "right",
            {
                "q1": "def sigmoid(z):\n    return np.exp(z) / (1 + np.exp(z))",
                "q2": "def cost(p, y):\n    return -np.mean(np.where(y == 1, np.log(p), np.log(1 - p)))",
                "q3": "def step(w, X, y, rate):\n    return w - rate * ((sigmoid(X @ w) - y)[:, None] * X).mean(axis=0)",
            },
        ),
        (
            "summed_and_up",
            {
                "q1": "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))",
                "q2": "def cost(p, y):\n    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))",
                "q3": "def step(w, X, y, rate):\n    return w + rate * X.T @ (sigmoid(X @ w) - y) / len(y)",
            },
        ),
        (
            "tanh",
            {
                "q1": "def sigmoid(z):\n    return (np.tanh(z) + 1) / 2",
                "q2": "def cost(p, y):\n    return -np.mean(y * np.log(p))",
            },
        ),
    ],
    "pooling": [
        (
            "right",
            {
                "q1": "def correlate(image, kernel):\n"
                "    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)\n"
                "    return np.einsum('ijkl,kl->ij', windows, kernel)",
                "q2": "def pool(image):\n    return np.array([[image[i:i+2, j:j+2].max() for j in (0, 2)] for i in (0, 2)])",
                "q3": "total = correlate(image, np.ones((3, 3))).sum()",
            },
        ),
        (
            "flipped_and_mean",
            {
                "q1": "def correlate(image, kernel):\n    k = len(kernel)\n    n = len(image) - k + 1\n"
                "    return np.array([[np.sum(image[i:i+k, j:j+k] * kernel[::-1, ::-1]) for j in range(n)] for i in range(n)])",
                "q2": "def pool(image):\n    return image.reshape(2, 2, 2, 2).mean(axis=(1, 3))",
                "q3": "total = correlate(image, np.ones((3, 3))).sum()",
            },
        ),
        (
            "too_large",
            {
                "q1": "def correlate(image, kernel):\n    return image[:3, :3] * 4",
                "q2": "def pool(image):\n    return image[1::2, 1::2]",
                "q3": "total = np.sum(image)",
            },
        ),
    ],
}


def handed_in(starter: str, answers: Answers, places: Mapping[str, int]) -> str:
    """The starter with answers in their cells; `places` tells the position of each answer's cell."""
    document: dict[str, Any] = json.loads(starter)
    for name, text in answers.items():
        document["cells"][places[name]]["source"] = text
    return json.dumps(document, indent=1)


def places_of(source: SourceNotebook) -> dict[str, int]:
    """Where in the students' notebook each answer goes."""
    shown = [cell for cell in source.cells if cell.student is not None]
    named = {"answer", "written", "left-out"}
    return {cell.name: i for i, cell in enumerate(shown) if cell.kind in named and cell.name}
