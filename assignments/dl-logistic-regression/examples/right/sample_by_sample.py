"""The unit written for one column at a time, costs noted in every step."""
import math
import numpy as np


def sigmoid(z):
    return np.exp(-np.logaddexp(0.0, -np.asarray(z, dtype=float)))


def initialize_with_zeros(dim):
    return np.array([[0.0]] * dim), np.zeros((1, 1))


def propagate(w, b, X, Y):
    b = float(np.squeeze(b))
    n, m = X.shape
    dw, db, cost = np.zeros((n, 1)), 0.0, 0.0
    for i in range(m):
        x, y = X[:, i:i + 1], float(Y[0, i])
        a = float(np.squeeze(sigmoid(w.T @ x + b)))
        cost += -y * math.log(a) if y else -math.log1p(-a)
        dw += (a - y) * x
        db += a - y
    return {"dw": dw / m, "db": np.array([[db / m]])}, np.array([[cost / m]])


def optimize(w, b, X, Y, num_iterations, learning_rate):
    w, b = w.copy(), np.array(b, dtype=float)
    costs, grads = [], None
    for _ in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        costs.append(float(cost[0, 0]))
        w -= learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
    return dict(w=w, b=b), grads, costs


def predict(w, b, X):
    return (w.T @ X + np.squeeze(b) > 0).astype(int)


def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5):
    start = initialize_with_zeros(len(X_train))
    fitted, _, costs = optimize(*start, X_train, Y_train, num_iterations, learning_rate)
    answers = {"Y_prediction_" + name: predict(fitted["w"], fitted["b"], X)
               for name, X in [("train", X_train), ("test", X_test)]}
    return {**answers, **fitted, "costs": costs}
