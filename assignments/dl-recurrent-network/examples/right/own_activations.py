import numpy as np


def probabilities(z):
    z = np.exp(z - z.max(axis=0, keepdims=True))
    return z / z.sum(axis=0, keepdims=True)


def squash(z):
    return (1 + np.tanh(z / 2)) / 2


def rnn_cell_forward(xt, a_prev, parameters):
    p = parameters
    a = np.tanh(np.hstack([p["Waa"], p["Wax"]]) @ np.vstack([a_prev, xt]) + p["ba"])
    return a, probabilities(p["Wya"] @ a + p["by"]), {"a": a, "before": a_prev, "x": xt}


def rnn_forward(x, a0, parameters):
    a, out = a0, []
    for xt in np.moveaxis(x, 2, 0):
        a, y, kept = rnn_cell_forward(xt, a, parameters)
        out.append((a, y, kept))
    return np.dstack([a for a, _, _ in out]), np.dstack([y for _, y, _ in out]), [kept for *_, kept in out]


def lstm_cell_forward(xt, a_prev, c_prev, parameters):
    p = parameters
    seen = np.vstack([a_prev, xt])
    z = {name: p["W" + name] @ seen + p["b" + name] for name in "fico"}
    c = squash(z["f"]) * c_prev + squash(z["i"]) * np.tanh(z["c"])
    a = squash(z["o"]) * np.tanh(c)
    return a, c, probabilities(p["Wy"] @ a + p["by"]), (z, seen, c_prev)


def lstm_forward(x, a0, parameters):
    a, c = a0, np.zeros_like(a0)
    states, outputs, cells, kept = [], [], [], []
    for t in range(x.shape[2]):
        a, c, y, cache = lstm_cell_forward(x[..., t], a, c, parameters)
        states.append(a)
        outputs.append(y)
        cells.append(c)
        kept.append(cache)
    return np.stack(states, -1), np.stack(outputs, -1), np.stack(cells, -1), kept
