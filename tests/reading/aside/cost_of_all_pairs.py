# fault: cost cost-broadcast 20
# network: 2 4:leaky ReLU (0.01) 1:identity
import numpy as np

rng = np.random.default_rng(8)
sizes = rng.uniform(0, 1, size=(40, 2))
prices = 3 * sizes[:, 0] + sizes[:, 1] ** 2
A, a = rng.normal(size=(2, 4)), np.zeros(4)
B, b = rng.normal(size=(4, 1)), np.zeros(1)


def leaky(t):
    return np.where(t > 0, t, 0.01 * t)


for turn in range(120):
    inner = sizes @ A + a
    lifted = leaky(inner)
    offered = lifted @ B + b
    off_by = np.sqrt(np.mean((offered - prices) ** 2))
    wrong = 2 * (offered - prices[:, None]) / len(prices)
    below = wrong @ B.T * np.where(inner > 0, 1, 0.01)
    B -= 0.05 * lifted.T @ wrong
    b -= 0.05 * wrong.sum(axis=0)
    A -= 0.05 * sizes.T @ below
    a -= 0.05 * below.sum(axis=0)
    if turn % 30 == 0:
        print(turn, off_by)
