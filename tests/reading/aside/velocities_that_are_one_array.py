# fault: step one-array-for-all 9
# network: 5 5:sigmoid 5:sigmoid
import numpy as np

rng = np.random.default_rng(3)
X = rng.random((40, 5))
Y = np.roll(X, 2, axis=1) ** 2
weights = [rng.normal(0, 0.7, (5, 5)) for _ in range(2)]
speed = 2 * [np.zeros((5, 5))]
f = lambda z: 1 / (1 + np.exp(-z))
for step in range(200):
    h = f(X @ weights[0])
    o = f(h @ weights[1])
    loss = np.mean((o - Y) ** 2)
    d = (o - Y) * o * (1 - o) / len(X)
    e = (d @ weights[1].T) * h * (1 - h)
    for k, g in enumerate((X.T @ e, h.T @ d)):
        speed[k] *= 0.8
        speed[k] -= 0.5 * g
        weights[k] += speed[k]
