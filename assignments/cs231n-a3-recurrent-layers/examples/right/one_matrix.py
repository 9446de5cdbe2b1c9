"""Inputs, state and a 1 side by side, so that a step has one matrix; caches are dicts."""

import numpy as np


def _stacked(x, h, Wx, Wh, b):
    together = np.column_stack([x, h, np.ones(len(x))])
    return together, np.vstack([Wx, Wh, b])


def _taken_apart(delta, together, W, D, H):
    back, dW = delta @ W.T, together.T @ delta
    return back[:, :D], back[:, D : D + H], dW[:D], dW[D : D + H], dW[-1]


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    together, W = _stacked(x, prev_h, Wx, Wh, b)
    out = np.tanh(together @ W)
    return out, {"in": together, "W": W, "out": out, "D": x.shape[1], "H": prev_h.shape[1]}


def rnn_step_backward(dnext_h, cache):
    delta = dnext_h - dnext_h * cache["out"] * cache["out"]
    return _taken_apart(delta, cache["in"], cache["W"], cache["D"], cache["H"])


def rnn_forward(x, h0, Wx, Wh, b):
    h, out, caches = h0, np.empty((*x.shape[:2], h0.shape[1])), {}
    for t in range(x.shape[1]):
        h, caches[t] = rnn_step_forward(x[:, t], h, Wx, Wh, b)
        out[:, t] = h
    return out, caches


def rnn_backward(dh, cache):
    T = dh.shape[1]
    late, dx, parameters = 0, [], None
    for t in range(T - 1, -1, -1):
        dxt, late, *grads = rnn_step_backward(dh[:, t] + late, cache[t])
        dx.insert(0, dxt)
        parameters = grads if parameters is None else [a + b for a, b in zip(parameters, grads)]
    return np.stack(dx, 1), late, parameters[0], parameters[1], parameters[2]


def word_embedding_forward(x, W):
    return np.take(W, x, axis=0), {"words": x, "size": len(W)}


def word_embedding_backward(dout, cache):
    one_hot = cache["words"][..., None] == np.arange(cache["size"])
    return np.einsum("ntv,ntd->vd", one_hot.astype(float), dout)


def _sigma(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    together, W = _stacked(x, prev_h, Wx, Wh, b)
    H = prev_h.shape[1]
    z = together @ W
    gates, g = _sigma(z[:, : 3 * H]), np.tanh(z[:, 3 * H :])
    i, f, o = np.split(gates, 3, axis=1)
    c = prev_c * f + g * i
    s = np.tanh(c)
    cache = {"in": together, "W": W, "i": i, "f": f, "o": o, "g": g, "before": prev_c, "s": s, "D": x.shape[1], "H": H}
    return s * o, c, cache


def lstm_step_backward(dnext_h, dnext_c, cache):
    i, f, o, g, s = (cache[key] for key in "ifogs")
    dc = dnext_h * o * (1 - s) * (1 + s) + dnext_c
    delta = np.hstack(
        [dc * g * i * (1 - i), dc * cache["before"] * f * (1 - f), dnext_h * s * o * (1 - o), dc * i * (1 - g * g)]
    )
    dx, dh, dWx, dWh, db = _taken_apart(delta, cache["in"], cache["W"], cache["D"], cache["H"])
    return dx, dh, dc * f, dWx, dWh, db


def lstm_forward(x, h0, Wx, Wh, b):
    h, c, out, caches = h0, 0 * h0, [], []
    for xt in x.transpose(1, 0, 2):
        h, c, cache = lstm_step_forward(xt, h, c, Wx, Wh, b)
        out += [h]
        caches += [cache]
    return np.array(out).transpose(1, 0, 2), caches


def lstm_backward(dh, cache):
    late_h, late_c, dx, parameters = 0, 0, [], None
    for t in range(dh.shape[1] - 1, -1, -1):
        dxt, late_h, late_c, *grads = lstm_step_backward(dh[:, t] + late_h, late_c, cache[t])
        dx.insert(0, dxt)
        parameters = grads if parameters is None else [a + b for a, b in zip(parameters, grads)]
    return np.stack(dx, 1), late_h, *parameters
