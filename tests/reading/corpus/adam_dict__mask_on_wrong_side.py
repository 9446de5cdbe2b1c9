# fault: δ1 slope-inverted 33
# network: 64 20:ReLU 10:softmax
import numpy as np
from sklearn.datasets import load_digits

digits = load_digits()
X = digits.data / 16.0
Y = np.eye(10)[digits.target]

P = {
    "W1": np.random.randn(64, 20) * np.sqrt(2 / 64), "b1": np.zeros(20),
    "W2": np.random.randn(20, 10) * np.sqrt(2 / 20), "b2": np.zeros(10),
}
M = {k: np.zeros_like(v) for k, v in P.items()}
V = {k: np.zeros_like(v) for k, v in P.items()}
t = 0
lr, beta1, beta2, eps = 0.001, 0.9, 0.999, 1e-8

def forward(x):
    z1 = x @ P["W1"] + P["b1"]
    a1 = np.where(z1 > 0, z1, 0)
    z2 = a1 @ P["W2"] + P["b2"]
    z2 = z2 - np.max(z2, axis=-1, keepdims=True)
    probs = np.exp(z2) / np.exp(z2).sum(-1, keepdims=True)
    return z1, a1, probs

for epoch in range(10):
    for i in range(0, 1000, 50):
        xb, yb = X[i:i + 50], Y[i:i + 50]
        z1, a1, probs = forward(xb)
        d2 = (probs - yb) / len(xb)
        d1 = d2 @ P["W2"].T
        d1[z1 > 0] = 0
        G = {"W1": xb.T @ d1, "b1": d1.sum(0), "W2": a1.T @ d2, "b2": d2.sum(0)}
        t += 1
        for k in P:
            M[k] = beta1 * M[k] + (1 - beta1) * G[k]
            V[k] = beta2 * V[k] + (1 - beta2) * G[k] ** 2
            m_hat = M[k] / (1 - beta1 ** t)
            v_hat = V[k] / (1 - beta2 ** t)
            P[k] -= lr * m_hat / (np.sqrt(v_hat) + eps)
    print(epoch, -np.mean(np.sum(yb * np.log(probs), 1)))
