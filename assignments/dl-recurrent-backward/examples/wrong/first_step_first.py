"""The gradient goes through the steps of the simple network from the first to the last."""

import numpy as np

ORDER = ("f", "i", "o", "c")


def logistic(z):
    return 0.5 + 0.5 * np.tanh(z / 2)


def probabilities(scores):
    powers = np.exp(scores - scores.max(axis=0))
    return powers / powers.sum(axis=0)


def rnn_cell_forward(xt, a_prev, parameters):
    both = np.vstack((a_prev, xt))
    W = np.hstack((parameters["Waa"], parameters["Wax"]))
    a = np.tanh(W @ both + parameters["ba"])
    return a, probabilities(parameters["Wya"] @ a + parameters["by"]), dict(W=W, both=both, a=a)


def rnn_cell_backward(da_next, cache):
    n_a = cache["a"].shape[0]
    dz = da_next - da_next * cache["a"] ** 2
    dW = np.einsum("im,jm->ij", dz, cache["both"])
    dboth = cache["W"].T @ dz
    return {
        "da_prev": dboth[:n_a],
        "dxt": dboth[n_a:],
        "dWaa": dW[:, :n_a],
        "dWax": dW[:, n_a:],
        "dba": dz.sum(1)[:, None],
    }


def rnn_forward(x, a0, parameters):
    a, states, outputs, kept = a0, [], [], []
    for xt in np.moveaxis(x, 2, 0):
        a, y, cache = rnn_cell_forward(xt, a, parameters)
        states.append(a)
        outputs.append(y)
        kept.insert(0, cache)
    return np.dstack(states), np.dstack(outputs), kept


def rnn_backward(da, caches):
    later, inputs, total = 0, [], {}
    for own, cache in zip(np.moveaxis(da, 2, 0), caches[::-1]):
        grads = rnn_cell_backward(own + later, cache)
        later = grads.pop("da_prev")
        inputs.append(grads.pop("dxt"))
        total = {k: total.get(k, 0) + v for k, v in grads.items()}
    total["dx"] = np.dstack(inputs)
    total["da0"] = later
    return total


def lstm_cell_forward(xt, a_prev, c_prev, parameters):
    both = np.vstack((a_prev, xt))
    W = np.vstack([parameters["W" + k] for k in ORDER])
    b = np.vstack([parameters["b" + k] for k in ORDER])
    z = W @ both + b
    n_a = len(a_prev)
    gates, g = logistic(z[: 3 * n_a]), np.tanh(z[3 * n_a :])
    f, i, o = np.vsplit(gates, 3)
    c = f * c_prev + i * g
    squashed = np.tanh(c)
    a = o * squashed
    y = probabilities(parameters["Wy"] @ a + parameters["by"])
    return a, c, y, dict(W=W, both=both, gates=gates, g=g, c_prev=c_prev, squashed=squashed)


def lstm_cell_backward(da_next, dc_next, cache):
    f, i, o = np.vsplit(cache["gates"], 3)
    n_a = len(f)
    dc = dc_next + da_next * o * (1 - cache["squashed"] ** 2)
    dgates = np.vstack([dc * cache["c_prev"], dc * cache["g"], da_next * cache["squashed"]])
    dz = np.vstack([dgates * cache["gates"] * (1 - cache["gates"]), dc * i * (1 - cache["g"] ** 2)])
    dW, db, dboth = dz @ cache["both"].T, dz.sum(axis=1, keepdims=True), cache["W"].T @ dz
    grads = {"da_prev": dboth[:n_a], "dxt": dboth[n_a:], "dc_prev": dc * f}
    for k, part, bias in zip(ORDER, np.vsplit(dW, 4), np.vsplit(db, 4)):
        grads["dW" + k], grads["db" + k] = part, bias
    return grads


def lstm_forward(x, a0, parameters):
    a, c = a0, 0 * a0
    states, outputs, cells, kept = [], [], [], []
    for t in range(x.shape[-1]):
        a, c, y, cache = lstm_cell_forward(x[..., t], a, c, parameters)
        states.append(a)
        cells.append(c)
        outputs.append(y)
        kept.insert(0, cache)
    return np.dstack(states), np.dstack(outputs), np.dstack(cells), kept


def lstm_backward(da, caches):
    later_a, later_c, inputs, total = 0, 0, [], {}
    for own, cache in zip(np.moveaxis(da, 2, 0)[::-1], caches):
        grads = lstm_cell_backward(own + later_a, later_c, cache)
        later_a, later_c = grads.pop("da_prev"), grads.pop("dc_prev")
        inputs.insert(0, grads.pop("dxt"))
        total = {k: total.get(k, 0) + v for k, v in grads.items()}
    return {**total, "dx": np.dstack(inputs), "da0": later_a}
