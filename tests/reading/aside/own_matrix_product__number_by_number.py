# fault: δ1 slope-at-activation 24
# network: 2 3:tanh 1:identity
import numpy as np

rng = np.random.default_rng(3)
X = rng.normal(size=(5, 2))
t = X[:, :1] * X[:, 1:]
V, W = rng.normal(size=(2, 3)), rng.normal(size=(3, 1))


def times(a, b):
    c = np.zeros((len(a), len(b[0])))
    for i in range(len(a)):
        for j in range(len(b[0])):
            for k in range(len(b)):
                c[i][j] += a[i][k] * b[k][j]
    return c


for epoch in range(30):
    h = np.tanh(times(X, V))
    loss = np.mean((times(h, W) - t) ** 2)
    d = 2 * (times(h, W) - t) / 5
    e = times(d, W.T) * (1 - np.tanh(h) ** 2)
    W -= 0.1 * times(h.T, d)
    V -= 0.1 * times(X.T, e)
