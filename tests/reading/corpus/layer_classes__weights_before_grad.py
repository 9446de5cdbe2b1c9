# fault: δ2 new-weights 28
# network: 784 40:ReLU 20:ReLU 10:softmax
import numpy as np
from keras.datasets import mnist

class Layer:
    def forward(self, x):
        raise NotImplementedError

    def backward(self, grad, lr):
        raise NotImplementedError


class Dense(Layer):
    def __init__(self, n_in, n_out):
        self.weights = np.random.randn(n_in, n_out) * np.sqrt(2.0 / n_in)
        self.bias = np.zeros((1, n_out))

    def forward(self, x):
        self.x = x
        return x @ self.weights + self.bias

    def backward(self, grad, lr):
        grad_w = self.x.T @ grad
        grad_b = grad.sum(axis=0, keepdims=True)
        self.weights -= lr * grad_w
        self.bias -= lr * grad_b
        return grad @ self.weights.T


class ReLU(Layer):
    def forward(self, x):
        self.x = x
        return np.maximum(0, x)

    def backward(self, grad, lr):
        return grad * (self.x > 0)


def softmax(z):
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


class Network:
    def __init__(self, layers):
        self.layers = layers

    def fit(self, X, T, epochs, batch, lr):
        for epoch in range(epochs):
            order = np.random.permutation(len(X))
            for start in range(0, len(X), batch):
                idx = order[start:start + batch]
                out = X[idx]
                for layer in self.layers:
                    out = layer.forward(out)
                p = softmax(out)
                loss = -np.mean(np.sum(T[idx] * np.log(p + 1e-12), axis=1))
                grad = (p - T[idx]) / len(idx)
                for layer in reversed(self.layers):
                    grad = layer.backward(grad, lr)
            print("epoch", epoch, "loss", loss)


(x_train, y_train), (x_test, y_test) = mnist.load_data()
X = x_train.reshape(len(x_train), -1) / 255.0
T = np.eye(10)[y_train]
net = Network([Dense(784, 40), ReLU(), Dense(40, 20), ReLU(), Dense(20, 10)])
net.fit(X, T, 5, 32, 0.1)
