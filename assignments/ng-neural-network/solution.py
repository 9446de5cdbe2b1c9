"""How parameters are unrolled, and how the layers follow each other."""

import itertools

import numpy as np


def reading_order():
    """Row by row."""
    return "C"


def rolled(nn_params, sizes):
    """Weights (n_in, n_out) and biases of both layers."""
    params, start = {}, 0
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes), 1):
        theta = nn_params[start : start + n_out * (1 + n_in)].reshape((n_out, 1 + n_in), order=reading_order())
        params[f"W{layer}"], params[f"b{layer}"] = theta[:, 1:].T, theta[:, 0]
        start += theta.size
    return params


def in_order(first, second):
    return first, second


def unrolled(params):
    """The inverse of `rolled`."""
    thetas = [np.column_stack([params[f"b{layer}"], params[f"W{layer}"].T]) for layer in (1, 2)]
    return np.concatenate([theta.ravel(reading_order()) for theta in in_order(*thetas)])


def one_hot(y, count):
    return (y[:, np.newaxis] == np.arange(count)).astype(float)


def randInitializeWeights(L_in, L_out, epsilon_init=0.12):
    return np.random.uniform(-epsilon_init, epsilon_init, (L_out, 1 + L_in))


def nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lambda_=0.0):
    params = rolled(nn_params, [input_layer_size, hidden_layer_size, num_labels])
    m, Y = len(X), one_hot(np.ravel(y), num_labels)
    z = affine(X, params["W1"], params["b1"])
    hidden = sigmoid(z)
    outputs = sigmoid(affine(hidden, params["W2"], params["b2"]))
    J = average(sample_costs(outputs, Y), m) + l2_penalty(params, lambda_, m)
    delta = output_delta(outputs, Y)
    hidden_delta = sigmoid_backward(propagate(delta, params["W2"]), z)
    grads = {
        "W1": weight_gradient(X, hidden_delta, m) + weight_penalty_gradient(params["W1"], lambda_, m),
        "b1": bias_gradient(hidden_delta, m) + bias_penalty_gradient(params["b1"], lambda_, m),
        "W2": weight_gradient(hidden, delta, m) + weight_penalty_gradient(params["W2"], lambda_, m),
        "b2": bias_gradient(delta, m) + bias_penalty_gradient(params["b2"], lambda_, m),
    }
    return float(J), unrolled(grads)
