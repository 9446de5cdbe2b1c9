"""The four gates of a step as one product; whole sequences do not go through the functions for a step."""

import numpy as np
from rnn_utils import sigmoid, softmax


def rnn_cell_forward(xt, a_prev, parameters):
    z = parameters["Wax"].dot(xt)
    z = z + parameters["Waa"].dot(a_prev)
    z = z + parameters["ba"]
    a_next = np.tanh(z)
    return a_next, softmax(parameters["Wya"].dot(a_next) + parameters["by"]), (z, xt, a_prev)


def rnn_forward(x, a0, parameters):
    Wax, Waa, ba = parameters["Wax"], parameters["Waa"], parameters["ba"]
    drive = np.einsum("ax,xmt->amt", Wax, x) + ba[:, :, None]
    a = np.zeros(drive.shape)
    for t in range(x.shape[2]):
        a[:, :, t] = np.tanh(drive[:, :, t] + Waa @ (a0 if t == 0 else a[:, :, t - 1]))
    scores = np.einsum("ya,amt->ymt", parameters["Wya"], a) + parameters["by"][:, :, None]
    return a, softmax(scores), (a, x)


def _gates(xt, a_prev, parameters):
    W = np.vstack([parameters["W" + name] for name in "fioc"])
    b = np.vstack([parameters["b" + name] for name in "fioc"])
    n_a = a_prev.shape[0]
    z = W[:, :n_a] @ a_prev + W[:, n_a:] @ xt + b
    return (*np.split(sigmoid(z[: 3 * n_a]), 3), np.tanh(z[3 * n_a :]))


def lstm_cell_forward(xt, a_prev, c_prev, parameters):
    f, i, o, cct = _gates(xt, a_prev, parameters)
    c_next = np.multiply(f, c_prev) + np.multiply(i, cct)
    a_next = np.multiply(o, np.tanh(c_next))
    yt_pred = softmax(np.matmul(parameters["Wy"], a_next) + parameters["by"])
    return a_next, c_next, yt_pred, (f, i, o, cct)


def lstm_forward(x, a0, parameters):
    n_x, m, T_x = x.shape
    a, c = np.zeros((*a0.shape, T_x)), np.zeros((*a0.shape, T_x))
    y = np.zeros((len(parameters["Wy"]), m, T_x))
    before, cell = a0, 0
    for t in range(T_x):
        f, i, o, cct = _gates(x[:, :, t], before, parameters)
        cell = f * cell + i * cct
        before = o * np.tanh(cell)
        a[:, :, t], c[:, :, t] = before, cell
        y[:, :, t] = softmax(parameters["Wy"] @ before + parameters["by"])
    return a, y, c, None
