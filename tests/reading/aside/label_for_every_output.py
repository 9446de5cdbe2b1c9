# fault: δ2 labels-not-one-hot 19
# network: 4 8:ReLU 5:identity
import numpy as np

rng = np.random.default_rng(5)
X = rng.normal(size=(100, 4))
y = rng.integers(0, 5, size=(100, 1))
layers = [rng.normal(size=(4, 8)) * 0.3, rng.normal(size=(8, 5)) * 0.3]
biases = [np.zeros(8), np.zeros(5)]


def learn(x, label, rate=0.001):
    x, label = np.array(x, ndmin=2), np.array(label, ndmin=2)
    given = [x]
    for k in range(2):
        x = x @ layers[k] + biases[k]
        x = np.maximum(x, 0) if k == 0 else x
        given.append(x)
    errors = [None, label - given[-1]]
    errors[0] = errors[1] @ layers[1].T * (given[1] > 0)
    for k in range(2):
        layers[k] += rate * given[k].T @ errors[k]
        biases[k] += rate * errors[k].sum(0)


for epoch in range(2):
    for one, label in zip(X, y):
        learn(one, label)
