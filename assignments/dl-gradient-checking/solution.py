"""A network in a dict, its parameters as one vector, and the two checks."""

import numpy as np

KEYS = "W1", "b1", "W2", "b2", "W3", "b3"


def forward_propagation(x, theta):
    return theta * x


def backward_propagation(x, theta):
    return x


def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    above, below = (forward_propagation(x, theta + side * epsilon) for side in (1, -1))
    return relative_difference(np.array(backward_propagation(x, theta)), np.array((above - below) / (2 * epsilon)))


def forward_propagation_n(X, Y, parameters):
    W1, b1, W2, b2, W3, b3 = (parameters[key] for key in KEYS)
    Z1 = affine(X, W1, b1)
    A1 = relu(Z1)
    Z2 = affine(A1, W2, b2)
    A2 = relu(Z2)
    A3 = sigmoid(affine(A2, W3, b3))
    return binary_cross_entropy(A3, Y), (Z1, A1, Z2, A2, A3, W2, W3)


def backward_propagation_n(X, Y, cache):
    Z1, A1, Z2, A2, A3, W2, W3 = cache
    m = X.shape[1]
    dZ3 = output_delta(A3, Y)
    dZ2 = relu_backward(propagate(dZ3, W3), Z2)
    dZ1 = relu_backward(propagate(dZ2, W2), Z1)
    grads = {}
    for layer, inputs, delta in ((1, X, dZ1), (2, A1, dZ2), (3, A2, dZ3)):
        grads[f"dW{layer}"] = weight_gradient(inputs, delta, m)
        grads[f"db{layer}"] = bias_gradient(delta, m)
    return grads


def as_vector(values):
    return np.concatenate([np.ravel(value) for value in values])


def as_parameters(vector, like):
    parameters, start = {}, 0
    for key in KEYS:
        size = like[key].size
        parameters[key] = vector[start : start + size].reshape(like[key].shape)
        start += size
    return parameters


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    theta = as_vector(parameters[key] for key in KEYS)
    slopes = np.zeros(theta.size)
    for entry in range(theta.size):
        costs = [
            forward_propagation_n(X, Y, as_parameters(point, parameters))[0]
            for point in below_and_above(theta, entry, epsilon)
        ]
        slopes[entry] = slope_between(costs[1], costs[0], epsilon)
    return relative_difference(as_vector(gradients[f"d{key}"] for key in KEYS), slopes)
