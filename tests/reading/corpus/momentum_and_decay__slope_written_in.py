# fault: dW2 slope-for-activation 25
# network: 6 12:ReLU 3:softmax
import numpy as np

rs = np.random.RandomState(5)
X = rs.randn(120, 6)
t = (X[:, 0] > 0).astype(int) + (X[:, 1] > 0.3)
W1 = np.array([rs.randn() * 0.4 for _ in range(72)]).reshape(6, 12)
W2 = np.array([rs.randn() * 0.4 for _ in range(36)]).reshape(12, 3)
b1, b2 = np.zeros(12), np.zeros(3)
velocity = [np.zeros_like(p) for p in (W1, b1, W2, b2)]
rate, reg = 0.5, 1e-6
for it in range(200):
    h = np.maximum(0, X @ W1 + b1)
    s = h @ W2 + b2
    p = np.exp(s - s.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    loss = -np.log(p[range(120), t]).mean() + 0.5 * reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
    d = p.copy()
    d[range(120), t] -= 1
    d /= 120
    dh = d @ W2.T
    h[h > 0] = 1
    dh *= h
    steps = [X.T @ dh + reg * W1, dh.sum(0), h.T @ d + reg * W2, d.sum(0)]
    velocity = [0.8 * v - rate * g for v, g in zip(velocity, steps)]
    W1 = W1 + velocity[0]
    b1 = b1 + velocity[1]
    W2 = W2 + velocity[2]
    b2 = b2 + velocity[3]
    rate *= 0.97
