# right
# network: 64 22:ReLU 10:softmax
import numpy as np
from sklearn import datasets

bunch = datasets.load_digits()
X = bunch.data / 16
y = bunch.target
np.random.seed(21)
W0 = np.random.randn(64, 22) * 0.2
W1 = np.random.randn(22, 10) * 0.2
b0, b1 = np.zeros(22), np.zeros(10)

def clip(g, limit=0.5):
    norm = np.linalg.norm(g)
    return g * (limit / norm) if norm > limit else g

for epoch in range(3):
    for i in range(0, 900, 45):
        xb, yb = X[i:i + 45], y[i:i + 45]
        pre = xb @ W0 + b0
        hid = np.maximum(pre, 0)
        scores = hid @ W1 + b1
        scores -= scores.max(axis=1, keepdims=True)
        probs = np.exp(scores)
        probs /= probs.sum(axis=1, keepdims=True)
        grad = probs.copy()
        grad[range(45), yb] -= 1
        grad /= 45
        gW1, gb1 = hid.T @ grad, grad.sum(0)
        ghid = grad @ W1.T
        ghid[pre < 0] = 0
        gW0, gb0 = xb.T @ ghid, ghid.sum(0)
        W1 -= 0.2 * clip(gW1); b1 -= 0.2 * clip(gb1)
        W0 -= 0.2 * clip(gW0); b0 -= 0.2 * clip(gb0)
    print(-np.log(probs[range(45), yb]).mean())
