# MLP assignment. I made a small class for what backward has to remember.
from collections import namedtuple

import numpy as np

Step = namedtuple("Step", "a_in z")


class Memory:
    def __init__(self):
        self.steps = []
        self.probs = None

    def remember(self, a_in, z):
        self.steps.append(Step(a_in, z))

    @property
    def depth(self):
        return len(self.steps)


def relu(z):
    return np.maximum(0, z)


def softmax(z):
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def cross_entropy(probs, Y):
    return -np.sum(Y * np.log(probs + 1e-12)) / Y.shape[0]


def l2_penalty(params, lam):
    return 0.5 * lam * sum(np.sum(params[k] ** 2) for k in params if k[0] == "W")


def forward(params, X):
    memory = Memory()
    a = X
    for i in range(1, len(params) // 2 + 1):
        z = a @ params["W%d" % i] + params["b%d" % i]
        memory.remember(a, z)
        a = relu(z)
    memory.probs = softmax(z)
    return memory.probs, memory


def backward(params, memory, Y, lam):
    grads = {}
    delta = (memory.probs - Y) / len(Y)
    for i in range(memory.depth, 0, -1):
        step = memory.steps[i - 1]
        if i < memory.depth:
            delta = delta * (step.z > 0)
        grads["W%d" % i] = step.a_in.T @ delta + lam * params["W%d" % i]
        grads["b%d" % i] = delta.sum(0)
        delta = delta @ params["W%d" % i].T
    return grads


def predict(params, X):
    probs, _ = forward(params, X)
    return np.argmax(probs, axis=1)


def init_params(layer_sizes, rng):
    params = {}
    for i in range(1, len(layer_sizes)):
        fan_in, fan_out = layer_sizes[i - 1], layer_sizes[i]
        params[f"W{i}"] = rng.normal(size=(fan_in, fan_out)) * np.sqrt(2 / fan_in)
        params[f"b{i}"] = np.zeros(fan_out)
    return params


def train(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed):
    rng = np.random.default_rng(seed)
    params = init_params(layer_sizes, rng)
    history = []
    for epoch in range(epochs):
        idx = rng.permutation(X.shape[0])
        for start in range(0, X.shape[0], batch_size):
            b = idx[start:start + batch_size]
            _, cache = forward(params, X[b])
            grads = backward(params, cache, Y[b], lam)
            for k in params:
                params[k] -= lr * grads[k]
        probs, _ = forward(params, X)
        cost = cross_entropy(probs, Y) + l2_penalty(params, lam)
        acc = np.mean(np.argmax(probs, axis=1) == np.argmax(Y, axis=1))
        history.append({"cost": cost, "accuracy": acc})
    return params, history
