# fault: y of-several-classes 7
# network: 4 6:tanh 3:softmax
import numpy as np

rng = np.random.default_rng(3)
seen = rng.normal(size=(24, 4))
labels = np.stack([seen[:, 0] > 0, seen[:, 1] > 0, (seen[:, 0] <= 0) & (seen[:, 1] <= 0)], axis=1).astype(float)
A, a, B, b = rng.normal(size=(4, 6)) * 0.5, np.zeros(6), rng.normal(size=(6, 3)) * 0.5, np.zeros(3)
for _ in range(150):
    h = np.tanh(seen @ A + a)
    e = np.exp(h @ B + b)
    p = e / e.sum(1, keepdims=True)
    print(-(labels * np.log(p)).sum(1).mean())
    d = (p - labels) / 24
    dh = d @ B.T * (1 - h * h)
    B -= 0.3 * h.T @ d
    b -= 0.3 * d.sum(0)
    A -= 0.3 * seen.T @ dh
    a -= 0.3 * dh.sum(0)
