"""What the notebook of this assignment imports: its activation, and data and plots, which are not here."""

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def plot_decision_boundary(model, X, y):
    pass


def load_planar_dataset():
    raise RuntimeError("the data set is left out here: networks are not trained on it while a submission is graded")


def load_extra_datasets():
    raise RuntimeError("the data sets are left out here: networks are not trained on them while a submission is graded")
