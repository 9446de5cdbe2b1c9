"""How the two layers are put together; what a layer does is in the operations."""

import numpy as np


def init_params():
    return tuple(np.random.rand(*shape) - 0.5 for shape in ((10, 784), (10, 1), (10, 10), (10, 1)))


def forward_prop(W1, b1, W2, b2, X):
    Z1 = affine(X, W1, b1)
    A1 = hidden_activation(Z1)
    Z2 = affine(A1, W2, b2)
    return Z1, A1, Z2, output_activation(Z2)


def layer_inputs(X, A1):
    """What the weights of the two layers are multiplied with."""
    return X, A1


def backward_prop(Z1, A1, Z2, A2, W1, W2, X, Y):
    m = number_of_samples(X, A2)
    first, second = layer_inputs(X, A1)
    dZ2 = output_delta(A2, one_hot(Y))
    dZ1 = ReLU_backward(propagate(dZ2, W2), Z1)
    return weight_gradient(first, dZ1, m), bias_gradient(dZ1, m), weight_gradient(second, dZ2, m), bias_gradient(dZ2, m)


def update_params(W1, b1, W2, b2, dW1, db1, dW2, db2, alpha):
    pairs = ((W1, dW1), (b1, db1), (W2, dW2), (b2, db2))
    return tuple(update(value, gradient, alpha) for value, gradient in pairs)


def gradient_descent(X, Y, alpha, iterations):
    params = init_params()
    for _ in range(iterations):
        W1, b1, W2, b2 = params
        Z1, A1, Z2, A2 = forward_prop(W1, b1, W2, b2, X)
        params = update_params(*params, *backward_prop(Z1, A1, Z2, A2, W1, W2, X, Y), alpha)
    return params
