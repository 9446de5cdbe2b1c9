"""Weights and biases of a layer move before the error goes through them."""

import numpy as np
import pandas as pd

images = pd.read_csv("train.csv").to_numpy()
X = images[:, 1:].T / 255
y = np.eye(10)[images[:, 0]].T
layer_sizes = [X.shape[0], 20, 16, 10]
alpha = 0.2
iterations = 2000


def lrelu(z):
    return np.where(z > 0, z, 0.01 * z)


def lreluDer(a):
    return np.where(a > 0, 1, 0.01)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


layers = len(layer_sizes) - 1
param = {}
for i in range(layers):
    param["w" + str(i + 1)] = np.random.randn(layer_sizes[i + 1], layer_sizes[i]) * np.sqrt(2 / layer_sizes[i])
    param["b" + str(i + 1)] = np.zeros((layer_sizes[i + 1], 1))

costs = []
cache = {"a0": X}
for j in range(iterations):
    # forward
    for i in range(layers - 1):
        cache["a" + str(i + 1)] = lrelu(np.dot(param["w" + str(i + 1)], cache["a" + str(i)]) + param["b" + str(i + 1)])
    cache["a" + str(layers)] = sigmoid(
        np.dot(param["w" + str(layers)], cache["a" + str(layers - 1)]) + param["b" + str(layers)]
    )

    yn = cache["a" + str(layers)]
    m = X.shape[1]
    cost = -np.sum(y * np.log(yn) + (1 - y) * np.log(1 - yn)) / m
    if j % 10 == 0:
        print(cost)
        costs.append(cost)

    # backward
    grad = {"dz" + str(layers): yn - y}
    for i in range(layers):
        grad["dw" + str(layers - i)] = np.dot(grad["dz" + str(layers - i)], cache["a" + str(layers - i - 1)].T) / m
        grad["db" + str(layers - i)] = np.sum(grad["dz" + str(layers - i)], 1, keepdims=True) / m
        param["w" + str(layers - i)] = param["w" + str(layers - i)] - alpha * grad["dw" + str(layers - i)]
        param["b" + str(layers - i)] = param["b" + str(layers - i)] - alpha * grad["db" + str(layers - i)]
        if i < layers - 1:
            grad["dz" + str(layers - i - 1)] = np.dot(
                param["w" + str(layers - i)].T, grad["dz" + str(layers - i)]
            ) * lreluDer(cache["a" + str(layers - i - 1)])

test_images = pd.read_csv("test.csv").to_numpy().T / 255
