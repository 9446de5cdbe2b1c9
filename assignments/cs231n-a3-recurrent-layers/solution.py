"""How the arguments of the layers come, and what they keep for the way back."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def in_order(i, f, o, g):
    """The four parts of a step of LSTM, as they lie side by side."""
    return i, f, o, g


def initial_cell(h0):
    return np.zeros_like(h0)


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    next_h = np.tanh(pre_activation(x, prev_h, Wx, Wh, b))
    return next_h, (x, prev_h, Wx, Wh, next_h)


def rnn_step_backward(dnext_h, cache):
    x, prev_h, Wx, Wh, next_h = cache
    delta, n = dnext_h * value_slope(next_h), len(x)
    weights = weight_gradient(x, delta, n), weight_gradient(prev_h, delta, n)
    return propagate(delta, Wx), propagate(delta, Wh), *weights, bias_gradient(delta, n)


def rnn_forward(x, h0, Wx, Wh, b):
    states, caches = [], []
    for t in range(x.shape[1]):
        h, cache = rnn_step_forward(x[:, t], state_before(states, h0, t), Wx, Wh, b)
        states.append(h)
        caches.append(cache)
    return np.stack(states, axis=1), caches


def rnn_backward(dh, cache):
    dx, dprev_h, sums = [None] * len(cache), np.zeros_like(dh[:, 0]), [0.0, 0.0, 0.0]
    for t in backwards(len(cache)):
        dx[t], dprev_h, *of_step = rnn_step_backward(arriving(dh[:, t], dprev_h), cache[t])
        sums = [summed_over_steps(*pair) for pair in zip(sums, of_step, strict=True)]
    return np.stack(dx, axis=1), dprev_h, *sums


def word_embedding_forward(x, W):
    return looked_up(x, W), (x, W.shape)


def word_embedding_backward(dout, cache):
    return scattered(dout, *cache)


def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    i, f, o, g = in_order(*np.split(lstm_pre_activation(x, prev_h, Wx, Wh, b), 4, axis=1))
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    next_c = next_cell(i, f, g, prev_c)
    return next_hidden(o, next_c), next_c, (x, prev_h, prev_c, Wx, Wh, i, f, o, g, next_c)


def lstm_step_backward(dnext_h, dnext_c, cache):
    x, prev_h, prev_c, Wx, Wh, i, f, o, g, next_c = cache
    dcell = cell_gradient(dnext_h, dnext_c, o, next_c)
    parts = in_order(
        input_gate_gradient(dcell, g) * gate_value_slope(i),
        forget_gate_gradient(dcell, prev_c) * gate_value_slope(f),
        output_gate_gradient(dnext_h, next_c) * gate_value_slope(o),
        candidate_gradient(dcell, i) * candidate_value_slope(g),
    )
    delta, n = np.hstack(parts), len(x)
    weights = lstm_weight_gradient(x, delta, n), lstm_weight_gradient(prev_h, delta, n)
    dprev_c = previous_cell_gradient(dcell, f)
    return lstm_propagate(delta, Wx), lstm_propagate(delta, Wh), dprev_c, *weights, lstm_bias_gradient(delta, n)


def lstm_forward(x, h0, Wx, Wh, b):
    states, caches, c = [], [], initial_cell(h0)
    for t in range(x.shape[1]):
        h, c, cache = lstm_step_forward(x[:, t], lstm_state_before(states, h0, t), c, Wx, Wh, b)
        states.append(h)
        caches.append(cache)
    return np.stack(states, axis=1), caches


def lstm_backward(dh, cache):
    dx, dprev_h, sums = [None] * len(cache), np.zeros_like(dh[:, 0]), [0.0, 0.0, 0.0]
    dprev_c = np.zeros_like(dprev_h)
    for t in lstm_backwards(len(cache)):
        arrives = lstm_arriving(dh[:, t], dprev_h), cell_from_later(dprev_c)
        dx[t], dprev_h, dprev_c, *of_step = lstm_step_backward(*arrives, cache[t])
        sums = [lstm_summed_over_steps(*pair) for pair in zip(sums, of_step, strict=True)]
    return np.stack(dx, axis=1), dprev_h, *sums
