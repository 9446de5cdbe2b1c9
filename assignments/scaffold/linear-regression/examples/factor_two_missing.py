import numpy as np


def predict(w, b, X):
    return np.dot(X, w) + b


def mse(predicted, y):
    return np.mean((predicted - y) ** 2)


def gradients(w, b, X, y):
    error = predict(w, b, X) - y
    dw = np.dot(X.T, error) / len(y)
    db = np.mean(error)
    return dw, db
