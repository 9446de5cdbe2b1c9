# right
# network: 5 8:tanh 1:sigmoid
import numpy as np

rng = np.random.default_rng(1)
X = rng.normal(size=(5, 400))
Y = (X[:1] * X[1:2] > 0) * 1.0
m = X.shape[1]
W1, b1 = rng.normal(size=(8, 5)) * 0.5, np.zeros((8, 1))
W2, b2 = rng.normal(size=(1, 8)) * 0.5, np.zeros((1, 1))


def gradients(x, y):
    A1 = np.tanh(W1 @ x + b1)
    A2 = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
    n = x.shape[1]
    d2 = A2 - y
    d1 = W2.T @ d2 * (1 - A1**2)
    dW2, db2 = d2 @ A1.T / n, d2.sum(axis=1, keepdims=True) / n
    dW1, db1 = d1 @ x.T / n, d1.sum(axis=1, keepdims=True) / n
    return dW1, db1, dW2, db2


for epoch in range(5):
    for k in range(0, m, 20):
        dW1, db1, dW2, db2 = gradients(X[:, k : k + 20], Y[:, k : k + 20])
        W1 -= 0.05 * dW1
        b1 -= 0.05 * db1
        W2 -= 0.05 * dW2
        b2 -= 0.05 * db2
