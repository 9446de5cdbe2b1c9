"""What the notebook of this assignment imports: activations, and the parameters of its network as one column."""

import numpy as np

_SHAPES = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(0, x)


def dictionary_to_vector(parameters):
    columns = [parameters[key].reshape(-1, 1) for key in _SHAPES]
    keys = [key for key, column in zip(_SHAPES, columns, strict=True) for _ in column]
    return np.concatenate(columns), keys


def vector_to_dictionary(theta):
    parameters, start = {}, 0
    for key, (rows, columns) in _SHAPES.items():
        parameters[key] = theta[start : start + rows * columns].reshape(rows, columns)
        start += rows * columns
    return parameters


def gradients_to_vector(gradients):
    return np.concatenate([gradients[f"d{key}"].reshape(-1, 1) for key in _SHAPES])
