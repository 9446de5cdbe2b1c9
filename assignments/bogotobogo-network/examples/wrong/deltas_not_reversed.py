import numpy as np


def tanh(x):
    return np.tanh(x)


def tanh_prime(x):
    return 1.0 - x**2


class NeuralNetwork:
    def __init__(self, layers, activation="tanh"):
        if activation != "tanh":
            raise ValueError(activation)
        self.activation = tanh
        self.activation_prime = tanh_prime
        self.weights = []
        for i in range(1, len(layers) - 1):
            self.weights.append(2 * np.random.random((layers[i - 1] + 1, layers[i] + 1)) - 1)
        self.weights.append(2 * np.random.random((layers[-2] + 1, layers[-1])) - 1)

    def fit(self, X, y, learning_rate=0.2, epochs=100000):
        ones = np.atleast_2d(np.ones(X.shape[0]))
        X = np.concatenate((ones.T, X), axis=1)
        for k in range(epochs):
            if k % 10000 == 0:
                print("epochs:", k)
            i = np.random.randint(X.shape[0])
            a = [X[i]]
            for layer in range(len(self.weights)):
                a.append(self.activation(np.dot(a[layer], self.weights[layer])))
            error = y[i] - a[-1]
            deltas = [error * self.activation_prime(a[-1])]
            for layer in range(len(a) - 2, 0, -1):
                deltas.append(deltas[-1].dot(self.weights[layer].T) * self.activation_prime(a[layer]))
            for i in range(len(self.weights)):
                inputs = np.atleast_2d(a[i])
                delta = np.atleast_2d(deltas[i])
                self.weights[i] += learning_rate * inputs.T.dot(delta)

    def predict(self, x):
        a = np.concatenate((np.ones(1), np.array(x)))
        for layer in range(len(self.weights)):
            a = self.activation(np.dot(a, self.weights[layer]))
        return a
