# fault: a2 softmax-over-samples 15
# network: 2 6:ReLU 3:softmax
import numpy as np

rng = np.random.default_rng(12)
kinds = np.arange(45) % 3
spots = np.array([[1.5, 0], [-1, 1], [-1, -1]])[kinds] + 0.4 * rng.normal(size=(45, 2))
wanted = np.eye(3)[kinds]
A, a = rng.normal(size=(2, 6)), np.zeros(6)
B, b = rng.normal(size=(6, 3)), np.zeros(3)


def shares(t):
    e = np.exp(t)
    return e / e.sum(axis=0)


def right_ones(chosen):
    return sum(chosen[n] == kinds[n] for n in range(45)) / 45


for turn in range(200):
    low = spots @ A + a
    kept = np.maximum(low, 0)
    given = shares(kept @ B + b)
    top = (given - wanted) / 45
    below = (top @ B.T) * (low > 0)
    A, a = A - 0.3 * spots.T @ below, a - 0.3 * below.sum(axis=0)
    B, b = B - 0.3 * kept.T @ top, b - 0.3 * top.sum(axis=0)
    print(right_ones(np.argmax(given, axis=0)))
