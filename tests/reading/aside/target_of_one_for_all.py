# fault: y target-of-one 21
# network: 2 5:sigmoid 3:sigmoid
import numpy as np

rng = np.random.default_rng(4)
points = rng.normal(size=(60, 2))
kinds = rng.integers(0, 3, 60)
V, W = rng.normal(size=(2, 5)), rng.normal(size=(5, 3))


def squash(z):
    return 1 / (1 + np.exp(-z))


for epoch in range(10):
    for k in range(len(points)):
        target = np.zeros((1, 3))
        target[0, kinds[k]] = 1
        h = squash(points @ V)
        out = squash(h @ W)
        error = target - out
        d = error * out * (1 - out)
        e = d @ W.T * h * (1 - h)
        W += 0.01 * h.T @ d
        V += 0.01 * points.T @ e
