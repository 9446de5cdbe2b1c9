import numpy as np


class Dense:
    def __init__(self, input_size, output_size):
        bound = np.sqrt(6 / (input_size + output_size))
        self.weights = np.random.uniform(-bound, bound, (output_size, input_size))
        self.bias = np.zeros((output_size, 1))

    def forward(self, input):
        self.last = input.copy()
        return self.weights @ input + self.bias

    def backward(self, output_gradient, learning_rate):
        used = self.weights
        self.weights = used - learning_rate * np.outer(output_gradient, self.last)
        self.bias = self.bias - learning_rate * output_gradient.sum(axis=1, keepdims=True)
        return used.T @ output_gradient


class Tanh:
    def __init__(self):
        pass

    def forward(self, input):
        e = np.exp(-2 * input)
        self.a = (1 - e) / (1 + e)
        return self.a

    def backward(self, output_gradient, learning_rate):
        return (1 - self.a) * (1 + self.a) * output_gradient


class Sigmoid:
    def forward(self, input):
        self.a = (1 + np.tanh(input / 2)) / 2
        return self.a

    def backward(self, output_gradient, learning_rate=None):
        return output_gradient * self.a * (1 - self.a)


class Softmax:
    def forward(self, input):
        self.a = np.exp(input - input.max())
        self.a /= self.a.sum()
        return self.a

    def backward(self, output_gradient, learning_rate):
        return self.a * (output_gradient - float(self.a.T @ output_gradient))


def mse(y_true, y_pred):
    return float(((y_pred - y_true) ** 2).sum() / y_true.size)


def mse_prime(y_true, y_pred):
    return (y_pred - y_true) * 2 / y_pred.size
