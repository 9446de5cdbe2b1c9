"""How the arguments of the networks come, and what they keep for the way back; samples are columns."""

import numpy as np

GATES = "fico"


def output(a, W, b):
    return softmax(W @ a + b)


def in_order(of_state, of_inputs):
    """What stands above and what below, in what the gates look at."""
    return of_state, of_inputs


def stacked(a_prev, xt):
    """What the gates look at."""
    return np.concatenate(in_order(a_prev, xt))


def taken_apart(dseen, a_prev, xt):
    """Gradient in the state before and in the inputs, of that in what the gates look at."""
    above, _ = in_order(a_prev, xt)
    return in_order(*np.split(dseen, [len(above)]))


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


def rnn_cell_backward(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    delta, m = da_next * value_slope(a_next), xt.shape[1]
    return {
        "dxt": propagate(delta, parameters["Wax"]),
        "da_prev": propagate(delta, parameters["Waa"]),
        "dWax": weight_gradient(xt, delta, m),
        "dWaa": weight_gradient(a_prev, delta, m),
        "dba": bias_gradient(delta, m),
    }


def rnn_backward(da, caches):
    steps, _ = caches
    dx, da_prev, sums = [None] * len(steps), np.zeros_like(da[:, :, 0]), {}
    for t in backwards(len(steps)):
        found = rnn_cell_backward(arriving(da[:, :, t], da_prev), steps[t])
        dx[t], da_prev = found.pop("dxt"), found.pop("da_prev")
        sums = {key: summed_over_steps(sums.get(key, 0.0), value) for key, value in found.items()}
    return {"dx": over_time(dx), "da0": da_prev, **sums}


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


def lstm_cell_backward(da_next, dc_next, cache):
    _, c_next, a_prev, c_prev, f, i, g, o, xt, parameters = cache
    seen, m = stacked(a_prev, xt), xt.shape[1]
    dcell = cell_gradient(da_next, dc_next, o, c_next)
    deltas = {
        "f": forget_gate_gradient(dcell, c_prev) * gate_value_slope(f),
        "i": input_gate_gradient(dcell, g) * gate_value_slope(i),
        "c": candidate_gradient(dcell, i) * candidate_value_slope(g),
        "o": output_gate_gradient(da_next, c_next) * gate_value_slope(o),
    }
    dseen = sent_back({name: lstm_propagate(deltas[name], parameters[f"W{name}"]) for name in GATES})
    da_prev, dxt = taken_apart(dseen, a_prev, xt)
    gradients = {"dxt": dxt, "da_prev": da_prev, "dc_prev": previous_cell_gradient(dcell, f)}
    for name in GATES:
        gradients[f"dW{name}"] = lstm_weight_gradient(seen, deltas[name], m)
        gradients[f"db{name}"] = lstm_bias_gradient(deltas[name], m)
    return gradients


def sent_back(parts):
    """Gradient in what the gates look at: all four do, so it is a sum."""
    return parts["f"] + parts["i"] + parts["c"] + parts["o"]


def lstm_backward(da, caches):
    steps, _ = caches
    dx, da_prev, sums = [None] * len(steps), np.zeros_like(da[:, :, 0]), {}
    dc_prev = np.zeros_like(da_prev)
    for t in lstm_backwards(len(steps)):
        found = lstm_cell_backward(lstm_arriving(da[:, :, t], da_prev), cell_from_later(dc_prev), steps[t])
        dx[t], da_prev, dc_prev = (found.pop(key) for key in ("dxt", "da_prev", "dc_prev"))
        sums = {key: lstm_summed_over_steps(sums.get(key, 0.0), value) for key, value in found.items()}
    return {"dx": over_time(dx), "da0": da_prev, **sums}
