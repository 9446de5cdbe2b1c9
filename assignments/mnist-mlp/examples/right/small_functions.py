"""Everything in tiny functions."""

import numpy as np


def positive(z):
    return z > 0


def relu(z):
    return (abs(z) + z) / 2


def log_sum_exp(z):
    top = z.max(axis=1, keepdims=True)
    return top + np.log(np.exp(z - top).sum(axis=1, keepdims=True))


def log_softmax(z):
    return z - log_sum_exp(z)


def softmax(z):
    return np.exp(log_softmax(z))


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


def weights(params):
    return [params[f"W{l}"] for l in range(1, number_of_layers(params) + 1)]


def biases(params):
    return [params[f"b{l}"] for l in range(1, number_of_layers(params) + 1)]


def hidden_layers(params, X):
    outputs = [X]
    for W, b in list(zip(weights(params), biases(params)))[:-1]:
        outputs.append(relu(outputs[-1] @ W + b))
    return outputs


def forward(params, X):
    outputs = hidden_layers(params, X)
    probs = softmax(outputs[-1] @ weights(params)[-1] + biases(params)[-1])
    return probs, {"outputs": outputs, "probs": probs}


def errors(params, cache, Y):
    """Errors of all layers, the last one first."""
    yield (error := (cache["probs"] - Y) / len(Y))
    for W, output in zip(weights(params)[:0:-1], cache["outputs"][:0:-1]):
        yield (error := error @ W.T * positive(output))


def backward(params, cache, Y, lam):
    grads = {}
    layer = number_of_layers(params)
    for error, inputs in zip(errors(params, cache, Y), reversed(cache["outputs"])):
        grads[f"W{layer}"] = inputs.T @ error + lam * params[f"W{layer}"]
        grads[f"b{layer}"] = error.sum(axis=0)
        layer -= 1
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
        order = random.permutation(len(X))
        for first in range(0, len(X), batch_size):
            chosen = order[first : first + batch_size]
            probs, cache = forward(params, X[chosen])
            grads = backward(params, cache, Y[chosen], lam)
            for name in params:
                params[name] = params[name] - lr * grads[name]
        probs, _ = forward(params, X)
        history.append(
            {
                "cost": float(cross_entropy(probs, Y) + l2_penalty(params, lam)),
                "accuracy": float((probs.argmax(axis=1) == Y.argmax(axis=1)).mean()),
            }
        )
    return params, history
