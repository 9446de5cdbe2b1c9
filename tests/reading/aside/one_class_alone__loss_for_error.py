# fault: δ2 error-squared 18
# network: 3 4:sigmoid 1:sigmoid
import numpy as np


def squash(t):
    return 1 / (1 + np.exp(-t))


rng = np.random.default_rng(31)
seen = rng.normal(size=(30, 3))
all_ones = np.ones((30, 1))
lower, upper = rng.normal(size=(3, 4)) * 0.5, rng.normal(size=(4, 1)) * 0.5
for _ in range(200):
    middle = squash(seen @ lower)
    top = squash(middle @ upper)
    loss = np.mean((all_ones - top) ** 2)
    at_top = loss * top * (1 - top)
    at_middle = at_top @ upper.T * middle * (1 - middle)
    upper += 0.1 * middle.T @ at_top
    lower += 0.1 * seen.T @ at_middle
print(loss)
