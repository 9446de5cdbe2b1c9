# fault: z2 bias-before-product 15
# network: ?
import numpy as np

rng = np.random.default_rng(9)
marks = rng.normal(size=(6, 40))
kinds = np.eye(4)[:, rng.integers(0, 4, 40)]
first = rng.normal(0, 0.5, (4, 6))
second = rng.normal(0, 0.5, (4, 4))
shift1 = rng.normal(0, 0.1, (4, 1))
shift2 = rng.normal(0, 0.1, (4, 1))
for _ in range(80):
    z = first @ marks + shift1
    hidden = np.maximum(z, 0)
    scores = second @ (hidden + shift2)
    shares = np.exp(scores) / np.exp(scores).sum(0)
    up = (shares - kinds) / 40
    down = (second.T @ up) * (z > 0)
    second = second - 0.2 * up @ hidden.T
    shift2 = shift2 - 0.2 * up.sum(1, keepdims=True)
    first = first - 0.2 * down @ marks.T
    shift1 = shift1 - 0.2 * down.sum(1, keepdims=True)
