# fault: δ2 slope-added 18
# network: 2 5:sigmoid 1:sigmoid
import numpy as np

rng = np.random.default_rng(8)
pairs = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
either = np.array([[0.0], [1.0], [1.0], [1.0]])


def bend(t, slope=False):
    return t * (1 - t) if slope else 1 / (1 + np.exp(-t))


first, second = rng.normal(size=(2, 5)), rng.normal(size=(5, 1))
for _ in range(300):
    inner = bend(pairs @ first)
    outer = bend(inner @ second)
    at_outer = (either - outer) + bend(outer, slope=True)
    at_inner = at_outer @ second.T * bend(inner, slope=True)
    second += 0.2 * inner.T @ at_outer
    first += 0.2 * pairs.T @ at_inner
