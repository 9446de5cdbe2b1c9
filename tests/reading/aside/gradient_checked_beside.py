# right
# network: 3 8:tanh 1:identity
import numpy as np
rng = np.random.default_rng(1)
X = rng.normal(size=(80, 3)); T = np.sin(X[:, :1]) + X[:, 1:2] * X[:, 2:]
W = [rng.normal(size=(3, 8)) * .5, rng.normal(size=(8, 1)) * .5]
def fwd():
    h = np.tanh(X @ W[0]); return h, h @ W[1]
def cost(): return ((fwd()[1] - T) ** 2).mean() / 2
def grad():
    h, o = fwd()
    d = (o - T) / len(X)
    return [X.T @ (d @ W[1].T * (1 - h ** 2)), h.T @ d]
def check():
    for w, g in zip(W, grad()):
        i, j = rng.integers(w.shape[0]), rng.integers(w.shape[1])
        E = np.zeros_like(w); E[i, j] = 1e-4
        k = 0 if w is W[0] else 1
        W[k] = w + E; a = cost()
        W[k] = w - E; b = cost()
        W[k] = w
        print((a - b) / 2e-4, g[i, j])
for k in range(500):
    if k % 5 == 0: check(); print(k, cost())
    for w, g in zip(W, grad()): w -= .2 * g
