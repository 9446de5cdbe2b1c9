import numpy as np


def predict(w, b, X):
    return np.array([sum(w[j] * row[j] for j in range(len(w))) + b for row in X])


def mse(predicted, y):
    total = 0
    for i in range(len(y)):
        total += (predicted[i] - y[i]) ** 2
    return total / len(y)


def gradients(w, b, X, y):
    predicted = predict(w, b, X)
    dw, db = np.zeros(len(w)), 0
    for i in range(len(y)):
        dw += 2 * (predicted[i] - y[i]) * X[i] / len(y)
        db += 2 * (predicted[i] - y[i]) / len(y)
    return dw, db
