# right
# network: 3 4:tanh 1:sigmoid
import numpy as np

rng = np.random.default_rng(12)
X = rng.normal(size=(6, 3))
t = (X[:, :1] > 0) * 1.0
V, W = rng.normal(size=(3, 4)), rng.normal(size=(4, 1))


def times(a, b):
    c = np.zeros((a.shape[0], b.shape[1]))
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            c[i, j] = np.sum(a[i] * b[:, j])
    return c


for epoch in range(60):
    h = np.tanh(times(X, V))
    o = 1 / (1 + np.exp(-times(h, W)))
    loss = -np.mean(t * np.log(o) + (1 - t) * np.log(1 - o))
    d = (o - t) / 6
    e = times(d, W.T) * (1 - h * h)
    W = W - 0.5 * times(h.T, d)
    V = V - 0.5 * times(X.T, e)
