# fault: dW1 own-activation 15
# network: 2 1:sigmoid
import numpy as np

np.random.seed(5)
rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
either = np.array([0, 1, 1, 1])
weights = np.random.random(2)
bias = np.random.random(1)

for turn in range(3000):
    level = rows.dot(weights) + bias
    fired = 1 / (1 + np.exp(-level))
    error = fired - either
    slope = np.dot(error, fired.T) / 4
    weights = weights - 0.1 * slope
    bias = bias - 0.1 * np.sum(error, axis=0, keepdims=True) / 4
