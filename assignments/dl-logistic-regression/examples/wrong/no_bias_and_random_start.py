import numpy as np
import matplotlib.pyplot as plt
from lr_utils import load_dataset


def sigmoid(z):
    s = 1.0 / (1.0 + np.exp(-1.0 * z))
    return s


def initialize_with_zeros(dim):
    w = np.random.randn(dim, 1) * 0.01
    b = 0
    assert isinstance(b, float) or isinstance(b, int)
    return w, b


def propagate(w, b, X, Y):
    m = X.shape[1]
    Z = np.matmul(w.T, X)
    A = sigmoid(Z)
    loss = np.multiply(Y, np.log(A)) + np.multiply(1 - Y, np.log(1 - A))
    cost = -np.mean(loss)
    dZ = A - Y
    dw = X.dot(dZ.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    assert dw.shape == w.shape
    return {"dw": dw, "db": db}, cost


def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    return {"w": w, "b": b}, grads, costs


def predict(w, b, X):
    A = sigmoid(np.dot(w.T, X) + b)
    return np.round(A)


def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    w, b = initialize_with_zeros(X_train.shape[0])
    parameters, grads, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate, print_cost)
    Y_prediction_test = predict(parameters["w"], parameters["b"], X_test)
    Y_prediction_train = predict(parameters["w"], parameters["b"], X_train)
    return {"costs": costs, "Y_prediction_test": Y_prediction_test, "Y_prediction_train": Y_prediction_train,
            "w": parameters["w"], "b": parameters["b"], "learning_rate": learning_rate}


if __name__ == "__main__":
    x, y, x_test, y_test, classes = load_dataset()
    d = model(x.reshape(x.shape[0], -1).T / 255, y, x_test.reshape(x_test.shape[0], -1).T / 255, y_test, 2000, 0.005)
    plt.plot(d["costs"])
    plt.show()
