# fault: step last-batch-only 24
# network: 6 10:ReLU 3:softmax
import numpy as np
rng = np.random.default_rng(5)
X = rng.uniform(0, 1, (150, 6))
w_true = rng.normal(0, 1, (6, 3))
y = (X @ w_true).argmax(1)
Y = np.eye(3)[y]
W1 = rng.normal(0, .4, (6, 10)); b1 = np.zeros(10)
W2 = rng.normal(0, .4, (10, 3)); b2 = np.zeros(3)
lr = 0.1
for epoch in range(100):
    order = rng.permutation(150)
    Xs, Ys = X[order], Y[order]
    for k in range(0, 150, 30):
        xb, yb = Xs[k:k+30], Ys[k:k+30]
        z1 = xb @ W1 + b1
        a1 = np.maximum(0, z1)
        z2 = a1 @ W2 + b2
        e = np.exp(z2 - z2.max(1, keepdims=True))
        p = e / e.sum(1, keepdims=True)
    d2 = (p - yb) / len(xb)
    d1 = (d2 @ W2.T) * (z1 > 0)
    W2 -= lr * a1.T @ d2
    b2 -= lr * d2.sum(0)
    W1 -= lr * xb.T @ d1
    b1 -= lr * d1.sum(0)
    a = np.maximum(0, X @ W1 + b1) @ W2 + b2
    print(epoch, (a.argmax(1) == y).mean())
