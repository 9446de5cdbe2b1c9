# fault: dW1 delta-of-the-layer-above 23
# network: 5 3:identity 3:softmax
import numpy as np
rng = np.random.RandomState(3)
X = rng.randn(60, 5)
t = (X[:, 0] * X[:, 1] + 0.5 * X[:, 2] > 0).astype(int)
Y = np.eye(3)[t + (X[:, 3] > 1)]
y = t.reshape(-1, 1).astype(float)
W1 = rng.randn(5, 7) * 0.5; b1 = np.zeros((1, 7))
W2 = rng.randn(7, 6) * 0.5; b2 = np.zeros((1, 6))
W3 = rng.randn(6, 3) * 0.5; b3 = np.zeros((1, 3))
n = len(X)
sig = lambda z: 1 / (1 + np.exp(-z))
def soft(z):
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)
lr = 0.3
W1 = rng.randn(5, 3) * .5; b1 = np.zeros((1, 3)); W2 = rng.randn(3, 3) * .5; b2 = np.zeros((1, 3))
for e in range(300):
    a1 = X @ W1 + b1; a2 = soft(a1 @ W2 + b2)
    d2 = (a2 - Y) / n; d1 = d2 @ W2.T
    W2 -= lr * a1.T @ d2; b2 -= lr * d2.sum(0, keepdims=True)
    W1 -= lr * X.T @ d2; b1 -= lr * d1.sum(0, keepdims=True)
