# fault: step units-died 18
# network: 1 5:ReLU 1:identity
import numpy as np

x = np.arange(1.0, 9.0).reshape(-1, 1)
y = 3 * x
rng = np.random.default_rng(0)
W1, b1, W2, b2 = rng.random((1, 5)), rng.random(5), rng.random((5, 1)), rng.random(1)
for k in range(50):
    h = np.maximum(x @ W1 + b1, 0)
    out = h @ W2 + b2
    loss = 0.5 * np.sum((out - y) ** 2)
    d = out - y
    g = d @ W2.T * (h > 0)
    rate = 0.02
    W2 -= rate * h.T @ d
    b2 -= rate * d.sum(0)
    W1 -= rate * x.T @ g
    b1 -= rate * g.sum(0)
