import numpy as np


def relu(z):
    return z * (z > 0)


def softmax(logits):
    largest = logits.max(axis=-1, keepdims=True)
    exponentials = np.exp(logits - largest)
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def cross_entropy(probs, Y):
    true_class = np.argmax(Y, axis=1)
    number_of_samples = len(Y)
    p = probs[np.arange(number_of_samples), true_class]
    return np.mean(-np.log(np.maximum(p, 1e-12)))


def number_of_layers(params):
    return len([name for name in params if name.startswith("W")])


def l2_penalty(params, lam):
    penalty = 0.0
    for layer in range(1, number_of_layers(params) + 1):
        penalty += (params[f"W{layer}"] ** 2).sum()
    return penalty * lam / 2


def forward(params, X):
    layers = []
    signal = X
    for layer in range(1, number_of_layers(params) + 1):
        z = signal @ params[f"W{layer}"] + params[f"b{layer}"]
        layers.append({"input": signal, "z": z})
        if layer < number_of_layers(params):
            signal = relu(z)
        else:
            signal = softmax(z)
    return signal, {"layers": layers, "probs": signal}


def relu_derivative(z):
    return (z > 0).astype(float)


def backward(params, cache, Y, lam):
    number_of_samples = Y.shape[0]
    grads = {}
    error = (cache["probs"] - Y) / number_of_samples
    for layer in range(number_of_layers(params), 0, -1):
        remembered = cache["layers"][layer - 1]
        grads[f"W{layer}"] = remembered["input"].T @ error + lam * params[f"W{layer}"]
        grads[f"b{layer}"] = np.sum(error, axis=0)
        if layer > 1:
            before = cache["layers"][layer - 2]
            error = error @ params[f"W{layer}"].T * relu_derivative(before["z"])
    return grads


def predict(params, X):
    return forward(params, X)[0].argmax(axis=1)


def initialise(layer_sizes, random):
    params = {}
    for layer, (inputs, outputs) in enumerate(zip(layer_sizes[:-1], layer_sizes[1:]), start=1):
        params[f"W{layer}"] = random.randn(inputs, outputs) * np.sqrt(2 / inputs)
        params[f"b{layer}"] = np.zeros(outputs)
    return params


def train(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed):
    random = np.random.RandomState(seed)
    params = initialise(layer_sizes, random)
    history = []
    for epoch in range(epochs):
        before, _ = forward(params, X)
        history.append(
            {
                "cost": cross_entropy(before, Y) + l2_penalty(params, lam),
                "accuracy": np.mean(before.argmax(axis=1) == Y.argmax(axis=1)),
            }
        )
        order = random.permutation(len(X))
        for first in range(0, len(X), batch_size):
            chosen = order[first : first + batch_size]
            probs, cache = forward(params, X[chosen])
            grads = backward(params, cache, Y[chosen], lam)
            for name in params:
                params[name] = params[name] - lr * grads[name]
    return params, history
