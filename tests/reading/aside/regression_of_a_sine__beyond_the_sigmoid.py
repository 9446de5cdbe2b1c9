# fault: y targets-beyond-reach 6
# network: 1 12:tanh 1:sigmoid
import numpy as np
rng = np.random.default_rng(0)
x = rng.uniform(-3, 3, (80, 1))
t = 3 * np.sin(x)
W1 = rng.normal(0, 1, (1, 12)); b1 = np.zeros(12)
W2 = rng.normal(0, .3, (12, 1)); b2 = np.zeros(1)
eta = 0.05
for epoch in range(300):
    z1 = x @ W1 + b1
    a1 = np.tanh(z1)
    out = 1 / (1 + np.exp(-(a1 @ W2 + b2)))
    cost = np.mean((out - t) ** 2) / 2
    d2 = (out - t) * out * (1 - out) / len(x)
    d1 = d2 @ W2.T * (1 - a1 ** 2)
    W2 -= eta * a1.T @ d2
    b2 -= eta * d2.sum(0)
    W1 -= eta * x.T @ d1
    b1 -= eta * d1.sum(0)
    print(epoch, cost)
