"""The way back through three layers, whose formulas are those of the operations."""


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    return binary_cross_entropy(A3, Y) + float(penalty(parameters, lambd, Y.shape[1]))


def penalty(parameters, lambd, m):
    return l2_penalty(parameters, lambd, m)


def layer_inputs(X, A1, A2, Z1, Z2):
    """What each layer's weights are multiplied with."""
    return X, A1, A2


def hidden_delta(upstream, z, layer):
    return relu_backward(upstream, z)


def handed_back(dA2, dZ2):
    """What goes back to the first layer."""
    return dZ2


def errors(A3, Y, Z1, Z2, W2, W3):
    """The gradients of each sample's cost on the way from the output to the first layer."""
    dZ3 = output_delta(A3, Y)
    dA2 = propagate(dZ3, W3)
    dZ2 = hidden_delta(dA2, Z2, 2)
    dA1 = propagate(handed_back(dA2, dZ2), W2)
    return {"dZ3": dZ3, "dA2": dA2, "dZ2": dZ2, "dA1": dA1, "dZ1": hidden_delta(dA1, Z1, 1)}


def backward_propagation_with_regularization(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, _, A3, W3, b3 = cache
    m = number_of_samples(X, A3)
    deltas = errors(A3, Y, Z1, Z2, W2, W3)
    inputs = layer_inputs(X, A1, A2, Z1, Z2)
    penalties = penalty_gradients({"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}, lambd, m)
    gradients = {}
    for layer, a in enumerate(inputs, 1):
        delta = deltas[f"dZ{layer}"]
        gradients[f"dW{layer}"] = weight_gradient(a, delta, m) + penalties[f"W{layer}"]
        gradients[f"db{layer}"] = bias_gradient(delta, m) + penalties[f"b{layer}"]
    return named_gradients(gradients)
