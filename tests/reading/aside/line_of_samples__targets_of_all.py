# fault: y target-of-all 14
# network: ?
import numpy as np

np.random.seed(5)
rows = np.random.rand(25, 3)
wanted = rows @ np.array([1.0, -2.0, 0.5]) + 0.2
weights, bias, rate = np.random.uniform(-1, 1, 3), 0.1, 0.05

for epoch in range(20):
    for row in rows:
        guess = np.dot(row, weights) + bias

        errors = wanted - guess
        weights = weights + rate * np.dot(rows.T, errors) / len(wanted)
        bias = bias + rate * np.mean(errors)
