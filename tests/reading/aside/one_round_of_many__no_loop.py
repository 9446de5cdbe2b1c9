# fault: step loop-missing 12
# network: 2 3:tanh 1:sigmoid
import numpy as np

rng = np.random.default_rng(2)
X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])
W1 = rng.normal(size=(2, 3))
b1 = np.zeros((1, 3))
W2 = rng.normal(size=(3, 1))
b2 = np.zeros((1, 1))
epochs = 5000

h = np.tanh(X @ W1 + b1)
o = 1 / (1 + np.exp(-(h @ W2 + b2)))
d2 = (o - y) * o * (1 - o)
d1 = d2 @ W2.T * (1 - h**2)
W2 -= 0.5 * h.T @ d2
b2 -= 0.5 * d2.sum(axis=0, keepdims=True)
W1 -= 0.5 * X.T @ d1
b1 -= 0.5 * d1.sum(axis=0, keepdims=True)
print(o)
