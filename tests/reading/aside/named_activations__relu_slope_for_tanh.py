# fault: δ2 slope-of-ReLU 36
# network: 64 24:ReLU 16:tanh 10:softmax
import numpy as np
from sklearn.datasets import load_digits

ACTIVATIONS = {
    "relu": (lambda z: np.maximum(z, 0.0), lambda z: (z > 0).astype(float)),
    "tanh": (np.tanh, lambda z: 1.0 - np.tanh(z) ** 2),
    "softmax": (lambda z: np.exp(z - z.max(0)) / np.exp(z - z.max(0)).sum(0), None),
}

class NN:
    def __init__(self, spec, seed=0):
        r = np.random.RandomState(seed)
        self.layers = []
        for n_in, n_out, name in spec:
            self.layers.append({"W": r.randn(n_out, n_in) * np.sqrt(1 / n_in), "b": np.zeros((n_out, 1)), "act": name})

    def forward(self, X):
        A = X
        for layer in self.layers:
            layer["A_in"] = A
            layer["Z"] = layer["W"] @ A + layer["b"]
            A = ACTIVATIONS[layer["act"]][0](layer["Z"])
        return A

    def backward(self, A, Y):
        m = Y.shape[1]
        dZ = A - Y
        for i in range(len(self.layers) - 1, -1, -1):
            layer = self.layers[i]
            layer["dW"] = dZ @ layer["A_in"].T / m
            layer["db"] = dZ.sum(axis=1, keepdims=True) / m
            if i > 0:
                below = self.layers[i - 1]
                dZ = (layer["W"].T @ dZ) * ACTIVATIONS["relu"][1](below["Z"])

    def update(self, lr):
        for layer in self.layers:
            layer["W"] -= lr * layer["dW"]
            layer["b"] -= lr * layer["db"]

def main():
    data = load_digits()
    X, Y = data.data[:800].T / 16, np.eye(10)[data.target[:800]].T
    net = NN([(64, 24, "relu"), (24, 16, "tanh"), (16, 10, "softmax")])
    for epoch in range(50):
        A = net.forward(X)
        net.backward(A, Y)
        net.update(0.3)
        if epoch % 10 == 0:
            print(epoch, -np.mean(np.sum(Y * np.log(A), axis=0)))

if __name__ == "__main__":
    main()
