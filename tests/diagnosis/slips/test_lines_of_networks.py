"""Slips in networks, costs and classifiers, each named in its line."""

import pytest

from tests.tables import sampled

from .sources import BEGINNING, BIASED, COLUMNS, SCORES, STEPS, VECTORS

COUNTED = """
import numpy as np

class Network:
    def __init__(self, sizes):
        self.biases = [np.random.randn(y, 1) for y in sizes[1:]]
        self.weights = [np.random.randn(y, x) / np.sqrt(x) for x, y in zip(sizes, sizes[1:])]

    def feedforward(self, a):
        for w, b in zip(self.weights, self.biases):
            a = 1 / (1 + np.exp(-(w @ a + b)))
        return a

    def accuracy(self, data, convert=False):
        pairs = [(np.argmax(self.feedforward(x)), np.argmax(y) if convert else y) for x, y in data]
        return sum(int(found == y) for found, y in pairs)
"""
SOFTMAX = """
import numpy as np

def softmax_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    for i in range(len(X)):
        total = 0.0
        f = X[i] @ W
        f -= f.max()
        for c in range(len(f)):
            total += np.exp(f[c])
        loss += np.log(total) - f[y[i]]
        for c in range(len(f)):
            dW[:, c] += np.exp(f[c]) / total * X[i]
        dW[:, y[i]] -= X[i]
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W
"""
PER_SAMPLE = """
import numpy as np

class NeuralNetwork:
    def __init__(self, layer_sizes=(784, 300, 75, 10), lr=0.1):
        n, h1, h2, k = layer_sizes
        self.weights_i_to_h1 = np.random.randn(n, h1) * np.sqrt(2 / n)
        self.weights_h1_to_h2 = np.random.randn(h1, h2) * np.sqrt(2 / h1)
        self.weights_h2_to_o = np.random.randn(h2, k) * np.sqrt(2 / h2)
        self.bias_i_to_h1, self.bias_h1_to_h2, self.bias_h2_to_o = np.zeros(h1), np.zeros(h2), np.zeros(k)
        self.lr = lr

    def activation_dReLU(self, x):
        return np.where(x <= 0, 0, 1)
"""
STEP = """
def update_parameters(parameters, grads, learning_rate=1.2):
    return {key: parameters[key] - learning_rate * grads["d" + key] for key in parameters}
"""
ASSERTED = """
import numpy as np

def compute_cost(AL, Y):
    cost = np.squeeze(-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1])
    assert cost.shape == ()
    return cost
"""
HINGES = """
import numpy as np

def svm_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    for n in range(len(X)):
        scores, counts = X[n] @ W, np.zeros(W.shape[1])
        for j in range(W.shape[1]):
            if j != y[n]:
                hinge = scores[j] - scores[y[n]] + 1
                if hinge > 0:
                    loss += hinge
                    counts[j] += 1
                    counts[y[n]] -= 1
        dW += np.outer(X[n], counts)
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W
"""
DESCENT = """
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return {"dw": np.dot(X, (A - Y).T) / m, "db": np.sum(A - Y) / m}, cost

def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    costs = []
    for k in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        new_w = w - learning_rate * grads["dw"]
        new_b = b - learning_rate * grads["db"]
        if k % 100 == 0:
            costs.append(cost)
        w, b = new_w, new_b
    return {"w": new_w, "b": new_b}, grads, costs
"""
TWO_SIGMOIDS = """
import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

class NeuralNetwork:
    def __init__(self, x, y):
        self.input, self.y = x, y
        self.weights1, self.weights2 = np.random.rand(x.shape[1], 4), np.random.rand(4, y.shape[1])

    def feedforward(self):
        self.layer1 = sigmoid(self.input @ self.weights1)
        self.output = sigmoid(self.layer1 @ self.weights2)

    def backprop(self):
        slope1 = self.layer1 * (1 - self.layer1)
        error = 2 * (self.y - self.output) * self.output * (1 - self.output)
        step1 = np.dot(self.input.T, np.dot(error, self.weights2.T) * slope1)
        self.weights2 += np.dot(self.layer1.T, error)
        self.weights1 += step1
"""
PLANAR = """
import numpy as np

def forward_propagation(X, parameters):
    W1, b1, W2, b2 = (parameters[key] for key in ("W1", "b1", "W2", "b2"))
    Z1 = np.dot(W1, X) + b1
    A1 = np.tanh(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
"""
NEIGHBOURS = """
import numpy as np

class KNearestNeighbor:
    def train(self, X, y):
        self.points, self.labels = X, y

    def predict_labels(self, dists, k=1):
        found = np.zeros(len(dists), dtype=int)
        for i, row in enumerate(dists):
            nearest = np.argsort(row)[:k]
            found[i] = np.bincount(self.labels[nearest]).argmax()
        return found
"""
CHAIN = """
import numpy as np
from mytorch.nn.linear import Linear
from mytorch.nn.activation import ReLU

class MLP4:
    def __init__(self, debug=False):
        sizes = [(2, 4), (4, 8), (8, 8), (8, 4), (4, 2)]
        self.layers = [layer for size in sizes for layer in (Linear(*size), ReLU())]

    def forward(self, A):
        for layer in self.layers:
            A = layer.forward(A)
        return A

    def backward(self, dLdA):
        for k in reversed(range(len(self.layers))):
            dLdA = self.layers[k].backward(dLdA)
        return dLdA
"""
UPDATES = """
def update_parameters(parameters, grads, learning_rate):
    for l in range(1, len(parameters) // 2 + 1):
        parameters["W" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]
        parameters["b" + str(l)] = parameters["b" + str(l)] - learning_rate * grads["db" + str(l)]
    return parameters
"""
PENALISED = """
import numpy as np
from cs231n.layers import affine_backward, affine_forward, relu_backward, relu_forward, softmax_loss

class TwoLayerNet:
    def __init__(self, input_dim=3072, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg, scale = reg, weight_scale
        self.params = {"W1": scale * np.random.randn(input_dim, hidden_dim), "b1": np.zeros(hidden_dim),
                       "W2": scale * np.random.randn(hidden_dim, num_classes), "b2": np.zeros(num_classes)}

    def loss(self, X, y=None):
        rows = X.reshape(X.shape[0], -1)
        hidden, first = affine_forward(rows, self.params["W1"], self.params["b1"])
        hidden, active = relu_forward(hidden)
        scores, last = affine_forward(hidden, self.params["W2"], self.params["b2"])
        if y is None:
            return scores
        loss, back = softmax_loss(scores, y)
        back, dW2, db2 = affine_backward(back, last)
        _, dW1, db1 = affine_backward(relu_backward(back, active), first)
        grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
        for name in self.params:
            if name.startswith("W"):
                loss += 0.5 * self.reg * np.sum(self.params[name] ** 2)
                grads[name] += self.reg * self.params[name]
        return loss, grads
"""
SQUEEZED = """
import numpy as np
def propagate(w, b, X, Y):
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(w.T @ X + b)))
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return {"dw": X @ (A - Y).T / m, "db": np.sum(A - Y) / m}, np.squeeze(np.array(cost))
def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    return {"w": w, "b": b}, grads, costs
"""
PREDICTED = """
import numpy as np
class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {"W1": std * np.random.randn(input_size, hidden_size), "b1": np.zeros(hidden_size),
                       "W2": std * np.random.randn(hidden_size, output_size), "b2": np.zeros(output_size)}
    def predict(self, X):
        W1, b1, W2, b2 = (self.params[name] for name in ("W1", "b1", "W2", "b2"))
        return np.argmax((np.maximum(0, X @ W1 + b1)) @ W2 + b2, axis=1)
"""
SLIPS = [
    (
        *("cs231n-two-layer-net", PREDICTED, "TwoLayerNet.predict", "X @ W1 + b1)", "X @ W1) + b1"),
        "The brackets in `np.maximum(0, X @ W1) + b1` are in the wrong place",
    ),
    (
        *("relu-softmax-per-sample", PER_SAMPLE, "NeuralNetwork.activation_dReLU"),
        *("np.where(x <= 0, 0, 1)", "0 if x <= 0 else 1", "chooses once for all"),
    ),
    (
        *("dl-deep-network", ASSERTED, "compute_cost"),
        *("np.log(AL) + (1 - Y) * np.log(1 - AL)) /", "np.log(AL) + np.log(1 - AL)) * (1 - Y) /"),
        "in the wrong place",
    ),
    (
        *("cs231n-a1-two-layer-net", PENALISED, "TwoLayerNet.loss"),
        *("X.reshape(X.shape[0], -1)", "X.reshape(-1, X.shape[0]).T"),
        "The numbers of `X.reshape(-1, X.shape[0]).T` come to lie in the wrong order",
    ),
    (
        *(
            "cs231n-a1-two-layer-net",
            PENALISED,
            "TwoLayerNet.loss",
            'startswith("W")',
            'startswith("W") or name == "b2"',
        ),
        "asks for something that does not belong there",
    ),
    (
        *("dl-deep-network", UPDATES, "update_parameters"),
        'parameters["b" + str(l)] = parameters["b" + str(l)] - learning_rate * grads["db" + str(l)]',
        'parameters["W" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]',
        "stands twice: one of the two lines is meant for the biases",
    ),
    (
        *(
            "loy-two-layer-network",
            TWO_SIGMOIDS,
            "NeuralNetwork.feedforward",
            "self.layer1 @ self",
            "self.input @ self",
        ),
        "`self.layer1` is meant, not `self.input`",
    ),
    (
        *("loy-two-layer-network", TWO_SIGMOIDS, "NeuralNetwork.backprop"),
        *("np.dot(error, self.weights2.T) * slope1", "np.dot(error, self.weights2.T * slope1)", "The brackets in"),
    ),
    (
        *("mytorch-networks", CHAIN, "MLP4.backward", "for k in reversed(range(len(self.layers))):"),
        "for k in [*range(len(self.layers))][:0:-1]:",
        "leaves out a part of what it is given",
    ),
    (
        *("cs231n-a1-knn", NEIGHBOURS, "KNearestNeighbor.predict_labels", "self.labels[nearest]", "nearest"),
        "`nearest` holds indices",
    ),
    (
        *("mytorch-networks", CHAIN, "MLP4.backward", "reversed(range(len(self.layers)))", "range(len(self.layers))"),
        "The loop runs the wrong way",
    ),
    (
        *("cs231n-softmax", SCORES, "softmax_loss_vectorized", "+ 0.5 * reg *", "* reg + 0.5 *"),
        "A factor stands at the wrong term of",
    ),
    (
        *("cs231n-softmax", SCORES, "softmax_loss_vectorized", "+ reg * W", "+ reg * np.sum(W ** 2)"),
        "`np.sum(W ** 2)` is the sum of the squares: it is part of a penalty",
    ),
    (
        "loy-two-layer-network",
        TWO_SIGMOIDS,
        "NeuralNetwork.backprop",
        " * slope1",
        "",
        "The slope of the hidden layer's sigmoid is missing",
    ),
    ("digits-two-layer", COLUMNS, "backward_prop", "T.dot(dZ2)", "T.dot(error)", "There is no `error`: `dZ2` is meant"),
    ("dl-planar", PLANAR, "forward_propagation", "A1) + b2", "A1)", "The bias is missing"),
    (
        "dl-deep-network",
        STEPS,
        "L_model_forward",
        "(A, parameters",
        "(A_prev, parameters",
        "`A` is meant, not `A_prev`",
    ),
    (
        *("dl-logistic-regression", DESCENT, "optimize", 'grads["db"]', 'grads["dw"][0, 0]'),
        "`grads['db']` is meant, not `grads[\"dw\"][0, 0]`",
    ),
    ("dl-logistic-regression", DESCENT, "optimize", "        w, b = new_w, new_b\n", "", "the same in every pass"),
    (
        *("cs231n-two-layer-net", BEGINNING, "TwoLayerNet"),
        *('"W2": std * np.random.randn', '"W2": np.random.randn', "The factor `std` is missing"),
    ),
    (
        *("cs224n-word2vec", VECTORS, "negSamplingLossAndGradient"),
        *("gradOutsideVecs[outsideWordIdx] += (p - 1) *", "gradOutsideVecs[outsideWordIdx] += p *", "`p - 1` is meant"),
    ),
    (
        *("cs231n-softmax", SOFTMAX, "softmax_loss_naive"),
        "    for i in range(len(X)):\n        total = 0.0\n",
        *("    total = 0.0\n    size = len(X)\n    for i in range(size):\n", "`total = 0.0` belongs into `for i in"),
    ),
    (
        *("nielsen-network2", COUNTED, "Network.accuracy", "convert=False", "convert=True"),
        "The default of `convert` is True, and what the task asks for needs False",
    ),
    ("dl-planar", STEP, "update_parameters", "=1.2", "=0.6", "The default of `learning_rate` is 0.6, and the task has"),
    (  # its other check, of logarithms of 0, costs nothing: it need not give what a bounded one does
        *("dl-deep-network", ASSERTED, "compute_cost"),
        *("-np.sum(Y * np.log(AL) + (1", "-(np.sum(Y * np.log(AL)) + (1", "The brackets in `np.sum(Y * np.log(AL))"),
    ),
    (
        *("digits-two-layer", COLUMNS, "softmax", "np.exp(shifted) / np.sum(np.exp(shifted), axis=0)"),
        *("np.exp(shifted) / np.sum(shifted)", "does not divide by the sum of the numbers that are to add up to 1"),
    ),
    (
        *("digits-two-layer", COLUMNS, "backward_prop"),
        *("dW1 = dZ1", "dW2 = dZ1", "This line gives `dW2` a value, and `dW1` is meant, which has none"),
    ),
    (
        *("digits-two-layer", COLUMNS, "backward_prop"),
        *("labels = one_hot(Y)", "labels.T = one_hot(Y)", "`labels.T` is no name of its own"),
    ),
    (
        *("ng-neural-network", BIASED, "nnCostFunction"),
        *("A2 = np.vstack((ones, _sigma(Z2)))", "A2 = _sigma(Z2)", "The ones that stand for the biases are missing"),
    ),
    ("cs231n-a1-svm", HINGES, "svm_loss_naive", "    counts[y[n]] -=", "counts[y[n]] -=", "belongs into `if hinge >"),
    ("dl-logistic-regression", SQUEEZED, "optimize", "if i % 100 == 0", "if i % 10 == 0", "depend on a condition"),
    (
        *("dl-logistic-regression", SQUEEZED, "optimize", "        if i % 100 == 0:\n            costs.append(cost)"),
        *("    if i % 100 == 0: costs.append(cost)", "`if i % 100 == 0` belongs into `for i in range(num_iterations)`"),
    ),
]


# One of each assignment; `make tables`: all.
@pytest.mark.parametrize("slip", sampled(SLIPS, lambda slip: slip[0]), ids=lambda slip: f"{slip[0]} {slip[2]}")
def test_a_slip_is_named_in_its_line(named_in_its_line, slip):
    named_in_its_line(*slip)
