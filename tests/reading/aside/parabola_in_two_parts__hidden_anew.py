# fault: dW2 inputs-of-new-weights 24
# network: 1 7:tanh 1:identity
import numpy as np

rng = np.random.default_rng(8)
x = np.linspace(-1, 1, 30)[:, None]
y = x**2
V, c = rng.normal(size=(1, 7)), np.zeros(7)
W, b = rng.normal(size=(7, 1)) * 0.5, np.zeros(1)
rate = 0.1


def hidden():
    return np.tanh(x @ V + c)


for epoch in range(200):
    h = hidden()
    d = 2 * (h @ W + b - y) / len(x)
    e = d @ W.T * (1 - h**2)
    V = V - rate * x.T @ e
    c = c - rate * e.sum(axis=0)
    # the layer above
    W = W - rate * hidden().T @ d
    b = b - rate * d.sum(axis=0)
