import numpy as np


def normalize(x):
    x = np.exp(x - x.max(axis=-1, keepdims=True))
    return x / np.sum(x, axis=-1, keepdims=True)


def softmax_loss(Z, y):
    likely = normalize(Z)[range(len(y)), y]
    return (-np.log(likely)).sum() / y.shape[0]


def gradient(A, W, y):
    """In the logits A W, divided by the number of samples."""
    return (normalize(A.dot(W)) - np.eye(W.shape[1])[y]) / len(y)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    steps = (y.size + batch - 1) // batch
    for step in range(steps):
        rows = slice(step * batch, (step + 1) * batch)
        theta[:, :] = theta - lr * np.matmul(np.transpose(X[rows]), gradient(X[rows], theta, y[rows]))


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for x, labels in zip(X.reshape(-1, batch, X.shape[1]), y.reshape(-1, batch)):
        inner = x @ W1
        active = inner > 0
        inner = inner * active
        g = gradient(inner, W2, labels)
        step1 = x.T @ np.where(active, g @ W2.T, 0)
        np.subtract(W2, lr * inner.T @ g, out=W2)
        np.subtract(W1, lr * step1, out=W1)
