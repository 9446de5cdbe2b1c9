import numpy as np


def relu(z):
    return np.maximum(z, 0)


def softmax(z):
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def cross_entropy(probs, Y):
    return -np.sum(Y * np.log(probs + 1e-15)) / probs.shape[0]


def l2_penalty(params, lam):
    return lam / 2.0 * sum(np.sum(params[key] ** 2) for key in params if key[0] == 'W')


def forward(params, X):
    L = np.int(len(params) / 2)
    A, cache = X, []
    for l in range(1, L + 1):
        Z = A.dot(params['W%d' % l]) + params['b%d' % l]
        cache.append((A, Z))
        A = relu(Z) if l < L else softmax(Z)
    return A, np.array(cache + [(A, None)])


def backward(params, cache, Y, lam):
    layers, probs = cache[:-1], cache[-1][0]
    grads = {}
    delta = (probs - Y) / Y.shape[0]
    for l in range(len(layers), 0, -1):
        A, Z = layers[l - 1]
        grads['W%d' % l] = A.T.dot(delta) + lam * params['W%d' % l]
        grads['b%d' % l] = delta.sum(axis=0)
        if l > 1:
            delta = delta.dot(params['W%d' % l].T) * (layers[l - 2][1] > 0)
    return grads


def predict(params, X):
    return np.argmax(forward(params, X)[0], axis=1)


def train(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed):
    rng = np.random.RandomState(seed)
    params = {}
    for l, (rows, columns) in enumerate(zip(layer_sizes, layer_sizes[1:])):
        params['W%d' % (l + 1)] = rng.randn(rows, columns) * np.sqrt(2.0 / rows)
        params['b%d' % (l + 1)] = np.zeros(columns)
    sizes = np.array([layer_sizes, [len(X)]])
    assert sizes[0] == layer_sizes
    history = []
    n = X.shape[0]
    for epoch in range(epochs):
        order = rng.permutation(n)
        for start in range(0, n, batch_size):
            rows = order[start:start + batch_size]
            probs, cache = forward(params, X[rows])
            grads = backward(params, cache, Y[rows], lam)
            for key, grad in grads.items():
                params[key] -= lr * grad
        probs, _ = forward(params, X)
        cost = cross_entropy(probs, Y) + l2_penalty(params, lam)
        accuracy = np.mean(probs.argmax(axis=1) == Y.argmax(axis=1))
        print('epoch %d: cost %.4f, accuracy %.2f' % (epoch, cost, accuracy))
        history.append({'cost': cost, 'accuracy': accuracy})
    return params, history
