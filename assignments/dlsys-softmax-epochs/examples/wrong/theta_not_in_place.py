import gzip
import struct

import numpy as np

try:
    from simple_ml_ext import *
except ImportError:
    pass


def add(x, y):
    return x + y


def parse_mnist(image_filename, label_filename):
    with gzip.open(image_filename) as file:
        _, n, rows, columns = struct.unpack(">4i", file.read(16))
        X = np.frombuffer(file.read(), np.uint8).reshape(n, rows * columns).astype(np.float32) / 255
    with gzip.open(label_filename) as file:
        file.read(8)
        return X, np.frombuffer(file.read(), np.uint8)


def softmax_loss(Z, y):
    return np.mean(np.log(np.sum(np.exp(Z), axis=1)) - Z[np.arange(Z.shape[0]), y])


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    n = X.shape[0]
    for i in range(0, n, batch):
        X_b, y_b = X[i : i + batch], y[i : i + batch]
        Z = np.exp(X_b @ theta)
        Z /= Z.sum(axis=1, keepdims=True)
        one_hot = np.zeros_like(Z)
        one_hot[np.arange(batch), y_b] = 1
        theta = theta - lr / batch * X_b.T @ (Z - one_hot)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    n = X.shape[0]
    for i in range(0, n, batch):
        X_b, y_b = X[i : i + batch], y[i : i + batch]
        Z1 = np.maximum(X_b @ W1, 0)
        G2 = np.exp(Z1 @ W2)
        G2 /= G2.sum(axis=1, keepdims=True)
        G2[np.arange(batch), y_b] -= 1
        G1 = (Z1 > 0) * (G2 @ W2.T)
        W1 -= lr / batch * X_b.T @ G1
        W2 -= lr / batch * Z1.T @ G2


if __name__ == "__main__":
    X_tr, y_tr = parse_mnist("data/train-images-idx3-ubyte.gz", "data/train-labels-idx1-ubyte.gz")
    theta = np.zeros((X_tr.shape[1], y_tr.max() + 1), dtype=np.float32)
    for epoch in range(10):
        softmax_regression_epoch(X_tr, y_tr, theta)
        print(epoch, softmax_loss(X_tr @ theta, y_tr))
