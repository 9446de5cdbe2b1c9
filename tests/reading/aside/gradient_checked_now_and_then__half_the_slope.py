# fault: δ1 half-of-the-slope 13
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
    return [X.T @ (d @ W[1].T * (1 - h)), h.T @ d]
def check():
    for w, g in zip(W, grad()):
        i, j = rng.integers(w.shape[0]), rng.integers(w.shape[1])
        eps = 1e-5
        w[i, j] += eps; a = cost()
        w[i, j] -= 2 * eps; b = cost()
        w[i, j] += eps
        print('  check', (a - b) / (2 * eps), g[i, j])
for k in range(500):
    if k % 5 == 0: check(); print(k, cost())
    for w, g in zip(W, grad()): w -= .2 * g
