# fault: W1 zero-weights ?
# network: ?
import numpy as np
from sklearn.datasets import fetch_openml

X, y = fetch_openml("mnist_784", return_X_y=True, as_frame=False)
X = X.T / 255
y = np.eye(10)[y.astype(int)].T
layer_sizes = [784, 25, 15, 10]
layers = len(layer_sizes) - 1
alpha, costs, param, cache = 0.1, [], {}, {"a0": X}


def lrelu(z):
    return np.where(z > 0, z, 0.01 * z)


def lreluDer(a):
    return np.where(a > 0, 1, 0.01)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


for i in range(layers):
    param["w" + str(i + 1)] = np.zeros((layer_sizes[i + 1], layer_sizes[i]))
    param["b" + str(i + 1)] = np.zeros((layer_sizes[i + 1], 1))

for j in range(200):
    for i in range(layers - 1):
        cache["a" + str(i + 1)] = lrelu(np.dot(param["w" + str(i + 1)], cache["a" + str(i)]) + param["b" + str(i + 1)])
    yn = sigmoid(np.dot(param["w" + str(layers)], cache["a" + str(layers - 1)]) + param["b" + str(layers)])
    m = X.shape[1]
    costs.append(-np.sum(y * np.log(yn) + (1 - y) * np.log(1 - yn)) / m)
    dz = yn - y
    grad = {}
    for i in range(layers, 0, -1):
        grad["w" + str(i)] = np.dot(dz, cache["a" + str(i - 1)].T) / m
        grad["b" + str(i)] = np.sum(dz, 1, keepdims=True) / m
        if i > 1:
            dz = np.dot(param["w" + str(i)].T, dz) * lreluDer(cache["a" + str(i - 1)])
    for key in param:
        param[key] = param[key] - alpha * grad[key]
