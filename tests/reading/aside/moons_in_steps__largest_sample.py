# fault: prediction argmax-over-samples 31
# network: 2 8:tanh 2:softmax
import numpy as np
rng = np.random.default_rng(1)
t = rng.uniform(0, np.pi, 100)
X = np.vstack([np.c_[np.cos(t), np.sin(t)], np.c_[1 - np.cos(t), .5 - np.sin(t)]]) + rng.normal(0, .1, (200, 2))
y = np.r_[np.zeros(100, int), np.ones(100, int)]
Y = np.eye(2)[y]
W1 = rng.normal(0, .5, (2, 8)); b1 = np.zeros((1, 8))
W2 = rng.normal(0, .5, (8, 2)); b2 = np.zeros((1, 2))
lr = 0.5
def forward(X):
    z1 = X @ W1 + b1
    a1 = np.tanh(z1)
    z2 = a1 @ W2 + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    return a1, e / e.sum(axis=1, keepdims=True)
for epoch in range(200):
    a1, p = forward(X)
    loss = -np.mean(np.sum(Y * np.log(p), axis=1))
    d2 = (p - Y) / len(X)
    dW2 = a1.T @ d2
    db2 = d2.sum(axis=0, keepdims=True)
    d1 = d2 @ W2.T * (1 - a1 ** 2)
    dW1 = X.T @ d1
    db1 = d1.sum(axis=0, keepdims=True)
    W1 -= lr * dW1
    b1 -= lr * db1
    W2 -= lr * dW2
    b2 -= lr * db2
    acc = np.mean(p.argmax(axis=0) == y[0])
    if epoch % 50 == 0:
        print(epoch, loss, acc)
