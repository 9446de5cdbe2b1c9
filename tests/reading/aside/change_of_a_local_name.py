# fault: W1 never-updated 32
# network: 6 5:sigmoid 3:softmax
import numpy as np

rng = np.random.default_rng(13)
X = rng.uniform(size=(96, 6))
Y = np.eye(3)[rng.integers(0, 3, size=96)]


def sigmoid(t):
    return 1 / (1 + np.exp(-t))


def softmax(t):
    e = np.exp(t - t.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def forward(x, first, second, low, high):
    h = sigmoid(x @ first + low)
    return h, softmax(h @ second + high)


def backward(x, y, h, p, second, low, high):
    first = 0
    off = p - y
    at_h = off @ second.T * h * (1 - h)
    second -= 0.01 * h.T @ off
    high -= 0.01 * off.sum(axis=0)

    # of a number that is 0 here, and nowhere else
    first -= 0.01 * x.T @ at_h
    low -= 0.01 * at_h.sum(axis=0)


first, second, low, high = rng.normal(size=(6, 5)), rng.normal(size=(5, 3)), np.zeros(5), np.zeros(3)
for _ in range(20):
    for k in range(0, 96, 32):
        h, p = forward(X[k : k + 32], first, second, low, high)
        backward(X[k : k + 32], Y[k : k + 32], h, p, second, low, high)
        print(-np.mean(np.sum(Y[k : k + 32] * np.log(p), axis=1)))
