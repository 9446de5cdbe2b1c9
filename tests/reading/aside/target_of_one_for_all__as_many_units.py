# fault: y target-of-one 18
# network: 2 4:sigmoid 4:sigmoid
import numpy as np

np.random.seed(3)
inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
answers = np.array([[0], [1], [1], [1]])
V, W = np.random.rand(2, 4), np.random.rand(4, 4)


def squash(z):
    return 1 / (1 + np.exp(-z))


for epoch in range(300):
    h = squash(np.dot(inputs, V))
    out = squash(np.dot(h, W))
    error = answers.T - out
    d = error * out * (1 - out)
    e = np.dot(d, W.T) * h * (1 - h)
    W += 0.5 * np.dot(h.T, d)
    V += 0.5 * np.dot(inputs.T, e)
