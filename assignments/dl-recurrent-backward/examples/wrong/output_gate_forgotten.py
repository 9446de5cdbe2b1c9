"""What the output gate sends back is left out of the inputs and the state before."""

import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def softmax(z):
    return np.exp(z) / np.sum(np.exp(z), axis=0, keepdims=True)


def linear(W, x, b):
    """W x + b, and what brings a gradient back to W, x and b."""
    return np.matmul(W, x) + b, lambda d: (np.matmul(d, np.transpose(x)), np.matmul(np.transpose(W), d), d.sum(1, keepdims=True))


def rnn_cell_forward(xt, a_prev, parameters):
    from_x, back_x = linear(parameters["Wax"], xt, parameters["ba"])
    from_a, back_a = linear(parameters["Waa"], a_prev, 0)
    a_next = np.tanh(from_x + from_a)

    def back(da):
        d = da / np.cosh(np.arctanh(a_next)) ** 2
        dWax, dxt, dba = back_x(d)
        dWaa, da_prev, _ = back_a(d)
        return {"dxt": dxt, "da_prev": da_prev, "dWax": dWax, "dWaa": dWaa, "dba": dba}

    return a_next, softmax(linear(parameters["Wya"], a_next, parameters["by"])[0]), back


def rnn_cell_backward(da_next, cache):
    return cache(da_next)


def rnn_forward(x, a0, parameters):
    T = x.shape[2]
    a = np.empty((a0.shape[0], x.shape[1], T))
    y = np.empty((parameters["by"].shape[0], x.shape[1], T))
    ways = {}
    for t in range(T):
        a[:, :, t], y[:, :, t], ways[t] = rnn_cell_forward(x[:, :, t], a0 if t == 0 else a[:, :, t - 1], parameters)
    return a, y, ways


def rnn_backward(da, caches, t=0):
    """The gradient from step t on; of the whole sequence when t is 0."""
    if t == len(caches):
        return {"dx": [], "da0": 0.0, "dWax": 0.0, "dWaa": 0.0, "dba": 0.0}
    found = rnn_backward(da, caches, t + 1)
    step = caches[t](da[:, :, t] + found["da0"])
    result = {key: found[key] + step[key] for key in ("dWax", "dWaa", "dba")}
    result["da0"] = step["da_prev"]
    result["dx"] = [step["dxt"], *found["dx"]]
    if t == 0:
        result["dx"] = np.stack(result["dx"], axis=-1)
    return result


def lstm_cell_forward(xt, a_prev, c_prev, parameters):
    seen = np.append(a_prev, xt, axis=0)
    z, ways = {}, {}
    for k in "fico":
        z[k], ways[k] = linear(parameters["W" + k], seen, parameters["b" + k])
    f, i, o = map(sigmoid, (z["f"], z["i"], z["o"]))
    g = np.tanh(z["c"])
    c_next = c_prev * f + g * i
    th = np.tanh(c_next)

    def back(da, dc):
        dc = dc + da * o * (1 - th) * (1 + th)
        d = {"o": da * th * o * (1 - o), "f": dc * c_prev * f * (1 - f), "i": dc * g * i * (1 - i), "c": dc * i * (1 - g * g)}
        result, dseen = {"dc_prev": dc * f}, np.zeros(seen.shape)
        for k, way in ways.items():
            result["dW" + k], part, result["db" + k] = way(d[k])
            dseen += part if k != "o" else 0
        result["da_prev"], result["dxt"] = np.split(dseen, [a_prev.shape[0]])
        return result

    return o * th, c_next, softmax(linear(parameters["Wy"], o * th, parameters["by"])[0]), back


def lstm_cell_backward(da_next, dc_next, cache):
    return cache(da_next, dc_next)


def lstm_forward(x, a0, parameters):
    T = x.shape[2]
    a, c = np.empty((*a0.shape, T)), np.empty((*a0.shape, T))
    y = np.empty((parameters["by"].shape[0], x.shape[1], T))
    ways = []
    for t in range(T):
        before = (a0, np.zeros(a0.shape)) if t == 0 else (a[:, :, t - 1], c[:, :, t - 1])
        a[:, :, t], c[:, :, t], y[:, :, t], way = lstm_cell_forward(x[:, :, t], *before, parameters)
        ways.append(way)
    return a, y, c, ways


def lstm_backward(da, caches):
    names = ["dW" + k for k in "fico"] + ["db" + k for k in "fico"]
    result = dict.fromkeys(names, 0.0)
    da_later = dc_later = np.zeros(da.shape[:2])
    dx = []
    t = da.shape[2]
    while t > 0:
        t -= 1
        step = caches[t](da[:, :, t] + da_later, dc_later)
        da_later, dc_later = step["da_prev"], step["dc_prev"]
        dx.append(step["dxt"])
        for name in names:
            result[name] = result[name] + step[name]
    result.update(dx=np.stack(dx[::-1], axis=2), da0=da_later)
    return result
