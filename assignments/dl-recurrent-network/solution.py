"""How the arguments of the networks come; samples are columns."""

import numpy as np


def output(a, W, b):
    return softmax(W @ a + b)


def stacked(a_prev, xt):
    """What the gates look at."""
    return np.concatenate([a_prev, xt])


def gate(parameters, name, seen):
    return sigmoid(parameters[f"W{name}"] @ seen + parameters[f"b{name}"])


def over_time(arrays):
    return np.stack(arrays, axis=2)


def rnn_cell_forward(xt, a_prev, parameters):
    weights = (parameters[key] for key in ("Wax", "Waa", "ba"))
    a_next = np.tanh(pre_activation(xt, a_prev, *weights))
    yt_pred = output(predicted_from(a_next, a_prev), parameters["Wya"], parameters["by"])
    return a_next, yt_pred, (a_next, a_prev, xt, parameters)


def rnn_forward(x, a0, parameters):
    states, outputs, caches = [], [], []
    for t in range(x.shape[2]):
        a, y, cache = rnn_cell_forward(x[:, :, t], state_before(states, a0, t), parameters)
        states.append(a)
        outputs.append(y)
        caches.append(cache)
    return over_time(states), over_time(outputs), (caches, x)


def lstm_cell_forward(xt, a_prev, c_prev, parameters):
    seen = stacked(a_prev, xt)
    f, i, o = (gate(parameters, name, seen) for name in "fio")
    g = candidate(parameters["Wc"] @ seen + parameters["bc"])
    c_next = next_cell(i, f, g, c_prev)
    a_next = next_hidden(o, c_next)
    yt_pred = output(lstm_predicted_from(a_next, a_prev), parameters["Wy"], parameters["by"])
    return a_next, c_next, yt_pred, (a_next, c_next, a_prev, c_prev, f, i, g, o, xt, parameters)


def lstm_forward(x, a0, parameters):
    states, cells, outputs, caches = [], [], [], []
    for t in range(x.shape[2]):
        c_prev = cell_before(cells, np.zeros_like(a0), t)
        a, c, y, cache = lstm_cell_forward(x[:, :, t], lstm_state_before(states, a0, t), c_prev, parameters)
        for values, value in zip((states, cells, outputs, caches), (a, c, y, cache), strict=True):
            values.append(value)
    return over_time(states), over_time(outputs), over_time(cells), (caches, x)
