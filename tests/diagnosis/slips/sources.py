"""Functions and classes as students write them, all right, which tests of more than one file put slips into."""

from tests import library

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
BIASED = library.example("ng-neural-network", "right/samples_as_columns.py").read_text()
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
