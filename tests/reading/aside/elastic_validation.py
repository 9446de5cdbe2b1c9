# right
# network: 64 12:sigmoid 10:sigmoid
import numpy as np
from sklearn.datasets import load_digits

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def one_hot(v, k=10):
    out = np.zeros((k, len(v)))
    for column, label in enumerate(v):
        out[label][column] = 1
    return out

bunch = load_digits()
train_x, train_y = bunch.data[:400].T / 16.0, one_hot(bunch.target[:400])
val_x, val_y = bunch.data[400:500].T / 16.0, one_hot(bunch.target[400:500])
rs = np.random.RandomState(33)
weights = [rs.normal(0, 1 / 8, (12, 64)), rs.normal(0, 0.3, (10, 12))]
biases = [np.zeros((12, 1)), np.zeros((10, 1))]
l1, l2, eta = 0.0005, 0.001, 1.5

def run(x):
    values = [x]
    for w, b in zip(weights, biases):
        values.append(sigmoid(np.dot(w, values[-1]) + b))
    return values

for epoch in range(300):
    values = run(train_x)
    n = train_x.shape[1]
    delta = values[-1] - train_y
    for layer in (1, 0):
        grad_w = np.dot(delta, values[layer].T) / n + l2 * weights[layer] + l1 * np.sign(weights[layer])
        grad_b = delta.mean(axis=1, keepdims=True)
        if layer:
            delta = np.dot(weights[layer].T, delta) * values[layer] * (1 - values[layer])
        weights[layer] = weights[layer] - eta * grad_w
        biases[layer] = biases[layer] - eta * grad_b
    if epoch % 50 == 0:
        out = run(val_x)[-1]
        print(epoch, -np.mean(np.sum(val_y * np.log(out) + (1 - val_y) * np.log(1 - out), axis=0)))
