# fault: δ1 slope-of-another-leak 14
# network: 6 9:leaky ReLU (0.1) 2:softmax
import numpy as np
rng = np.random.default_rng(3)
X = rng.normal(size=(200, 6)); labels = (X[:, 0] + X[:, 1] > 0).astype(int); Y = np.eye(2)[labels]
W1 = rng.normal(size=(6, 9)) * 0.4; b1 = np.zeros(9); W2 = rng.normal(size=(9, 2)) * 0.4; b2 = np.zeros(2)
def leaky(z): return np.where(z > 0, z, 0.1 * z)
for epoch in range(60):
    z1 = X @ W1 + b1; a1 = leaky(z1)
    z2 = a1 @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True)); p = e / e.sum(axis=1, keepdims=True)
    cost = -np.mean(np.sum(Y * np.log(p), axis=1))
    d2 = (p - Y) / len(X)
    d1 = (d2 @ W2.T) * np.where(z1 > 0, 1.0, 0.01)
    W2 -= 0.5 * a1.T @ d2; b2 -= 0.5 * d2.sum(axis=0)
    W1 -= 0.5 * X.T @ d1; b1 -= 0.5 * d1.sum(axis=0)
print(cost)
