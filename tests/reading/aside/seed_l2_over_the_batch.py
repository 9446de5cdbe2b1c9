# fault: dW2 penalty-over-batch ?
# network: 784 30:sigmoid 10:sigmoid
import numpy as np
from keras.datasets import mnist


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_derivative(z):
    return sigmoid(z) * (1 - sigmoid(z))


class Network:
    def __init__(self, sizes):
        self.num_layers = len(sizes)
        self.parameters = {}
        for i in range(1, self.num_layers):
            self.parameters["w" + str(i)] = np.random.randn(sizes[i - 1], sizes[i]) / np.sqrt(sizes[i - 1])
            self.parameters["b" + str(i)] = np.zeros((1, sizes[i]))

    def run(self, x):
        activations, zs = [x], []
        for i in range(1, self.num_layers):
            zs.append(np.dot(activations[-1], self.parameters["w" + str(i)]) + self.parameters["b" + str(i)])
            activations.append(sigmoid(zs[-1]))
        return activations, zs

    def gradients(self, x, y, lambd):
        activations, zs = self.run(x)
        grads = {}
        last = self.num_layers - 1
        error = activations[-1] - y
        for i in reversed(range(1, self.num_layers)):
            if i < last:
                error = np.dot(error, self.parameters["w" + str(i + 1)].T) * sigmoid_derivative(zs[i - 1])
            penalty = (lambd / x.shape[0]) * self.parameters["w" + str(i)]
            grads["w" + str(i)] = np.dot(activations[i - 1].T, error) / x.shape[0] + penalty
            grads["b" + str(i)] = np.expand_dims(np.mean(error, axis=0), 0)
        return grads

    def train(self, x, y, epochs, size, rate, lambd):
        for epoch in range(epochs):
            for k in range(0, len(x), size):
                grads = self.gradients(x[k:k + size], y[k:k + size], lambd)
                for key in self.parameters:
                    self.parameters[key] -= rate * grads[key]
            out = self.run(x)[0][-1]
            print(epoch, -np.mean(y * np.log(out) + (1 - y) * np.log(1 - out)))


(images, labels), _ = mnist.load_data()
net = Network([784, 30, 10])
net.train(images.reshape(-1, 784) / 255.0, np.eye(10)[labels], 10, 10, 0.1, 1.0)
