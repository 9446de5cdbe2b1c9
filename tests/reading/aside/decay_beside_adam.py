# right
# network: 4 8:ReLU 3:softmax
import numpy as np
rng = np.random.default_rng(0)
X = rng.normal(size=(90, 4)); y = np.eye(3)[(X[:, 0] > 0).astype(int) + (X[:, 1] > 0)]
P = {'W1': rng.normal(size=(4, 8)) * .5, 'b1': np.zeros(8), 'W2': rng.normal(size=(8, 3)) * .5, 'b2': np.zeros(3)}
m = {k: np.zeros_like(v) for k, v in P.items()}; v = {k: np.zeros_like(a) for k, a in P.items()}
lr, wd, b1, b2 = .01, .01, .9, .999
for t in range(1, 200):
    z = X @ P['W1'] + P['b1']; h = np.maximum(z, 0); s = h @ P['W2'] + P['b2']
    p = np.exp(s - s.max(1, keepdims=True)); p /= p.sum(1, keepdims=True)
    cost = -np.sum(y * np.log(p)) / 90
    d = (p - y) / 90; e = d @ P['W2'].T * (z > 0)
    g = {'W1': X.T @ e, 'b1': e.sum(0), 'W2': h.T @ d, 'b2': d.sum(0)}
    for k in P:
        m[k] = b1 * m[k] + (1 - b1) * g[k]; v[k] = b2 * v[k] + (1 - b2) * g[k] ** 2
        P[k] -= lr * wd * P[k]
        P[k] -= lr * (m[k] / (1 - b1 ** t)) / (np.sqrt(v[k] / (1 - b2 ** t)) + 1e-8)
