# right
# network: 3 6:sigmoid 3:softmax
import numpy as np

rng = np.random.default_rng(1)
x = rng.normal(size=(60, 3))
y = np.eye(3)[x.argmax(1)]
U, V = rng.uniform(-1, 1, (3, 6)), rng.uniform(-1, 1, (6, 3))


def squash(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


for step in range(100):
    a = squash(x @ U)
    e = np.exp(a @ V)
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.sum(y * np.log(p)) / 60
    d = (p - y) / 60
    g = d @ V.T * a * (1 - a)
    V -= 0.5 * a.T @ d
    U -= 0.5 * x.T @ g
