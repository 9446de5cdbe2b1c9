# fault: δ1 one-minus-misplaced 18
# network: 2 1:sigmoid
import numpy as np

rng = np.random.default_rng(8)


def s(x):
    return 1 / (1 + np.exp(-x))


weights, bias = rng.normal(size=(2, 1)), np.zeros((1, 1))
inputs = rng.normal(size=(30, 2))
wanted = s(inputs @ np.array([[1.0], [-2.0]]))
for _ in range(200):
    level = inputs @ weights + bias
    given = s(level)
    change = (given - wanted) * s(level) * s(1 - level)
    weights -= 0.05 * inputs.T @ change
    bias -= 0.05 * change.sum(axis=0, keepdims=True)
