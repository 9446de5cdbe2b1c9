# fault: δ2 one-put-for-taken 18
# network: 4 6:ReLU 3:softmax
import numpy as np

rng = np.random.default_rng(9)
X = rng.normal(size=(60, 4))
kinds = (X[:, 0] > 0).astype(int) + (X[:, 1] > 0)
V, v = rng.normal(size=(4, 6)) * 0.5, np.zeros(6)
W, w = rng.normal(size=(6, 3)) * 0.5, np.zeros(3)
for epoch in range(40):
    z = X @ V + v
    h = np.maximum(z, 0)
    scores = h @ W + w
    p = np.exp(scores - scores.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    cost = -np.log(p[np.arange(60), kinds]).mean()
    d = p.copy()
    d[np.arange(60), kinds] = -1
    d /= 60
    e = d @ W.T * (z > 0)
    W -= 0.5 * h.T @ d
    w -= 0.5 * d.sum(0)
    V -= 0.5 * X.T @ e
    v -= 0.5 * e.sum(0)
