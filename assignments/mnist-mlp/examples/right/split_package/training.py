import numpy as np

from .layers import backward, forward, predict
from .losses import cross_entropy, l2_penalty


def initial(layer_sizes, rng):
    params = {}
    for l, (n, m) in enumerate(zip(layer_sizes, layer_sizes[1:]), 1):
        params[f"W{l}"] = rng.normal(0, np.sqrt(2 / n), (n, m))
        params[f"b{l}"] = np.zeros(m)
    return params


def batches(n, size, rng):
    order = rng.permutation(n)
    for i in range(0, n, size):
        yield order[i : i + size]


def train(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed):
    rng = np.random.default_rng(seed)
    params = initial(layer_sizes, rng)
    history = []
    for _ in range(epochs):
        for rows in batches(len(X), batch_size, rng):
            grads = backward(params, forward(params, X[rows])[1], Y[rows], lam)
            params = {name: value - lr * grads[name] for name, value in params.items()}
        cost = cross_entropy(forward(params, X)[0], Y) + l2_penalty(params, lam)
        history.append({"cost": cost, "accuracy": (predict(params, X) == Y.argmax(axis=1)).mean()})
    return params, history


if __name__ == "__main__":
    print(train(np.random.rand(100, 4), np.eye(2)[np.random.randint(2, size=100)], [4, 5, 2], 3, 10, 0.1, 0, 0)[1])
