"""What the notebook of this assignment imports: the sigmoid, and helpers that are not here."""

import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def displayData(X, example_width=None, figsize=(10, 10)):
    pass


def checkNNGradients(nnCostFunction, lambda_=0):
    pass


def predict(Theta1, Theta2, X):
    raise RuntimeError("predict is left out here: the functions of the task are asked without it")
