# fault: dW2 gradient-summed 21
# network: 3 7:sigmoid 4:softmax
import numpy as np

rng = np.random.default_rng(6)
x = rng.normal(size=(50, 3))
y = np.eye(4)[rng.integers(0, 4, 50)]
U, u = rng.normal(0, 0.7, (3, 7)), np.zeros((1, 7))
V, v = rng.normal(0, 0.7, (7, 4)), np.zeros((1, 4))
for step in range(100):
    a = 1 / (1 + np.exp(-(x @ U + u)))
    z = a @ V + v
    p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
    loss = -np.mean(np.sum(y * np.log(p), axis=1))
    dz = (p - y) / 50
    da = dz @ V.T * a * (1 - a)
    U -= 0.2 * x.T @ da
    u -= 0.2 * da.sum(0)
    # the product has summed over the samples already
    V -= 0.2 * np.sum(
        a.T @ dz, axis=0)
    v -= 0.2 * dz.sum(0)
