"""What the notebook of this assignment imports besides numpy; what trains or draws is left out."""

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(0, x)


def initialize_parameters(layer_dims):
    rng = np.random.RandomState(3)
    parameters = {}
    for layer in range(1, len(layer_dims)):
        n_in, n_out = layer_dims[layer - 1], layer_dims[layer]
        parameters[f"W{layer}"] = rng.randn(n_out, n_in) * np.sqrt(2 / n_in)
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    return parameters


def compute_cost(a3, Y):
    """The sum of the samples' costs, as the notebook has it."""
    return np.sum(np.multiply(-np.log(a3), Y) + np.multiply(-np.log(1 - a3), 1 - Y))


def load_params_and_grads(seed=1):
    rng = np.random.RandomState(seed)
    return [rng.randn(*shape) for shape in ((2, 3), (2, 1), (3, 3), (3, 1)) * 2]


def forward_propagation(X, parameters):
    raise RuntimeError("the network is left out here: nothing is trained while a submission is graded")


backward_propagation = predict = predict_dec = forward_propagation


def load_dataset(*arguments, **named):
    raise RuntimeError("the data set is left out here: nothing is trained while a submission is graded")


def plot_decision_boundary(model, X, y):
    pass
