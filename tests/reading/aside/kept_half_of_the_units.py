# right
# network: 4 16:sigmoid 1:sigmoid
import numpy as np
rng = np.random.default_rng(8)
X = rng.normal(0, 1, (100, 4)); t = (X.sum(1, keepdims=True) > 0) * 1.0
W1 = rng.normal(0, .5, (4, 16)); b1 = np.zeros((1, 16)); W2 = rng.normal(0, .5, (16, 1)); b2 = np.zeros((1, 1))
keep, lr = 0.5, 0.1
def s(x): return 1 / (1 + np.exp(-x))
for i in range(200):
    a1 = s(X @ W1 + b1)
    mask = (rng.random(a1.shape) < keep) / keep
    h = a1 * mask
    o = s(h @ W2 + b2)
    loss = np.mean((o - t) ** 2)
    d2 = 2 * (o - t) * o * (1 - o) / 100
    d1 = d2 @ W2.T * mask * a1 * (1 - a1)
    W2 -= lr * h.T @ d2; b2 -= lr * d2.sum(0, keepdims=True)
    W1 -= lr * X.T @ d1; b1 -= lr * d1.sum(0, keepdims=True)
    if i % 50 == 0: print(loss)
