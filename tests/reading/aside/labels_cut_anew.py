# fault: y reshaped-not-turned 9
# network: 5 6:tanh 3:softmax
import numpy as np

rng = np.random.default_rng(8)
kinds = rng.integers(0, 3, 60)
data = rng.normal(size=(60, 5)) + kinds[:, None]
one_hot = np.eye(3)[kinds]
targets = one_hot.reshape(3, 60)
W, b = rng.normal(size=(6, 5)), np.zeros((6, 1))
V, c = rng.normal(size=(3, 6)), np.zeros((3, 1))
for epoch in range(200):
    a = np.tanh(W @ data.T + b)
    s = V @ a + c
    o = np.exp(s - s.max(axis=0))
    o /= o.sum(axis=0)
    d = (o - targets) / 60
    e = V.T @ d * (1 - a * a)
    V, c = V - 0.3 * d @ a.T, c - 0.3 * d.sum(1, keepdims=True)
    W, b = W - 0.3 * e @ data, b - 0.3 * e.sum(1, keepdims=True)
