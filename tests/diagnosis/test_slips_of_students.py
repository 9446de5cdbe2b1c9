"""Slips as students make them, in code of their own kind: which words they get, and in which line.

Each is of a kind that once got a false sentence, or none.
"""

import ast
import textwrap

import pytest

from grader import Grader
from grader.diagnosis.repair.written import Written
from grader.diagnosis.written.returned import other_count
from grader.diagnosis.written.unused import unread
from grader.report import Diagnosis
from grader.submissions import load_source
from tests import library
from tests.tables import sampled, table

OPTIMISERS = """
import numpy as np

def initialize_velocity(parameters):
    v = {}
    for l in range(1, len(parameters) // 2 + 1):
        v["dW" + str(l)] = np.zeros_like(parameters["W" + str(l)])
        v["db" + str(l)] = np.zeros_like(parameters["b" + str(l)])
    return v

def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for key in parameters:
        v["d" + key] = beta * v["d" + key] + (1 - beta) * grads["d" + key]
        parameters[key] = parameters[key] - learning_rate * v["d" + key]
    return parameters, v
"""
LAYER_BY_LAYER = """
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for l in range(1, len(parameters) // 2 + 1):
        w, b = f"W{l}", f"b{l}"
        v["d" + w] = beta * v["d" + w] + (1 - beta) * grads["d" + w]
        v["d" + b] = beta * v["d" + b] + (1 - beta) * grads["d" + b]
        parameters[w] = parameters[w] - learning_rate * v["d" + w]
        parameters[b] = parameters[b] - learning_rate * v["d" + b]
    return parameters, v
"""
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
LAYERS = """
import numpy as np

def affine_forward(x, w, b):
    N = x.shape[0]
    flat = np.reshape(x, (N, -1))
    return flat.dot(w) + b, (x, w, b)

def affine_backward(dout, cache):
    x, w, b = cache
    db = np.zeros_like(b)
    db += np.sum(dout, axis=0)
    flat = x.reshape(x.shape[0], -1)
    return dout.dot(w.T).reshape(x.shape), flat.T.dot(dout), db
"""
STEPS = """
import numpy as np
from dnn_utils import sigmoid, relu

def linear_forward(A, W, b):
    return np.dot(W, A) + b, (A, W, b)

def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return A, (linear_cache, cache)

def L_model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A_prev = A
        A, cache = linear_activation_forward(A_prev, parameters["W%d" % l], parameters["b%d" % l], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters["W%d" % L], parameters["b%d" % L], "sigmoid")
    caches.append(cache)
    return AL, caches
"""
BATCHES = """
import numpy as np

def random_mini_batches(X, Y, size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    order = np.random.permutation(m)
    X, Y = X[:, order], Y[:, order].reshape(1, m)
    whole = m // size
    batches = [(X[:, k * size:(k + 1) * size], Y[:, k * size:(k + 1) * size]) for k in range(whole)]
    if m % size:
        rest = m - size * whole
        batches.append((X[:, m - rest:], Y[:, m - rest:]))
    return batches
"""
BEGINNING = """
import numpy as np

class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size), "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size), "b2": np.zeros(output_size),
        }
"""
VECTORS = """
import numpy as np

def negSamplingLossAndGradient(centerWordVec, outsideWordIdx, outsideVectors, dataset, K=10):
    p = 1 / (1 + np.exp(-outsideVectors[outsideWordIdx] @ centerWordVec))
    loss = -np.log(p)
    gradCenterVec = (p - 1) * outsideVectors[outsideWordIdx]
    gradOutsideVecs = np.zeros(outsideVectors.shape)
    gradOutsideVecs[outsideWordIdx] += (p - 1) * centerWordVec
    for _ in range(K):
        k = dataset.sampleTokenIdx()
        while k == outsideWordIdx:
            k = dataset.sampleTokenIdx()
        q = 1 / (1 + np.exp(outsideVectors[k] @ centerWordVec))
        loss -= np.log(q)
        gradCenterVec += (1 - q) * outsideVectors[k]
        gradOutsideVecs[k] += (1 - q) * centerWordVec
    return loss, gradCenterVec, gradOutsideVecs
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
WIDE = """
import numpy as np

def initialize_parameters_random(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
"""
DENSITY = """
import numpy as np
from scipy.special import erf

class GELU:
    def forward(self, Z):
        self.Z = Z
        return Z * (1 + erf(Z / np.sqrt(2))) / 2

    def backward(self, dLdA):
        density = 1 / np.sqrt(2 * np.pi) * np.exp(-self.Z ** 2 / 2)
        return dLdA * ((1 + erf(self.Z / np.sqrt(2))) / 2 + self.Z * density)
"""
PADDED = """
import numpy as np

def zero_pad(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), "constant")
"""
KEYS = """
import numpy as np

def max_pool_forward_naive(x, pool_param):
    h, w, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    rows, columns = (x.shape[2] - h) // s + 1, (x.shape[3] - w) // s + 1
    out = np.zeros((*x.shape[:2], rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = x[:, :, i * s:i * s + h, j * s:j * s + w].max(axis=(2, 3))
    return out, (x, pool_param)

def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    h, w, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    dx = np.zeros_like(x)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            part = x[:, :, i * s:i * s + h, j * s:j * s + w]
            largest = part == part.max(axis=(2, 3), keepdims=True)
            dx[:, :, i * s:i * s + h, j * s:j * s + w] += largest * dout[:, :, i, j, None, None]
    return dx
"""
PLACES = (
    KEYS[: KEYS.index("    for i in range(dout")]
    + """
    for n, k, i, j in np.ndindex(dout.shape):
        part = x[n, k, i * s:i * s + h, j * s:j * s + w]
        r, c = np.unravel_index(np.argmax(part), part.shape)
        dx[n, k, i * s + r, j * s + c] += dout[n, k, i, j]
    return dx
"""
)
SQUARE = """
import numpy as np

class Layer:
    def __init__(self):
        self.input = self.output = None

class Softmax(Layer):
    def forward(self, input):
        e = np.exp(input)
        self.output = e / e.sum()
        return self.output

    def backward(self, output_gradient, learning_rate):
        n = np.size(self.output)
        columns = np.tile(self.output, n)
        return (columns * (np.eye(n) - columns.T)) @ output_gradient
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
JACOBIANS = """
import numpy as np

class SoftMaxModule:
    def forward(self, x):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        self.out = e / e.sum(axis=1, keepdims=True)
        return self.out

    def backward(self, dout):
        J = -self.out[:, :, None] * self.out[:, None, :]
        J += np.apply_along_axis(np.diag, 1, self.out)
        return (J * dout[:, None, :]).sum(axis=2)
"""
STEPPED = """
import numpy as np

def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    rows, columns = (H + 2 * p - HH) // s + 1, (W + 2 * p - WW) // s + 1
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    out = np.zeros((N, F, rows, columns))
    for n in range(N):
        for i in range(0, H, s):
            for j in range(0, W, s):
                out[n, :, i // s, j // s] = w.reshape(F, -1).dot(padded[n, :, i:i + HH, j:j + WW].ravel()) + b
    return out, (x, padded, w, conv_param)

def conv_backward_naive(dout, cache):
    x, padded, w, conv_param = cache
    s, p = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    N, F, rows, columns = dout.shape
    dx, dw = np.zeros_like(padded), np.zeros_like(w)
    for n in range(N):
        for i in range(0, H, s):
            for j in range(0, W, s):
                g = dout[n, :, i // s, j // s]
                dx[n, :, i:i + HH, j:j + WW] += g.dot(w.reshape(F, -1)).reshape(C, HH, WW)
                dw += np.outer(g, padded[n, :, i:i + HH, j:j + WW]).reshape(w.shape)
    return dx[:, :, p:p + H, p:p + W], dw, dout.sum(axis=(0, 2, 3))
"""
IMAGES = """
import numpy as np

WIDTHS = lambda pad: ((0, 0), (pad, pad), (pad, pad), (0, 0))

def zero_pad(X, pad):
    return np.pad(X, WIDTHS(pad), mode="constant")
"""
COLUMNS = """
import numpy as np

def softmax(Z):
    shifted = Z - np.max(Z)
    return np.exp(shifted) / np.sum(np.exp(shifted), axis=0)

def ReLU_deriv(Z):
    return Z > 0

def one_hot(Y):
    made = np.zeros((Y.size, Y.max() + 1))
    made[np.arange(Y.size), Y] = 1
    return made.T

def backward_prop(Z1, A1, Z2, A2, W1, W2, X, Y):
    m = Y.size
    labels = one_hot(Y)
    dZ2 = A2 - labels
    dW2 = dZ2.dot(A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = W2.T.dot(dZ2) * ReLU_deriv(Z1)
    dW1 = dZ1.dot(X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return dW1, db1, dW2, db2
"""
ABSOLUTE = """
import numpy as np

class L1:
    def forward(self, y_out, y_truth, reduction="mean"):
        return np.abs(y_out - y_truth) if reduction == "none" else np.abs(y_out - y_truth).mean()

    def backward(self, y_out, y_truth):
        return np.where(y_out > y_truth, 1.0, -1.0)
"""
STEP = """
def update_parameters(parameters, grads, learning_rate=1.2):
    return {key: parameters[key] - learning_rate * grads["d" + key] for key in parameters}
"""
ABSENT = """
import numpy as np

def sgd_momentum(w, dw, config=None):
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    v = config["momentum"] * config.get("velocity", np.zeros_like(w)) - config["learning_rate"] * dw
    config["velocity"] = v
    return w + v, config
"""
LEFT_OUT = """
import numpy as np

class RMSPropLearningRule:
    def __init__(self, learning_rate=1e-3, decay=0.9, eps=1e-8):
        self.rate, self.decay, self.eps = learning_rate, decay, eps

    def initialise(self, params):
        self.params, self.means = params, [np.zeros_like(w) for w in params]

    def update_params(self, grads_wrt_params):
        for i, (w, g) in enumerate(zip(self.params, grads_wrt_params)):
            self.means[i] = self.decay * self.means[i] + (1 - self.decay) * g**2
            w -= self.rate * g / np.sqrt(self.means[i] + self.eps)
"""
KEPT = """
import numpy as np

class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)

    def derivative(self):
        slope = self.x.copy()
        slope[slope >= 0] = 1
        slope[slope < 0] = 0
        return slope
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
NORMALISED = """
import numpy as np

def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    mean, var = x.mean(axis=0), x.var(axis=0)
    if bn_param["mode"] == "train":
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    else:
        mean, var = running_mean, running_var
    x_norm = (x - mean) / np.sqrt(var + eps)
    bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var
    return gamma * x_norm + beta, (x, x_norm, gamma, mean, var, eps)

def batchnorm_backward(dout, cache):
    x, x_norm, gamma, mean, var, eps = cache
    N, D = x.shape
    g = dout * gamma
    dvar = np.sum(g * (x - mean) * -0.5 * (var + eps) ** -1.5, axis=0)
    dx = g / np.sqrt(var + eps) + dvar * 2 * (x - mean) / N - np.sum(g / np.sqrt(var + eps), axis=0) / N
    return dx, np.sum(dout * x_norm, axis=0), np.sum(dout, axis=0)

def layernorm_forward(x, gamma, beta, ln_param):
    variance = x.var(axis=1, keepdims=True) + ln_param.get("eps", 1e-5)
    x_norm = (x - x.mean(axis=1, keepdims=True)) / np.sqrt(variance)
    return gamma * x_norm + beta, (x_norm, gamma, variance)

def layernorm_backward(dout, cache):
    x_norm, gamma, variance = cache
    g = dout * gamma
    dx = g - g.mean(axis=1, keepdims=True) - x_norm * (g * x_norm).mean(axis=1, keepdims=True)
    return dx / np.sqrt(variance), (dout * x_norm).sum(axis=0), dout.sum(axis=0)
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
FRAMEWORK = """
import numpy as np

class BatchNorm1d:
    def __init__(self, num_features, alpha=0.9):
        self.alpha, self.eps = alpha, 1e-8
        self.BW, self.Bb = np.ones((1, num_features)), np.zeros((1, num_features))
        self.running_M, self.running_V = np.zeros((1, num_features)), np.ones((1, num_features))

    def forward(self, Z, eval=False):
        if eval:
            return self.BW * (Z - self.running_M) / np.sqrt(self.running_V + self.eps) + self.Bb
        self.M, self.V = Z.mean(axis=0, keepdims=True), Z.var(axis=0, keepdims=True)
        self.running_M = self.alpha * self.running_M + (1 - self.alpha) * self.M
        self.running_V = self.alpha * self.running_V + (1 - self.alpha) * self.V
        return self.BW * (Z - self.M) / np.sqrt(self.V + self.eps) + self.Bb
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
DROPOUT = """
import numpy as np

def dropout_forward(x, settings):
    if "seed" in settings:
        np.random.seed(settings["seed"])
    if settings["mode"] == "test":
        return x, (settings, None)
    mask = (np.random.rand(*x.shape) < settings["p"]) / settings["p"]
    return x * mask, (settings, mask)

def dropout_backward(dout, cache):
    settings, mask = cache
    if settings["mode"] == "test":
        return dout
    return dout * mask
"""
CROSS = """
import numpy as np

def cross_entropy_loss(probs, target_index):
    rows = np.arange(len(probs))
    return -np.log(probs[rows, target_index]).mean()
"""
CONNECTED = """
import numpy as np

class Param:
    def __init__(self, value):
        self.value, self.grad = value, np.zeros_like(value)

class FullyConnectedLayer:
    def __init__(self, n_input, n_output):
        self.W = Param(0.001 * np.random.randn(n_input, n_output))
        self.B = Param(0.001 * np.random.randn(1, n_output))

    def forward(self, X):
        self.X = X
        return X @ self.W.value + self.B.value

    def backward(self, d_out):
        self.W.grad += self.X.T @ d_out
        self.B.grad += d_out.sum(axis=0, keepdims=True)
        return d_out @ self.W.value.T
"""
DIFFERENCE = """
import numpy as np

def softmax_with_cross_entropy(predictions, target_index):
    e = np.exp(predictions - predictions.max(axis=1, keepdims=True))
    gradient = e / e.sum(axis=1, keepdims=True)
    rows = np.arange(len(predictions))
    loss = -np.log(gradient[rows, target_index]).mean()
    gradient[rows, target_index] -= 1
    return loss, gradient / len(predictions)
"""
BIASED = library.example("ng-neural-network", "right/samples_as_columns.py").read_text()
POOLING = """
import numpy as np

def pool_forward(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    m, H, W, C = A_prev.shape
    A = np.zeros((m, (H - f) // s + 1, (W - f) // s + 1, C))
    reduce = np.max if mode == "max" else np.mean
    for i in range(A.shape[1]):
        for j in range(A.shape[2]):
            A[:, i, j] = reduce(A_prev[:, i * s : i * s + f, j * s : j * s + f], axis=(1, 2))
    return A, (A_prev, hparameters)
"""
SETTINGS = """
import numpy as np

def sgd_momentum(w, dw, config=None):
    config = config or {}
    momentum = config.setdefault("momentum", 0.9)
    v = momentum * config.get("velocity", np.zeros_like(w)) - config.setdefault("learning_rate", 1e-2) * dw
    config["velocity"] = v
    return w + v, config
"""
MASKS = """
import numpy as np

def dropout_forward(x, dropout_param):
    p, mask = dropout_param["p"], None
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    if dropout_param["mode"] == "train":
        mask = (np.random.rand(*x.shape) < p) / p
    return x if mask is None else x * mask, (dropout_param, mask)
"""
PLAIN_MASKS = """
import numpy as np

class Dropout:
    def __init__(self, dropout_ratio=0.5):
        self.ratio = dropout_ratio

    def forward(self, x, train_flg=True):
        if not train_flg:
            return x * (1 - self.ratio)
        self.on = np.random.rand(*x.shape) > self.ratio
        return x * self.on

    def backward(self, dout):
        return dout * self.on
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
POOLED = """
import numpy as np

class Pooling:
    def __init__(self, pool_h, pool_w, stride=1, pad=0):
        self.h, self.w, self.s = pool_h, pool_w, stride

    def forward(self, x):
        n, c, rows, columns = x.shape
        down, across = (rows - self.h) // self.s + 1, (columns - self.w) // self.s + 1
        seen = np.zeros((n, down, across, c))
        for i in range(down):
            for j in range(across):
                seen[:, i, j] = x[:, :, i * self.s : i * self.s + self.h, j * self.s : j * self.s + self.w].max((2, 3))
        return seen.transpose(0, 3, 1, 2)
"""
SCORES = """
import numpy as np

def softmax_loss_vectorized(W, X, y, reg):
    rows = np.arange(len(y))
    scores = X @ W
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[rows, y]).sum() / len(y) + 0.5 * reg * np.sum(W * W)
    p[rows, y] -= 1
    return loss, X.T @ p / len(y) + reg * W
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
AFFINE = """
import numpy as np

class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T
"""
BY_CASES = """
import numpy as np
def dropout_forward(x, dropout_param):
    keep = dropout_param["p"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    match dropout_param["mode"]:
        case "train":
            mask = ((rates := np.random.rand(*x.shape)) < keep) / keep
            return x * mask, (dropout_param, mask)
        case _:
            return x, (dropout_param, None)
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

MASKED = """
import numpy as np

class Relu:
    def forward(self, x):
        self.mask = x <= 0
        x = np.where(self.mask, 0, x)
        return x

    def backward(self, dout):
        return np.where(self.mask, 0, dout)
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
WRONG = [
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
        *("cs231n-layers", PLACES, "max_pool_backward_naive", "i * s + r, j * s + c", "r, c"),
        "is a place in the window, and is used as one in the image",
    ),
    (
        *("layers-with-learning-rate", SQUARE, "Softmax.backward", "np.eye(n) - ", "1 - "),
        "takes every entry from 1",
    ),
    ("scratch-layers", MASKED, "Relu.forward", "x = np.where(self.mask, 0, x)", "x[self.mask]", "and put nowhere"),
    ("scratch-layers", AFFINE, "Affine.backward", "self.dW", "self.gradW", "`Affine` has no attribute `dW`, which the"),
    (
        "scratch-layers",
        AFFINE,
        "Affine.forward",
        "x @ self.W",
        "math.prod((x, self.W))",
        "The module `math` is not imported",
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
    ("cs231n-a2-optim", SETTINGS, "sgd_momentum", 'setdefault("momentum', 'setdefault("momentun', "No entry"),
    ("cs231n-a2-optim", SETTINGS, "sgd_momentum", 'lt("momentum', 'lt("mu', 'No entry `"mu"` is given'),
    (
        *("cs231n-a2-dropout", MASKS, "dropout_forward", "random.rand(", "random.randn("),
        "`np.random.randn` is called where `np.random.rand` is meant",
    ),
    (
        *("cs231n-a2-normalization", NORMALISED, "batchnorm_backward", "dout * x_norm, axis", "dout, x_norm, axis"),
        "A comma stands for the `*`",
    ),
    (
        "scratch-convolution",
        PLAIN_MASKS,
        "Dropout.forward",
        "*x.shape",
        "x.shape",
        "one by one, and is given a tuple: a `*`",
    ),
    (
        *("scratch-convolution", PLAIN_MASKS, "Dropout.forward", "random.rand(", "random.randn("),
        "`np.random.randn` is called where `np.random.rand` is meant",
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
        *("scratch-convolution", POOLED, "Pooling.forward", "seen.transpose(0, 3, 1, 2)", "seen"),
        "The axes of `seen` are in another order",
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
    (
        *("mytorch-layers", FRAMEWORK, "BatchNorm1d.forward"),
        *("self.alpha * self.running_V + (1 - self.alpha) * self.V",),
        *("self.alpha * self.V + (1 - self.alpha) * self.running_V", "have changed places"),
    ),
    ("digits-two-layer", COLUMNS, "backward_prop", "T.dot(dZ2)", "T.dot(error)", "There is no `error`: `dZ2` is meant"),
    ("dl-planar", PLANAR, "forward_propagation", "A1) + b2", "A1)", "The bias is missing"),
    (
        *("cs231n-a2-normalization", NORMALISED, "layernorm_backward"),
        *("x_norm * (g * x_norm).mean", "(g * x_norm).mean", "A term or factor is missing"),
    ),
    (
        *("cs231n-a2-dropout", DROPOUT, "dropout_backward"),
        *("dout * mask", "dout * mask / settings['p']", "is too much"),
    ),
    (
        "dl-convolution",
        POOLING,
        "pool_forward",
        "1, C))",
        "1, C), dtype=int)",
        "An array of the type `int` takes whole",
    ),
    ("dl-convolution", POOLING, "pool_forward", "j * s : j * s + f", "i * s : i * s + f", "counts with the wrong"),
    ("dl-optimization", OPTIMISERS, "initialize_velocity", 'parameters["b" +', 'parameters["W" +', "is not the entry"),
    (
        *("dl-optimization", LAYER_BY_LAYER, "update_parameters_with_momentum"),
        *('v["d" + b] = beta', 'v["d" + w] = beta', "What is made of `v['d' + b]` is put into `v['d' + w]`"),
    ),
    (
        *("dl-optimization", OPTIMISERS, "update_parameters_with_momentum"),
        *("learning_rate * v[", "learning_rate * grads[", "`v['d' + key]` is meant, not `grads"),
    ),
    ("cs231n-a1-layers", LAYERS, "affine_forward", "(N, -1))", '(N, -1), order="F")', "The option `order` changes"),
    ("cs231n-a1-layers", LAYERS, "affine_backward", "np.sum(dout, axis=0)", "np.sum(dout)", "should run along axis 0"),
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
        *("cs231n-a2-normalization", NORMALISED, "batchnorm_forward"),
        *("momentum * running_var + (1 - momentum) * var", "momentum * var + (1 - momentum) * running_var"),
        "have changed places",
    ),
    (
        *("cs231n-a2-normalization", NORMALISED, "batchnorm_forward"),
        *(
            '    bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var\n',
            "",
            "is read, and nothing new is ever put there",
        ),
    ),
    (
        *("cs231n-a2-normalization", NORMALISED, "layernorm_forward"),
        *("return gamma * x_norm + beta, (x_norm", "return x_norm, (x_norm", "`x_norm` is neither scaled nor shifted"),
    ),
    (
        *("cs231n-a2-normalization", NORMALISED, "layernorm_backward"),
        "dx = g - g.mean(axis=1, keepdims=True) - x_norm * (g * x_norm).mean(axis=1, keepdims=True)",
        "dx = g - g.mean(axis=0) - x_norm * (g * x_norm).mean(axis=0)",
        "The means on the way back are taken over the batch",
    ),
    ("cs231n-a2-normalization", NORMALISED, "batchnorm_backward", "-1.5", "-0.5", "Another number belongs into"),
    pytest.param(
        *("dl-optimization", BATCHES, "random_mini_batches"),
        *("m - size * whole", "m - whole", "`whole` is to be multiplied: `whole * size`"),
        marks=[table, pytest.mark.xfail(reason="whole checks have spent their allowance before factors", strict=True)],
    ),
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
        *("dl-initialization", WIDE, "initialize_parameters_random"),
        *("layers_dims[l - 1]) * 10", "layers_dims[l - 1] * 10)", "The brackets in `np.random.randn("),
    ),
    ("mytorch-gelu", DENSITY, "GELU.backward", "np.sqrt(2 * np.pi)", "np.sqrt(np.pi)", "is that of π, not of 2π"),
    ("mytorch-gelu", DENSITY, "GELU.backward", "(-self.Z ** 2 / 2)", "(-self.Z) ** 2 / 2", "The brackets of `"),
    ("i2dl-losses", ABSOLUTE, "L1.backward", "1.0, -1.0", "1.0, 0.0", "Another number belongs into `np.where("),
    (
        *("nielsen-network2", COUNTED, "Network.accuracy", "convert=False", "convert=True"),
        "The default of `convert` is True, and what the task asks for needs False",
    ),
    ("dl-planar", STEP, "update_parameters", "=1.2", "=0.6", "The default of `learning_rate` is 0.6, and the task has"),
    (
        "cs231n-a2-optim",
        ABSENT,
        "sgd_momentum",
        'm", 0.9',
        'm", 0.7',
        "Where `momentum` is not given you take 0.7, and",
    ),
    (
        "mlp-learning-rules",
        LEFT_OUT,
        "RMSPropLearningRule.update_params",
        "=0.9",
        "=0.99",
        "The default of `decay` is 0.99",
    ),
    (
        *("mlp-learning-rules", LEFT_OUT, "RMSPropLearningRule.update_params"),
        *("learning_rate=1e-3", "learning_rat=1e-3", "`RMSPropLearningRule` takes other parameters than the task"),
    ),
    ("mytorch-first-layers", KEPT, "ReLU.derivative", ".copy()", "", "`slope = self.x` makes no copy"),
    (  # its other check, of logarithms of 0, costs nothing: it need not give what a bounded one does
        *("dl-deep-network", ASSERTED, "compute_cost"),
        *("-np.sum(Y * np.log(AL) + (1", "-(np.sum(Y * np.log(AL)) + (1", "The brackets in `np.sum(Y * np.log(AL))"),
    ),
    (
        *("dl-optimization", BATCHES, "random_mini_batches"),
        *("(X[:, k * size:(k + 1) * size], Y[:, k * size:", "(X[:, k:(k + 1) * size], Y[:, k:"),
        "The slices begin at the count of the batches",
    ),
    (
        *("dl-optimization", OPTIMISERS, "initialize_velocity"),
        *("len(parameters) // 2 + 1", "len(parameters) + 1", "`len(parameters)` counts the entries"),
    ),
    (
        *("dl-convolution", PADDED, "zero_pad", '"constant")', '"constant", constant_values=pad)'),
        "The option `constant_values` changes what",
    ),
    (
        *("uva-modules", JACOBIANS, "SoftMaxModule.backward", "(J * dout[:, None, :]).sum(axis=2)", "J * dout"),
        "`J * dout` is not each sample's matrix times its vector",
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
        *("mytorch-layers", FRAMEWORK, "BatchNorm1d.forward", "features)), np.z", "feature)), np.z"),
        "There is no `num_feature`: `num_features` is meant",
    ),
    (
        *("mytorch-layers", FRAMEWORK, "BatchNorm1d.forward", "class BatchNorm1d:", "def BatchNorm1d(object):"),
        "`BatchNorm1d` is defined with `def`, and a `class` is meant",
    ),
    (
        *("mytorch-layers", FRAMEWORK, "BatchNorm1d.forward", "forward(self, Z", "forward(Z"),
        "`self` is missing among the parameters",
    ),
    (
        *("mytorch-layers", FRAMEWORK, "BatchNorm1d.forward", "__init__(self", "_init_(self"),
        "`_init_` is no constructor",
    ),
    (
        *("dlcourse-layers", CROSS, "cross_entropy_loss", "probs[rows, target_index]", "probs[target_index]"),
        "takes whole rows or columns, and one entry for each",
    ),
    (
        *("dlcourse-layers", CONNECTED, "FullyConnectedLayer.backward", "randn(n_input, n_output)"),
        *("randn(n_output, n_input)", "Two arguments have changed places: `np.random.randn(n_output, n_input)`"),
    ),
    (
        *("dl-optimization", OPTIMISERS, "initialize_velocity"),
        *('parameters["b" + str(l)])', 'parameters["b"] + str(l))', "closes before the key is whole"),
    ),
    ("mytorch-gelu", DENSITY, "GELU.backward", "np.exp(", "exp(", "`exp` is numpy's, and is called `np.exp` here"),
    (
        *("dlcourse-layers", CROSS, "cross_entropy_loss"),
        *("probs[rows, target_index]", "probs.sum(axis=0)[target_index]", "not the sample's own number"),
    ),
    (
        *("dlcourse-layers", DIFFERENCE, "softmax_with_cross_entropy", "target_index] -= 1", "target_index] = 1"),
        "1 is to be taken off it",
    ),
    (
        *("ng-neural-network", BIASED, "nnCostFunction"),
        *("A2 = np.vstack((ones, _sigma(Z2)))", "A2 = _sigma(Z2)", "The ones that stand for the biases are missing"),
    ),
    ("cs231n-a1-svm", HINGES, "svm_loss_naive", "    counts[y[n]] -=", "counts[y[n]] -=", "belongs into `if hinge >"),
    ("cs231n-layers", PLACES, "max_pool_backward_naive", "r, c = np.unr", "c, r = np.unr", "`r` have changed places"),
    ("dl-logistic-regression", SQUEEZED, "optimize", "if i % 100 == 0", "if i % 10 == 0", "depend on a condition"),
    (
        *("dl-logistic-regression", SQUEEZED, "optimize", "        if i % 100 == 0:\n            costs.append(cost)"),
        *("    if i % 100 == 0: costs.append(cost)", "`if i % 100 == 0` belongs into `for i in range(num_iterations)`"),
    ),
]


@pytest.fixture(scope="module")
def graders():
    made: dict[str, Grader] = {}
    yield made
    for grader in made.values():
        grader.close()


def told(graders: dict[str, Grader], assignment: str, text: str, function: str, *others: str) -> tuple[Diagnosis, ...]:
    grader = graders.setdefault(assignment, Grader(assignment))
    report = grader.grade(load_source(text, "homework.py"), functions=[function, *others])
    return next(one for one in report.functions if one.name == function).diagnoses


SLOPES = """
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - cache["A2"] ** 2)
    dW2, db2 = np.dot(dZ2, cache["A1"].T) / m, np.sum(dZ2, axis=1, keepdims=True) / m
    return {"dW2": dW2, "db2": db2, "dW1": np.dot(dZ1, X.T) / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m}
"""


def test_a_backward_pass_is_looked_at_without_the_forward_pass_that_the_check_does_without(graders):
    (one,) = told(graders, "dl-planar", f"import numpy as np\n{SLOPES}", "backward_propagation")
    assert one.title.startswith("`cache['A1'] ** 2` is meant")


LOOPED = """
import numpy as np

def pool_forward(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    (m, rows, columns, channels) = A_prev.shape
    high, wide = (rows - f) // s + 1, (columns - f) // s + 1
    A = np.zeros((m, high, wide, channels))
    for r in range(high):
        for c in range(wide):
            top_from = r * s
            left_from = c * s
            top_to = top_from + f
            left_to = left_from + f
            window = A_prev[:, top_from:top_to, left_from:left_to]
            A[:, r, c] = window.max(axis=(1, 2)) if mode == "max" else window.mean(axis=(1, 2))
    return A, (A_prev, hparameters)
"""


def test_a_constructor_that_gives_something_back_has_the_lines_of_a_method_whose_head_is_missing(graders):
    text = AFFINE.replace("    def forward(self, x):\n        self.x = x\n        return", "        self.out =")
    text = text.replace("@ self.W + self.b\n", "@ self.W + self.b\n        return self.out\n").replace(
        "= x @", "= self.x @"
    )
    (one, *_) = told(graders, "scratch-layers", text, "Affine.forward")
    assert "The lines of another method stand in `__init__`" in one.title


def test_axes_that_were_added_for_one_sample_are_taken_away_where_a_product_has_too_many(graders):
    text = AFFINE.replace("self.x.T @ dout", "self.x[None].T @ dout[None]").replace("dout.sum(axis=0)", "dout")
    stop, *behind = told(graders, "scratch-layers", text, "Affine.backward", "Affine.forward")
    assert "`self.x, dout` in the place of `self.x[None], dout[None]`" in stop.explanation
    assert behind


@pytest.mark.parametrize(
    ("old", "new", "title", "why"),
    [
        ("left_to = left_from", "left_to = left_to", "`left_to` has no value", "`left_from` in the place of `left_to`"),
    ],
)
def test_what_stops_in_loops_over_two_axes_is_told_by_the_lines_and_sizes_beside_it(graders, old, new, title, why):
    (one, *_) = told(graders, "dl-convolution", LOOPED.replace(" = r * s", " = r").replace(old, new), "pool_forward")
    assert title in one.title
    assert why in one.explanation


@pytest.mark.parametrize(
    ("assignment", "text", "name", "old", "new", "meant"),
    [
        ("digits-two-layer", COLUMNS, "backward_prop", "dZ2, axis=1", "dZ2, dim=1", "`axis` in the place of `dim`"),
        pytest.param(
            *("dl-convolution", IMAGES, "zero_pad", '"constant"', "'zeros'"),
            "`'constant'` in the place of `'zeros'`",
            marks=table,
        ),
    ],
)
def test_an_option_that_numpy_does_not_know_is_told_with_the_one_that_is_meant(
    graders, assignment, text, name, old, new, meant
):
    (one, *_) = told(graders, assignment, text.replace(old, new), name)
    assert meant in one.explanation


@pytest.mark.parametrize(("output", "bound"), [("sigmoid(z)", "0.6"), pytest.param("z + b", "0.5", marks=table)])
def test_classes_tell_no_number_to_compare_with_nor_a_function_to_be_applied_twice(graders, output, bound):
    text = f"""
        import numpy as np
        def sigmoid(z):
            return 1 / (1 + np.exp(-z))
        def predict(w, b, X):
            z = np.dot(w.T, X)
            A = {output}
            return (A > {bound}).astype(float)
    """
    for one in told(graders, "dl-logistic-regression", textwrap.dedent(text), "predict"):
        assert "sigmoid(" not in one.title
        assert "0.0" not in one.explanation


SAMPLES = """
import numpy as np
m = 211

def compute_cost(A2, Y, parameters=None):
    m = Y.shape[1]
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m

def forward_propagation(X, parameters):
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
    A2 = 1 / (1 + np.exp(-parameters["W2"] @ A1 - parameters["b2"]))
    return A2, {"A1": A1, "A2": A2}
"""


@pytest.mark.parametrize(
    ("right", "wrong", "function", "title", "line"),
    [
        ("    m = Y.shape[1]\n", "", "compute_cost", "`m` is a number from outside of the function", 6),
        (
            *("(1 - Y) * np.log(1 - A2)", "(1 - Y) * (1 - np.log(A2))", "compute_cost"),
            *("`np.log` is applied to too little in `1 - np.log(A2)`", 7),
        ),
        ("Y * np.log(A2)", "Y * np.log(1 - A2)", "compute_cost", "The `1 -` is too much in `1 - A2`", 7),
        ('"A1": A1,', '"A1": 2 * A1,', "forward_propagation", "The factor `2` is too much in `2 * A1`", 12),
    ],
)
def test_what_is_set_outside_and_what_is_put_into_a_cache(graders, right, wrong, function, title, line):
    (diagnosis,) = told(graders, "dl-planar", SAMPLES.replace(right, wrong), function)
    assert diagnosis.title.startswith(title)
    assert diagnosis.location.line == line


def test_a_cost_that_is_only_shown_is_not_said_to_be_missing_anywhere():
    text = "def nn_model(X):\n    cost = compute_cost(X)\n    g = slope(X)\n    return X\n"
    (definition,) = ast.parse(text).body
    written = Written("nn_model", None, definition, text)  # type: ignore[arg-type]
    told = unread("nn_model", written, {"compute_cost"})
    assert told is not None
    assert "`g`" in told[0].title


@pytest.mark.parametrize(
    ("right", "wrong", "title"),
    [
        ("output_error_term * h2[:, None]", "h2 @ h2 * 0.1", "`weights_h2_to_o` is moved by one number"),
        pytest.param("self.bias_h1_to_h2 += ", "unused = ", "`bias_h1_to_h2` is left as it was", marks=table),
        pytest.param(
            "zip(features, targets)",
            "zip(features[:-1], targets[:-1])",
            "`zip(features[:-1], targets[:-1])` leaves out",
            marks=[table, pytest.mark.xfail(reason="no call of a whole training is watched here", strict=True)],
        ),
    ],
)
def test_what_a_step_does_to_tensors_as_wholes_is_told(graders, right, wrong, title):
    text = library.example("relu-softmax-per-sample", "put_right.py").read_text("utf-8")
    assert text.count(right) == 1
    found = told(graders, "relu-softmax-per-sample", text.replace(right, wrong), "NeuralNetwork.train")
    assert any(one.title.startswith(title) for one in found), [one.title for one in found]


def test_a_method_of_a_class_above_is_tried_with_changes(graders):
    text = library.example("cs231n-a1-linear-classifier", "wrong/learning_rate_forgotten.py").read_text("utf-8")
    right, wrong = "np.argmax(scores, axis=1)", "np.max(scores, axis=1)"
    (diagnosis,) = told(graders, "cs231n-a1-linear-classifier", text.replace(right, wrong), "Softmax.predict")
    assert diagnosis.location.line == text[: text.index(right)].count("\n") + 1


@table
def test_a_slip_in_training_is_told_beside_one_after_it(graders):
    text = NORMALISED.replace("= running_mean, running_var\n    x", "= running_mean, running_var ** 2 - eps\n    x")
    text = text.replace("* var\n", "* var\n        var = np.std(var + eps) ** 2 - eps\n")
    found = told(graders, "cs231n-a2-normalization", text, "batchnorm_forward")
    assert sorted(one.location.line for one in found) == [12, 14]
    assert all("every check of `batchnorm_forward` passes" in one.explanation for one in found)


@table
def test_a_line_of_a_script_is_tried_like_that_of_a_function(graders):
    text = library.example("leaky-relu-column-major", "random_weights.py").read_text("utf-8")
    right, wrong = 'cache["a" + str(layers - i - 1)].T) / m', 'cache["a" + str(layers - i)].T) / m'
    assert right in text
    (diagnosis,) = told(graders, "leaky-relu-column-major", text.replace(right, wrong), "training")
    assert wrong in text.replace(right, wrong).splitlines()[diagnosis.location.line - 1]
    assert "every check of `training` passes" in diagnosis.explanation
    assert "__" not in diagnosis.title + diagnosis.explanation  # nothing of how it is run


# One of each assignment; `make tables`: all.
@pytest.mark.parametrize(
    ("assignment", "text", "function", "right", "wrong", "words"), sampled(WRONG, lambda entry: entry[0])
)
def test_a_slip_is_named_in_its_line(graders, assignment, text, function, right, wrong, words):
    assert right in text
    (diagnosis, *_) = told(graders, assignment, text.replace(right, wrong), function)
    assert words in diagnosis.title
    line = text.replace(right, wrong).splitlines()[diagnosis.location.line - 1]
    assert wrong in line or line in wrong


def test_a_slip_in_a_case_of_a_match_is_named(graders):
    (diagnosis, *_) = told(graders, "cs231n-a2-dropout", BY_CASES.replace("< keep", "> keep"), "dropout_forward")
    assert diagnosis.title.startswith("The comparison keeps what it should switch off")


def test_an_argument_that_is_kept_changed_is_told_where_it_is_kept(graders):
    """Not that three numbers are others in the function that is right."""
    right = "Z\n        return Z * (1 + erf(Z / np.sqrt(2)))"
    text = DENSITY.replace(right, "Z / np.sqrt(2)\n        return Z * (1 + erf(self.Z))")
    (diagnosis, *_) = told(graders, "mytorch-gelu", text, "GELU.backward", "GELU.forward")
    assert diagnosis.title.startswith("`self.Z` does not keep what is needed later: that is `Z` as it was given")
    assert diagnosis.location.line == 7


@table
def test_the_same_slip_in_two_lines_that_are_built_alike_is_told_once(graders):
    text = BIASED.replace("lambda_ / n * R", "lambda_ / n + R")  # and the gradients of both are put together
    (diagnosis,) = told(graders, "ng-neural-network", text, "nnCostFunction")
    assert "comes out right with another operator, and so in line" in diagnosis.title


def test_what_is_wrong_behind_errors_in_two_functions_is_told_with_these(graders):
    """The cache has the settings: their keys are known of the call before. What is overwritten shows only then."""
    text = KEYS.replace('pool_param["pool_', 'pool_param["').replace("] += largest", "] = largest")
    functions = "max_pool_backward_naive", "max_pool_forward_naive"
    one, other, *_ = told(graders, "cs231n-layers", text, *functions)
    assert 'No entry `"height"` is given' in one.title
    assert "overwrites what was there" in other.title


@pytest.mark.parametrize("name", ["conv_backward_naive", pytest.param("conv_forward_naive", marks=table)])
def test_loops_over_the_image_are_told_in_two_functions_of_which_one_stops_the_other(graders, name):
    (diagnosis, *_) = told(graders, "cs231n-layers", STEPPED, name, "conv_forward_naive", "conv_backward_naive")
    assert diagnosis.title.startswith("The loops over `range(0, H, s), range(0, W, s)` make more or fewer passes")
    assert "`range(0, rows * s, s), range(0, columns * s, s)`" in diagnosis.explanation


@table
def test_of_two_slips_in_what_is_drawn_both_are_told(graders):
    """One check sees both, and passes with none of the two changes alone."""
    text = """
        import numpy as np
        def initialize_parameters_he(dims):
            made = {}
            for l in range(1, len(dims)):
                width = 2 / np.sqrt(dims[l - 1])
                made["W" + str(l)] = np.random.rand(dims[l], dims[l - 1]) * width
                made["b" + str(l)] = np.zeros((dims[l], 1))
            return made
    """
    one, other = told(graders, "dl-initialization", textwrap.dedent(text), "initialize_parameters_he")
    assert one.title == "`np.random.rand` is called where `np.random.randn` is meant"
    assert "`np.sqrt(2 / dims[l - 1])`" in f"{other.title} {other.explanation}"


def test_words_that_are_asked_for_by_identity_are_told_so(graders):
    choice = 'A, cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)\n'
    branches = [f'if activation is "{name}":\n        A, cache = {name}(Z)\n' for name in ("sigmoid", "relu")]
    text = STEPS.replace(choice, "    ".join(branches))
    (diagnosis, *_) = told(graders, "dl-deep-network", text, "linear_activation_forward")
    assert diagnosis.title.startswith('`activation is "sigmoid"` asks whether the two are one object')


def test_what_the_script_counts_is_taken_from_what_the_function_is_given(graders):
    """With what is wrong behind it."""
    text = COLUMNS.replace("    m = Y.size\n", "").replace("np.sum(dZ1, axis=1, keepdims=True)", "np.sum(dZ1)")
    (diagnosis, *_) = told(graders, "digits-two-layer", text, "backward_prop")
    assert diagnosis.title.startswith(
        "Nothing gives `m` a value in this function: the number of `Z1.shape[1]` is meant"
    )
    assert "`np.sum(dZ1)` runs over everything, and should run along axis 1" in diagnosis.explanation
    assert text.split("\n")[diagnosis.location.line - 1] == "    dW2 = dZ2.dot(A1.T) / m"


@pytest.mark.parametrize(
    ("assignment", "text", "function", "titles"),
    [
        (
            "dl-planar",
            "def compute_cost(A2, Y):\n    return np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m\n",
            "compute_cost",
            ["Nothing gives `m` a value in this function: the number of `A2.shape[1]` is meant"],
        ),
        (
            "cs231n-a2-optim",
            "def rmsprop(w, dw, config=None):\n    config = {} if config is None else config\n"
            "    starts = (('learning_rate', 1e-2), ('decay_rate', 0.99), ('epsilon', 1e-8), ('cache', 0 * w))\n"
            "    for key, start in starts:\n"
            "        config.setdefault(key, start)\n    d = config['decay_rate']\n"
            "    config['cache'] = (1 - d) * config['cache'] + d * dw**2\n"
            "    return w - config['learning_rate'] * dw / (np.sqrt(config['cache']) + eps), config\n",
            "rmsprop",
            ["Nothing has the name `eps` where it is used"],  # and not that it is too much
        ),
        (
            "cs231n-a1-knn",
            "class KNearestNeighbor:\n    def train(self, X, y):\n        self.X_train, self.y_train = X, y\n"
            "    def predict_labels(self, dists, k=1):\n        nearest = np.argsort(-dists, axis=1)[:, :k]\n"
            "        return np.array([np.bincount(self.Y_train[one]).argmax() for one in nearest])\n",
            "KNearestNeighbor.predict_labels",
            ["There is no `self.Y_train`: `self.y_train` is meant", "The minus sign of `-dists`"],
        ),
        (
            "scratch-layers",
            "class Affine:\n    def __init__(self, W, b):\n        self.W, self.b, self.x = W, b, None\n"
            "    def forward(self, x):\n        self.x = x\n        return x @ self.W + self.b\n"
            "    def backward(self, dout):\n        self.db = dout.sum(axis=0)\n"
            "        self.dW = np.dot(dout, self.X.T)\n        return dout @ self.W.T\n",
            "Affine.backward",
            [
                "There is no `self.X`: `self.x` is meant",
                "The factors of `np.dot(dout, self.X.T)` are in the wrong",
            ],
        ),
        (
            "scratch-layers",
            "class Affine:\n    def __init__(self, W, b):\n        self.W = W\n        self.biases = b\n"
            "    def forward(self, x):\n        return x @ self.W + self.bias\n"
            "    def step(self, rate):\n        self.bias -= rate\n",
            "Affine.forward",
            ["There is no `self.bias`: `self.biases` is meant"],  # and not that `step` sets it
        ),
        (
            "scratch-optimizers",
            "class SGD:\n    def __init__(self, lr=0.01):\n        self.lr = lr\n"
            "    def update(self, params, grads):\n        lr_t = lr\n"
            "        for key in params:\n            params[key] -= lr_t * params\n",
            "SGD.update",
            ["`lr` is an attribute of the object: it is `self.lr`", "`lr_t * params` counts with a whole dict"],
        ),
        (
            "dl-deep-network",
            "def initialize_parameters_deep(layer_dims):\n    parameters = {}\n    ayers = len(layer_dims)\n"
            "    for layer in range(1, layers):\n        shape = layer_dims[layer], layer_dims[layer - 1]\n"
            "        parameters['W' + str(layer)] = np.random.randn(*shape) / np.sqrt(shape[1])\n"
            "        parameters['b' + str(layer)] = np.zeros((shape[0], 1))\n    return parameters\n"
            "def compute_cost(AL, Y):\n    layers = Y.shape[1]\n    return -np.sum(np.log(AL)) / layers\n",
            "initialize_parameters_deep",
            ["This line gives `ayers` a value, and `layers` is meant, which has none"],
        ),
    ],
)
def test_a_name_without_value_is_told_before_what_is_wrong_behind_it(graders, assignment, text, function, titles):
    found = told(graders, assignment, f"import numpy as np\n{text}", function)
    assert len(found) == len(titles)
    assert all(one.title.startswith(title) for one, title in zip(found, titles, strict=True))


def test_a_module_that_is_not_imported_is_put_right_for_what_is_behind_it(graders):
    found = told(
        graders,
        "cs231n-a1-knn",
        "class KNearestNeighbor:\n    def train(self, X, y):\n        self.X_train, self.y_train = X, y\n"
        "    def compute_distances_two_loops(self, X):\n        if X is None:\n            X = self.X_train\n"
        "        shape = len(X), len(self.X_train)\n        dists = np.zeros(shape)\n"
        "        for i in xrange(shape[0]):\n            for j in xrange(shape[1]):\n"
        "                dists[i, j] = np.sum((X[i] - self.X_train[j]) ** 2)\n        return dists\n",
        "KNearestNeighbor.compute_distances_two_loops",
    )
    assert found[0].title == "numpy is not imported under the name `np`"
    assert "With `import numpy as np` at the beginning, and `range` for `xrange`" in found[0].explanation
    assert found[1].title.startswith("The root is missing")


def test_a_number_below_zero_is_told_with_its_sign(graders):
    text = "def relu_backward(dout, cache):\n    x = cache\n    return dout * (x > -1)\n"
    (found,) = told(graders, "cs231n-a1-layers", text, "relu_backward")
    assert "With `x > 0` in the place of `x > -1`" in found.explanation


def test_what_is_wrong_behind_an_error_is_told_with_it(graders):
    """Four faults, of which the first ends every call."""
    text = (
        COLUMNS.replace("labels = ", "labels.T = ").replace("axis=1, keepdims=True", "2").replace("dZ1.dot", "dZ2.dot")
    )
    titles = [one.title for one in told(graders, "digits-two-layer", text, "backward_prop")]
    assert titles[0].startswith("`labels.T` is no name of its own")
    assert any("`dZ1` is meant, not `dZ2`" in title for title in titles)
    assert any("should run along axis 1, and so in line" in title for title in titles)


@pytest.mark.parametrize(
    ("right", "wrong", "told_of"),
    [
        (
            *("x_norm * (g * x_norm).mean(axis=1, keepdims=True)", "x_norm * (g * x_norm).mean(axis=0)"),
            "`(g * x_norm).mean(axis=0)` has the shape (7,), where (5, 1) is needed.",
        ),
        ("(dout * x_norm).sum(axis=0)", "(dout * x_norm).sum()", "is a single number, where (7,) is needed."),
    ],
)
def test_the_shape_of_what_is_wrong_is_told_beside_the_one_that_is_needed(graders, right, wrong, told_of):
    start = NORMALISED.index("def layernorm_backward")
    text = NORMALISED[:start] + NORMALISED[start:].replace(right, wrong, 1)
    (diagnosis, *_) = told(graders, "cs231n-a2-normalization", text, "layernorm_backward")
    assert told_of in diagnosis.explanation


def test_a_number_that_a_value_is_changed_with_twice_is_too_much_at_both_places(graders):
    text = """
        import numpy as np
        def softmax(z):
            z = z - np.max(z, axis=1, keepdims=True)
            return np.exp(z / 2) / np.sum(np.exp(z / 2), axis=1, keepdims=True)
    """
    (only,) = told(graders, "mnist-mlp", textwrap.dedent(text), "softmax")
    assert only.title == "The division by `2` is too much in `z / 2`"
    assert only.location.line == 5


@pytest.mark.parametrize(
    ("kept", "title"),
    [
        ("2 * x", "The factor `2` is too much in `2 * x`"),  # half the gradient would do as well, and is not meant
        pytest.param("np.abs(x)", "`np.abs` is too much in `np.abs(x)`", marks=table),
        # Nothing in the function that uses it undoes it.
        pytest.param("x + 1", "The term `1` is too much in `x + 1`", marks=table),
    ],
)
def test_what_a_right_function_keeps_for_another_one_is_wrong_where_it_is_kept(graders, kept, title):
    text = LAYERS.replace("return flat.dot(w) + b, (x,", f"return flat.dot(w) + b, ({kept},")
    (only,) = told(graders, "cs231n-a1-layers", text, "affine_backward", "affine_forward")
    assert only.title == title
    assert only.location.line == 7
    assert "what `affine_forward` keeps for `affine_backward`" in only.explanation


def test_a_function_fed_by_one_that_is_wrong_elsewhere_is_named_as_well(graders):
    text = NORMALISED.replace("mean, var = running_mean, running_var", "pass").replace("-1.5", "-0.5")
    (first, *_) = told(graders, "cs231n-a2-normalization", text, "batchnorm_forward")
    assert first.code == "batchnorm_forward.batch-in-test-mode"
    (second, *_) = told(graders, "cs231n-a2-normalization", text, "batchnorm_backward", "batchnorm_forward")
    assert "Another number belongs into" in second.title


def test_what_makes_a_term_vanish_is_no_meaning(graders):
    """Biases that are drawn: times the strength of the penalty, which is 0 there, they would be 0."""
    text = textwrap.dedent("""
        import numpy as np
        class TwoLayerNet:
            def __init__(self, input_dim=3072, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
                self.reg = reg
                self.params = {
                    "W1": weight_scale * np.random.randn(input_dim, hidden_dim),
                    "b1": weight_scale * np.random.randn(hidden_dim),
                    "W2": weight_scale * np.random.randn(hidden_dim, num_classes),
                    "b2": np.zeros(num_classes),
                }
    """)
    told_of = told(graders, "cs231n-a1-two-layer-net", text, "TwoLayerNet")
    assert not any("is meant" in one.title for one in told_of)


def test_the_shapes_of_an_exception_are_those_of_the_pass_that_raised(graders):
    """A function of others raised: the message is about arrays inside, and what it is given may well fit."""
    text = STEPS.replace('parameters["b%d" % l], "relu")', 'parameters["b%d" % l].T, "relu")')
    told_of = told(graders, "dl-deep-network", text, "L_model_forward", "linear_forward", "linear_activation_forward")
    assert not any("linear_activation_forward" in one.title and "do not fit" in one.title for one in told_of)


def test_shapes_that_fit_are_not_told_as_those_that_do_not(graders):
    """A slice that is added to in place fails at the edge of the image; in the rounds before it had the full size."""
    text = textwrap.dedent("""
        import numpy as np
        def conv_forward_naive(x, w, b, conv_param):
            s, p = conv_param["stride"], conv_param["pad"]
            seen = np.lib.stride_tricks.sliding_window_view(np.pad(x, ((0,), (0,), (p,), (p,))), w.shape[2:], (2, 3))
            out = np.tensordot(seen[:, :, ::s, ::s], w, ((1, 4, 5), (1, 2, 3))) + b
            return out.transpose(0, 3, 1, 2), (x, w, b, conv_param)
        def conv_backward_naive(dout, cache):
            x, w, b, conv_param = cache
            dx, side = np.zeros_like(x), w.shape[2]
            for n in range(dout.shape[0]):
                for f in range(dout.shape[1]):
                    for i in range(dout.shape[2]):
                        for j in range(dout.shape[3]):
                            dx[n, :, i:i + side, j:j + w.shape[3]] += dout[n, f, i, j] * w[f]
            return dx, dout, dout
    """)
    told_of = told(graders, "cs231n-layers", text, "conv_backward_naive", "conv_forward_naive")
    assert [one.title.endswith("do not fit") for one in told_of] == [True]
    assert "Here" not in told_of[0].explanation


def test_weights_that_a_layer_begins_with_are_no_further_mistake(graders):
    """The solution's layer has none until a check sets them."""
    text = textwrap.dedent("""
        import numpy as np
        class Dense:
            def __init__(self, input_size, output_size):
                self.weights, self.bias = np.random.randn(output_size, input_size), np.zeros((output_size, 1))
            def forward(self, input):
                self.input = input
                return np.dot(self.weights, input) + self.bias
            def backward(self, output_gradient, learning_rate):
                self.bias -= learning_rate * output_gradient
                self.weights -= learning_rate * np.dot(output_gradient, self.input.T)
                return np.dot(self.weights.T, output_gradient)
    """)
    (diagnosis,) = told(graders, "layers-with-learning-rate", text, "Dense.backward")
    assert "weights after the step" in diagnosis.title
    assert diagnosis.confidence == "certain"
    assert "another mistake" not in diagnosis.explanation


def test_labels_that_are_never_read_are_told(graders):
    text = (
        "import numpy as np\ndef cross_entropy(probs, Y):\n    return -np.sum(np.log(probs.max(axis=1))) / Y.shape[0]\n"
    )
    (diagnosis, *_) = told(graders, "mnist-mlp", text, "cross_entropy")
    assert diagnosis.title == "`Y` is read for its shape alone in `cross_entropy`"


def test_weights_kept_the_other_way_round_are_not_told_as_transposed(graders):
    """The check turns them before it compares."""
    text = textwrap.dedent("""
        import numpy as np
        class LinearModule:
            def __init__(self, in_features, out_features, input_layer=False):
                self.params = {"weight": np.random.randn(in_features, out_features), "bias": np.zeros(out_features)}
                self.grads = {"weight": None, "bias": None}
            def forward(self, x):
                self.x = x
                return x @ self.params["weight"] + self.params["bias"]
            def backward(self, dout):
                self.grads["weight"] = self.x.T @ dout
                self.grads["bias"] = dout.mean(axis=0)
                return dout @ self.params["weight"].T
    """)
    (diagnosis,) = told(graders, "uva-modules", text, "LinearModule.backward")
    assert diagnosis.title == "The bias gradients are averaged once more"
    assert "another mistake" not in diagnosis.explanation


def test_the_gradient_of_a_layers_parameter_is_repaired_where_it_is_put(graders):
    """It is read of what is read of the layer."""
    text = """
import numpy as np

class Param:
    def __init__(self, value):
        self.value, self.grad = value, np.zeros_like(value)

class FullyConnectedLayer:
    def __init__(self, n_input, n_output):
        self.W = Param(np.random.randn(n_input, n_output))
        self.B = Param(np.random.randn(1, n_output))

    def forward(self, X):
        self.X = X
        return X @ self.W.value + self.B.value

    def backward(self, d_out):
        for x, d in zip(self.X, d_out):
            self.W.grad = np.outer(x, d)
        self.B.grad += d_out.sum(axis=0)
        return d_out @ self.W.value.T
"""
    (diagnosis,) = told(graders, "dlcourse-layers", text, "FullyConnectedLayer.backward")
    assert diagnosis.location.line == 19
    assert "last sample" in diagnosis.title or "overwrites what was there" in diagnosis.title


@pytest.mark.parametrize(
    ("assignment", "text", "function", "title"),
    [
        (
            "mnist-mlp",
            "def relu(z):\n    return np.where(z > 0, z, 0.1 * (np.exp(z) - 1))\n",
            "relu",
            "`np.where(z > 0, z, 0.1 * (np.exp(z) - 1))` computes ELU with α = 0.1, and another function is needed",
        ),
        (
            "i2dl-losses",
            "class L1:\n    def forward(self, y_out, y_truth):\n"
            "        return np.sqrt(np.mean((y_out - y_truth) ** 2))\n",
            "L1.forward",
            "`np.sqrt(np.mean((y_out - y_truth) ** 2))` is the root of the mean of the squares, "
            "and another measure of size is needed",
        ),
        (
            "cs231n-a2-optim",
            "def rmsprop(w, dw, config=None):\n    c = config or {}\n"
            "    s = c.get('decay_rate', 0.99) * c.get('cache', 0 * w) + (1 - c.get('decay_rate', 0.99)) * dw ** 2\n"
            "    c['cache'] = s\n    rate, e = c.get('learning_rate', 1e-2), c.get('epsilon', 1e-8)\n"
            "    return w - rate * dw / np.sqrt(s) + e, c\n",
            "rmsprop",
            "The brackets in `w - rate * dw / np.sqrt(s) + e` are in the wrong place",
        ),
    ],
)
def test_what_stands_there_instead_is_recognised(graders, assignment, text, function, title):
    """Not what would do by chance: the sign of an exponential is 1, and of an activation ReLU makes another one."""
    (diagnosis,) = told(graders, assignment, f"import numpy as np\n{text}", function)
    assert diagnosis.title == title


def test_an_array_that_is_turned_is_turned_where_it_is_made(graders):
    """Though what made the cache is wrong as well."""
    text = """
import numpy as np

class Linear:
    def __init__(self, in_features, out_features, debug=False):
        self.W, self.b = np.zeros((out_features, in_features)), np.zeros((out_features, 1))

    def forward(self, A):
        self.A = A
        return A @ self.W.T

    def backward(self, dLdZ):
        self.dLdW = dLdZ.T @ self.A
        self.dLdb = dLdZ.sum(axis=0, keepdims=True)
        return dLdZ @ self.W
"""
    (diagnosis,) = told(graders, "mytorch-layers", text, "Linear.backward", "Linear.forward")
    assert diagnosis.location.line == 14


def test_the_axes_of_an_argument_are_those_that_its_own_function_tells(graders):
    text = "import numpy as np\ndef word_embedding_forward(x, W):\n    return np.sin(W)[:, x] * 1.7, (x, W)\n"
    (diagnosis,) = told(graders, "cs231n-a3-recurrent-layers", text, "word_embedding_forward")
    assert "`x` has the shape (N, T)" in diagnosis.explanation


@pytest.mark.usefixtures("nothing_tried")
def test_where_two_gradients_are_taken_from_another_function_nothing_is_computed(graders):
    text = """
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

class Network:
    def __init__(self, sizes):
        self.sizes = sizes
        self.biases = [np.random.randn(y, 1) for y in sizes[1:]]
        self.weights = [np.random.randn(y, x) for x, y in zip(sizes, sizes[1:])]

    def backprop(self, x, y):
        seen = [x]
        for b, w in zip(self.biases, self.weights):
            seen.append(sigmoid(w @ seen[-1] + b))
        delta, nb, nw = seen[-1] - y, [], []
        for l in range(1, len(self.sizes)):
            nb.insert(0, delta)
            nw.insert(0, delta @ seen[-l - 1].T)
            delta = self.weights[-l].T @ delta * seen[-l - 1] * (1 - seen[-l - 1])
        return nb, nw

    def update_mini_batch(self, mini_batch, eta, lmbda, n):
        sums = [0 * w for w in self.weights]
        for x, y in mini_batch:
            db, dw = self.backprop(x, y)
            sums = [s + d for s, d in zip(sums, dw)]
            self.biases = [b - eta / len(mini_batch) * d for b, d in zip(self.biases, db)]
        self.weights = [(1 - eta * lmbda) * w - eta / len(mini_batch) * s for w, s in zip(self.weights, sums)]
"""
    diagnoses = told(graders, "nielsen-network2", text, "Network.update_mini_batch", "Network.backprop")
    assert diagnoses
    assert all(one.location is None or one.location.line != 27 for one in diagnoses)


def test_what_a_check_tried_in_vain_is_no_mistake(graders):
    """The labels may be rows of 0 and 1: that these do not go with class numbers is not what is wrong."""
    text = (
        "import numpy as np\nclass CrossEntropyModule:\n    def forward(self, x, y):\n"
        "        return np.mean(-y * np.log(x))\n"
    )
    (diagnosis,) = told(graders, "uva-modules", text, "CrossEntropyModule.forward")
    assert diagnosis.title == "The factor `x.shape[1]` is missing in `np.mean(-y * np.log(x))`"


@pytest.mark.parametrize(
    ("right", "wrong", "words", "more"),
    [
        ("hidden_size, output_size, std", "output_size, hidden_size, std", "another order", "by their position"),
        ("output_size, std=1e-4", "output_size, seed, std=1e-4", "takes other parameters", "Not asked for: `seed`"),
    ],
)
def test_parameters_that_are_not_those_of_the_task_are_told(graders, right, wrong, words, more):
    (diagnosis,) = told(graders, "cs231n-two-layer-net", BEGINNING.replace(right, wrong), "TwoLayerNet")
    assert words in diagnosis.title
    assert more in diagnosis.explanation
    assert diagnosis.location.line == 5


@pytest.mark.parametrize(("head", "foot"), [("@as_layer", ""), ("", "Relu = as_layer(Relu)")])
def test_a_function_of_which_a_class_is_made_is_not_said_to_be_none(graders, head, foot):
    text = f"""
import numpy as np
def as_layer(of):
    class Layer:
        def forward(self, x):
            return of(x), x
        def backward(self, dout, cache):
            return dout + (cache > 0)
    return Layer
{head}
def Relu(x):
    return np.maximum(x, 0)
{foot}
"""
    assert not any("is meant" in one.title for one in told(graders, "i2dl-layers", text, "Relu.backward"))


def test_parameters_of_other_names_in_the_same_places_are_none_of_these(graders):
    text = BEGINNING.replace("input_size", "D").replace("np.zeros(hidden_size)", "np.ones(hidden_size)")
    (diagnosis, *_) = told(graders, "cs231n-two-layer-net", text, "TwoLayerNet")
    assert "parameters" not in diagnosis.title


def test_a_method_is_not_seen_by_its_bare_name(graders):
    text = (
        "import numpy as np\nclass Network:\n    def __init__(self, sizes):\n        self.weights = self.biases = []\n"
        "    def sigmoid(self, z):\n        return 1 / (1 + np.exp(-z))\n"
        "    def feedforward(self, a):\n        for b, w in zip(self.biases, self.weights):\n"
        "            a = sigmoid(w @ a + b)\n        return a\n"
    )
    (diagnosis,) = told(graders, "nielsen-quadratic-network", text, "Network.feedforward")
    assert diagnosis.title.startswith("`sigmoid` is an attribute of the object: it is `self.sigmoid`")


ONE_LIST = """
import numpy as np

class MomentumLearningRule:
    def __init__(self, learning_rate=1e-3, mom_coeff=0.9):
        self.rate, self.mom_coeff = learning_rate, mom_coeff

    def initialise(self, params):
        self.params = params
        self.moms = [np.zeros(p.shape) for p in params]

    def update_params(self, grads_wrt_params):
        for p, v, g in zip(self.params, self.moms, grads_wrt_params):
            v *= self.mom_coeff
            v -= self.rate * g
            p += v

class AdamLearningRule(MomentumLearningRule):
    def __init__(self, learning_rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-8):
        super().__init__(learning_rate)
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon

    def initialise(self, params):
        super().initialise(params)
        self.m = [np.zeros(p.shape) for p in params]
        self.h = [np.zeros(p.shape) for p in params]
        self.steps = 0

    def update_params(self, grads_wrt_params):
        self.steps += 1
        rate = self.rate * (1 - self.beta_2 ** self.steps) ** 0.5 / (1 - self.beta_1 ** self.steps)
        for p, m, h, g in zip(self.params, self.m, self.h, grads_wrt_params):
            m += (1 - self.beta_1) * (g - m)
            h += (1 - self.beta_2) * (g ** 2 - h)
            p -= rate * m / (np.sqrt(h) + self.epsilon)
"""


@pytest.mark.parametrize(
    ("assignment", "text", "function", "right", "wrong", "title", "changed_by"),
    [
        (
            *("mlp-learning-rules", ONE_LIST, "AdamLearningRule.update_params"),
            *("self.h = [np.zeros(p.shape) for p in params]", "self.h = self.m"),
            *("`self.h = self.m` makes no copy", "h += (1 - self.beta_2) * (g ** 2 - h)"),
        ),
        (
            *("mlp-learning-rules", ONE_LIST, "MomentumLearningRule.update_params"),
            *("self.moms = [np.zeros(p.shape) for p in params]", "self.moms = [p for p in params]"),
            *("`self.moms = [p for p in params]` puts the array itself there, where zeros", ""),
        ),
        (
            *("cs224n-word2vec", VECTORS, "negSamplingLossAndGradient"),
            *("gradOutsideVecs = np.zeros(outsideVectors.shape)", "gradOutsideVecs = outsideVectors"),
            *("`negSamplingLossAndGradient` changes its argument `outsideVectors` in place", ""),
        ),
        (
            "cs231n-softmax",
            SCORES.replace("    p[rows, y] -= 1\n", "").replace("X.T @ p", "X.T @ d"),
            "softmax_loss_vectorized",
            *("    loss = -np.log(", "    d = p\n    d[rows, y] -= 1\n    loss = -np.log("),
            *("`d = p` makes no copy", "d[rows, y] -= 1"),
        ),
    ],
)
def test_two_names_for_one_array_are_told_with_the_line_that_changes_it(
    graders, assignment, text, function, right, wrong, title, changed_by
):
    assert right in text
    text = text.replace(right, wrong)
    (diagnosis, *_) = told(graders, assignment, text, function)
    assert diagnosis.title.startswith(title)
    assert wrong.partition("\n")[0] in text.splitlines()[diagnosis.location.line - 1]
    number = next((n for n, line in enumerate(text.splitlines(), 1) if changed_by in line), 0) if changed_by else 0
    assert f"Line {number}, `{changed_by}" in diagnosis.explanation if changed_by else True


def test_what_a_function_copied_out_of_a_class_asks_of_its_object_is_told_in_its_line(graders):
    text = LAYERS.replace("affine_backward(dout", "affine_backward(self, dout")
    text = text.replace("flat.T.dot(dout), db", "flat.T.dot(dout) + self.reg * w, db")
    (only,) = told(graders, "cs231n-a1-layers", text, "affine_backward", "affine_forward")
    assert only.title == "`self.reg` has no value: the function stands in no class"
    assert only.location.line == 14


@pytest.mark.usefixtures("nothing_tried")
def test_a_key_that_nobody_gives_is_told_beside_other_mistakes(graders):
    text = textwrap.dedent("""
        import numpy as np
        def sgd_momentum(w, dw, config=None):
            config = {} if config is None else config
            config.setdefault("rate_of_learning", 1e-2)
            config.setdefault("momentum", 0.9)
            v = config["momentum"] * config.get("v", np.zeros_like(w)) + config["rate_of_learning"] * dw
            return w - v, v
    """)
    titles = {one.title: one.location.line for one in told(graders, "cs231n-a2-optim", text, "sgd_momentum")}
    assert titles["`rate_of_learning` is looked up in `config`, which is given with `learning_rate`"] == 5
    assert titles["`v` is looked up in `config`, which is given with `velocity`"] == 7


@pytest.mark.usefixtures("nothing_tried")
@pytest.mark.parametrize(("last", "is_told"), [("elif mode == 'avg':", True), ("else:", False)])
def test_a_word_that_no_call_gives_is_told_in_its_line(graders, last, is_told):
    text = textwrap.dedent(f"""
        import numpy as np
        def pool_forward(A_prev, hparameters, mode="max"):
            m, H, W, C = A_prev.shape
            f, s = hparameters["f"], hparameters["stride"]
            A = np.zeros((m, (H - f) // s + 1, (W - f) // s + 1, C))
            for h in range(A.shape[1]):
                for w in range(A.shape[2]):
                    window = A_prev[:, h * s:h * s + f, w * s:w * s + f]
                    if mode == "max":
                        A[:, h, w] = window.max(axis=(1, 2))
                    {last}
                        A[:, h, w] = window.sum(axis=(1, 2))
            return A, (A_prev, hparameters)
    """)
    found = told(graders, "dl-convolution", text, "pool_forward")
    lines = [
        one.location.line
        for one in found
        if one.title == "`mode` is compared with `'avg'`, and is given as `'average'`"
    ]
    assert lines == [12] * is_told


def test_a_return_within_its_loop_is_told_of_a_function_that_others_keep_from_being_judged(graders):
    text = textwrap.dedent("""
        import numpy as np
        def rnn_step_forward(x, prev_h, Wx, Wh, b):
            next_h = np.tanh(x @ Wx + prev_h @ Wh + b)
            return next_h, (x, prev_h, Wx, Wh, next_h)
        def rnn_step_backward(dnext_h, cache):
            x, prev_h, Wx, Wh, next_h = cache
            da = dnext_h * (1 - next_h ** 2)
            return da @ Wx.T, da @ Wh.T, x.T @ da, prev_h.T @ da, da.sum(axis=0)
        def rnn_forward(x, h0, Wx, Wh, b):
            raise ValueError("not yet")
        def rnn_backward(dh, cache):
            dx = np.zeros_like(dh)
            for t in range(dh.shape[1]):
                dx[:, t], dprev_h, dWx, dWh, db = rnn_step_backward(dh[:, t], cache[t])
                return dx, dprev_h, dWx, dWh, db
    """)
    (only,) = told(graders, "cs231n-a3-recurrent-layers", text, "rnn_backward", "rnn_forward")
    assert only.code == "rnn_backward.ends-in-the-first-pass"
    assert only.location.line == 16


def test_a_name_of_another_function_is_told_where_that_one_keeps_a_function_from_being_judged(graders):
    text = textwrap.dedent("""
        import numpy as np
        def batchnorm_forward(x, gamma, beta, bn_param):
            if bn_param["mode"] == "train":
                x_hat = (x - np.mean(x, axis=0)) / np.std(x, axis=0)
                running_var = 0.9 * running_var + 0.1 * np.var(x, axis=0)
            return gamma * x_hat + beta, (x, gamma)
        def batchnorm_backward(dout, cache):
            try:
                x, gamma = cache
            except ValueError as error:
                print(error)
            return dout * gamma, (dout * x_hat).sum(axis=0), dout.sum(axis=0)
    """)
    (only,) = told(graders, "cs231n-a2-normalization", text, "batchnorm_backward", "batchnorm_forward")
    assert only.title == "`x_hat` has no value in this function: it is a name of another one"
    assert only.location.line == 13


def test_what_no_call_has_come_to_is_told_by_the_text(graders):
    text = textwrap.dedent("""
        import numpy as np
        def propagate(w, b, X, Y):
            A = 1 / (1 + np.exp(-(w.T @ x_train + b)))
            cost = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))
            grads = {"dW": X @ (A - Y).T / X.shape[1], "db": np.mean(A - Y)}
            return grads
        def optimize(w, b, X, Y, num_iterations, learning_rate):
            costs = []
            for i in range(num_iterations):
                grads = propagate(w, b, X, Y)
                w, b = w - learning_rate * grads["dW"], b - learning_rate * grads["db"]
                return {"w": w, "b": b}, grads, costs
    """)
    wrong = told(graders, "dl-logistic-regression", text, "propagate", "optimize")
    kinds = [one.code.partition(".")[2] for one in wrong]
    assert kinds == ["exception", "another-form-of-result", "parts-missing"]
    assert [one.location.line for one in wrong[:2]] == [4, 7]
    (only,) = told(graders, "dl-logistic-regression", text, "optimize", "propagate")
    assert (only.code, only.location.line) == ("optimize.ends-in-the-first-pass", 13)


@pytest.mark.parametrize(
    ("results", "title"),
    [
        ("W @ A + b, (A, W, b), A", "`linear_forward` returns 3 values, and 2 are asked for"),
        ("W @ A + b, (A, W, b)", None),
        ("pair(A, W, b)", None),
        ("np.dot(W, A)", "`linear_forward` returns 1 value, and 2 are asked for"),
        ("W", None),
        ("W @ A", "`linear_forward` returns 1 value, and 2 are asked for"),
    ],
)
def test_results_of_another_number_are_told_by_the_text(graders, results, title):
    source = f"def linear_forward(A, W, b):\n    return {results}\n"
    contract = graders.setdefault("dl-deep-network", Grader("dl-deep-network")).assignment.contract
    entry = next(one for one in contract if one.name == "linear_forward")
    unit = load_source(source, "homework.py").units[0]
    found = other_count(entry, Written("linear_forward", unit, ast.parse(source).body[0], source))
    assert (found and found[0].title) == title


def test_a_line_that_is_wrong_in_the_pass_forward_is_told_of_the_way_back(graders):
    text = textwrap.dedent("""
        import numpy as np
        def max_pool_forward_naive(x, pool_param):
            N, C, H, W = x.shape
            height, width, stride = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
            columns = 1 + (W - height) // stride
            out = np.zeros((N, C, 1 + (H - height) // stride, columns))
            for i in range(out.shape[2]):
                for j in range(columns):
                    window = x[:, :, i * stride:i * stride + height, j * stride:j * stride + width]
                    out[:, :, i, j] = window.max(axis=(2, 3))
            return out, (x, pool_param)
        def max_pool_backward_naive(dout, cache):
            x, pool_param = cache
            N, C, H, W = x.shape
            height, width, stride = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
            columns = 1 + (W - height) // stride
            dx = np.zeros_like(x)
            for i in range(1 + (H - height) // stride):
                for j in range(columns):
                    window = x[:, :, i * stride:i * stride + height, j * stride:j * stride + width]
                    chosen = window == window.max(axis=(2, 3), keepdims=True)
                    dx[:, :, i * stride:i * stride + height, j * stride:j * stride + width] += (
                        chosen * dout[:, :, i, j][:, :, None, None]
                    )
            return dx
    """)
    told_of = told(graders, "cs231n-layers", text, "max_pool_backward_naive", "max_pool_forward_naive")
    assert [one.location.line for one in told_of] == [17]


KEEPS_NOTHING = """
import numpy as np
class Sigmoid:
    def __init__(self):
        self.out = None
    def forward(self, x):
        out = 1 / (1 + np.exp(-x))
        return out
    def backward(self, dout):
        return dout * self.out * (1 + self.out)
"""
ROWS_FOR_ENTRIES = """
import numpy as np
def cross_entropy_loss(probs, target_index):
    return -np.sum(np.log(probs[target_index]))
"""
FOUR_ERRORS = """
import numpy as np
class AdaGrad:
    def __init__(self, lr=0.01):
        self.lr, self.h = lr, None
    def update(self, params, grads):
        if self.h is None:
            self.h = []
            for key in params:
                self.h[key] = np.zeros.like(params[key])
        for key in params:
            self.h[key] += grads[key] * grads[key]
            params[key] -= lr * grads[key] / (np.sqrt(self.h) + 1e-7)
"""
NOTHING_COMES_BACK = """
import numpy as np
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
    def forward(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, dout):
        dx = np.dot(dout, self.W.T)
        self.dW = np.dot(self.X.T, dout)
        self.db = np.sum(dout, axis=1)
"""
MORE_VALUES = """
import numpy as np
def linear_backward(dZ, cache):
    A, W, b = cache
    m = A.shape[1]
    DW = dZ @ A.T / m
    Db = np.sum(dZ, axis=1, keepdims=True)
    dA_prev = W.T @ dZ
    return dA_prev, dZ, DW, Db
def linear_forward(A, W, b):
    return W @ A + b, (A, W, b)
"""

COPIED_LINE = """
import numpy as np
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for l in range(1, parameters // 2 + 1):
        step = {}
        v["dW" + str(l)] = beta * v["dW" + str(l)] + (1 - beta) * grads["dW" + str(l)]
        v["db" + str(l)] = beta * v["db" + str(l)] + (1 - beta) * grads["db" + str(l)]
        step["dW" + str(l)] = learning_rate * v["dW" + str(l)]
        step["dW" + str(l)] = learning_rate * v["dW" + str(l)]
        parameters["W" + str(l)] = parameters["W" + str(l)] - step["dW" + str(l)]
        parameters["b" + str(l)] = parameters["b" + str(l)] - step["db" + str(l)]
    return parameters, v
"""


@pytest.mark.parametrize(
    ("assignment", "text", "functions", "lines"),
    [
        ("dl-optimization", COPIED_LINE, ("update_parameters_with_momentum",), [4, 9]),
        ("scratch-optimizers", FOUR_ERRORS, ("AdaGrad.update",), [10, 8, 13, 13]),
        ("scratch-layers", NOTHING_COMES_BACK, ("Affine.backward", "Affine.forward"), [12, 11, 12]),
        ("dl-deep-network", MORE_VALUES, ("linear_backward", "linear_forward"), [7, 9]),
        ("scratch-layers", KEEPS_NOTHING, ("Sigmoid.backward", "Sigmoid.forward"), [8, 10]),
        ("dlcourse-layers", ROWS_FOR_ENTRIES, ("cross_entropy_loss",), [4, 4]),
    ],
)
def test_what_is_wrong_behind_an_exception_is_told_with_that_put_right(graders, assignment, text, functions, lines):
    wrong = told(graders, assignment, text, *functions)
    assert [one.location.line for one in wrong] == lines
    assert any("more shows, which is told as well" in one.explanation for one in wrong)
