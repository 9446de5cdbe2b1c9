# fault: δ2 labels-not-one-hot 17
# network: 64 20:sigmoid 10:sigmoid
import numpy as np
rng = np.random.default_rng(7)
centres = rng.integers(0, 256, (10, 64))
labels = rng.integers(0, 10, 300)
images = np.clip(centres[labels] + rng.normal(0, 30, (300, 64)), 0, 255)
X = images / 255.0
Y = labels.reshape(-1, 1)
W1 = rng.normal(0, .1, (64, 20)); b1 = np.zeros(20)
W2 = rng.normal(0, .1, (20, 10)); b2 = np.zeros(10)
lr = 0.5
def sig(x): return 1 / (1 + np.exp(-x))
for epoch in range(60):
    a1 = sig(X @ W1 + b1)
    a2 = sig(a1 @ W2 + b2)
    err = a2 - Y
    print(np.sum(err ** 2) / (2 * len(X)))
    d2 = err * a2 * (1 - a2) / len(X)
    d1 = d2 @ W2.T * a1 * (1 - a1)
    W2 -= lr * a1.T @ d2
    b2 -= lr * d2.sum(0)
    W1 -= lr * X.T @ d1
    b1 -= lr * d1.sum(0)
print((a2.argmax(1) == labels).mean())
