# fault: step uphill 13
# network: 2 1:identity
import numpy as np

data = np.array([[2.0, 1.0], [1.5, 2.2], [3.1, 2.4], [-1.0, -0.5], [-2.2, 0.3], [-0.7, -2.0]])
label = np.array([1, 1, 1, -1, -1, -1])
weights = np.array([0.1, -0.2])
threshold = 0.0

for epoch in range(20):
    for point, answer in zip(data, label):
        activation = np.dot(weights, point) + threshold
        error = answer - activation
        weights = weights - 0.05 * error * point
        threshold = threshold - 0.05 * error
print(weights, threshold)
