"""What the notebook of this assignment imports besides numpy; what trains or draws is left out."""

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(0, x)


def compute_loss(a3, Y):
    """The mean binary cross-entropy; what is no number costs nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.multiply(-np.log(a3), Y) + np.multiply(-np.log(1 - a3), 1 - Y)
    return np.nansum(terms) / Y.shape[1]


def forward_propagation(X, parameters):
    raise RuntimeError("the network is left out here: nothing is trained while a submission is graded")


backward_propagation = update_parameters = predict = predict_dec = forward_propagation


def load_dataset(*arguments, **named):
    raise RuntimeError("the data set is left out here: nothing is trained while a submission is graded")


load_cat_dataset = load_dataset


def plot_decision_boundary(model, X, y):
    pass
