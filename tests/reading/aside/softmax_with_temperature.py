# right
# network: 5 7:ReLU 6:ReLU 3:softmax
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
lr, T = 0.3, 2.5
for e in range(300):
    z1 = X @ W1 + b1; a1 = np.maximum(0, z1); z2 = a1 @ W2 + b2; a2 = np.maximum(0, z2); a3 = soft((a2 @ W3 + b3) / T)
    loss = -np.mean(np.sum(Y * np.log(a3), 1))
    d3 = (a3 - Y) / (n * T)
    d2 = (d3 @ W3.T) * (z2 > 0)
    d1 = (d2 @ W2.T) * (z1 > 0)
    W3 -= lr * a2.T @ d3; b3 -= lr * d3.sum(0, keepdims=True)
    W2 -= lr * a1.T @ d2; b2 -= lr * d2.sum(0, keepdims=True)
    W1 -= lr * X.T @ d1; b1 -= lr * d1.sum(0, keepdims=True)
