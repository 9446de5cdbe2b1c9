"""How a unit is trained and asked; what it computes is in the operations."""

import numpy as np


def initialize_with_zeros(dim):
    return np.zeros((dim, 1)), 0.0


def outputs(w, b, X):
    return sigmoid(affine(X, w.T, b))


def propagate(w, b, X, Y):
    A = outputs(w, b, X)
    m = number_of_samples(X, A)
    dZ = output_delta(A, Y)
    return {"dw": weight_gradient(X, dZ, m).T, "db": bias_gradient(dZ, m).item()}, binary_cross_entropy(A, Y)


def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    params = at_first = {"w": w, "b": b}
    first, costs, grads = propagate(w, b, X, Y)[0], [], {}
    for step in steps(num_iterations):
        now, cost = propagate(params["w"], params["b"], X, Y)
        grads = gradients_at_hand(now, first)
        params = {key: moved(key, value, grads[f"d{key}"], learning_rate) for key, value in params.items()}
        if is_noted(step):
            costs.append(cost)
    return descended(params, at_first), grads, costs


def predict(w, b, X):
    return decided(outputs(w, b, X))


def trained_on(X_train, Y_train, X_test, Y_test):
    return X_train, Y_train


def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    X, Y = trained_on(X_train, Y_train, X_test, Y_test)
    w, b = initialize_with_zeros(X.shape[0])
    params, _, costs = optimize(w, b, X, Y, num_iterations, learning_rate)
    predictions = {f"Y_prediction_{name}": predict(**params, X=X) for name, X in (("train", X_train), ("test", X_test))}
    return {"costs": costs, **predictions, **params}
