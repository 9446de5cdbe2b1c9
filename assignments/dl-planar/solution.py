"""How two layers are put together; what a layer does is in the operations."""

import numpy as np


def layer_sizes(X, Y):
    return X.shape[0], 4, Y.shape[0]


def initialize_parameters(n_x, n_h, n_y):
    rng = np.random.default_rng(np.random.randint(1 << 30))
    parameters = {}
    for layer, (n_in, n_out) in enumerate([(n_x, n_h), (n_h, n_y)], 1):
        parameters[f"W{layer}"] = initial_weights(n_in, n_out, rng)
        parameters[f"b{layer}"] = initial_biases(n_out, rng)
    return parameters


def forward_propagation(X, parameters):
    Z1 = affine(X, parameters["W1"], parameters["b1"])
    A1 = hidden_activation(Z1)
    Z2 = affine(A1, parameters["W2"], parameters["b2"])
    A2 = output_activation(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def compute_cost(A2, Y, parameters=None):
    return binary_cross_entropy(A2, Y)


def layer_inputs(X, A1):
    """What the weights of the two layers are multiplied with."""
    return X, A1


def backward_propagation(parameters, cache, X, Y):
    m = number_of_samples(X, Y)
    first, second = layer_inputs(X, cache["A1"])
    dZ2 = output_delta(cache["A2"], Y)
    dZ1 = tanh_backward(propagate(dZ2, parameters["W2"]), cache["Z1"])
    return {
        "dW1": weight_gradient(first, dZ1, m),
        "db1": bias_gradient(dZ1, m),
        "dW2": weight_gradient(second, dZ2, m),
        "db2": bias_gradient(dZ2, m),
    }


def update_parameters(parameters, grads, learning_rate=1.2):
    return {key: update(value, grads[f"d{key}"], learning_rate) for key, value in parameters.items()}


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    n_x, _, n_y = layer_sizes(X, Y)
    parameters = at_first = initialize_parameters(n_x, n_h, n_y)
    first = None
    for _ in steps(num_iterations):
        _, cache = forward_propagation(X, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        first = first or grads
        parameters = update_parameters(parameters, gradients_at_hand(grads, first))
    return descended(parameters, at_first)


def predict(parameters, X):
    return decided(forward_propagation(X, parameters)[0])
