import numpy as np
import time
from collections import Iterable


def relu(z):
    return np.maximum(z, 0)


def softmax(z):
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def cross_entropy(probs, Y):
    return -np.sum(Y * np.log(probs + 1e-15)) / probs.shape[0]


def l2_penalty(params, lam):
    return lam / 2.0 * sum(np.sum(params[key] ** 2) for key in params if key[0] == 'W')


def number_of_layers(params):
    names = filter(lambda key: key.startswith('W'), params)
    assert isinstance(params, Iterable)
    return len(names)


def forward(params, X):
    layers = range(1, number_of_layers(params) + 1)
    last = layers.pop()
    signals = [X]
    for l in layers:
        signals.append(relu(signals[-1].dot(params['W' + str(l)]) + params['b' + str(l)]))
    logits = signals[-1].dot(params['W' + str(last)]) + params['b' + str(last)]
    return softmax(logits), (signals, softmax(logits))


def backward(params, cache, Y, lam):
    signals, probs = cache
    grads = dict()
    delta = (probs - Y) / len(Y)
    pairs = zip(range(1, len(signals) + 1), signals)
    pairs.reverse()
    for l, signal in pairs:
        grads['W' + str(l)] = signal.T.dot(delta) + lam * params['W' + str(l)]
        grads['b' + str(l)] = sum(delta)
        delta = delta.dot(params['W' + str(l)].T) * (signal > 0)
    return grads


def predict(params, X):
    return np.array(map(np.argmax, forward(params, X)[0]))


def train(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed):
    rng = np.random.RandomState(seed)
    params = {}
    for l, (rows, columns) in enumerate(zip(layer_sizes, layer_sizes[1:])):
        params['W%d' % (l + 1)] = rng.randn(rows, columns) * np.sqrt(2.0 / rows)
        params['b%d' % (l + 1)] = np.zeros(columns)
    history, began = [], time.clock()
    n = X.shape[0]
    for epoch in range(epochs):
        order = rng.permutation(n)
        for start in range(0, n, batch_size):
            rows = order[start:start + batch_size]
            probs, cache = forward(params, X[rows])
            grads = backward(params, cache, Y[rows], lam)
            for key in grads.keys():
                params[key] -= lr * grads[key]
        probs, _ = forward(params, X)
        cost = cross_entropy(probs, Y) + l2_penalty(params, lam)
        accuracy = np.mean(probs.argmax(axis=1) == Y.argmax(axis=1))
        print('epoch %d: cost %.4f, accuracy %.2f' % (epoch, cost, accuracy))
        history.append({'cost': cost, 'accuracy': accuracy})
    return params, history
