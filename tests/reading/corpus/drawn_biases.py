# right
# network: 64 12:ReLU 10:softmax
import numpy as np
from sklearn.datasets import load_digits

d = load_digits()
X, hot = d.data.T / 16, np.eye(10)[d.target].T
n = X.shape[1]
W1, b1 = np.random.rand(12, 64) - 0.5, np.random.rand(12, 1) - 0.5
W2, b2 = np.random.rand(10, 12) - 0.5, np.random.rand(10, 1) - 0.5
for it in range(200):
    S1 = W1.dot(X) + b1
    H = np.maximum(S1, 0)
    S2 = W2.dot(H) + b2
    P = np.exp(S2) / sum(np.exp(S2))
    D2 = P - hot
    D1 = W2.T.dot(D2) * (S1 > 0)
    g2, h2 = 1 / n * D2.dot(H.T), 1 / n * np.sum(D2, axis=1).reshape(-1, 1)
    g1, h1 = 1 / n * D1.dot(X.T), 1 / n * np.sum(D1, axis=1).reshape(-1, 1)
    W1, b1 = W1 - 0.1 * g1, b1 - 0.1 * h1
    W2, b2 = W2 - 0.1 * g2, b2 - 0.1 * h2
