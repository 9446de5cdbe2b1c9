"""Targets apart from their inputs are told; targets that were put together in the order of the inputs are no fault."""

import pytest

from grader.reading.explain import explain_submission
from grader.submissions import load_source

DATA = """
import random
import numpy as np
random.seed(5)
rng = np.random.default_rng(5)
X = rng.normal(size=(160, 4))
labels = (X[:, 0] + X[:, 1] > 0).astype(int) + 2 * (X[:, 3] > 0.3)
"""
TRAINING = """
W1, b1 = rng.normal(size=(4, 12)) * 0.5, np.zeros(12)
W2, b2 = rng.normal(size=(12, 4)) * 0.4, np.zeros(4)
for epoch in range(5):
    for s in range(0, len(X), 20):
        x, t = X[s:s + 20], Y[s:s + 20]
        h = np.tanh(x @ W1 + b1)
        o = h @ W2 + b2
        p = np.exp(o - o.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        d = (p - t) / len(x)
        dh = d @ W2.T * (1 - h ** 2)
        W2 -= 0.5 * h.T @ d
        b2 -= 0.5 * d.sum(0)
        W1 -= 0.5 * x.T @ dh
        b1 -= 0.5 * dh.sum(0)
"""
TOGETHER = {
    "a list of vectors": """
perm = rng.permutation(160)
X = X[perm]
Y = np.array([[float(labels[i] == k) for k in range(4)] for i in perm.tolist()])
""",
    "rows that a loop fills before": """
order = list(range(160))
random.shuffle(order)
Y = np.zeros((160, 4))
for row, i in enumerate(order):
    Y[row, labels[i]] = 1
X = X[order]
""",
    "both sorted": """
X = X[np.argsort(labels, kind="stable")]
Y = np.eye(4)[np.sort(labels)]
""",
    "inputs from a list": """
order = random.sample(range(160), 160)
X = np.array([X[i] for i in order])
Y = np.eye(4)[labels][order]
""",
    "labels told from the inputs": """
X = rng.permutation(X)
Y = np.eye(4)[[int(a + b > 0) + 2 * int(d > 0.3) for a, b, c, d in X.tolist()]]
""",
}
APART = {
    "inputs alone in another order": """
order = np.arange(160)
rng.shuffle(order)
Y = np.eye(4)[labels]
X = X[order]
""",
    "vectors filled behind it": """
rng.shuffle(X)
Y = np.zeros((160, 4))
for i in range(160):
    Y[i, labels[i]] = 1
""",
}


@pytest.mark.parametrize("order", TOGETHER.values(), ids=TOGETHER)
def test_targets_put_together_in_the_order_of_the_inputs_are_right(sandbox, order):
    explanation = explain_submission(load_source(DATA + order + TRAINING, "network.py"), sandbox)
    assert explanation.status == "right", explanation.faults


@pytest.mark.parametrize("order", APART.values(), ids=APART)
def test_targets_apart_from_their_inputs_are_told(sandbox, order):
    explanation = explain_submission(load_source(DATA + order + TRAINING, "network.py"), sandbox)
    assert [fault.code for fault in explanation.faults] == ["labels-apart"]
