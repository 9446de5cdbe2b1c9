"""How the three layers are put together, with a mask behind each hidden one."""

import numpy as np


def seeded():
    np.random.seed(1)


def drawn_mask(shape, keep):
    return np.random.rand(*shape) < keep


def probability_at_hand(keep_prob):
    return keep_prob


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1, b1, W2, b2, W3, b3 = (parameters[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
    keep = probability_at_hand(keep_prob)
    seeded()
    Z1 = affine(X, W1, b1)
    A1 = relu(Z1)
    D1 = drawn_mask(A1.shape, keep)
    A1 = kept_and_scaled(A1, D1, keep_prob)
    Z2 = affine(A1, W2, b2)
    A2 = relu(Z2)
    D2 = drawn_mask(A2.shape, keep)
    A2 = kept_and_scaled(A2, D2, keep_prob)
    Z3 = affine(A2, W3, b3)
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


def masks_on_the_way_back(D1, D2):
    return D1, D2


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, _, _, Z2, D2, A2, W2, _, _, A3, W3, _ = cache
    m = number_of_samples(X, Y)
    D1, D2 = masks_on_the_way_back(D1, D2)
    dZ3 = output_delta(A3, Y)
    dZ2 = relu_backward(passed_back(propagate(dZ3, W3), D2, keep_prob), Z2)
    dZ1 = relu_backward(passed_back(propagate(dZ2, W2), D1, keep_prob), Z1)
    deltas, inputs = (dZ1, dZ2, dZ3), (X, A1, A2)
    grads = {f"dW{layer}": weight_gradient(a, d, m) for layer, (a, d) in enumerate(zip(inputs, deltas, strict=True), 1)}
    return grads | {f"db{layer}": bias_gradient(d, m) for layer, d in enumerate(deltas, 1)}
