# fault: step2 pile-up ?
# network: 784 18:sigmoid 10:sigmoid
import random
import numpy as np
import mnist_loader

class NeuronLayer:
    def __init__(self, inputs, outputs):
        self.weights = np.random.randn(outputs, inputs) / inputs ** 0.5
        self.biases = np.random.randn(outputs, 1)
        self.clear()

    def clear(self):
        self.sum_w = np.zeros(self.weights.shape)
        self.sum_b = np.zeros(self.biases.shape)

    def fire(self, signal):
        self.signal = signal
        self.potential = self.weights.dot(signal) + self.biases
        self.out = 1 / (1 + np.exp(-self.potential))
        return self.out

    def learn_from(self, error):
        delta = error * self.out * (1 - self.out)
        self.sum_w += delta.dot(self.signal.T)
        self.sum_b += delta
        return self.weights.T.dot(delta)

    def apply(self, eta, count):
        self.weights -= eta / count * self.sum_w
        self.biases -= eta / count * self.sum_b

training, validation, test = mnist_loader.load_data_wrapper()
training = list(training)[:200]
layers = [NeuronLayer(784, 18), NeuronLayer(18, 10)]
for epoch in range(2):
    random.shuffle(training)
    for start in range(0, len(training), 8):
        chunk = training[start:start + 8]
        for image, wanted in chunk:
            signal = image
            for layer in layers:
                signal = layer.fire(signal)
            error = signal - wanted
            for layer in reversed(layers):
                error = layer.learn_from(error)
        for layer in layers:
            layer.apply(2.0, len(chunk))
    print("epoch", epoch, "cost", sum(0.5 * np.linalg.norm(layers[1].fire(layers[0].fire(i)) - w) ** 2 for i, w in training[:20]) / 20)
